//! Without a host, and from one release to another.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    failing,
    harness::{Deployed, Engine, Page, Site, Spoilt, rounds},
    steps::{answers, catch_files, saved_file},
};

pub(crate) const UPDATE: &str = ".notices .calm button";

pub(crate) async fn all_of_it_works_offline_at_the_root(page: Page) -> Result<()> {
    all_of_it_works_offline(page, "/").await
}

pub(crate) async fn all_of_it_works_offline_below_a_path(page: Page) -> Result<()> {
    all_of_it_works_offline(page, "/at/a/path/").await
}

async fn all_of_it_works_offline(page: Page, place: &'static str) -> Result<()> {
    let site = Site::start(place).await?;
    visit(&page, &site).await?;
    says(&page, "footer", "Works offline").await?;
    site.stop().await?;
    page.reload().await?;
    says(&page, "footer", "You’re offline").await?;
    for form in ["Quick check", "Full assessment", "Short assessment"] {
        page.follow("#/", "Find out").await?;
        page.start(form).await?;
        if form == "Short assessment" {
            page.answer(1, 1).await?;
            page.reload().await?;
        } else {
            page.finish().await?;
            page.sees(".result").await?;
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
    catch_files(&page).await?;
    page.click("main button.primary").await?;
    ensure!(saved_file(&page).await?.contains("entries"), "the export");
    ensure!(!site.answers_at_all().await, "the host was there");
    site.resume().await?;
    come_back(&page).await?;
    says(&page, "footer", "Works offline").await?;
    ensure!(site.violations().is_empty(), "{:?}", site.violations());
    Ok(())
}

pub(crate) async fn a_tab_of_the_first_visit_needs_no_host(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    ensure!(page.run("return navigator.serviceWorker.controller", &[]).await?.is_null(), "it has no worker");
    // The release is gone from the host, and this tab has no worker that would answer in its place.
    site.deploy(Deployed::Second);
    come_back(&page).await?;
    says(&page, ".notices", "A new version is ready").await?;
    site.stop().await?;
    page.start("Quick check").await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    site.resume().await?;
    page.click(UPDATE).await?;
    runs(&page, &site, Deployed::Second).await?;
    page.heading_is("Between ").await
}

pub(crate) async fn an_update_waits_until_nobody_is_busy(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    let first = page.other_tab(&site.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    site.deploy(Deployed::Second);
    come_back(&page).await?;
    page.until("the second release", "return sextant.offline.waiting").await?;
    ensure!(!page.text(".notices").await?.contains("new version"), "it asks in the middle of a question");
    let question = page.tab().await?;
    page.switch_to(first.clone()).await?;
    says(&page, ".notices", "A new version is ready").await?;
    page.click(UPDATE).await?;
    says(&page, ".notices", "Another tab is in the middle").await?;
    ensure!(is_of(&page, &site, Deployed::First).await?, "the page goes on as it was");
    page.follow("#/method", "How").await?;
    ensure!(page.run(&format!("return document.querySelector('{UPDATE}')"), &[]).await?.is_null());
    // The other goes on with its own release's files, and is done.
    page.switch_to(question.clone()).await?;
    page.next().await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    count_loads(&page).await?;
    page.switch_to(first.clone()).await?;
    count_loads(&page).await?;
    page.follow("#/results", "Results").await?;
    page.click(UPDATE).await?;
    for tab in [first, question] {
        page.switch_to(tab).await?;
        runs(&page, &site, Deployed::Second).await?;
        ensure!(page.run("return sessionStorage.loads", &[]).await? == json!("1"), "it was loaded once");
        ensure!(page.text(".notices").await?.is_empty(), "nothing is left to be told");
    }
    ensure!(answers(&page).await?.len() == 15, "every answer is there");
    Ok(())
}

pub(crate) async fn a_page_that_asks_goes_with_the_answer(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    second_waits(&page, &site).await?;
    // The host takes its time, and answers when the page is already due to go.
    let go = "sessionStorage.order = ''; addEventListener('beforeunload', () => { sessionStorage.order += 'gone' }); \
        const answered = answer => { sessionStorage.order += 'answered, '; answer() }; \
        ServiceWorkerRegistration.prototype.update = () => new Promise(answer => \
            navigator.serviceWorker.addEventListener('controllerchange', () => setTimeout(answered, 300, answer))); \
        sextant.offline.check(); sextant.offline.take()";
    page.run(go, &[]).await?;
    runs(&page, &site, Deployed::Second).await?;
    let order = page.run("return sessionStorage.order", &[]).await?;
    ensure!(order == json!("answered, gone"), "{order}");
    Ok(())
}

pub(crate) async fn a_release_that_another_tab_started_is_noticed(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    second_waits(&page, &site).await?;
    // This page has seen no worker come, and is kept from going with the one that starts.
    page.reload().await?;
    let start = "const done = arguments[arguments.length - 1], { offline } = sextant; offline.busy(true); \
        navigator.serviceWorker.getRegistration().then(({ waiting }) => { waiting.onstatechange = () => \
            waiting.state === 'activated' && offline.check().then(() => done()); waiting.postMessage('activate') })";
    page.run_async(start, &[]).await?;
    page.until("the release that took over", "return sextant.offline.waiting").await?;
    ensure!(is_of(&page, &site, Deployed::First).await?, "the page goes on as it was");
    page.run("sextant.offline.busy(false)", &[]).await?;
    runs(&page, &site, Deployed::Second).await
}

pub(crate) async fn a_release_is_taken_back(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    for release in [Deployed::Second, Deployed::First] {
        site.deploy(release);
        update(&page, &site, release).await?;
    }
    let (_, files) = site.listed(Deployed::First)?;
    let asked = site.asked();
    let at = asked.iter().rposition(|path| path == "sw.js").context("the worker was not asked for")?;
    let hashed = asked[at..].iter().filter(|path| path.contains('-') && files.contains(path)).count();
    ensure!(hashed == 0, "what is still kept was fetched again: {:?}", &asked[at..]);
    Ok(())
}

pub(crate) async fn the_kill_switch_takes_only_the_copy(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    let others = "const done = arguments[arguments.length - 1]; \
        caches.open('sextant:/at/a/:other').then(() => caches.open('other')).then(() => done())";
    page.run_async(others, &[]).await?;
    let stored = "return JSON.stringify(Object.entries(localStorage).sort())";
    let before = page.run(stored, &[]).await?;
    site.deploy(Deployed::KillSwitch);
    come_back(&page).await?;
    gone(&page).await?;
    ensure!(page.run(stored, &[]).await? == before, "what is stored was touched");
    // The question goes on, and so does a page that is loaded now.
    page.answer(1, 1).await?;
    page.reload().await?;
    gone(&page).await?;
    page.next().await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    ensure!(answers(&page).await?.len() == 15);
    Ok(())
}

/// Waits until the worker and its caches are gone, and those of others are not.
async fn gone(page: &Page) -> Result<()> {
    let script = "const done = arguments[arguments.length - 1]; const look = async () => { \
        const workers = await navigator.serviceWorker.getRegistrations(); const names = await caches.keys(); \
        if (workers.length || names.some(name => name.startsWith(sextant.rescue.prefix))) setTimeout(look, 20); \
        else done(names.sort()) }; look()";
    let left = page.run_async(script, &[]).await?;
    ensure!(left == json!(["other", "sextant:/at/a/:other"]), "{left}");
    Ok(())
}

pub(crate) async fn a_broken_release_is_replaced(page: Page) -> Result<()> {
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

pub(crate) async fn an_update_that_did_not_come_about_is_told(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    page.run("sessionStorage.setItem(`${sextant.rescue.prefix}from`, sextant.offline.release)", &[]).await?;
    page.reload().await?;
    says(&page, ".notices", "Not updated.").await?;
    page.reload().await?;
    ensure!(page.text(".notices").await?.is_empty(), "it is told once");
    Ok(())
}

/// Every file in every way, or some of them: `SEXTANT_ROUNDS` decides.
pub(crate) async fn an_update_that_fails_leaves_the_release(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    page.reload().await?;
    let (_, files) = site.listed(Deployed::First)?;
    let all: Vec<_> = files.iter().flat_map(|file| Spoilt::ALL.map(|spoilt| (file, spoilt))).collect();
    // Steps that meet each way and, sooner or later, each file.
    let some = all.iter().cycle().step_by(Spoilt::ALL.len() + 1).take(rounds(Spoilt::ALL.len()));
    let cases: Vec<_> =
        if rounds(1) * Spoilt::ALL.len() >= all.len() { all.iter().collect() } else { some.collect() };
    let mut number = 0;
    for (file, spoilt) in &cases {
        for spoilt in [Some(*spoilt), None] {
            let expected = if spoilt.is_some() { "redundant" } else { "installed" };
            let mut outcome = json!("unseen");
            // A browser's own look at the worker may come in between, and find the case before; then the next is seen.
            for _ in 0..3 {
                number += 1;
                site.deploy_case(number, file, spoilt);
                outcome = page.run_async(INSTALL, &[]).await?;
                if outcome == json!(expected) || outcome == json!("installed") {
                    break;
                }
            }
            ensure!(outcome == json!(expected), "{file:?} {spoilt:?}: {outcome}");
            let works = page.run_async(WORKS, &[json!(site.listed(Deployed::First)?.0)]).await?;
            ensure!(works == json!(true), "{file:?} {spoilt:?}: the first release does not work: {works}");
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

/// Looks for an update and tells what became of its worker.
const INSTALL: &str = "const done = arguments[arguments.length - 1]; \
    setTimeout(done, 5000, 'unseen'); navigator.serviceWorker.getRegistration().then(async (registration) => { \
        registration.addEventListener('updatefound', () => { const worker = registration.installing; \
            worker.addEventListener('statechange', () => \
                ['installed', 'redundant'].includes(worker.state) && done(worker.state)) }, { once: true }); \
        await registration.update() }).catch(error => done(String(error)))";

/// Whether the release that the page is of still answers for its page and for a file of every skill.
const WORKS: &str = "const [release, done] = arguments; (async () => { \
    const page = await (await fetch('./')).text(); \
    if (navigator.serviceWorker.controller?.state !== 'activated') return 'no worker'; \
    const catalog = await (await fetch(document.getElementById('catalog').href)).json(); \
    const shards = await Promise.all(catalog.skills.map(skill => fetch(skill.shard))); \
    return document.querySelector('meta[name=release]').content === release && shards.every(shard => shard.ok) \
    })().then(done, error => done(String(error)))";

pub(crate) async fn the_policy_forbids_what_is_not_ours(page: Page) -> Result<()> {
    let site = Site::start("/").await?;
    visit(&page, &site).await?;
    let inline = "document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))";
    page.run(inline, &[]).await?;
    ensure!(page.run("return window.ran", &[]).await?.is_null(), "an inline script ran");
    page.until_so("a report", || !site.violations().is_empty()).await
}

pub(crate) async fn it_can_be_installed(page: Page) -> Result<()> {
    let site = Site::start("/at/a/path/").await?;
    visit(&page, &site).await?;
    page.follow("#/offline", "Use Sextant offline").await?;
    says(&page, "main", "Add to Home screen").await?;
    if page.engine == Engine::Chromium {
        // It offers that only where manifest, icons and address are as they must be.
        says(&page, "main button.primary", "Install").await?;
    }
    Ok(())
}

/// Opens the app and waits until all of it is kept.
pub(crate) async fn visit(page: &Page, site: &Site) -> Result<()> {
    page.open(&site.app()).await?;
    page.until("the offline copy", "return sextant.offline.kept").await
}

/// Opens the app so that it has a worker, and waits until the second release could take over from it.
async fn second_waits(page: &Page, site: &Site) -> Result<()> {
    visit(page, site).await?;
    page.reload().await?;
    site.deploy(Deployed::Second);
    come_back(page).await?;
    page.until("the second release", "return sextant.offline.waiting").await
}

/// As if the reader came back to the tab.
pub(crate) async fn come_back(page: &Page) -> Result<()> {
    // Some browsers call a tab hidden that they drive. Only now: a page that is being left is hidden.
    let script = "Object.defineProperty(document, 'hidden', { get: () => false, configurable: true }); \
        document.dispatchEvent(new Event('visibilitychange')); delete document.hidden";
    page.run(script, &[]).await?;
    Ok(())
}

async fn says(page: &Page, selector: &str, text: &str) -> Result<()> {
    let script =
        format!("return document.querySelector({})?.textContent.includes({})", json!(selector), json!(text));
    page.until(&format!("“{text}” in {selector}"), &script).await
}

/// Waits until the page is of a release, and fails where any of its files is of another.
pub(crate) async fn runs(page: &Page, site: &Site, expected: Deployed) -> Result<()> {
    let (release, _) = site.listed(expected)?;
    let script = format!(
        "return document.querySelector('meta[name=release]').content === {} && document.querySelector('main h1') && \
         !document.getElementById('shell')",
        json!(release)
    );
    page.until(&format!("the {expected:?} release"), &script).await?;
    is_of(page, site, expected).await?;
    Ok(())
}

/// Whether the page is of a release; fails where any of its files is not.
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
            "{file} is not of the {expected:?} release"
        );
    }
    Ok(true)
}

/// Offers the release that was deployed, takes it, and sees it run.
async fn update(page: &Page, site: &Site, release: Deployed) -> Result<()> {
    come_back(page).await?;
    page.click(UPDATE).await?;
    runs(page, site, release).await
}

/// Counts from now on how often the tab is loaded, in its sessionStorage.
async fn count_loads(page: &Page) -> Result<Value> {
    page.run(
        "addEventListener('pagehide', () => { sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1 })",
        &[],
    )
    .await
}
