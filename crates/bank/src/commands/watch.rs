//! Calling a function whenever a folder changes.

use std::{
    ops::ControlFlow,
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use notify::{Event, RecursiveMode, Watcher};

use crate::error::{Error, Result};

/// Saving a file causes several events. They count as one change, which ends once no event has come for this
/// long.
const QUIET: Duration = Duration::from_millis(50);
/// A folder that is missing for this long has been removed for good.
const GONE: Duration = Duration::from_secs(2);

/// Calls `on_change` now and after each change in the folder, until it breaks.
pub(crate) fn watch(folder: &Path, mut on_change: impl FnMut() -> ControlFlow<()>) -> Result<()> {
    let (sender, events) = mpsc::channel();
    let failed = |source| Error::Watch { path: folder.to_owned(), source };
    // Watching starts before the first call, so that no change between the two is missed.
    let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(failed)?;
    while on_change().is_continue() && changed(&events) {
        watch_again(&mut watcher, folder)?;
    }
    Ok(())
}

/// Watches the folder that now has this path. It may have been replaced, for example by a change of branch.
/// Fails if there is none for a while.
fn watch_again(watcher: &mut impl Watcher, folder: &Path) -> Result<()> {
    let end = Instant::now() + GONE;
    loop {
        // This fails if the watched folder is gone. Then there is nothing to unwatch.
        let _ = watcher.unwatch(folder);
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Ok(()) => return Ok(()),
            Err(_) if Instant::now() < end => thread::sleep(QUIET),
            Err(source) if folder.exists() => return Err(Error::Watch { path: folder.to_owned(), source }),
            Err(_) => return Err(Error::Gone { path: folder.to_owned() }),
        }
    }
}

/// Waits for the next change, and until it is complete. The watcher keeps the channel open.
fn changed(events: &Receiver<notify::Result<Event>>) -> bool {
    let changed = events.iter().any(|event| is_change(&event));
    while events.recv_timeout(QUIET).is_ok() {}
    changed
}

/// Reading a file is an event too, but if it counted, each check would start the next one.
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
    use std::fs;

    /// Far longer than any event takes. The tests wait this long only when they fail.
    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn calls_back_on_writes_not_reads() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let watched = folder.join("questions");
        fs::create_dir(&watched).unwrap();
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
        // There may be a call in the middle of a change.
        let until = |text: &str| while called.recv_timeout(LONG).unwrap() != text {};

        assert_eq!(called.recv_timeout(LONG).unwrap(), "first");
        assert!(called.recv_timeout(4 * QUIET).is_err(), "reading the file caused another call");

        fs::write(&file, "second").unwrap();
        until("second");
        fs::remove_file(&file).unwrap();
        until("");
        // Some editors save by renaming another file.
        fs::write(folder.join("new"), "last").unwrap();
        fs::rename(folder.join("new"), &file).unwrap();
        until("last");
        watching.join().unwrap().unwrap();
    }

    #[test]
    fn a_replaced_folder_is_still_watched_and_a_removed_one_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (watched, other) = (folder.path().join("questions"), folder.path().join("other"));
        fs::create_dir(&watched).unwrap();
        fs::create_dir(&other).unwrap();
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
        fs::rename(&watched, folder.path().join("away")).unwrap();
        fs::rename(&other, &watched).unwrap();
        until("second");
        fs::write(watched.join("a.toml"), "third").unwrap();
        until("third");
        fs::remove_dir_all(&watched).unwrap();
        let error = watching.join().unwrap().unwrap_err().to_string();
        assert!(error.contains("questions was removed"), "{error}");
    }

    #[test]
    fn a_burst_of_events_is_one_change() {
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
        let missing = tempfile::tempdir().unwrap().path().join("nothing-is-here");
        let error = watch(&missing, || ControlFlow::Break(())).unwrap_err().to_string();
        assert!(error.starts_with("cannot watch ") && error.contains("nothing-is-here"), "{error}");
    }
}
