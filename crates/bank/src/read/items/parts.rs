//! What all kinds of question have in common, as the rules see it.

use crate::{
    read::items::{AuthoredTask, Choice, Kind, Target},
    text::{At, Text},
};

/// What the rules see of an option, a reaction, a step, a target or a slip.
pub(crate) struct Part<'a> {
    pub(crate) line: usize,
    /// What a reader reads; `None` for targets and slips, which have only a name or a number.
    pub(crate) text: Option<&'a Text>,
    /// Whether it is right by itself: a key, the best reaction, any step.
    pub(crate) right: bool,
    pub(crate) why: &'a Text,
    pub(crate) misconception: Option<&'a At<String>>,
}

impl AuthoredTask {
    /// The name of its kind, as authors write it.
    pub(crate) fn kind(&self) -> &'static str {
        Kind::from(self).into()
    }

    /// The options of a single best answer, to which the rules on keys apply.
    pub(crate) fn single(&self) -> Option<&[Choice]> {
        match self {
            Self::Single { option } => Some(option),
            _ => None,
        }
    }

    /// What a reader can point at.
    pub(crate) fn targets(&self) -> &[Target] {
        match self {
            Self::Diagram { target } => target,
            _ => &[],
        }
    }

    /// Its parts in the order written.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        match self {
            Self::Single { option } | Self::Multi { option } => option
                .iter()
                .map(|option| Part {
                    line: option.line,
                    text: Some(&option.text),
                    right: option.key,
                    why: &option.why,
                    misconception: option.misconception.as_ref(),
                })
                .collect(),
            Self::Judgement { option } => option
                .iter()
                .map(|reaction| Part {
                    line: reaction.line,
                    text: Some(&reaction.text),
                    right: reaction.best,
                    why: &reaction.why,
                    misconception: reaction.misconception.as_ref(),
                })
                .collect(),
            Self::Numeric { slip, .. } => slip
                .iter()
                .map(|slip| Part {
                    line: slip.value.line,
                    text: None,
                    right: false,
                    why: &slip.why,
                    misconception: Some(&slip.misconception),
                })
                .collect(),
            Self::Ordering { step, .. } => step
                .iter()
                .map(|step| Part {
                    line: step.text.line,
                    text: Some(&step.text),
                    right: true,
                    why: &step.why,
                    misconception: step.misconception.as_ref(),
                })
                .collect(),
            Self::Diagram { target } => target
                .iter()
                .map(|target| Part {
                    line: target.line,
                    text: None,
                    right: target.key,
                    why: &target.why,
                    misconception: target.misconception.as_ref(),
                })
                .collect(),
        }
    }
}
