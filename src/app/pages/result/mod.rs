//! A session's result. From top to bottom: the stage on the arc, how likely each stage is (`stages`), the skills
//! (`profile`), misconceptions and calibration (`confidence`), what to do next (`advice`), and the reader's own statement
//! (`statement`).

mod advice;
mod confidence;
mod profile;
mod stages;
mod statement;

use leptos::prelude::*;

use crate::{
    app::{
        arc::Arc,
        days,
        pages::no_session,
        parts::{Heading, Loading},
        state::App,
    },
    quiz::{
        content::{bank::Catalog, statement::Statement},
        saved::label::{Score, stage_in_words},
        scoring::{
            evidence::HALF_LIFE,
            report::{ENOUGH_ANSWERS, ENOUGH_SKILLS, Report},
            stage::Standing,
        },
        taking::{
            form::Form,
            session::{Session, SessionId},
        },
    },
    route::{Route, Section},
    words::{self, count},
};

#[component]
pub(super) fn ResultPage(app: &'static App, id: SessionId) -> impl IntoView {
    let Some(session) = app.session_now(id) else { return no_session(app) };
    let report = {
        let session = session.clone();
        Memo::new(move |_| app.report_or_fetch(&session))
    };
    let staged = Memo::new(move |_| report.with(|report| report.as_ref().is_some_and(Report::names_stage)));
    let reads = {
        let session = session.clone();
        Signal::derive(move || {
            let words = |report: &Report| heading(app.catalog, &session, report, app.statement.get());
            report.with(|report| report.as_ref().map(words)).unwrap_or_default()
        })
    };
    let export = move |_| app.export(Some(id));
    let arrived = StoredValue::new(true);
    let content = move || match report.get() {
        None => view! { <Loading app /> }.into_any(),
        Some(report) => {
            // Tracked, because it can change the wording of the heading without changing the report.
            let statement = app.statement.get();
            let session = session.clone();
            // Only on arrival does the heading take the focus, not when a statement changes its wording.
            let takes_focus = arrived.try_update_value(std::mem::take).unwrap_or_default();
            view! { <Shown app session report statement takes_focus /> }.into_any()
        }
    };
    view! {
        <div class="stack-lg">
            {content}
            // Outside the content that it rewords, so that its controls keep the focus.
            {move || staged.get().then(|| view! { <statement::StatementCard app reads /> })}
            <p class="note">
                "Sextant measures knowledge, and judgement on paper. It doesn’t show whether someone has led or delivered, \
                 and it isn’t a hiring tool. Its questions are "
                <a href=Route::Method(Some(Section::Questions)).to_string()>"uncalibrated"</a>
                ": their difficulty was assigned by their authors, not measured."
            </p>
            <p class="soft">
                "To check these figures with the project’s own command, "
                <button type="button" class="link" on:click=export>"export all answers and your statement"</button> ". "
                <a href=Route::Method(Some(Section::Check)).to_string()>"How to check them"</a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Shown(
    app: &'static App,
    session: Session,
    report: Report,
    statement: Statement,
    takes_focus: bool,
) -> impl IntoView {
    let catalog = app.catalog;
    let staged = report.names_stage();
    let here = match report.standing {
        Standing::Between(low, high) if staged => vec![low, high],
        Standing::At { stage, .. } if staged => vec![stage],
        // A quiz on one skill names no stage, whatever earlier quizzes say about the others.
        _ => Vec::new(),
    };
    let full = report.is_full();
    let heading = heading(catalog, &session, &report, statement);
    let finished = app.is_finished(&session);
    let id = session.id();
    let eyebrow = format!(
        "{} · {} · {}",
        words::form(catalog, &session.form),
        count(session.answers.len(), "question", "questions"),
        days::day_of(&session, session.last_at())
    );
    let arc = staged.then(|| {
        let at =
            |position: f64| catalog.stages.get(position as usize).map_or("", |stage| stage.short.as_str());
        let (low, high) = report.chances.wedge;
        let (needle, low_stage, high_stage) = (at(report.chances.needle), at(low), at(high));
        let spread = if low_stage == high_stage {
            format!("at {low_stage}")
        } else {
            format!("between {low_stage} and {high_stage}")
        };
        let describe =
            format!("{heading}. The needle points to {needle}; four in five profiles are {spread}.");
        let labels = catalog.stages.iter().map(|stage| stage.short.clone()).collect();
        view! { <Arc labels needle=[report.chances.needle, low, high] here=here.clone() describe /> }
    });
    view! {
        <div class="stack-lg">
            <div class="result" class:alone=!staged>
                <div class="stack">
                    <p class="eyebrow">{eyebrow}</p>
                    <Heading app title=format!("Result: {heading}") takes_focus>{heading.clone()}</Heading>
                    <p class="lead">{summary(catalog, &session, &report)}</p>
                    {counted(&report)}
                    <div class="row">
                        {if finished {
                            view! { <a class="button primary" href=Route::Review(id).to_string()>"Review answers"</a> }
                        } else {
                            let resume = Route::Question(id, session.answers.len() + 1).to_string();
                            view! { <a class="button primary" href=resume>"Resume quiz"</a> }
                        }}
                        <a class="button" href="#/">"Go to start page"</a>
                    </div>
                </div>
                {arc}
            </div>
            <div class="cards two">
                {full.then(|| stages::chances(catalog, &report, statement))}
                {full.then(|| stages::before_next(catalog, &report))}
                {(session.form == Form::Quick).then(|| profile::missed(catalog, &report))}
            </div>
            {session.form.measures_skills().then(|| profile::skills(catalog, &report, full))}
            <div class="cards two">
                {session.form.measures_skills().then(|| confidence::held(app, &report))}
                {session.form.measures_skills().then(|| confidence::calibration(catalog, &report))}
            </div>
            {advice::advice(catalog, &report, &here)}
        </div>
    }
}

fn heading(catalog: &Catalog, session: &Session, report: &Report, statement: Statement) -> String {
    if !session.form.covers_all_skills() {
        return words::form(catalog, &session.form);
    }
    stage_in_words(catalog, report.standing, statement).unwrap_or_else(|| "Not enough answers yet".into())
}

/// The result in a sentence or two: how likely the stage is, and the score with its margin.
fn summary(catalog: &Catalog, session: &Session, report: &Report) -> impl IntoView + use<> {
    let stage = |at: usize| catalog.stages.get(at).map_or("", |stage| stage.short.as_str());
    let share = |at: usize| words::percent(report.chances.of(at));
    let first = match report.standing {
        Standing::NotEnough { .. } => None,
        Standing::Between(..) if !session.form.measures_skills() => {
            Some("One question per skill can’t tell the two apart.".to_owned())
        }
        _ if !session.form.covers_all_skills() => None,
        Standing::At { stage, likely: true } => Some(format!("Likely: {} on these answers.", share(stage))),
        Standing::At { stage, likely: false } => {
            Some(format!("Probably: {} on these answers.", share(stage)))
        }
        Standing::Between(low, high) => Some(format!(
            "{} {}, {} {}: these answers don’t decide between them.",
            stage(low),
            share(low),
            stage(high),
            share(high)
        )),
    };
    let rest = match (report.standing, &session.form) {
        (_, Form::Skill { .. }) => format!(
            "One skill says nothing about a stage, which needs {ENOUGH_ANSWERS} answers on {ENOUGH_SKILLS} skills."
        ),
        (Standing::NotEnough { answers, skills }, _) => {
            let answers = (answers > 0).then(|| count(answers, "more answer", "more answers"));
            let skills =
                (skills > 0).then(|| format!("answers on {}", count(skills, "more skill", "more skills")));
            let missing: Vec<String> = answers.into_iter().chain(skills).collect();
            format!("A stage needs {}.", missing.join(" and "))
        }
        (Standing::At { .. } | Standing::Between(..), Form::Full | Form::Short) => {
            let next = report.next.and_then(|next| catalog.stages.get(next));
            next.map_or_else(String::new, |next| match report.gaps(catalog).len() {
                0 => format!("The next stage is {}; no skill is clearly below what it requires.", next.short),
                n => format!(
                    "The next stage is {}; {} clearly below what it requires.",
                    next.short,
                    count(n, "skill is", "skills are")
                ),
            })
        }
        (_, Form::Quick) => String::new(),
    };
    let name = if session.form.covers_all_skills() { "Overall score" } else { "Score" };
    view! {
        {first.map(|first| view! { <a class="figure" href=Route::Method(Some(Section::Stages)).to_string()>{first}</a> " " })}
        {name} " "
        <a class="figure" href=Route::Method(Some(Section::Scores)).to_string()>
            <b>{words::score(Score::from(report.overall))}</b>
        </a>
        " out of 100, " {format!("{} of {} right. ", report.right, report.answered)} {rest}
    }
}

/// Which answers were not scored, and which earlier ones count too.
fn counted(report: &Report) -> Option<impl IntoView + use<>> {
    let repeated = (report.repeated > 0).then(|| {
        let questions = count(report.repeated, "question that you saw", "questions that you saw");
        format!("Not scored: {questions} in the last {} days. ", words::days(HALF_LIFE))
    });
    let earlier = (report.earlier > 0).then(|| {
        let answers = count(
            report.earlier,
            "answer from earlier quizzes also counts",
            "answers from earlier quizzes also count",
        );
        format!("{answers}; older answers weigh less. ")
    });
    (repeated.is_some() || earlier.is_some()).then(|| {
        view! {
            <p class="soft">
                {repeated} {earlier}
                <a href=Route::Method(Some(Section::Earlier)).to_string()>"How they count"</a>
            </p>
        }
    })
}

/// A link from figures to their explanation.
fn how(section: Section) -> impl IntoView {
    view! {
        <p class="how">
            <a href=Route::Method(Some(section)).to_string()>
                "How this is worked out"
                <span class="hidden">": " {section.id()}</span>
            </a>
        </p>
    }
}
