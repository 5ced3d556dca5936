//! Simulated takers: how well a form measures people whose skills are known.
//!
//! Each taker is drawn from the model's own prior. Their answers come from items that differ from what the bank
//! assigns: difficulties are off by a standard deviation of 0.6, slopes are lognormal around 1.15, and the
//! chance of guessing is anything from 0.08 to 0.30. The items' truth is drawn anew for each taker, so figures
//! are means over banks as well as over people. Selection and scoring are the app's own code.

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
        bank::{Catalog, Entry, ItemId},
        reply::Reply,
        statement::Statement,
    },
    random::Random,
    scoring::{
        evidence::{Counted, Evidence},
        measure::Posterior,
        model::{ItemKind, Model, difficulty},
        report::Report,
        stage::{Standing, reached},
    },
    taking::{
        form::Form,
        selection::next,
        session::{Answer, Mark, Session},
    },
};

use crate::error::{Error, Result};

/// Standard deviation of the error of an assigned difficulty, in logits.
const DIFFICULTY_ERROR: f64 = 0.6;
/// Median of the true slopes of items scored right or wrong,
const SLOPE: f64 = 1.15;
/// and the standard deviation of their logarithms.
const SLOPE_SPREAD: f64 = 0.25;
/// The true chances of guessing among options.
const GUESSING: (f64, f64) = (0.08, 0.30);

#[derive(Args)]
pub struct Options {
    /// One form instead of all
    #[arg(long)]
    form: Option<FormName>,
    /// How many takers
    #[arg(long, default_value_t = 2000)]
    takers: u32,
    /// Decides everything that is left to chance
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// The shipped bank, or one as it is meant to become: 40 items a skill, of mixed kinds
    #[arg(long, default_value = "shipped")]
    bank: BankName,
    /// JSON instead of a table
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

/// Simulates and prints a table, a column a form, or JSON.
pub fn simulate(questions: &Path, options: &Options) -> Result<()> {
    let (mut catalog, _) = crate::in_memory(questions)?;
    if options.bank == BankName::Mixed {
        mix(&mut catalog);
    }
    let forms = options.form.map_or(FormName::value_variants().to_vec(), |form| vec![form]);
    let figures: Vec<Figures> =
        forms.into_iter().map(|form| figures(&catalog, form, options.takers, options.seed)).collect();
    // One form was asked for: its figures. All forms: a list of them.
    let json = match figures.as_slice() {
        [one] => serde_json::to_string_pretty(one),
        all => serde_json::to_string_pretty(all),
    };
    if options.json {
        println!("{}", json.map_err(Error::Json)?);
    } else {
        print!("{}", table(&figures));
    }
    Ok(())
}

/// Gives each skill 40 items, eight a level, of the kinds that are scored differently.
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
        // Shifted by one from level to level, so that each level has all kinds.
        let kinds = (0..8).flat_map(|row| KINDS.into_iter().cycle().skip(row).take(5));
        skill.entries = (0..40_u8)
            .zip(kinds)
            .map(|(item, kind)| Entry {
                id: ItemId(format!("{at}-{item}")),
                level: item % 5 + 1,
                kind,
                subtopic: usize::from(item) % 6,
                seconds: 40,
            })
            .collect();
    }
}

/// What one taker's form gave.
struct Taken {
    /// Estimate minus truth, and standard error, in logits: one a skill that the form speaks of.
    skills: Vec<(f64, f64)>,
    items: Vec<ItemId>,
    /// The label and the true stage.
    label: usize,
    truth: usize,
    standing: Standing,
    /// Gap flags, and how many of them were true; the same of strengths.
    gaps: (usize, usize),
    strengths: (usize, usize),
    answering: f64,
    reporting: f64,
}

/// A form's figures over all takers.
#[derive(Serialize)]
struct Figures {
    form: FormName,
    takers: u32,
    /// Mean standard error of a skill, logits.
    mean_se: f64,
    /// Root mean squared error of a skill, logits.
    rmse: f64,
    /// Mean error of a skill, logits.
    bias: f64,
    /// Share of 80% bands that hold the truth.
    coverage_80: f64,
    /// Share of labels that are the true stage, and of those at most one stage off; `None` without a stage.
    exact_stage: Option<f64>,
    within_one_stage: Option<f64>,
    /// For each wording: how often it was used, and how often it was true.
    wordings: BTreeMap<&'static str, Hits>,
    gap_flags: Hits,
    strength_flags: Hits,
    mean_questions: f64,
    most_questions: usize,
    /// The five items shown to most takers, with the share of those who could meet them.
    most_shown: Vec<(String, f64)>,
    /// Taking in an answer and choosing the next item, microseconds.
    microseconds_per_answer: f64,
    /// The report, milliseconds.
    milliseconds_per_report: f64,
}

/// How often something was said, as a share or a count a taker, and how often it was true.
#[derive(Serialize, Default)]
struct Hits {
    said: f64,
    right: f64,
}

fn figures(catalog: &Catalog, form: FormName, takers: u32, seed: u32) -> Figures {
    let workers = thread::available_parallelism().map_or(1, |n| n.get() as u32);
    let taken: Vec<Taken> = thread::scope(|scope| {
        // Each taker has a seed of its own, so the figures do not depend on the number of threads.
        let work = |worker| (worker..takers).step_by(workers as usize).map(|n| take(catalog, form, seed, n));
        let handles: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || work(worker).collect::<Vec<_>>())).collect();
        let taken =
            handles.into_iter().map(|handle| handle.join().unwrap_or_else(|panic| resume_unwind(panic)));
        taken.flatten().collect()
    });
    let n = taken.len().max(1) as f64;
    // A one-skill form shows an item to those only who take its skill.
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
    Figures {
        form,
        takers,
        mean_se: mean(&|(_, error)| *error),
        rmse: mean(&|(off, _)| off * off).sqrt(),
        bias: mean(&|(off, _)| *off),
        coverage_80: mean(&|(off, error)| f64::from(u8::from(off.abs() <= 1.28 * error))),
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

/// Standard normal (Box & Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let (u, v) = (1.0 - random.unit(), random.unit());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// What an item is really like.
fn truth(kind: ItemKind, level: u8, random: &mut Random) -> Model {
    let off = DIFFICULTY_ERROR * normal(random);
    let slope = SLOPE * (SLOPE_SPREAD * normal(random)).exp();
    let guessing = GUESSING.0 + (GUESSING.1 - GUESSING.0) * random.unit();
    match kind.model(level) {
        Model::Guessing { a, c, .. } => Model::Guessing {
            a: a * slope,
            b: difficulty(level) + off,
            // Where there are no options there is nothing to guess among.
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
        // What was replied does not matter here: the score is known.
        session.answer(Answer { item: entry.id.clone(), reply: Reply::DontKnow, at: 0, took: 0 });
        posterior.follow(&evidence.observed());
    }
    let answering = start.elapsed().as_secs_f64() / session.answers.len().max(1) as f64;
    let start = Instant::now();
    let report = Report::on(catalog, &evidence, &session.form, session_seed, Statement::default());
    let reporting = start.elapsed().as_secs_f64();

    let scores: Vec<f64> = abilities.iter().map(|theta| 50.0 + 20.0 * theta).collect();
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
    let told = session.form.tells_stage() && session.form.tells_skills();
    let told = |flagged: Vec<usize>| if told { flagged } else { Vec::new() };
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
        gaps: flags(told(report.gaps(catalog)), true),
        strengths: flags(told(report.strengths()), false),
        answering,
        reporting,
    }
}

/// A score, with the probabilities that the model gives at this ability.
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

fn table(figures: &[Figures]) -> String {
    type Row<'a> = (&'a str, Box<dyn Fn(&Figures) -> String + 'a>);
    // Simulation never shows that something is certain.
    fn percent(share: f64) -> String {
        if (0.995..1.0).contains(&share) { ">99%".to_owned() } else { format!("{:.0}%", share * 100.0) }
    }
    let wording = |name: &'static str| -> Box<dyn Fn(&Figures) -> String> {
        Box::new(move |f| {
            let hits = f.wordings.get(name);
            hits.map_or("–".into(), |hits| format!("{} ({})", percent(hits.right), percent(hits.said)))
        })
    };
    let flag = |hits: &Hits| {
        if hits.said > 0.0 { format!("{} ({:.1})", percent(hits.right), hits.said) } else { "–".into() }
    };
    let stage = |share: Option<f64>| share.map_or("–".into(), percent);
    let rows: Vec<Row<'_>> = vec![
        ("questions, mean", Box::new(|f| format!("{:.1}", f.mean_questions))),
        ("questions, most", Box::new(|f| f.most_questions.to_string())),
        ("standard error of a skill, mean", Box::new(|f| format!("{:.2}", f.mean_se))),
        ("root mean squared error of a skill", Box::new(|f| format!("{:.2}", f.rmse))),
        ("bias of a skill", Box::new(|f| format!("{:+.2}", f.bias))),
        ("80% bands that hold the truth", Box::new(|f| percent(f.coverage_80))),
        ("label is the true stage", Box::new(|f| stage(f.exact_stage))),
        ("label at most one stage off", Box::new(|f| stage(f.within_one_stage))),
        ("\"likely\" is true (share of takers)", wording("likely")),
        ("\"probably\" is true (share)", wording("probably")),
        ("\"between\" holds the truth (share)", wording("between")),
        ("gap flags that are true (a taker)", Box::new(|f| flag(&f.gap_flags))),
        ("strength flags that are true (a taker)", Box::new(|f| flag(&f.strength_flags))),
        (
            "most shown item, share of those who could meet it",
            Box::new(|f| percent(f.most_shown.first().map_or(0.0, |s| s.1))),
        ),
        ("an answer, µs", Box::new(|f| format!("{:.0}", f.microseconds_per_answer))),
        ("the report, ms", Box::new(|f| format!("{:.1}", f.milliseconds_per_report))),
    ];
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let names = figures.iter().map(|figures| match figures.form {
        FormName::Quick => "quick".to_owned(),
        FormName::Short => "short".to_owned(),
        FormName::Full => "full".to_owned(),
        FormName::Skill => "one skill".to_owned(),
    });
    let head = [
        line(std::iter::once("figure".to_owned()).chain(names).collect()),
        line(vec!["---".to_owned(); figures.len() + 1]),
    ];
    let body = rows.into_iter().map(|(name, value)| {
        line(std::iter::once(name.to_owned()).chain(figures.iter().map(value)).collect())
    });
    head.into_iter().chain(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    fn questions() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../questions")
    }

    fn simulated(form: FormName, takers: u32) -> Figures {
        figures(&crate::in_memory(&questions()).unwrap().0, form, takers, 7)
    }

    /// The numbers of a row of the table in `method.md`, before any bracket.
    fn published(row: &str) -> Vec<Option<f64>> {
        let text = fs::read_to_string(questions().join("method.md")).unwrap();
        let line = text.lines().find(|line| line.starts_with(&format!("| {row} |"))).unwrap().to_owned();
        let number = |cell: &str| cell.split_whitespace().next()?.trim_matches(['%', '>']).parse().ok();
        line.trim_matches('|').split('|').skip(1).map(number).collect()
    }

    #[test]
    fn the_published_table_is_what_simulation_gives() {
        // With 150 takers a share is off by up to 12 points (three standard errors), an error by far less: its
        // figure is a mean over 15 skills of each taker.
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
            near("80% bands that hold the truth", 100.0 * found.coverage_80, 10.0);
            if let (Some(exact), Some(within)) = (found.exact_stage, found.within_one_stage) {
                near("label is the true stage", 100.0 * exact, 12.0);
                near("label at most one stage off", 100.0 * within, 3.0);
                assert!(within >= 0.98, "within one stage: {within}");
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_figures() {
        let of = || {
            let mut figures = simulated(FormName::Quick, 20);
            figures.microseconds_per_answer = 0.0;
            figures.milliseconds_per_report = 0.0;
            serde_json::to_string(&figures).unwrap()
        };
        assert_eq!(of(), of());
    }
}
