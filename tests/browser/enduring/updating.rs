//! Releases that are deployed while tabs of another are open, in any order of what readers and hosts do.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use sextant::quiz::random::Random;
use thirtyfour::WindowHandle;

use crate::{
    all_are_kept,
    harness::{Deployed, Page, Site, rounds},
    kept_answers,
    offline::{UPDATE, come_back, is_of, runs, visit},
    row, script,
};

/// Tabs that are open at once, and what happens before all is held to be as it should.
const TABS: usize = 3;
const STEPS: usize = 8;

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// A tab answers a question, of a quiz that is under way or new.
    Answer,
    /// A tab goes to the start page.
    Home,
    /// Its reader comes back to it.
    Look,
    /// Its reader updates, where that is offered.
    Update,
    /// The same, at the moment when another tab goes to a question.
    Race,
    Reload,
    /// It is closed, and another is opened.
    Reopen,
    /// The host gets the other release.
    Deploy,
    /// The host stops, or goes on.
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
}

impl Run {
    async fn act(&mut self, act: Act, tab: usize) -> Result<()> {
        let page = self.page.clone();
        page.switch_to(self.tabs[tab].clone()).await?;
        match act {
            Act::Answer => {
                let answer = script(
                    "const done = arguments[0]; let clicked = false; const heard = new Set();",
                    "take(window, what => { const name = acknowledged(window); if (name) heard.add(name); \
                        clicked ||= what === 'clicked'; return clicked && ['answered', 'result'].includes(what) \
                    }).then(() => done([...heard]), error => done(String(error)))",
                );
                let heard = page.run_async(&answer, &[]).await?;
                let heard: Vec<String> =
                    serde_json::from_value(heard.clone()).with_context(|| heard.to_string())?;
                self.acknowledged.extend(heard);
            }
            Act::Home => page.follow("#/", "Find out").await?,
            Act::Look => come_back(&page).await?,
            Act::Update => self.update("").await?,
            Act::Race => {
                let other = self.tabs[(tab + 1) % TABS].clone();
                page.switch_to(other.clone()).await?;
                let listen =
                    script("", "new BroadcastChannel('race').onmessage = () => onward(document)?.click()");
                page.run(&listen, &[]).await?;
                page.switch_to(self.tabs[tab].clone()).await?;
                self.update("new BroadcastChannel('race').postMessage('');").await?;
                page.switch_to(other).await?;
                page.until(
                    "a page",
                    "return document.querySelector('main h1') && !document.getElementById('shell')",
                )
                .await?;
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

    /// Updates where that is offered, after `before`; it starts, or another tab is busy.
    async fn update(&mut self, before: &str) -> Result<()> {
        // The page's own word for it may go again, with an offer that is overtaken by another release.
        let click = format!(
            "const button = document.querySelector('{UPDATE}'); {before} if (!button) return false; \
             const {{ offline }} = sextant, take = window.take ??= offline.take; \
             offline.take = () => take().then(taken => {{ window.refused = !taken; return taken }}); \
             window.before = true; window.refused = false; button.click(); return true"
        );
        if self.page.run(&click, &[]).await? != true {
            return Ok(());
        }
        let refused = "window.before && window.refused";
        let done = format!(
            "return {refused} || !window.before && document.querySelector('main h1') && !document.getElementById('shell')"
        );
        self.page.until("an update, or why there is none", &done).await?;
        if self.page.run(&format!("return {refused}"), &[]).await? == true {
            self.refused += 1;
        } else {
            self.updates += 1;
        }
        Ok(())
    }

    /// Fails where the tab in front lacks a file, or has one of another release than its own.
    async fn is_whole(&self) -> Result<()> {
        let trouble = "return document.querySelector('#failure, .note.wrong')?.textContent";
        let trouble = self.page.run(trouble, &[]).await?;
        ensure!(trouble.is_null(), "{trouble}");
        for release in [Deployed::First, Deployed::Second] {
            if is_of(&self.page, &self.site, release).await? {
                return Ok(());
            }
        }
        bail!("the page is of no release")
    }

    /// Lets all tabs get to the release that is deployed, and holds what is kept against what was acknowledged.
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
            // A tab may still be about to follow another that updated; then what it offers is gone with it. One without
            // a worker is not loaded anew with the others, and has to look.
            let there = format!(
                "if (!window.sextant?.offline) return false; \
                 const {{ offline }} = sextant; if (window.asked !== {round}) {{ window.asked = {round}; offline.check() }} \
                 return document.querySelector('{UPDATE}') || offline.release === '{release}' && !offline.waiting"
            );
            let offered = format!("return Boolean(document.querySelector('{UPDATE}'))");
            loop {
                if let Err(error) = self.page.until("the deployed release", &there).await {
                    return Err(error.context(self.page.run_async(STATE, &[]).await?.to_string()));
                }
                if self.page.run(&offered, &[]).await? != true {
                    break;
                }
                self.update("").await?;
            }
            runs(&self.page, &self.site, self.deployed).await.with_context(|| format!("tab {tab}"))?;
        }
        let kept = kept_answers(&self.page.kept_in(self.site.folder()).await?)?;
        all_are_kept(&self.acknowledged, &kept)
    }
}

/// Waits, as the page does itself before it goes: a reader is never as quick after a page is there as this test, and
/// `WebKit` would look for no update again.
async fn settled(page: &Page) -> Result<()> {
    page.run_async("const done = arguments[0]; sextant.offline.settled().then(() => done())", &[]).await?;
    Ok(())
}

/// What there is of releases, for a failure that is to be understood.
const STATE: &str = "const done = arguments[0], { offline } = sextant, late = (ms, what) => \
    new Promise(resolve => setTimeout(resolve, ms, what)); (async () => { \
    const registration = await navigator.serviceWorker.getRegistration('./'); \
    const { installing, waiting, active } = registration ?? {}; \
    const states = [installing, waiting, active, navigator.serviceWorker.controller].map(worker => worker?.state); \
    const update = await Promise.race([late(2000, 'no answer'), registration?.update().then(() => 'done', String)]); \
    return { offline: JSON.stringify(offline), states, update, caches: await caches.keys() } \
    })().then(done, error => done(String(error)))";

pub(crate) async fn updates_interleave(page: Page) -> Result<()> {
    let rounds = rounds(2);
    let engine = page.engine;
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    // Chromium puts updates off until it has started in full, for minutes where tabs cover each other before that.
    let updated = "const done = arguments[0]; sextant.offline.check().then(() => done())";
    page.run_async(updated, &[]).await?;
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
