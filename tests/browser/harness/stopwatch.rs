//! Records how long journeys take.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Result;
use libtest_mimic::Trial;

/// How many journeys are listed after a run.
const LISTED: usize = 10;

/// The durations of the journeys that have ended.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch(Arc<Mutex<Vec<(Duration, String)>>>);

impl Stopwatch {
    /// A trial whose duration is recorded.
    pub(crate) fn trial(&self, name: String, run: impl FnOnce() -> Result<()> + Send + 'static) -> Trial {
        let durations = Arc::clone(&self.0);
        Trial::test(name.clone(), move || {
            let start = Instant::now();
            let result = run();
            durations.lock().unwrap_or_else(PoisonError::into_inner).push((start.elapsed(), name));
            result.map_err(|error| format!("{error:#}").into())
        })
    }

    /// Prints the slowest journeys.
    pub(crate) fn print_slowest(&self) {
        let mut durations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        durations.sort_by(|a, b| b.cmp(a));
        if !durations.is_empty() {
            println!("slowest journeys:");
        }
        for (duration, name) in durations.iter().take(LISTED) {
            println!("{:6.1} s  {name}", duration.as_secs_f64());
        }
    }
}
