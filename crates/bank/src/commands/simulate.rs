//! Simulated takers, which show how well a form measures people whose skills are known.
//!
//! Each taker is drawn from the model's own prior. The true parameters of items differ from the assigned
//! ones: difficulties have an error with standard deviation 0.6, slopes are lognormal around 1.15, and the
//! probability of guessing is between 0.08 and 0.30. They are drawn again for each taker, so results are
//! means over banks as well as over people. Selection and scoring are the app's own code.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::resume_unwind,
    path::Path,
    thread,
    time::Instant,
};

use clap::{Args, ValueEnum};
use serde::Serialize;
use sextant::quiz::{
    content::{
        bank::{Catalog, ItemEntry, ItemId},
        kind::ItemKind,
        reply::Reply,
        statement::Statement,
    },
    random::Random,
    scoring::{
        evidence::{Counted, Evidence},
        report::Report,
        stage::{Standing, reached},
    },
    scoring::{
        measure::{Posterior, Z_80, on_scale},
        model::{Model, difficulty},
    },
    taking::{
        form::Form,
        selection::next,
        session::{Answer, Mark, Session},
    },
};

use crate::{
    compile::in_memory,
    error::{Error, Result},
};

/// The standard deviation of the error of an assigned difficulty, in logits.
const DIFFICULTY_ERROR: f64 = 0.6;
/// The median of the true slopes of items that are scored right or wrong.
const SLOPE: f64 = 1.15;
/// The standard deviation of the logarithms of the true slopes.
const SLOPE_SPREAD: f64 = 0.25;
/// The range of the true probability of guessing among options.
const GUESSING: (f64, f64) = (0.08, 0.30);

/// What to simulate.
#[derive(Args)]
pub struct SimulateOptions {
    /// Only this form
    #[arg(long)]
    form: Option<FormName>,
    /// How many takers per form
    #[arg(long, default_value_t = 2000)]
    takers: u32,
    /// The seed of all randomness
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// The shipped bank, or a larger one: 40 items per skill, of mixed kinds
    #[arg(long, default_value = "shipped")]
    bank: BankName,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum FormName {
    Quick,
    Short,
    Full,
    Skill,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BankName {
    Shipped,
    Mixed,
}

/// Simulates takers, and returns how well each form measures them, as a table with a column per form or as
/// JSON.
pub fn simulate(questions: &Path, options: &SimulateOptions) -> Result<String> {
    let (mut catalog, _) = in_memory(questions)?;
    if options.bank == BankName::Mixed {
        mix(&mut catalog);
    }
    let forms = options.form.map_or(FormName::value_variants().to_vec(), |form| vec![form]);
    let accuracies: Vec<Accuracy> =
        forms.into_iter().map(|form| accuracy(&catalog, form, options.takers, options.seed)).collect();
    if !options.json {
        return Ok(table(&accuracies));
    }
    // A list, unless only one form was asked for.
    let json = match accuracies.as_slice() {
        [one] => serde_json::to_string_pretty(one),
        all => serde_json::to_string_pretty(all),
    };
    json.map_err(Error::Json)
}

/// Gives each skill 40 items, eight per level, of all kinds that are scored differently.
fn mix(catalog: &mut Catalog) {
    const KINDS: [ItemKind; 6] = [
        ItemKind::Single(4),
        ItemKind::Multi,
        ItemKind::Single(4),
        ItemKind::Numeric,
        ItemKind::Single(5),
        ItemKind::Judgement,
    ];
    for (at, skill) in catalog.skills.iter_mut().enumerate() {
        // Each row starts with the next kind, so that every level has all kinds.
        let kinds = (0..8).flat_map(|row| KINDS.into_iter().cycle().skip(row).take(5));
        skill.entries = (0..40_u8)
            .zip(kinds)
            .map(|(item, kind)| ItemEntry {
                id: ItemId(format!("{at}-{item}")),
                level: item % 5 + 1,
                kind,
                subtopic: usize::from(item) % 6,
                seconds: 40,
            })
            .collect();
    }
}

/// The outcome of one taker's form.
struct Taken {
    /// Estimate minus truth, and standard error, in logits, of each skill that the form measures.
    skills: Vec<(f64, f64)>,
    items: Vec<ItemId>,
    /// The stage that is the label.
    label: usize,
    /// The true stage.
    truth: usize,
    standing: Standing,
    /// How many gaps were flagged, and how many of them were true.
    gaps: (usize, usize),
    /// How many strengths were flagged, and how many of them were true.
    strengths: (usize, usize),
    /// Seconds per answer.
    answering: f64,
    /// Seconds for the report.
    reporting: f64,
}

/// How well a form measures, over all takers.
#[derive(Serialize)]
struct Accuracy {
    form: FormName,
    takers: u32,
    /// The mean standard error of a skill in logits.
    mean_se: f64,
    /// The root mean squared error of a skill in logits.
    rmse: f64,
    /// The mean error of a skill in logits.
    bias: f64,
    /// The share of 80% bands that contain the truth.
    coverage_80: f64,
    /// The share of labels that are the true stage; `None` if the form names no stage.
    exact_stage: Option<f64>,
    /// The share of labels at most one stage off.
    within_one_stage: Option<f64>,
    /// How often each wording was used and true.
    wordings: BTreeMap<&'static str, Hits>,
    gap_flags: Hits,
    strength_flags: Hits,
    mean_questions: f64,
    most_questions: usize,
    /// The five items that most takers saw, each with its share of those who could have seen it.
    most_shown: Vec<(String, f64)>,
    /// Microseconds to process an answer and to choose the next item.
    microseconds_per_answer: f64,
    /// Milliseconds to make the report.
    milliseconds_per_report: f64,
}

/// How often something was said, as a share of takers or a count per taker, and the share of times it was
/// true.
#[derive(Serialize, Default)]
struct Hits {
    said: f64,
    right: f64,
}

fn accuracy(catalog: &Catalog, form: FormName, takers: u32, seed: u32) -> Accuracy {
    let workers = thread::available_parallelism().map_or(1, |n| n.get() as u32);
    let taken: Vec<Taken> = thread::scope(|scope| {
        // Each taker has their own seed, so the results don't depend on the number of threads.
        let work = |worker| (worker..takers).step_by(workers as usize).map(|n| take(catalog, form, seed, n));
        let handles: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || work(worker).collect::<Vec<_>>())).collect();
        let taken =
            handles.into_iter().map(|handle| handle.join().unwrap_or_else(|panic| resume_unwind(panic)));
        taken.flatten().collect()
    });
    let n = taken.len().max(1) as f64;
    // In a form on one skill, only takers of that skill can see its items.
    let exposed = if form == FormName::Skill { n / catalog.skills.len().max(1) as f64 } else { n };
    let skills: Vec<(f64, f64)> = taken.iter().flat_map(|taken| taken.skills.iter().copied()).collect();
    let mean =
        |of: &dyn Fn(&(f64, f64)) -> f64| skills.iter().map(of).sum::<f64>() / skills.len().max(1) as f64;
    let share = |of: &dyn Fn(&Taken) -> bool| taken.iter().filter(|taken| of(taken)).count() as f64 / n;
    let flags = |of: &dyn Fn(&Taken) -> (usize, usize)| {
        let said: usize = taken.iter().map(|taken| of(taken).0).sum();
        let right: usize = taken.iter().map(|taken| of(taken).1).sum();
        Hits { said: said as f64 / n, right: right as f64 / said.max(1) as f64 }
    };
    let mut wordings: BTreeMap<&'static str, (f64, f64)> = BTreeMap::new();
    let mut shown: BTreeMap<&ItemId, f64> = BTreeMap::new();
    for taken in &taken {
        let (wording, right) = match taken.standing {
            Standing::At { stage, likely: true } => ("likely", stage == taken.truth),
            Standing::At { stage, likely: false } => ("probably", stage == taken.truth),
            Standing::Between(low, high) => ("between", (low..=high).contains(&taken.truth)),
            Standing::NotEnough { .. } => ("not enough answers", true),
        };
        let entry = wordings.entry(wording).or_default();
        entry.0 += 1.0;
        entry.1 += f64::from(u8::from(right));
        for item in &taken.items {
            *shown.entry(item).or_default() += 1.0 / exposed;
        }
    }
    let mut most_shown: Vec<(String, f64)> =
        shown.into_iter().map(|(id, share)| (id.0.clone(), share)).collect();
    most_shown.sort_by(|a, b| b.1.total_cmp(&a.1));
    most_shown.truncate(5);
    let staged = form != FormName::Skill;
    Accuracy {
        form,
        takers,
        mean_se: mean(&|(_, error)| *error),
        rmse: mean(&|(off, _)| off * off).sqrt(),
        bias: mean(&|(off, _)| *off),
        coverage_80: mean(&|(off, error)| f64::from(u8::from(off.abs() <= Z_80 * error))),
        exact_stage: staged.then(|| share(&|taken| taken.label == taken.truth)),
        within_one_stage: staged.then(|| share(&|taken| taken.label.abs_diff(taken.truth) <= 1)),
        wordings: wordings
            .into_iter()
            .map(|(wording, (said, right))| (wording, Hits { said: said / n, right: right / said }))
            .collect(),
        gap_flags: flags(&|taken| taken.gaps),
        strength_flags: flags(&|taken| taken.strengths),
        mean_questions: taken.iter().map(|taken| taken.items.len() as f64).sum::<f64>() / n,
        most_questions: taken.iter().map(|taken| taken.items.len()).max().unwrap_or(0),
        most_shown,
        microseconds_per_answer: taken.iter().map(|taken| taken.answering).sum::<f64>() / n * 1e6,
        milliseconds_per_report: taken.iter().map(|taken| taken.reporting).sum::<f64>() / n * 1e3,
    }
}

/// A standard normal random number (Box & Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let (u, v) = (1.0 - random.unit(), random.unit());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// An item's true model.
fn truth(kind: ItemKind, level: u8, random: &mut Random) -> Model {
    let off = DIFFICULTY_ERROR * normal(random);
    let slope = SLOPE * (SLOPE_SPREAD * normal(random)).exp();
    let guessing = GUESSING.0 + (GUESSING.1 - GUESSING.0) * random.unit();
    match kind.model(level) {
        Model::Guessing { a, c, .. } => Model::Guessing {
            a: a * slope,
            b: difficulty(level) + off,
            // Without options there is nothing to guess among.
            c: if matches!(kind, ItemKind::Single(_)) { guessing } else { c },
        },
        Model::Partial { a, steps } => {
            Model::Partial { a: a * slope, steps: steps.iter().map(|step| step + off).collect() }
        }
    }
}

fn take(catalog: &Catalog, name: FormName, seed: u32, taker: u32) -> Taken {
    let mut random = Random::new(seed, &format!("taker/{taker}"));
    let general = normal(&mut random);
    let abilities: Vec<f64> = catalog
        .skills
        .iter()
        .map(|skill| {
            let loading = f64::from(skill.loading) / 100.0;
            loading * general + (1.0 - loading * loading).sqrt() * normal(&mut random)
        })
        .collect();
    let tested = taker as usize % catalog.skills.len().max(1);
    let form = match name {
        FormName::Quick => Form::Quick,
        FormName::Short => Form::Short,
        FormName::Full => Form::Full,
        FormName::Skill => catalog.skills.get(tested).map_or(Form::Quick, Form::on_skill),
    };
    let session_seed = (random.unit() * f64::from(u32::MAX)) as u32;
    let mut session = Session::new(form, session_seed, 0);
    let mut evidence = Evidence { counted: Vec::new(), own: Vec::new(), repeated: 0, earlier: 0 };
    let mut posterior = Posterior::before(catalog);
    let nothing_seen = BTreeSet::new();
    let start = Instant::now();
    while let Some((skill, entry)) = next(catalog, &session, &nothing_seen, Some(&posterior)) {
        let Some(&theta) = abilities.get(skill) else { break };
        let score = answer(&truth(entry.kind, entry.level, &mut random), theta, &mut random);
        let mark = Mark { skill, level: entry.level, kind: entry.kind, score };
        evidence.own.push(mark);
        evidence.counted.push(Counted { mark, sure: None, weight: 1.0, own: true, started: 0 });
        // The reply doesn't matter here, because the score is already known.
        session.answer(Answer { item: entry.id.clone(), reply: Reply::DontKnow, at: 0, took: 0 });
        posterior.follow(&evidence.observed());
    }
    let answering = start.elapsed().as_secs_f64() / session.answers.len().max(1) as f64;
    let start = Instant::now();
    let report = Report::on(catalog, &evidence, &session.form, session_seed, Statement::default());
    let reporting = start.elapsed().as_secs_f64();

    let scores: Vec<f64> = abilities.iter().map(|theta| on_scale(*theta)).collect();
    let within_reach = catalog.within_reach(Statement::default());
    let required =
        report.next.and_then(|next| catalog.stages.get(next)).map(|stage| stage.required.as_slice());
    let flags = |flagged: Vec<usize>, below: bool| {
        let is_below = |&skill: &usize| {
            let required = required.and_then(|required| required.get(skill));
            required.zip(scores.get(skill)).is_some_and(|(required, score)| *score < f64::from(*required))
        };
        (flagged.len(), flagged.iter().filter(|skill| is_below(skill) == below).count())
    };
    let shown = |flagged: Vec<usize>| if report.is_full() { flagged } else { Vec::new() };
    Taken {
        skills: report
            .skills
            .iter()
            .zip(&abilities)
            .enumerate()
            .filter(|(skill, _)| name != FormName::Skill || *skill == tested)
            .map(|(_, (skill, theta))| (skill.estimate.theta - theta, skill.estimate.error))
            .collect(),
        items: session.answers.into_iter().map(|answer| answer.item).collect(),
        label: report.chances.label(),
        truth: reached(catalog.stages.get(..within_reach).unwrap_or_default(), &scores),
        standing: report.standing,
        gaps: flags(shown(report.gaps(catalog)), true),
        strengths: flags(shown(report.strengths()), false),
        answering,
        reporting,
    }
}

/// A random score, with the probabilities of the model at this ability.
fn answer(model: &Model, theta: f64, random: &mut Random) -> u8 {
    let mut left = random.unit();
    for score in 0..model.top() {
        left -= model.log_probability(score, theta).exp();
        if left < 0.0 {
            return score as u8;
        }
    }
    model.top() as u8
}

/// The title of a row in the table, and the cell of a form.
type Row = (&'static str, fn(&Accuracy) -> String);

const ROWS: [Row; 16] = [
    ("questions, mean", |f| format!("{:.1}", f.mean_questions)),
    ("questions, most", |f| f.most_questions.to_string()),
    ("standard error of a skill, mean", |f| format!("{:.2}", f.mean_se)),
    ("root mean squared error of a skill", |f| format!("{:.2}", f.rmse)),
    ("bias of a skill", |f| format!("{:+.2}", f.bias)),
    ("80% bands that contain the truth", |f| percent(f.coverage_80)),
    ("label is the true stage", |f| f.exact_stage.map_or(NONE.to_owned(), percent)),
    ("label at most one stage off", |f| f.within_one_stage.map_or(NONE.to_owned(), percent)),
    ("\"likely\" is true (share of takers)", |f| wording(f, "likely")),
    ("\"probably\" is true (share)", |f| wording(f, "probably")),
    ("\"between\" contains the truth (share)", |f| wording(f, "between")),
    ("gap flags that are true (per taker)", |f| flags(&f.gap_flags)),
    ("strength flags that are true (per taker)", |f| flags(&f.strength_flags)),
    ("most shown item, share of those who could see it", |f| {
        percent(f.most_shown.first().map_or(0.0, |(_, share)| *share))
    }),
    ("an answer, µs", |f| format!("{:.0}", f.microseconds_per_answer)),
    ("the report, ms", |f| format!("{:.1}", f.milliseconds_per_report)),
];

const NONE: &str = "–";

/// A share in percent. Simulation never proves that something is certain.
fn percent(share: f64) -> String {
    if (0.995..1.0).contains(&share) { ">99%".to_owned() } else { format!("{:.0}%", share * 100.0) }
}

fn wording(form: &Accuracy, name: &str) -> String {
    let used = form.wordings.get(name);
    used.map_or(NONE.to_owned(), |hits| format!("{} ({})", percent(hits.right), percent(hits.said)))
}

fn flags(hits: &Hits) -> String {
    if hits.said > 0.0 { format!("{} ({:.1})", percent(hits.right), hits.said) } else { NONE.to_owned() }
}

fn table(accuracies: &[Accuracy]) -> String {
    let line = |first: &str, cells: Vec<String>| format!("| {first} | {} |\n", cells.join(" | "));
    let names = accuracies.iter().map(|accuracy| match accuracy.form {
        FormName::Quick => "quick".to_owned(),
        FormName::Short => "short".to_owned(),
        FormName::Full => "full".to_owned(),
        FormName::Skill => "one skill".to_owned(),
    });
    let head = [line("figure", names.collect()), line("---", vec!["---".to_owned(); accuracies.len()])];
    let body = ROWS.map(|(title, cell)| line(title, accuracies.iter().map(cell).collect()));
    head.into_iter().chain(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder::tests::repository;
    use std::fs;

    fn simulated(form: FormName, takers: u32) -> Accuracy {
        accuracy(&in_memory(&repository("questions")).unwrap().0, form, takers, 7)
    }

    /// The numbers in a row of the table in `method.md`, without those in brackets.
    fn published(row: &str) -> Vec<Option<f64>> {
        let text = fs::read_to_string(repository("questions/method.md")).unwrap();
        let line = text.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap().to_owned();
        let number = |cell: &str| cell.split_whitespace().next()?.trim_matches(['%', '>']).parse().ok();
        line.trim_matches('|').split('|').skip(1).map(number).collect()
    }

    #[test]
    fn the_published_table_agrees_with_simulation() {
        // With 150 takers, shares are off by up to 12 points (three standard errors). Errors are off by far
        // less, because they are means over 15 skills per taker.
        let forms = [FormName::Quick, FormName::Short, FormName::Full, FormName::Skill];
        for (at, form) in forms.into_iter().enumerate() {
            let found = simulated(form, 150);
            let near = |row: &str, found: f64, by: f64| {
                let published = published(row)[at].unwrap();
                assert!(
                    (published - found).abs() <= by,
                    "{row}, form {at}: {found} here, {published} published"
                );
            };
            near("questions, mean", found.mean_questions, 0.3);
            near("standard error of a skill, mean", found.mean_se, 0.02);
            near("root mean squared error of a skill", found.rmse, 0.12);
            near("80% bands that contain the truth", 100.0 * found.coverage_80, 10.0);
            if let (Some(exact), Some(within)) = (found.exact_stage, found.within_one_stage) {
                near("label is the true stage", 100.0 * exact, 12.0);
                near("label at most one stage off", 100.0 * within, 3.0);
                assert!(within >= 0.98, "within one stage: {within}");
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_results() {
        let of = || {
            let mut accuracy = simulated(FormName::Quick, 20);
            accuracy.microseconds_per_answer = 0.0;
            accuracy.milliseconds_per_report = 0.0;
            serde_json::to_string(&accuracy).unwrap()
        };
        assert_eq!(of(), of());
    }
}
