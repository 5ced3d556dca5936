//! One skill: what it covers, where the reader stands in it, and its quiz.

use leptos::prelude::*;

use crate::{
    app::{pages::Absent, parts::Heading, state::App, words},
    quiz::{content::bank::SkillId, taking::form::Form},
    trouble::Trouble,
};

#[component]
pub(super) fn SkillPage(app: App, id: String) -> impl IntoView {
    let id = SkillId(id);
    let found = app.catalog.with_value(|catalog| {
        let (at, skill) = catalog.skill(&id)?;
        let steps: Vec<(usize, String)> = catalog
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.skills.contains(&at))
            .map(|(number, step)| (number + 1, step.title.clone()))
            .collect();
        let form = Form::on_skill(skill);
        let lengths = [form.length_at_least(catalog), form.length(catalog)];
        let questions = words::range(lengths.into_iter());
        let minutes =
            words::range(lengths.map(|questions| form.minutes(catalog, questions) as usize).into_iter());
        Some((skill.clone(), steps, form, questions, minutes))
    });
    let Some((skill, steps, form, questions, minutes)) = found else {
        return view! { <Absent app trouble=Trouble::NoSkill(id.0) /> }.into_any();
    };
    let score = untrack(|| app.label()).scores.get(&id).copied();
    view! {
        <div class="narrow stack-lg">
            <div class="stack">
                <p class="eyebrow">"One skill"</p>
                <Heading app title=skill.name.clone()>{skill.name}</Heading>
                <p class="lead">{skill.description}</p>
                {score.map(|score| view! { <p>"Your latest score: " <b>{words::score(score)}</b> " of 100"</p> })}
                <p class="meta">
                    <span>{questions} " questions"</span>
                    <span>{format!("about {minutes} min")}</span>
                </p>
                <button type="button" class="button primary" on:click=move |_| app.begin(form.clone())>"Start"</button>
            </div>
            <section class="stack">
                <h2>"What it covers"</h2>
                <ul>{skill.subtopics.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul>
            </section>
            <section class="stack">
                <h2>"What builds it"</h2>
                <p class="soft">"Steps of the career path, as the guide numbers them."</p>
                <ul>
                    {steps
                        .into_iter()
                        .map(|(number, title)| view! { <li>{format!("Step {number}: {title}")}</li> })
                        .collect_view()}
                </ul>
            </section>
        </div>
    }
    .into_any()
}
