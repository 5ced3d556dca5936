//! All commands. `cargo xtask help` lists them.

mod docker;
#[cfg(test)]
mod docs;
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
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use error::{Error, Result};
use run::print;
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
    /// Build the app, open it on localhost, and rebuild on each change
    Serve(site::Serving),
    /// Build the static folder dist/ with the release profile
    Build {
        /// The `release.json` of an earlier release, to see what its readers would transfer
        #[arg(long)]
        since: Option<PathBuf>,
    },
    /// Seal a built folder again after changing a file in it
    Seal {
        /// The folder
        folder: PathBuf,
        /// The `release.json` of an earlier release, to see what its readers would transfer
        #[arg(long)]
        since: Option<PathBuf>,
    },
    /// Print the size of each part of the program by crate and module
    Weigh,
    /// Build twice, from scratch and in different places, and compare every byte
    Reproduce,
    /// Run all checks: format, lints, bank, unit tests, and the app in three browsers
    Test {
        /// Run only the browser journeys whose names contain this, such as `firefox::quick_check`
        journey: Option<String>,
    },
    /// Read random texts as links, imports and stored values, until one fails
    Fuzz {
        /// Only this kind
        target: Option<fuzz::Target>,
        /// How many texts to try
        runs: Option<u64>,
    },
    /// Close tabs, answer in several at once, and kill browsers, hundreds of times, and count lost answers
    Endure,
    /// Score the answers on standard input, an exported result or scored items, and print JSON
    Score,
    /// Measure how accurate each form is for simulated takers
    Simulate(bank::SimulateOptions),
    /// Time answers, results and the failure screen, natively and in Chromium
    Bench,
    /// Add the questions to a site that trunk has built, and join its style sheets and scripts (a hook in Trunk.toml)
    Assemble {
        /// The site's folder [default: `TRUNK_STAGING_DIR`]
        #[arg(long)]
        into: Option<PathBuf>,
    },
    /// Check that a host serves the built folder correctly
    HostCheck {
        /// An address with http(s)://, or a built folder to try on nginx [default: dist/]
        target: Option<String>,
    },
    /// Check, add, preview and analyse questions
    #[command(subcommand)]
    Bank(BankCommand),
}

#[derive(Subcommand)]
enum BankCommand {
    /// List every problem in questions/
    Check {
        /// Check this folder instead of questions/
        #[arg(long = "in")]
        folder: Option<PathBuf>,
        /// Check again after each change, until interrupted
        #[arg(long)]
        watch: bool,
    },
    /// Append a template for an item, with a free id
    New {
        /// The skill's id, such as networking
        skill: String,
        /// The kind of question
        #[arg(long, value_enum, default_value_t = bank::Kind::Single)]
        kind: bank::Kind,
    },
    /// Open one item in the app, and rebuild on each change
    Preview {
        /// The item's id, such as ds-001
        item: String,
        #[command(flatten)]
        serving: site::Serving,
    },
    /// Write the JSON Schema of the item files, for editors
    Schema,
    /// Show what the bank contains, and what its options give away
    Stats {
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Print the items as JSON Lines without their keys, for independent solvers
    Blind {
        /// Only this skill
        #[arg(long)]
        skill: Option<String>,
        /// Determines the order of the options; `grade` needs the same
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Compare solvers' answers with the keys: JSON Lines with id, answer, and optionally second, level, note, and the
    /// seed and version that came with the question
    Grade {
        /// The file of answers
        answers: PathBuf,
        /// The seed that was given to `blind`
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
            print(&seal::seal(&root, &folder, since.as_ref())?)
        }
        Command::Weigh => site::weigh(&root),
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
            let mut json = Vec::new();
            io::stdin()
                .read_to_end(&mut json)
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

/// The folder of the workspace's `Cargo.toml`.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
