//! An app that doesn't start, or that stops: what the reader sees and can still do.

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Map, Value, json};
use sextant::quiz::{
    saved::{
        event::{Change, Event},
        file::ExportFile,
    },
    taking::session::Answer,
};

use crate::{
    harness::{Fault, Page},
    steps::{answers, downloaded, downloaded_as, intercept_downloads, violations, violations_in_both_themes},
};

/// Contains every text of the failure screen.
const FAILURE: &str = include_str!("../../src/web/failure.js");
/// Contains the pauses between attempts to start.
const START: &str = include_str!("../../src/web/start.js");
const SCRIPTS: &str = include_str!("scripts/failing.js");

// The buttons of the failure screen.
const RELOAD: &str = "#failure button:nth-of-type(1)";
const SAVE: &str = "#failure button:nth-of-type(2)";
const RESET: &str = "#failure button:nth-of-type(3):not([hidden])";
const COPY: &str = "#failure button:nth-of-type(4)";

/// Checks that the journeys name each text.
pub(crate) fn every_text_is_tested() -> Result<()> {
    let (_, texts) = FAILURE.split_once("const TEXTS = {").context("no texts")?;
    let (texts, _) = texts.split_once("};").context("the texts don't end")?;
    let names: Vec<_> = texts.lines().filter_map(|line| line.trim().split_once(": \"")).collect();
    ensure!(names.len() > 10, "the texts weren't found");
    let journeys = concat!(include_str!("failing.rs"), include_str!("offline.rs"));
    let untested: Vec<_> =
        names.iter().filter(|(name, _)| !journeys.contains(&format!("\"{name}\""))).collect();
    ensure!(untested.is_empty(), "{untested:?}");
    Ok(())
}

/// Waits until texts, given by their names, are visible on the page.
pub(crate) async fn says(page: &Page, texts: &[&str]) -> Result<()> {
    let script = format!(
        "return {}.every(name => sextant.TEXTS[name] && document.body.innerText.includes(sextant.TEXTS[name]))",
        json!(texts)
    );
    page.until(&format!("the texts {texts:?}"), &script).await
}

/// Waits for the failure screen with a title and a reason. It has to have the focus.
async fn fails(page: &Page, title: &str, reason: &str) -> Result<()> {
    page.sees("#failure [role=alert]").await?;
    says(page, &[title, reason, "reload", "save", "copy", "details"]).await?;
    let focused = "return document.activeElement.matches('#failure h1') && document.title";
    ensure!(page.run(focused, &[]).await? == json!(page.text("#failure h1").await?));
    Ok(())
}

/// Exports, and returns what the file contains. Its shape is a promise to readers.
async fn exported(page: &Page) -> Result<Value> {
    intercept_downloads(page).await?;
    let day = "return new Date().toISOString().slice(0, 10)";
    let before = page.run(day, &[]).await?;
    page.click(SAVE).await?;
    says(page, &["saved"]).await?;
    let name = downloaded_as(page).await?;
    let days = [before, page.run(day, &[]).await?];
    ensure!(
        days.iter().any(|day| name == format!("sextant-{}.json", day.as_str().unwrap_or_default())),
        "{name}"
    );
    let text = downloaded(page).await?;
    let mut file: Map<String, Value> = serde_json::from_str(&text)?;
    ensure!(file.remove("format") == Some(json!(2)), "{text}");
    ensure!(file.remove("exported").is_some_and(|at| at.as_u64() > Some(1_700_000_000_000)), "{text}");
    let stored = file.remove("stored");
    ensure!(file.is_empty(), "{text}");
    stored.context("nothing stored")
}

/// The answers in an export, as the app reads them.
async fn exported_answers(page: &Page) -> Result<Vec<Answer>> {
    let stored = exported(page).await?;
    let file = json!({ "format": 2, "exported": 0, "stored": stored }).to_string();
    let contents = ExportFile::read(file.as_bytes()).map_err(|error| anyhow!("{error}"))?;
    let answered = contents.entries.into_iter().filter_map(|entry| match entry.event {
        Event::Session { change: Change::Answered(answer), .. } => Some(answer),
        Event::Session { .. } | Event::Stated { .. } => None,
    });
    Ok(answered.collect())
}

/// Fails if none of three measurements is below a bound. A busy machine isn't a bug, so one is enough.
async fn soon(bound: f64, measure: impl AsyncFn() -> Result<f64>) -> Result<()> {
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        least = least.min(measure().await?);
        if least < bound {
            return Ok(());
        }
    }
    bail!("the screen came only after {least} ms")
}

/// What one of the scripts measures, in milliseconds.
async fn measured(page: &Page, function: &str) -> Result<f64> {
    page.call(SCRIPTS, function, &[]).await?.as_f64().context("not measured")
}

pub(crate) async fn a_missing_program_is_reported_within_two_seconds(page: Page) -> Result<()> {
    // The app waits at most a second between its attempts, and shows the screen within another. The host's time is extra.
    let (_, pauses) = START.split_once("const PAUSES = ").context("no pauses")?;
    let (pauses, _) = pauses.split_once(';').context("the pauses don't end")?;
    ensure!(serde_json::from_str::<Vec<u32>>(pauses)?.iter().sum::<u32>() <= 1000);
    soon(1000.0, async || {
        page.goto(&page.host.broken(Fault::NoProgram)).await?;
        fails(&page, "notStarted", "unreachable").await?;
        measured(&page, "sinceLastAnswer").await
    })
    .await?;

    page.click(SAVE).await?;
    says(&page, &["nothingSaved"]).await?;
    page.call(SCRIPTS, "storeValues", &[]).await?;
    let stored = exported(&page).await?;
    let folder = page.run("return location.pathname", &[]).await?;
    let folder = folder.as_str().context("no folder")?;
    ensure!(stored == json!([[format!("sextant:{folder}:1:session:x"), "{ cut"]]), "{stored}");

    violations_in_both_themes(&page, "failure").await?;
    page.run("window.before = true", &[]).await?;
    page.click(RELOAD).await?;
    page.until("the reload", "return !window.before && document.querySelector('#failure')").await
}

pub(crate) async fn technical_details_are_copied_or_else_shown(page: Page) -> Result<()> {
    page.goto(&page.host.broken(Fault::NoProgram)).await?;
    page.sees("#failure").await?;
    page.call(SCRIPTS, "replaceClipboard", &[json!(true)]).await?;
    page.click(COPY).await?;
    says(&page, &["copied"]).await?;
    let copied = page.run("return window.copied", &[]).await?;
    let copied = copied.as_str().context("nothing copied")?;
    for part in ["unreachable", "answered 404", "Mozilla", ".wasm", "bank/catalog-"] {
        ensure!(copied.contains(part), "no {part} in {copied}");
    }
    page.call(SCRIPTS, "replaceClipboard", &[json!(false)]).await?;
    page.click(COPY).await?;
    says(&page, &["notCopied"]).await?;
    page.sees("#failure details[open]").await?;
    ensure!(page.text("#failure pre").await? == copied.trim());
    Ok(())
}

pub(crate) async fn the_failure_screen_has_the_chosen_theme(page: Page) -> Result<()> {
    // This failure is the quickest, because nothing is tried again.
    page.goto(&page.host.broken(Fault::NoWebAssembly)).await?;
    // The themes stored in the current format and in the first one, and the theme that is shown.
    for (now, first, shown) in [
        (json!("\"dark\""), json!("\"light\""), json!("dark")),
        (Value::Null, json!("\"light\""), json!("light")),
        (Value::Null, Value::Null, Value::Null),
        (json!("{ cut"), Value::Null, Value::Null),
    ] {
        page.call(SCRIPTS, "storeThemes", &[now.clone(), first]).await?;
        page.until("the reload", "return !window.before && document.querySelector('#failure')").await?;
        let theme = page.run("return document.documentElement.dataset.theme ?? null", &[]).await?;
        ensure!(theme == shown, "{theme} from {now}");
    }
    Ok(())
}

pub(crate) async fn the_offline_copy_can_be_reset(page: Page) -> Result<()> {
    page.goto(&page.host.broken(Fault::NoWebAssembly)).await?;
    page.sees("#failure").await?;
    let offered = "return document.body.innerText.includes(sextant.TEXTS.reset)";
    ensure!(page.run(offered, &[]).await? == json!(false), "a reset is offered with nothing to reset");
    page.call_async(SCRIPTS, "createCaches", &[]).await?;
    page.run("window.before = true; location.reload()", &[]).await?;
    page.until("the reload", "return !window.before && document.querySelector('#failure')").await?;
    page.sees(RESET).await?;
    says(&page, &["reset"]).await?;
    page.call(SCRIPTS, "refuseToDeleteCaches", &[json!(true)]).await?;
    page.click(RESET).await?;
    says(&page, &["notReset"]).await?;
    page.call(SCRIPTS, "refuseToDeleteCaches", &[json!(false)]).await?;
    page.click(RESET).await?;
    says(&page, &["wasReset"]).await?;
    let left = page.call_async("", "() => caches.keys()", &[]).await?;
    ensure!(left == json!(["other"]), "{left}");
    // Some browsers never answer.
    page.call(SCRIPTS, "neverUnregister", &[]).await?;
    page.click(RESET).await?;
    says(&page, &["notReset"]).await?;
    Ok(())
}

pub(crate) async fn damaged_and_missing_files_are_distinguished(page: Page) -> Result<()> {
    for (fault, reason) in [
        (Fault::CutProgram, "damaged"),
        (Fault::HtmlProgram, "damaged"),
        (Fault::CutGlue, "damaged"),
        (Fault::NoGlue, "unreachable"),
        (Fault::NoStart, "unreachable"),
        (Fault::NoWebAssembly, "noWebAssembly"),
    ] {
        page.goto(&page.host.broken(fault)).await?;
        fails(&page, "notStarted", reason).await.with_context(|| format!("{fault:?}"))?;
    }
    Ok(())
}

pub(crate) async fn the_app_starts_after_refusals_without_a_type_or_head_scripts(page: Page) -> Result<()> {
    for fault in [Fault::ThirdTime, Fault::UntypedProgram, Fault::NoHead] {
        page.open(&page.host.broken(fault)).await?;
        page.heading_is("Find out").await.with_context(|| format!("{fault:?}"))?;
    }
    Ok(())
}

pub(crate) async fn a_silent_host_is_reported(page: Page) -> Result<()> {
    for fault in [Fault::Silence, Fault::SilentGlue] {
        page.goto(&page.host.broken(fault)).await?;
        says(&page, &["slow"]).await.with_context(|| format!("{fault:?}"))?;
        fails(&page, "notStarted", "unreachable").await.with_context(|| format!("{fault:?}"))?;
    }
    Ok(())
}

pub(crate) async fn an_incomplete_download_is_reported(page: Page) -> Result<()> {
    for fault in [Fault::Stall, Fault::CutConnection] {
        page.goto(&page.host.broken(fault)).await?;
        fails(&page, "notStarted", "unreachable").await.with_context(|| format!("{fault:?}"))?;
        if fault == Fault::Stall {
            // Each attempt that receives bytes shows that the host does answer.
            let expected =
                "return said[0] === 'Loading…' && said[1] === sextant.TEXTS.slow && said[2] === said[0]";
            ensure!(page.run(expected, &[]).await? == json!(true));
        }
    }
    Ok(())
}

pub(crate) async fn a_crash_loses_nothing_and_a_second_one_leads_to_the_start_page(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    let question = page.address().await?;
    let crash = async || {
        page.sees("form fieldset").await?;
        page.fill(2).await?;
        page.call_async(SCRIPTS, "load", &[json!(page.host.throwing_clock())]).await?;
        page.click(".sure button").await?;
        fails(&page, "hasStopped", "stopped").await
    };
    crash().await?;
    ensure!(page.text("#failure pre").await?.contains("injected"));
    let stored = answers(&page).await?;
    ensure!(stored.len() == 1);
    ensure!(exported_answers(&page).await? == stored);
    // What remains of the app no longer reacts to anything.
    page.run("location.hash = '#/results'", &[]).await?;
    page.run("history.back()", &[]).await?;
    page.until("the question's address", &format!("return location.href === {}", json!(question))).await?;
    ensure!(page.run("return document.body.children.length", &[]).await? == json!(1));

    page.reload().await?;
    page.heading_is("Question 2:").await?;
    crash().await?;
    page.reload().await?;
    page.heading_is("Find out").await?;
    says(&page, &["restarted", "back"]).await?;
    violations(&page, "safe start").await?;
    page.click(".notices a").await?;
    page.heading_is("Question 2:").await?;
    ensure!(page.address().await? == question);
    page.until("no notice", "return !document.body.textContent.includes(sextant.TEXTS.restarted)").await?;
    // The message appears only once; the next start resumes again.
    page.reload().await?;
    page.heading_is("Question 2:").await
}

pub(crate) async fn a_stack_overflow_is_shown_within_two_seconds(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    let stored = answers(&page).await?;
    soon(2000.0, async || {
        // Otherwise a second measurement would be the second crash in a row.
        page.run("sessionStorage.clear()", &[]).await?;
        page.reload().await?;
        page.sees("form fieldset").await?;
        page.fill(2).await?;
        page.call_async(SCRIPTS, "load", &[json!(page.host.endless_clock())]).await?;
        page.call(SCRIPTS, "noteClicks", &[]).await?;
        page.click(".sure button").await?;
        fails(&page, "hasStopped", "stopped").await?;
        measured(&page, "sinceClick").await
    })
    .await?;
    let text = page.text("#failure pre").await?;
    // Where the stack ends within a call that catches errors, the program ends by a trap.
    ensure!(["call stack", "recursion", "nreachable"].iter().any(|why| text.contains(why)), "{text}");
    ensure!(exported_answers(&page).await? == stored);
    Ok(())
}

pub(crate) async fn a_part_of_the_program_that_does_not_arrive_can_be_loaded_again(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let alert = async || {
        page.sees("main [role=alert] button").await?;
        let said = page.text("main [role=alert]").await?;
        ensure!(said.contains("could not be downloaded, or arrived damaged"), "{said}");
        ensure!(page.texts("#failure").await?.is_empty());
        Ok(())
    };
    page.call(SCRIPTS, "breakParts", &[json!("away")]).await?;
    page.run("location.hash = '#/results'", &[]).await?;
    alert().await?;
    page.call(SCRIPTS, "breakParts", &[json!("damaged")]).await?;
    page.click("main [role=alert] button").await?;
    page.until("another try", "return !document.querySelector('main [role=alert]')").await?;
    alert().await?;
    page.call(SCRIPTS, "breakParts", &[json!("no longer")]).await?;
    page.click("main [role=alert] button").await?;
    page.heading_is("Results").await
}

pub(crate) async fn a_panic_is_shown_with_its_location(page: Page) -> Result<()> {
    page.open(&page.host.refusing_storage()).await?;
    page.call(SCRIPTS, "failNextElement", &[]).await?;
    page.run("location.hash = '#/method'", &[]).await?;
    fails(&page, "hasStopped", "stopped").await?;
    let text = page.text("#failure pre").await?;
    ensure!(text.contains("panicked at"), "{text}");
    page.click(SAVE).await?;
    says(&page, &["refused"]).await
}

pub(crate) async fn errors_of_other_scripts_are_ignored(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.call(SCRIPTS, "failElsewhere", &[]).await?;
    ensure!(page.run("return !sextant.failed", &[]).await? == json!(true));
    page.heading_is("Find out").await?;
    // An error in one of the app's files isn't.
    page.call(SCRIPTS, "failHere", &[]).await?;
    fails(&page, "hasStopped", "stopped").await
}
