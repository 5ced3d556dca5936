//! Doing something again whenever a folder changes.

use std::{
    ops::ControlFlow,
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use notify::{Event, RecursiveMode, Watcher};

use crate::error::{Error, Result};

/// Saving a file is several events; they are one change once nothing has come for so long.
const QUIET: Duration = Duration::from_millis(50);
/// A folder that is away for so long does not come back by itself.
const GONE: Duration = Duration::from_secs(2);

/// Calls `on_change` at once and after each change in the folder, until it breaks.
pub(crate) fn watch(folder: &Path, mut on_change: impl FnMut() -> ControlFlow<()>) -> Result<()> {
    let (sender, events) = mpsc::channel();
    let failed = |source| Error::Watch { path: folder.to_owned(), source };
    // It watches before the first call, so that no change falls between the two.
    let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(failed)?;
    while on_change().is_continue() && changed(&events) {
        again(&mut watcher, folder)?;
    }
    Ok(())
}

/// Watches what has the folder's name now: it may be another than before, as after a change of branch. Where there
/// is none for a while, that is the end.
fn again(watcher: &mut impl Watcher, folder: &Path) -> Result<()> {
    let end = Instant::now() + GONE;
    loop {
        // It fails where the folder that was watched is gone; then nothing is left to unwatch.
        let _ = watcher.unwatch(folder);
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Ok(()) => return Ok(()),
            Err(_) if Instant::now() < end => thread::sleep(QUIET),
            Err(source) if folder.exists() => return Err(Error::Watch { path: folder.to_owned(), source }),
            Err(_) => return Err(Error::Gone { path: folder.to_owned() }),
        }
    }
}

/// Waits for the next change, and for those that come with it. The watcher holds the sender, so there always is
/// a next one.
fn changed(events: &Receiver<notify::Result<Event>>) -> bool {
    let changed = events.iter().any(|event| is_change(&event));
    while events.recv_timeout(QUIET).is_ok() {}
    changed
}

/// Reading a file is an event as well. It would call for the next reading, for ever.
fn is_change(event: &notify::Result<Event>) -> bool {
    !event.as_ref().is_ok_and(|event| event.kind.is_access())
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::{
        EventKind,
        event::{AccessKind, CreateKind, ModifyKind},
    };
    use std::{env, fs};

    /// Far longer than any event takes, and only waited for where the test fails.
    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn a_change_is_a_call_and_reading_is_none() {
        let folder = env::temp_dir().join(format!("sextant-watch-{}", std::process::id()));
        let watched = folder.join("questions");
        fs::create_dir_all(&watched).unwrap();
        let file = watched.join("a.toml");
        fs::write(&file, "first").unwrap();

        let (calls, called) = mpsc::channel();
        let read = file.clone();
        let watching = thread::spawn(move || {
            watch(&watched, || {
                let text = fs::read_to_string(&read).unwrap_or_default();
                let last = text == "last";
                calls.send(text).unwrap();
                if last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
        });
        // A call may fall between the parts of a change.
        let until = |text: &str| while called.recv_timeout(LONG).unwrap() != text {};

        assert_eq!(called.recv_timeout(LONG).unwrap(), "first");
        assert!(called.recv_timeout(4 * QUIET).is_err(), "the call read the file and led to another");

        fs::write(&file, "second").unwrap();
        until("second");
        fs::remove_file(&file).unwrap();
        until("");
        // As some editors save: another file takes the name.
        fs::write(folder.join("new"), "last").unwrap();
        fs::rename(folder.join("new"), &file).unwrap();
        until("last");
        watching.join().unwrap().unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_on_and_one_that_is_removed_ends_it() {
        let folder = env::temp_dir().join(format!("sextant-replaced-{}", std::process::id()));
        let (watched, other) = (folder.join("questions"), folder.join("other"));
        fs::create_dir_all(&watched).unwrap();
        fs::create_dir_all(&other).unwrap();
        fs::write(watched.join("a.toml"), "first").unwrap();
        fs::write(other.join("a.toml"), "second").unwrap();

        let (calls, called) = mpsc::channel();
        let to_watch = watched.clone();
        let watching = thread::spawn(move || {
            watch(&to_watch, || {
                calls.send(fs::read_to_string(to_watch.join("a.toml")).unwrap_or_default()).unwrap();
                ControlFlow::Continue(())
            })
        });
        let until = |text: &str| while called.recv_timeout(LONG).unwrap() != text {};

        until("first");
        fs::rename(&watched, folder.join("away")).unwrap();
        fs::rename(&other, &watched).unwrap();
        until("second");
        fs::write(watched.join("a.toml"), "third").unwrap();
        until("third");
        fs::remove_dir_all(&folder).unwrap();
        let error = watching.join().unwrap().unwrap_err().to_string();
        assert!(error.contains("questions was removed"), "{error}");
    }

    #[test]
    fn a_burst_is_one_change() {
        let (sender, events) = mpsc::channel();
        let access = EventKind::Access(AccessKind::Any);
        let (create, modify) = (EventKind::Create(CreateKind::File), EventKind::Modify(ModifyKind::Any));
        for kind in [access, create, modify, access, modify] {
            sender.send(Ok(Event::new(kind))).unwrap();
        }
        assert!(changed(&events));
        sender.send(Ok(Event::new(access))).unwrap();
        drop(sender);
        assert!(!changed(&events));
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let missing = env::temp_dir().join("sextant-watch-nothing-is-here");
        let error = watch(&missing, || ControlFlow::Break(())).unwrap_err().to_string();
        assert!(error.starts_with("cannot watch ") && error.contains("nothing-is-here"), "{error}");
    }
}
