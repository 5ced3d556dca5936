//! Taking a quiz, from its start to its result.

use anyhow::{Result, ensure};
use serde_json::json;
use sextant::quiz::content::reply::{Reply, Sure};
use thirtyfour::Key;

use crate::{
    harness::Page,
    steps::{answers, bank, violations_in_both_themes},
};

pub(crate) async fn a_quick_check_can_be_taken_by_keyboard(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.tab_to("Start: Quick check").await?;
    page.press(Key::Enter).await?;
    for number in 1..=4 {
        page.until("the question", "return document.querySelector('form fieldset')").await?;
        page.heading_is(&format!("Question {number}:")).await?;
        page.until("the focus on the heading", "return document.activeElement.tagName === 'H1'").await?;
        if number == 4 {
            page.tab_to("I don’t know").await?;
        } else {
            page.fill_by_keyboard().await?;
            if number % 2 == 0 {
                page.press(Key::Right).await?;
            }
        }
        page.press(Key::Enter).await?;
        page.until("the focus on the verdict", "return document.activeElement.matches('.verdict')").await?;
        page.press(Key::Enter).await?;
        page.until("the next page", "return !document.querySelector('.verdict')").await?;
    }
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(page.texts(".ticks").await?.is_empty());
    page.sees("svg.arc").await?;
    let sure: Vec<_> = answers(&page).await?.iter().map(|answer| answer.reply.sure()).collect();
    let expected = [Some(Sure::Fairly), Some(Sure::Sure), Some(Sure::Fairly), None];
    ensure!(sure[..4] == expected, "{sure:?}");
    Ok(())
}

pub(crate) async fn leaving_and_returning_at_once_keeps_the_input(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.fill(2).await?;
    page.call(include_str!("scripts/taking.js"), "leaveAndReturn", &[]).await?;
    page.until("both events", "return window.back").await?;
    ensure!(page.run("return !!document.querySelector('.sure button:enabled')", &[]).await? == json!(true));
    Ok(())
}

pub(crate) async fn reloads_lose_nothing(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    for number in 0..7 {
        page.answer(number % 4 + 1, 2).await?;
        page.next().await?;
    }
    page.heading_is("Question 8:").await?;
    page.sees("form fieldset").await?;
    let (prompt, options) = (page.text("#prompt").await?, page.texts("form fieldset").await?);
    page.reload().await?;
    page.sees("form fieldset").await?;
    ensure!(page.text("#prompt").await? == prompt, "another question after the reload");
    ensure!(page.texts("form fieldset").await? == options, "another order after the reload");

    page.answer(1, 3).await?;
    let explained = page.text("main").await?;
    page.reload().await?;
    page.sees(".verdict").await?;
    ensure!(page.text("main").await? == explained, "another explanation after the reload");
    // By a click, because WebKit's history skips pages without any user input.
    page.click(".end a.primary").await?;
    page.finish().await?;

    let heading = page.text("h1").await?;
    ensure!(heading.contains("Junior"), "{heading}");
    page.reload().await?;
    page.sees("svg.arc").await?;
    ensure!(page.text("h1").await? == heading, "another result after the reload");
    let label = page.stored_values(":label").await?;
    ensure!(label[0]["content"]["label"] == json!(heading), "{label:?}");
    // The questions of a finished quiz can still be visited, but it can't be abandoned.
    page.back().await?;
    page.heading_is("Question 15:").await?;
    page.sees(".verdict").await?;
    ensure!(page.texts(".progress button").await?.is_empty());
    page.follow("#/", "Find out").await?;
    ensure!(page.text(".label").await? == heading);

    let mut items: Vec<String> = answers(&page).await?.into_iter().map(|answer| answer.item.0).collect();
    ensure!(items.len() == 15);
    items.sort();
    items.dedup();
    ensure!(items.len() == 15, "a question was asked twice");
    Ok(())
}

pub(crate) async fn a_full_assessment_leads_to_its_result_and_review(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Full assessment").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(page.texts(".profile li").await?.len() == 15);
    ensure!(page.text("main").await?.contains("What separates you from"));
    ensure!(page.texts(".ladder li").await?.len() == 5, "one row per stage");
    ensure!(page.texts(".calibration tbody tr").await?.len() == 3, "one row per confidence button");
    ensure!(!page.texts(".beliefs li").await?.is_empty(), "misconceptions");
    ensure!(page.text("main").await?.contains("Median salary"));
    violations_in_both_themes(&page, "full result").await?;
    page.follow("#/", "Find out").await?;
    ensure!(page.texts(".skills .soft").await?.len() == 15, "a score beside each skill");
    // The review shows every answer with its explanation.
    page.click(".note a").await?;
    page.sees("svg.arc").await?;
    page.click("a.primary").await?;
    page.sees("details").await?;
    ensure!(page.texts("details.card").await?.len() == 60);
    page.click("summary").await?;
    page.until("an open explanation", "return document.querySelector('details[open] .choice')").await
}

pub(crate) async fn one_skill_gets_a_score_but_no_stage(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/skill/databases")).await?;
    page.heading_is("Databases").await?;
    page.click("main a.primary").await?;
    page.finish().await?;
    page.heading_is("Databases").await?;
    let lead = page.text(".lead").await?;
    ensure!(lead.contains('±') && lead.contains("One skill says nothing about a stage"), "{lead}");
    ensure!(page.texts("svg.arc").await?.is_empty());
    let label = page.stored_values(":label").await?;
    ensure!(
        label[0]["content"]["label"].is_null()
            && label[0]["content"]["scores"]["databases"]["score"].is_u64(),
        "{label:?}"
    );
    Ok(())
}

pub(crate) async fn a_quiz_can_be_paused_resumed_and_abandoned(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.heading_is("Question 2:").await?;
    page.back().await?;
    page.heading_is("Question 1:").await?;
    page.sees(".verdict").await?;
    ensure!(page.texts("form").await?.is_empty(), "an answered question can be answered again");
    page.click(".progress a").await?;
    page.heading_is("Find out").await?;
    page.click("a.primary").await?;
    page.heading_is("Question 2:").await?;

    page.click(".progress button").await?;
    page.sees("dialog[open]").await?;
    page.press(Key::Escape).await?;
    page.until("the dialog to close", "return !document.querySelector('dialog[open]')").await?;
    ensure!(answers(&page).await?.len() == 1);
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    // The reply is gone, but the question still counts as seen.
    let left = answers(&page).await?;
    ensure!(left.len() == 1 && left[0].reply == Reply::DontKnow, "{left:?}");
    page.follow("#/results", "Results").await?;
    ensure!(page.text("main").await?.contains("haven’t taken a quiz"));
    Ok(())
}

pub(crate) async fn earlier_answers_count_but_repeated_questions_do_not(page: Page) -> Result<()> {
    let take = async || {
        page.follow("#/skill/cloud", "Cloud").await?;
        page.click("main a.primary").await?;
        page.finish().await?;
        anyhow::Ok((page.text(".lead").await?, page.text("main").await?))
    };
    page.open(&page.host.app()).await?;
    let (first, whole) = take().await?;
    ensure!(!whole.contains("Not scored"), "{whole}");
    let (second, whole) = take().await?;
    let asked = count_items(&page, "cl-").await?;
    ensure!(whole.contains(&format!("Not scored: {asked} questions that you saw")), "{whole}");
    ensure!(whole.contains(&format!("{asked} answers from earlier quizzes also count")), "{whole}");
    let score = |lead: &str| lead.split(" of 100").next().map(str::to_owned);
    ensure!(score(&first) == score(&second), "{first} / {second}");
    Ok(())
}

/// The number of items whose IDs start with a prefix.
async fn count_items(page: &Page, prefix: &str) -> Result<usize> {
    let items = bank(page).await?;
    Ok(items.iter().flatten().filter(|item| item.id.0.starts_with(prefix)).count())
}
