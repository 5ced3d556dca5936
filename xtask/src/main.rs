//! Every command that a person needs: `cargo xtask help` lists them.

mod docker;
mod error;
mod fuzz;
mod host_check;
mod page;
mod reproduce;
mod run;
mod site;
mod test;
mod tools;

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use error::{Error, Result};
use sextant_bank as bank;
use sextant_site::{joined, seal};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Run, check and build Sextant")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the app, serve it on localhost and open it, rebuilding as files are saved
    Serve(site::Serving),
    /// Build the static folder dist/ with the release profile
    Build {
        /// The `release.json` of an earlier release: tells what its readers transfer
        #[arg(long)]
        since: Option<PathBuf>,
    },
    /// Seal a built folder, as `build` does, after a file in it was changed
    Seal {
        /// The folder, sealed or not
        folder: PathBuf,
        /// The `release.json` of an earlier release: tells what its readers transfer
        #[arg(long)]
        since: Option<PathBuf>,
    },
    /// Build twice at two places: every byte must be the same
    Reproduce,
    /// Run every check: format, lints, core, bank, and the app in three browsers
    Test {
        /// Only the journeys whose names contain this, such as `firefox::quick_check`
        journey: Option<String>,
    },
    /// Read random texts as links, imports and stored values, until one is misread or all are done
    Fuzz {
        /// One of the three only
        target: Option<fuzz::Target>,
        /// How many texts
        runs: Option<u64>,
    },
    /// Close tabs, answer in many at once, and kill browsers, hundreds of times: no answer may be lost
    Endure,
    /// Score answers: JSON on standard input, scored items or an exported result, to JSON
    Score,
    /// Let simulated takers take a form, and tell how well it measures them
    Simulate(bank::SimulateOptions),
    /// Measure what an answer and a result cost, natively and in a browser, and how soon a failure shows
    Bench,
    /// Put the compiled questions, one style sheet and one script into a built site (a hook of Trunk.toml runs this)
    Assemble {
        /// The site's folder; `TRUNK_STAGING_DIR` where it is not given
        #[arg(long)]
        into: Option<PathBuf>,
    },
    /// Check that a host serves the built folder as the app needs it: each kind of host here, or one by its address
    HostCheck {
        /// An address with http(s)://, or a built folder; dist/ where it is not given
        target: Option<String>,
    },
    /// Check the questions, and all that helps to write them
    #[command(subcommand)]
    Bank(BankCommand),
}

#[derive(Subcommand)]
enum BankCommand {
    /// Name every problem in questions/, or none
    Check {
        /// Another folder of questions
        #[arg(long = "in")]
        folder: Option<PathBuf>,
        /// Check again after each change, until Ctrl-C
        #[arg(long)]
        watch: bool,
    },
    /// Append an item to fill in, with a free id
    New {
        /// The skill's id, such as networking
        skill: String,
        /// What it asks its reader to do
        #[arg(long, value_enum, default_value_t = bank::Kind::Single)]
        kind: bank::Kind,
    },
    /// Serve the app and open the page that shows one item, rebuilding as it is saved
    Preview {
        /// The item's id, such as ds-001
        item: String,
        #[command(flatten)]
        serving: site::Serving,
    },
    /// Write the JSON Schema of the item files, by which editors complete and check
    Schema,
    /// What the bank holds, and what its options give away
    Stats {
        /// JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// The items as JSON Lines without their keys, for independent solvers
    Blind {
        /// One skill's items only
        #[arg(long)]
        skill: Option<String>,
        /// Decides the order of the options; give the same to `grade`
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Hold solvers' answers against the keys: JSON Lines of id, answer, and optionally second, level,
    /// note, and the seed and version that the question came with
    Grade {
        /// The file with the answers
        answers: PathBuf,
        /// The seed that `blind` had
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let root = root();
    let questions = root.join("questions");
    match command {
        Command::Serve(serving) => site::serve(&root, &serving, None),
        Command::Build { since } => site::build(&root, since.as_deref()),
        Command::Seal { folder, since } => {
            let since = since.as_deref().map(seal::Release::read).transpose()?;
            Ok(seal::seal(&root, &folder, since.as_ref())?)
        }
        Command::Reproduce => reproduce::reproduce(&root),
        Command::Test { journey: None } => test::test(&root),
        Command::Test { journey: Some(journey) } => test::test_journey(&root, &journey),
        Command::Fuzz { target, runs } => fuzz::fuzz(&root, target, runs),
        Command::Endure => test::endure(&root),
        Command::Bench => test::bench(&root),
        Command::Assemble { into } => {
            let site = into.or_else(|| env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from));
            let site = site.ok_or(Error::NoSite)?;
            bank::compile(&questions, &site)?;
            joined::join(&site)?;
            Ok(seal::end_workers(&root, &site)?)
        }
        Command::HostCheck { target } => host_check::host_check(&root, target.as_deref()),
        Command::Score => {
            let json = io::read_to_string(io::stdin())
                .map_err(|source| Error::Read { path: "standard input".into(), source })?;
            print(&bank::score(&questions, &json)?)
        }
        Command::Simulate(options) => print(&bank::simulate(&questions, &options)?),
        Command::Bank(BankCommand::Check { folder, watch }) => {
            let folder = folder.unwrap_or(questions);
            if !watch {
                return print(&bank::check(&folder)?);
            }
            Ok(bank::check_on_change(&folder, |checked| match checked {
                Ok(summary) => println!("{summary}\n== no errors; waiting for a change"),
                Err(error) => println!("{error}\n== waiting for a change"),
            })?)
        }
        Command::Bank(BankCommand::New { skill, kind }) => print(&bank::new(&questions, &skill, kind)?),
        Command::Bank(BankCommand::Preview { item, serving }) => {
            site::serve(&root, &serving, Some(&bank::preview(&questions, &item)?))
        }
        Command::Bank(BankCommand::Schema) => Ok(bank::schema(&questions)?),
        Command::Bank(BankCommand::Stats { json }) => print(&bank::stats(&questions, json)?),
        Command::Bank(BankCommand::Blind { skill, seed }) => {
            print(&bank::blind(&questions, skill.as_deref(), seed)?)
        }
        Command::Bank(BankCommand::Grade { answers, seed }) => {
            print(&bank::grade(&questions, &answers, seed)?)
        }
    }
}

/// Writes to standard output. It is an error, not a panic, if the program that reads it stops.
pub(crate) fn print(text: &str) -> Result<()> {
    writeln!(io::stdout(), "{}", text.trim_end())
        .map_err(|source| Error::Write { path: "standard output".into(), source })
}

/// The folder with the workspace's `Cargo.toml`.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
