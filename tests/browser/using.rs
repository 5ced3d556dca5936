//! Faults that were found in use, here or in other tools, and must not come back.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::{
    harness::Page,
    kinds,
    steps::{downloaded, downloaded_as, intercept_downloads, set_theme},
    storing::{self, choose},
};

const SCRIPTS: &str = include_str!("scripts/using.js");
const YEAR: u64 = 365 * 24 * 60 * 60 * 1000;

pub(crate) async fn a_page_opened_as_a_file_says_how_to_serve_it(page: Page) -> Result<()> {
    page.goto(&format!("file://{}", crate::dist()?.join("index.html").display())).await?;
    page.until("the message", "return document.body.textContent.includes('has to be served over HTTP')")
        .await?;
    let said = page.text("main").await?;
    ensure!(said.contains("python3 -m http.server") && !said.contains("Loading"), "{said}");
    Ok(())
}

pub(crate) async fn back_and_forward_return_to_the_scroll_position(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let at = async |place: &str| page.until(place, &format!("return Math.abs(scrollY - {place}) < 2")).await;
    page.run("scrollTo(0, 150)", &[]).await?;
    at("150").await?;
    // A click by WebDriver would scroll first.
    page.run("document.querySelector('.skills a').click()", &[]).await?;
    page.sees("main a.primary").await?;
    at("0").await?;
    // WebKit's own Back skips pages without any user input.
    page.run("history.back()", &[]).await?;
    page.heading_is("Find out").await?;
    at("150").await?;
    // What has to be fetched first is as tall as before only later.
    page.follow("#/method", "How Sextant measures").await?;
    page.until("the text", "return document.documentElement.scrollHeight > 3000").await?;
    at("0").await?;
    page.run("scrollTo(0, 2000)", &[]).await?;
    at("2000").await?;
    page.follow("#/results", "Results").await?;
    at("0").await?;
    page.run("history.back()", &[]).await?;
    page.heading_is("How Sextant measures").await?;
    at("2000").await?;
    page.reload().await?;
    at("2000").await?;
    // The reader's own scrolling wins.
    page.run("dispatchEvent(new Event('wheel')); scrollTo(0, 100); document.body.append('more')", &[])
        .await?;
    at("100").await
}

pub(crate) async fn a_changed_address_opens_its_page_and_is_corrected(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    for (sent, address, heading) in [
        ("#/results?utm_source=x", "#/results", "Results"),
        ("#/Data/", "#/data", "Your data"),
        ("#!/results).", "#/results", "Results"),
        ("#%252Foffline%253E", "#/offline", "Use Sextant offline"),
        ("#/skill/networking&fbclid=x", "#/skill/networking", "Networking"),
    ] {
        page.follow("#/", "Find out").await?;
        let steps = page.run("return history.length", &[]).await?;
        page.follow(sent, heading).await?;
        ensure!(page.run("return location.hash", &[]).await? == json!(address), "{sent}");
        let now = page.run("return history.length", &[]).await?;
        ensure!(now.as_u64() <= steps.as_u64().map(|steps| steps + 1), "{sent} is a step of its own");
        page.back().await?;
        page.heading_is("Find out").await?;
        page.open(&format!("{}{sent}", page.host.app())).await?;
        page.heading_is(heading).await?;
        ensure!(page.run("return location.hash", &[]).await? == json!(address), "{sent}, when loaded");
    }
    page.follow("#/resluts", "No such page").await?;
    page.click("main a.primary").await?;
    page.heading_is("Results").await
}

pub(crate) async fn every_page_can_be_left_while_it_waits(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    // Each act starts something slow on a page; then the reader leaves.
    let report = ".asked button.link";
    let delete = "document.querySelector('main .danger').click(); const field = document.querySelector('dialog[open] input'); \
                  field.value = 'delete'; field.dispatchEvent(new Event('input', { bubbles: true })); \
                  setTimeout(() => document.querySelector('dialog[open] [type=submit]').click())";
    let copy = format!(
        "document.querySelector('{report}').click(); \
         setTimeout(() => document.querySelector('dialog[open] .row button').click())"
    );
    let quiz = page.run("return location.hash", &[]).await?;
    let quiz = quiz.as_str().unwrap_or_default();
    let offline = "document.querySelectorAll('main .row button').forEach(button => button.click())";
    let start = "document.querySelector('main a.primary').click()";
    for (address, part, downloads, act) in [
        ("#/data", ".import", false, "chooseFile('{}')"),
        ("#/method", ".loading", true, ""),
        ("#/offline", "main .row button", false, offline),
        (quiz, report, false, copy.as_str()),
        (quiz, ".loading", true, ""),
        ("#/skill/cloud", "main a.primary", true, start),
        ("#/preview/nw-001", ".loading", true, ""),
        ("#/data", ".import", false, delete),
    ] {
        page.follow("#/results", "Results").await?;
        page.reload().await?;
        page.call(SCRIPTS, "slowDown", &[json!(downloads)]).await?;
        page.run("location.hash = arguments[0]", &[json!(address)]).await?;
        page.sees(part).await?;
        page.run(&format!("{}; {act}", storing::SCRIPTS), &[]).await?;
        // What the act starts begins in a later task.
        page.call_async(SCRIPTS, "turns", &[]).await?;
        page.follow("#/results", "Results").await?;
        page.call_async("", "() => window.release()", &[]).await?;
        ensure!(page.texts("#failure").await?.is_empty(), "left while {act:?} on {address}");
        page.heading_is("Results").await?;
    }
    Ok(())
}

pub(crate) async fn a_wrong_clock_is_marked_and_sorts_nothing_last(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.call(SCRIPTS, "shiftClock", &[json!(30 * YEAR)]).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    page.call(SCRIPTS, "shiftClock", &[json!(0)]).await?;
    page.follow("#/skill/cloud", "Cloud").await?;
    page.click("main a.primary").await?;
    page.heading_is("Question 1:").await?;
    page.follow("#/results", "Results").await?;
    let rows = page.texts(".sessions li").await?;
    ensure!(rows[0].contains("Cloud") && rows[1].contains("the clock was wrong"), "{rows:?}");
    ensure!(!rows[1].contains("20 56") && !rows[1].contains("2056"), "{rows:?}");
    // Its export can be imported.
    page.follow("#/data", "Your data").await?;
    intercept_downloads(&page).await?;
    page.click("main button.primary").await?;
    let file = downloaded(&page).await?;
    page.run("localStorage.clear(); location.reload()", &[]).await?;
    page.heading_is("Your data").await?;
    choose(&page, &file).await?;
    page.click(".import button").await?;
    page.follow("#/results", "Results").await?;
    ensure!(page.texts(".sessions li").await? == rows);
    Ok(())
}

pub(crate) async fn files_are_named_after_the_readers_day(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/data")).await?;
    page.heading_is("Your data").await?;
    page.call(SCRIPTS, "moveToAuckland", &[]).await?;
    intercept_downloads(&page).await?;
    page.click("main button.primary").await?;
    ensure!(downloaded_as(&page).await? == "sextant-2031-03-04.json");
    set_theme(&page, "dark").await?;
    page.run("window.downloadedAs = ''; sextant.stop(new Error('broken'))", &[]).await?;
    page.click("#failure .row button:nth-child(2)").await?;
    ensure!(downloaded_as(&page).await? == "sextant-2031-03-04.json");
    Ok(())
}

pub(crate) async fn keys_of_input_methods_and_extensions_do_no_harm(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let item = kinds::of_kind(&page, "numeric").await?;
    kinds::show(&page, &item).await?;
    for text in ["１３３", "١٣٣"] {
        page.call(SCRIPTS, "compose", &[json!(text)]).await?;
        page.until(
            "the number",
            "return document.getElementById('heard').textContent.startsWith('Read as 133')",
        )
        .await?;
        let focused = page.run("return document.activeElement.id", &[]).await?;
        ensure!(focused == json!("number"), "the Enter that ended the composition was taken for an answer");
    }
    page.press(Key::Enter).await?;
    page.until("the buttons", "return document.activeElement.closest('.sure')").await?;
    page.call(SCRIPTS, "fillIn", &[json!("#number")]).await?;
    ensure!(page.texts("#failure").await?.is_empty());
    Ok(())
}

pub(crate) async fn keys_and_clicks_answer_what_is_meant(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.reload().await?;
    page.sees("form fieldset").await?;
    page.press("?").await?;
    page.sees("dialog[open]").await?;
    page.run("document.querySelector('dialog[open] .button').click()", &[]).await?;
    page.click("#prompt").await?;
    page.press("?").await?;
    page.sees("dialog[open]").await?;
    page.run("document.querySelector('dialog[open] .button').click()", &[]).await?;
    for selector in ["form button", "h1"] {
        page.call(SCRIPTS, "fillIn", &[json!(selector)]).await?;
    }
    page.answer(1, 1).await?;
    page.reload().await?;
    page.sees(".verdict").await?;
    page.call(SCRIPTS, "fillIn", &[json!(".asked a")]).await?;
    page.press(Key::Enter).await?;
    page.heading_is("Question 2:").await?;
    page.sees("form fieldset").await?;
    page.call(SCRIPTS, "clickAgain", &[]).await?;
    ensure!(page.texts(".verdict").await?.is_empty(), "a double click on “Next” answered the next question");
    ensure!(page.texts("#failure").await?.is_empty());
    Ok(())
}

pub(crate) async fn a_theme_follows_in_other_tabs(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let first = page.other_tab(&page.host.app()).await?;
    set_theme(&page, "dark").await?;
    page.switch_to(first).await?;
    page.sees(":root[data-theme=dark]").await?;
    page.until("the choice", "return document.querySelector('.theme select').value === 'dark'").await
}

pub(crate) async fn a_reload_after_a_crash_is_no_failed_update(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.until("the offline copy", "return sextant.offline.kept").await?;
    page.run("sextant.stop(new Error('broken'))", &[]).await?;
    page.run("window.before = true; document.querySelector('#failure .primary').click()", &[]).await?;
    page.until("the reload", "return !window.before && document.querySelector('#main h1')").await?;
    ensure!(!page.text(".notices").await?.contains("Not updated."));
    Ok(())
}
