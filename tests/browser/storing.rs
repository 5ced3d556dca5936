//! What is kept, and what is told when it cannot be.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    harness::Page,
    steps::{answers, set_theme},
};

pub(crate) async fn refused_storage_by_the_browser(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    refused_storage(&page).await
}

pub(crate) async fn refused_storage_by_a_throwing_page(page: Page) -> Result<()> {
    page.open(&page.host.refusing_storage()).await?;
    refused_storage(&page).await
}

async fn refused_storage(page: &Page) -> Result<()> {
    let script = "try { localStorage.getItem('x'); return 'given' } catch (error) { return 'refused' }";
    ensure!(page.run(script, &[]).await? == json!("refused"), "the browser gives storage");
    let said = page.text(".notices").await?;
    ensure!(said.contains("Not saved.") && said.contains("no storage"), "{said}");
    page.start("Quick check").await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    ensure!(page.text(".notices").await?.contains("Not saved."), "the notice stays");
    page.follow("#/", "Find out").await?;
    ensure!(page.text(".label").await?.starts_with("Between "));
    Ok(())
}

pub(crate) async fn storage_that_fails_in_the_middle(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    ensure!(page.text(".notices").await?.is_empty());
    let full = "window.kept = Storage.prototype.setItem; \
                Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    page.run(full, &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    let said = page.text(".notices").await?;
    ensure!(said.contains("did not save the last change"), "{said}");
    ensure!(answers(&page).await?.len() == 1, "the answer given before stays stored");
    // Saving something else says nothing about the answers.
    let sessions_only = "Storage.prototype.setItem = function (k, v) { \
        if (k.includes(':session:')) throw new DOMException('full', 'QuotaExceededError'); window.kept.call(this, k, v) }";
    page.run(sessions_only, &[]).await?;
    set_theme(&page, "dark").await?;
    ensure!(page.text(".notices").await?.contains("did not save"), "the notice went with the theme");
    // Space again: the next answer saves the whole session.
    page.run("Storage.prototype.setItem = window.kept", &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(answers(&page).await?.len() == 3);
    // All of it throws: nothing breaks, and the quiz can be abandoned.
    let throw = "for (const f of ['getItem', 'setItem', 'removeItem']) \
                 Storage.prototype[f] = () => { throw new DOMException('gone', 'SecurityError') }";
    page.run(throw, &[]).await?;
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    ensure!(page.text(".notices").await?.contains("no storage"));
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
    // The first tab shows the answer that the second one gave, and goes on after both.
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
    Ok(())
}

pub(crate) async fn damaged_values_are_told_and_left_alone(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    let harm = "const key = Object.keys(localStorage).find(k => k.includes(':session:')); const good = localStorage[key]; \
        localStorage[key + '-damaged'] = good.slice(0, -9); \
        localStorage[key + '-newer'] = good.replace('\"format\":1', '\"format\":2'); \
        localStorage[key.replace(/session:.*/, 'label')] = '[]'; \
        localStorage.theme = 'another app\\'s'";
    page.run(harm, &[]).await?;
    let damaged =
        "return Object.entries(localStorage).filter(([k]) => /-damaged$|-newer$|^theme$/.test(k)).sort()";
    let before = page.run(damaged, &[]).await?;
    page.reload().await?;
    let said = page.text(".notices").await?;
    ensure!(said.starts_with("3 saved values could not be read"), "{said}");
    page.next().await?;
    page.finish().await?;
    ensure!(page.run(damaged, &[]).await? == before);
    ensure!(
        page.stored(":label:set-aside").await? == [json!([])],
        "the label that could not be read is kept aside"
    );
    page.reload().await?;
    page.sees("svg.arc").await?;
    ensure!(page.text("h1").await?.starts_with("Between "));
    Ok(())
}
