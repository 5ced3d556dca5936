//! The rules for a single item, whatever else is in the bank.

use std::collections::BTreeMap;

use crate::{
    limits::{
        EACH_OF_MULTI, KEY_LENGTH, MULTI_OPTIONS, REACTIONS, SINGLE_OPTIONS, SLIPS, STEPS, Span, TARGETS,
        WHY_WORDS,
    },
    problem::{Malformed, Mistake},
    read::{
        fields::BankFile,
        items::{AuthoredItem, AuthoredTask, Choice, Part, Reaction, Slip, Step, Target},
    },
    rules::{catch_all, cues, numbers, reading, references::Known},
    text::{At, Text, highlight, markdown},
};

pub(crate) fn check(file: &BankFile<'_>, item: &AuthoredItem, known: &Known) {
    safe(file, &item.prompt);
    if item.prompt.prose().question.is_empty() && !item.prompt.value.is_empty() {
        file.report(item.prompt.line, Mistake::NoQuestion);
    }
    known_languages(file, &item.prompt);
    if let Some(figure) = &item.figure {
        for error in figure.value.problems() {
            file.report(figure.line, Mistake::Figure(error));
        }
    }
    match &item.task {
        AuthoredTask::Single { option } => {
            count(file, item.line, "options", option.len(), SINGLE_OPTIONS);
            single(file, item.line, option);
            key_is_not_the_long_one(file, "the key has", &item.task.parts());
            cues::check(file, item, option);
        }
        AuthoredTask::Multi { option } => {
            count(file, item.line, "options", option.len(), MULTI_OPTIONS);
            multi(file, item.line, option);
            key_is_not_the_long_one(file, "on average a key has", &item.task.parts());
        }
        AuthoredTask::Judgement { option } => {
            count(file, item.line, "options", option.len(), REACTIONS);
            judgement(file, item.line, option);
            key_is_not_the_long_one(file, "the best reaction has", &item.task.parts());
        }
        AuthoredTask::Numeric { unit, value, tolerance, why, slip } => {
            count(file, item.line, "slips", slip.len(), SLIPS);
            explanation(file, why);
            numeric(file, *value, tolerance, slip, unit.value.trim() == "%");
        }
        AuthoredTask::Ordering { step, .. } => {
            count(file, item.line, "steps", step.len(), STEPS);
            ordering(file, item.line, step);
        }
        AuthoredTask::Diagram { target } => {
            count(file, item.line, "targets", target.len(), TARGETS);
            diagram(file, item, target);
        }
    }
    let parts = item.task.parts();
    for part in &parts {
        explanation(file, part.why);
        believed(file, &item.task, part, known);
    }
    texts_differ(file, &parts);
    reading::check(file, item, known);
}

fn count(file: &BankFile<'_>, line: usize, of: &'static str, count: usize, wanted: Span) {
    if !wanted.contains(count) {
        file.report(line, Mistake::PartCount { of, count, wanted });
    }
}

fn explanation(file: &BankFile<'_>, why: &Text) {
    one_paragraph(file, "why", why);
    let words = why.word_count();
    if words > 0 && !WHY_WORDS.contains(words) {
        file.report(why.line, Mistake::WhyLength { words });
    }
}

/// A wrong part names a misconception that exists, and a right one names none.
fn believed(file: &BankFile<'_>, task: &AuthoredTask, part: &Part<'_>, known: &Known) {
    let is_step = matches!(task, AuthoredTask::Ordering { .. });
    match part.misconception {
        Some(named) if part.right && !is_step => file.report(named.line, Mistake::KeyWithMisconception),
        Some(named) => known.misconception(file, named),
        None if !part.right => file.report(part.line, Mistake::WrongWithoutMisconception),
        None => {}
    }
}

fn texts_differ(file: &BankFile<'_>, parts: &[Part<'_>]) {
    let mut seen: Vec<&Text> = Vec::new();
    for text in parts.iter().filter_map(|part| part.text) {
        one_paragraph(file, "text", text);
        if let Some(phrase) = catch_all::phrase(text.plain()) {
            file.report(text.line, Mistake::CatchAll { phrase });
        }
        if text.value.is_empty() {
            continue;
        }
        let says = text.says();
        if let Some(other) = seen.iter().find(|other| other.says() == says) {
            file.report(text.line, Mistake::DuplicateOption { line: other.line });
        } else if let Some(other) = seen.iter().find(|other| numbers::differ_little(&other.says(), &says)) {
            let (a, b) = (format!("\"{}\"", other.plain()), format!("\"{}\"", text.plain()));
            file.report(text.line, Mistake::NumbersTooNear { a, b });
        }
        seen.push(text);
    }
}

fn single(file: &BankFile<'_>, line: usize, options: &[Choice]) {
    let keys = options.iter().filter(|option| option.key).count();
    if keys != 1 {
        file.report(line, Mistake::KeyCount { count: keys });
    }
}

/// Compares the mean lengths of right and wrong parts. Authors tend to qualify what is right.
fn key_is_not_the_long_one(file: &BankFile<'_>, keys: &'static str, parts: &[Part<'_>]) {
    let of = |right: bool| {
        let texts = parts.iter().filter(move |part| part.right == right).filter_map(|part| part.text);
        texts.map(|text| (1, text.plain().chars().count())).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    let ((right, key), (wrong, others)) = (of(true), of(false));
    // key / right > 1.5 × others / wrong, in whole numbers.
    if right > 0 && wrong > 0 && 10 * key * wrong > KEY_LENGTH * others * right {
        let line =
            parts.iter().find(|part| part.right).and_then(|part| part.text).map_or(0, |text| text.line);
        file.report(line, Mistake::KeyTooLong { keys, key: key / right, mean: others / wrong });
    }
}

fn multi(file: &BankFile<'_>, line: usize, options: &[Choice]) {
    let keys = options.iter().filter(|option| option.key).count();
    let wrong = options.len() - keys;
    if keys < EACH_OF_MULTI || wrong < EACH_OF_MULTI {
        file.report(line, Mistake::KeysAndWrong { keys, wrong });
    }
}

fn judgement(file: &BankFile<'_>, line: usize, reactions: &[Reaction]) {
    let best = reactions.iter().filter(|reaction| reaction.best).count();
    let worst = reactions.iter().filter(|reaction| reaction.worst).count();
    let both = reactions.iter().any(|reaction| reaction.best && reaction.worst);
    if best != 1 || worst != 1 || both {
        file.report(line, Mistake::BestAndWorst { best, worst });
    }
}

fn numeric(file: &BankFile<'_>, value: f64, tolerance: &At<f64>, slips: &[Slip], percent: bool) {
    if tolerance.value < 0.0 {
        file.report(tolerance.line, Mistake::NegativeTolerance);
    }
    let near = |a: f64, b: f64| numbers::near(a, b, percent) || (a - b).abs() <= 2.0 * tolerance.value;
    for (at, slip) in slips.iter().enumerate() {
        let others = slips.iter().take(at).map(|other| other.value.value);
        if let Some(other) = std::iter::once(value).chain(others).find(|other| near(*other, slip.value.value))
        {
            let mistake = Mistake::NumbersTooNear { a: other.to_string(), b: slip.value.value.to_string() };
            file.report(slip.value.line, mistake);
        }
    }
}

fn ordering(file: &BankFile<'_>, line: usize, steps: &[Step]) {
    if let Some(named) = steps.first().and_then(|step| step.misconception.as_ref()) {
        file.report(named.line, Mistake::FirstStepTooEarly);
    }
    if steps.iter().all(|step| step.misconception.is_none()) {
        file.report(line, Mistake::NoStepTooEarly);
    }
}

fn diagram(file: &BankFile<'_>, item: &AuthoredItem, targets: &[Target]) {
    let keys = targets.iter().filter(|target| target.key).count();
    if keys == 0 || keys == targets.len() {
        file.report(item.line, Mistake::TargetKeys { keys, targets: targets.len() });
    }
    match &item.figure {
        None => file.report(item.line, Mistake::NoFigure),
        Some(figure) => {
            let known = figure.value.names();
            for at in targets.iter().map(|target| &target.at).filter(|at| !at.value.is_empty()) {
                if !known.contains(&at.value) {
                    let mistake = Mistake::UnknownTarget { name: at.value.clone(), known: known.clone() };
                    file.report(at.line, mistake);
                }
            }
        }
    }
    in_order(file, item, targets);
    let mut seen = BTreeMap::new();
    for at in targets.iter().map(|target| &target.at).filter(|at| !at.value.is_empty()) {
        if let Some(line) = seen.insert(&at.value, at.line) {
            file.report(at.line, Mistake::DuplicateOption { line });
        }
    }
}

/// Keyboards and screen readers reach targets in the order written. Any order but the figure's would be
/// confusing, and keys first would give the answer away.
fn in_order(file: &BankFile<'_>, item: &AuthoredItem, targets: &[Target]) {
    let names = item.figure.as_ref().map_or_else(Vec::new, |figure| figure.value.names());
    let place = |target: &Target| names.iter().position(|name| *name == target.at.value);
    let mut last: Option<(usize, &str)> = None;
    for target in targets {
        let Some(place) = place(target) else { continue };
        if let Some((_, before)) = last.filter(|(last, _)| place < *last) {
            let (name, before) = (target.at.value.clone(), before.to_owned());
            file.report(target.at.line, Mistake::TargetOrder { name, before });
            return;
        }
        last = Some((place, &target.at.value));
    }
}

/// Only prompts have code blocks, since all other texts are a single paragraph.
fn known_languages(file: &BankFile<'_>, prompt: &Text) {
    let known = highlight::languages();
    for language in markdown::languages(&prompt.value) {
        if !known.contains(&language.as_str()) {
            file.report(prompt.line, Malformed::UnknownLanguage { language, known: known.clone() });
        }
    }
}

/// Reports what no Markdown may contain. Returns whether it is free of raw HTML, which can cause other
/// findings.
pub(crate) fn safe(file: &BankFile<'_>, text: &Text) -> bool {
    let prose = text.prose();
    if let Some(url) = &prose.link {
        file.report(text.line, Malformed::NotHttps { url: url.clone() });
    }
    if let Some(url) = &prose.image {
        file.report(text.line, Malformed::Image { url: url.clone() });
    }
    if let Some(html) = &prose.html {
        file.report(text.line, Malformed::RawHtml { html: html.clone() });
    }
    prose.html.is_none()
}

pub(crate) fn one_paragraph(file: &BankFile<'_>, field: &'static str, text: &Text) {
    if safe(file, text) && !text.value.is_empty() && !text.prose().one_paragraph {
        file.report(text.line, Malformed::NotOneParagraph { field });
    }
}
