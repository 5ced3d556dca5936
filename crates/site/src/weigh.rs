//! What the bytes of the program are: each crate's and each module's share of its code, by the names that the linker kept.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::error::{Error, Result};

/// How many rows of modules are listed.
const LISTED: usize = 40;

/// Prints the code of a linked or cut program by crate, and the largest modules. The sizes are raw: compressed, code is about a
/// third of them.
///
/// # Errors
/// If the file can't be read or has no names.
pub fn weigh(program: &Path) -> Result<String> {
    let bytes = fs::read(program).map_err(|source| Error::Read { path: program.to_owned(), source })?;
    let sizes = functions(&bytes).map_err(|error| Error::Split { why: error.to_string() })?;
    let total: usize = sizes.iter().map(|(_, size)| size).sum();
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    let mut modules: BTreeMap<String, usize> = BTreeMap::new();
    for (name, size) in &sizes {
        let path = path(name);
        *crates.entry(path.first().cloned().unwrap_or_default()).or_default() += size;
        *modules.entry(path.join("::")).or_default() += size;
    }
    let mut text = format!("{total:>9} bytes of code in {} functions\n", sizes.len());
    for (title, rows, listed) in [("by crate", crates, usize::MAX), ("the largest modules", modules, LISTED)]
    {
        let _ = writeln!(text, "\n{title}");
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        for (name, size) in rows.into_iter().filter(|(_, size)| *size > total / 1000).take(listed) {
            let _ = writeln!(text, "{size:>9} {:>5.1}%  {name}", size as f64 * 100.0 / total.max(1) as f64);
        }
    }
    Ok(text)
}

/// Each function's name and the size of its code.
fn functions(module: &[u8]) -> Result<Vec<(String, usize)>, wasmparser::BinaryReaderError> {
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, wasmparser::TypeRef::Func(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push((body.range().end - body.range().start) as usize),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for name in section {
                        if let Name::Function(map) = name? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index as usize, naming.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let name = |at: usize| names.get(&(at + imported)).cloned().unwrap_or_default();
    Ok(sizes.into_iter().enumerate().map(|(at, size)| (name(at), size)).collect())
}

/// The crate and up to three modules of a function. Of a generic one, those of the code, not of what it is used for.
fn path(mangled: &str) -> Vec<String> {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    // `<a::B as c::D>::e` and `a::b<c::D>::e` belong to `a`, and `<T as c::D>::e` to `c`.
    let first = |text: &str| {
        let text = text.trim_start_matches(['<', '&', '*']).trim_start_matches("mut ");
        text.split([' ', '<', '>', '(']).next().unwrap_or_default().to_owned()
    };
    let of_trait = name.split_once(" as ").map(|(_, of)| first(of));
    let plain =
        Some(first(&name)).filter(|plain| plain.contains("::")).or(of_trait).unwrap_or_else(|| name.clone());
    // Without the number that tells crates of one name apart: `core[c5930c85a12de822]`.
    let plain = plain.split_once('[').map_or(plain.clone(), |(of, rest)| {
        of.to_owned() + rest.split_once(']').map_or("", |(_, rest)| rest)
    });
    let parts: Vec<String> = plain.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let modules = parts.len().saturating_sub(1).clamp(1, 4);
    parts.into_iter().take(modules).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_its_module() {
        for (name, expected) in [
            (
                "_ZN7sextant4quiz7scoring6report6Report3new17h0123456789abcdefE",
                "sextant::quiz::scoring::report",
            ),
            ("_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt"),
            ("_ZN36_$LT$T$u20$as$u20$core..any..Any$GT$7type_id17h0123456789abcdefE", "core::any"),
            ("memcpy", "memcpy"),
        ] {
            assert_eq!(path(name).join("::"), expected);
        }
    }
}
