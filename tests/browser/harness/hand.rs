//! Answering a question as a hand does: with a mouse, with the keyboard alone, or by touch.

use anyhow::{Context, Result, bail, ensure};
use http::Method;
use serde_json::{Value, json};
use sextant::quiz::content::{
    reply::Reply,
    task::{Choice, Task},
};
use thirtyfour::{Key, RequestData, SessionId, common::command::FormatRequestData};

use crate::{FILL, Page};

/// What a person uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    Mouse,
    Keyboard,
    Touch,
}

/// A pointer's way: down at its first point, up at its last.
#[derive(Debug)]
struct Stroke {
    pointer: &'static str,
    points: Vec<(f64, f64)>,
}

impl FormatRequestData for Stroke {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let mut actions = Vec::new();
        for (at, (x, y)) in self.points.iter().enumerate() {
            actions.push(json!({
                "type": "pointerMove", "duration": 0, "origin": "viewport",
                "x": x.round() as i64, "y": y.round() as i64
            }));
            if at == 0 {
                actions.push(json!({ "type": "pointerDown", "button": 0 }));
            }
        }
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        let source = json!({
            "type": "pointer", "id": self.pointer, "parameters": { "pointerType": self.pointer }, "actions": actions
        });
        RequestData::new(Method::POST, format!("session/{session}/actions"))
            .add_body(json!({ "actions": [source] }))
    }
}

impl Page {
    /// Puts a reply into the open question and answers it, fairly sure.
    pub(crate) async fn give(&self, task: &Task, reply: &Reply, hand: Hand) -> Result<()> {
        match (task, reply) {
            (_, Reply::DontKnow) => return self.tap(".answering > .row:last-child button", hand).await,
            (Task::Single(options), Reply::Single { option, .. }) => {
                self.pick(options, &[*option], hand).await?;
            }
            (Task::Multi(options), Reply::Multi { options: picked, .. }) => {
                self.pick(options, picked, hand).await?;
            }
            (Task::Judgement { reactions, .. }, Reply::Judgement { best, worst, .. }) => {
                let places = self.places(".reaction > span[id]", reactions).await?;
                let place = |at: u8| places[usize::from(at)] + 1;
                if hand == Hand::Keyboard {
                    self.enter_the_form().await?;
                    self.press(place(*best).to_string()).await?;
                    self.press(Key::Shift + place(*worst).to_string()).await?;
                } else {
                    for (at, of) in [(place(*best), "first"), (place(*worst), "last")] {
                        self.tap(&format!(".reaction:nth-of-type({at}) .pill:{of}-child"), hand).await?;
                    }
                }
            }
            (Task::Numeric(_), Reply::Numeric { value, .. }) => {
                if hand == Hand::Keyboard {
                    self.tab_into("#number").await?;
                } else {
                    self.tap("#number", hand).await?;
                }
                self.press(value.to_string()).await?;
            }
            (Task::Ordering { steps, .. }, Reply::Ordering { order, .. }) => {
                self.sort(steps, order, hand).await?;
            }
            (Task::Diagram(_), Reply::Diagram { targets, .. }) => {
                // In the picture's order, which is that of Tab.
                let mut targets = targets.clone();
                targets.sort_unstable();
                for target in targets {
                    let spot = format!(".spot:nth-of-type({})", target + 1);
                    if hand == Hand::Keyboard {
                        self.tab_into(&format!("{spot} input")).await?;
                        self.press(Key::Space).await?;
                    } else {
                        self.tap(&spot, hand).await?;
                    }
                }
            }
            _ => bail!("{reply:?} does not answer {task:?}"),
        }
        self.answer_fairly_sure(hand).await
    }

    async fn pick(&self, options: &[Choice], picked: &[u8], hand: Hand) -> Result<()> {
        let places = self.places("label.choice > span:last-child", options).await?;
        if hand == Hand::Keyboard {
            self.enter_the_form().await?;
        }
        for at in picked {
            let place = places[usize::from(*at)] + 1;
            match hand {
                Hand::Keyboard => self.press(place.to_string()).await?,
                _ => self.tap(&format!("label.choice:nth-of-type({place})"), hand).await?,
            }
        }
        Ok(())
    }

    /// Brings the steps into an order, the first place first.
    async fn sort(&self, steps: &[Choice], order: &[u8], hand: Hand) -> Result<()> {
        if hand == Hand::Keyboard {
            self.enter_the_form().await?;
        }
        let mut moved = false;
        for (to, step) in order.iter().enumerate() {
            let from = self.places(".step > span:nth-of-type(3)", steps).await?[usize::from(*step)];
            if from == to {
                continue;
            }
            moved = true;
            if hand == Hand::Keyboard {
                self.press((from + 1).to_string()).await?;
                for _ in to..from {
                    self.press(Key::Up).await?;
                }
            } else {
                // Going to the one must not move the other out from under the pointer.
                self.centre(".order").await?;
                let grip = self.centre(&format!(".step:nth-child({}) .grip", from + 1)).await?;
                let row = self.centre(&format!(".step:nth-child({}) .grip", to + 1)).await?;
                let way = vec![grip, (row.0, row.1 + 4.0), (row.0, row.1 - 2.0)];
                self.stroke(hand, way).await?;
            }
            let place = self.places(".step > span:nth-of-type(3)", steps).await?[usize::from(*step)];
            ensure!(place == to, "step {step} is at {place}, not at {to}");
        }
        ensure!(moved, "the steps were shown in the order asked for");
        let said = self.text(".order + [role=status]").await?;
        ensure!(said.contains(" of "), "the move is announced: {said}");
        Ok(())
    }

    async fn answer_fairly_sure(&self, hand: Hand) -> Result<()> {
        self.sees(".sure button:nth-of-type(2):enabled").await?;
        if hand != Hand::Keyboard {
            return self.tap(".sure button:nth-of-type(2)", hand).await;
        }
        self.to_fairly_sure().await?;
        self.press(Key::Enter).await
    }

    async fn to_fairly_sure(&self) -> Result<()> {
        self.sees(".sure button:nth-of-type(2):enabled").await?;
        // From a field Enter leads to the buttons; from anything else Tab does.
        if self.run("return document.activeElement.tagName === 'INPUT'", &[]).await? == json!(true) {
            self.press(Key::Enter).await?;
        } else {
            self.tab_into(".sure button:nth-of-type(2)").await?;
        }
        self.until("the button", "return document.activeElement.matches('.sure button:nth-of-type(2)')").await
    }

    /// Clicks or taps the middle of an element.
    async fn tap(&self, selector: &str, hand: Hand) -> Result<()> {
        if hand == Hand::Keyboard {
            self.tab_into(selector).await?;
            return self.press(Key::Enter).await;
        }
        let middle = self.centre(selector).await?;
        self.stroke(hand, vec![middle]).await
    }

    async fn stroke(&self, hand: Hand, points: Vec<(f64, f64)>) -> Result<()> {
        let pointer = if hand == Hand::Touch { "touch" } else { "mouse" };
        self.command(Stroke { pointer, points }).await
    }

    /// The middle of an element in the window, once it is in view.
    async fn centre(&self, selector: &str) -> Result<(f64, f64)> {
        self.sees(selector).await?;
        let script = "const e = document.querySelector(arguments[0]); \
            const inside = r => r.top >= 0 && r.bottom <= innerHeight; \
            if (!inside(e.getBoundingClientRect())) e.scrollIntoView({ block: 'center', behavior: 'instant' }); \
            const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]";
        Ok(serde_json::from_value(self.run(script, &[json!(selector)]).await?)?)
    }

    /// Where each choice is shown, by its text, in the order written.
    async fn places(&self, selector: &str, choices: &[Choice]) -> Result<Vec<usize>> {
        let script = "const shown = [...document.querySelectorAll(arguments[0])].map(e => e.textContent); \
            return arguments[1].map(html => { const t = document.createElement('template'); t.innerHTML = html; \
                return shown.indexOf(t.content.textContent) })";
        let texts: Vec<&str> = choices.iter().map(|choice| choice.text.as_str()).collect();
        let places: Vec<i64> =
            serde_json::from_value(self.run(script, &[json!(selector), json!(texts)]).await?)?;
        places.into_iter().map(|place| usize::try_from(place).context("a choice is not shown")).collect()
    }

    async fn enter_the_form(&self) -> Result<()> {
        self.tab_into("form :focus, form:focus").await
    }

    /// Presses Tab until the focus is on what the selector names.
    async fn tab_into(&self, selector: &str) -> Result<()> {
        for _ in 0..40 {
            let there =
                self.run("return document.activeElement.matches(arguments[0])", &[json!(selector)]).await?;
            if there == Value::Bool(true) {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!("Tab does not reach {selector}")
    }

    /// Puts something into the open question with the keyboard alone, whatever its kind, and goes to the button
    /// "Fairly sure". The focus is in the form.
    pub(crate) async fn fill_by_keyboard(&self) -> Result<()> {
        let is = async |selector: &str| anyhow::Ok(!self.texts(selector).await?.is_empty());
        if is("form .entry").await? {
            self.tab_into("#number").await?;
            self.press("12").await?;
        } else if is("form .spot").await? {
            self.tab_into(".spot input").await?;
            self.press(Key::Space).await?;
        } else {
            self.press("2").await?;
            if is("form .reaction").await? {
                self.press(Key::Shift + "1").await?;
            } else if is("form .step").await? {
                self.press(Key::Up).await?;
            }
        }
        self.to_fairly_sure().await
    }

    /// Puts something into the open question, whatever its kind; `n` varies it.
    pub(crate) async fn fill(&self, n: usize) -> Result<()> {
        self.run(&format!("{FILL} fill(document, arguments[0])"), &[json!(n)]).await?;
        self.sees(".sure button:enabled").await
    }
}
