//! Every kind of question, answered right, partly right and wrong, by mouse, keyboard and touch.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sextant::quiz::content::{
    bank::Item,
    reply::{Reply, Sure},
};
use thirtyfour::Key;

use crate::{
    harness::{Engine, Input, Page},
    steps::{answers, bank, store_first_format, violations},
};

const SCRIPTS: &str = concat!(include_str!("scripts/answering.js"), include_str!("scripts/kinds.js"));

/// The first item of each kind.
async fn one_of_each_kind(page: &Page) -> Result<Vec<Item>> {
    let mut found: Vec<Item> = Vec::new();
    for item in bank(page).await?.into_iter().flatten() {
        if !found
            .iter()
            .any(|other| std::mem::discriminant(&other.task) == std::mem::discriminant(&item.task))
        {
            found.push(item);
        }
    }
    ensure!(found.len() == 6, "{} kinds", found.len());
    Ok(found)
}

pub(crate) async fn every_kind_can_be_answered_by_mouse(page: Page) -> Result<()> {
    every_kind(&page, Input::Mouse).await
}

pub(crate) async fn every_kind_can_be_answered_by_keyboard(page: Page) -> Result<()> {
    every_kind(&page, Input::Keyboard).await
}

pub(crate) async fn every_kind_can_be_answered_by_touch(page: Page) -> Result<()> {
    every_kind(&page, Input::Touch).await
}

async fn every_kind(page: &Page, input: Input) -> Result<()> {
    page.open(&page.host.app()).await?;
    for item in one_of_each_kind(page).await? {
        let top = item.task.kind().top();
        // Engines differ in input, not in scores.
        let lowest = if page.engine == Engine::Chromium { 0 } else { top };
        for score in (lowest..=top).rev() {
            let replies = item.task.examples();
            let reply = replies.iter().find(|reply| item.task.score(reply) == Some(score));
            let reply = reply.context("an example with that score")?;
            let expected = match score {
                0 => "verdict wrong",
                score if score < top => "verdict partly",
                _ => "verdict right",
            };
            show(page, &item).await?;
            page.give(&item.task, reply, input).await.with_context(|| format!("{}, {reply:?}", item.id))?;
            let (verdict, wrong, marks): (String, Vec<String>, Vec<String>) =
                serde_json::from_value(page.call_async(SCRIPTS, "verdict", &[]).await?)?;
            ensure!(verdict == expected, "{}, {reply:?} by {input:?}: {verdict}", item.id);
            let blamed = !wrong.is_empty() || marks.iter().any(|mark| mark.contains("left it out"));
            ensure!(blamed == (score < top), "{}, {reply:?}: {wrong:?} {marks:?}", item.id);
        }
    }
    Ok(())
}

/// Shows an item in its initial state, coming from another page.
pub(crate) async fn show(page: &Page, item: &Item) -> Result<()> {
    page.call_async(SCRIPTS, "show", &[json!(item.id)]).await?;
    Ok(())
}

pub(crate) async fn of_kind(page: &Page, kind: &str) -> Result<Item> {
    let items = one_of_each_kind(page).await?;
    let found = items
        .into_iter()
        .find(|item| serde_json::to_value(&item.task).is_ok_and(|task| task.get(kind).is_some()));
    found.with_context(|| format!("no item of kind {kind}"))
}

pub(crate) async fn an_ambiguous_number_has_to_be_clarified(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let item = of_kind(&page, "numeric").await?;
    show(&page, &item).await?;
    let heard = async |text: &str| {
        page.call(SCRIPTS, "enterNumber", &[json!(text)]).await?;
        page.text("#heard").await
    };
    let ready = async || Ok::<_, anyhow::Error>(!page.texts(".sure button:enabled").await?.is_empty());
    ensure!(heard("1 000").await?.starts_with("Read as 1000"), "{}", page.text("#heard").await?);
    ensure!(ready().await?);
    ensure!(heard("twelve").await?.starts_with("Enter a number"));
    ensure!(!ready().await?, "something other than a number can be submitted");
    ensure!(heard("1,234").await?.contains("Which do you mean?"));
    ensure!(!ready().await?, "a number with two readings can be submitted");
    ensure!(page.texts(".heard button").await?.len() == 2);
    violations(&page, "a number with two readings").await?;
    // By keyboard: the readings come after the field, and choosing one returns the focus to it.
    page.run("document.getElementById('number').focus()", &[]).await?;
    page.press(Key::Tab).await?;
    page.press(Key::Enter).await?;
    page.until(
        "the reading",
        "return document.getElementById('heard').textContent.startsWith('Read as 1234') && \
         document.activeElement.id === 'number'",
    )
    .await?;
    page.press(Key::Enter).await?;
    page.until("the button", "return document.activeElement.matches('.sure button:nth-of-type(2):enabled')")
        .await
}

pub(crate) async fn best_and_worst_must_differ(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let item = of_kind(&page, "judgement").await?;
    show(&page, &item).await?;
    let pick = async |name: &str, at: usize| page.call(SCRIPTS, "pick", &[json!(name), json!(at)]).await;
    pick("best", 1).await?;
    pick("worst", 1).await?;
    page.until("the hint", "return document.querySelector('.refused').textContent.includes('different')")
        .await?;
    ensure!(page.texts(".sure button:enabled").await?.is_empty(), "one reaction can be both best and worst");
    pick("best", 2).await?;
    page.sees(".sure button:enabled").await?;
    ensure!(page.texts(".pill:has(:checked)").await? == ["Worst", "Best"], "another pick was removed");
    Ok(())
}

pub(crate) async fn shortcuts_do_not_act_in_dialogs_or_on_held_keys(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 2).await?;
    let address = page.address().await?;
    page.click(".asked .link").await?;
    page.sees("dialog[open] textarea").await?;
    page.run("document.querySelector('dialog[open] textarea').focus()", &[]).await?;
    page.press(Key::Enter).await?;
    page.press("2").await?;
    page.until("the line", "return /\\n2|2\\n/.test(document.querySelector('dialog[open] textarea').value)")
        .await?;
    ensure!(page.address().await? == address, "Enter in the report changed the page");
    page.press(Key::Escape).await?;
    page.until("no dialog", "return !document.querySelector('dialog[open]')").await?;

    // Digits pick nothing behind an open dialog, and holding a key down answers nothing.
    page.next().await?;
    page.sees("form fieldset").await?;
    let picked = "return document.querySelectorAll('form :checked').length";
    page.press("?").await?;
    page.sees("dialog[open]").await?;
    page.press("2").await?;
    ensure!(page.run(picked, &[]).await? == json!(0), "a digit picked something behind the dialog");
    page.press(Key::Escape).await?;
    page.fill(1).await?;
    ensure!(page.call(SCRIPTS, "holdEnter", &[]).await? == json!(false), "a held Enter reaches the button");
    Ok(())
}

pub(crate) async fn answers_that_no_longer_fit_their_question_are_not_counted(page: Page) -> Result<()> {
    // Questions that became another kind, and options that don't exist.
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    let mut given = answers(&page).await?;
    let sure = Sure::Sure;
    given[0].reply = Reply::Numeric { value: 1e300, sure };
    given[1].reply = Reply::Multi { options: vec![200, 1], sure };
    given[2].reply = Reply::Ordering { order: vec![0, 0, 9], sure };
    let id = store_first_format(&page, "quick", &given).await?;
    page.reload().await?;
    page.follow(&format!("#/result/{id}"), "Not enough answers yet").await?;
    page.follow(&format!("#/quiz/{id}/1"), "This question was withdrawn").await?;
    page.follow(&format!("#/review/{id}"), "Your answers").await?;
    page.sees("details.card").await?;
    let shown = page.texts("details.card").await?.len();
    ensure!(shown <= 13, "{shown} answers are shown, although two or three fit no question");
    Ok(())
}

pub(crate) async fn pictures_have_a_text_alternative(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    for item in bank(&page).await?.into_iter().flatten() {
        let Some(figure) = &item.figure else { continue };
        show(&page, &item).await?;
        page.sees(".picture svg[role=img]").await?;
        let label =
            page.run("return document.querySelector('.picture svg').getAttribute('aria-label')", &[]).await?;
        ensure!(label == json!(figure.words), "{}: {label}", item.id);
        page.click(".figure summary").await?;
        ensure!(page.text(".figure details p").await? == figure.words);
        violations(&page, &format!("{} with its picture", item.id)).await?;
    }
    Ok(())
}

pub(crate) async fn a_question_can_be_reported(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    let prompt = page.text("#prompt p").await?;
    page.click(".asked .link").await?;
    page.sees("dialog[open] textarea").await?;
    let report = page.run("return document.querySelector('dialog[open] textarea').value", &[]).await?;
    let report = report.as_str().context("no text")?;
    let words: Vec<&str> = prompt.split_whitespace().take(4).collect();
    ensure!(report.contains(", bank ") && report.contains(&words.join(" ")), "{report}");
    ensure!(page.texts("dialog[open] a").await?.is_empty(), "a link to a tracker is offered");
    violations(&page, "the report").await?;
    page.click("dialog[open] .quiet").await?;

    // The host can set a tracker in the page.
    let tracker = "document.querySelector('meta[name=tracker]').content = \
                   'https://tracker.example/new?title={title}&body={body}'";
    page.run(tracker, &[]).await?;
    page.answer(1, 1).await?;
    page.click(".asked .link").await?;
    page.sees("dialog[open] a.primary").await?;
    let address = page.run("return document.querySelector('dialog[open] a.primary').href", &[]).await?;
    let address = address.as_str().context("no address")?;
    ensure!(address.starts_with("https://tracker.example/new?title=Question%20"), "{address}");
    ensure!(address.contains("&body=What%20is%20wrong") && address.len() < 8000, "{address}");
    Ok(())
}
