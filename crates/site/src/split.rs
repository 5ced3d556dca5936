//! Cutting the program into the parts that `src/app/split.rs` lists. Readers download the main module at once and a part
//! when they need it, or once they are busy with the first question.
//!
//! The cutting itself is `wasm_split_cli_support`'s. It expects its loader to be a module of its own that fetches files by
//! fixed names; here the loader becomes a piece of wasm-bindgen's script, so that it costs no request, and its files get
//! hashes and are fetched as carefully as the program itself, by `src/web/start.js`.

use std::{fs, path::Path};

use wasm_encoder::{
    Module,
    reencode::{self, Reencode},
};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{CustomSectionReader, Parser};

use crate::{
    error::{Error, Result},
    html::{edited, tags},
    names::{hashed, integrity},
};

/// The name that the main module imports the loader by.
const LOADER: &str = "./__wasm_split.js";
/// The folder of the parts in the site.
const PARTS: &str = "parts";

/// Cuts a linked program into a main module, `main.wasm`, and parts in the folder `to`. Next comes wasm-bindgen, for the main
/// module.
///
/// # Errors
/// If the program can't be read, was linked without relocations, or a file can't be written.
pub fn cut(program: &Path, to: &Path) -> Result<()> {
    let input = fs::read(program).map_err(|source| Error::Read { path: program.to_owned(), source })?;
    let main = to.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = to;
    options.main_out_path = &main;
    options.link_name = LOADER;
    transform(options).map_err(|error| Error::Split { why: format!("{error:#}") })?;
    Ok(())
}

/// Puts the cut program into the site that trunk built from the whole one: `script` and `module` are wasm-bindgen's, `cut` is
/// the folder of the parts.
///
/// # Errors
/// If a file can't be read or written, or the script isn't what this version of wasm-bindgen writes.
pub fn place(cut: &Path, script: &Path, module: &Path, site: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source });
    let text = |path: &Path| {
        fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
    };
    let write = |path: &Path, bytes: &[u8]| {
        fs::write(path, bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
    };
    let folder = site.join(PARTS);
    fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;
    let mut loader = text(&cut.join(LOADER))?;
    for entry in fs::read_dir(cut).map_err(|source| Error::Read { path: cut.to_owned(), source })? {
        let path = entry.map_err(|source| Error::Read { path: cut.to_owned(), source })?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let fetched = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        if !loader.contains(&fetched) {
            continue;
        }
        let bytes = small(&read(&path)?)?;
        let name = hashed(&name, &bytes);
        let part = format!("window.sextant.part(\"./{PARTS}/{name}\", \"{}\")", integrity(&bytes));
        loader = loader.replace(&fetched, &part);
        write(&folder.join(name), &bytes)?;
    }
    let script = joined(&text(script)?, &loader)?;
    let page = text(&site.join("index.html"))?;
    let address = |is: fn(&crate::html::Tag) -> bool, what| {
        let tag = tags(&page).into_iter().find(is);
        let href = tag.and_then(|tag| Some(tag.get("href")?.trim_start_matches("./").to_owned()));
        href.ok_or_else(|| Error::Split { why: format!("index.html does not preload {what}") })
    };
    write(
        &site.join(address(|tag| tag.is("link", "rel", "modulepreload"), "the script")?),
        script.as_bytes(),
    )?;
    write(
        &site.join(address(|tag| tag.is("link", "type", "application/wasm"), "the program")?),
        &small(&read(module)?)?,
    )?;
    // trunk's hashes are of the whole program. The seal writes the right ones.
    let page = edited(&page, |tag| {
        if tag.is("link", "rel", "modulepreload") || tag.is("link", "type", "application/wasm") {
            tag.set("integrity", "");
        }
    });
    write(&site.join("index.html"), page.as_bytes())
}

/// wasm-bindgen's script with the loader in it, where it imports it.
fn joined(script: &str, loader: &str) -> Result<String> {
    let replaced = |text: &str, old: &str, new: &str| {
        if text.contains(old) {
            Ok(text.replace(old, new))
        } else {
            Err(Error::Split { why: format!("there is no `{old}` where it is expected") })
        }
    };
    // The script has the instance of the main module, which the loader would ask it for.
    let loader = replaced(loader, "import { initSync } from \"./main.js\";\n", "")?;
    let loader = replaced(&loader, "initSync(undefined, undefined)", "wasm")?;
    let loader = replaced(
        &loader,
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await src, imports)",
    )?;
    let exports: Vec<&str> = loader
        .lines()
        .filter_map(|line| Some(line.strip_prefix("export const ")?.split_once(" = ")?.0))
        .collect();
    let exported = exports.join(", ");
    let loader = loader.replace("export const ", "const ");
    let mut made = format!("const loader = (() => {{\n{loader}\nreturn {{ {exported} }};\n}})();\n");
    let mut imports = 0;
    for line in script.lines() {
        // One for each function that the program imports.
        let name = line.strip_prefix("import * as ").filter(|line| line.contains(LOADER));
        if let Some(name) = name.and_then(|line| line.split(' ').next()) {
            imports += 1;
            made.extend(["const ", name, " = loader;\n"]);
        } else {
            made += line;
            made.push('\n');
        }
    }
    if imports > 0 {
        Ok(made)
    } else {
        Err(Error::Split { why: format!("the script does not import {LOADER}") })
    }
}

/// The same module with every number in as few bytes as it needs, and without names. The linker pads numbers to five bytes,
/// so that it can change them.
fn small(module: &[u8]) -> Result<Vec<u8>> {
    struct Small;

    impl Reencode for Small {
        type Error = std::convert::Infallible;

        fn parse_custom_section(
            &mut self,
            _: &mut Module,
            _: CustomSectionReader<'_>,
        ) -> Result<(), reencode::Error<Self::Error>> {
            Ok(())
        }
    }

    let mut made = Module::new();
    Small
        .parse_core_module(&mut made, Parser::new(0), module)
        .map_err(|error| Error::Split { why: error.to_string() })?;
    Ok(made.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER_TEXT: &str = "import { initSync } from \"./main.js\";\nconst shared = () => initSync(undefined, undefined);\n\
        const go = (src, imports) => WebAssembly.instantiateStreaming(src, imports);\nexport const a = go;\nexport const b = go;\n";

    #[test]
    fn the_loader_becomes_a_piece_of_the_script() {
        let script = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nlet wasm;\n";
        let joined = joined(script, LOADER_TEXT).unwrap();
        assert!(!joined.contains("import") || !joined.contains(" from "), "{joined}");
        assert!(joined.contains("const import1 = loader;\nconst import2 = loader;\nlet wasm;\n"), "{joined}");
        assert!(joined.contains("const shared = () => wasm;"), "{joined}");
        assert!(joined.contains("return { a, b };"), "{joined}");
        assert!(joined.contains("WebAssembly.instantiate(await src, imports)"), "{joined}");
    }

    #[test]
    fn other_versions_of_the_tools_are_noticed() {
        for (script, loader) in [("let wasm;", LOADER_TEXT), ("import * as a from \"./__wasm_split.js\"", "")]
        {
            let error = joined(script, loader).unwrap_err().to_string();
            assert!(error.starts_with("cannot split the program: "), "{error}");
        }
    }

    #[test]
    fn numbers_take_as_few_bytes_as_they_need() {
        // One type of function, with its length padded as by the linker, and a name.
        let header = b"\0asm\x01\0\0\0";
        let padded = [&header[..], b"\x01\x84\x80\x80\x80\0\x01\x60\0\0", b"\0\x05\x04name"].concat();
        assert_eq!(small(&padded).unwrap(), [&header[..], b"\x01\x04\x01\x60\0\0"].concat());
        assert!(small(b"no module").is_err());
    }
}
