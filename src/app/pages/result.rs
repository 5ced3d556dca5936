//! A session's result: stage and reasons, scores with their bands, and what to do next.

use leptos::prelude::*;

use super::{
    super::{
        arc::Arc,
        parts::{GuideFacts, Heading, Strip, Waiting},
        state::App,
        words::{self, count},
    },
    no_session,
};
use crate::{
    quiz::{
        bank::{Catalog, Stage},
        form::Form,
        report::{ENOUGH_ANSWERS, ENOUGH_SKILLS, Report, Standing},
        saved::{Score, stage_in_words},
        session::Session,
        stage::Check,
    },
    route::Route,
};

#[component]
pub(super) fn ResultPage(app: App, id: String) -> impl IntoView {
    let Some(session) = app.sessions.with_untracked(|sessions| sessions.get(&id).cloned()) else {
        return no_session(app);
    };
    let report = {
        let session = session.clone();
        Memo::new(move |_| app.report(&session))
    };
    (move || match report.get() {
        None => view! { <Waiting app /> }.into_any(),
        Some(report) => app
            .catalog
            .with_value(|catalog| view! { <Shown app catalog session=session.clone() report /> }.into_any()),
    })
    .into_any()
}

#[component]
fn Shown<'a>(app: App, catalog: &'a Catalog, session: Session, report: Report) -> impl IntoView + use<> {
    let here = match report.standing {
        Standing::NotEnough { .. } => Vec::new(),
        Standing::Between(low, high) => vec![low, high],
        Standing::At(stage) => vec![stage],
    };
    let heading = heading(catalog, &session, &report);
    let finished = app.is_finished(&session);
    let id = session.id();
    let eyebrow = format!(
        "{} · {} · {}",
        words::form(catalog, &session.form),
        count(report.answered, "question", "questions"),
        words::day(session.answers.last().map_or(session.started, |answer| answer.at))
    );
    let arc = (!here.is_empty()).then(|| {
        let describe = format!(
            "{heading}. The needle stands at stage {} of five.",
            words::tenths(report.needle[0] + 1.0)
        );
        let labels = catalog.stages.iter().map(|stage| stage.short.clone()).collect();
        view! { <Arc labels needle=report.needle here=here.clone() describe /> }
    });
    let alone = arc.is_none();
    view! {
        <div class="stack-lg">
            <div class="result" class:alone=alone>
                <div class="stack">
                    <p class="eyebrow">{eyebrow}</p>
                    <Heading app title=format!("Result: {heading}")>{heading.clone()}</Heading>
                    <p class="lead">{summary(catalog, &session, &report)}</p>
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
                {(!here.is_empty()).then(|| reasons(catalog, &session, &report))}
                {next_stage(catalog, &report)}
                {(session.form == Form::Quick).then(|| missed(app, catalog, &session))}
            </div>
            {(session.form != Form::Quick).then(|| skills(catalog, &report, &here))}
            {advice(catalog, &report, &here)}
            {(!here.is_empty()).then(|| guide(catalog, &here))}
            <p class="note">
                "Sextant measures knowledge, and judgement on paper. It does not show whether someone has led or \
                 delivered, and it is no hiring tool. Its questions are uncalibrated: their difficulty was assigned by \
                 their authors, not measured. "
                <a href="#/method">"How it measures"</a>
            </p>
        </div>
    }
}

fn heading(catalog: &Catalog, session: &Session, report: &Report) -> String {
    match (&session.form, stage_in_words(catalog, report.standing)) {
        (_, Some(stage)) => stage,
        (Form::Skill { .. }, None) => words::form(catalog, &session.form),
        (_, None) => "Not enough answers yet".into(),
    }
}

/// The result in a sentence or two: the figure with its margin, and what it rests on.
fn summary(catalog: &Catalog, session: &Session, report: &Report) -> impl IntoView + use<> {
    let estimate = match &session.form {
        Form::Skill { skill, .. } => catalog
            .skill(skill)
            .and_then(|(at, _)| report.skills.get(at))
            .map_or(report.overall, |skill| skill.estimate),
        Form::Quick | Form::Full => report.overall,
    };
    let name = if matches!(session.form, Form::Skill { .. }) { "Score" } else { "Overall score" };
    let rest = match (report.standing, &session.form) {
        (Standing::NotEnough { .. }, Form::Skill { .. }) => format!(
            "One skill says nothing about a stage: that takes {ENOUGH_ANSWERS} answers on {ENOUGH_SKILLS} skills."
        ),
        (Standing::NotEnough { answers, skills }, _) => {
            let answers = (answers > 0).then(|| count(answers, "more answer", "more answers"));
            let skills =
                (skills > 0).then(|| format!("answers on {}", count(skills, "more skill", "more skills")));
            let missing: Vec<String> = answers.into_iter().chain(skills).collect();
            format!("A stage takes {}.", missing.join(" and "))
        }
        (Standing::Between(..), _) => "One question a skill cannot tell the two apart.".into(),
        (Standing::At(at), _) if at + 1 < catalog.stages.len() => {
            let next = catalog.stages.get(at + 1).map_or("", |stage| stage.short.as_str());
            match report.gaps.len() {
                0 => format!("No skill is below what {next} requires."),
                n => format!("{} below what {next} requires.", count(n, "skill is", "skills are")),
            }
        }
        (Standing::At(_), _) => String::new(),
    };
    view! {
        {name} " " <b>{words::score(Score::from(estimate))}</b> " of 100, "
        {format!("{} of {} right. ", report.right, report.answered)} {rest}
    }
}

/// The profile against each stage.
fn reasons(catalog: &Catalog, session: &Session, report: &Report) -> impl IntoView + use<> {
    let rows = catalog
        .stages
        .iter()
        .zip(&report.checks)
        .enumerate()
        .map(|(at, (stage, check))| {
            let (sign, class) = match (at, check.passes()) {
                (0, false) => ("the start", ""),
                (_, true) => ("✓ met", "met"),
                (_, false) => ("✗ not met", ""),
            };
            view! {
                <tr class=class>
                    <th scope="row">{stage.short.clone()}</th>
                    <td class="number">{margin(check)}</td>
                    <td>{sign}</td>
                </tr>
            }
        })
        .collect_view();
    let held_back = catalog
        .stages
        .iter()
        .zip(&report.checks)
        .find(|(_, check)| !check.passes())
        .filter(|(_, check)| !check.held_back.is_empty())
        .map(|(stage, check)| held_back(catalog, stage, check));
    let basis = if session.form == Form::Quick {
        "A quick check takes the overall score for every skill."
    } else {
        "It takes the score of every skill, not yet its band."
    };
    view! {
        <section class="card stack">
            <h2>"Why this stage"</h2>
            <p>
                "How far the scores are from what each stage requires, on the average weighted by the stage’s own \
                 weights. " {basis}
            </p>
            <table class="margins">
                <thead>
                    <tr>
                        <th scope="col">"Stage"</th>
                        <th scope="col" class="number">"Points"</th>
                        <th scope="col">"Requirement"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {held_back.map(|text| view! { <p>{text}</p> })}
            <p class="soft">
                "CTO / VP also takes organization-wide scope and ten years of experience, which no answer can show, so a \
                 result does not name it."
            </p>
        </section>
    }
}

fn margin(check: &Check) -> String {
    // A minus sign, not a hyphen, so that figures line up.
    let sign = if check.margin < 0.0 { '−' } else { '+' };
    format!("{sign}{}", words::tenths(check.margin.abs()))
}

fn held_back(catalog: &Catalog, stage: &Stage, check: &Check) -> String {
    let names: Vec<&str> = check
        .held_back
        .iter()
        .filter_map(|&at| catalog.skills.get(at))
        .map(|skill| skill.short.as_str())
        .collect();
    format!("More than 30 points below what {} requires of a core skill: {}.", stage.short, names.join(", "))
}

/// What is below the next stage's requirement.
fn next_stage(catalog: &Catalog, report: &Report) -> Option<impl IntoView + use<>> {
    let Standing::At(at) = report.standing else { return None };
    let next = catalog.stages.get(at + 1)?;
    let rows = report
        .gaps
        .iter()
        .filter_map(|gap| {
            let skill = catalog.skills.get(gap.skill)?;
            let estimate = report.skills.get(gap.skill)?.estimate;
            Some(view! {
                <dt>{skill.short.clone()}</dt>
                <dd>
                    {words::score(Score::from(estimate))} ", needs " {gap.required}
                </dd>
            })
        })
        .collect_view();
    let none = report.gaps.is_empty().then(|| view! { <p>"Every score is at or above the requirement."</p> });
    Some(view! {
        <section class="card stack">
            <h2>"What stands before " {next.short.clone()}</h2>
            <p class="soft">"Below its requirement, what weighs most first. A band that reaches the figure may reach the stage."</p>
            {none}
            <dl class="facts gaps">{rows}</dl>
        </section>
    })
}

/// What a quick check missed: one answer is no measure of a skill, so it says no more than that.
fn missed(app: App, catalog: &Catalog, session: &Session) -> impl IntoView + use<> {
    let topics: Vec<(String, String)> = app.shards.with_untracked(|shards| {
        session
            .answers
            .iter()
            .filter_map(|answer| {
                let (at, _) = catalog.entry(&answer.item)?;
                let skill = catalog.skills.get(at)?;
                let item = shards.item(at, &answer.item).filter(|item| !item.is_right(answer.reply))?;
                Some((skill.short.clone(), skill.subtopics.get(item.subtopic)?.clone()))
            })
            .collect()
    });
    let none = topics.is_empty().then(|| view! { <p>"None."</p> });
    view! {
        <section class="card stack">
            <h2>"Topics missed"</h2>
            <p class="soft">"One answer is no measure of a skill. The full assessment measures each."</p>
            {none}
            <dl class="facts">
                {topics
                    .into_iter()
                    .map(|(skill, topic)| view! { <dt>{skill}</dt> <dd>{topic}</dd> })
                    .collect_view()}
            </dl>
        </section>
    }
}

/// A row a skill that was asked about.
fn skills(catalog: &Catalog, report: &Report, here: &[usize]) -> impl IntoView + use<> {
    let stage = here.first().and_then(|&at| catalog.stages.get(at));
    let next = here.first().and_then(|&at| catalog.stages.get(at + 1));
    let rows = catalog
        .skills
        .iter()
        .zip(&report.skills)
        .enumerate()
        .filter(|(_, (_, result))| result.answered > 0)
        .map(|(at, (skill, result))| {
            let of = |stage: Option<&Stage>| stage.and_then(|stage| stage.required.get(at).copied());
            let required = [of(stage), of(next)];
            let told = words::band(result.estimate)
                + &required[0].map_or(String::new(), |score| format!("; your stage requires {score}"))
                + &required[1].map_or(String::new(), |score| format!("; the next requires {score}"));
            view! {
                <li>
                    <span>{skill.short.clone()}</span>
                    <Strip estimate=result.estimate required />
                    <span class="number" aria-hidden="true">{words::score(Score::from(result.estimate))}</span>
                    <span class="hidden">": " {told}</span>
                </li>
            }
        })
        .collect_view();
    let legend = if here.is_empty() {
        "dot: estimate · band: 80% interval"
    } else {
        "dot: estimate · band: 80% interval · line: your stage · dashes: the next"
    };
    view! {
        <section class="stack">
            <div class="between">
                <h2>"Skill by skill"</h2>
                <p class="soft" aria-hidden="true">{legend}</p>
            </div>
            <ul class="card profile">{rows}</ul>
            <p class="soft">
                "A few answers move a skill only so far from 50, where it begins. All answers together say more, so the \
                 overall score may lie outside the range of the skills."
            </p>
        </section>
    }
}

/// The stage's advice, and the path's steps for the weakest skills.
fn advice(catalog: &Catalog, report: &Report, here: &[usize]) -> impl IntoView + use<> {
    let stage = here.first().and_then(|&at| catalog.stages.get(at)).map(|stage| {
        let lines = stage.advice.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <section class="card stack">
                <h2>"At this stage"</h2>
                <p>{stage.about.clone()}</p>
                <ul>{lines}</ul>
            </section>
        }
    });
    let names: Vec<&str> = report
        .weakest
        .iter()
        .filter_map(|&at| catalog.skills.get(at))
        .map(|skill| skill.short.as_str())
        .collect();
    let steps = report
        .steps
        .iter()
        .filter_map(|&at| {
            let step = catalog.steps.get(at)?;
            Some(view! {
                <li value=at + 1>
                    <b>{step.title.clone()}</b>
                    <p class="soft">{step.about.clone()}</p>
                </li>
            })
        })
        .collect_view();
    let steps = (!names.is_empty()).then(|| {
        view! {
            <section class="card stack">
                <h2>"Steps to take"</h2>
                <p>"From the career path, those that build " {names.join(", ")} "."</p>
                <ol class="steps">{steps}</ol>
            </section>
        }
    });
    view! { <div class="cards two">{stage} {steps}</div> }
}

fn guide(catalog: &Catalog, here: &[usize]) -> impl IntoView + use<> {
    let stages = here
        .iter()
        .filter_map(|&at| catalog.stages.get(at).cloned())
        .map(|stage| view! { <GuideFacts stage /> })
        .collect_view();
    view! {
        <section class="card stack">
            <h2>"What the career guide says of pay and years"</h2>
            <p class="soft">
                "The figures of “How to Become a Distributed Systems Engineer”, the career guide that Sextant grew out \
                 of. They are not derived from your answers."
            </p>
            <dl class="facts">{stages}</dl>
        </section>
    }
}
