//! Fetching the bank's shards, one per skill.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    app::{split::Part, state::App, task},
    browser,
    quiz::content::bank::Shard,
};

impl App {
    /// A skill's shard if it has arrived, without tracking it.
    pub(crate) fn shard_now(&self, skill: usize) -> Option<Arc<Shard>> {
        self.shards.with_untracked(|shards| shards.get(skill).cloned())
    }

    /// Whether a skill's shard has arrived or is on its way, without tracking it.
    pub(super) fn has_or_awaits(&self, skill: usize) -> bool {
        self.shard_now(skill).is_some() || self.fetching.with_value(|skills| skills.contains(&skill))
    }

    /// Whether a skill's shard has arrived; if not, starts to fetch it. Tracks its arrival and failure.
    pub(crate) fn has_or_fetches(&'static self, skill: usize) -> bool {
        self.failed.track();
        let arrived = self.shards.with(|shards| shards.get(skill).is_some());
        if !arrived {
            self.fetch(skill);
        }
        arrived
    }

    /// Fetches a skill's shard, unless it has arrived, is on its way or has failed.
    pub(super) fn fetch(&'static self, skill: usize) {
        let failed = self.failed.with_untracked(|failed| failed.contains_key(&skill));
        if !failed && self.claim(skill) {
            task::run(self.fetch_claimed(skill));
        }
    }

    /// Marks a shard as on its way; `false` if it already is or has arrived.
    fn claim(&self, skill: usize) -> bool {
        self.shard_now(skill).is_none()
            && self.fetching.try_update_value(|skills| skills.insert(skill)) == Some(true)
    }

    async fn fetch_claimed(&'static self, skill: usize) {
        let Some(address) = self.catalog.skills.get(skill).map(|skill| &skill.shard) else { return };
        let fetched = browser::bank::json(address).await;
        self.fetching.update_value(|skills| {
            skills.remove(&skill);
        });
        match fetched {
            Ok(shard) => self.set_shards.update(|shards| shards.put(skill, shard)),
            Err(error) => self.set_failed.update(|failed| {
                failed.insert(skill, error);
            }),
        }
    }

    /// Fetches all shards, one after the other, while the reader thinks.
    pub(crate) fn prefetch(&'static self) {
        // They come after the parts, which any page may need.
        task::run(async move {
            for part in [Part::Answers, Part::Results, Part::About] {
                self.load(part);
            }
            for skill in 0..self.catalog.skills.len() {
                if self.claim(skill) {
                    self.fetch_claimed(skill).await;
                }
            }
            // What failed early is tried again when it is needed.
            self.retry();
        });
    }

    /// Lets the shards that failed be fetched again.
    pub(crate) fn retry(&self) {
        self.set_failed.set(BTreeMap::new());
    }
}
