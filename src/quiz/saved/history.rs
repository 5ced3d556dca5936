//! What the events say: the union of all, whoever wrote them.

use std::collections::BTreeSet;

use crate::quiz::{
    content::{bank::ItemId, reply::Reply, statement::Statement},
    order::by_largest,
    saved::event::{Change, Event, StoredEvent, Stream},
    taking::{
        form::Form,
        session::{Answer, Session, SessionId},
    },
};

/// Everything a reader did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// All sessions, the oldest format1, the abandoned ones among them.
    pub sessions: Vec<Session>,
    /// What the reader stated last.
    pub statement: Statement,
    /// When, milliseconds since 1970; 0 for never.
    pub stated_at: u64,
}

impl History {
    /// What events say, given in the order of their names, so that every tab comes to the same.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a StoredEvent>) -> Self {
        let mut tellings: Vec<Telling> = Vec::new();
        let mut stated = (0, Statement::default());
        for entry in entries {
            match (&entry.event, entry.id.stream) {
                // Of two at the same time the one of the later name holds.
                (Event::Stated { statement, at }, _) if *at >= stated.0 => stated = (*at, *statement),
                (Event::Session { form, change }, Stream::Session(id)) => {
                    if tellings.last().is_none_or(|last| last.id != id) {
                        tellings.push(Telling::new(id, form));
                    }
                    if let Some(telling) = tellings.last_mut() {
                        telling.hear(change);
                    }
                }
                (Event::Stated { .. } | Event::Session { .. }, _) => {}
            }
        }
        let (stated_at, statement) = stated;
        Self { sessions: tellings.into_iter().map(Telling::session).collect(), statement, stated_at }
    }

    /// The session of that name.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id() == id)
    }
}

/// What the events of one session say.
struct Telling<'a> {
    id: SessionId,
    form: &'a Form,
    finished: bool,
    abandoned: bool,
    answers: Vec<Answer>,
    /// What an abandoned session showed.
    seen: Vec<Answer>,
}

impl<'a> Telling<'a> {
    fn new(id: SessionId, form: &'a Form) -> Self {
        Self { id, form, finished: false, abandoned: false, answers: Vec::new(), seen: Vec::new() }
    }

    fn hear(&mut self, change: &Change) {
        match change {
            Change::Begun => {}
            Change::Finished => self.finished = true,
            Change::Answered(answer) => self.answers.push(answer.clone()),
            Change::Abandoned { seen } => {
                self.abandoned = true;
                self.seen.extend(seen.iter().map(|seen| Answer {
                    item: seen.item.clone(),
                    reply: Reply::DontKnow,
                    at: seen.at,
                    took: 0,
                }));
            }
        }
    }

    fn session(self) -> Session {
        let mut session = Session::new(self.form.clone(), self.id.seed, self.id.started);
        // Finished in one tab, or on one device, and abandoned in another: the result stays.
        session.finished = self.finished;
        session.abandoned = self.abandoned && !self.finished;
        let mut answers = self.answers;
        if session.abandoned {
            answers.extend(self.seen);
        }
        let mut items: BTreeSet<ItemId> = BTreeSet::new();
        // By time; those of the same time stay in the order of their names. Times are below 2⁵³, so exact.
        for mut answer in by_largest(answers, |answer| -(answer.at as f64)) {
            if session.abandoned {
                answer.reply = Reply::DontKnow;
                answer.took = 0;
            }
            // Of two answers to one item, given in two tabs at once, the first counts.
            if items.insert(answer.item.clone()) {
                session.answers.push(answer);
            }
        }
        session
    }
}
