//! One skill: what it covers, the reader's latest score in it, and its quiz.

use leptos::prelude::*;

use crate::{
    app::{pages::Absent, parts::Heading, state::App},
    quiz::{content::bank::SkillId, taking::form::Form},
    route::Route,
    trouble::Trouble,
    words,
};

#[component]
pub(super) fn SkillPage(app: &'static App, id: String) -> impl IntoView {
    let id = SkillId(id);
    let Some((at, skill)) = app.catalog.skill(&id) else {
        return view! { <Absent app trouble=Trouble::NoSkill(id.0) /> }.into_any();
    };
    let steps = app.catalog.steps.iter().zip(1..).filter(|(step, _)| step.skills.contains(&at));
    let steps = steps.map(|(step, number)| view! { <li>{format!("Step {number}: {}", step.title)}</li> });
    let form = Form::on_skill(skill);
    let lengths = [form.length_at_least(app.catalog), form.length(app.catalog)];
    let questions = words::range(lengths.into_iter());
    let minutes =
        words::range(lengths.map(|questions| form.minutes(app.catalog, questions) as usize).into_iter());
    let score = untrack(|| app.update_label()).scores.get(&id).copied();
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <p class="eyebrow">"One skill"</p>
                <Heading app title=skill.name.clone()>{skill.name.as_str()}</Heading>
                <p class="lead">{skill.description.as_str()}</p>
                {score.map(|score| view! { <p>"Your latest score: " <b>{words::score(score)}</b> " out of 100"</p> })}
                <p class="meta">
                    <span>{questions} " questions"</span>
                    <span>{format!("about {minutes} min")}</span>
                </p>
                <p><a class="button primary" href=Route::Start(form.into()).to_string()>"Start"</a></p>
            </div>
            <section class="stack">
                <h2>"What it covers"</h2>
                <ul>{skill.subtopics.iter().map(|name| view! { <li>{name.as_str()}</li> }).collect_view()}</ul>
            </section>
            <section class="stack">
                <h2>"Career steps that build it"</h2>
                <p class="soft">"Numbered as in the career guide."</p>
                <ul>{steps.collect_view()}</ul>
            </section>
        </div>
    }
    .into_any()
}
