//! Every check, the quickest to fail first.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Instant,
};

use sextant_site::seal;

use crate::{
    docker::docker_lint,
    error::{Error, Result},
    host_check::host_check,
    run::{print, run, with_path},
    site,
    tools::{GECKODRIVER, ensure, ensure_axe, ensure_browsers},
};

/// The tests of all packages, of the app without Leptos. Always all at once: cargo would otherwise compile libraries again
/// with the features of fewer packages.
const EVERYTHING: [&str; 7] = [
    "test",
    "--workspace",
    "--exclude",
    "sextant-bench",
    "--no-default-features",
    "--features",
    "browser-tests/browsers",
];

/// What the names of journeys begin with, in tests/browser/journeys.rs.
const ENGINES: [&str; 3] = ["chromium::", "firefox::", "webkit::"];

/// Passed on to clippy, with which `.cargo/config.toml` compiles our crates: a warning is an error.
const DENY: (&str, &str) = ("CLIPPY_ARGS", "-Dwarnings");

pub(crate) fn test(root: &Path) -> Result<()> {
    let start = Instant::now();
    // Before cargo replaces the file, and Linux calls it deleted.
    let xtask = this_program()?;
    step("Format", || cargo(root, &["fmt", "--all", "--check"]))?;
    step("Bank", || print(&sextant_bank::check(&root.join("questions"))?))?;
    step("Dockerfile", || docker_lint(root))?;
    // Half of a build keeps one core busy, so it runs beside the tests, which use another folder of target/.
    let build = Build::start(root)?;
    step("Compiling the tests, with lints", || {
        run(command(root, &EVERYTHING).args(["--all-targets", "--no-run"]).env(DENY.0, DENY.1))
    })?;
    step("Unit tests", || {
        let journeys = ENGINES.map(|engine| ["--skip", engine]);
        run(command(root, &EVERYTHING).arg("--").args(journeys.as_flattened()).env(DENY.0, DENY.1))
    })?;
    step("Build, the rest of it", || build.finish())?;
    step("Bytes to the first question", || within_budget(&root.join("dist")))?;
    step("Host", || host_check(root, None))?;
    step("Browsers", || {
        ensure_browsers()?;
        run(journeys(root, &xtask)?.env(DENY.0, DENY.1))
    })?;
    println!("\nAll checks passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Fails if readers wait for more bytes than agreed.
fn within_budget(dist: &Path) -> Result<()> {
    let (bytes, budget) = (seal::to_first_question(dist)?, seal::BUDGET);
    println!("{bytes} of {budget}");
    if bytes <= budget { Ok(()) } else { Err(Error::OverBudget { bytes, budget }) }
}

/// `cargo xtask build`, with its output in a file.
struct Build {
    child: Child,
    log: PathBuf,
}

impl Build {
    fn start(root: &Path) -> Result<Self> {
        let log = root.join("target/build.log");
        let failed = |source| Error::Start { program: "cargo xtask build".to_owned(), source };
        let file = File::create(&log).map_err(failed)?;
        let mut build = Command::new(this_program()?);
        build.arg("build").stdout(file.try_clone().map_err(failed)?).stderr(file);
        Ok(Self { child: build.spawn().map_err(failed)?, log })
    }

    /// Waits for its end and shows its output. A warning is an error.
    fn finish(mut self) -> Result<()> {
        let status = self.child.wait();
        let log = fs::read_to_string(self.log).unwrap_or_default();
        println!("{log}");
        let is_built = status.is_ok_and(|status| status.success());
        // Not with [`DENY`], with which trunk's hook would compile this program again.
        if is_built && !log.contains("\nwarning: ") {
            Ok(())
        } else {
            Err(Error::Failed { command: "cargo xtask build".to_owned() })
        }
    }
}

fn this_program() -> Result<PathBuf> {
    env::current_exe().map_err(|source| Error::Start { program: "cargo xtask".to_owned(), source })
}

/// Builds the app and runs the journeys whose names contain a text.
pub(crate) fn test_journey(root: &Path, journey: &str) -> Result<()> {
    step("Build", || site::build(root, None))?;
    step("Browsers", || {
        ensure_browsers()?;
        run(journeys(root, &this_program()?)?.args(["--", journey]))
    })
}

/// The journeys with random cases, and by how much to multiply the cases so that each runs for about three minutes.
const ENDURING: [(&str, usize); 13] = [
    ("chromium::closed_tabs_lose_nothing", 125),
    ("firefox::closed_tabs_lose_nothing", 125),
    ("webkit::closed_tabs_lose_nothing", 125),
    ("chromium::interleaved_tabs_lose_nothing", 200),
    ("firefox::interleaved_tabs_lose_nothing", 150),
    ("webkit::interleaved_tabs_lose_nothing", 150),
    ("chromium::a_killed_browser_loses_little", 50),
    ("chromium::interleaved_updates_lose_nothing", 200),
    ("firefox::interleaved_updates_lose_nothing", 50),
    ("webkit::interleaved_updates_lose_nothing", 50),
    ("chromium::a_failed_update_leaves_the_release_working", 30),
    ("firefox::a_failed_update_leaves_the_release_working", 30),
    ("webkit::a_failed_update_leaves_the_release_working", 30),
];

/// Runs the tests of storage with many times as many cases as `test` does.
pub(crate) fn endure(root: &Path) -> Result<()> {
    step("Build", || site::build(root, None))?;
    ensure_browsers()?;
    step("Storage in memory", || {
        let mut tests =
            command(root, &["test", "--release", "--package", "sextant", "--no-default-features"]);
        run(tests.args(["saved", "--", "--nocapture"]).env("SEXTANT_ROUNDS", "10"))
    })?;
    step("Browsers, up to three minutes each", || {
        println!("| what | engine | count | result | failures, at 95% |\n|---|---|---|---|---|");
        ENDURING.into_iter().try_for_each(|(journey, rounds)| {
            let mut journeys = journeys(root, &this_program()?)?;
            run(journeys.args(["--", "--exact", journey]).env("SEXTANT_ROUNDS", rounds.to_string()))
        })
    })
}

/// The command that runs the journeys with the built folder, a second release of it to update to, and the path of this
/// program.
fn journeys(root: &Path, xtask: &Path) -> Result<Command> {
    let (dist, second) = (root.join("dist"), root.join("target/second"));
    seal::second(root, &dist, &second)?;
    let mut journeys = command(root, &EVERYTHING);
    journeys.args(["--test", "journeys"]);
    with_path(&mut journeys, &ensure(&[&GECKODRIVER])?)
        .env("SEXTANT_XTASK", xtask)
        .env("SEXTANT_DIST", &dist)
        .env("SEXTANT_SECOND", &second)
        .env("SEXTANT_AXE", ensure_axe()?);
    Ok(journeys)
}

/// Prints how long it takes to check a large bank, to answer and to make a result, natively and in Chromium.
pub(crate) fn bench(root: &Path) -> Result<()> {
    print(&sextant_bank::time_check(&root.join("questions"))?)?;
    cargo(root, &["bench", "--package", "sextant-bench"])?;
    site::build(root, None)?;
    ensure_browsers()?;
    // One after the other, so that they don't slow each other down.
    run(journeys(root, &this_program()?)?.args(["--", "--ignored", "--test-threads", "1", "timings"]))
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    run(&mut command(root, arguments))
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    // After the subcommand's name.
    let (subcommand, rest) = arguments.split_at(arguments.len().min(1));
    command.args(subcommand).arg("--quiet").args(rest).current_dir(root);
    command
}

fn step(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n== {name}");
    let start = Instant::now();
    check()?;
    println!("== done in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
