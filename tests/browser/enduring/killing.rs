//! Browsers that are killed. They write what pages store to the disk with a delay.

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

use super::{all_are_stored, row, scripts, stored_answers};
use crate::harness::{Browser, Engine, Host, Page, Setup, rounds};

/// Answers older than this, in seconds, are on the disk.
///
/// Chromium writes an origin's changes 5 s after the first of them, but on average at most once a minute since the
/// origin was opened (`kCommitDefaultDelaySecs` and `kMaxCommitsPerHour` in its `local_storage_impl.cc`).
/// The rest allows for a busy machine.
const WINDOW: f64 = 75.0;

/// The number of browsers at a time. They mostly wait for their reader.
const BROWSERS: usize = 8;

/// The time for which the reader thinks before each answer, in milliseconds.
const THOUGHT: usize = 400;

/// An answer that was acknowledged, and when, in milliseconds since 1970.
type Heard = (String, u64);

/// What a kill cost.
struct Killed {
    acknowledged: usize,
    missing: usize,
    /// The time from the first missing answer to the kill, in seconds.
    window: f64,
}

/// A profile's folder. Dropping it removes the folder.
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn a_killed_browser_loses_little(host: Host) -> Result<()> {
    let kills = rounds(1);
    let mut random = Random::new(1, "killing");
    // From short to long, the longest above a minute. If there is only one, it ends after the first write to the disk.
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
        "{} of {} answers lost; lost time: 25% {:.1} s, median {:.1} s, 75% {:.1} s, 95% {:.1} s, maximum {:.1} s; \
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

/// Kills a browser after some answers, and checks what is stored when it starts again.
async fn kill(host: Host, number: usize, answers: usize) -> Result<Killed> {
    let profile = Profile(env::temp_dir().join(format!("sextant-profile-{}-{number}", process::id())));
    let setup = Setup::Profile(profile.0.clone());
    let browser = Browser::start(Engine::Chromium, &setup).await?;
    let heard = answered(&browser.page(host), answers).await?;
    let end = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
    // Kills all of its processes at once.
    drop(browser);

    let browser = Browser::start(Engine::Chromium, &setup).await?;
    let page = browser.page(host);
    page.open(&host.app()).await?;
    let stored = stored_once(&page).await?;
    let missing: Vec<_> = heard.iter().filter(|(name, _)| !stored.contains_key(name)).collect();
    let after = heard.iter().skip_while(|(name, _)| stored.contains_key(name));
    ensure!(after.count() == missing.len(), "an answer is lost and a later one is not");
    let window = missing.first().map_or(0.0, |(_, at)| end.saturating_sub(*at) as f64 / 1000.0);
    ensure!(window < WINDOW, "an answer is lost that was {window} s old");
    // The quiz can be resumed.
    let resumed = answered(&page, 1).await?.into_iter().map(|(name, _)| name);
    let mut all: BTreeSet<String> = stored.into_keys().collect();
    all.extend(resumed);
    all_are_stored(&all, &stored_once(&page).await?)?;
    Ok(Killed { acknowledged: heard.len(), missing: missing.len(), window })
}

/// Starts to answer at a reader's pace, and returns once a number of answers has been acknowledged.
async fn answered(page: &Page, answers: usize) -> Result<Vec<Heard>> {
    page.open(&page.host.app()).await?;
    let scripts = scripts(include_str!("../scripts/killing.js"));
    page.call(&scripts, "startAnswering", &[json!(THOUGHT)]).await?;
    // In portions, because scripts have a time limit.
    for next in (0..answers).step_by(20).skip(1).chain([answers]) {
        page.call_async(&scripts, "waitFor", &[json!(next)]).await?;
    }
    Ok(serde_json::from_value(page.run("return heard", &[]).await?)?)
}

/// The stored answers. Fails if any is stored twice.
async fn stored_once(page: &Page) -> Result<BTreeMap<String, usize>> {
    let stored = stored_answers(&page.store().await?)?;
    ensure!(stored.values().all(|times| *times == 1), "stored twice: {stored:?}");
    Ok(stored)
}
