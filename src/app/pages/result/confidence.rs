//! Misconceptions, and how well the reader's confidence fits.

use leptos::prelude::*;

use crate::{
    app::{days, pages::result::how, state::App},
    quiz::{
        content::bank::Catalog,
        scoring::{
            confidence::{Button, Calibration, Verdict},
            report::{HeldMisconception, Report},
        },
    },
    route::Section,
    words,
};

/// How many misconceptions are shown. The review has them all.
const SHOWN: usize = 5;

/// The misconceptions that wrong answers suggest, with how sure the reader was.
pub(super) fn held(app: &'static App, report: &Report) -> impl IntoView + use<> {
    let row = |held: &HeldMisconception| {
        let skill = app.catalog.skills.get(held.skill)?.short.as_str();
        let belief = app.shard_now(held.skill)?.misconceptions.get(held.misconception)?.statement.clone();
        Some(view! {
            <li>
                <span>"“"<span inner_html=belief></span>"”"</span>
                <span class="soft">{skill} ", " {words::sure(held.sure).to_ascii_lowercase()}</span>
            </li>
        })
    };
    let rows = report.held.iter().take(SHOWN).filter_map(row).collect_view();
    let more = report.held.len().saturating_sub(SHOWN);
    (!report.held.is_empty()).then(|| {
        view! {
            <section class="card stack">
                <h2>"Misconceptions"</h2>
                <p>"Beliefs that your wrong answers suggest, those you were surest of first. The review corrects each of them."</p>
                <ul class="beliefs">{rows}</ul>
                {(more > 0).then(|| view! { <p class="soft">"And " {more} " more in the review."</p> })}
            </section>
        }
    })
}

/// How well confidence fits, if there are enough answers.
pub(super) fn calibration(catalog: &Catalog, report: &Report) -> Option<impl IntoView + use<>> {
    let calibration = report.calibration.as_ref()?;
    let rows = calibration.buttons.iter().map(button).collect_view();
    let skills = calibration
        .skills
        .iter()
        .filter_map(|bias| {
            let skill = catalog.skills.get(bias.skill)?.short.clone();
            let word = if bias.bias > 0.0 { "Over-confident" } else { "Under-confident" };
            let points = words::whole(bias.bias.abs() * 100.0);
            Some(view! { <li>{format!("{word} in {skill} by {points} points, {} answers", bias.answers)}</li> })
        })
        .collect_view();
    let apart = (!calibration.skills.is_empty()).then(|| view! { <ul>{skills}</ul> });
    Some(view! {
        <section class="card stack">
            <h2>"How well you know what you know"</h2>
            <table class="calibration">
                <thead>
                    <tr>
                        <th scope="col">"You said"</th>
                        <th scope="col" class="number">"Right"</th>
                        <th scope="col" class="number">"80% interval"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {apart}
            <p>{brier(calibration)}</p>
            {how(Section::Confidence)}
        </section>
    })
}

fn button(button: &Button) -> impl IntoView + use<> {
    let (low, high) = button.interval;
    let percent = |share: f64| words::whole(share * 100.0);
    let verdict = match button.verdict {
        Verdict::Over => "over-confident",
        Verdict::Under => "under-confident",
        Verdict::Fits => "no difference shown",
    };
    view! {
        <tr>
            <th scope="row">
                {words::sure(button.sure)}
                <small>{words::sure_range(button.sure)}</small>
            </th>
            <td class="number">{button.right} " of " {button.answers}</td>
            <td class="number">
                {percent(low)} " to " {percent(high)} "% "
                <small>{verdict}</small>
            </td>
        </tr>
    }
}

fn brier(calibration: &Calibration) -> String {
    let session = |(at, brier): &(u64, f64)| format!("{} on {}", words::hundredths(*brier), days::day(*at));
    let trend = match calibration.trend.as_slice() {
        [] | [_] => String::new(),
        trend => format!("By quiz: {}. ", trend.iter().map(session).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "Brier score {}: 0 is perfect, and always saying 50% gives 0.25. {trend}Marks for certainty: {} out of a \
         possible {}.",
        words::hundredths(calibration.brier),
        calibration.marks.to_string().replace('-', "−"),
        calibration.marks_at_most
    )
}
