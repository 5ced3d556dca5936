//! Loading the parts of the program, as [`super::shards`] fetches the bank's.

use leptos::prelude::*;

use crate::{
    app::{
        split::{self, Part},
        state::App,
        task,
    },
    browser::page,
    quiz::taking::session::SessionId,
    route::Route,
};

/// What is known of the parts that are not on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    arrived: Vec<Part>,
    failed: Vec<Part>,
}

impl Parts {
    pub(crate) fn has(&self, part: Part) -> bool {
        self.arrived.contains(&part)
    }

    pub(crate) fn lacks(&self, part: Part) -> bool {
        self.failed.contains(&part)
    }
}

impl App {
    /// Whether a part has arrived; if not, starts to load it, unless that has failed. Tracks its arrival and failure.
    pub(crate) fn has_part_or_loads(&'static self, part: Part) -> bool {
        let (arrived, failed) = self.parts.with(|parts| (parts.has(part), parts.lacks(part)));
        if !arrived && !failed {
            self.load(part);
        }
        arrived
    }

    /// Loads a part, unless it has arrived or is on its way.
    pub(crate) fn load(&'static self, part: Part) {
        let is_new = !self.parts.with_untracked(|parts| parts.has(part))
            && self.loading.try_update_value(|loading| {
                let is_new = !loading.contains(&part);
                loading.push(part);
                is_new
            }) == Some(true);
        if is_new {
            if self.parts.with_untracked(|parts| parts.lacks(part)) {
                self.parts.update(|parts| parts.failed.retain(|failed| *failed != part));
            }
            task::run(async move {
                let loaded = split::load(part).await.is_ok();
                self.loading.update_value(|loading| loading.retain(|on_its_way| *on_its_way != part));
                self.parts.update(|parts| {
                    if loaded { &mut parts.arrived } else { &mut parts.failed }.push(part);
                });
            });
        }
    }

    /// Downloads everything as a file. It names the session if the export was asked for on its result page.
    pub(crate) fn export(&'static self, result: Option<SessionId>) {
        task::run(async move {
            if split::export(self, result).await.is_err() {
                // That page says that the part is missing, and offers to load it again.
                page::go(&Route::Data);
            }
        });
    }
}
