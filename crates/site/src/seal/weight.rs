//! The sizes of a release's files, for the person who builds it.

use std::{fmt::Write, path::Path};

use crate::{
    error::Result,
    folder::{self, Files},
    names::{PLAIN, SHELL, extension},
    release::Release,
    seal::{Sealed, contents},
};

/// The most that a reader may transfer before the first question, in Brotli bytes. `cargo xtask test` fails above it. Whoever
/// raises it says why here.
///
/// 256,000: what the program has since it was cut into parts, 255 KB, and a little more. The aim is 190 KB.
pub const BUDGET: usize = 256_000;

/// How many of the largest files to list.
const LARGEST: usize = 5;

/// What a reader of a sealed site transfers before the first question, in Brotli bytes: the page, its scripts, the main module,
/// the catalog and the largest shard.
///
/// # Errors
/// If the folder can't be read.
pub fn to_first_question(site: &Path) -> Result<usize> {
    let files = folder::read(site)?;
    let packed = |path: &str| files.get(&format!("{path}.br")).map_or(0, Vec::len);
    let is_program = |path: &str| {
        let is_script = extension(path) == "js" && !PLAIN.contains(&path);
        !path.contains('/') && (path == SHELL || is_script || extension(path) == "wasm")
    };
    let (mut total, mut largest) = (0, 0);
    for path in files.keys() {
        if is_program(path) || path.starts_with("bank/catalog-") && extension(path) == "json" {
            total += packed(path);
        } else if path.starts_with("bank/") && extension(path) == "json" {
            largest = largest.max(packed(path));
        }
    }
    Ok(total + largest)
}

/// All files with their sizes, the total of a first visit, and the total of a visit with the earlier release.
pub(super) fn table(sealed: &Sealed, packed: &Files, since: Option<&Release>) -> String {
    let brotli = |path: &str, bytes: &[u8]| packed.get(&format!("{path}.br")).map_or(bytes.len(), Vec::len);
    let line = |table: &mut String, bytes: usize, brotli: usize, what: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(table, "{bytes:>9} {brotli:>9}  {what}");
    };
    let mut table = format!("{:>9} {:>9}\n", "bytes", "Brotli");
    for (path, bytes) in &sealed.files {
        line(&mut table, bytes.len(), brotli(path, bytes), path);
    }
    let sizes = |files: &[(&str, &[u8])]| {
        let raw = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        (raw, files.iter().map(|(path, bytes)| brotli(path, bytes)).sum::<usize>())
    };
    let all: Vec<_> = sealed.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let worker = all.iter().copied().filter(|(path, _)| *path == "sw.js");
    let mut first: Vec<_> = contents(&sealed.cached, &sealed.files).chain(worker).collect();
    let (raw, small) = sizes(&all);
    line(&mut table, raw, small, &format!("release {}, all files", sealed.release.id));
    let (raw, small) = sizes(&first);
    line(
        &mut table,
        raw,
        small,
        &format!("a first visit: {} files, including the offline copy", first.len()),
    );
    first.sort_by_key(|(path, bytes)| std::cmp::Reverse(brotli(path, bytes)));
    let largest = |(path, bytes): &(&str, &[u8])| format!("{path} {}", brotli(path, bytes));
    let largest: Vec<_> = first.iter().take(LARGEST).map(largest).collect();
    let _ = writeln!(table, "{:>19}  the largest: {}", "", largest.join(", "));
    if let Some(since) = since {
        first.retain(|(path, bytes)| !since.has(path, bytes));
        let (raw, small) = sizes(&first);
        let what = format!("a visit with release {}: {} files", since.id, first.len());
        line(&mut table, raw, small, &what);
    }
    table
}
