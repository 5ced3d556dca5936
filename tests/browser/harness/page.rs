//! A page, as a person uses it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sextant::quiz::saved::store::Store;
use thirtyfour::{Key, WebDriver, WindowHandle, common::command::FormatRequestData};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::{ANSWERING, Engine, Host, StorageCopy};

/// The time within which a page has to do what a journey waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The pause between two looks at what a journey waits for.
const TICK: Duration = Duration::from_millis(30);

/// A JavaScript condition: the app has shown its first page.
pub(crate) const LOADED: &str = "document.querySelector('main h1') && !document.getElementById('shell')";

/// A JavaScript condition that is always true. Evaluating it replaces the random numbers in a window with a constant, so
/// that every run asks the same questions.
const PINNED: &str = "(Math.random = () => 0.375)";

/// A browser's window, with the tab that is in front.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    browser: WebDriver,
    pub(crate) engine: Engine,
    /// The host that serves the app.
    pub(crate) host: Host,
    /// Whether the browser was changed in a way that a fresh tab doesn't undo.
    changed: Arc<AtomicBool>,
}

impl Page {
    pub(super) fn new(browser: WebDriver, engine: Engine, host: Host) -> Self {
        Self { browser, engine, host, changed: Arc::default() }
    }

    /// Opens an address and waits for the app.
    pub(crate) async fn open(&self, address: &str) -> Result<()> {
        self.browser.goto(address).await?;
        self.until("the app", &format!("return !document.getElementById('shell') && {PINNED}")).await
    }

    /// Opens an address without waiting for anything.
    pub(crate) async fn goto(&self, address: &str) -> Result<()> {
        Ok(self.browser.goto(address).await?)
    }

    /// Goes to a page of the app, as a link would.
    pub(crate) async fn follow(&self, fragment: &str, heading: &str) -> Result<()> {
        let function = "async (fragment, heading) => { location.hash = fragment; \
            await sees(document, () => document.querySelector('main h1')?.textContent.trim().startsWith(heading)) }";
        self.call_async(ANSWERING, function, &[json!(fragment), json!(heading)]).await?;
        Ok(())
    }

    /// Reloads, as a reader does, and waits for the app.
    pub(crate) async fn reload(&self) -> Result<()> {
        self.run("window.before = true; location.reload()", &[]).await?;
        self.until("the reload", &format!("return !window.before && {LOADED} && {PINNED}")).await
    }

    /// Goes back one step in the history.
    pub(crate) async fn back(&self) -> Result<()> {
        Ok(self.browser.back().await?)
    }

    /// The address of the page.
    pub(crate) async fn address(&self) -> Result<String> {
        Ok(self.browser.current_url().await?.to_string())
    }

    /// Opens an address in a new tab and stays there. Returns the previous tab.
    pub(crate) async fn other_tab(&self, address: &str) -> Result<WindowHandle> {
        let this = self.empty_tab().await?;
        self.open(address).await?;
        Ok(this)
    }

    /// Opens an empty new tab and stays there. Returns the previous tab.
    pub(crate) async fn empty_tab(&self) -> Result<WindowHandle> {
        let this = self.browser.window().await?;
        let other = self.browser.new_tab().await?;
        self.browser.switch_to_window(other).await?;
        Ok(this)
    }

    /// Closes this tab and goes to another.
    pub(crate) async fn leave_tab_for(&self, tab: WindowHandle) -> Result<()> {
        self.browser.close_window().await?;
        self.switch_to(tab).await
    }

    /// The tab that is in front.
    pub(crate) async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.browser.window().await?)
    }

    /// Goes to a tab.
    pub(crate) async fn switch_to(&self, tab: WindowHandle) -> Result<()> {
        Ok(self.browser.switch_to_window(tab).await?)
    }

    /// Runs a script and returns its result.
    pub(crate) async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        let result = self.browser.execute(script, arguments.to_vec()).await;
        Ok(result.with_context(|| format!("script: {script}"))?.json().clone())
    }

    /// Calls a function of a file of scripts, and returns its result.
    pub(crate) async fn call(&self, scripts: &str, function: &str, arguments: &[Value]) -> Result<Value> {
        let script = format!("{scripts}\nreturn ({function})(...arguments)");
        let result = self.browser.execute(script, arguments.to_vec()).await;
        Ok(result.with_context(|| format!("script: {function}"))?.json().clone())
    }

    /// Calls an async function of a file of scripts, and returns what it resolves to. Fails if it rejects.
    pub(crate) async fn call_async(
        &self,
        scripts: &str,
        function: &str,
        arguments: &[Value],
    ) -> Result<Value> {
        let script = format!(
            "{scripts}\nconst values = [...arguments], done = values.pop(); \
             ({function})(...values).then(value => done({{ value }}), error => done({{ error: String(error) }}))"
        );
        let result = self.browser.execute_async(script, arguments.to_vec()).await;
        let mut result = result.with_context(|| format!("script: {function}"))?.json().clone();
        if let Some(error) = result.get("error") {
            bail!("script: {function}: {error}");
        }
        Ok(result.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// Waits until a script returns something true.
    pub(crate) async fn until(&self, what: &str, script: &str) -> Result<()> {
        let script = format!("return !!(() => {{ {script} }})()");
        poll(what, async || {
            // A page that is being left can't run scripts; the next try is on the new one.
            let result = self.browser.execute(&script, vec![]).await.ok()?;
            (result.json() == &json!(true)).then_some(())
        })
        .await
    }

    /// Waits until a condition outside the browser holds.
    pub(crate) async fn until_holds(&self, what: &str, holds: impl Fn() -> bool) -> Result<()> {
        poll(what, async || holds().then_some(())).await
    }

    /// Waits until the page has an element.
    pub(crate) async fn sees(&self, selector: &str) -> Result<()> {
        self.until(selector, &format!("return document.querySelector({})", json!(selector))).await
    }

    /// Waits until the page's heading starts with a text.
    pub(crate) async fn heading_is(&self, text: &str) -> Result<()> {
        let script = format!(
            "return document.querySelector('main h1')?.textContent.trim().startsWith({})",
            json!(text)
        );
        self.until(&format!("the heading “{text}”"), &script).await
    }

    /// The text of the first element that matches.
    pub(crate) async fn text(&self, selector: &str) -> Result<String> {
        let text =
            self.run("return document.querySelector(arguments[0])?.textContent", &[json!(selector)]).await?;
        Ok(text.as_str().with_context(|| format!("no {selector}"))?.trim().to_owned())
    }

    /// The texts of all elements that match.
    pub(crate) async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())";
        let texts = self.run(script, &[json!(selector)]).await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Clicks the first element that matches, once there is one.
    pub(crate) async fn click(&self, selector: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]); \
                      e?.scrollIntoView({ block: 'center', inline: 'center' }); return e";
        let element = poll(selector, async || {
            self.browser.execute(script, vec![json!(selector)]).await.ok()?.element().ok()
        })
        .await?;
        element.click().await.with_context(|| format!("click on {selector}"))
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.browser.active_element().await?.send_keys(keys).await?)
    }

    /// Presses Tab until a control with a name has the focus.
    pub(crate) async fn tab_to(&self, name: &str) -> Result<()> {
        for _ in 0..40 {
            self.press(Key::Tab).await?;
            let focused = self
                .run(
                    "const e = document.activeElement; return e.getAttribute('aria-label') ?? e.textContent",
                    &[],
                )
                .await?;
            if focused.as_str().is_some_and(|focused| focused.trim() == name) {
                return Ok(());
            }
        }
        bail!("Tab doesn't reach “{name}”")
    }

    /// Fills in the open question, with the option at a position if it has options, and answers it with one of the three
    /// confidence buttons. Both are counted from 1.
    pub(crate) async fn answer(&self, option: usize, sure: usize) -> Result<()> {
        self.call_async(ANSWERING, "(n, sure) => give(document, n, sure)", &[json!(option), json!(sure)])
            .await?;
        Ok(())
    }

    /// Continues from an answered question.
    pub(crate) async fn next(&self) -> Result<()> {
        self.call_async(ANSWERING, "() => next(document)", &[]).await?;
        Ok(())
    }

    /// Starts a quiz of a form from the start page.
    pub(crate) async fn start(&self, form: &str) -> Result<()> {
        self.click(&format!("a[aria-label^=\"Start: {form}\"]")).await?;
        self.sees("form fieldset").await
    }

    /// Answers all remaining questions in a fixed pattern, up to the result.
    pub(crate) async fn finish(&self) -> Result<()> {
        for number in 0..70 {
            let found =
                self.call_async(ANSWERING, "n => answer(document, n, n)", &[json!(number % 3 + 1)]).await;
            if found.with_context(|| format!("at remaining question {}", number + 1))? == json!("result") {
                return Ok(());
            }
        }
        bail!("the quiz doesn't end")
    }

    /// Everything that the app has stored, as it reads it.
    pub(crate) async fn store(&self) -> Result<Store<StorageCopy>> {
        let folder = self.run("return location.pathname.replace(/[^/]*$/, '')", &[]).await?;
        self.store_in(folder.as_str().context("no folder")?).await
    }

    /// Everything that the app in a folder of this page's host has stored.
    pub(crate) async fn store_in(&self, folder: &str) -> Result<Store<StorageCopy>> {
        let values = self.run("return { ...localStorage }", &[]).await?;
        Ok(StorageCopy(serde_json::from_value(values)?).open(folder))
    }

    /// The values stored under keys that contain a text.
    pub(crate) async fn stored_values(&self, part: &str) -> Result<Vec<Value>> {
        let script = "return Object.keys(localStorage).filter(k => k.includes(arguments[0])).map(k => localStorage[k])";
        let texts: Vec<String> = serde_json::from_value(self.run(script, &[json!(part)]).await?)?;
        texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
    }

    /// Sends a command to the driver. Any command except input may change the browser's settings.
    pub(crate) async fn command(&self, command: impl FormatRequestData) -> Result<()> {
        let session = self.browser.handle();
        if !command.format_request(session.session_id()).uri.ends_with("/actions") {
            self.changed.store(true, Ordering::Relaxed);
        }
        session.cmd(command).await?;
        Ok(())
    }

    /// Whether the browser was changed in a way that a fresh tab doesn't undo.
    pub(super) fn has_changed_the_browser(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    /// The page on which a journey failed.
    pub(super) async fn describe(&self) -> String {
        let script = "return location.href + '\\n' + document.body.innerText.slice(0, 600)";
        match self.run(script, &[]).await {
            Ok(text) => format!("at {}", text.as_str().unwrap_or_default()),
            Err(why) => format!("the browser doesn't answer: {why:#}"),
        }
    }
}

/// Tries something until it succeeds.
async fn poll<T>(what: &str, attempt: impl AsyncFn() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Some(found) = attempt().await {
            return Ok(found);
        }
        ensure!(Instant::now() < deadline, "timed out waiting for {what}");
    }
}
