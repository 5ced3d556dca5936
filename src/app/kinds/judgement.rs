//! Reactions to a situation, of which the reader picks the best and the worst.

use leptos::prelude::*;

use crate::{
    app::kinds::{Draft, NOT_SAID, reason},
    quiz::content::{reply::Reply, task::Choice},
};

pub(super) fn ask(reactions: &[Choice], order: &[usize], draft: Draft) -> AnyView {
    let (best, worst) = (RwSignal::new(None::<u8>), RwSignal::new(None::<u8>));
    // The same reaction cannot be both. Neither choice is cleared, because the arrow keys pass over one on the way to
    // another.
    let same = move || best.get().is_some() && best.get() == worst.get();
    let name = move |one: RwSignal<Option<u8>>, reaction: u8| {
        one.set(Some(reaction));
        let named = best.get_untracked().zip(worst.get_untracked()).filter(|(best, worst)| best != worst);
        draft.set(named.map(|(best, worst)| Reply::Judgement { best, worst, sure: NOT_SAID }));
    };
    let button =
        move |one: RwSignal<Option<u8>>, name_of: &'static str, word: &'static str, at: (u8, usize)| {
            let (reaction, shown) = at;
            view! {
                <label class="pill">
                    <input
                        type="radio"
                        name=name_of
                        data-key=if name_of == "best" { shown.to_string() } else { format!("shift-{shown}") }
                        aria-labelledby=format!("{name_of}-{shown} reaction-{shown}")
                        on:change=move |_| name(one, reaction)
                    />
                    <span id=format!("{name_of}-{shown}")>{word}</span>
                </label>
            }
        };
    let rows = order.iter().enumerate().filter_map(|(at_shown, at)| {
        let (reaction, shown) = (u8::try_from(*at).ok()?, at_shown + 1);
        let text = reactions.get(*at)?.text.clone();
        Some(view! {
            <div class="choice reaction">
                <span class="key" aria-hidden="true">{shown}</span>
                <span id=format!("reaction-{shown}") inner_html=text></span>
                <span class="pills">
                    {button(best, "best", "Best", (reaction, shown))}
                    {button(worst, "worst", "Worst", (reaction, shown))}
                </span>
            </div>
        })
    });
    view! {
        {rows.collect_view()}
        <p class="refused" role="status">
            {move || same().then_some("Pick two different reactions as the best and the worst.")}
        </p>
    }
    .into_any()
}

pub(super) fn explain(reactions: &[Choice], worst: usize, order: &[usize], reply: &Reply) -> AnyView {
    let said = match reply {
        Reply::Judgement { best, worst, .. } => Some((usize::from(*best), usize::from(*worst))),
        _ => None,
    };
    let explained = order.iter().enumerate().filter_map(|(shown, at)| {
        let reaction = reactions.get(*at)?;
        let is = match (reaction.is_key(), *at == worst) {
            (true, _) => Some("✓ best"),
            (_, true) => Some("▼ worst"),
            _ => None,
        };
        let you = match said {
            Some((best, _)) if best == *at => {
                Some(if reaction.is_key() { "as you said" } else { "✗ you said best" })
            }
            Some((_, named)) if named == *at => {
                Some(if named == worst { "as you said" } else { "✗ you said worst" })
            }
            _ => None,
        };
        let class = match (reaction.is_key(), you) {
            (true, _) => "choice right",
            (_, Some(you)) if you.starts_with('✗') => "choice wrong",
            _ => "choice",
        };
        let mark: Vec<&str> = is.into_iter().chain(you).collect();
        let mark = (!mark.is_empty()).then(|| mark.join(", "));
        Some(reason(class, (shown + 1).to_string(), reaction.text.clone(), mark, reaction.why.clone()))
    });
    view! { <ol class="choices">{explained.collect_view()}</ol> }.into_any()
}
