//! How long an answer, a result and the failure screen take in a browser, from the app's own User Timing measures. Prints
//! medians. This isn't a test, because a busy machine isn't a bug.

use anyhow::{Context, Result};
use http::Method;
use serde_json::{Value, json};
use thirtyfour::{RequestData, SessionId, common::command::FormatRequestData};

use crate::harness::{Fault, Page};

/// How often the start is measured.
const RUNS: usize = 5;

/// A command of Chromium's `DevTools` protocol, as its driver takes it.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl FormatRequestData for DevTools {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/goog/cdp/execute"))
            .add_body(json!({ "cmd": self.command, "params": self.parameters }))
    }
}

/// A slow phone: slow 4G, and a quarter of this machine's speed.
async fn slow_phone(page: &Page) -> Result<()> {
    let network = json!({
        "offline": false, "latency": 150, "downloadThroughput": 1.6e6 / 8.0, "uploadThroughput": 0.75e6 / 8.0,
    });
    for (command, parameters) in [
        ("Network.enable", json!({})),
        ("Network.setBypassServiceWorker", json!({ "bypass": true })),
        ("Network.emulateNetworkConditions", network),
        ("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })),
        ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": include_str!("scripts/loading.js") })),
    ] {
        page.command(DevTools { command, parameters }).await?;
    }
    Ok(())
}

/// How soon the start page and the first question are there on a slow phone that has neither.
pub(crate) async fn loaded(page: Page) -> Result<()> {
    slow_phone(&page).await?;
    let app = page.host.app().replace("/at/a/path/", "/compressed/");
    let origin = app.trim_end_matches("/compressed/");
    let mut times: [Vec<f64>; 5] = Default::default();
    for _ in 0..RUNS {
        let visit = async |address: &str, until: &str| {
            page.goto("about:blank").await?;
            let all = json!({ "origin": origin, "storageTypes": "all" });
            // Not by disabling the cache, which would disable preloading, too.
            for (command, parameters) in
                [("Network.clearBrowserCache", json!({})), ("Storage.clearDataForOrigin", all)]
            {
                page.command(DevTools { command, parameters }).await?;
            }
            page.goto(address).await?;
            page.until(until, &format!("return window.loading?.{until}")).await?;
            let paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";
            let found = page.run(&format!("return {{ ...loading, paint: {paint} }}"), &[]).await?;
            Ok::<_, anyhow::Error>(move |what: &str| found[what].as_f64().unwrap_or(f64::NAN))
        };
        let home = visit(&app, "alive").await?;
        times[0].push(home("paint"));
        times[1].push(home("alive"));
        times[2].push(home("shift"));
        // The reader looks at the page for as long as the shard takes.
        page.until("the shard", "return performance.getEntriesByType('resource').some(e => e.name === document.getElementById('shard')?.href)")
            .await?;
        let press = "const start = performance.now(); document.querySelector(\"a[aria-label='Start: Quick check']\").click(); return start";
        let pressed = page.run(press, &[]).await?.as_f64().context("not pressed")?;
        page.until("the question", "return window.loading.question").await?;
        let shown = page.run("return loading.question", &[]).await?.as_f64().context("not shown")?;
        times[4].push(shown - pressed);
        times[3].push(visit(&format!("{app}#/start/quick"), "question").await?("question"));
    }
    let [paint, alive, shift, question, later] = times;
    println!("Chromium on slow 4G (1.6 Mbit/s, 150 ms), a quarter of the speed, nothing cached:");
    print("first paint, with the whole start page", paint);
    print("program alive", alive);
    print("first question, when pressed at once", question);
    print("first question, when pressed later", later);
    println!("Chromium, layout shift: {:.4}", shift.into_iter().fold(0.0, f64::max));
    Ok(())
}

/// How soon a reader who was here before has the start page, without a connection.
pub(crate) async fn loaded_again(page: Page) -> Result<()> {
    let app = page.host.app().replace("/at/a/path/", "/compressed/");
    page.open(&app).await?;
    page.until("the offline copy", "return sextant.offline.kept").await?;
    slow_phone(&page).await?;
    let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    for (command, parameters) in [
        ("Network.setBypassServiceWorker", json!({ "bypass": false })),
        ("Network.emulateNetworkConditions", offline),
    ] {
        page.command(DevTools { command, parameters }).await?;
    }
    let mut times = Vec::new();
    for _ in 0..RUNS {
        page.goto("about:blank").await?;
        page.goto(&app).await?;
        page.until("the app", "return window.loading?.alive").await?;
        times.push(page.run("return loading.alive", &[]).await?.as_f64().context("not shown")?);
    }
    print("offline, a quarter of the speed, program alive on a repeat visit", times);
    Ok(())
}

/// How long an answer, a result and the failure screen take.
pub(crate) async fn measured(page: Page) -> Result<()> {
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
