//! Work that takes time. The page that asked for it may be gone when it ends, and reading a signal of a page that is gone
//! would stop the app.
//!
//! So pages never wait; they say what to do with an outcome. clippy's `disallowed_methods` and a test in `lib.rs` ensure that
//! only this file, [`super::split`] and [`super::state`], which is never gone, contain async code.

use std::future::Future;

use leptos::prelude::{StoredValue, WithValue};

/// A page or a part of one. Create it next to the signals that an outcome changes, so that it lives exactly as long.
#[derive(Clone, Copy)]
pub(crate) struct Here(StoredValue<()>);

impl Here {
    /// The page or part that is being created.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(()))
    }

    /// Runs `work` to completion. Then calls `show` with its outcome, unless the reader has left.
    pub(crate) fn after<T: 'static>(
        self,
        work: impl Future<Output = T> + 'static,
        show: impl FnOnce(T) + 'static,
    ) {
        run(async move {
            let outcome = work.await;
            if self.0.try_with_value(|()| ()).is_some() {
                show(outcome);
            }
        });
    }
}

/// Runs work whose outcome no page waits for.
pub(crate) fn run(work: impl Future<Output = ()> + 'static) {
    #[expect(clippy::disallowed_methods, reason = "this is the only place that may call it")]
    leptos::task::spawn_local(work);
}
