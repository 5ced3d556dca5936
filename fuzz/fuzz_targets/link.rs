//! Any text as the part of the address after `#`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sextant::route::Route;

fuzz_target!(|fragment: &str| {
    let route = Route::parse(fragment);
    let written = route.to_string();
    assert_eq!(Route::parse(&written), route);
    // Each page has one address, except for the two characters in front.
    let path = fragment.strip_prefix('#').unwrap_or(fragment);
    assert_eq!(written.strip_prefix("#/"), Some(path.strip_prefix('/').unwrap_or(path)));
});
