//! Running other programs.

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    process::Command,
};

use crate::error::{Error, Result};

/// Runs the command; any exit code other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().map_err(|source| Error::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: shown }) }
}

/// Writes lines to standard output. The program that reads them may have stopped.
pub(crate) fn print(text: &str) -> Result<()> {
    writeln!(io::stdout(), "{}", text.trim_end())
        .map_err(|source| Error::Write { path: "standard output".into(), source })
}

/// Whether the program is on PATH.
pub(crate) fn on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// Prepends folders to the command's PATH.
pub(crate) fn with_path<'a>(command: &'a mut Command, folders: &[PathBuf]) -> &'a mut Command {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    // A folder whose name contains a colon can't be on PATH; leave PATH unchanged then.
    command.env("PATH", env::join_paths(all).unwrap_or(old))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
