//! A page as a person meets it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use sextant::quiz::saved::store::Store;
use thirtyfour::{Key, WebDriver, WindowHandle, common::command::FormatRequestData};
use tokio::time::{Instant, interval};

use crate::{ANSWER, Engine, FILL, Host, SEES, Shelf};

/// Nothing that a page does takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser's window.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    browser: WebDriver,
    pub(crate) engine: Engine,
    /// Where the app is served.
    pub(crate) host: Host,
    /// Whether the browser was changed in a way that a fresh tab does not undo.
    changed: Arc<AtomicBool>,
}

impl Page {
    pub(super) fn new(browser: WebDriver, engine: Engine, host: Host) -> Self {
        Self { browser, engine, host, changed: Arc::default() }
    }

    /// Opens an address and waits for the app.
    pub(crate) async fn open(&self, address: &str) -> Result<()> {
        self.browser.goto(address).await?;
        self.until("the app", "return !document.getElementById('shell')").await?;
        self.without_chance("window").await
    }

    /// Fixes chance in a window, so that every run asks the same questions.
    pub(crate) async fn without_chance(&self, window: &str) -> Result<()> {
        self.run(&format!("{window}.Math.random = () => 0.375"), &[]).await?;
        Ok(())
    }

    /// Opens an address without waiting for anything.
    pub(crate) async fn goto(&self, address: &str) -> Result<()> {
        Ok(self.browser.goto(address).await?)
    }

    /// Goes to a page of the app as a link would.
    pub(crate) async fn follow(&self, fragment: &str, heading: &str) -> Result<()> {
        self.run("location.hash = arguments[0]", &[json!(fragment)]).await?;
        self.heading_is(heading).await
    }

    /// Reloads as a reader does, and waits for the app.
    pub(crate) async fn reload(&self) -> Result<()> {
        self.run("window.before = true; location.reload()", &[]).await?;
        self.until(
            "the reload",
            "return !window.before && document.querySelector('main h1') && \
            !document.getElementById('shell')",
        )
        .await?;
        self.without_chance("window").await
    }

    /// One step back in the history.
    pub(crate) async fn back(&self) -> Result<()> {
        Ok(self.browser.back().await?)
    }

    /// The address it is at.
    pub(crate) async fn address(&self) -> Result<String> {
        Ok(self.browser.current_url().await?.to_string())
    }

    /// Opens an address in a further tab and stays there. Returns the tab that this was.
    pub(crate) async fn other_tab(&self, address: &str) -> Result<WindowHandle> {
        let this = self.empty_tab().await?;
        self.open(address).await?;
        Ok(this)
    }

    /// Opens a further tab with nothing in it and stays there. Returns the tab that this was.
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

    /// The tab that this is.
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

    /// Runs a script whose last argument is called with its result.
    pub(crate) async fn run_async(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        Ok(self.browser.execute_async(script, arguments.to_vec()).await?.json().clone())
    }

    /// Waits until a script returns something true.
    pub(crate) async fn until(&self, what: &str, script: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut tick = interval(Duration::from_millis(20));
        loop {
            // A page that is just being left cannot run scripts; the next try is on the new one.
            let result = self.browser.execute(format!("return !!(() => {{ {script} }})()"), vec![]).await;
            if result.is_ok_and(|result| result.json() == &json!(true)) {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("waited in vain for {what}");
            }
            tick.tick().await;
        }
    }

    /// Waits until something outside the browser is so.
    pub(crate) async fn until_so(&self, what: &str, is_so: impl Fn() -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut tick = interval(Duration::from_millis(20));
        while !is_so() {
            if Instant::now() > deadline {
                bail!("waited in vain for {what}");
            }
            tick.tick().await;
        }
        Ok(())
    }

    /// Waits until an element is there.
    pub(crate) async fn sees(&self, selector: &str) -> Result<()> {
        self.until(selector, &format!("return document.querySelector({})", json!(selector))).await
    }

    /// Waits until the page's heading begins with a text.
    pub(crate) async fn heading_is(&self, text: &str) -> Result<()> {
        let script = format!(
            "return document.querySelector('main h1')?.textContent.trim().startsWith({})",
            json!(text)
        );
        self.until(&format!("the heading “{text}”"), &script).await
    }

    /// The text of the first element there.
    pub(crate) async fn text(&self, selector: &str) -> Result<String> {
        let text =
            self.run("return document.querySelector(arguments[0])?.textContent", &[json!(selector)]).await?;
        Ok(text.as_str().with_context(|| format!("no {selector}"))?.trim().to_owned())
    }

    /// The texts of all elements there.
    pub(crate) async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())";
        let texts = self.run(script, &[json!(selector)]).await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Clicks the first element there, once it is.
    pub(crate) async fn click(&self, selector: &str) -> Result<()> {
        self.sees(selector).await?;
        let script = "const e = document.querySelector(arguments[0]); \
                      e.scrollIntoView({ block: 'center', inline: 'center' }); return e";
        let element = self.browser.execute(script, vec![json!(selector)]).await?.element()?;
        element.click().await.with_context(|| format!("click on {selector}"))
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.browser.active_element().await?.send_keys(keys).await?)
    }

    /// Presses Tab until the focus is on a named control.
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
        bail!("Tab does not reach “{name}”")
    }

    /// Puts something into the open question, the option shown at that place (from 1) if it has options, and
    /// answers with one of the three buttons (from 1).
    pub(crate) async fn answer(&self, option: usize, sure: usize) -> Result<()> {
        self.sees("form fieldset").await?;
        self.fill(option).await?;
        self.click(&format!(".sure button:nth-of-type({sure}):enabled")).await?;
        self.sees(".verdict").await
    }

    /// Goes on from an answered question.
    pub(crate) async fn next(&self) -> Result<()> {
        self.click(".end a.primary").await?;
        self.until("the next page", "return !document.querySelector('.verdict')").await
    }

    /// Begins a form from the start page.
    pub(crate) async fn start(&self, form: &str) -> Result<()> {
        self.click(&format!("button[aria-label^=\"Start: {form}\"]")).await?;
        self.sees("form fieldset").await
    }

    /// Answers every question that is left, in a pattern, and ends on the result.
    pub(crate) async fn finish(&self) -> Result<()> {
        let script = format!(
            "const [n, done] = arguments; {SEES} {FILL} {ANSWER} \
             answer(document, n, n).then(done, error => done(String(error)))"
        );
        for number in 0..70 {
            let found = self.run_async(&script, &[json!(number % 3 + 1)]).await?;
            match found.as_str() {
                Some("question") => {}
                Some("result") => return Ok(()),
                _ => bail!("question {} of those left: {found}", number + 1),
            }
        }
        bail!("the quiz does not end")
    }

    /// Everything that is kept, as the program reads it.
    pub(crate) async fn kept(&self) -> Result<Store<Shelf>> {
        let folder = self.run("return location.pathname.replace(/[^/]*$/, '')", &[]).await?;
        self.kept_in(folder.as_str().context("no folder")?).await
    }

    /// Everything that is kept of the app in a folder of this page's host.
    pub(crate) async fn kept_in(&self, folder: &str) -> Result<Store<Shelf>> {
        let values = self.run("return { ...localStorage }", &[]).await?;
        Ok(Shelf(serde_json::from_value(values)?).open(folder))
    }

    /// What is stored under keys that hold a text: the values as JSON.
    pub(crate) async fn stored(&self, part: &str) -> Result<Vec<Value>> {
        let script = "return Object.keys(localStorage).filter(k => k.includes(arguments[0])).map(k => localStorage[k])";
        let texts: Vec<String> = serde_json::from_value(self.run(script, &[json!(part)]).await?)?;
        texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
    }

    /// Sends the driver a command of its own. Any but a hand's move may change how the browser is set up.
    pub(super) async fn command(&self, command: impl FormatRequestData) -> Result<()> {
        let session = self.browser.handle();
        if !command.format_request(session.session_id()).uri.ends_with("/actions") {
            self.changed.store(true, Ordering::Relaxed);
        }
        session.cmd(command).await?;
        Ok(())
    }

    /// Whether the browser was changed in a way that a fresh tab does not undo.
    pub(super) fn has_changed_the_browser(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    /// Where a failed test was.
    pub(super) async fn describe(&self) -> String {
        let script = "return location.href + '\\n' + document.body.innerText.slice(0, 600)";
        match self.run(script, &[]).await {
            Ok(text) => format!("at {}", text.as_str().unwrap_or_default()),
            Err(why) => format!("the browser does not answer: {why:#}"),
        }
    }
}
