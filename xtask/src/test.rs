//! Every check, in the order in which they are quick to fail.

use std::{path::Path, process::Command, time::Instant};

use crate::{
    docker::docker_lint,
    error::Result,
    host_check::host_check,
    print,
    reproduce::build_again,
    run::{run, with_path},
    site,
    tools::{GECKODRIVER, ensure, ensure_axe, ensure_browsers, ensure_wasm_target},
};
use sextant_bank;
use sextant_site::seal;

pub(crate) fn test(root: &Path) -> Result<()> {
    let cargo = |arguments: &[&str]| run(Command::new("cargo").args(arguments).current_dir(root));
    step("Format", || cargo(&["fmt", "--all", "--check"]))?;
    step("Bank", || print(&sextant_bank::check(&root.join("questions"))?))?;
    step("Dockerfile", || docker_lint(root))?;
    step("Lints, a minute or two the first time", || {
        cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    step("Lints for WebAssembly, a minute the first time", || {
        ensure_wasm_target(root)?;
        let target = ["--target", "wasm32-unknown-unknown"];
        cargo(
            &[&["clippy", "--quiet", "--package", "sextant"], &target[..], &["--", "-D", "warnings"]]
                .concat(),
        )
    })?;
    step("Core, without Leptos, half a minute the first time", || {
        cargo(&["test", "--quiet", "--package", "sextant", "--no-default-features"])
    })?;
    step("Commands and bank rules", || cargo(&["test", "--quiet", "--package", "xtask"]))?;
    step("Build", || site::build(root, None))?;
    step("Build again", || build_again(root))?;
    step("Hosts", || host_check(root, None))?;
    step("Browsers, about five minutes", || {
        ensure_browsers()?;
        run(&mut journeys(root)?)
    })
}

/// The journeys whose names contain a text, in the app as it is now.
pub(crate) fn test_journey(root: &Path, journey: &str) -> Result<()> {
    step("Build", || site::build(root, None))?;
    step("Browsers", || {
        ensure_browsers()?;
        run(journeys(root)?.args(["--", journey]))
    })
}

/// The journeys that draw their cases, and how many times as many each draws in three minutes.
const ENDURING: [(&str, usize); 13] = [
    ("chromium::closed_tabs_lose_nothing", 50),
    ("firefox::closed_tabs_lose_nothing", 50),
    ("webkit::closed_tabs_lose_nothing", 50),
    ("chromium::tabs_interleave", 67),
    ("firefox::tabs_interleave", 50),
    ("webkit::tabs_interleave", 50),
    ("chromium::a_killed_browser_loses_little", 50),
    ("chromium::updates_interleave", 100),
    ("firefox::updates_interleave", 25),
    ("webkit::updates_interleave", 25),
    ("chromium::an_update_that_fails_leaves_the_release", 30),
    ("firefox::an_update_that_fails_leaves_the_release", 30),
    ("webkit::an_update_that_fails_leaves_the_release", 30),
];

/// Runs the tests of what is kept with many times as many cases as `test` does.
pub(crate) fn endure(root: &Path) -> Result<()> {
    step("Build", || site::build(root, None))?;
    ensure_browsers()?;
    step("Storage in memory", || {
        let mut tests = Command::new("cargo");
        tests.args([
            "test",
            "--quiet",
            "--release",
            "--package",
            "sextant",
            "--no-default-features",
            "saved",
        ]);
        run(tests.args(["--", "--nocapture"]).env("SEXTANT_ROUNDS", "10").current_dir(root))
    })?;
    step("Browsers, up to three minutes each", || {
        println!("| what | engine | count | result | failures, at 95% |\n|---|---|---|---|---|");
        ENDURING.into_iter().try_for_each(|(journey, rounds)| {
            let mut journeys = journeys(root)?;
            run(journeys.args(["--", "--exact", journey]).env("SEXTANT_ROUNDS", rounds.to_string()))
        })
    })
}

/// The command that runs the journeys through what was built.
fn journeys(root: &Path) -> Result<Command> {
    let geckodriver: Vec<_> = ensure(&GECKODRIVER)?.into_iter().collect();
    let (dist, second) = (root.join("dist"), root.join("target/second"));
    seal::second(root, &dist, &second)?;
    let mut journeys = Command::new("cargo");
    journeys.args(["test", "--quiet", "--package", "browser-tests"]).current_dir(root);
    with_path(&mut journeys, &geckodriver)
        .env("SEXTANT_DIST", &dist)
        .env("SEXTANT_SECOND", &second)
        .env("SEXTANT_AXE", ensure_axe()?);
    Ok(journeys)
}

/// Prints what the check of a large bank costs, and an answer and a result, natively (criterion) and in Chromium.
pub(crate) fn bench(root: &Path) -> Result<()> {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(root);
        cargo
    };
    print(&sextant_bank::time_check(&root.join("questions"))?)?;
    run(&mut cargo(&[
        "bench",
        "--quiet",
        "--package",
        "sextant",
        "--no-default-features",
        "--features",
        "sample",
    ]))?;
    site::build(root, None)?;
    ensure_browsers()?;
    run(cargo(&["bench", "--quiet", "--package", "browser-tests"]).env("SEXTANT_DIST", root.join("dist")))
}

fn step(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n== {name}");
    let start = Instant::now();
    check()?;
    println!("== done in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
