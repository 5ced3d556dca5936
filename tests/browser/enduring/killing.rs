//! Browsers that are killed. They write what a page stores to the disk late.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::json;
use sextant::quiz::random::Random;

use crate::{
    all_are_kept,
    harness::{Browser, Engine, Host, Page, Setup, rounds},
    kept_answers, row, script,
};

/// What is older than this, in seconds, is on the disk.
///
/// Chromium writes an origin's changes 5 s after the first of them, but no more often than once a minute on average
/// since the origin was opened (`kCommitDefaultDelaySecs` and `kMaxCommitsPerHour` in its `local_storage_impl.cc`).
/// The rest is for a busy machine.
const WINDOW: f64 = 75.0;

/// So many browsers at a time; they mostly wait for their reader.
const BROWSERS: usize = 8;

/// How long a reader thinks, in milliseconds.
const THOUGHT: usize = 400;

/// An answer that was acknowledged, and when: milliseconds since 1970.
type Heard = (String, u64);

/// What a kill cost.
struct Killed {
    acknowledged: usize,
    missing: usize,
    /// The time between the first answer that is missing and the kill, in seconds.
    window: f64,
}

/// A profile's folder. It is gone once it is dropped.
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn a_killed_browser_loses_little(host: Host) -> Result<()> {
    let kills = rounds(1);
    let mut random = Random::new(1, "killing");
    // As many short sittings as long ones, the longest above a minute; a single one is killed after the first writing.
    let longest: f64 = 180.0;
    let answers = |random: &mut Random| if kills == 1 { 16 } else { longest.powf(random.unit()) as usize };
    let sittings: Vec<_> = (0..kills).map(|number| (number, answers(&mut random))).collect();
    let killed: Vec<Killed> = stream::iter(sittings)
        .map(|(number, answers)| async move {
            kill(host, number, answers).await.with_context(|| format!("kill {number}, after {answers}"))
        })
        .buffer_unordered(BROWSERS)
        .try_collect()
        .await?;
    let mut windows: Vec<f64> = killed.iter().map(|killed| killed.window).collect();
    windows.sort_by(f64::total_cmp);
    let at = |part: usize| windows[(windows.len() - 1) * part / 100];
    let result = format!(
        "{} of {} answers lost; lost time: quarter {:.1} s, median {:.1} s, three quarters {:.1} s, 95% {:.1} s, most {:.1} s; \
         nothing damaged",
        killed.iter().map(|killed| killed.missing).sum::<usize>(),
        killed.iter().map(|killed| killed.acknowledged).sum::<usize>(),
        at(25),
        at(50),
        at(75),
        at(95),
        at(100),
    );
    row("killed browsers", Engine::Chromium, kills, result);
    Ok(())
}

/// Kills a browser after some answers, and looks at what is there when it starts again.
async fn kill(host: Host, number: usize, answers: usize) -> Result<Killed> {
    let profile = Profile(env::temp_dir().join(format!("sextant-profile-{}-{number}", process::id())));
    let setup = Setup::Profile(profile.0.clone());
    let browser = Browser::start(Engine::Chromium, &setup).await?;
    let heard = answered(&browser.page(host), answers).await?;
    let end = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
    // The whole group of processes, at once.
    drop(browser);

    let browser = Browser::start(Engine::Chromium, &setup).await?;
    let page = browser.page(host);
    page.open(&host.app()).await?;
    let kept = whole(&page).await?;
    let missing: Vec<_> = heard.iter().filter(|(name, _)| !kept.contains_key(name)).collect();
    let after = heard.iter().skip_while(|(name, _)| kept.contains_key(name));
    ensure!(after.count() == missing.len(), "an answer is lost and a later one is not");
    let window = missing.first().map_or(0.0, |(_, at)| end.saturating_sub(*at) as f64 / 1000.0);
    ensure!(window < WINDOW, "an answer is lost that was {window} s old");
    // It goes on where it was.
    let resumed = answered(&page, 1).await?.into_iter().map(|(name, _)| name);
    let mut all: BTreeSet<String> = kept.into_keys().collect();
    all.extend(resumed);
    all_are_kept(&all, &whole(&page).await?)?;
    Ok(Killed { acknowledged: heard.len(), missing: missing.len(), window })
}

/// Answers at a reader's pace, and returns when so many answers are acknowledged, while it goes on.
async fn answered(page: &Page, answers: usize) -> Result<Vec<Heard>> {
    page.open(&page.host.app()).await?;
    let begin = "const [thought] = arguments; window.heard = []; window.hears = () => {}; let names = new Set(); \
        take(window, async what => { const name = acknowledged(window); \
            if (name && !names.has(name)) { names.add(name); heard.push([name, Date.now()]); hears() } \
            if (what === 'filled') await new Promise(done => setTimeout(done, thought)) })\
        .catch(error => { window.failed = String(error); hears() })";
    page.run(&script("", begin), &[json!(THOUGHT)]).await?;
    // In portions, since a script may not wait for long.
    for next in (0..answers).step_by(20).skip(1).chain([answers]) {
        let wait = "const [count, done] = arguments; \
            window.hears = () => (window.failed || heard.length >= count) && done(window.failed); hears()";
        let failed = page.run_async(wait, &[json!(next)]).await?;
        ensure!(failed.is_null(), "{failed}");
    }
    Ok(serde_json::from_value(page.run("return heard", &[]).await?)?)
}

/// The answers that are kept, each of them once.
async fn whole(page: &Page) -> Result<BTreeMap<String, usize>> {
    let kept = kept_answers(&page.kept().await?)?;
    ensure!(kept.values().all(|times| *times == 1), "kept twice: {kept:?}");
    Ok(kept)
}
