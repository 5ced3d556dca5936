//! Advice on items that are hard to read, or whose sources may have changed.

use crate::{
    limits::{CODE_LINES, OPTION_WORDS, PROMPT_WORDS, REVIEW_DAYS, SENTENCE_WORDS, SITUATION_WORDS},
    problem::Advice,
    read::{
        fields::BankFile,
        items::{AuthoredItem, AuthoredTask},
    },
    rules::references::Known,
    text::{Text, prose::Prose},
};

/// A message shows this many words of a long sentence.
const WORDS_SHOWN: usize = 4;

pub(crate) fn check(file: &BankFile<'_>, item: &AuthoredItem, known: &Known) {
    let prompt = item.prompt.prose();
    let most =
        if matches!(item.task, AuthoredTask::Judgement { .. }) { SITUATION_WORDS } else { PROMPT_WORDS };
    if prompt.words > most {
        file.report(item.prompt.line, Advice::LongPrompt { words: prompt.words, most });
    }
    if prompt.code_lines > CODE_LINES {
        file.report(item.prompt.line, Advice::LongCode { lines: prompt.code_lines });
    }
    if let Some((word, false)) = negation(prompt) {
        file.report(item.prompt.line, Advice::PlainNegation { word });
    }
    sentences(file, item.prompt.line, prompt);
    if let AuthoredTask::Numeric { why, .. } = &item.task {
        sentences(file, why.line, why.prose());
    }
    for part in item.task.parts() {
        if let Some(text) = part.text {
            option(file, text);
        }
        sentences(file, part.why.line, part.why.prose());
    }
    review(file, item, known);
}

fn option(file: &BankFile<'_>, text: &Text) {
    let prose = text.prose();
    if prose.words > OPTION_WORDS {
        file.report(text.line, Advice::LongOption { words: prose.words });
    }
    sentences(file, text.line, prose);
}

fn sentences(file: &BankFile<'_>, line: usize, prose: &Prose) {
    for (sentence, words) in prose.sentences().filter(|(_, words)| *words > SENTENCE_WORDS) {
        let start: Vec<&str> = sentence.split_whitespace().take(WORDS_SHOWN).collect();
        file.report(line, Advice::LongSentence { words, start: start.join(" ") });
    }
}

/// The question's first negation that isn't emphasized, or else its first one, and whether it is emphasized.
///
/// "Least" counts only in "least likely": elsewhere it asks for the smallest of something.
pub(crate) fn negation(prompt: &Prose) -> Option<(String, bool)> {
    let words: Vec<(&str, bool)> = prompt.question().collect();
    let mut found: Option<(String, bool)> = None;
    for (at, (word, emphasized)) in words.iter().enumerate() {
        let lower = word.to_lowercase().replace('’', "'");
        let next = words.get(at + 1).map_or("", |(next, _)| *next);
        let negates = matches!(
            lower.as_str(),
            "not" | "never" | "except" | "cannot" | "neither" | "nor" | "incorrect" | "false"
        ) || lower.ends_with("n't")
            || (lower == "least" && next == "likely");
        if negates && found.as_ref().is_none_or(|(_, emphasized_before)| *emphasized_before && !emphasized) {
            found = Some((lower, *emphasized));
        }
    }
    found
}

fn review(file: &BankFile<'_>, item: &AuthoredItem, known: &Known) {
    let days = known.days_since(&item.reviewed.value);
    // East of Greenwich it may already be tomorrow.
    if days < -1 {
        file.report(item.reviewed.line, Advice::LaterReview { reviewed: item.reviewed.value.clone() });
    }
    if days <= REVIEW_DAYS {
        return;
    }
    if let Some(cited) = item.sources.iter().find(|cited| known.is_living(&cited.key.value)) {
        let (reviewed, source_key) = (item.reviewed.value.clone(), cited.key.value.clone());
        file.report(item.reviewed.line, Advice::OldReview { reviewed, source_key });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_in_the_question_is_found() {
        for (prompt, expected) in [
            ("Not here.\n\nWhich one holds?", None),
            ("Which one does not hold?", Some(("not", false))),
            ("Which one does **not** hold?", Some(("not", true))),
            ("Which one doesn't hold?", Some(("doesn't", false))),
            ("Which **cannot** hold, and *why* not?", Some(("not", false))),
            ("Which design reads the least?", None),
            ("Which is the least likely cause?", Some(("least", false))),
            ("Why is `not` there?", None),
            ("Which holds in every note?", None),
            ("It does not answer. Which holds?", None),
            ("It answers. Which of them is incorrect?", Some(("incorrect", false))),
            ("Which is false?", Some(("false", false))),
            ("Which is neither?", Some(("neither", false))),
            ("Which writes **nor** reads?", Some(("nor", true))),
        ] {
            let found = negation(&Prose::new(prompt));
            assert_eq!(found, expected.map(|(word, emphasized)| (word.to_owned(), emphasized)), "{prompt}");
        }
    }
}
