//! Tabs that are closed at any point.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use sextant::quiz::random::Random;

use crate::{
    all_are_kept,
    harness::{Engine, Host, Page, rounds},
    kept_answers, row, script,
};

/// So many tabs are closed by the page that opened them, and then one by the browser.
const BY_THE_PAGE: usize = 4;

/// Where a tab is to be closed.
fn plan(random: &mut Random) -> Value {
    let end = ["start", "filled", "clicked", "answered"][random.below(4)];
    // A start takes up to some hundred steps.
    let steps = random.below(if end == "start" { 120 } else { 8 });
    json!({ "answers": random.below(4), "end": end, "steps": if random.below(2) == 0 { 0 } else { steps } })
}

pub(crate) async fn closed_tabs_lose_nothing(page: Page) -> Result<()> {
    let closings = rounds(if page.engine == Engine::Chromium { 10 } else { 5 });
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
        let kept = kept_answers(&page.kept_in(Host::FOLDER).await?)?;
        all_are_kept(&acknowledged, &kept).with_context(|| format!("after {closed} closings"))?;
        ensure!(kept.values().all(|times| *times == 1), "kept twice: {kept:?}");
    }
    row("closed tabs", page.engine, closings, format!("0 of {} answers lost", acknowledged.len()));
    Ok(())
}

/// Where a tab was at its end, and the answers that were acknowledged in it.
type Closed = (String, Vec<String>);

/// Closes tabs from the page that opened them, in the very task that a plan names.
async fn by_the_page(page: &Page, address: &str, plans: &[Value]) -> Result<Closed> {
    let then = "let [at, plans, done] = arguments; const heard = new Set(); \
        (async () => { for (const plan of plans) at = await close(at, plan, heard); return [at, [...heard]] })()\
        .then(done, error => done(String(error)))";
    closed(page, then, &[json!(address), json!(plans)]).await
}

/// Closes a tab as a person does. In some browsers it is a process of its own, which ends with it.
async fn by_the_browser(page: &Page, address: &str, plan: &Value) -> Result<Closed> {
    let opener = page.empty_tab().await?;
    page.goto(address).await?;
    let then = "const [plan, done] = arguments; const heard = new Set(); \
        (plan.end === 'start' ? Promise.resolve() : follow(window, plan, heard))\
        .then(() => done([location.href, [...heard]]), error => done(String(error)))";
    let closed = closed(page, then, std::slice::from_ref(plan)).await?;
    page.leave_tab_for(opener).await?;
    Ok(closed)
}

async fn closed(page: &Page, then: &str, arguments: &[Value]) -> Result<Closed> {
    let found = page.run_async(&script(include_str!("closing.js"), then), arguments).await?;
    serde_json::from_value(found.clone()).with_context(|| format!("closing tabs: {found}"))
}
