//! How likely each stage is, and what separates the reader from the next.

use leptos::prelude::*;

use crate::{
    app::pages::result::how,
    quiz::{
        content::{bank::Catalog, statement::Statement},
        saved::label::Score,
        scoring::{
            advice::{HIGHEST, Raise},
            report::{CLEARLY, Report},
            stage::TOO_FAR_BELOW,
        },
    },
    route::{Route, Section},
    words,
};

/// How many gaps are listed. The rows of skills mark them all.
const SHOWN: usize = 6;

/// One row per stage with its share of the draws, and the reasons in a sentence.
pub(super) fn chances(catalog: &Catalog, report: &Report, statement: Statement) -> impl IntoView + use<> {
    let within_reach = catalog.within_reach(statement);
    let label = report.chances.label();
    let rows = catalog
        .stages
        .iter()
        .enumerate()
        .map(|(at, stage)| {
            let share = report.chances.of(at);
            let shown = if at < within_reach { words::percent(share) } else { "–".into() };
            view! {
                <li class:here=at == label>
                    <span>
                        {stage.short.clone()}
                        {(at == label).then(|| view! { <span class="hidden">" (your label)"</span> })}
                        {(at >= within_reach)
                            .then(|| view! { <span class="hidden">" (requires a statement)"</span> })}
                    </span>
                    <span class="bar" aria-hidden="true">
                        <span style:width=words::tenths(share * 100.0) + "%"></span>
                    </span>
                    <span class="number">{shown}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card stack">
            <h2>"How likely is each stage?"</h2>
            <ul class="ladder">{rows}</ul>
            <p>{reasons(catalog, report)}</p>
            {(within_reach < catalog.stages.len())
                .then(|| {
                    let names: Vec<String> =
                        catalog.stages.iter().skip(within_reach).map(|stage| stage.short.clone()).collect();
                    view! { <p class="soft">{words::list(&names)} " also requires a statement of scope and years, below."</p> }
                })}
            {how(Section::Stages)}
        </section>
    }
}

/// How far the mean profile is from what its stage and the next one require.
fn reasons(catalog: &Catalog, report: &Report) -> String {
    let label = report.chances.label();
    let points = |at: usize| {
        let (stage, check) = (catalog.stages.get(at)?, report.checks.get(at)?);
        let side = if check.margin < 0.0 { "below" } else { "above" };
        Some(format!("{} points {side} what {} requires", words::tenths(check.margin.abs()), stage.short))
    };
    let held_back = |at: usize| {
        let names: Vec<String> = report
            .checks
            .get(at)?
            .held_back
            .iter()
            .filter_map(|&skill| Some(catalog.skills.get(skill)?.short.clone()))
            .collect();
        let stage = catalog.stages.get(at)?.short.as_str();
        (!names.is_empty()).then(|| {
            format!(
                " A core skill more than {} points below what {stage} requires is enough to rule it out: {}.",
                words::whole(TOO_FAR_BELOW),
                words::list(&names)
            )
        })
    };
    let both: Vec<String> = [Some(label).filter(|label| *label > 0), report.next]
        .into_iter()
        .flatten()
        .filter_map(points)
        .collect();
    let text = format!("On the weighted average, your scores are {}.", both.join(" and "));
    text + &report.next.and_then(held_back).unwrap_or_default()
}

/// The skills clearly below what the next stage requires, and the least that would reach it.
pub(super) fn before_next(catalog: &Catalog, report: &Report) -> Option<impl IntoView + use<>> {
    let next = catalog.stages.get(report.next?)?;
    let label = report.chances.label();
    let own_name = catalog.stages.get(label).map(|stage| stage.short.clone()).unwrap_or_default();
    let gaps = report.gaps(catalog);
    let rows = gaps
        .iter()
        .take(SHOWN)
        .filter_map(|&at| {
            let (skill, result) = (catalog.skills.get(at)?, report.skills.get(at)?);
            let required = *next.required.get(at)?;
            let own = catalog.stages.get(label).and_then(|stage| stage.required.get(at).copied())?;
            // The first stage is the floor, so it cannot be missed.
            let below_own = label > 0 && result.estimate.score() < f64::from(own);
            Some(view! {
                <dt><a href=Route::Skill(skill.id.to_string()).to_string()>{skill.short.clone()}</a></dt>
                <dd>
                    {words::score(Score::from(result.estimate))} ", needs " {required}
                    {below_own.then(|| format!("; below {} too", own_name.clone()))}
                </dd>
            })
        })
        .collect_view();
    let intro = if gaps.is_empty() {
        "No skill is clearly below its requirement; the shortfall is spread over many.".to_owned()
    } else {
        let clearly = words::whole(CLEARLY * 100.0);
        format!("Clearly below its requirement ({clearly}% probability or more), weightiest first:")
    };
    Some(view! {
        <section class="card stack">
            <h2>"What separates you from " {next.short.clone()}</h2>
            <p>{intro}</p>
            {(!gaps.is_empty()).then(|| view! { <dl class="facts">{rows}</dl> })}
            {(gaps.len() > SHOWN)
                .then(|| view! { <p class="soft">"And " {gaps.len() - SHOWN} " more, marked below."</p> })}
            <p>{least(catalog, report, &next.short)}</p>
            {how(Section::Advice)}
        </section>
    })
}

/// The smallest improvement that reaches the next stage, in a sentence.
fn least(catalog: &Catalog, report: &Report, next: &str) -> String {
    if report.next.and_then(|at| catalog.stages.get(at)).is_some_and(|stage| stage.needs_statement)
        && report.raises.is_none()
    {
        return format!(
            "{next} also requires organization-wide scope and ten years of experience, which no answer can show."
        );
    }
    let raise = |raise: &Raise| {
        let skill = catalog.skills.get(raise.skill)?;
        Some(format!("{} from {} to {}", skill.short, words::whole(raise.from), words::whole(raise.to)))
    };
    report.raises.as_ref().map_or_else(
        || {
            let highest = words::whole(HIGHEST);
            format!("On these answers, even a score of {highest} in every skill would not reach {next}.")
        },
        |raises| {
            let raises = words::list(&raises.iter().filter_map(raise).collect::<Vec<_>>());
            format!(
                "A shortest route to {next} is to raise each of these by the same number of points: {raises}."
            )
        },
    )
}
