//! What to do next, according to the career guide.

use leptos::prelude::*;

use crate::{
    app::parts::GuideFacts,
    quiz::{content::bank::Catalog, scoring::report::Report},
    words,
};

/// Advice for the stage, and the steps of the path that build the weakest skills.
pub(super) fn advice(catalog: &Catalog, report: &Report, here: &[usize]) -> impl IntoView + use<> {
    let label = here.contains(&report.chances.label()).then(|| report.chances.label());
    let stage = label.and_then(|at| catalog.stages.get(at)).map(|stage| {
        let lines = stage.advice.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <section class="card stack">
                <h2>"Advice for the " {stage.short.clone()} " stage"</h2>
                <p>{stage.about.clone()}</p>
                <ul>{lines}</ul>
            </section>
        }
    });
    let names: Vec<String> =
        report.weakest.iter().filter_map(|&at| Some(catalog.skills.get(at)?.short.clone())).collect();
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
                <p>"These steps of the career path build " {words::list(&names)} "."</p>
                <ol class="steps">{steps}</ol>
            </section>
        }
    });
    let guide = (!here.is_empty()).then(|| guide(catalog, here));
    view! {
        <div class="cards two">{stage} {steps}</div>
        {guide}
    }
}

fn guide(catalog: &Catalog, here: &[usize]) -> impl IntoView + use<> {
    let stages = here
        .iter()
        .filter_map(|&at| catalog.stages.get(at).cloned())
        .map(|stage| view! { <GuideFacts stage /> })
        .collect_view();
    view! {
        <section class="card stack">
            <h2>"Pay and experience in the career guide"</h2>
            <p class="soft">
                "From “How to Become a Distributed Systems Engineer”, the career guide that Sextant grew out of. These \
                 figures are not derived from your answers."
            </p>
            <dl class="facts">{stages}</dl>
        </section>
    }
}
