//! How long an answer, a result and the failure screen take in a browser, from the app's own User Timing measures. Prints
//! medians. This isn't a test, because a busy machine isn't a bug.

// A measurement may panic: then the page isn't as expected.
#![allow(clippy::indexing_slicing)]
// Only the journeys use all of the harness.
#![allow(dead_code, unused_imports)]

mod harness;

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use harness::{Engine, Fault, Host, Page, Pool, Setup};
use serde_json::json;

fn main() -> Result<()> {
    let dist = env::var_os("SEXTANT_DIST").context("SEXTANT_DIST is not set; run cargo xtask bench")?;
    let runtime = tokio::runtime::Runtime::new()?;
    let host = runtime.block_on(Host::start(&PathBuf::from(dist)))?;
    runtime.block_on(Pool::default().run(Engine::Chromium, Setup::Plain, host, measured))
}

async fn measured(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Full assessment").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    let result = page.address().await?;
    for _ in 0..20 {
        page.follow("#/results", "Results").await?;
        page.goto(&result).await?;
        page.sees("svg.arc").await?;
    }
    for (name, what) in
        [("answer", "one answer: update and next item"), ("report", "report with 1,000 draws")]
    {
        let script = "return performance.getEntriesByName(arguments[0], 'measure').map(m => m.duration)";
        print(what, serde_json::from_value(page.run(script, &[json!(name)]).await?)?);
    }
    for fault in [Fault::NoProgram, Fault::CutProgram, Fault::NoGlue, Fault::NoStart, Fault::NoWebAssembly] {
        let mut times = Vec::new();
        for _ in 0..5 {
            page.goto(&page.host.broken(fault)).await?;
            page.sees("#failure").await?;
            let shown = "return performance.getEntriesByName('failure shown')[0].startTime";
            times.push(page.run(shown, &[]).await?.as_f64().context("not shown")?);
        }
        print(&format!("from the address to the failure screen, {fault:?}"), times);
    }
    Ok(())
}

fn print(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or(f64::NAN);
    println!(
        "Chromium, {what}: median {:.2} ms, 95% {:.2} ms ({} measurements)",
        at(50),
        at(95),
        times.len()
    );
}
