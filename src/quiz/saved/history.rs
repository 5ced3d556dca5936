//! What follows from all events, whoever wrote them.

use std::collections::BTreeSet;

use crate::quiz::{
    content::{bank::ItemId, reply::Reply, statement::Statement},
    order::by_largest,
    saved::event::{Change, DATED, Event, EventId, SECOND, StoredEvent, Stream},
    taking::{
        form::Form,
        session::{Answer, Session, SessionId},
    },
};

/// Everything a reader did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// All sessions, oldest first, including abandoned ones.
    pub sessions: Vec<Session>,
    /// The latest statement.
    pub statement: Statement,
    /// When it was made, in milliseconds since 1970; 0 if never.
    pub stated_at: u64,
}

impl History {
    /// Derives the history. Events must be sorted by id, so that every tab gets the same result.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a StoredEvent>) -> Self {
        let mut tellings: Vec<Telling> = Vec::new();
        let mut stated = (0, Statement::default());
        for entry in entries {
            match (&entry.event, entry.id.stream) {
                // Of two statements at the same time, the one with the later id counts.
                (Event::Stated { statement, at }, _) if *at >= stated.0 => stated = (*at, *statement),
                (Event::Session { form, change }, Stream::Session(id)) => {
                    if tellings.last().is_none_or(|last| last.id != id) {
                        tellings.push(Telling::new(id, form));
                    }
                    if let Some(telling) = tellings.last_mut() {
                        telling.hear(entry.id, change);
                    }
                }
                (Event::Stated { .. } | Event::Session { .. }, _) => {}
            }
        }
        let (stated_at, statement) = stated;
        let sessions = tellings.into_iter().map(Telling::session).collect();
        Self { sessions: by_largest(sessions, |session| -(session.began() as f64)), statement, stated_at }
    }

    /// The session with this id.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id() == id)
    }
}

/// The events of one session.
struct Telling<'a> {
    id: SessionId,
    form: &'a Form,
    dated: Option<u64>,
    finished: bool,
    abandoned: bool,
    answers: Vec<Answer>,
    /// The items that an abandoned session showed.
    seen: Vec<Answer>,
}

impl<'a> Telling<'a> {
    fn new(id: SessionId, form: &'a Form) -> Self {
        Self {
            id,
            form,
            dated: None,
            finished: false,
            abandoned: false,
            answers: Vec::new(),
            seen: Vec::new(),
        }
    }

    fn hear(&mut self, id: EventId, change: &Change) {
        match change {
            // If several tabs noticed it, the first one counts.
            Change::Begun if id.tab == DATED => {
                let at = u64::from(id.number) * SECOND;
                self.dated = Some(self.dated.map_or(at, |dated| dated.min(at)));
            }
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
        // If one tab or device finished it and another abandoned it, the result stays.
        session.dated = self.dated;
        session.finished = self.finished;
        session.abandoned = self.abandoned && !self.finished;
        let mut answers = self.answers;
        if session.abandoned {
            answers.extend(self.seen);
        }
        let mut items: BTreeSet<ItemId> = BTreeSet::new();
        // By time. Answers with the same time keep the order of their ids. Times are below 2⁵³, so they are exact.
        for mut answer in by_largest(answers, |answer| -(answer.at as f64)) {
            if session.abandoned {
                answer.reply = Reply::DontKnow;
                answer.took = 0;
            }
            // If two tabs answered the same item, the first answer counts.
            if items.insert(answer.item.clone()) {
                session.answers.push(answer);
            }
        }
        session
    }
}
