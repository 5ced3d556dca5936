//! The skills, one row each; after a quick check, only the topics that were missed.

use leptos::prelude::*;

use crate::{
    app::{pages::result::how, parts::Strip},
    quiz::{
        content::bank::{Catalog, Stage},
        saved::label::Score,
        scoring::report::{CLEARLY, Report},
    },
    route::Section,
    words,
};

/// One row per skill that was asked about. `staged` adds what the stages require.
pub(super) fn skills(catalog: &Catalog, report: &Report, staged: bool) -> impl IntoView + use<> {
    let at_stage = |at: Option<usize>| at.filter(|_| staged).and_then(|at| catalog.stages.get(at));
    let (stage, next) = (at_stage(Some(report.chances.label())), at_stage(report.next));
    let rows = catalog
        .skills
        .iter()
        .zip(&report.skills)
        .enumerate()
        .filter(|(_, (_, result))| result.answered > 0)
        .map(|(at, (skill, result))| {
            let of = |stage: Option<&Stage>| stage.and_then(|stage| stage.required.get(at).copied());
            let required = [of(stage), of(next)];
            let described = words::band(result.estimate)
                + &[(stage, required[0]), (next, required[1])]
                    .into_iter()
                    .filter_map(|(stage, required)| Some(format!("; {} requires {}", stage?.short, required?)))
                    .collect::<String>();
            let gap = staged && result.is_gap();
            let flag = if gap {
                Some(("flag gap", "▾ gap"))
            } else {
                (staged && result.is_strength()).then_some(("flag strength", "▴ strength"))
            };
            view! {
                <li>
                    <span>
                        {skill.short.clone()}
                        {flag.map(|(class, word)| view! { " " <span class=class>{word}</span> })}
                    </span>
                    <Strip estimate=result.estimate required gap />
                    <span class="number" aria-hidden="true">{words::score(Score::from(result.estimate))}</span>
                    <span class="hidden">": " {described}</span>
                </li>
            }
        })
        .collect_view();
    let legend = match (stage, next) {
        (Some(stage), Some(next)) => {
            format!("dot: estimate · band: 80% interval · line: {} · dashes: {}", stage.short, next.short)
        }
        (Some(stage), None) => format!("dot: estimate · band: 80% interval · line: {}", stage.short),
        _ => "dot: estimate · band: 80% interval".to_owned(),
    };
    let strengths: Vec<String> =
        report.strengths().iter().filter_map(|&at| Some(catalog.skills.get(at)?.short.clone())).collect();
    let clearly = words::whole(CLEARLY * 100.0);
    let strengths = next.map(|next| match strengths.as_slice() {
        [] => format!("No skill is clearly above what {} requires yet.", next.short),
        names => {
            format!(
                "Clearly above what {} requires ({clearly}% probability or more): {}.",
                next.short,
                words::list(names)
            )
        }
    });
    view! {
        <section class="stack">
            <div class="between">
                <h2>"Skill by skill"</h2>
                <p class="soft" aria-hidden="true">{legend}</p>
            </div>
            <ul class="card profile">{rows}</ul>
            {strengths.map(|strengths| view! { <p>{strengths}</p> })}
            {how(Section::Scores)}
        </section>
    }
}

/// The topics that a quick check missed. One answer does not measure a skill, so it says nothing else about skills.
pub(super) fn missed(catalog: &Catalog, report: &Report) -> impl IntoView + use<> {
    let topics = report
        .missed
        .iter()
        .filter_map(|missed| {
            let skill = catalog.skills.get(missed.skill)?;
            let topic = skill.subtopics.get(missed.subtopic)?.clone();
            Some(view! { <dt>{skill.short.clone()}</dt> <dd>{topic}</dd> })
        })
        .collect_view();
    let none = report.missed.is_empty().then(|| view! { <p>"None."</p> });
    view! {
        <section class="card stack">
            <h2>"Topics missed"</h2>
            <p class="soft">"One answer doesn’t measure a skill. The full assessment measures each one."</p>
            {none}
            <dl class="facts">{topics}</dl>
        </section>
    }
}
