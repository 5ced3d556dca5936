//! Steps that several journeys take.

use std::env;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sextant::quiz::bank::{Catalog, Item, Shard};

use crate::harness::Page;

/// The answers of the one session that is stored.
pub(crate) async fn answers(page: &Page) -> Result<Vec<Value>> {
    let sessions = page.stored(":session:").await?;
    ensure!(sessions.len() == 1, "{} sessions", sessions.len());
    Ok(sessions[0]["session"]["answers"].as_array().context("answers")?.clone())
}

pub(crate) const THEMES: [&str; 2] = ["light", "dark"];

pub(crate) async fn set_theme(page: &Page, theme: &str) -> Result<()> {
    let script = "const s = document.querySelector('.theme select'); s.value = arguments[0]; \
                  s.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(script, &[json!(theme)]).await?;
    page.sees(&format!(":root[data-theme={theme}]")).await?;
    // Colours halfway between two themes have no contrast to judge.
    page.until("the colours to settle", "return document.getAnimations().length === 0").await
}

/// Fails where axe-core finds anything on the page as it is.
pub(crate) async fn violations(page: &Page, name: &str) -> Result<()> {
    if page.run("return typeof axe === 'undefined'", &[]).await? == json!(true) {
        let axe = std::fs::read_to_string(env::var("SEXTANT_AXE").context("SEXTANT_AXE is not set")?)?;
        page.run(&format!("{axe}; window.axe = axe"), &[]).await?;
    }
    let script = "const done = arguments[arguments.length - 1]; \
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
        .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))))\
        .catch(e => done(['axe failed: ' + e]))";
    let found: Vec<String> = serde_json::from_value(page.run_async(script, &[]).await?)?;
    ensure!(found.is_empty(), "{name}: {found:#?}");
    Ok(())
}

/// All items, by skill.
pub(crate) async fn bank(page: &Page) -> Result<Vec<Vec<Item>>> {
    let json = "const done = arguments[arguments.length - 1]; \
                fetch(arguments[0]).then(r => r.json()).then(done)";
    let catalog = page.run("return document.getElementById('catalog').href", &[]).await?;
    let catalog: Catalog = serde_json::from_value(page.run_async(json, &[catalog]).await?)?;
    let mut items = Vec::new();
    for skill in catalog.skills {
        let shard: Shard = serde_json::from_value(page.run_async(json, &[json!(skill.shard)]).await?)?;
        items.push(shard.items);
    }
    Ok(items)
}
