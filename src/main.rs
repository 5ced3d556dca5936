//! Starts the app in the page.

fn main() {
    std::panic::set_hook(Box::new(|panic| sextant::browser::page::stop(&panic.to_string())));
    sextant::app::start();
}
