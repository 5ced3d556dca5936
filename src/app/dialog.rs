//! The browser's own dialog: it keeps the focus, closes on Escape and gives the focus back.

use leptos::{html, prelude::*};

/// A dialog that `open` shows.
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

/// Shows the dialog.
pub(crate) fn open(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog.
pub(crate) fn close(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        dialog.close();
    }
}

/// A button that ends a session for good, once that was confirmed.
#[component]
pub(crate) fn Abandon(
    /// How many answers would be lost.
    answers: usize,
    confirmed: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let node = NodeRef::new();
    let lost = match answers {
        0 => "Nothing was answered yet.".to_owned(),
        1 => "The answer given so far is deleted and cannot be brought back. That you saw the question is \
              remembered."
            .to_owned(),
        n => format!(
            "The {n} answers given so far are deleted and cannot be brought back. That you saw the questions is \
             remembered."
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
