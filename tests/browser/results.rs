//! What a result says, and whether it is right.

use std::{
    env,
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use sextant::{
    quiz::{content::statement::Scope, saved::label::Score, taking::session::Answer},
    words,
};

use crate::{
    harness::Page,
    steps::{bank, downloaded, intercept_downloads, store_first_format},
};

/// The page shows the figures that `cargo xtask score` computes from the exported file.
pub(crate) async fn figures_match_the_score_command(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Short assessment").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    intercept_downloads(&page).await?;
    page.click("button.link").await?;
    let figures = score(&downloaded(&page).await?)?;

    ensure!(figures["answered"] == json!(45), "{figures}");
    ensure!(figures["stage"] == json!(page.text("h1").await?), "{}", figures["stage"]);
    let shown = |of: &Value| {
        let part = |name: &str| of[name].as_u64().and_then(|part| u8::try_from(part).ok()).unwrap_or(u8::MAX);
        words::score(Score { score: part("score"), margin: part("margin") })
    };
    ensure!(page.texts(".lead .figure").await?.contains(&shown(&figures["overall"])));
    let skills = figures["skills"].as_array().context("skills")?;
    let expected: Vec<String> = skills.iter().map(shown).collect();
    ensure!(page.texts(".profile .number").await? == expected, "{expected:?}");
    let shares = figures["stages"].as_array().context("stages")?.iter().map(|stage| {
        let percent = (stage["share"].as_f64().unwrap_or(f64::NAN) * 100.0 + 1e-9).floor();
        match percent {
            0.0 if stage["id"] == json!("executive") => "–".to_owned(),
            0.0 => "<1%".to_owned(),
            100.0 => ">99%".to_owned(),
            percent => format!("{percent}%"),
        }
    });
    let expected: Vec<String> = shares.collect();
    ensure!(page.texts(".ladder .number").await? == expected, "{expected:?}");
    let gaps = figures["gaps"].as_array().context("gaps")?.len();
    ensure!(page.texts(".flag.gap").await?.len() == gaps, "{gaps} gaps");
    Ok(())
}

/// What `cargo xtask score` prints for a file.
fn score(file: &str) -> Result<Value> {
    let mut command = Command::new(env::var_os("SEXTANT_XTASK").context("SEXTANT_XTASK is not set")?);
    command.arg("score");
    let mut scoring = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    scoring.stdin.take().context("standard input")?.write_all(file.as_bytes())?;
    let output = scoring.wait_with_output()?;
    ensure!(output.status.success(), "score failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}

pub(crate) async fn figures_link_to_their_explanation(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    for (link, section) in [
        (".lead .figure", "stages"),
        (".lead .figure b", "scores"),
        (".note a", "questions"),
        (".statement ~ .how a", "statement"),
    ] {
        page.click(link).await?;
        page.until(section, &format!("return document.activeElement.id === '{section}'")).await?;
        page.until(
            "the section in view",
            "const { top } = document.activeElement.getBoundingClientRect(); return top >= -1 && top < innerHeight",
        )
        .await?;
        page.back().await?;
        page.sees("svg.arc").await?;
    }
    Ok(())
}

/// Stores a full assessment in which every answer is right, and shows its result.
async fn all_right(page: &Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let mut answers = Vec::new();
    for items in bank(page).await? {
        for item in items.iter().rev().take(4) {
            let reply = item.task.examples()[0].clone();
            answers.push(Answer { item: item.id.clone(), reply, at: 0, took: 0 });
        }
    }
    let id = store_first_format(page, "full", &answers).await?;
    page.reload().await?;
    page.run("location.hash = '#/result/' + arguments[0]", &[json!(id)]).await?;
    page.sees("svg.arc").await
}

pub(crate) async fn a_statement_changes_the_label_but_no_score(page: Page) -> Result<()> {
    all_right(&page).await?;
    page.heading_is("Architect / Team Lead (knowledge)").await?;
    let scores = page.texts(".profile .number").await?;
    let choose = async |question: usize, option: usize| {
        page.call(include_str!("scripts/results.js"), "choose", &[json!(question), json!(option)]).await
    };
    let keeps_focus = async || {
        let focused = page.run("return document.activeElement.tagName", &[]).await?;
        ensure!(focused == json!("SELECT"), "the control lost the focus");
        Ok(())
    };
    // Several teams.
    choose(1, 3).await?;
    page.until(
        "the label of a lead",
        "return document.querySelector('h1').textContent === 'Architect / Team Lead'",
    )
    .await?;
    keeps_focus().await?;
    ensure!(page.texts(".ladder .number").await?[4] == "–", "the last stage also requires years");
    // A whole organization, for ten years.
    choose(1, 4).await?;
    choose(0, 4).await?;
    page.until(
        "the last stage",
        "return document.querySelectorAll('.ladder .number')[4].textContent !== '–'",
    )
    .await?;
    keeps_focus().await?;
    page.heading_is("Profile consistent with CTO / VP").await?;
    ensure!(page.texts(".profile .number").await? == scores, "a score has changed");
    page.reload().await?;
    page.heading_is("Profile consistent with CTO / VP").await?;
    ensure!(page.store().await?.history().statement.scope == Some(Scope::Organization));
    page.follow("#/", "Find out").await?;
    let label = page.text(".label").await?;
    ensure!(label.starts_with("Profile consistent with"), "the start page says {label}");
    Ok(())
}
