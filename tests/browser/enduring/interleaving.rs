//! Tabs that answer at the same time, each at its own pace.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sextant::quiz::random::Random;
use thirtyfour::WindowHandle;

use super::{all_are_stored, row, scripts, stored_answers};
use crate::harness::{Host, Page, rounds};

/// The number of looks after which every tab has to show what another tab wrote.
const LOOKS: usize = 50;

/// Orders, by the number of the tab that they are for.
type Orders = BTreeMap<usize, Value>;

/// Tabs of one reader, and the desk: the tab from which they get their orders.
struct Tabs {
    page: Page,
    desk: WindowHandle,
    handles: Vec<WindowHandle>,
}

impl Tabs {
    async fn open(page: Page, count: usize) -> Result<Self> {
        page.goto(&page.host.frame()).await?;
        let mut tabs = Self { desk: page.tab().await?, page, handles: Vec::new() };
        for name in 0..count {
            tabs.page.empty_tab().await?;
            tabs.page.open(&tabs.page.host.app()).await?;
            tabs.handles.push(tabs.page.tab().await?);
            tabs.instruct(name).await?;
        }
        Ok(tabs)
    }

    /// Makes the tab in front listen to orders, and returns to the desk.
    async fn instruct(&self, name: usize) -> Result<()> {
        let tab = scripts(concat!("const [name] = arguments;\n", include_str!("../scripts/tab.js")));
        self.page.run(&tab, &[json!(name)]).await?;
        self.page.switch_to(self.desk.clone()).await
    }

    /// Reloads a tab. It starts again, and compacts its data if there is much.
    async fn reload(&self, name: usize) -> Result<()> {
        self.page.switch_to(self.handles[name].clone()).await?;
        self.page.reload().await?;
        self.instruct(name).await
    }

    /// Gives orders to several tabs at once.
    async fn order(&self, orders: &Orders) -> Result<()> {
        self.page.call(include_str!("../scripts/desk.js"), "give", &[json!(orders)]).await?;
        Ok(())
    }

    /// The replies to the orders.
    async fn replies(&self) -> Result<Vec<Value>> {
        let all = self.page.call_async("", "() => window.replies", &[]).await?;
        let all: BTreeMap<String, Value> = serde_json::from_value(all)?;
        all.into_values()
            .map(|mut reply| match reply.get("failed") {
                Some(failed) => bail!("a tab failed: {failed}"),
                None => Ok(reply["done"].take()),
            })
            .collect()
    }

    async fn ask(&self, orders: &Orders) -> Result<Vec<Value>> {
        self.order(orders).await?;
        self.replies().await
    }

    /// Waits until tabs show and read the same. Returns the number of looks.
    async fn agree(&self, names: &[usize], session: &Value) -> Result<usize> {
        let orders: Orders =
            names.iter().map(|name| (*name, json!({ "what": "look", "session": session }))).collect();
        let mut seen = Vec::new();
        for looks in 1..=LOOKS {
            seen = self.ask(&orders).await?;
            if seen.windows(2).all(|pair| pair[0] == pair[1]) {
                return Ok(looks);
            }
        }
        bail!("tabs differ: {seen:?}")
    }
}

pub(crate) async fn interleaved_tabs_lose_nothing(page: Page) -> Result<()> {
    // Few by default, because some browsers need seconds to open a tab.
    let (rounds, count) = (rounds(1), if rounds(1) == 1 { 4 } else { 8 });
    let engine = page.engine;
    let mut random = Random::new(1, "interleaving");
    let tabs = Tabs::open(page, count).await?;
    let mut acknowledged = BTreeSet::new();
    let (mut given, mut most_looks) = (0, 0);
    let mut stored = BTreeMap::new();
    for round in 0..rounds {
        let mut names = random.permutation(count);
        names.truncate(2 + random.below(count - 1));
        let session = tabs.ask(&[(names[0], json!({ "what": "begin" }))].into()).await?.remove(0);
        let orders: Orders = names.iter().map(|name| (*name, order(&mut random, &session))).collect();
        given += orders.values().filter_map(|order| order["answers"].as_u64()).sum::<u64>();
        tabs.order(&orders).await?;
        if let Some(other) = (0..count).find(|name| !names.contains(name))
            && random.below(3) == 0
        {
            tabs.reload(other).await?;
        }
        for heard in tabs.replies().await? {
            acknowledged.extend(serde_json::from_value::<Vec<String>>(heard)?);
        }
        let looks = tabs.agree(&names, &session).await.with_context(|| format!("round {round}"))?;
        most_looks = most_looks.max(looks);
        stored = stored_answers(&tabs.page.store_in(Host::FOLDER).await?)?;
        all_are_stored(&acknowledged, &stored).with_context(|| format!("round {round}"))?;
        if round + 1 == rounds {
            // Including the tabs that didn't take part, and after a reload.
            tabs.reload(names[0]).await?;
            tabs.agree(&(0..count).collect::<Vec<_>>(), &session).await?;
        }
    }
    ensure!(acknowledged.len() >= rounds, "{} answers in {rounds} rounds", acknowledged.len());
    let twice = stored.values().filter(|times| **times > 1).count();
    let compactions = compactions(&tabs.page).await?;
    let result = format!(
        "0 of {} answers lost in {given} tries; {twice} given in several tabs at once; at most {most_looks} looks; \
         {compactions} compactions",
        acknowledged.len()
    );
    row("interleaved tabs", engine, rounds, result);
    Ok(())
}

/// What a tab is to do in a round.
fn order(random: &mut Random, session: &Value) -> Value {
    let pauses: Vec<_> = (0..4).map(|_| [0, 0, 1, random.below(10)][random.below(4)]).collect();
    json!({
        "what": "answer",
        "session": session,
        "answers": 1 + random.below(4),
        "pauses": pauses,
        "goesOn": random.below(2) == 0,
        "hearsNothing": random.below(3) == 0,
    })
}

/// How often many stored values were compacted into few.
async fn compactions(page: &Page) -> Result<u64> {
    let snapshots = page.stored_values(":slot:").await?;
    let generations = snapshots.iter().filter_map(|snapshot| snapshot["content"]["generation"].as_u64());
    Ok(generations.max().map_or(0, |last| last + 1))
}
