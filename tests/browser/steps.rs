//! Steps that several journeys take.

use std::env;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sextant::quiz::{
    content::bank::{Catalog, Item, Shard},
    taking::session::Answer,
};

use crate::harness::Page;

/// The answers of the one session that is kept.
pub(crate) async fn answers(page: &Page) -> Result<Vec<Answer>> {
    let kept = page.kept().await?;
    ensure!(kept.unreadable().is_empty(), "{:?}", kept.unreadable());
    let mut sessions = kept.history().sessions;
    ensure!(sessions.len() == 1, "{} sessions", sessions.len());
    Ok(sessions.remove(0).answers)
}

/// Puts a session of the first format in place of all that is kept, and returns its name.
pub(crate) async fn keep_first(page: &Page, form: &str, answers: &[Answer]) -> Result<String> {
    let script = "const started = Date.now() - 3600000; \
        const answers = arguments[1].map((answer, n) => ({ ...answer, at: started + n, took: 9000 })); \
        const session = { form: arguments[0], seed: 1, started, answers, finished: true }; \
        const id = started.toString(16).padStart(12, '0') + '-00000001'; \
        const folder = location.pathname.replace(/[^/]*$/, ''); \
        localStorage.clear(); \
        localStorage.setItem(`sextant:${folder}:1:session:${id}`, JSON.stringify({ format: 1, session })); \
        localStorage.setItem(`sextant:${folder}:1:label`, JSON.stringify({ \
            format: 1, label: 'An older one', session: id, at: started, scores: {} })); \
        return id";
    let id = page.run(script, &[json!(form), json!(answers)]).await?;
    Ok(id.as_str().context("no name")?.to_owned())
}

/// Notes the files that the page hands over, for [`saved_file`].
pub(crate) async fn catch_files(page: &Page) -> Result<()> {
    let script = "const make = URL.createObjectURL; window.saved = undefined; \
                  URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) }";
    page.run(script, &[]).await?;
    Ok(())
}

/// The text of the file that was handed over last.
pub(crate) async fn saved_file(page: &Page) -> Result<String> {
    page.until("the file", "return !!window.saved").await?;
    let script = "const done = arguments[arguments.length - 1]; window.saved.text().then(done)";
    let file = page.run_async(script, &[]).await?;
    Ok(file.as_str().context("no text")?.to_owned())
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
