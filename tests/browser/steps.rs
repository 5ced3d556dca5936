//! Steps that several journeys share.

use std::env;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sextant::quiz::{
    content::bank::{Catalog, Item, Shard},
    taking::session::Answer,
};

use crate::harness::Page;

const SCRIPTS: &str = include_str!("scripts/steps.js");

/// The answers of the only session that is stored.
pub(crate) async fn answers(page: &Page) -> Result<Vec<Answer>> {
    let store = page.store().await?;
    ensure!(store.unreadable().is_empty(), "{:?}", store.unreadable());
    let mut sessions = store.history().sessions;
    ensure!(sessions.len() == 1, "{} sessions", sessions.len());
    Ok(sessions.remove(0).answers)
}

/// Replaces everything that is stored with one session in the first format, and returns its ID.
pub(crate) async fn store_first_format(page: &Page, form: &str, answers: &[Answer]) -> Result<String> {
    let id = page.call(SCRIPTS, "storeFirstFormat", &[json!(form), json!(answers)]).await?;
    Ok(id.as_str().context("no ID")?.to_owned())
}

/// Intercepts the files that the page offers from now on, for [`downloaded`] and [`downloaded_as`].
pub(crate) async fn intercept_downloads(page: &Page) -> Result<()> {
    page.call(SCRIPTS, "interceptDownloads", &[]).await?;
    Ok(())
}

/// The text of the file that the page offered last.
pub(crate) async fn downloaded(page: &Page) -> Result<String> {
    page.until("the file", "return !!window.downloaded").await?;
    let file = page.call_async("", "() => window.downloaded.text()", &[]).await?;
    Ok(file.as_str().context("no text")?.to_owned())
}

/// The name of the file that the page offered last.
pub(crate) async fn downloaded_as(page: &Page) -> Result<String> {
    let name = page.run("return window.downloadedAs", &[]).await?;
    Ok(name.as_str().context("no name")?.to_owned())
}

/// Acts as if the reader came back to the tab.
pub(crate) async fn come_back(page: &Page) -> Result<()> {
    page.call(SCRIPTS, "comeBack", &[]).await?;
    Ok(())
}

pub(crate) async fn set_theme(page: &Page, theme: &str) -> Result<()> {
    page.call(SCRIPTS, "setTheme", &[json!(theme)]).await?;
    page.sees(&format!(":root[data-theme={theme}]")).await?;
    // The contrast of colours that are still changing is meaningless.
    page.until(
        "the colours to settle",
        "document.getAnimations().forEach(animation => animation.finish()); return !document.getAnimations().length",
    )
    .await
}

/// Fails if axe-core finds a violation on the page as it is.
pub(crate) async fn violations(page: &Page, name: &str) -> Result<()> {
    let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    violated(page, name, &tags).await
}

/// Fails if axe-core finds a violation in either theme. A theme changes nothing but colours, so only the rules about
/// colours run twice.
pub(crate) async fn violations_in_both_themes(page: &Page, name: &str) -> Result<()> {
    set_theme(page, "light").await?;
    violations(page, &format!("{name}, light")).await?;
    set_theme(page, "dark").await?;
    violated(page, &format!("{name}, dark"), &["color-contrast", "link-in-text-block"]).await
}

async fn violated(page: &Page, name: &str, rules: &[&str]) -> Result<()> {
    if page.run("return typeof axe === 'undefined'", &[]).await? == json!(true) {
        let axe = std::fs::read_to_string(env::var("SEXTANT_AXE").context("SEXTANT_AXE is not set")?)?;
        page.run(&format!("{axe}; window.axe = axe"), &[]).await?;
    }
    let found = page.call_async(SCRIPTS, "violations", &[json!(rules)]).await?;
    let found: Vec<String> = serde_json::from_value(found)?;
    ensure!(found.is_empty(), "{name}: {found:#?}");
    Ok(())
}

/// All items, by skill.
pub(crate) async fn bank(page: &Page) -> Result<Vec<Vec<Item>>> {
    let catalog = page.run("return document.getElementById('catalog').href", &[]).await?;
    let catalog: Catalog = serde_json::from_value(page.call_async(SCRIPTS, "fetchJson", &[catalog]).await?)?;
    let mut items = Vec::new();
    for skill in catalog.skills {
        let shard = page.call_async(SCRIPTS, "fetchJson", &[json!(skill.shard)]).await?;
        items.push(serde_json::from_value::<Shard>(shard)?.items);
    }
    Ok(items)
}
