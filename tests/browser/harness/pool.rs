//! Browsers that are reused for further journeys, because starting one takes seconds.
//!
//! Each journey gets a fresh tab and its own origin, so earlier journeys don't affect it.

use std::{
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Result, anyhow};
use tokio::time::timeout;

use super::{Engine, Host, Page, Setup, browser::Browser, rounds};

/// The time after which a journey fails.
fn patience() -> Duration {
    // Journeys with random cases take some seconds for each round.
    Duration::from_secs(150) + Duration::from_secs(20) * (rounds(1) as u32 - 1)
}

/// The browsers that are waiting for a journey.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Browser>>);

impl Pool {
    /// Runs a journey in a browser that is new or as good as new.
    ///
    /// # Errors
    /// If the journey fails, or if there is no browser for it.
    pub(crate) async fn run<F, T>(&self, engine: Engine, setup: Setup, host: Host, journey: F) -> Result<()>
    where
        F: FnOnce(Page) -> T,
        T: Future<Output = Result<()>>,
    {
        let browser = self.take(engine, &setup).await?;
        let page = browser.page(host);
        let patience = patience();
        let result = match timeout(patience, journey(page.clone())).await {
            Ok(Ok(())) => match page.host.violations().as_slice() {
                [] => Ok(()),
                violations => Err(anyhow!("the policy was violated: {}", violations.join("\n"))),
            },
            Ok(Err(error)) => Err(error.context(page.describe().await)),
            Err(_) => {
                Err(anyhow!("took longer than {} s", patience.as_secs()).context(page.describe().await))
            }
        };
        // Any other browser ends here, so that its failure or changed settings can't affect another journey.
        if result.is_ok() && engine.is_reused(&setup) && !page.has_changed_the_browser() {
            self.waiting().push(browser);
        }
        result
    }

    /// Ends the waiting browsers.
    pub(crate) fn end(&self) {
        self.waiting().clear();
    }

    async fn take(&self, engine: Engine, setup: &Setup) -> Result<Browser> {
        while engine.is_reused(setup)
            && let Some(browser) = self.find(engine)
        {
            if browser.freshen().await.is_ok() {
                return Ok(browser);
            }
        }
        Browser::start(engine, setup).await
    }

    fn find(&self, engine: Engine) -> Option<Browser> {
        let mut waiting = self.waiting();
        let at = waiting.iter().position(|browser| browser.engine == engine)?;
        Some(waiting.remove(at))
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Browser>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
