//! Releases that are deployed while tabs are open. Readers and the host act in random order.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use sextant::quiz::random::Random;
use thirtyfour::WindowHandle;

use super::{all_are_stored, row, scripts, stored_answers};
use crate::{
    harness::{Deployed, LOADED, Page, Site, rounds},
    offline::{UPDATE, is_of, runs, visit},
    steps::come_back,
};

/// The number of open tabs.
const TABS: usize = 3;
/// The number of steps before everything is checked.
const STEPS: usize = 8;

/// A step.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// A tab answers a question, in a quiz that isn't finished or in a new one.
    Answer,
    /// A tab goes to the start page.
    Home,
    /// The reader comes back to a tab.
    Look,
    /// The reader updates, if that is offered.
    Update,
    /// The same, at the moment at which another tab goes to a question.
    Race,
    /// A tab is reloaded.
    Reload,
    /// A tab is closed and another is opened.
    Reopen,
    /// The other release is deployed.
    Deploy,
    /// The host stops, or starts again.
    Host,
}

const ACTS: [Act; 12] = [
    Act::Answer,
    Act::Answer,
    Act::Home,
    Act::Look,
    Act::Look,
    Act::Update,
    Act::Update,
    Act::Race,
    Act::Reload,
    Act::Reopen,
    Act::Deploy,
    Act::Host,
];

struct Run {
    page: Page,
    site: Site,
    tabs: Vec<WindowHandle>,
    deployed: Deployed,
    is_up: bool,
    acknowledged: BTreeSet<String>,
    updates: usize,
    refused: usize,
    scripts: String,
}

impl Run {
    async fn act(&mut self, act: Act, tab: usize) -> Result<()> {
        let page = self.page.clone();
        page.switch_to(self.tabs[tab].clone()).await?;
        match act {
            Act::Answer => {
                let heard = page.call_async(&self.scripts, "answerOne", &[]).await?;
                let heard: Vec<String> = serde_json::from_value(heard)?;
                self.acknowledged.extend(heard);
            }
            Act::Home => page.follow("#/", "Find out").await?,
            Act::Look => come_back(&page).await?,
            Act::Update => self.update("() => {}").await?,
            Act::Race => {
                let other = self.tabs[(tab + 1) % TABS].clone();
                page.switch_to(other.clone()).await?;
                page.call(&self.scripts, "joinRace", &[]).await?;
                page.switch_to(self.tabs[tab].clone()).await?;
                self.update("race").await?;
                page.switch_to(other).await?;
                page.until("a page", &format!("return {LOADED}")).await?;
            }
            Act::Reload => {
                settled(&page).await?;
                page.reload().await?;
            }
            Act::Reopen => {
                settled(&page).await?;
                page.empty_tab().await?;
                let fresh = page.tab().await?;
                page.switch_to(self.tabs[tab].clone()).await?;
                page.leave_tab_for(fresh.clone()).await?;
                page.open(&self.site.app()).await?;
                self.tabs[tab] = fresh;
            }
            Act::Deploy => {
                self.deployed =
                    if self.deployed == Deployed::First { Deployed::Second } else { Deployed::First };
                self.site.deploy(self.deployed);
            }
            Act::Host => {
                self.is_up = !self.is_up;
                if self.is_up { self.site.resume().await? } else { self.site.stop().await? }
            }
        }
        self.is_whole().await
    }

    /// Calls a script, then updates if that is offered. The update may be refused because another tab is busy.
    async fn update(&mut self, before: &str) -> Result<()> {
        let update = format!("() => update({}, {before})", json!(UPDATE));
        if self.page.call(&self.scripts, &update, &[]).await? != true {
            return Ok(());
        }
        let refused = "window.before && window.refused";
        let done = format!("return {refused} || !window.before && {LOADED}");
        self.page.until("the update or its refusal", &done).await?;
        if self.page.run(&format!("return {refused}"), &[]).await? == true {
            self.refused += 1;
        } else {
            self.updates += 1;
        }
        Ok(())
    }

    /// Fails if the tab in front lacks a file or has a file of another release.
    async fn is_whole(&self) -> Result<()> {
        let trouble = "return document.querySelector('#failure, .note.wrong')?.textContent";
        let trouble = self.page.run(trouble, &[]).await?;
        ensure!(trouble.is_null(), "{trouble}");
        for release in [Deployed::First, Deployed::Second] {
            if is_of(&self.page, &self.site, release).await? {
                return Ok(());
            }
        }
        bail!("the page is of neither release")
    }

    /// Lets all tabs reach the deployed release, and checks that all acknowledged answers are stored.
    async fn settle(&mut self, round: usize) -> Result<()> {
        if !self.is_up {
            self.act(Act::Host, 0).await?;
        }
        for tab in 0..TABS {
            self.act(Act::Home, tab).await?;
        }
        for tab in 0..TABS {
            self.page.switch_to(self.tabs[tab].clone()).await?;
            let (release, _) = self.site.listed(self.deployed)?;
            // A tab may still be about to follow another that updated; then its offer disappears.
            let there =
                format!("{}\nreturn isSettled({}, {}, {round})", self.scripts, json!(release), json!(UPDATE));
            let offered = format!("return Boolean(document.querySelector('{UPDATE}'))");
            loop {
                if let Err(error) = self.page.until("the deployed release", &there).await {
                    let releases = self.page.call_async(&self.scripts, "describeReleases", &[]).await?;
                    return Err(error.context(releases.to_string()));
                }
                if self.page.run(&offered, &[]).await? != true {
                    break;
                }
                self.update("() => {}").await?;
            }
            runs(&self.page, &self.site, self.deployed).await.with_context(|| format!("tab {tab}"))?;
        }
        let stored = stored_answers(&self.page.store_in(self.site.folder()).await?)?;
        all_are_stored(&self.acknowledged, &stored)
    }
}

/// Waits for the page's own update check, as the page does before it reloads itself. No reader acts as soon after a page
/// has loaded as this journey does, and `WebKit` would never check for an update again.
async fn settled(page: &Page) -> Result<()> {
    page.call_async("", "async () => { await sextant.offline.settled() }", &[]).await?;
    Ok(())
}

pub(crate) async fn interleaved_updates_lose_nothing(page: Page) -> Result<()> {
    let rounds = rounds(1);
    let engine = page.engine;
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    // Until Chromium has fully started, it postpones update checks, by minutes if tabs cover each other by then.
    page.call_async("", "async () => { await sextant.offline.check() }", &[]).await?;
    let mut tabs = vec![page.tab().await?];
    while tabs.len() < TABS {
        page.other_tab(&site.app()).await?;
        tabs.push(page.tab().await?);
    }
    let mut run = Run {
        page,
        site,
        tabs,
        deployed: Deployed::First,
        is_up: true,
        acknowledged: BTreeSet::new(),
        updates: 0,
        refused: 0,
        scripts: scripts(include_str!("../scripts/updating.js")),
    };
    let mut random = Random::new(1, "updating");
    for round in 0..rounds {
        let mut done = Vec::new();
        for _ in 0..STEPS {
            let (act, tab) = (ACTS[random.below(ACTS.len())], random.below(TABS));
            done.push((act, tab));
            run.act(act, tab).await.with_context(|| format!("round {round}: {done:?}"))?;
        }
        run.settle(round).await.with_context(|| format!("at the end of round {round}: {done:?}"))?;
    }
    ensure!(!run.acknowledged.is_empty() && run.updates > 0, "nothing was answered or updated");
    ensure!(run.site.violations().is_empty(), "{:?}", run.site.violations());
    let result = format!(
        "0 of {} answers lost, no file missing or of another release; {} updates, {} refused",
        run.acknowledged.len(),
        run.updates,
        run.refused
    );
    row("updates under open tabs", engine, rounds, result);
    Ok(())
}
