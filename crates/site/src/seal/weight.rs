//! The sizes of a release's files, for the person who builds it.

use std::fmt::Write;

use crate::{
    folder::Files,
    release::Release,
    seal::{Sealed, contents},
};

/// How many of the largest files to list.
const LARGEST: usize = 5;

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
