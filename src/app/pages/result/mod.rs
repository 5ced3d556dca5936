//! A session's result: stage and reasons, scores with their bands, and what to do next.

mod advice;
mod confidence;
mod profile;
mod stages;
mod statement;

use leptos::prelude::*;

use crate::{
    app::{
        arc::Arc,
        pages::no_session,
        parts::{Heading, Waiting},
        state::App,
        words::{self, count},
    },
    quiz::{
        content::{bank::Catalog, statement::Statement},
        saved::label::{Score, stage_in_words},
        scoring::{
            report::{ENOUGH_ANSWERS, ENOUGH_SKILLS, Report},
            stage::Standing,
        },
        taking::{
            form::Form,
            session::{Session, SessionId},
        },
    },
    route::{Route, Section},
};

#[component]
pub(super) fn ResultPage(app: App, id: SessionId) -> impl IntoView {
    let Some(session) = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned()) else {
        return no_session(app);
    };
    let report = {
        let session = session.clone();
        Memo::new(move |_| app.report(&session))
    };
    let staged = {
        let form = session.form.clone();
        Memo::new(move |_| {
            let enough = |report: &Report| !matches!(report.standing, Standing::NotEnough { .. });
            form.tells_stage() && report.with(|report| report.as_ref().is_some_and(enough))
        })
    };
    let reads = {
        let session = session.clone();
        Signal::derive(move || {
            let words = |report: &Report| {
                app.catalog.with_value(|catalog| heading(catalog, &session, report, app.statement.get()))
            };
            report.with(|report| report.as_ref().map(words)).unwrap_or_default()
        })
    };
    let export = move |_| app.export(Some(id));
    let arrived = StoredValue::new(true);
    let content = move || match report.get() {
        None => view! { <Waiting app /> }.into_any(),
        Some(report) => {
            // The statement words the heading, also where it leaves the report as it was.
            let statement = app.statement.get();
            let session = session.clone();
            // Only the reader's arrival moves the focus, not a statement that words the heading anew.
            let takes_focus = arrived.try_update_value(std::mem::take).unwrap_or_default();
            app.catalog.with_value(|catalog| {
                view! { <Shown app catalog session report statement takes_focus /> }.into_any()
            })
        }
    };
    view! {
        <div class="stack-lg">
            {content}
            // Not a part of what changes with it, so that its controls keep the focus.
            {move || staged.get().then(|| view! { <statement::StatementCard app reads /> })}
            <p class="note">
                "Sextant measures knowledge, and judgement on paper. It does not show whether someone has led or \
                 delivered, and it is no hiring tool. Its questions are "
                <a href=Route::Method(Some(Section::Questions)).to_string()>"uncalibrated"</a>
                ": their difficulty was assigned by their authors, not measured."
            </p>
            <p class="soft">
                "To check these figures with the project’s own command: "
                <button type="button" class="link" on:click=export>"save all answers and your statement as a file"</button> ". "
                <a href=Route::Method(Some(Section::Check)).to_string()>"How to check them"</a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Shown<'a>(
    app: App,
    catalog: &'a Catalog,
    session: Session,
    report: Report,
    statement: Statement,
    takes_focus: bool,
) -> impl IntoView + use<> {
    let here = match report.standing {
        Standing::NotEnough { .. } => Vec::new(),
        Standing::Between(low, high) => vec![low, high],
        Standing::At { stage, .. } => vec![stage],
    };
    // A form on one skill speaks of that skill, whatever earlier sessions say of the others.
    let here = if session.form.tells_stage() { here } else { Vec::new() };
    let staged = !here.is_empty();
    let full = staged && session.form.tells_skills();
    let heading = heading(catalog, &session, &report, statement);
    let finished = app.is_finished(&session);
    let id = session.id();
    let eyebrow = format!(
        "{} · {} · {}",
        words::form(catalog, &session.form),
        count(session.answers.len(), "question", "questions"),
        words::day(session.last_at())
    );
    let arc = staged.then(|| {
        let at =
            |position: f64| catalog.stages.get(position as usize).map_or("", |stage| stage.short.as_str());
        let (low, high) = report.chances.wedge;
        let describe = format!(
            "{heading}. The needle stands in {}; four in five profiles lie from {} to {}.",
            at(report.chances.needle),
            at(low),
            at(high)
        );
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
                            view! { <a class="button primary" href=resume>"Go on with the quiz"</a> }
                        }}
                        <a class="button" href="#/">"To the start"</a>
                    </div>
                </div>
                {arc}
            </div>
            <div class="cards two">
                {full.then(|| stages::chances(catalog, &report, statement))}
                {full.then(|| stages::before_next(catalog, &report))}
                {(session.form == Form::Quick).then(|| profile::missed(catalog, &report))}
            </div>
            {session.form.tells_skills().then(|| profile::skills(catalog, &report, full))}
            <div class="cards two">
                {session.form.tells_skills().then(|| confidence::held(app, catalog, &report))}
                {session.form.tells_skills().then(|| confidence::calibration(catalog, &report))}
            </div>
            {advice::advice(catalog, &report, &here)}
        </div>
    }
}

fn heading(catalog: &Catalog, session: &Session, report: &Report, statement: Statement) -> String {
    if !session.form.tells_stage() {
        return words::form(catalog, &session.form);
    }
    stage_in_words(catalog, report.standing, statement).unwrap_or_else(|| "Not enough answers yet".into())
}

/// The result in a sentence or two: how probable the stage is, and the score with its margin.
fn summary(catalog: &Catalog, session: &Session, report: &Report) -> impl IntoView + use<> {
    let stage = |at: usize| catalog.stages.get(at).map_or("", |stage| stage.short.as_str());
    let share = |at: usize| words::percent(report.chances.of(at));
    let first = match report.standing {
        Standing::NotEnough { .. } => None,
        _ if !session.form.tells_skills() => {
            Some("One question a skill cannot tell the two apart.".to_owned())
        }
        _ if !session.form.tells_stage() => None,
        Standing::At { stage, likely: true } => Some(format!("Likely: {} on these answers.", share(stage))),
        Standing::At { stage, likely: false } => {
            Some(format!("Probably: {} on these answers.", share(stage)))
        }
        Standing::Between(low, high) => Some(format!(
            "{} {}, {} {}: these answers do not decide.",
            stage(low),
            share(low),
            stage(high),
            share(high)
        )),
    };
    let rest = match (report.standing, &session.form) {
        (_, Form::Skill { .. }) => format!(
            "One skill says nothing about a stage: that takes {ENOUGH_ANSWERS} answers on {ENOUGH_SKILLS} skills."
        ),
        (Standing::NotEnough { answers, skills }, _) => {
            let answers = (answers > 0).then(|| count(answers, "more answer", "more answers"));
            let skills =
                (skills > 0).then(|| format!("answers on {}", count(skills, "more skill", "more skills")));
            let missing: Vec<String> = answers.into_iter().chain(skills).collect();
            format!("A stage takes {}.", missing.join(" and "))
        }
        (Standing::At { .. } | Standing::Between(..), Form::Full | Form::Short) => {
            let next = report.next.and_then(|next| catalog.stages.get(next));
            next.map_or_else(String::new, |next| match report.gaps(catalog).len() {
                0 => format!("Next is {}: no skill is clearly below it.", next.short),
                n => format!(
                    "Next is {}: {} clearly below it.",
                    next.short,
                    count(n, "skill is", "skills are")
                ),
            })
        }
        (_, Form::Quick) => String::new(),
    };
    let name = if session.form.tells_stage() { "Overall score" } else { "Score" };
    view! {
        {first.map(|first| view! { <a class="figure" href=Route::Method(Some(Section::Stages)).to_string()>{first}</a> " " })}
        {name} " "
        <a class="figure" href=Route::Method(Some(Section::Scores)).to_string()>
            <b>{words::score(Score::from(report.overall))}</b>
        </a>
        " of 100, " {format!("{} of {} right. ", report.right, report.answered)} {rest}
    }
}

/// Which answers count besides the plain ones, if any.
fn counted(report: &Report) -> Option<impl IntoView + use<>> {
    let repeated = (report.repeated > 0).then(|| {
        let questions = count(report.repeated, "question that you saw", "questions that you saw");
        format!("Not scored: {questions} in the last 180 days. ")
    });
    let earlier = (report.earlier > 0).then(|| {
        let answers =
            count(report.earlier, "answer from earlier quizzes counts", "answers from earlier quizzes count");
        format!("{answers} too, less the older they are. ")
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

/// A link from a figure to its explanation.
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
