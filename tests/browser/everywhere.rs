//! What holds on every page: addresses, accessibility and width, and what remains when something is missing.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    harness::{ANSWERING, Engine, Page},
    steps::violations_in_both_themes,
};

pub(crate) async fn unknown_addresses_are_reported(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/nothing/here")).await?;
    page.heading_is("No such page").await?;
    page.follow("#/result/01a1ee565e00-a205b064", "No such quiz").await?;
    page.follow("#/review/01a1ee565e00-a205b064", "No such quiz").await?;
    page.follow("#/quiz/01a1ee565e00-a205b064/3", "No such quiz").await?;
    page.follow("#/result/cut", "No such page").await?;
    page.follow("#/skill/unknown", "No such skill").await?;
    // By a click, because WebKit's history skips pages without any user input.
    page.click("nav a[href='#/results']").await?;
    page.heading_is("Results").await?;
    ensure!(page.text("main").await?.contains("haven’t taken a quiz"));
    page.back().await?;
    page.heading_is("No such skill").await
}

pub(crate) async fn no_page_has_an_accessibility_violation(page: Page) -> Result<()> {
    let check = async |name: &str| violations_in_both_themes(&page, name).await;
    page.open(&page.host.app()).await?;
    check("home").await?;
    page.start("Quick check").await?;
    check("question").await?;
    page.press("?").await?;
    page.sees("dialog[open]").await?;
    check("keys").await?;
    page.click("dialog[open] button").await?;
    page.answer(2, 2).await?;
    check("answered").await?;
    page.click(".progress button").await?;
    check("abandon").await?;
    page.click("dialog[open] button").await?;
    page.next().await?;
    page.finish().await?;
    check("quick result").await?;
    page.click("a.primary").await?;
    page.sees("details").await?;
    page.run("document.querySelectorAll('details').forEach(d => d.open = true)", &[]).await?;
    check("review").await?;
    page.follow("#/skill/cloud", "Cloud").await?;
    check("skill").await?;
    page.click("main a.primary").await?;
    page.finish().await?;
    check("skill result").await?;
    for (fragment, heading) in [
        ("#/results", "Results"),
        ("#/data", "Your data"),
        ("#/method", "How Sextant"),
        ("#/none", "No such page"),
        // With results.
        ("#/", "Find out"),
    ] {
        page.follow(fragment, heading).await?;
        check(heading).await?;
    }
    Ok(())
}

/// In a frame, because only one of the engines can make its window as narrow as a phone.
pub(crate) async fn nothing_scrolls_sideways_on_a_phone(page: Page) -> Result<()> {
    let scripts = &format!("{ANSWERING}{}", include_str!("scripts/phone.js"));
    // The long form at the narrowest width meets most of the bank.
    // Which questions there are is the same in all engines.
    let (form, questions) =
        if page.engine == Engine::Chromium { ("Full assessment", 60) } else { ("Quick check", 15) };
    for (width, form, questions) in [(320, form, questions), (390, "Quick check", 15)] {
        page.goto(&page.host.frame()).await?;
        page.call(scripts, "openFrame", &[json!(width), json!(page.host.app())]).await?;
        let fits = async |name: &str| {
            let found = page.call(scripts, "overflow", &[json!(width)]).await?;
            ensure!(found.as_array().is_some_and(|found| found.len() == 1), "{name} at {width} px: {found}");
            ensure!(found[0].as_u64().is_some_and(|wide| wide <= width), "{name} at {width} px: {found}");
            Ok(())
        };
        let sees = async |selector: &str| {
            let there = format!("{scripts}\nreturn framed().querySelector({})", json!(selector));
            page.until(selector, &there).await
        };
        let click = async |selector: &str| {
            sees(selector).await?;
            page.call(scripts, "selector => framed().querySelector(selector).click()", &[json!(selector)])
                .await
        };
        sees("nav").await?;
        page.call(scripts, "pinRandomness", &[]).await?;
        fits("home").await?;
        click(&format!("a[aria-label='Start: {form}']")).await?;
        for number in 0..questions {
            let found = page.call_async(scripts, "answerNarrow", &[json!(number), json!(width)]).await?;
            ensure!(found == json!("question"), "{found}");
        }
        sees("svg.arc").await?;
        fits("result").await?;
        click("a.primary").await?;
        sees("details").await?;
        page.call(scripts, "() => framed().querySelectorAll('details').forEach(e => e.open = true)", &[])
            .await?;
        fits("review").await?;
        for name in ["results", "method", "skill/data-structures-algorithms", "nowhere"] {
            let fragment = format!("#/{name}");
            page.call(scripts, "hash => { framed().location.hash = hash }", &[json!(fragment)]).await?;
            let here = format!(
                "{scripts}\nreturn framed().location.hash === '{fragment}' && framed().querySelector('h1')"
            );
            page.until(name, &here).await?;
            fits(name).await?;
        }
    }
    Ok(())
}

pub(crate) async fn a_missing_bank_is_reported(page: Page) -> Result<()> {
    page.open(&page.host.without_bank()).await?;
    page.sees("[role=alert]").await?;
    let text = page.text("[role=alert]").await?;
    ensure!(text.contains("answered 404") && text.contains("Try again"), "{text}");
    page.click("[role=alert] button").await?;
    page.sees("[role=alert]").await?;

    page.open(&page.host.without_shards()).await?;
    page.click("a[aria-label='Start: Quick check']").await?;
    page.sees("main [role=alert] button").await?;
    ensure!(page.texts(".progress").await?.len() == 1, "the quiz isn't there, or can't be paused");
    page.click("main [role=alert] button").await?;
    page.sees("main [role=alert] button").await
}

/// Checks what the `index.html` of the app's folder contains by itself.
pub(crate) async fn the_page_is_readable_before_any_script_runs(page: Page) -> Result<()> {
    page.goto(&page.host.frame()).await?;
    let found =
        page.call_async(include_str!("scripts/page.js"), "contents", &[json!(page.host.app())]).await?;
    ensure!(found["title"].as_str().is_some_and(|title| title.starts_with("Sextant")));
    ensure!(found["heading"] == json!("Find out where you stand."));
    ensure!(found["loading"] == json!("Loading…"));
    ensure!(found["noscript"].as_str().is_some_and(|text| text.contains("WebAssembly")));
    ensure!(found["absolute"] == json!([]), "{found}");
    ensure!(found["unserved"].as_str().is_some_and(|text| text.contains("python3 -m http.server")));
    ensure!(found["inline"] == json!(0), "a strict policy blocks styles and scripts in attributes");
    Ok(())
}

pub(crate) async fn the_program_takes_over_the_start_page_unchanged(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let scripts = include_str!("scripts/page.js");
    let drawn = page.call_async(scripts, "drawn", &[json!(page.host.app())]).await?;
    for part in drawn.as_array().into_iter().flatten() {
        ensure!(part[0] == part[1], "{}\n\nbecomes\n\n{}", part[0], part[1]);
    }
    ensure!(drawn.as_array().is_some_and(|parts| parts.len() == 5));
    Ok(())
}

/// Links that begin a quiz, pressed before the program is there, shared, gone back from and reloaded.
pub(crate) async fn a_quiz_begins_by_its_address_and_only_once(page: Page) -> Result<()> {
    let sessions = async || Ok::<_, anyhow::Error>(page.store().await?.history().sessions.len());
    page.goto(&page.host.app()).await?;
    page.run("document.querySelector(\"a[aria-label='Start: Quick check']\").click()", &[]).await?;
    page.heading_is("Question 1:").await?;
    ensure!(sessions().await? == 1);
    page.reload().await?;
    page.heading_is("Question 1:").await?;
    page.run("history.back()", &[]).await?;
    page.heading_is("Find out").await?;
    ensure!(sessions().await? == 1, "going back or reloading began another quiz");
    // One without any answer is taken up again.
    page.open(&(page.host.app() + "#/start/quick")).await?;
    page.heading_is("Question 1:").await?;
    ensure!(sessions().await? == 1, "an unanswered quiz was begun twice");
    page.answer(1, 1).await?;
    for (address, count) in [("quick", 2), ("full", 3), ("short", 4), ("skill/cloud", 5)] {
        page.follow(&format!("#/start/{address}"), "Question 1:").await?;
        ensure!(sessions().await? == count, "{address}");
    }
    page.follow("#/start/skill/nothing", "No such skill").await?;
    ensure!(sessions().await? == 5);
    Ok(())
}
