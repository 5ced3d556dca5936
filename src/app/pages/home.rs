//! The start page: the quizzes to take, those to resume, and the fifteen skills.

use leptos::{html, prelude::*};

use crate::{
    app::{days, dialog::Abandon, parts::Heading, state::App},
    quiz::{
        content::bank::Skill,
        saved::label::Label,
        taking::{
            form::Form,
            session::{Session, SessionId},
        },
    },
    route::Route,
    words,
};

#[component]
pub(super) fn Home(
    app: &'static App,
    /// Whether the reader came for the list of skills.
    at_skills: bool,
) -> impl IntoView {
    let paused = Memo::new(move |_| {
        app.latest_first().into_iter().filter(|session| !app.is_finished(session)).collect::<Vec<_>>()
    });
    let skills_heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = skills_heading.get().filter(|_| at_skills) {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    });
    let label = Memo::new(move |_| app.update_label());
    let none_paused = Signal::derive(move || paused.with(Vec::is_empty));
    // `crates/bank/src/compile/start_page.rs` writes the same into index.html. A journey compares them.
    view! {
        <div class="stack-lg">
            <div class="hero">
                <p class="eyebrow">{words::EYEBROW}</p>
                <Heading app title="Find out where you stand".to_owned() takes_focus=!at_skills>{words::TITLE}</Heading>
                <p class="lead">{words::LEAD}</p>
            </div>
            {move || paused.get().into_iter().map(|session| view! { <Paused app session /> }).collect_view()}
            <section class="cards" aria-label="Quizzes">
                <FormCard app form=Form::Quick primary=none_paused />
                <FormCard app form=Form::Full shorter=Form::Short primary=Signal::stored(false) />
                <section class="card">
                    <h2>"One skill"</h2>
                    <p>{app.catalog.skills.first().map(|skill| words::about(&Form::on_skill(skill)))}</p>
                    {meta(words::skill_length(app.catalog))}
                    <div class="row">
                        <a class="button" href=Route::Skills.to_string()>"Choose a skill"</a>
                    </div>
                </section>
            </section>
            <LabelCard app label />
            <section class="stack">
                <h2 tabindex="-1" node_ref=skills_heading>{words::SKILLS}</h2>
                <ul class="skills">{skills(app, label)}</ul>
            </section>
        </div>
    }
}

/// A form that can be started at once.
#[component]
fn FormCard(
    app: &'static App,
    form: Form,
    /// The same form with fewer questions.
    #[prop(optional)]
    shorter: Option<Form>,
    primary: Signal<bool>,
) -> impl IntoView {
    let name = words::form(app.catalog, &form);
    let label = format!("Start: {name}");
    let shorter = shorter.map(|form| {
        let name = words::form(app.catalog, &form);
        let lasts = words::length(app.catalog, &form).join(", ");
        let label = format!("Start: {name} {lasts}");
        view! {
            <a class="button quiet two-lines" aria-label=label href=Route::Start(form.into()).to_string()>
                {name} " " <small>{lasts}</small>
            </a>
        }
    });
    view! {
        <section class="card">
            <h2>{name}</h2>
            <p>{words::about(&form)}</p>
            {meta(words::length(app.catalog, &form))}
            <div class="row">
                <a
                    class="button"
                    class:primary=primary
                    aria-label=label
                    href=Route::Start(form.into()).to_string()
                >
                    "Start"
                </a>
                {shorter}
            </div>
        </section>
    }
}

/// How long something takes.
fn meta(length: [String; 2]) -> impl IntoView {
    view! { <p class="meta">{length.map(|part| view! { <span>{part}</span> }).collect_view()}</p> }
}

/// A quiz that was started and not finished.
#[component]
fn Paused(app: &'static App, session: Session) -> impl IntoView {
    let started = days::day_of(&session, session.began());
    let (id, form, answers) = (session.id(), session.form, session.answers.len());
    let length = form.length(app.catalog);
    let minutes = form.minutes(app.catalog, length.saturating_sub(answers));
    let href = Route::Question(id, answers + 1).to_string();
    view! {
        <section class="card between">
            <div>
                <h2>{words::form(app.catalog, &form)}", paused"</h2>
                <p class="meta">
                    <span>{format!("{answers} of {length} answered")}</span>
                    <span>{format!("about {minutes} min left")}</span>
                    <span>"started " {started}</span>
                </p>
            </div>
            <div class="row">
                <a class="button primary" href=href>"Resume"</a>
                <Abandon answers confirmed=move || app.abandon(id) />
            </div>
        </section>
    }
}

/// The stage in the latest result.
#[component]
fn LabelCard(app: &'static App, label: Memo<Label>) -> impl IntoView {
    move || {
        label.with(|latest| {
            let label = latest.label.clone()?;
            let link: Option<SessionId> = latest.session.as_ref().and_then(|id| id.parse().ok());
            let link = link.filter(|id| app.sessions.with(|sessions| sessions.contains_key(id)));
            Some(view! {
                <section class="note between">
                    <p>
                        "Your latest result, " {days::day(latest.at)} ": " <b class="label">{label}</b>
                    </p>
                    {link.map(|id| view! { <a href=Route::Result(id).to_string()>"See result"</a> })}
                </section>
            })
        })
    }
}

fn skills(app: &'static App, label: Memo<Label>) -> impl IntoView {
    let row = |skill: &'static Skill| {
        let score = move || {
            let score = label.with(|label| label.scores.get(&skill.id).copied())?;
            Some(view! {
                <span class="soft" aria-hidden="true">{words::score(score)}</span>
                <span class="hidden">{words::score_aloud(score)}</span>
            })
        };
        view! {
            <li>
                <a href=Route::Skill(skill.id.to_string()).to_string()>{skill.short.as_str()}</a>
                {score}
            </li>
        }
    };
    app.catalog.skills.iter().map(row).collect_view()
}
