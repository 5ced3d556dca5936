//! A program that does not start, or stops: what the reader is told, and what can still be done.

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Map, Value, json};
use sextant::quiz::{
    saved::{
        event::{Change, Event},
        file::File,
    },
    taking::session::Answer,
};

use crate::{
    harness::{Fault, Page},
    steps::{THEMES, answers, violations},
};

/// All that a failure can say.
const FAILURE: &str = include_str!("../../src/web/failure.js");
/// How it is tried.
const START: &str = include_str!("../../src/web/start.js");
/// Making an element throws, once. The view code takes for granted that it does not, and panics.
const ELEMENTS_THROW: &str = "const make = Document.prototype.createElement; Document.prototype.createElement = \
    () => { Document.prototype.createElement = make; throw new Error('injected') }";
/// The buttons in their order.
const RELOAD: &str = "#failure button:nth-of-type(1)";
const SAVE: &str = "#failure button:nth-of-type(2)";
const RESET: &str = "#failure button:nth-of-type(3):not([hidden])";
const COPY: &str = "#failure button:nth-of-type(4)";

/// No text is without a test: each is named in this file.
pub(crate) fn every_text_is_tested() -> Result<()> {
    let (_, texts) = FAILURE.split_once("const TEXTS = {").context("no texts")?;
    let (texts, _) = texts.split_once("};").context("no end of texts")?;
    let names: Vec<_> = texts.lines().filter_map(|line| line.trim().split_once(": \"")).collect();
    ensure!(names.len() > 10, "the texts are not read");
    let here = concat!(include_str!("failing.rs"), include_str!("offline.rs"));
    let untested: Vec<_> = names.iter().filter(|(name, _)| !here.contains(&format!("\"{name}\""))).collect();
    ensure!(untested.is_empty(), "{untested:?}");
    Ok(())
}

/// Waits for texts, by their names, to be on the page where they can be seen.
pub(crate) async fn says(page: &Page, texts: &[&str]) -> Result<()> {
    for name in texts {
        let script = format!(
            "const text = sextant.TEXTS[{}]; return text && document.body.innerText.includes(text)",
            json!(name)
        );
        page.until(&format!("the text “{name}”"), &script).await?;
    }
    Ok(())
}

/// Waits for the failure screen, which names a reason and has the focus.
async fn fails(page: &Page, title: &str, reason: &str) -> Result<()> {
    page.sees("#failure [role=alert]").await?;
    says(page, &[title, reason, "reload", "save", "copy", "details"]).await?;
    let focused = "return document.activeElement.matches('#failure h1') && document.title";
    ensure!(page.run(focused, &[]).await? == json!(page.text("#failure h1").await?));
    Ok(())
}

/// Exports, and returns what the file stores. Its shape is a promise.
async fn saved(page: &Page) -> Result<Value> {
    let script = "const make = URL.createObjectURL; const click = HTMLElement.prototype.click; \
                  URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) }; \
                  HTMLElement.prototype.click = function () { window.savedAs = this.download; click.call(this) }";
    page.run(script, &[]).await?;
    let day = "return new Date().toISOString().slice(0, 10)";
    let before = page.run(day, &[]).await?;
    page.click(SAVE).await?;
    says(page, &["saved"]).await?;
    let name = page.run("return window.savedAs", &[]).await?;
    let days = [before, page.run(day, &[]).await?];
    ensure!(
        days.iter().any(|day| name == format!("sextant-{}.json", day.as_str().unwrap_or_default())),
        "{name}"
    );
    let script = "const done = arguments[arguments.length - 1]; window.saved.text().then(done)";
    let text = page.run_async(script, &[]).await?;
    let mut file: Map<String, Value> = serde_json::from_str(text.as_str().context("no text")?)?;
    ensure!(file.remove("format") == Some(json!(2)), "{text}");
    ensure!(file.remove("exported").is_some_and(|at| at.as_u64() > Some(1_700_000_000_000)), "{text}");
    let stored = file.remove("stored");
    ensure!(file.is_empty(), "{text}");
    stored.context("nothing stored")
}

/// The answers in an export, as the program reads it.
async fn saved_answers(page: &Page) -> Result<Vec<Answer>> {
    let stored = saved(page).await?;
    let file = json!({ "format": 2, "exported": 0, "stored": stored }).to_string();
    let contents = File::read(file.as_bytes(), u64::MAX).map_err(|error| anyhow!("{error}"))?;
    let answered = contents.entries.into_iter().filter_map(|entry| match entry.event {
        Event::Session { change: Change::Answered(answer), .. } => Some(answer),
        Event::Session { .. } | Event::Stated { .. } => None,
    });
    Ok(answered.collect())
}

/// Measures up to three times, because a busy machine is no bug: the best counts.
async fn soon(bound: f64, measure: impl AsyncFn() -> Result<f64>) -> Result<()> {
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        least = least.min(measure().await?);
        if least < bound {
            return Ok(());
        }
    }
    bail!("the screen came after {least} ms")
}

/// What a script makes of the time at which the screen was shown, in milliseconds.
async fn measured(page: &Page, script: &str) -> Result<f64> {
    let shown = "const shown = performance.getEntriesByName('failure shown')[0].startTime;";
    page.run(&format!("{shown} {script}"), &[]).await?.as_f64().context("not measured")
}

/// Loads a file of the host's as a script, because browsers hide errors of scripts that a driver injects.
async fn load(page: &Page, address: &str) -> Result<()> {
    let load = "const done = arguments[arguments.length - 1]; const script = document.createElement('script'); \
                script.type = 'module'; script.src = arguments[0]; script.onload = () => done(); \
                document.head.append(script)";
    page.run_async(load, &[json!(address)]).await?;
    Ok(())
}

pub(crate) async fn a_missing_program_leaves_a_way_out(page: Page) -> Result<()> {
    // The screen is there within two seconds after the first refusal, but for the time that the host takes.
    let (_, pauses) = START.split_once("const PAUSES = ").context("no pauses")?;
    let (pauses, _) = pauses.split_once(';').context("no end of pauses")?;
    ensure!(serde_json::from_str::<Vec<u32>>(pauses)?.iter().sum::<u32>() <= 1000);
    soon(1000.0, async || {
        page.goto(&page.host.broken(Fault::NoProgram)).await?;
        fails(&page, "notStarted", "unreachable").await?;
        let answered = "const answers = performance.getEntriesByType('resource').filter(e => e.name.includes('.wasm')); \
                        return shown - Math.max(...answers.map(e => e.responseEnd))";
        measured(&page, answered).await
    })
    .await?;

    page.click(SAVE).await?;
    says(&page, &["nothingSaved"]).await?;
    let keep = "localStorage[`sextant:${location.pathname}:1:session:x`] = '{ cut'; \
                localStorage['sextant:/elsewhere/:1:label'] = 'not ours'; localStorage.other = 'not ours'";
    page.run(keep, &[]).await?;
    let stored = saved(&page).await?;
    let folder = page.run("return location.pathname", &[]).await?;
    let folder = folder.as_str().context("no folder")?;
    ensure!(stored == json!([[format!("sextant:{folder}:1:session:x"), "{ cut"]]), "{stored}");

    for theme in THEMES {
        page.run("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]).await?;
        page.until("the colours to settle", "return document.getAnimations().length === 0").await?;
        violations(&page, &format!("failure, {theme}")).await?;
    }
    page.run("window.before = true", &[]).await?;
    page.click(RELOAD).await?;
    page.until("the reload", "return !window.before && document.querySelector('#failure')").await
}

pub(crate) async fn the_technical_text_is_copied_or_shown(page: Page) -> Result<()> {
    page.goto(&page.host.broken(Fault::NoProgram)).await?;
    page.sees("#failure").await?;
    // What the browser itself lets a page without a reader copy differs.
    let give = "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: \
                text => { window.copied = text; return arguments[0] ? Promise.resolve() : Promise.reject() } } })";
    let give = async |lets: bool| page.run(give, &[json!(lets)]).await;
    give(true).await?;
    page.click(COPY).await?;
    says(&page, &["copied"]).await?;
    let copied = page.run("return window.copied", &[]).await?;
    let copied = copied.as_str().context("nothing copied")?;
    for part in ["unreachable", "answered 404", "Mozilla", ".wasm", "bank/catalog-"] {
        ensure!(copied.contains(part), "no {part} in {copied}");
    }
    give(false).await?;
    page.click(COPY).await?;
    says(&page, &["notCopied"]).await?;
    page.sees("#failure details[open]").await?;
    ensure!(page.text("#failure pre").await? == copied.trim());
    Ok(())
}

pub(crate) async fn the_chosen_theme_stays(page: Page) -> Result<()> {
    page.goto(&page.host.broken(Fault::NoProgram)).await?;
    // What is kept in this format, and in the earlier one, and what is then shown.
    for (now, earlier, shown) in [
        (json!("\"dark\""), json!("\"light\""), json!("dark")),
        (Value::Null, json!("\"light\""), json!("light")),
        (Value::Null, Value::Null, Value::Null),
        (json!("{ cut"), Value::Null, Value::Null),
    ] {
        // An arrow function has the arguments of what is around it.
        let keep = "[2, 1].forEach((format, at) => { const key = `${sextant.rescue.prefix}${format}:theme`; \
                    if (arguments[at]) localStorage[key] = arguments[at]; else localStorage.removeItem(key) }); \
                    window.before = true; location.reload()";
        page.run(keep, &[now.clone(), earlier]).await?;
        page.until("the reload", "return !window.before && document.querySelector('#failure')").await?;
        let theme = page.run("return document.documentElement.dataset.theme ?? null", &[]).await?;
        ensure!(theme == shown, "{theme} from {now}");
    }
    Ok(())
}

pub(crate) async fn the_offline_copy_is_reset(page: Page) -> Result<()> {
    page.goto(&page.host.broken(Fault::NoProgram)).await?;
    page.sees("#failure").await?;
    let offered = "return document.body.innerText.includes(sextant.TEXTS.reset)";
    ensure!(page.run(offered, &[]).await? == json!(false), "there is nothing to reset");
    let make = "const done = arguments[arguments.length - 1]; \
        Promise.all([`sextant:${location.pathname}:1`, 'other'].map(name => caches.open(name))).then(() => done())";
    page.run_async(make, &[]).await?;
    page.run("window.before = true; location.reload()", &[]).await?;
    page.until("the reload", "return !window.before && document.querySelector('#failure')").await?;
    page.sees(RESET).await?;
    says(&page, &["reset"]).await?;
    let refuse =
        "window.remove = caches.delete; CacheStorage.prototype.delete = () => Promise.resolve(false)";
    page.run(refuse, &[]).await?;
    page.click(RESET).await?;
    says(&page, &["notReset"]).await?;
    page.run("CacheStorage.prototype.delete = window.remove", &[]).await?;
    page.click(RESET).await?;
    says(&page, &["wasReset"]).await?;
    let left = "const done = arguments[arguments.length - 1]; caches.keys().then(done)";
    let left = page.run_async(left, &[]).await?;
    ensure!(left == json!(["other"]), "{left}");
    // Browsers may never answer.
    let silent = "const scope = new URL('./', document.baseURI).href, unregister = () => new Promise(() => {}); \
        navigator.serviceWorker.getRegistrations = () => Promise.resolve([{ scope, unregister }])";
    page.run(silent, &[]).await?;
    page.click(RESET).await?;
    says(&page, &["notReset"]).await?;
    Ok(())
}

pub(crate) async fn damaged_and_missing_files_are_told_apart(page: Page) -> Result<()> {
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

pub(crate) async fn what_is_late_untyped_or_in_part_starts(page: Page) -> Result<()> {
    for fault in [Fault::ThirdTime, Fault::UntypedProgram, Fault::NoHead] {
        page.open(&page.host.broken(fault)).await?;
        page.heading_is("Find out").await.with_context(|| format!("{fault:?}"))?;
    }
    Ok(())
}

pub(crate) async fn a_silent_host_is_told(page: Page) -> Result<()> {
    for fault in [Fault::Silence, Fault::SilentGlue] {
        page.goto(&page.host.broken(fault)).await?;
        says(&page, &["slow"]).await.with_context(|| format!("{fault:?}"))?;
        fails(&page, "notStarted", "unreachable").await.with_context(|| format!("{fault:?}"))?;
    }
    Ok(())
}

pub(crate) async fn a_program_that_never_ends_is_told(page: Page) -> Result<()> {
    for fault in [Fault::Stall, Fault::CutConnection] {
        page.goto(&page.host.broken(fault)).await?;
        fails(&page, "notStarted", "unreachable").await.with_context(|| format!("{fault:?}"))?;
        if fault == Fault::Stall {
            // Once bytes come again the host does answer.
            let told =
                "return said[0] === 'Loading…' && said[1] === sextant.TEXTS.slow && said[2] === said[0]";
            ensure!(page.run(told, &[]).await? == json!(true));
        }
    }
    Ok(())
}

pub(crate) async fn a_crash_loses_nothing_and_two_start_safely(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    let question = page.address().await?;
    let crash = async || {
        page.sees("form fieldset").await?;
        page.fill(2).await?;
        load(&page, &page.host.throwing_clock()).await?;
        page.click(".sure button").await?;
        fails(&page, "hasStopped", "stopped").await
    };
    crash().await?;
    ensure!(page.text("#failure pre").await?.contains("injected"));
    let kept = answers(&page).await?;
    ensure!(kept.len() == 1);
    ensure!(saved_answers(&page).await? == kept);
    // What is left of the program hears nothing any more.
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
    // Told once: the next start resumes again.
    page.reload().await?;
    page.heading_is("Question 2:").await
}

pub(crate) async fn a_stack_overflow_is_shown_soon(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    let kept = answers(&page).await?;
    soon(2000.0, async || {
        // A further crash would else be the second of two close together.
        page.run("sessionStorage.clear()", &[]).await?;
        page.reload().await?;
        page.sees("form fieldset").await?;
        page.fill(2).await?;
        load(&page, &page.host.endless_clock()).await?;
        let watch =
            "addEventListener('click', () => { window.clicked = performance.now() }, { capture: true })";
        page.run(watch, &[]).await?;
        page.click(".sure button").await?;
        fails(&page, "hasStopped", "stopped").await?;
        measured(&page, "return shown - window.clicked").await
    })
    .await?;
    let text = page.text("#failure pre").await?;
    ensure!(text.contains("call stack") || text.contains("recursion"), "{text}");
    ensure!(saved_answers(&page).await? == kept);
    Ok(())
}

pub(crate) async fn a_panic_is_shown_with_its_place(page: Page) -> Result<()> {
    page.open(&page.host.refusing_storage()).await?;
    page.run(ELEMENTS_THROW, &[]).await?;
    page.run("location.hash = '#/method'", &[]).await?;
    fails(&page, "hasStopped", "stopped").await?;
    let text = page.text("#failure pre").await?;
    ensure!(text.contains("panicked at"), "{text}");
    page.click(SAVE).await?;
    says(&page, &["refused"]).await
}

pub(crate) async fn errors_of_others_are_ignored(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let throw = "const tell = init => dispatchEvent(new ErrorEvent('error', init)); \
        const reject = reason => \
            dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { reason, promise: Promise.resolve() })); \
        const theirs = new Error('theirs'); theirs.stack = 'f@moz-extension://x/y.js:1:1'; \
        tell({ message: 'Script error.' }); \
        tell({ message: 'ResizeObserver loop completed with undelivered notifications.', filename: location.href }); \
        tell({ message: 'theirs', filename: 'moz-extension://x/y.js', error: theirs }); \
        tell({ message: 'injected', filename: location.href, error: new Error('injected') }); \
        for (const reason of [new DOMException('skipped', 'AbortError'), theirs, 'nothing', undefined]) reject(reason)";
    page.run(throw, &[]).await?;
    ensure!(page.run("return !sextant.failed", &[]).await? == json!(true));
    page.heading_is("Find out").await?;
    // The same from one of the program's files counts.
    let throw = "const ours = new Error('ours'); \
        ours.stack = `f@${document.querySelector('link[rel=modulepreload]').href}:1:1`; \
        dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { reason: ours, promise: Promise.resolve() }))";
    page.run(throw, &[]).await?;
    fails(&page, "hasStopped", "stopped").await
}
