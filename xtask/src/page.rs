//! Opening a page of the served app in a browser. trunk can only open the root.

use std::{
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

/// Far longer than the first build takes.
const PATIENCE: Duration = Duration::from_mins(10);
const PAUSE: Duration = Duration::from_millis(200);

/// Whether something listens on this port of localhost.
pub(crate) fn answers(port: u16) -> bool {
    TcpStream::connect(("localhost", port)).is_ok()
}

/// Opens the address as soon as the port answers, in the background. If that fails, prints the address.
pub(crate) fn open_when_served(address: String, port: u16) {
    thread::spawn(move || {
        if !wait(PATIENCE, || answers(port)) {
            println!("{address} does not answer yet; open it in a browser once the build is done");
        } else if let Err(why) = open::that(&address) {
            println!("Cannot open a browser ({why}); open {address} yourself");
        }
    });
}

/// Polls until the condition holds or time is up.
fn wait(patience: Duration, is_so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if start.elapsed() >= patience {
            return false;
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, net::TcpListener};

    #[test]
    fn a_port_answers_while_something_listens() {
        let listener = TcpListener::bind(("localhost", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(answers(port));
        drop(listener);
        assert!(!answers(port));
    }

    #[test]
    fn waiting_ends_when_the_condition_holds_or_time_is_up() {
        let asked = Cell::new(0);
        let second_time = || {
            asked.set(asked.get() + 1);
            asked.get() == 2
        };
        assert!(wait(PATIENCE, second_time));
        assert!(!wait(Duration::ZERO, || false));
    }
}
