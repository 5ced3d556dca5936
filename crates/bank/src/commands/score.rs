//! Scores answers, so that anyone can check a result or use the model elsewhere.

use std::path::Path;

use serde::{Deserialize, Serialize, Serializer, ser::Error as _};
use serde_json::{Value, value::RawValue};
use sextant::quiz::{
    content::{
        bank::{Catalog, Shards},
        reply::Sure,
    },
    saved::{
        file::{Contents, ExportFile, FileError, decoded},
        history::History,
        label::stage_in_words,
    },
    scoring::{
        advice::Raise,
        confidence::{Calibration, Verdict},
        report::{Report, SkillReport},
        stage::Standing,
    },
    scoring::{
        measure::{Estimate, Observed, Posterior},
        model::Model,
    },
};

use crate::{
    compile::in_memory,
    error::{Error, Result},
};

/// Scores JSON, which is either scored items or an exported result in any encoding that the app imports, and returns JSON.
pub fn score(questions: &Path, json: &[u8]) -> Result<String> {
    let text = decoded(json).ok_or(Error::NotAnExport(FileError::NotText))?;
    scored(&text, || in_memory(questions))
}

fn scored(text: &str, bank: impl FnOnce() -> Result<(Catalog, Shards)>) -> Result<String> {
    let value: Value = serde_json::from_str(text).map_err(Error::NotJson)?;
    // Both branches read the text again, so that their errors have line numbers.
    if value.get("format").is_some() {
        let contents = ExportFile::read(text.as_bytes()).map_err(Error::NotAnExport)?;
        let (catalog, shards) = bank()?;
        return write(&of_export(&catalog, &shards, &contents)?);
    }
    let input: Input = serde_json::from_str(text).map_err(Error::NotScores)?;
    write(&of_items(&input)?)
}

fn write(output: &impl Serialize) -> Result<String> {
    serde_json::to_string(output).map_err(Error::Json)
}

/// Skills with scored items.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    skills: Vec<SkillItems>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SkillItems {
    id: String,
    lambda: f64,
    items: Vec<ScoredItem>,
}

#[derive(Deserialize)]
#[serde(tag = "model", rename_all = "lowercase", deny_unknown_fields)]
enum ScoredItem {
    #[serde(rename = "3pl")]
    Guessing {
        a: f64,
        b: f64,
        c: f64,
        x: usize,
    },
    Gpcm {
        a: f64,
        steps: Vec<f64>,
        x: usize,
    },
}

#[derive(Serialize)]
struct Output {
    skills: Vec<SkillEap>,
}

#[derive(Serialize)]
struct SkillEap {
    id: String,
    eap: Six,
    se: Six,
}

/// A number that is written with six decimals.
struct Six(f64);

impl Serialize for Six {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = format!("{:.6}", self.0);
        // A number that rounds to zero has no sign.
        let text = if text == "-0.000000" { "0.000000".to_owned() } else { text };
        RawValue::from_string(text).map_err(S::Error::custom)?.serialize(serializer)
    }
}

fn of_items(input: &Input) -> Result<Output> {
    let mut observed = Vec::new();
    for (at, skill) in input.skills.iter().enumerate() {
        if input.skills.iter().take(at).any(|other| other.id == skill.id) {
            return Err(Error::DuplicateSkill { id: skill.id.clone() });
        }
        if !(0.0..=0.99).contains(&skill.lambda) {
            return Err(Error::Lambda { skill: skill.id.clone(), lambda: skill.lambda });
        }
        for (number, item) in skill.items.iter().enumerate() {
            let (model, score) = item.model().map_err(|why| Error::BadItem {
                skill: skill.id.clone(),
                number: number + 1,
                why,
            })?;
            observed.push(Observed { skill: at, model, score, weight: 1.0 });
        }
    }
    let mut posterior = Posterior::new(input.skills.iter().map(|skill| skill.lambda));
    posterior.follow(&observed);
    let estimates = (0..input.skills.len()).filter_map(|at| Some(posterior.skill(at)?.estimate()));
    let skills = input.skills.iter().zip(estimates).map(|(skill, estimate)| SkillEap {
        id: skill.id.clone(),
        eap: Six(estimate.theta),
        se: Six(estimate.error),
    });
    Ok(Output { skills: skills.collect() })
}

impl ScoredItem {
    fn model(&self) -> Result<(Model, usize), String> {
        let (a, difficulties, model, x) = match self {
            Self::Guessing { a, b, c, x } => {
                if !(0.0..1.0).contains(c) {
                    return Err(format!("c is {c:?}; write a number from 0 to below 1"));
                }
                (*a, std::slice::from_ref(b), Model::Guessing { a: *a, b: *b, c: *c }, *x)
            }
            Self::Gpcm { a, steps, x } => {
                if steps.is_empty() {
                    return Err("steps is empty; write one difficulty for each score above 0".into());
                }
                (*a, steps.as_slice(), Model::Partial { a: *a, steps: steps.clone() }, *x)
            }
        };
        if !(a > 0.0 && a <= 100.0) {
            return Err(format!("a is {a:?}; write a number above 0 and up to 100"));
        }
        if let Some(b) = difficulties.iter().find(|b| b.abs() > 1000.0) {
            return Err(format!("a difficulty is {b:?}; write a number from -1000 to 1000"));
        }
        if x > model.top() {
            return Err(format!("x is {x}; the item's highest score is {}", model.top()));
        }
        Ok((model, x))
    }
}

/// A report, with what the result page shows of it.
#[derive(Serialize)]
struct ScoredReport {
    session: String,
    /// The stage in the words of the page's heading; `None` if the page names no stage.
    stage: Option<String>,
    /// Whether the heading calls the stage likely; `None` if it doesn't name a single stage.
    likely: Option<bool>,
    answered: usize,
    right: usize,
    repeated: usize,
    earlier: usize,
    overall: Estimated,
    /// Empty after a quick check; one skill after a form on one skill.
    skills: Vec<SkillFigures>,
    /// From here to `raises`, only after a form that measures all skills.
    stages: Vec<StageFigures>,
    needle: Option<[Six; 3]>,
    next: Option<String>,
    gaps: Vec<String>,
    strengths: Vec<String>,
    raises: Option<Vec<RaiseFigures>>,
    missed: Vec<Missed>,
    misconceptions: Vec<Misconception>,
    calibration: Option<CalibrationFigures>,
}

#[derive(Serialize)]
struct Estimated {
    eap: Six,
    se: Six,
    score: i64,
    margin: i64,
}

#[derive(Serialize)]
struct SkillFigures {
    id: String,
    #[serde(flatten)]
    estimated: Estimated,
    answered: usize,
    right: usize,
    below_next: Option<Six>,
}

#[derive(Serialize)]
struct StageFigures {
    id: String,
    share: Six,
    /// How many points the weighted average is above the requirement.
    margin: Six,
    held_back: Vec<String>,
}

#[derive(Serialize)]
struct Missed {
    skill: String,
    topic: String,
}

#[derive(Serialize)]
struct Misconception {
    skill: String,
    question: usize,
    sure: Sure,
}

#[derive(Serialize)]
struct RaiseFigures {
    id: String,
    from: i64,
    to: i64,
}

#[derive(Serialize)]
struct CalibrationFigures {
    answers: usize,
    brier: Six,
    /// The score of each session with enough answers, by the time at which it started.
    trend: Vec<(u64, Six)>,
    marks: i32,
    marks_at_most: i32,
    buttons: Vec<ButtonFigures>,
    skills: Vec<BiasFigures>,
}

#[derive(Serialize)]
struct ButtonFigures {
    sure: Sure,
    answers: usize,
    right: usize,
    interval: [Six; 2],
    verdict: &'static str,
}

#[derive(Serialize)]
struct BiasFigures {
    id: String,
    answers: usize,
    bias: Six,
}

fn of_export(catalog: &Catalog, shards: &Shards, contents: &Contents) -> Result<ScoredReport> {
    let history = History::of(&contents.entries);
    // An export of everything is scored by its latest result.
    let latest =
        || history.sessions.iter().rfind(|session| session.finished).map(|session| session.id().to_string());
    let id = contents.result.clone().or_else(latest).ok_or(Error::NoResult)?;
    let session = id.parse().ok().and_then(|id| history.session(id));
    let session = session.ok_or_else(|| Error::NoSession { id: id.clone() })?;
    // All shards are in memory, so none is missing.
    let report = Report::new(catalog, shards, &history.sessions, session, history.statement)
        .map_err(|_| Error::NoSession { id: id.clone() })?;
    let skill = |at: usize| catalog.skills.get(at).map_or_else(String::new, |skill| skill.id.0.clone());
    let stage = |at: usize| catalog.stages.get(at).map(|stage| stage.id.clone());
    // The page shows only what the form measures.
    let is_shown = |result: &SkillReport| report.form.measures_skills() && result.answered > 0;
    let measured = report.skills.iter().enumerate().filter(|(_, result)| is_shown(result));
    let skills = measured.map(|(at, result)| SkillFigures {
        id: skill(at),
        estimated: result.estimate.into(),
        answered: result.answered,
        right: result.right,
        below_next: result.below_next.filter(|_| report.form.covers_all_skills()).map(Six),
    });
    let full = report.is_full();
    let stages = report.chances.shares.iter().zip(&report.checks).enumerate().filter(|_| full);
    let stages = stages.map(|(at, (share, check))| StageFigures {
        id: stage(at).unwrap_or_default(),
        share: Six(*share),
        margin: Six(check.margin),
        held_back: check.held_back.iter().copied().map(skill).collect(),
    });
    let raises = report.raises.as_ref().map(|raises| {
        let raise = |raise: &Raise| RaiseFigures {
            id: skill(raise.skill),
            from: raise.from.round() as i64,
            to: raise.to.round() as i64,
        };
        raises.iter().map(raise).collect()
    });
    let missed = report.missed.iter().map(|missed| Missed {
        skill: skill(missed.skill),
        topic: catalog
            .skills
            .get(missed.skill)
            .and_then(|skill| skill.subtopics.get(missed.subtopic).cloned())
            .unwrap_or_default(),
    });
    let held = report.held.iter().map(|held| Misconception {
        skill: skill(held.skill),
        question: held.question,
        sure: held.sure,
    });
    let names = |flagged: Vec<usize>| flagged.into_iter().filter(|_| full).map(skill).collect();
    let ((low, high), needle) = (report.chances.wedge, report.chances.needle);
    Ok(ScoredReport {
        session: id,
        stage: stage_in_words(catalog, report.standing, history.statement).filter(|_| report.names_stage()),
        likely: match report.standing {
            Standing::At { likely, .. } if report.names_stage() => Some(likely),
            _ => None,
        },
        answered: report.answered,
        right: report.right,
        repeated: report.repeated,
        earlier: report.earlier,
        overall: report.overall.into(),
        skills: skills.collect(),
        stages: stages.collect(),
        needle: full.then_some([Six(needle), Six(low), Six(high)]),
        next: report.next.filter(|_| full).and_then(stage),
        gaps: names(report.gaps(catalog)),
        strengths: names(report.strengths()),
        raises,
        missed: missed.collect(),
        misconceptions: held.collect(),
        calibration: report.calibration.as_ref().map(|c| calibration(c, skill)),
    })
}

impl From<Estimate> for Estimated {
    fn from(estimate: Estimate) -> Self {
        Self {
            eap: Six(estimate.theta),
            se: Six(estimate.error),
            score: estimate.score().round() as i64,
            margin: estimate.margin().round() as i64,
        }
    }
}

fn calibration(from: &Calibration, skill: impl Fn(usize) -> String) -> CalibrationFigures {
    let buttons = from.buttons.iter().map(|button| ButtonFigures {
        sure: button.sure,
        answers: button.answers,
        right: button.right,
        interval: [Six(button.interval.0), Six(button.interval.1)],
        verdict: match button.verdict {
            Verdict::Over => "over-confident",
            Verdict::Under => "under-confident",
            Verdict::Fits => "fits",
        },
    });
    let skills = from.skills.iter().map(|bias| BiasFigures {
        id: skill(bias.skill),
        answers: bias.answers,
        bias: Six(bias.bias),
    });
    CalibrationFigures {
        answers: from.answers,
        brier: Six(from.brier),
        trend: from.trend.iter().map(|(at, brier)| (*at, Six(*brier))).collect(),
        marks: from.marks,
        marks_at_most: from.marks_at_most,
        buttons: buttons.collect(),
        skills: skills.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::repository;

    fn no_bank() -> Result<(Catalog, Shards)> {
        panic!("scored items need no bank")
    }

    fn line(text: &str) -> String {
        scored(text, no_bank).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn scored_items_give_estimates_with_six_decimals() {
        let vector = r#"[{"model":"3pl","a":1,"b":-2,"c":0.2,"x":1},{"model":"3pl","a":1,"b":-1,"c":0.2,"x":1},
            {"model":"3pl","a":1,"b":0,"c":0.2,"x":1},{"model":"3pl","a":1,"b":1,"c":0.2,"x":0},
            {"model":"3pl","a":1,"b":2,"c":0.2,"x":0}]"#;
        assert_eq!(
            line(&format!(r#"{{"skills":[{{"id":"a","lambda":0,"items":{vector}}}]}}"#)),
            r#"{"skills":[{"id":"a","eap":0.117378,"se":0.796064}]}"#
        );
        assert_eq!(
            line(r#"{"skills":[{"id":"a","lambda":0.95,"items":[]}]}"#),
            r#"{"skills":[{"id":"a","eap":0.000000,"se":1.000000}]}"#
        );
        // With one step, the generalized partial credit model is the model without guessing.
        let of = |item: &str| line(&format!(r#"{{"skills":[{{"id":"a","lambda":0.5,"items":[{item}]}}]}}"#));
        assert_eq!(
            of(r#"{"model":"gpcm","a":0.7,"steps":[0.5],"x":1}"#),
            of(r#"{"model":"3pl","a":0.7,"b":0.5,"c":0,"x":1}"#)
        );
        assert_eq!(line(r#"{"skills":[]}"#), r#"{"skills":[]}"#);
    }

    #[test]
    fn bad_input_is_an_error() {
        let item = |item: &str| line(&format!(r#"{{"skills":[{{"id":"a","lambda":0,"items":[{item}]}}]}}"#));
        for (found, expected) in [
            (line("{"), "standard input is not valid JSON"),
            (line("{}"), "missing field `skills`"),
            (line(r#"{"skills":[{"id":"a","lambda":1,"items":[]}]}"#), "lambda of `a` is 1.0"),
            (item(r#"{"model":"2pl","a":1,"b":0,"x":1}"#), "unknown variant `2pl`"),
            (item(r#"{"model":"3pl","a":1,"b":0,"c":1,"x":1}"#), "item 1 of `a`: c is 1.0"),
            (item(r#"{"model":"3pl","a":-1,"b":0,"c":0,"x":1}"#), "item 1 of `a`: a is -1.0"),
            (item(r#"{"model":"3pl","a":1,"b":1e300,"c":0,"x":1}"#), "item 1 of `a`: a difficulty is"),
            (item(r#"{"model":"3pl","a":1,"b":0,"c":0,"x":2}"#), "the item's highest score is 1"),
            (item(r#"{"model":"gpcm","a":1,"steps":[],"x":0}"#), "steps is empty"),
            (line(r#"{"format":1}"#), "missing field `session`"),
            (line(r#"{"format":9}"#), "A later version"),
            (line("{\"skills\":\n[{\"id\":1}]}"), "at line 2"),
            (
                line(r#"{"skills":[{"id":"a","lambda":0,"items":[]},{"id":"a","lambda":0,"items":[]}]}"#),
                "twice",
            ),
        ] {
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn an_exported_result_gives_the_report() {
        let questions = repository("questions");
        let score = |json: &str| score(&questions, json.as_bytes());
        let export = include_str!("../../../../tests/saved/export-1.json");
        let figures: Value = serde_json::from_str(&score(export).unwrap()).unwrap();
        assert_eq!(
            score(&format!("\u{feff}{export}")).unwrap(),
            score(export).unwrap(),
            "as an editor saves it"
        );
        assert_eq!(figures["answered"], 15);
        assert!(figures["stage"].as_str().unwrap().starts_with("Between "));
        assert_eq!(figures["skills"], serde_json::json!([]), "a quick check measures no skill");
        assert_eq!(figures["missed"].as_array().unwrap().len(), 15 - 9);
        assert_eq!(figures["misconceptions"].as_array().unwrap().len(), 5);

        // The same answers as if they came from a longer form: everything is shown.
        let longer = export.replace("\"form\":\"quick\"", "\"form\":\"short\"");
        let figures: Value = serde_json::from_str(&score(&longer).unwrap()).unwrap();
        assert_eq!(figures["skills"].as_array().unwrap().len(), 15);
        let shares: f64 =
            figures["stages"].as_array().unwrap().iter().map(|s| s["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 1e-5);

        let other = export.replace("\"format\":1", "\"format\":3");
        let error = score(&other).unwrap_err().to_string();
        assert!(error.contains("format 3"), "{error}");
        let empty = score(r#"{"format":2,"exported":0}"#).unwrap_err();
        assert!(empty.to_string().contains("no finished quiz"), "{empty}");
        let gone = export.replacen("\"session\":\"", "\"session\":\"x", 1);
        let error = score(&gone).unwrap_err().to_string();
        assert!(error.contains("was saved from session"), "{error}");
    }
}
