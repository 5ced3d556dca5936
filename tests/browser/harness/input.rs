//! Answering questions as a person does: with the mouse, with only the keyboard, or by touch.

use anyhow::{Context, Result, bail, ensure};
use http::Method;
use serde_json::{Value, json};
use sextant::quiz::content::{
    reply::Reply,
    task::{Choice, Task},
};
use thirtyfour::{Key, RequestData, SessionId, common::command::FormatRequestData};

use super::{ANSWERING, Page};

const SCRIPTS: &str = include_str!("../scripts/input.js");

/// What a person answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Mouse,
    Keyboard,
    Touch,
}

/// The path of a pointer: it goes down at the first point and up at the last.
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
    /// Enters a reply to the open question and submits it as "fairly sure".
    pub(crate) async fn give(&self, task: &Task, reply: &Reply, input: Input) -> Result<()> {
        match (task, reply) {
            (_, Reply::DontKnow) => return self.tap(".answering > .row:last-child button", input).await,
            (Task::Single(options), Reply::Single { option, .. }) => {
                self.pick(options, &[*option], input).await?;
            }
            (Task::Multi(options), Reply::Multi { options: picked, .. }) => {
                self.pick(options, picked, input).await?;
            }
            (Task::Judgement { reactions, .. }, Reply::Judgement { best, worst, .. }) => {
                let positions = self.positions(".reaction > span[id]", reactions).await?;
                let position = |at: u8| positions[usize::from(at)] + 1;
                if input == Input::Keyboard {
                    self.enter_the_form().await?;
                    self.press(position(*best).to_string()).await?;
                    self.press(Key::Shift + position(*worst).to_string()).await?;
                } else {
                    for (at, of) in [(position(*best), "first"), (position(*worst), "last")] {
                        self.tap(&format!(".reaction:nth-of-type({at}) .pill:{of}-child"), input).await?;
                    }
                }
            }
            (Task::Numeric(_), Reply::Numeric { value, .. }) => {
                if input == Input::Keyboard {
                    self.tab_into("#number").await?;
                } else {
                    self.tap("#number", input).await?;
                }
                self.press(value.to_string()).await?;
            }
            (Task::Ordering { steps, .. }, Reply::Ordering { order, .. }) => {
                self.sort(steps, order, input).await?;
            }
            (Task::Diagram(_), Reply::Diagram { targets, .. }) => {
                // In the order in the picture, which is also the order for Tab.
                let mut targets = targets.clone();
                targets.sort_unstable();
                for target in targets {
                    let spot = format!(".spot:nth-of-type({})", target + 1);
                    if input == Input::Keyboard {
                        self.tab_into(&format!("{spot} input")).await?;
                        self.press(Key::Space).await?;
                    } else {
                        self.tap(&spot, input).await?;
                    }
                }
            }
            _ => bail!("{reply:?} doesn't answer {task:?}"),
        }
        self.answer_fairly_sure(input).await
    }

    async fn pick(&self, options: &[Choice], picked: &[u8], input: Input) -> Result<()> {
        let positions = self.positions("label.choice > span:last-child", options).await?;
        if input == Input::Keyboard {
            self.enter_the_form().await?;
        }
        for at in picked {
            let position = positions[usize::from(*at)] + 1;
            match input {
                Input::Keyboard => self.press(position.to_string()).await?,
                _ => self.tap(&format!("label.choice:nth-of-type({position})"), input).await?,
            }
        }
        Ok(())
    }

    /// Brings the steps into an order, from the first position on.
    async fn sort(&self, steps: &[Choice], order: &[u8], input: Input) -> Result<()> {
        if input == Input::Keyboard {
            self.enter_the_form().await?;
        }
        let mut moved = false;
        for (to, step) in order.iter().enumerate() {
            let from = self.positions(".step > span:nth-of-type(3)", steps).await?[usize::from(*step)];
            if from == to {
                continue;
            }
            moved = true;
            if input == Input::Keyboard {
                self.press((from + 1).to_string()).await?;
                for _ in to..from {
                    self.press(Key::Up).await?;
                }
            } else {
                // Moving to one must not scroll the other away from under the pointer.
                self.centre(".order").await?;
                let grip = self.centre(&format!(".step:nth-child({}) .grip", from + 1)).await?;
                let row = self.centre(&format!(".step:nth-child({}) .grip", to + 1)).await?;
                let points = vec![grip, (row.0, row.1 + 4.0), (row.0, row.1 - 2.0)];
                self.stroke(input, points).await?;
            }
            let position = self.positions(".step > span:nth-of-type(3)", steps).await?[usize::from(*step)];
            ensure!(position == to, "step {step} is at position {position}, not {to}");
        }
        ensure!(moved, "the steps were already in that order");
        let said = self.text(".order + [role=status]").await?;
        ensure!(said.contains(" of "), "the move isn't announced: {said}");
        Ok(())
    }

    async fn answer_fairly_sure(&self, input: Input) -> Result<()> {
        self.sees(".sure button:nth-of-type(2):enabled").await?;
        if input != Input::Keyboard {
            return self.tap(".sure button:nth-of-type(2)", input).await;
        }
        self.to_fairly_sure().await?;
        self.press(Key::Enter).await
    }

    async fn to_fairly_sure(&self) -> Result<()> {
        self.sees(".sure button:nth-of-type(2):enabled").await?;
        // Enter leads from a field to the buttons, Tab from anything else.
        if self.run("return document.activeElement.tagName === 'INPUT'", &[]).await? == json!(true) {
            self.press(Key::Enter).await?;
        } else {
            self.tab_into(".sure button:nth-of-type(2)").await?;
        }
        self.until("the button", "return document.activeElement.matches('.sure button:nth-of-type(2)')").await
    }

    /// Clicks or taps the centre of an element.
    async fn tap(&self, selector: &str, input: Input) -> Result<()> {
        if input == Input::Keyboard {
            self.tab_into(selector).await?;
            return self.press(Key::Enter).await;
        }
        let centre = self.centre(selector).await?;
        self.stroke(input, vec![centre]).await
    }

    async fn stroke(&self, input: Input, points: Vec<(f64, f64)>) -> Result<()> {
        let pointer = if input == Input::Touch { "touch" } else { "mouse" };
        self.command(Stroke { pointer, points }).await
    }

    /// The centre of an element in the window, once it is in view.
    async fn centre(&self, selector: &str) -> Result<(f64, f64)> {
        self.sees(selector).await?;
        Ok(serde_json::from_value(self.call(SCRIPTS, "centre", &[json!(selector)]).await?)?)
    }

    /// The position at which each choice is shown.
    async fn positions(&self, selector: &str, choices: &[Choice]) -> Result<Vec<usize>> {
        let texts: Vec<&str> = choices.iter().map(|choice| choice.text.as_str()).collect();
        let positions: Vec<i64> =
            serde_json::from_value(self.call(SCRIPTS, "positions", &[json!(selector), json!(texts)]).await?)?;
        positions.into_iter().map(|at| usize::try_from(at).context("a choice isn't shown")).collect()
    }

    async fn enter_the_form(&self) -> Result<()> {
        self.tab_into("form :focus, form:focus").await
    }

    /// Presses Tab until an element that matches has the focus.
    async fn tab_into(&self, selector: &str) -> Result<()> {
        for _ in 0..40 {
            let there =
                self.run("return document.activeElement.matches(arguments[0])", &[json!(selector)]).await?;
            if there == Value::Bool(true) {
                return Ok(());
            }
            self.press(Key::Tab).await?;
        }
        bail!("Tab doesn't reach {selector}")
    }

    /// Fills in the open question with only the keyboard, whatever its kind, and goes to the button "Fairly sure". The
    /// focus is in the form.
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

    /// Fills in the open question, whatever its kind; `n` varies the answer.
    pub(crate) async fn fill(&self, n: usize) -> Result<()> {
        self.call(ANSWERING, "n => fill(document, n)", &[json!(n)]).await?;
        self.sees(".sure button:enabled").await
    }
}
