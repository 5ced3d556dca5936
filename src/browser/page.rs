//! The page around the app: its address, title, theme and static shell.

use leptos::prelude::{document, window};

use crate::route::Route;

/// The page that the address names.
pub fn route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// Goes to a page, as a link to it would.
pub fn go(route: &Route) {
    // Setting a fragment fails only on an address that a `Route` cannot make.
    let _ = window().location().set_hash(&route.to_string());
}

/// Goes to a page without a step back to this one.
pub fn replace(route: &Route) {
    let _ = window().location().replace(&route.to_string());
}

/// Names the page in the browser's tab and history.
pub fn set_title(title: &str) {
    document().set_title(&format!("{title} · Sextant"));
}

/// Takes away what `index.html` shows until the app is there.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// Sets the colours: `light`, `dark`, or anything else for the system's choice.
pub fn set_theme(theme: &str) {
    let Some(root) = document().document_element() else { return };
    // Both calls fail only on names that are no attribute names.
    let _ = match theme {
        "light" | "dark" => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
}
