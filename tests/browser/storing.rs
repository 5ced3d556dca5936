//! What is stored, and what the reader sees when it can't be.

use anyhow::{Result, ensure};
use serde_json::json;
use sextant::quiz::saved::file::ExportFile;

use crate::{
    harness::Page,
    steps::{
        answers, come_back, downloaded, intercept_downloads, set_theme, store_first_format, violations,
        violations_in_both_themes,
    },
};

pub(crate) const SCRIPTS: &str = include_str!("scripts/storing.js");

pub(crate) async fn storage_refused_by_the_browser_is_reported(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    refused_storage_is_reported(&page).await
}

pub(crate) async fn storage_that_always_throws_is_reported(page: Page) -> Result<()> {
    page.open(&page.host.refusing_storage()).await?;
    refused_storage_is_reported(&page).await
}

async fn refused_storage_is_reported(page: &Page) -> Result<()> {
    ensure!(page.call(SCRIPTS, "isRefused", &[]).await? == json!(true), "the browser allows storage");
    let said = page.text(".notices").await?;
    ensure!(said.contains("Not saved.") && said.contains("let the page store anything"), "{said}");
    page.start("Quick check").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(page.text(".notices").await?.contains("Not saved."), "the notice is gone");
    intercept_downloads(page).await?;
    page.click(".notices button").await?;
    let file = ExportFile::read(downloaded(page).await?.as_bytes());
    ensure!(file.is_ok_and(|file| file.entries.len() == 17), "the export lacks entries from memory");
    page.follow("#/", "Find out").await?;
    ensure!(!page.text(".label").await?.is_empty());
    Ok(())
}

pub(crate) async fn storage_that_starts_failing_is_reported_until_it_recovers(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    ensure!(page.text(".notices").await?.is_empty());
    page.call(SCRIPTS, "failWrites", &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    let said = page.text(".notices").await?;
    ensure!(said.contains("store your latest changes"), "{said}");
    ensure!(answers(&page).await?.len() == 1, "the earlier answer is no longer stored");
    // Saving something else doesn't mean that the answer is saved.
    page.call(SCRIPTS, "failEventWrites", &[]).await?;
    set_theme(&page, "dark").await?;
    ensure!(
        page.text(".notices").await?.contains("store your latest changes"),
        "saving the theme removed the notice"
    );
    // Once there is space, the next answer is saved together with the failed one.
    page.call(SCRIPTS, "allowWrites", &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    no_notice(&page).await?;
    ensure!(answers(&page).await?.len() == 3);
    // Even if every use throws, nothing breaks, and the quiz can be abandoned.
    page.call(SCRIPTS, "failEverything", &[]).await?;
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    ensure!(page.text(".notices").await?.contains("let the page store anything"));
    Ok(())
}

pub(crate) async fn full_storage_is_reported_until_there_is_space(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.call(SCRIPTS, "fillStorage", &[]).await?;
    page.next().await?;
    page.answer(2, 2).await?;
    ensure!(page.text(".notices").await?.contains("store your latest changes"));
    page.next().await?;
    page.finish().await?;
    ensure!(page.text(".notices").await?.contains("store your latest changes"), "the notice is gone");
    intercept_downloads(&page).await?;
    page.click(".notices button").await?;
    let file = ExportFile::read(downloaded(&page).await?.as_bytes());
    ensure!(file.is_ok_and(|file| file.entries.len() == 17), "the export lacks entries");
    // Once there is space, the next thing that the reader does saves the rest.
    page.call(SCRIPTS, "freeStorage", &[]).await?;
    come_back(&page).await?;
    no_notice(&page).await?;
    ensure!(answers(&page).await?.len() == 15);
    Ok(())
}

pub(crate) async fn cleared_storage_is_reported_and_can_be_restored(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.run("localStorage.clear()", &[]).await?;
    page.answer(2, 2).await?;
    let said = "return document.querySelector('.notices').textContent.includes('No longer saved.')";
    page.until("the notice", said).await?;
    ensure!(answers(&page).await?.len() == 1, "an answer given later isn't saved");
    page.click(".notices .row button").await?;
    no_notice(&page).await?;
    ensure!(answers(&page).await?.len() == 2);
    // If the reader discards what was cleared, the quiz is gone.
    page.run("localStorage.clear()", &[]).await?;
    come_back(&page).await?;
    page.click(".notices .row .quiet").await?;
    no_notice(&page).await?;
    page.follow("#/results", "Results").await?;
    ensure!(page.text("main").await?.contains("haven’t taken a quiz"));
    Ok(())
}

pub(crate) async fn two_tabs_share_a_quiz(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    let address = page.address().await?;
    let first = page.other_tab(&address).await?;
    page.sees("form fieldset").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.answer(2, 2).await?;
    // The first tab shows the answer that was given in the second, and continues after both.
    page.switch_to(first).await?;
    page.sees(".verdict").await?;
    page.click(".end a.primary").await?;
    page.heading_is("Question 2:").await?;
    page.sees(".verdict").await?;
    page.click(".end a.primary").await?;
    page.heading_is("Question 3:").await?;
    page.sees("form fieldset").await?;
    page.answer(1, 3).await?;
    ensure!(answers(&page).await?.len() == 3);
    // A tab that isn't notified checks before it answers, so the question isn't answered twice.
    page.next().await?;
    page.sees("form fieldset").await?;
    page.run("addEventListener('storage', e => e.stopImmediatePropagation(), true)", &[]).await?;
    let (here, address) = (page.tab().await?, page.address().await?);
    page.other_tab(&address).await?;
    page.answer(1, 1).await?;
    let given = answers(&page).await?;
    page.switch_to(here).await?;
    page.run("Object.defineProperty(document, 'hidden', { get: () => true })", &[]).await?;
    if page.run("return !!document.querySelector('form fieldset')", &[]).await? == json!(true) {
        page.answer(3, 3).await?;
    }
    page.sees(".verdict").await?;
    ensure!(answers(&page).await? == given, "the first answer isn't the only one");
    Ok(())
}

pub(crate) async fn damaged_values_are_reported_and_left_alone(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.answer(2, 1).await?;
    let keys = page.call(SCRIPTS, "damage", &[]).await?;
    let damaged = async || {
        page.run("return arguments[0].map(key => localStorage[key])", std::slice::from_ref(&keys)).await
    };
    let before = damaged().await?;
    page.reload().await?;
    let said = page.text(".notices").await?;
    ensure!(said.contains("2 saved values are damaged."), "{said}");
    // The question whose answer is damaged is asked again; the other answer is still there.
    page.follow("#/", "Find out").await?;
    page.click("a.primary").await?;
    page.heading_is("Question 2:").await?;
    page.finish().await?;
    ensure!(damaged().await? == before);
    page.click(".notices a").await?;
    page.heading_is("Your data").await?;
    let listed = page.texts(".damaged details").await?;
    ensure!(listed.len() == 2 && listed.iter().any(|text| text.contains("cut short")), "{listed:?}");
    violations_in_both_themes(&page, "data with damage").await?;
    intercept_downloads(&page).await?;
    page.click("main button.primary").await?;
    let file = ExportFile::read(downloaded(&page).await?.as_bytes());
    ensure!(file.is_ok_and(|file| file.unreadable == 2), "the export lacks the damaged values");
    delete(&page, "Delete damaged entries").await?;
    no_notice(&page).await?;
    ensure!(page.store().await?.unreadable().is_empty() && answers(&page).await?.len() == 15);
    ensure!(page.run("return localStorage.theme", &[]).await? == json!("another app's"));
    Ok(())
}

async fn no_notice(page: &Page) -> Result<()> {
    page.until("no notice", "return !document.querySelector('.notices').textContent").await
}

/// Clicks a button on the data page that deletes something, and confirms it.
async fn delete(page: &Page, name: &str) -> Result<()> {
    page.call(SCRIPTS, "clickDelete", &[json!(name)]).await?;
    page.sees("dialog[open] input").await?;
    let enabled = page.texts("dialog[open] [type=submit]:enabled").await?;
    ensure!(enabled.is_empty(), "it can be deleted without confirmation");
    page.click("dialog[open] input").await?;
    page.press("delete").await?;
    page.click("dialog[open] [type=submit]:enabled").await?;
    page.until("the dialog to close", "return !document.querySelector('dialog[open]')").await
}

/// Before a number: a file with as many bytes, which is made in the page.
const LARGE: &str = "bytes: ";

/// Chooses a file to import, as a reader does.
pub(crate) async fn choose(page: &Page, text: &str) -> Result<()> {
    page.call(SCRIPTS, "chooseFile", &[json!(text)]).await?;
    page.until("a summary of the file", "return document.querySelector('.import [role=status]').textContent")
        .await
}

/// Waits until the data page's counts contain a text.
async fn counts(page: &Page, text: &str) -> Result<()> {
    let script = format!("return document.querySelector('.facts').textContent.includes({})", json!(text));
    page.until(text, &script).await
}

pub(crate) async fn exported_data_can_be_imported(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    page.follow("#/", "Find out").await?;
    let label = page.text(".label").await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.follow("#/data", "Your data").await?;
    ensure!(page.text(".facts").await?.contains("1 finished, 1 paused"));
    let history = page.store().await?.history();
    intercept_downloads(&page).await?;
    page.click("main button.primary").await?;
    let file = downloaded(&page).await?;

    delete(&page, "Delete everything").await?;
    counts(&page, "0 finished, 0 paused").await?;
    let left = page.run("return Object.keys(localStorage)", &[]).await?;
    ensure!(left == json!([]), "{left}");
    page.follow("#/", "Find out").await?;
    ensure!(page.texts(".label, .skills .soft").await?.is_empty(), "the label is still there");

    page.follow("#/data", "Your data").await?;
    choose(&page, &file).await?;
    let said = page.text(".import [role=status]").await?;
    ensure!(said.contains("would add 2 quizzes and 16 answers"), "{said}");
    ensure!(page.store().await?.history().sessions.is_empty(), "something was added before it was confirmed");
    violations(&page, "an import's preview").await?;
    page.click(".import button").await?;
    counts(&page, "1 finished, 1 paused").await?;
    ensure!(page.store().await?.history() == history);
    page.click(".import button").await?;
    counts(&page, "0 finished").await?;
    ensure!(page.store().await?.history().sessions.is_empty(), "the import wasn't undone");

    choose(&page, &file).await?;
    page.click(".import button").await?;
    counts(&page, "1 finished, 1 paused").await?;
    choose(&page, &file).await?;
    ensure!(page.text(".import [role=status]").await?.contains("already here"));
    page.follow("#/", "Find out").await?;
    page.sees(".label").await?;
    ensure!(page.text(".label").await? == label, "the label was computed differently");

    page.follow("#/data", "Your data").await?;
    delete(&page, "Delete Quick check").await?;
    page.until("one quiz", "return document.querySelectorAll('.sessions li').length === 1").await?;
    ensure!(page.store().await?.history().sessions.len() == 1);
    Ok(())
}

pub(crate) async fn invalid_files_are_refused_with_the_reason(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/data")).await?;
    page.heading_is("Your data").await?;
    for (text, why) in [
        ("{", "or is incomplete"),
        ("[]", "not an export from Sextant"),
        (r#"{"format":99}"#, "A later version"),
        (r#"{"format":2,"exported":1,"more":1}"#, "unknown field"),
        // Larger than anything the browser could have stored.
        (&format!("{LARGE}40000001"), "larger than 40 MB"),
    ] {
        choose(&page, text).await?;
        let said = format!(
            "return document.querySelector('.import [role=status]').textContent.includes({})",
            json!(why)
        );
        page.until(why, &said).await?;
    }
    ensure!(page.text(".import [role=status]").await?.starts_with("Not imported."));
    violations(&page, "a refused file").await
}

pub(crate) async fn data_in_the_first_format_is_migrated(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    let given = answers(&page).await?;
    let heading = page.text("h1").await?;
    let id = store_first_format(&page, "quick", &given).await?;
    let theme = "localStorage.setItem(`sextant:${location.pathname}:1:theme`, '\"dark\"')";
    page.run(theme, &[]).await?;
    page.run("location.hash = '#/'; window.before = true; location.reload()", &[]).await?;
    page.until("the reload", "return !window.before && document.querySelector('.label')").await?;
    ensure!(page.text(".label").await? == heading, "the label wasn't computed from the answers");
    page.sees(":root[data-theme=dark]").await?;
    ensure!(page.text(".notices").await?.is_empty());
    let migrated = answers(&page).await?;
    let replies = |answers: &[sextant::quiz::taking::session::Answer]| -> Vec<_> {
        answers.iter().map(|answer| (answer.item.clone(), answer.reply.clone())).collect()
    };
    ensure!(replies(&migrated) == replies(&given));
    ensure!(page.stored_values(&format!(":1:session:{id}")).await?.len() == 1, "the old value is gone");
    Ok(())
}

pub(crate) async fn nothing_is_written_beside_data_of_a_later_version(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.run("localStorage.setItem(`sextant:${location.pathname}:3:events`, 'later')", &[]).await?;
    page.reload().await?;
    let stored = "return Object.entries(localStorage).sort()";
    let before = page.run(stored, &[]).await?;
    ensure!(page.text(".notices").await?.contains("Read-only."));
    page.next().await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(page.run(stored, &[]).await? == before);
    ensure!(page.text(".notices").await?.contains("Read-only."));
    Ok(())
}
