//! How long an answer and a result take natively. `cargo xtask bench` measures both in a browser too.

// criterion's macro generates an undocumented function.
#![allow(missing_docs)]

use std::{collections::BTreeSet, hint::black_box};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sextant::quiz::content::kind::ItemKind;
use sextant::quiz::{
    content::{
        bank::{Catalog, Shards},
        statement::Statement,
    },
    sample,
    scoring::{evidence::Evidence, measure::Posterior, report::Report},
    taking::{form::Form, selection::next, session::Session},
};

/// A bank with forty items per skill, scored in three ways.
fn bank() -> (Catalog, Shards) {
    let (mut catalog, shards) = sample::bank_of(15, 40);
    for entry in catalog.skills.iter_mut().flat_map(|skill| &mut skill.entries) {
        entry.kind = match (entry.level + u8::from(entry.id.0.len() > 4)) % 3 {
            0 => ItemKind::Single(4),
            1 => ItemKind::Multi,
            _ => ItemKind::Numeric,
        };
    }
    (catalog, shards)
}

/// A full assessment with all its answers, every third of them wrong.
fn full() -> Session {
    let (catalog, shards) = bank();
    let mut session = Session::new(Form::Full, 7, 0);
    let mut posterior = Posterior::before(&catalog);
    while let Some((_, entry)) = next(&catalog, &session, &BTreeSet::new(), Some(&posterior)) {
        let option = u8::from(session.answers.len().is_multiple_of(3));
        session.answer(sample::answer(&entry.id.0, option));
        if let Ok(evidence) = Evidence::new(&catalog, &shards, [], &session) {
            posterior.follow(&evidence.observed());
        }
    }
    session
}

fn measure(criterion: &mut Criterion) {
    let (catalog, shards) = bank();
    let session = full();

    let mut before = session.clone();
    before.answers.truncate(44);
    let mut after = session.clone();
    after.answers.truncate(45);
    let evidence =
        |session| Evidence::new(&catalog, &shards, [], session).map(|e| e.observed()).unwrap_or_default();
    let mut posterior = Posterior::before(&catalog);
    posterior.follow(&evidence(&before));
    criterion.bench_function("one answer: update and next item", |bencher| {
        bencher.iter_batched(
            || posterior.clone(),
            |mut posterior| {
                posterior.follow(&evidence(&after));
                black_box(next(&catalog, &after, &BTreeSet::new(), Some(&posterior)).map(|(skill, _)| skill))
            },
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("report of 60 answers, 1,000 draws", |bencher| {
        bencher.iter(|| black_box(Report::new(&catalog, &shards, [], &session, Statement::default())));
    });
}

criterion_group!(benches, measure);
criterion_main!(benches);
