//! A browser, and how it is made as good as new for the next journey.

use std::time::Duration;

use anyhow::{Context, Result};
use thirtyfour::{WebDriver, common::types::Rect};
use tokio::time::timeout;

use super::{Engine, Host, Page, Setup, driver::Driver, engine::START};

/// A browser that needs longer than this for a fresh tab is no longer used.
const TAB: Duration = Duration::from_secs(10);

/// A running browser. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(super) engine: Engine,
    pub(super) session: WebDriver,
    /// The position and size that its window had at first.
    window: Rect,
    _driver: Driver,
}

impl Browser {
    /// Starts a browser.
    pub(crate) async fn start(engine: Engine, setup: &Setup) -> Result<Self> {
        let driver = Driver::start(engine).await?;
        let session = WebDriver::new(driver.address(), engine.capabilities(setup)?);
        let session = timeout(START, session).await.context("the browser did not start")??;
        // It ends with its driver, so the session needn't quit it.
        session.clone().leak()?;
        let window = session.get_window_rect().await?;
        Ok(Self { engine, session, window, _driver: driver })
    }

    /// Its page, for journeys that start browsers themselves.
    pub(crate) fn page(&self, host: Host) -> Page {
        Page::new(self.session.clone(), self.engine, host)
    }

    /// Replaces all tabs with a fresh one and restores the window. What earlier tabs stored belongs to other origins.
    pub(super) async fn freshen(&self) -> Result<()> {
        timeout(TAB, self.fresh_tab()).await.context("no fresh tab")?
    }

    async fn fresh_tab(&self) -> Result<()> {
        let session = &self.session;
        let old = session.windows().await?;
        let fresh = session.new_tab().await?;
        for tab in old {
            session.switch_to_window(tab).await?;
            session.close_window().await?;
        }
        session.switch_to_window(fresh).await?;
        if session.get_window_rect().await? != self.window {
            let Rect { x, y, width, height } = self.window;
            session.set_window_rect(x, y, width.try_into()?, height.try_into()?).await?;
        }
        Ok(())
    }
}
