//! How it measures, in plain words, with what it assumes and what it cannot say.

use leptos::prelude::*;

use super::super::{parts::Heading, state::App};
use crate::quiz::bank::Catalog;

#[component]
pub(super) fn Method(app: App) -> impl IntoView {
    view! {
        <article class="narrow stack-lg prose">
            <div class="stack">
                <Heading app title="How it measures".to_owned()>"How it measures"</Heading>
                <p class="lead">
                    "Every figure that Sextant shows comes with its margin, and every label with its reasons. This is \
                     where they come from."
                </p>
            </div>
            <section class="stack">
                <h2>"Questions"</h2>
                <p>
                    "Each question belongs to one skill and one of five levels, one for each career stage. Its level \
                     was assigned by its author. No difficulty was measured on people yet, so the bank is "
                    <b>"uncalibrated"</b> ": scores are comparable with each other, not with a population. For the same \
                     reason there is no percentile."
                </p>
                <p>
                    "Which question comes next depends on your answers: the level is the one whose answer is expected to \
                     tell most about you. A full assessment begins each skill at level 2 or 3."
                </p>
            </section>
            <section class="stack">
                <h2>"Scores and margins"</h2>
                <p>
                    "A right answer to a hard question counts for more than one to an easy question, and part of every \
                     right answer is put down to guessing (20% with four options). The model is the three-parameter \
                     logistic one of item response theory (Birnbaum 1968): a question of level "<i>"l"</i>" has the \
                     difficulty "<i>"b"</i>" = "<i>"l"</i>" − 3, and at ability θ the chance of a right answer is \
                     "<i>"c"</i>" + (1 − "<i>"c"</i>") / (1 + e"<sup>"−(θ − "<i>"b"</i>")"</sup>")."
                </p>
                <p>
                    "Before the first answer θ is taken to be normally distributed around 0 with deviation 1. Your score \
                     is the mean of what is believed after your answers, on a scale of 50 + 20 θ from 0 to 100 (Bock & \
                     Mislevy 1982). The band around it is 1.28 standard errors to either side: if the assumptions hold, \
                     the true score is inside it four times in five. With four answers a skill that is ±20 to \
                     ±23 points. That is what four answers can say."
                </p>
                <p>
                    "For now each skill is measured by its own answers only, and the overall score treats all answers as \
                     if they measured one ability; its band is therefore somewhat too narrow for a profile that is \
                     strong in some skills and weak in others."
                </p>
            </section>
            <section class="stack">
                <h2>"Confidence"</h2>
                <p>
                    "How sure you were never changes a score. It decides which answers the review shows first: errors \
                     you were sure of are the ones best corrected. “I don’t know” counts as a wrong answer."
                </p>
            </section>
            <section class="stack">
                <h2>"Stages"</h2>
                <p>
                    "Each stage requires a score in each skill. A profile reaches a stage when its weighted average is at \
                     or above the requirement, no core skill (weight 2 or more) is more than 30 points below, and every \
                     stage on the way is reached too. The rule looks at the scores themselves, not yet at their bands. \
                     Below 15 answers on 10 skills there is no stage. A quick check names two adjacent stages, because \
                     one question a skill cannot tell them apart. The requirements are our judgement, not a standard."
                </p>
                <p>
                    "“(knowledge)” beside Architect / Team Lead means that answers show knowledge, not whether somebody \
                     led a team. CTO / VP also takes organization-wide scope and ten years, so no result names it."
                </p>
                {app.catalog.with_value(requirements)}
            </section>
            <section class="stack">
                <h2>"What it cannot measure"</h2>
                <p>
                    "It measures knowledge, and judgement on paper. It does not show whether someone has led, built or \
                     delivered anything, and answers can be looked up. It is no hiring tool."
                </p>
            </section>
            <section class="stack">
                <h2>"What is kept"</h2>
                <p>
                    "Your answers, your latest label and the theme, in this browser’s own storage. Nothing is sent \
                     anywhere. Clearing the browser’s data for this site deletes them."
                </p>
            </section>
        </article>
    }
}

/// What each stage requires of each skill.
fn requirements(catalog: &Catalog) -> impl IntoView + use<> {
    let head = catalog
        .stages
        .iter()
        .map(|stage| view! { <th scope="col">{stage.short.clone()}</th> })
        .collect_view();
    let rows = catalog
        .skills
        .iter()
        .enumerate()
        .map(|(at, skill)| {
            let weight = catalog.stages.first().and_then(|stage| stage.weights.get(at).copied());
            let cells = catalog
                .stages
                .iter()
                .map(|stage| view! { <td>{stage.required.get(at).copied()}</td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{skill.short.clone()}</th>
                    <td>{weight}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Requirements">
            <table>
                <caption>"Required score by skill and stage, and the skill’s weight (CTO / VP has weights of its own)"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Skill"</th>
                        <th scope="col">"Weight"</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
