//! The start: what can be taken, what is waiting, and the fifteen skills.

use leptos::{html, prelude::*};

use crate::{
    app::{
        dialog::Abandon,
        parts::Heading,
        state::App,
        words::{self, count},
    },
    quiz::{
        saved::label::Label,
        taking::{
            form::Form,
            session::{Session, SessionId},
        },
    },
    route::Route,
};

#[component]
pub(super) fn Home(app: App) -> impl IntoView {
    let paused = Memo::new(move |_| {
        app.sessions.with(|sessions| {
            sessions.values().rev().filter(|session| !app.is_finished(session)).cloned().collect::<Vec<_>>()
        })
    });
    let skills_heading = NodeRef::<html::H2>::new();
    let to_skills = move |_| {
        if let Some(heading) = skills_heading.get_untracked() {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    };
    let standing = Memo::new(move |_| app.label());
    let none_paused = Signal::derive(move || paused.with(Vec::is_empty));
    view! {
        <div class="stack-lg">
            <div class="hero">
                <p class="eyebrow">"Distributed systems · 15 skills · 5 career stages"</p>
                <Heading app title="Find out where you stand".to_owned()>"Find out where you stand."</Heading>
                <p class="lead">
                    "Answer questions on the fifteen skills of a distributed systems engineer. See each skill with its \
                     margin of error, the stage it puts you at, and what stands between you and the next."
                </p>
            </div>
            {move || paused.get().into_iter().map(|session| view! { <Paused app session /> }).collect_view()}
            <section class="cards" aria-label="What you can take">
                <FormCard app form=Form::Quick primary=none_paused>
                    "One question a skill. A first sighting, with wide margins: an overall score and two stages you are \
                     between."
                </FormCard>
                <FormCard app form=Form::Full shorter=Form::Short primary=Signal::stored(false)>
                    "Four questions a skill, chosen by your answers. Every skill with its margin, your stage, and the \
                     reasons for it. The short form asks three."
                </FormCard>
                <section class="card">
                    <h2>"One skill"</h2>
                    <p>"One of the fifteen alone. Its score, and the explanation after each answer."</p>
                    <p class="meta">{one_skill(app)}</p>
                    <button type="button" class="button" on:click=to_skills>"Choose a skill"</button>
                </section>
            </section>
            <Standing app standing />
            <section class="stack">
                <h2 tabindex="-1" node_ref=skills_heading>"The fifteen skills"</h2>
                <ul class="skills">{skills(app, standing)}</ul>
            </section>
        </div>
    }
}

/// A form that can be begun at once.
#[component]
fn FormCard(
    app: App,
    form: Form,
    /// The same with fewer questions.
    #[prop(optional)]
    shorter: Option<Form>,
    primary: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let measured = |form: &Form| {
        app.catalog.with_value(|catalog| {
            let questions = form.length(catalog);
            (words::form(catalog, form), questions, form.minutes(catalog, questions))
        })
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

/// A quiz that was begun and not finished.
#[component]
fn Paused(app: App, session: Session) -> impl IntoView {
    let (name, length, minutes) = app.catalog.with_value(|catalog| {
        let length = session.form.length(catalog);
        let left = length.saturating_sub(session.answers.len());
        (words::form(catalog, &session.form), length, session.form.minutes(catalog, left))
    });
    let id = session.id();
    let answers = session.answers.len();
    let href = Route::Question(id, answers + 1).to_string();
    view! {
        <section class="card between">
            <div>
                <h2>{name}", paused"</h2>
                <p class="meta">
                    <span>{format!("{answers} of {length} answered")}</span>
                    <span>{format!("about {minutes} min left")}</span>
                    <span>{format!("begun {}", words::day(session.started))}</span>
                </p>
            </div>
            <div class="row">
                <a class="button primary" href=href>"Resume"</a>
                <Abandon answers confirmed=move || app.abandon(id) />
            </div>
        </section>
    }
}

/// The stage that the last result gave.
#[component]
fn Standing(app: App, standing: Memo<Label>) -> impl IntoView {
    move || {
        standing.with(|kept| {
            let label = kept.label.clone()?;
            let link: Option<SessionId> = kept.session.as_ref().and_then(|id| id.parse().ok());
            let link = link.filter(|id| app.sessions.with(|sessions| sessions.contains_key(id)));
            Some(view! {
                <section class="note between">
                    <p>
                        "Your last result, " {words::day(kept.at)} ": " <b class="label">{label}</b>
                    </p>
                    {link.map(|id| view! { <a href=Route::Result(id).to_string()>"See the result"</a> })}
                </section>
            })
        })
    }
}

fn one_skill(app: App) -> impl IntoView {
    let forms = app.catalog.with_value(|catalog| {
        let both = |form: Form| {
            [form.length_at_least(catalog), form.length(catalog)].map(|n| (n, form.minutes(catalog, n)))
        };
        catalog.skills.iter().flat_map(|skill| both(Form::on_skill(skill))).collect::<Vec<_>>()
    });
    let questions = words::range(forms.iter().map(|(questions, _)| *questions));
    let minutes = words::range(forms.iter().map(|(_, minutes)| *minutes as usize));
    view! {
        <span>{questions}" questions"</span>
        <span>"about "{minutes}" min"</span>
    }
}

fn skills(app: App, standing: Memo<Label>) -> impl IntoView {
    let skills = app.catalog.with_value(|catalog| catalog.skills.clone());
    skills
        .into_iter()
        .map(|skill| {
            let score = {
                let id = skill.id.clone();
                move || {
                    standing.with(|label| {
                        let score = *label.scores.get(&id)?;
                        let told = format!("score {}, margin {}", score.score, score.margin);
                        Some(view! {
                            <span class="soft" aria-hidden="true">{words::score(score)}</span>
                            <span class="hidden">{told}</span>
                        })
                    })
                }
            };
            view! {
                <li>
                    <a href=Route::Skill(skill.id.to_string()).to_string()>{skill.short}</a>
                    {score}
                </li>
            }
        })
        .collect_view()
}
