//! The items as authors write them, one file per skill. The doc comments become the descriptions in the
//! schema.

mod parts;
mod reader;

use clap::ValueEnum;
use schemars::JsonSchema;
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantNames};

use crate::{
    figure::Figure,
    limits::{
        EACH_OF_MULTI, ITEMS_PER_SKILL, LEVELS, MULTI_OPTIONS, NEAR, REACTIONS, SINGLE_OPTIONS, SLIPS, STEPS,
        TARGETS, WHY_WORDS,
    },
    text::{At, Text},
};

pub(crate) use parts::Part;
pub(crate) use reader::items;

/// The items of one skill.
#[derive(Default, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Items")]
pub(crate) struct ItemFile {
    /// The items, in any order.
    #[schemars(rename = "item", length(min = ITEMS_PER_SKILL))]
    pub(crate) items: Vec<AuthoredItem>,
    /// Items that were withdrawn.
    #[schemars(default)]
    #[expect(dead_code, reason = "for readers of the file")]
    pub(crate) retired: Vec<Retired>,
    /// Every id that was ever given, including those of items that can't be read.
    #[schemars(skip)]
    pub(crate) ids: Vec<At<String>>,
}

/// An item that was withdrawn. Its id is never used again.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "for readers of the file; its id is among `ItemFile::ids`")]
pub(crate) struct Retired {
    /// The item's id.
    #[schemars(regex(pattern = "^[a-z]+-[0-9]{3}$"))]
    pub(crate) id: At<String>,
    /// Why it was withdrawn.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
}

/// A question with its answer and explanations.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Item")]
pub(crate) struct AuthoredItem {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// The skill's prefix, a dash and three digits. It never changes, because saved sessions refer to it.
    #[schemars(regex(pattern = "^[a-z]+-[0-9]{3}$"))]
    pub(crate) id: At<String>,
    /// The id of one of the skill's six subtopics in skills.toml.
    #[schemars(length(min = 1))]
    pub(crate) subtopic: At<String>,
    /// 1 recognize, 2 apply one mechanism, 3 diagnose or combine, 4 weigh a trade-off, 5 know the limits.
    #[schemars(range(min = LEVELS.least, max = LEVELS.most))]
    pub(crate) level: i64,
    /// A situation that asks for a decision, in Markdown. The last paragraph is the question itself.
    pub(crate) prompt: Text,
    /// A diagram for the question, under the name of its shape.
    pub(crate) figure: Option<At<Figure>>,
    /// The sources that the answer rests on.
    #[schemars(length(min = 1))]
    pub(crate) sources: Vec<ItemCitation>,
    /// The day on which the item was last checked against its sources, such as 2026-11-23.
    #[schemars(extend("format" = "date"))]
    pub(crate) reviewed: At<String>,
    #[schemars(flatten)]
    pub(crate) task: AuthoredTask,
}

/// A source and a place in it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Citation")]
pub(crate) struct ItemCitation {
    /// The source's key in sources.toml.
    #[schemars(length(min = 1))]
    pub(crate) key: At<String>,
    /// The section, chapter, page or anchor.
    #[schemars(length(min = 1))]
    pub(crate) place: String,
}

/// What the reader is asked to do, by kind.
#[derive(JsonSchema, EnumDiscriminants)]
#[schemars(tag = "kind", rename_all = "kebab-case", rename = "Task")]
#[strum_discriminants(name(Kind), vis(pub), doc = "The kinds of question, by the names that authors use.")]
#[strum_discriminants(derive(ValueEnum, EnumString, IntoStaticStr, VariantNames))]
#[strum_discriminants(strum(serialize_all = "kebab-case"))]
pub(crate) enum AuthoredTask {
    /// Pick the best option.
    Single {
        #[schemars(description = format!("{SINGLE_OPTIONS} options, exactly one of them the key."))]
        #[schemars(length(min = SINGLE_OPTIONS.least, max = SINGLE_OPTIONS.most))]
        option: Vec<Choice>,
    },
    /// Pick all options that are right.
    Multi {
        #[schemars(description = format!("{MULTI_OPTIONS} options, at least {EACH_OF_MULTI} keys and {EACH_OF_MULTI} wrong."))]
        #[schemars(length(min = MULTI_OPTIONS.least, max = MULTI_OPTIONS.most))]
        option: Vec<Choice>,
    },
    /// Pick the best and the worst reaction to a situation.
    Judgement {
        #[schemars(description = format!("{REACTIONS} reactions."))]
        #[schemars(length(min = REACTIONS.least, max = REACTIONS.most))]
        option: Vec<Reaction>,
    },
    /// Enter a number.
    Numeric {
        /// The number's unit, shown beside the field.
        #[schemars(length(min = 1))]
        unit: At<String>,
        /// The right number.
        value: f64,
        /// How far off an answer may be, in the same unit.
        #[schemars(range(min = 0.0))]
        tolerance: At<f64>,
        #[schemars(description = in_words("How the number is worked out"))]
        why: Text,
        /// Wrong numbers that come from known mistakes.
        #[schemars(length(min = SLIPS.least, max = SLIPS.most))]
        slip: Vec<Slip>,
    },
    /// Put steps in order.
    Ordering {
        /// Whether one swap of neighbours earns half.
        #[schemars(default)]
        partial: bool,
        #[schemars(description = format!("{STEPS} steps, in the only right order."))]
        #[schemars(length(min = STEPS.least, max = STEPS.most))]
        step: Vec<Step>,
    },
    /// Point at things in the figure.
    Diagram {
        #[schemars(description = format!("{TARGETS} things that readers can point at."))]
        #[schemars(length(min = TARGETS.least, max = TARGETS.most))]
        target: Vec<Target>,
    },
}

/// An option of a `single` or `multi` question.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Choice {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// What the option says: one paragraph of Markdown.
    pub(crate) text: Text,
    /// Whether the option is right.
    #[schemars(default)]
    pub(crate) key: bool,
    #[schemars(description = in_words("Why the option is right or wrong"))]
    pub(crate) why: Text,
    /// For a wrong option: the id in misconceptions.toml of the belief that makes a real engineer pick it.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// A reaction to a situation.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Reaction {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// What someone does: one paragraph of Markdown.
    pub(crate) text: Text,
    /// Whether it is the best reaction.
    #[schemars(default)]
    pub(crate) best: bool,
    /// Whether it is the worst reaction.
    #[schemars(default)]
    pub(crate) worst: bool,
    #[schemars(description = in_words("Why the reaction is good or bad"))]
    pub(crate) why: Text,
    /// For all but the best: the id in misconceptions.toml of the belief that makes a real engineer react
    /// like this.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// A wrong number that comes from a known mistake.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Slip {
    #[schemars(description = format!("The number, over {NEAR}% from the right one and other slips."))]
    pub(crate) value: At<f64>,
    #[schemars(description = in_words("What is wrong with the number"))]
    pub(crate) why: Text,
    /// The mistake's id in misconceptions.toml.
    #[schemars(length(min = 1))]
    pub(crate) misconception: At<String>,
}

/// A step, written in its right place.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Step {
    /// What is done: one paragraph of Markdown.
    pub(crate) text: Text,
    #[schemars(description = in_words("Why the step belongs here"))]
    pub(crate) why: Text,
    /// The id in misconceptions.toml of the belief that makes people put this step before the one above it.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

/// Something in the figure that readers can point at.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Target {
    #[schemars(skip)]
    pub(crate) line: usize,
    /// Its name in the figure.
    #[schemars(length(min = 1))]
    pub(crate) at: At<String>,
    /// Whether it is part of the answer.
    #[schemars(default)]
    pub(crate) key: bool,
    #[schemars(description = in_words("Why it is part of the answer or not"))]
    pub(crate) why: Text,
    /// For a wrong target: the id in misconceptions.toml of the belief that makes a real engineer point at
    /// it.
    #[schemars(length(min = 1))]
    pub(crate) misconception: Option<At<String>>,
}

fn in_words(explanation: &str) -> String {
    format!("{explanation}, in {WHY_WORDS} words.")
}
