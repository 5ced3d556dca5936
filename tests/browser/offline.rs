//! Without a host, and on the way from one release to another.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{
    failing,
    harness::{Deployed, Engine, FileFault, LOADED, Page, Site, rounds},
    steps::{answers, come_back, downloaded, intercept_downloads},
};

const SCRIPTS: &str = include_str!("scripts/offline.js");

/// The button that updates.
pub(crate) const UPDATE: &str = ".notices .calm button";

/// A quick check already needs the files of every skill, so the other forms are only begun.
pub(crate) async fn everything_works_offline(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    says(&page, "footer", "Works offline").await?;
    site.stop().await?;
    page.reload().await?;
    says(&page, "footer", "You’re offline").await?;
    for form in ["Quick check", "Full assessment", "Short assessment"] {
        page.follow("#/", "Find out").await?;
        page.start(form).await?;
        if form == "Quick check" {
            page.finish().await?;
            page.sees(".result").await?;
        } else {
            page.answer(1, 1).await?;
            page.reload().await?;
        }
    }
    page.follow("#/skill/networking", "Networking").await?;
    page.click("main .primary").await?;
    page.finish().await?;
    page.click("a[href^='#/review/']").await?;
    page.sees(".verdict, details").await?;
    page.follow("#/method", "How").await?;
    page.sees(".prose h2").await?;
    page.follow("#/offline", "Use Sextant offline").await?;
    says(&page, "main", "not answering").await?;
    page.follow("#/data", "Your data").await?;
    intercept_downloads(&page).await?;
    page.click("main button.primary").await?;
    ensure!(downloaded(&page).await?.contains("entries"), "the export has no entries");
    ensure!(!site.is_up().await, "the host was up");
    site.resume().await?;
    come_back(&page).await?;
    says(&page, "footer", "Works offline").await?;
    ensure!(site.violations().is_empty(), "{:?}", site.violations());
    Ok(())
}

pub(crate) async fn the_first_tab_works_without_a_host(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    ensure!(
        page.run("return navigator.serviceWorker.controller", &[]).await?.is_null(),
        "the tab has a worker"
    );
    // The release is gone from the host, and this tab has no worker that could provide its files.
    site.deploy(Deployed::Second);
    come_back(&page).await?;
    says(&page, ".notices", "A new version is ready").await?;
    site.stop().await?;
    page.start("Quick check").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    site.resume().await?;
    page.click(UPDATE).await?;
    runs(&page, &site, Deployed::Second).await?;
    page.sees("svg.arc").await
}

pub(crate) async fn an_update_waits_until_no_tab_is_busy(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    let first = page.other_tab(&site.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    site.deploy(Deployed::Second);
    come_back(&page).await?;
    page.until("the second release", "return sextant.offline.waiting").await?;
    ensure!(!page.text(".notices").await?.contains("new version"), "the update is offered during a question");
    let question = page.tab().await?;
    page.switch_to(first.clone()).await?;
    says(&page, ".notices", "A new version is ready").await?;
    page.click(UPDATE).await?;
    says(&page, ".notices", "Another tab is in the middle").await?;
    ensure!(is_of(&page, &site, Deployed::First).await?, "the page changed its release");
    page.follow("#/method", "How").await?;
    ensure!(page.run(&format!("return document.querySelector('{UPDATE}')"), &[]).await?.is_null());
    // The other tab continues with the files of its own release, up to the result.
    page.switch_to(question.clone()).await?;
    page.next().await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    page.call(SCRIPTS, "countLoads", &[]).await?;
    page.switch_to(first.clone()).await?;
    page.call(SCRIPTS, "countLoads", &[]).await?;
    page.follow("#/results", "Results").await?;
    page.click(UPDATE).await?;
    for tab in [first, question] {
        page.switch_to(tab).await?;
        runs(&page, &site, Deployed::Second).await?;
        ensure!(
            page.run("return sessionStorage.loads", &[]).await? == json!("1"),
            "the tab didn't reload exactly once"
        );
        ensure!(page.text(".notices").await?.is_empty(), "a notice is left");
    }
    ensure!(answers(&page).await?.len() == 15, "an answer is missing");
    Ok(())
}

pub(crate) async fn a_page_reloads_only_after_a_pending_update_check(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    second_waits(&page, &site).await?;
    page.call(SCRIPTS, "takeWhileChecking", &[]).await?;
    runs(&page, &site, Deployed::Second).await?;
    let order = page.run("return sessionStorage.order", &[]).await?;
    ensure!(order == json!("answered, gone"), "{order}");
    Ok(())
}

pub(crate) async fn a_release_that_another_tab_activated_is_noticed(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    second_waits(&page, &site).await?;
    // This page hasn't seen the worker arrive, and is busy when it becomes active.
    page.reload().await?;
    page.call_async(SCRIPTS, "activateElsewhere", &[]).await?;
    page.until("the release that took over", "return sextant.offline.waiting").await?;
    ensure!(is_of(&page, &site, Deployed::First).await?, "the page changed its release");
    page.run("sextant.offline.busy(false)", &[]).await?;
    runs(&page, &site, Deployed::Second).await
}

pub(crate) async fn a_release_can_be_rolled_back(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    for release in [Deployed::Second, Deployed::First] {
        site.deploy(release);
        update(&page, &site, release).await?;
    }
    let (_, files) = site.listed(Deployed::First)?;
    let requests = site.take_requests();
    let at = requests.iter().rposition(|path| path == "sw.js").context("the worker wasn't requested")?;
    let hashed = requests[at..].iter().filter(|path| path.contains('-') && files.contains(path)).count();
    ensure!(hashed == 0, "files that are still stored were fetched again: {:?}", &requests[at..]);
    Ok(())
}

pub(crate) async fn the_kill_switch_removes_only_the_offline_copy(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.call_async(SCRIPTS, "createOtherCaches", &[]).await?;
    let stored = "return JSON.stringify(Object.entries(localStorage).sort())";
    let before = page.run(stored, &[]).await?;
    site.deploy(Deployed::KillSwitch);
    come_back(&page).await?;
    gone(&page).await?;
    ensure!(page.run(stored, &[]).await? == before, "stored values changed");
    // The quiz continues, in this page and in one that is loaded now.
    page.answer(1, 1).await?;
    page.reload().await?;
    gone(&page).await?;
    page.next().await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(answers(&page).await?.len() == 15);
    Ok(())
}

/// Waits until the worker and its caches are gone. Fails unless the caches of other apps are left.
async fn gone(page: &Page) -> Result<()> {
    let left = page.call_async(SCRIPTS, "gone", &[]).await?;
    ensure!(left == json!(["other", "sextant:/at/a/:other"]), "{left}");
    Ok(())
}

pub(crate) async fn a_broken_release_can_be_replaced(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.run("sextant.stop(new Error('broken'))", &[]).await?;
    page.sees("#failure").await?;
    site.deploy(Deployed::Second);
    page.run("sextant.offline.check()", &[]).await?;
    failing::says(&page, &["newer"]).await?;
    page.click("#failure .primary").await?;
    runs(&page, &site, Deployed::Second).await?;
    ensure!(answers(&page).await?.len() == 1);
    Ok(())
}

pub(crate) async fn an_update_that_did_not_happen_is_reported(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    page.run("sessionStorage.setItem(`${sextant.rescue.prefix}from`, sextant.offline.release)", &[]).await?;
    page.reload().await?;
    says(&page, ".notices", "Not updated.").await?;
    page.reload().await?;
    ensure!(page.text(".notices").await?.is_empty(), "the notice appears again");
    Ok(())
}

/// With every fault of every file, or with some of them, depending on `SEXTANT_ROUNDS`.
pub(crate) async fn a_failed_update_leaves_the_release_working(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    let (release, files) = site.listed(Deployed::First)?;
    let all: Vec<_> = files.iter().flat_map(|file| FileFault::ALL.map(|fault| (file, fault))).collect();
    // In steps that reach each fault and, with enough rounds, each file.
    let some = all.iter().cycle().step_by(FileFault::ALL.len() + 1).take(rounds(FileFault::ALL.len()));
    let cases: Vec<_> =
        if rounds(1) * FileFault::ALL.len() >= all.len() { all.iter().collect() } else { some.collect() };
    let mut number = 0;
    for (file, fault) in &cases {
        for fault in [Some(*fault), None] {
            let expected = if fault.is_some() { "redundant" } else { "installed" };
            let mut outcome = json!("unseen");
            // The browser's own update check may interfere and find the previous case; then the next attempt works.
            for _ in 0..3 {
                number += 1;
                site.deploy_case(number, file, fault);
                outcome = page.call_async(SCRIPTS, "install", &[]).await?;
                if outcome == json!(expected) || outcome == json!("installed") {
                    break;
                }
            }
            ensure!(outcome == json!(expected), "{file:?} {fault:?}: {outcome}");
            let works = page.call_async(SCRIPTS, "works", &[json!(release)]).await?;
            ensure!(works == json!(true), "{file:?} {fault:?}: the first release doesn't work: {works}");
        }
    }
    page.reload().await?;
    runs(&page, &site, Deployed::First).await?;
    println!(
        "| updates that fail | {} | {} of {} files and ways | all recovered |",
        page.engine.name(),
        cases.len(),
        all.len()
    );
    Ok(())
}

pub(crate) async fn the_policy_blocks_inline_scripts_and_is_reported(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    let inline = "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))";
    page.run(inline, &[]).await?;
    ensure!(page.run("return window.ran", &[]).await?.is_null(), "an inline script ran");
    page.until_holds("a report", || !site.violations().is_empty()).await
}

pub(crate) async fn the_app_can_be_installed(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.follow("#/offline", "Use Sextant offline").await?;
    says(&page, "main", "Add to Home screen").await?;
    if page.engine == Engine::Chromium {
        // It offers installation only if the manifest, icons and address meet its requirements.
        says(&page, "main button.primary", "Install").await?;
    }
    Ok(())
}

/// Opens the app and waits until its offline copy is complete.
pub(crate) async fn visit(page: &Page, site: &Site) -> Result<()> {
    page.open(&site.app()).await?;
    page.until("the offline copy", "return sextant.offline.kept").await
}

/// Opens the app under a worker, and waits until the second release could replace it.
async fn second_waits(page: &Page, site: &Site) -> Result<()> {
    visit(page, site).await?;
    page.reload().await?;
    site.deploy(Deployed::Second);
    come_back(page).await?;
    page.until("the second release", "return sextant.offline.waiting").await
}

async fn says(page: &Page, selector: &str, text: &str) -> Result<()> {
    let script =
        format!("return document.querySelector({})?.textContent.includes({})", json!(selector), json!(text));
    page.until(&format!("“{text}” in {selector}"), &script).await
}

/// Waits until the page is of a release. Fails if any of its files is of another.
pub(crate) async fn runs(page: &Page, site: &Site, expected: Deployed) -> Result<()> {
    let (release, _) = site.listed(expected)?;
    let script =
        format!("return document.querySelector('meta[name=release]').content === '{release}' && {LOADED}");
    page.until(&format!("the {expected:?} release"), &script).await?;
    is_of(page, site, expected).await?;
    Ok(())
}

/// Whether the page is of a release. Fails if it is and any of its files isn't.
pub(crate) async fn is_of(page: &Page, site: &Site, expected: Deployed) -> Result<bool> {
    let (name, files) = site.listed(expected)?;
    let loaded = "return [document.querySelector('meta[name=release]').content, \
        performance.getEntriesByType('resource').map(entry => entry.name)]";
    let found = page.run(loaded, &[]).await?;
    let (release, loaded): (String, Vec<String>) =
        serde_json::from_value(found.clone()).with_context(|| format!("{expected:?}: {found}"))?;
    if release != name {
        return Ok(false);
    }
    let app = site.app();
    for file in loaded.iter().filter_map(|address| address.strip_prefix(&app)) {
        ensure!(
            file == "sw.js" || files.iter().any(|known| known == file),
            "{file} isn't of the {expected:?} release"
        );
    }
    Ok(true)
}

/// Updates to the release that was deployed.
async fn update(page: &Page, site: &Site, release: Deployed) -> Result<()> {
    come_back(page).await?;
    page.click(UPDATE).await?;
    runs(page, site, release).await
}
