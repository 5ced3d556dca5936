//! An item in every state, for its author: open, and explained after each kind of answer.

use leptos::prelude::*;

use crate::{
    app::{
        kinds,
        pages::{
            Absent, PartLoading,
            question::{
                explained::{Explained, verdict},
                form::AnswerForm,
            },
        },
        parts::{Heading, Loading},
        split::Part,
        state::App,
    },
    quiz::{
        content::{
            bank::{Item, ItemId, Shard},
            reply::Reply,
        },
        taking::{form::Form, session::Session},
    },
    trouble::Trouble,
};

#[component]
pub(super) fn Preview(app: &'static App, item: String) -> impl IntoView {
    let id = ItemId(item);
    let Some((skill, _)) = app.catalog.entry(&id) else {
        return view! { <Absent app trouble=Trouble::NoItem(id.0) /> }.into_any();
    };
    let arrived = Memo::new(move |_| app.has_or_fetches(skill));
    let found = move || {
        let shard = app.shard_now(skill)?;
        let item = shard.item(&id)?.clone();
        Some((shard, item))
    };
    let asks = Memo::new(move |_| app.has_part_or_loads(Part::Answers));
    let content = move || match arrived.get().then(&found).flatten() {
        Some((shard, item)) if asks.get() => view! { <States app item shard /> }.into_any(),
        Some(_) => view! { <PartLoading app part=Part::Answers /> }.into_any(),
        None => view! { <Loading app /> }.into_any(),
    };
    view! { <div class="narrow stack-lg">{content}</div> }.into_any()
}

#[component]
fn States(app: &'static App, item: Item, shard: std::sync::Arc<Shard>) -> impl IntoView {
    // Any seed, but always the same, so that nothing jumps while the author edits the item.
    let session = Session::new(Form::Quick, 1, 0);
    let given = RwSignal::new(None::<Reply>);
    let explained = {
        let (session, item, shard) = (session.clone(), item.clone(), shard.clone());
        move |reply: Reply| {
            view! { <Explained app session=session.clone() reply item=item.clone() shard=shard.clone() /> }
        }
    };
    let judged = {
        let task = item.task.clone();
        move |reply: &Reply| verdict(&task, reply, task.score(reply).unwrap_or_default())
    };
    let examples = item.task.examples();
    let examples = examples
        .into_iter()
        .map(|reply| {
            let (class, said) = judged(&reply);
            view! {
                <details class="card asked">
                    <summary><b class=class>{said}</b></summary>
                    <div class="stack">{explained.clone()(reply)}</div>
                </details>
            }
        })
        .collect_view();
    let (id, prompt, picture) = (item.id.to_string(), item.prompt.clone(), kinds::picture(&item));
    let subtitle = format!("Level {}, reviewed {}", item.level, item.reviewed);
    view! {
        <AnswerForm session item reply=move |reply| given.set(Some(reply))>
            <Heading app title=id.clone()>{id}</Heading>
            <p class="soft">{subtitle}</p>
            <div id="prompt" class="prompt" inner_html=prompt></div>
            {picture}
        </AnswerForm>
        <div class="stack asked">
            <p role="status" class="given">
                {move || {
                    given.get().map(|reply| {
                        let (class, said) = judged(&reply);
                        view! { <b class=class>{said}</b> }
                    })
                }}
            </p>
            {move || given.get().map(&explained)}
        </div>
        <div class="stack">
            <h2>"After each kind of answer"</h2>
            {examples}
        </div>
    }
}
