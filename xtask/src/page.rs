//! Opening a page of the served app in a browser. trunk could open its root only.

use std::{
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

/// The first build of all takes about two minutes on two cores.
const PATIENCE: Duration = Duration::from_mins(10);
const PAUSE: Duration = Duration::from_millis(200);

/// Whether something listens at the port of this machine.
pub(crate) fn answers(port: u16) -> bool {
    TcpStream::connect(("localhost", port)).is_ok()
}

/// Opens the address once the port answers, without waiting for it. Where that does not work a person can: the
/// address is printed.
pub(crate) fn open_when_served(address: String, port: u16) {
    thread::spawn(move || {
        if !wait(PATIENCE, || answers(port)) {
            println!("Nothing answers at {address} yet; open it in a browser once it is built");
        } else if let Err(why) = open::that(&address) {
            println!("No browser could be opened ({why}); open {address} in one");
        }
    });
}

/// Asks until it is so, or until it took too long.
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
    fn waiting_ends_with_the_answer_or_with_patience() {
        let asked = Cell::new(0);
        let second_time = || {
            asked.set(asked.get() + 1);
            asked.get() == 2
        };
        assert!(wait(PATIENCE, second_time));
        assert!(!wait(Duration::ZERO, || false));
    }
}
