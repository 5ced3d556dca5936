//! Processes over time, as in Lamport's space-time diagrams.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::figure::{
    Drawing, FigureError, Hotspot, Length, NARROW, check,
    place::{Block, Place, Room, Stroke, wide},
    svg::{Anchor, Pen, Text, Unit},
};

/// The most columns that fit.
const COLUMNS: u8 = 9;
/// The most processes that fit.
const PROCESSES: usize = 5;
/// Where the lines start, in percent. The processes' names are to the left.
const START: f64 = 14.0;
/// The distance between lines in rem.
const PITCH: f64 = 3.75;
/// A dot's radius in rem.
const DOT: f64 = 0.34;

/// Processes over time. Time runs to the right, and arrows are messages.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SpaceTime {
    /// The processes' names from top to bottom: at most 5 names of at most 4 characters.
    pub(crate) processes: Vec<String>,
    /// What happens on the processes.
    pub(crate) events: Vec<Event>,
    /// The messages between processes.
    #[serde(default)]
    pub(crate) messages: Vec<Message>,
}

/// Something that happens on one process, drawn as a dot on its line.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Event {
    /// The name drawn beside it, such as `a1`: at most 4 characters, unique in the figure.
    pub(crate) name: String,
    /// The name of the process on which it happens.
    pub(crate) on: String,
    /// When it happens: column 1 to 9. Events in the same column happen at the same time.
    pub(crate) at: u8,
}

/// A message from an event of one process to a later event of another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Message {
    /// The name of the event that sends it.
    pub(crate) from: String,
    /// The name of the event that receives it.
    pub(crate) to: String,
}

impl SpaceTime {
    pub(super) fn problems(&self) -> Vec<FigureError> {
        let mut problems = Vec::new();
        let found = &mut problems;
        check::amount("processes", self.processes.len(), PROCESSES, found);
        check::amount("events", self.events.len(), usize::from(COLUMNS) * PROCESSES, found);
        check::names("process name", 4, self.processes.iter().map(String::as_str), found);
        check::names("event name", 4, self.events.iter().map(|event| event.name.as_str()), found);
        for (index, event) in self.events.iter().enumerate() {
            let by = || format!("event `{}`", event.name);
            check::known("process", &event.on, by, self.processes.iter().map(String::as_str), found);
            check::range("column", by, event.at.into(), (1, COLUMNS.into()), found);
            let earlier = self.events.iter().take(index);
            if let Some(other) = earlier.into_iter().find(|it| it.on == event.on && it.at == event.at) {
                found.push(FigureError::SameColumn {
                    first: other.name.clone(),
                    second: event.name.clone(),
                    process: event.on.clone(),
                    at: event.at,
                });
            }
        }
        for (index, message) in self.messages.iter().enumerate() {
            self.message_problems(message, found);
            if self.messages.iter().take(index).any(|earlier| earlier == message) {
                found.push(FigureError::Twice {
                    what: "message",
                    name: format!("{} → {}", message.from, message.to),
                });
            }
        }
        // Where names go only makes sense once all events are in their places.
        if found.is_empty() {
            let crowded = self.placed().into_iter().filter(|(.., readable)| !readable);
            found.extend(crowded.map(|(event, ..)| FigureError::NoRoom {
                what: format!("event `{}`", event.name),
                says: event.name.clone(),
            }));
        }
        problems
    }

    fn message_problems(&self, message: &Message, found: &mut Vec<FigureError>) {
        let (from, to) = (message.from.clone(), message.to.clone());
        for name in [&from, &to] {
            let by = || format!("the message from `{from}` to `{to}`");
            check::known("event", name, by, self.events.iter().map(|event| event.name.as_str()), found);
        }
        let (Some(sends), Some(receives)) = (self.event(&from), self.event(&to)) else { return };
        if sends.on == receives.on {
            found.push(FigureError::WithinProcess { from, to, process: sends.on.clone() });
        } else if sends.at >= receives.at {
            found.push(FigureError::NotForward { from, to });
        } else if let Some(stroke) = self.stroke(message)
            && let Some(event) = self.events.iter().filter(|it| it.name != from && it.name != to).find(|it| {
                self.point(it).is_some_and(|point| Block::around(point, DOT + 0.1).is_crossed(&stroke))
            })
        {
            found.push(FigureError::ThroughEvent { from, to, event: event.name.clone() });
        }
    }

    fn event(&self, name: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.name == name)
    }

    /// The events of a process in order of time.
    fn on(&self, process: &str) -> Vec<&Event> {
        let mut events: Vec<_> = self.events.iter().filter(|event| event.on == process).collect();
        events.sort_by_key(|event| event.at);
        events
    }

    pub(super) fn words(&self) -> String {
        let count = match self.processes.len() {
            1 => "1 process".to_owned(),
            count => format!("{count} processes"),
        };
        let mut sentences = vec![format!("Space-time diagram of {count}; time runs to the right.")];
        for process in &self.processes {
            let events: Vec<_> =
                self.on(process).iter().map(|event| format!("{} at time {}", event.name, event.at)).collect();
            let events = if events.is_empty() { "no events".to_owned() } else { events.join(", ") };
            sentences.push(format!("Process {process}: {events}."));
        }
        let messages: Vec<_> =
            self.messages.iter().map(|message| format!("from {} to {}", message.from, message.to)).collect();
        sentences.push(if messages.is_empty() {
            "No messages.".to_owned()
        } else {
            format!("Messages: {}.", messages.join("; "))
        });
        sentences.join(" ")
    }

    /// How many columns are used. The fewer there are, the wider they are.
    fn columns(&self) -> f64 {
        self.events.iter().map(|event| event.at).max().unwrap_or(1).max(1).into()
    }

    fn line(process: usize) -> f64 {
        1.75 + PITCH * process as f64
    }

    fn point(&self, event: &Event) -> Option<(f64, f64)> {
        let process = self.processes.iter().position(|process| *process == event.on)?;
        let across = (f64::from(event.at) - 0.5) / self.columns();
        Some((START + (100.0 - START) * across, Self::line(process)))
    }

    fn stroke(&self, message: &Message) -> Option<Stroke> {
        let end = |name: &str| self.point(self.event(name)?);
        Some(Stroke { from: end(&message.from)?, to: end(&message.to)? })
    }

    /// Each event with the place of its name, away from arrows if possible, and whether the name can be read
    /// there.
    fn placed(&self) -> Vec<(&Event, Place, bool)> {
        let mut room = Room {
            taken: self
                .events
                .iter()
                .filter_map(|event| Some(Block::around(self.point(event)?, 0.6)))
                .collect(),
            strokes: self.messages.iter().filter_map(|message| self.stroke(message)).collect(),
        };
        let events = self.processes.iter().flat_map(|process| self.on(process));
        let placed = events.filter_map(|event| {
            let (percent, y) = self.point(event)?;
            // All places leave room for the ring around a chosen dot.
            let places = [
                (0.0, -1.15, Anchor::Middle),
                (0.0, 1.15, Anchor::Middle),
                (0.45, -1.05, Anchor::Start),
                (-0.45, -1.05, Anchor::End),
                (0.45, 1.05, Anchor::Start),
                (-0.45, 1.05, Anchor::End),
            ]
            .map(|(dx, dy, anchor)| Place { percent, dx, y: y + dy, anchor, cost: 0 });
            let (place, readable) = room.take(wide(&event.name) * 0.75, &places)?;
            Some((event, place, readable))
        });
        placed.collect()
    }

    pub(super) fn draw(&self, words: &str) -> Drawing {
        let last = Self::line(self.processes.len().saturating_sub(1));
        let mut pen = Pen::new(words, last + 2.75, DOT);
        for (index, process) in self.processes.iter().enumerate() {
            let y = Self::line(index);
            pen.line("fig-lane", (Unit::Percent(START), y), (Unit::Percent(100.0), y));
            pen.row_name(process, y);
        }
        for stroke in self.messages.iter().filter_map(|message| self.stroke(message)) {
            let end = |(percent, y)| (Unit::Percent(percent), y);
            pen.arrow("fig-arrow", end(stroke.from), end(stroke.to));
        }
        let width = ((100.0 - START) / self.columns() / 100.0 * NARROW).min(2.75);
        let mut targets = Vec::new();
        for (event, place, _) in self.placed() {
            let Some((percent, y)) = self.point(event) else { continue };
            pen.circle("fig-dot", (Unit::Percent(percent), y), DOT);
            let Place { dx, y: below, anchor, .. } = place;
            let x = Unit::Percent(place.percent);
            pen.text(&Text { says: &event.name, class: "fig-label fig-over", x, dx, y: below, anchor });
            targets.push(Hotspot {
                name: event.name.clone(),
                label: event.name.clone(),
                left: Length::percent(percent),
                top: y,
                width: Length::rem(width),
                height: 2.75,
                round: true,
            });
        }
        pen.time(last + 2.35);
        pen.done(targets)
    }
}
