//! What is kept, and what is told when it cannot be.

use anyhow::{Result, ensure};
use serde_json::json;
use sextant::quiz::saved::file::File;

use crate::{
    harness::Page,
    steps::{THEMES, answers, catch_files, keep_first, saved_file, set_theme, violations},
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
    catch_files(page).await?;
    page.click(".notices button").await?;
    let file = File::read(saved_file(page).await?.as_bytes(), u64::MAX);
    ensure!(file.is_ok_and(|file| file.entries.len() == 17), "the export has what is in memory");
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
    ensure!(said.contains("did not take what you did last"), "{said}");
    ensure!(answers(&page).await?.len() == 1, "the answer given before stays stored");
    // Saving something else says nothing about the answers.
    let others = "Storage.prototype.setItem = function (k, v) { \
        if (k.includes(':event:')) throw new DOMException('full', 'QuotaExceededError'); window.kept.call(this, k, v) }";
    page.run(others, &[]).await?;
    set_theme(&page, "dark").await?;
    ensure!(page.text(".notices").await?.contains("did not take"), "the notice went with the theme");
    // Space again: the next answer takes the one before along.
    page.run("Storage.prototype.setItem = window.kept", &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(answers(&page).await?.len() == 3);
    // All of it throws: nothing breaks, and the quiz can be abandoned.
    let throw = "for (const f of ['getItem', 'setItem', 'removeItem']) \
                 Storage.prototype[f] = () => { throw new DOMException('gone', 'SecurityError') }; \
                 Object.defineProperty(Storage.prototype, 'length', { get() { throw new DOMException('gone') } })";
    page.run(throw, &[]).await?;
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    ensure!(page.text(".notices").await?.contains("no storage"));
    Ok(())
}

pub(crate) async fn a_browser_that_is_really_full_says_so(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    let stuff = "for (let size = 4_194_304; size >= 1; size >>= 1) \
        try { for (let n = 0; ; n += 1) localStorage.setItem(`other-${size}-${n}`, 'x'.repeat(size)) } catch {}";
    page.run(stuff, &[]).await?;
    page.next().await?;
    page.answer(2, 2).await?;
    ensure!(page.text(".notices").await?.contains("did not take what you did last"));
    page.next().await?;
    page.finish().await?;
    ensure!(page.text(".notices").await?.contains("did not take"), "the notice stays");
    catch_files(&page).await?;
    page.click(".notices button").await?;
    let file = File::read(saved_file(&page).await?.as_bytes(), u64::MAX);
    ensure!(file.is_ok_and(|file| file.entries.len() == 17), "the export has all of it");
    // What the reader does next, once there is space, takes the rest along.
    page.run(
        "Object.keys(localStorage).filter(k => k.startsWith('other')).forEach(k => delete localStorage[k])",
        &[],
    )
    .await?;
    page.run("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))", &[]).await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(answers(&page).await?.len() == 15);
    Ok(())
}

pub(crate) async fn storage_emptied_in_the_middle_is_told(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.run("localStorage.clear()", &[]).await?;
    page.answer(2, 2).await?;
    page.until(
        "the notice",
        "return document.querySelector('.notices').textContent.includes('No longer saved.')",
    )
    .await?;
    ensure!(answers(&page).await?.len() == 1, "what is answered since is saved");
    page.click(".notices .row button").await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(answers(&page).await?.len() == 2);
    // Let go, it is gone: the quiz is not here any more.
    page.run("localStorage.clear()", &[]).await?;
    page.run("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))", &[]).await?;
    page.click(".notices .row .quiet").await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
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
    // A tab that was told nothing looks before it answers: the question is not answered twice.
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
    ensure!(answers(&page).await? == given, "the first answer stays and is the only one");
    Ok(())
}

pub(crate) async fn damaged_values_are_told_and_left_alone(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.answer(2, 1).await?;
    let harm = "const key = Object.keys(localStorage).find(k => /:event:.*:2$/.test(k)); \
        localStorage[key] = localStorage[key].slice(0, -9); \
        localStorage[key.replace(/:2$/, ':77')] = localStorage[key.replace(/:2$/, ':1')]; \
        localStorage[key.replace(/event.*/, 'label')] = '[]'; \
        localStorage.theme = 'another app\\'s'; return [key, key.replace(/:2$/, ':77'), 'theme']";
    let keys = page.run(harm, &[]).await?;
    let damaged = async || {
        page.run("return arguments[0].map(key => localStorage[key])", std::slice::from_ref(&keys)).await
    };
    let before = damaged().await?;
    page.reload().await?;
    let said = page.text(".notices").await?;
    ensure!(said.contains("2 saved values are damaged."), "{said}");
    // The damaged answer is asked for again, the others stay.
    page.follow("#/", "Find out").await?;
    page.click("a.primary").await?;
    page.heading_is("Question 2:").await?;
    page.finish().await?;
    ensure!(damaged().await? == before);
    page.click(".notices a").await?;
    page.heading_is("Your data").await?;
    let listed = page.texts(".damaged details").await?;
    ensure!(listed.len() == 2 && listed.iter().any(|text| text.contains("cut short")), "{listed:?}");
    for theme in THEMES {
        set_theme(&page, theme).await?;
        violations(&page, &format!("data with damage, {theme}")).await?;
    }
    catch_files(&page).await?;
    page.click("main button.primary").await?;
    let file = File::read(saved_file(&page).await?.as_bytes(), u64::MAX);
    ensure!(file.is_ok_and(|file| file.unreadable == 2), "the export has what is damaged");
    delete(&page, "Delete damaged entries").await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(page.kept().await?.unreadable().is_empty() && answers_of_one(&page).await? == 15);
    ensure!(page.run("return localStorage.theme", &[]).await? == json!("another app's"));
    Ok(())
}

/// How many answers the one session has.
async fn answers_of_one(page: &Page) -> Result<usize> {
    Ok(answers(page).await?.len())
}

/// Presses a button of the page on data that deletes, and confirms it.
async fn delete(page: &Page, name: &str) -> Result<()> {
    let find = "return [...document.querySelectorAll('main .danger, main .row .button, .sessions button')]\
        .find(b => (b.getAttribute('aria-label') ?? b.textContent).startsWith(arguments[0]))?.click()";
    page.run(find, &[json!(name)]).await?;
    page.sees("dialog[open] input").await?;
    ensure!(page.texts("dialog[open] [type=submit]:enabled").await?.is_empty(), "not before it is confirmed");
    page.click("dialog[open] input").await?;
    page.press("delete").await?;
    page.click("dialog[open] [type=submit]:enabled").await?;
    page.until("the dialog to close", "return !document.querySelector('dialog[open]')").await
}

/// Chooses a file for the import, as a reader does.
async fn choose(page: &Page, text: &str) -> Result<()> {
    let script = "const input = document.querySelector('input[type=file]'); const files = new DataTransfer(); \
        files.items.add(new File([arguments[0]], 'sextant.json', { type: 'application/json' })); \
        input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(script, &[json!(text)]).await?;
    page.until("what the file holds", "return document.querySelector('.import [role=status]').textContent")
        .await
}

pub(crate) async fn data_goes_to_a_file_and_comes_back(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    page.follow("#/", "Find out").await?;
    let label = page.text(".label").await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.follow("#/data", "Your data").await?;
    ensure!(page.text(".facts").await?.contains("1 finished, 1 paused"));
    let kept = page.kept().await?.history();
    catch_files(&page).await?;
    page.click("main button.primary").await?;
    let file = saved_file(&page).await?;

    delete(&page, "Delete everything").await?;
    page.until(
        "nothing",
        "return document.querySelector('.facts').textContent.includes('0 finished, 0 paused')",
    )
    .await?;
    let left = page.run("return Object.keys(localStorage)", &[]).await?;
    ensure!(left == json!([]), "{left}");
    page.follow("#/", "Find out").await?;
    ensure!(page.texts(".label, .skills .soft").await?.is_empty(), "the label is gone too");

    page.follow("#/data", "Your data").await?;
    choose(&page, &file).await?;
    let said = page.text(".import [role=status]").await?;
    ensure!(said.contains("would add 2 quizzes and 16 answers"), "{said}");
    ensure!(page.kept().await?.history().sessions.is_empty(), "nothing is added before it is confirmed");
    violations(&page, "an import's preview").await?;
    page.click(".import button").await?;
    page.until("it", "return document.querySelector('.facts').textContent.includes('1 finished, 1 paused')")
        .await?;
    ensure!(page.kept().await?.history() == kept);
    page.click(".import button").await?;
    page.until(
        "it to be taken back",
        "return document.querySelector('.facts').textContent.includes('0 finished')",
    )
    .await?;
    ensure!(page.kept().await?.history().sessions.is_empty());

    choose(&page, &file).await?;
    page.click(".import button").await?;
    page.until("it", "return document.querySelector('.facts').textContent.includes('1 finished, 1 paused')")
        .await?;
    choose(&page, &file).await?;
    ensure!(page.text(".import [role=status]").await?.contains("already here"));
    page.follow("#/", "Find out").await?;
    page.sees(".label").await?;
    ensure!(page.text(".label").await? == label, "the label is worked out anew");

    page.follow("#/data", "Your data").await?;
    delete(&page, "Delete Quick check").await?;
    page.until("one", "return document.querySelectorAll('.sessions li').length === 1").await?;
    ensure!(page.kept().await?.history().sessions.len() == 1);
    Ok(())
}

pub(crate) async fn files_that_are_none_are_refused_by_their_reason(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/data")).await?;
    page.heading_is("Your data").await?;
    for (text, why) in [
        ("{", "was cut short"),
        ("[]", "not a file that Sextant writes"),
        (r#"{"format":99}"#, "A later version"),
        (r#"{"format":2,"exported":1,"more":1}"#, "unknown field"),
        (&" ".repeat(2_000_001), "larger than 2 MB"),
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

pub(crate) async fn the_first_format_migrates(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    let given = answers(&page).await?;
    let heading = page.text("h1").await?;
    let id = keep_first(&page, "quick", &given).await?;
    let theme = "localStorage.setItem(`sextant:${location.pathname}:1:theme`, '\"dark\"')";
    page.run(theme, &[]).await?;
    page.run("location.hash = '#/'; window.before = true; location.reload()", &[]).await?;
    page.until("the reload", "return !window.before && document.querySelector('.label')").await?;
    ensure!(page.text(".label").await? == heading, "the label is worked out, not taken over");
    page.sees(":root[data-theme=dark]").await?;
    ensure!(page.text(".notices").await?.is_empty());
    let migrated = answers(&page).await?;
    let said = |answers: &[sextant::quiz::taking::session::Answer]| -> Vec<_> {
        answers.iter().map(|answer| (answer.item.clone(), answer.reply.clone())).collect()
    };
    ensure!(said(&migrated) == said(&given));
    ensure!(page.stored(&format!(":1:session:{id}")).await?.len() == 1, "the old value stays");
    Ok(())
}

pub(crate) async fn beside_a_later_version_nothing_is_written(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.run("localStorage.setItem(`sextant:${location.pathname}:3:events`, 'later')", &[]).await?;
    page.reload().await?;
    let stored = "return Object.entries(localStorage).sort()";
    let before = page.run(stored, &[]).await?;
    ensure!(page.text(".notices").await?.contains("Read only."));
    page.next().await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    ensure!(page.run(stored, &[]).await? == before);
    ensure!(page.text(".notices").await?.contains("Read only."));
    Ok(())
}
