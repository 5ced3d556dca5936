//! The browser's own dialog: it traps the focus, closes on Escape and returns the focus.

use leptos::{html, prelude::*};

/// A dialog, shown by [`open`].
#[component]
pub(crate) fn Dialog(
    node: NodeRef<html::Dialog>,
    /// Its heading.
    title: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <dialog node_ref=node aria-label=title>
            <h2>{title}</h2>
            {children()}
        </dialog>
    }
}

/// Opens a dialog.
pub(crate) fn open(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        // Fails only if it is already open.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub(crate) fn close(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        dialog.close();
    }
}

/// A button that abandons a session for good, after asking for confirmation.
#[component]
pub(crate) fn Abandon(
    /// How many answers would be lost.
    answers: usize,
    confirmed: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let node = NodeRef::new();
    let lost = match answers {
        0 => "You haven’t answered any questions yet.".to_owned(),
        1 => {
            "Your answer will be permanently deleted. Sextant only remembers that you have seen the question."
                .to_owned()
        }
        n => format!(
            "Your {n} answers will be permanently deleted. Sextant only remembers which questions you have seen."
        ),
    };
    view! {
        <button type="button" class="button quiet" on:click=move |_| open(node)>"Abandon"</button>
        <Dialog node title="Abandon this quiz?">
            <p>{lost}</p>
            <div class="row">
                <button type="button" class="button" on:click=move |_| close(node)>"Keep it"</button>
                <button
                    type="button"
                    class="button danger"
                    on:click=move |_| {
                        close(node);
                        confirmed();
                    }
                >
                    "Abandon"
                </button>
            </div>
        </Dialog>
    }
}
