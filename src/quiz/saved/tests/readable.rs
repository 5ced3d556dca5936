//! What is written can be read: any history, exported at any time, gives the same results in an empty browser.

use proptest::prelude::*;

use crate::quiz::{
    saved::{
        file::{ExportFile, FileError, MOST_BYTES},
        history::History,
        store::abandoned,
        tests::*,
    },
    scoring::report::Report,
    taking::session::is_plausible,
};

const YEAR: u64 = 365 * 24 * 60 * 60 * 1000;
/// What the clock shows when it is right.
const NOW: u64 = 1_795_900_000_000;

/// What a reader, a clock or another device does.
#[derive(Clone, Debug)]
enum Act {
    Begin(usize),
    Answer {
        session: usize,
        skill: u8,
        level: u8,
        option: u8,
    },
    Finish(usize),
    Abandon(usize),
    State(bool),
    /// The clock is off by this much.
    Clock(i64),
    OtherTab,
    TidyUp,
    Import,
}

fn act() -> impl Strategy<Value = Act> {
    let years = |years: i64| years * YEAR.cast_signed();
    prop_oneof![
        2 => (0_usize..4).prop_map(Act::Begin),
        8 => (0_usize..4, 0_u8..15, 1_u8..6, 0_u8..4)
            .prop_map(|(session, skill, level, option)| Act::Answer { session, skill, level, option }),
        2 => (0_usize..4).prop_map(Act::Finish),
        1 => (0_usize..4).prop_map(Act::Abandon),
        1 => any::<bool>().prop_map(Act::State),
        2 => prop_oneof![
            Just(0), Just(years(30)), Just(years(-56)), Just(years(-1)), Just(-3_600_000), Just(90_000_000)
        ].prop_map(Act::Clock),
        1 => Just(Act::OtherTab),
        1 => Just(Act::TidyUp),
        1 => Just(Act::Import),
    ]
}

/// A browser with two tabs, after these acts.
struct Browser {
    tabs: [Store<Double>; 2],
    tab: usize,
    /// What passes between two acts.
    passed: u64,
    off: i64,
    begun: Vec<Session>,
}

impl Browser {
    fn after(acts: &[Act]) -> Self {
        let storage = Double::default();
        let tabs = [1, 2].map(|tab| open(&storage.tab(tab), tab));
        let mut browser = Self { tabs, tab: 0, passed: 0, off: 0, begun: Vec::new() };
        for act in acts {
            browser.passed += 20_000;
            browser.act(act);
        }
        browser
    }

    fn now(&self) -> u64 {
        (NOW + self.passed).saturating_add_signed(self.off)
    }

    /// The current tab, which has just become visible.
    fn tab(&mut self) -> &mut Store<Double> {
        let now = self.now();
        let tab = &mut self.tabs[self.tab];
        tab.refresh();
        tab.date_misdated("bank", now);
        tab
    }

    fn session(&mut self, at: usize) -> Option<Session> {
        let id = self.begun.get(at)?.id();
        self.tab().session(id).filter(|session| !session.abandoned)
    }

    fn act(&mut self, act: &Act) {
        let now = self.now();
        match *act {
            Act::Begin(form) => {
                let forms =
                    [Form::Quick, Form::Full, Form::Short, Form::on_skill(&sample::bank(15).0.skills[2])];
                let session = Session::new(forms[form].clone(), self.begun.len() as u32, now);
                note(self.tab(), &session, Change::Begun);
                self.begun.push(session);
            }
            Act::Answer { session, skill, level, option } => {
                let item = format!("s{skill}-{level}");
                let session =
                    self.session(session).filter(|session| !session.answered(&ItemId(item.clone())));
                if let Some(session) = session {
                    let at = session.next_at(now);
                    note(
                        self.tab(),
                        &session,
                        Change::Answered(Answer { at, ..sample::answer(&item, option) }),
                    );
                }
            }
            Act::Finish(session) => {
                if let Some(session) = self.session(session) {
                    note(self.tab(), &session, Change::Finished);
                }
            }
            Act::Abandon(session) => {
                if let Some(session) = self.session(session).filter(|session| !session.finished) {
                    self.tab().add(Stream::Session(session.id()), "bank", abandoned(&session));
                    self.tab().delete_abandoned().unwrap();
                }
            }
            Act::State(long) => {
                let at = now.max(self.tab().history().stated_at + 1);
                state(self.tab(), if long { Years::Ten } else { Years::UnderTwo }, at);
            }
            Act::Clock(off) => self.off = off,
            Act::OtherTab => self.tab = 1 - self.tab,
            Act::TidyUp => self.tab().compact().unwrap(),
            Act::Import => {
                let (from, _) = filled();
                let file = open(&from, 9).file(now, None);
                self.tab().import(file.entries).unwrap();
            }
        }
    }
}

/// The same text as other programs may save it.
fn rewritten(text: &str) -> Vec<Vec<u8>> {
    let units = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let marked = format!("\u{feff}{text}");
    let lines =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(text).unwrap()).unwrap();
    vec![
        text.into(),
        marked.clone().into(),
        format!("{text}\r\n").into(),
        lines.replace('\n', "\r\n").into(),
        units(text, u16::to_le_bytes),
        units(text, u16::to_be_bytes),
        units(&marked, u16::to_le_bytes),
        units(&marked, u16::to_be_bytes),
    ]
}

/// What the results page of each finished session is made of.
fn reports(history: &History) -> Vec<Report> {
    let (catalog, shards) = sample::bank(15);
    let finished = history.sessions.iter().filter(|session| session.finished);
    finished
        .map(|session| Report::new(&catalog, &shards, &history.sessions, session, history.statement).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(rounds(128) as u32))]

    #[test]
    fn any_history_can_be_exported_and_imported(acts in prop::collection::vec(act(), 0..60)) {
        let mut browser = Browser::after(&acts);
        let now = browser.now();
        let (history, text) = (browser.tab().history(), serde_json::to_string(&browser.tab().file(now, None)).unwrap());
        for bytes in rewritten(&text) {
            let contents = ExportFile::read(&bytes).unwrap();
            let mut empty = open(&Double::default(), 5);
            empty.import(contents.entries).unwrap();
            empty.date_misdated("bank", now);
            prop_assert_eq!(&empty.history(), &history);
            prop_assert_eq!(reports(&empty.history()), reports(&history));
        }
    }

    #[test]
    fn a_wrong_clock_puts_nothing_after_the_latest_session(acts in prop::collection::vec(act(), 0..60)) {
        let mut browser = Browser::after(&acts);
        browser.off = 0;
        browser.passed += 20_000;
        let latest = Session::new(Form::Quick, 99, browser.now());
        note(browser.tab(), &latest, Change::Begun);
        let now = browser.now();
        let sessions = browser.tab().history().sessions;
        let shown: Vec<&Session> = sessions.iter().filter(|session| !session.abandoned).collect();
        prop_assert_eq!(shown.last().map(|session| session.id()), Some(latest.id()));
        for session in shown {
            prop_assert!(is_plausible(session.began(), now) && is_plausible(session.last_at(), now), "{session:?}");
        }
    }
}

#[test]
fn a_session_taken_with_a_wrong_clock_counts_as_taken_when_that_is_noticed() {
    let storage = Double::default();
    let mut store = open(&storage, 1);
    let taken = |store: &mut Store<Double>, seed, at| {
        let session = Session::new(Form::Quick, seed, at);
        note(store, &session, Change::Begun);
        assert!(answer(store, session.id(), "s1-1", at + 5));
        session.id()
    };
    let before = taken(&mut store, 1, NOW);
    let ahead = taken(&mut store, 2, NOW + 30 * YEAR);
    let behind = taken(&mut store, 3, 5);
    assert!(store.date_misdated("bank", NOW + 30 * YEAR).len() == 1, "only what the clock shows to be wrong");
    assert_eq!(store.date_misdated("bank", 7), [], "a clock that is wrong itself says nothing");
    let mut store = open(&storage, 2);
    assert_eq!(store.date_misdated("bank", NOW + 120_000).len(), 2, "also what was dated by a wrong clock");
    assert_eq!(store.date_misdated("bank", NOW + 130_000), [], "once is enough");
    let after = taken(&mut store, 4, NOW + 200_000);
    let order: Vec<SessionId> = open(&storage, 3).history().sessions.iter().map(Session::id).collect();
    assert_eq!(order, [before, behind, ahead, after]);
    let session = store.session(ahead).unwrap();
    assert!(session.dated.is_some() && session.last_at() <= NOW + 120_000, "{session:?}");
    // It can be resumed, and its answers stay in order.
    assert!(answer(&mut store, ahead, "s2-1", NOW + 300_000));
    let items: Vec<String> = store.session(ahead).unwrap().answers.into_iter().map(|a| a.item.0).collect();
    assert_eq!(items, ["s1-1", "s2-1"]);
}

#[test]
fn the_largest_export_can_be_imported() {
    // As much as browsers store, in the form that takes the most bytes in a file.
    let (entries, characters) = (20_000, 5 * 1024 * 1024);
    let text = "\u{1}".repeat(characters / entries - 40);
    let key = |at: usize| format!("{PREFIX}2:event:reader:80000001:{at}");
    let stored: Vec<(String, String)> = (0..entries).map(|at| (key(at), text.clone())).collect();
    let file = ExportFile { format: 2, exported: 0, result: None, entries: Vec::new(), stored };
    let bytes = serde_json::to_vec(&file).unwrap();
    assert!(bytes.len() > MOST_BYTES / 2, "{}", bytes.len());
    assert_eq!(ExportFile::read(&bytes).map(|contents| contents.unreadable), Ok(entries));
    assert_eq!(ExportFile::read(&vec![b' '; MOST_BYTES + 1]), Err(FileError::TooLarge));
}
