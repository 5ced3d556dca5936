//! The start page: the quizzes to take, those to resume, and the fifteen skills.

use leptos::{html, prelude::*};

use crate::{
    app::{
        dialog::Abandon,
        parts::Heading,
        state::App,
        words::{self, count},
    },
    quiz::{
        content::bank::Skill,
        saved::label::Label,
        taking::{
            form::Form,
            session::{Session, SessionId},
        },
    },
    route::Route,
};

#[component]
pub(super) fn Home(app: &'static App) -> impl IntoView {
    let paused = Memo::new(move |_| {
        app.latest_first().into_iter().filter(|session| !app.is_finished(session)).collect::<Vec<_>>()
    });
    let skills_heading = NodeRef::<html::H2>::new();
    let to_skills = move |_| {
        if let Some(heading) = skills_heading.get_untracked() {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    };
    let label = Memo::new(move |_| app.update_label());
    let none_paused = Signal::derive(move || paused.with(Vec::is_empty));
    view! {
        <div class="stack-lg">
            <div class="hero">
                <p class="eyebrow">"Distributed systems · 15 skills · 5 career stages"</p>
                <Heading app title="Find out where you stand".to_owned()>"Find out where you stand."</Heading>
                <p class="lead">
                    "Answer questions on the fifteen skills of a distributed systems engineer. See your score in each \
                     skill with its margin of error, your career stage, and what separates you from the next."
                </p>
            </div>
            {move || paused.get().into_iter().map(|session| view! { <Paused app session /> }).collect_view()}
            <section class="cards" aria-label="Quizzes">
                <FormCard app form=Form::Quick primary=none_paused>
                    "One question per skill: a first estimate, with wide margins. You get an overall score and the two \
                     stages you fall between."
                </FormCard>
                <FormCard app form=Form::Full shorter=Form::Short primary=Signal::stored(false)>
                    "Four questions per skill, adapted to your answers. You get a score with its margin for every skill, \
                     your stage, and the reasons for it. The short form asks three per skill."
                </FormCard>
                <section class="card">
                    <h2>"One skill"</h2>
                    <p>"Focus on one skill and get its score. You see the explanation after each answer."</p>
                    <p class="meta">{one_skill(app)}</p>
                    <button type="button" class="button" on:click=to_skills>"Choose a skill"</button>
                </section>
            </section>
            <LabelCard app label />
            <section class="stack">
                <h2 tabindex="-1" node_ref=skills_heading>"The fifteen skills"</h2>
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
    children: Children,
) -> impl IntoView {
    let measured = |form: &Form| {
        let questions = form.length(app.catalog);
        (words::form(app.catalog, form), questions, form.minutes(app.catalog, questions))
    };
    let (name, questions, minutes) = measured(&form);
    let label = format!("Start: {name}");
    let shorter = shorter.map(|form| {
        let (name, questions, minutes) = measured(&form);
        let lasts = format!("{questions} questions, about {minutes} min");
        let label = format!("Start: {name} {lasts}");
        view! {
            <button
                type="button"
                class="button quiet two-lines"
                aria-label=label
                on:click=move |_| app.begin(form.clone())
            >
                {name}
                " "
                <small>{lasts}</small>
            </button>
        }
    });
    view! {
        <section class="card">
            <h2>{name}</h2>
            <p>{children()}</p>
            <p class="meta">
                <span>{count(questions, "question", "questions")}</span>
                <span>{format!("about {minutes} min")}</span>
            </p>
            <div class="row">
                <button
                    type="button"
                    class="button"
                    class:primary=primary
                    aria-label=label
                    on:click=move |_| app.begin(form.clone())
                >
                    "Start"
                </button>
                {shorter}
            </div>
        </section>
    }
}

/// A quiz that was started and not finished.
#[component]
fn Paused(app: &'static App, session: Session) -> impl IntoView {
    let started = words::day_of(&session, session.began());
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
                        "Your latest result, " {words::day(latest.at)} ": " <b class="label">{label}</b>
                    </p>
                    {link.map(|id| view! { <a href=Route::Result(id).to_string()>"See result"</a> })}
                </section>
            })
        })
    }
}

fn one_skill(app: &'static App) -> impl IntoView {
    let lengths = |form: Form| {
        [form.length_at_least(app.catalog), form.length(app.catalog)]
            .map(|n| (n, form.minutes(app.catalog, n)))
    };
    let forms: Vec<_> = app.catalog.skills.iter().flat_map(|skill| lengths(Form::on_skill(skill))).collect();
    let questions = words::range(forms.iter().map(|(questions, _)| *questions));
    let minutes = words::range(forms.iter().map(|(_, minutes)| *minutes as usize));
    view! {
        <span>{questions}" questions"</span>
        <span>"about "{minutes}" min"</span>
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
