//! The items as their authors write them: one file a skill. What goes across files is checked in `check`.

mod parts;
mod reader;

use crate::figure::Figure;
use schemars::JsonSchema;

use crate::read::{fields::At, text::Text};

pub(crate) use parts::Part;
pub(crate) use reader::items;

/// The items of one skill.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "it is what the file calls them")]
pub(crate) struct Items {
    /// The items, in any order.
    #[schemars(rename = "item", length(min = 4))]
    pub(crate) items: Vec<Item>,
    /// Items that were withdrawn.
    #[schemars(default)]
    #[expect(dead_code, reason = "for whoever reads the file")]
    pub(crate) retired: Vec<Retired>,
    /// Every id that was ever given, even to what cannot be read otherwise.
    #[schemars(skip)]
    pub(crate) ids: Vec<At<String>>,
}

/// An item that was withdrawn: its id is never used again.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "for whoever reads the file; its id is among all")]
pub(crate) struct Retired {
    /// The id that it had.
    #[schemars(regex(pattern = "^[a-z]+-[0-9]{3}$"))]
    pub(crate) id: At<String>,
    /// Why it was withdrawn.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
}

/// A question with all that explains it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Item {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// The skill's prefix, a dash and three digits. It is permanent: sessions refer to it.
    #[schemars(regex(pattern = "^[a-z]+-[0-9]{3}$"))]
    pub(crate) id: At<String>,
    /// One of the skill's six, by its id in skills.toml.
    #[schemars(length(min = 1))]
    pub(crate) subtopic: At<String>,
    /// 1 recognize, 2 apply one mechanism, 3 diagnose or combine, 4 weigh a trade-off, 5 know the limits.
    #[schemars(range(min = 1, max = 5))]
    pub(crate) level: i64,
    /// A situation that asks for a decision, in Markdown. Its last paragraph is the question itself.
    pub(crate) prompt: Text,
    /// A diagram that goes with it, under the name of its shape.
    pub(crate) figure: Option<At<Figure>>,
    /// What it rests on, with the place in it.
    #[schemars(length(min = 1))]
    pub(crate) sources: Vec<Citation>,
    /// The day on which it was last checked against its sources, such as 2026-11-23.
    #[schemars(extend("format" = "date"))]
    pub(crate) reviewed: At<String>,
    #[schemars(flatten)]
    pub(crate) task: Task,
}

/// A source and a place in it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Citation {
    /// A key of sources.toml.
    #[schemars(length(min = 1))]
    pub(crate) key: At<String>,
    /// Section, chapter, page or anchor.
    #[schemars(length(min = 1))]
    pub(crate) place: String,
}

/// What is answered, by kind.
#[derive(JsonSchema)]
#[schemars(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Task {
    /// A single best answer.
    Single {
        /// Three to five options, one of them the key.
        #[schemars(length(min = 3, max = 5))]
        option: Vec<Choice>,
    },
    /// All that hold are to be picked.
    Multi {
        /// Four or five options, at least two of them keys and two wrong.
        #[schemars(length(min = 4, max = 5))]
        option: Vec<Choice>,
    },
    /// The best and the worst reaction to a situation.
    Judgement {
        /// Four or five reactions.
        #[schemars(length(min = 4, max = 5))]
        option: Vec<Reaction>,
    },
    /// A number is to be entered.
    Numeric {
        /// What the number is counted in: it stands beside the field.
        #[schemars(length(min = 1))]
        unit: At<String>,
        /// The right number.
        value: f64,
        /// How far off is still right, in the same unit.
        #[schemars(range(min = 0.0))]
        tolerance: At<f64>,
        /// How it is worked out, in 12 to 60 words.
        why: Text,
        /// What one gets by a mistake with a name.
        #[schemars(length(min = 1, max = 5))]
        slip: Vec<Slip>,
    },
    /// Steps are to be brought into order.
    Ordering {
        /// Whether one swap of neighbours earns half.
        #[schemars(default)]
        partial: bool,
        /// Four to seven steps in the one right order.
        #[schemars(length(min = 4, max = 7))]
        step: Vec<Step>,
    },
    /// Things in the figure are to be pointed at.
    Diagram {
        /// Five to twelve things that can be pointed at.
        #[schemars(length(min = 5, max = 12))]
        target: Vec<Target>,
    },
}

/// An option of a question with one key or several.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Choice {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// What it says: one paragraph of Markdown.
    pub(crate) text: Text,
    /// Whether it is right.
    #[schemars(default)]
    pub(crate) key: bool,
    /// Why it is right or wrong, in 12 to 60 words.
    pub(crate) why: Text,
    /// For a wrong one: the id in misconceptions.toml of what makes a real engineer pick it.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// A reaction to a situation.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Reaction {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// What one does: one paragraph of Markdown.
    pub(crate) text: Text,
    /// Whether it is the best.
    #[schemars(default)]
    pub(crate) best: bool,
    /// Whether it is the worst.
    #[schemars(default)]
    pub(crate) worst: bool,
    /// Why it is good or bad, in 12 to 60 words.
    pub(crate) why: Text,
    /// For all but the best: the id in misconceptions.toml of what makes a real engineer do so.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// A wrong number that one gets by a mistake with a name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Slip {
    /// The number, more than 5% away from the right one and from other slips.
    pub(crate) value: At<f64>,
    /// What is wrong with it, in 12 to 60 words.
    pub(crate) why: Text,
    /// The mistake's id in misconceptions.toml.
    #[schemars(length(min = 1))]
    pub(crate) misconception: At<String>,
}

/// A step, written where it belongs.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Step {
    /// What is done: one paragraph of Markdown.
    pub(crate) text: Text,
    /// Why it belongs there, in 12 to 60 words.
    pub(crate) why: Text,
    /// The id in misconceptions.toml of what somebody believes who puts it before the step that it follows.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// Something in the figure that can be pointed at.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Target {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// Its name in the figure.
    #[schemars(length(min = 1))]
    pub(crate) at: At<String>,
    /// Whether it is to be pointed at.
    #[schemars(default)]
    pub(crate) key: bool,
    /// Why it is to be pointed at or not, in 12 to 60 words.
    pub(crate) why: Text,
    /// For one that is not: the id in misconceptions.toml of what makes a real engineer point at it.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}
