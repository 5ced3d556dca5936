//! Tabs that are closed at random points.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sextant::quiz::random::Random;

use super::{all_are_stored, row, scripts, stored_answers};
use crate::harness::{Engine, Host, Page, rounds};

/// The page that opened the tabs closes this many, then the browser closes one.
const BY_THE_PAGE: usize = 4;

/// The point at which a tab is to be closed.
fn plan(random: &mut Random) -> Value {
    let end = ["start", "filled", "clicked", "answered"][random.below(4)];
    // The app needs up to about a hundred steps to start.
    let steps = random.below(if end == "start" { 120 } else { 8 });
    json!({ "answers": random.below(4), "end": end, "steps": if random.below(2) == 0 { 0 } else { steps } })
}

pub(crate) async fn closed_tabs_lose_nothing(page: Page) -> Result<()> {
    let closings = rounds(if page.engine == Engine::Chromium { 4 } else { 2 });
    let mut random = Random::new(1, "closing");
    let (mut closed, mut address) = (0, page.host.app());
    let mut acknowledged = BTreeSet::new();
    page.goto(&page.host.frame()).await?;
    while closed < closings {
        let (at, heard) = if closed % (BY_THE_PAGE + 1) == 0 {
            closed += 1;
            by_the_browser(&page, &address, &plan(&mut random)).await?
        } else {
            let count = BY_THE_PAGE.min(closings - closed);
            closed += count;
            let plans: Vec<_> = (0..count).map(|_| plan(&mut random)).collect();
            by_the_page(&page, &address, &plans).await?
        };
        acknowledged.extend(heard);
        address = at;
        let stored = stored_answers(&page.store_in(Host::FOLDER).await?)?;
        all_are_stored(&acknowledged, &stored).with_context(|| format!("after {closed} closings"))?;
        ensure!(stored.values().all(|times| *times == 1), "stored twice: {stored:?}");
    }
    row("closed tabs", page.engine, closings, format!("0 of {} answers lost", acknowledged.len()));
    Ok(())
}

/// The address at which a tab was closed, and the answers that were acknowledged in it.
type Closed = (String, Vec<String>);

/// Closes tabs from the page that opened them, at exactly the points that the plans say.
async fn by_the_page(page: &Page, address: &str, plans: &[Value]) -> Result<Closed> {
    closed(page, "closeAll", &[json!(address), json!(plans)]).await
}

/// Closes a tab as a person does. In some browsers, its process ends with it.
async fn by_the_browser(page: &Page, address: &str, plan: &Value) -> Result<Closed> {
    let opener = page.empty_tab().await?;
    page.goto(address).await?;
    let closed = closed(page, "followHere", std::slice::from_ref(plan)).await?;
    page.leave_tab_for(opener).await?;
    Ok(closed)
}

async fn closed(page: &Page, function: &str, arguments: &[Value]) -> Result<Closed> {
    let scripts = scripts(include_str!("../scripts/closing.js"));
    Ok(serde_json::from_value(page.call_async(&scripts, function, arguments).await?)?)
}
