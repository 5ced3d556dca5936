//! Values that were cut, flipped, exchanged or replaced. None is silently lost, and none affects another.

use std::collections::BTreeMap;

use crate::quiz::{
    random::Random,
    saved::{
        damage::Damage,
        event::StoredEvent,
        tests::{
            double::{Double, chance},
            *,
        },
        value::{Key, Value},
    },
};

/// A storage with every type of value: events, snapshots of different ages, values of format 1, and a theme.
fn everything() -> BTreeMap<String, String> {
    let (storage, [_, second]) = filled();
    let first = include_str!("../../../../tests/saved/session-1.json");
    storage.put(&format!("{PREFIX}1:session:01a1ee565e00-ee6b2800"), first);
    storage.put(&format!("{PREFIX}1:statement"), r#"{"format":1,"statement":{"years":"two"}}"#);
    storage.put(&format!("{PREFIX}1:theme"), r#""dark""#);
    let mut store = open(&storage, 3);
    store.keep_theme("light");
    store.compact().unwrap();
    answer(&mut store, second, "s20-1", 0);
    store.compact().unwrap();
    answer(&mut store, second, "s21-1", 0);
    let values = storage.values();
    assert_eq!(open(&storage, 4).history().sessions.len(), 3);
    values
}

fn harm(text: &str, other: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len().max(1));
    match random.below(9) {
        0 => letters.into_iter().take(at).collect(),
        1 => letters.into_iter().skip(at + 1).collect(),
        // One bit.
        2..=4 => {
            if let Some(letter) = letters.get_mut(at) {
                let bit = 1 << random.below(7);
                *letter = char::from_u32(u32::from(*letter) ^ bit).unwrap_or('\u{fffd}');
            }
            letters.into_iter().collect()
        }
        5 => ["", "null", "[]", "{}", "0", "\"text\"", "{\"format\":2}", "\u{0}"][random.below(8)].to_owned(),
        6 => text.replacen("\"format\":2", &format!("\"format\":{}", 3 + random.below(9)), 1),
        7 => other.to_owned(),
        _ => {
            letters.truncate(at);
            letters.into_iter().chain(other.chars().skip(at)).collect()
        }
    }
}

#[test]
fn damaged_values_are_reported_left_alone_and_exported() {
    let values = everything();
    let keys: Vec<&String> = values.keys().collect();
    let events = |key: &String, text: &str| {
        let key = Key::parse(key.strip_prefix(PREFIX).unwrap()).unwrap();
        match Value::read(&key, text).unwrap() {
            Value::Events(entries) => entries,
            Value::Snapshot(_, snapshot) => snapshot.entries,
            Value::Aside => Vec::new(),
        }
    };
    let originals: BTreeMap<_, _> = values.iter().map(|(key, text)| (key, events(key, text))).collect();
    let (rounds, mut told) = (rounds(1000), 0);
    for seed in 0..rounds as u64 {
        let mut random = chance(seed);
        let key = keys[random.below(keys.len())];
        let harmed = harm(&values[key], &values[keys[random.below(keys.len())]], &mut random);
        let storage = Double::default();
        for (other, text) in &values {
            storage.put(other, if other == key { &harmed } else { text });
        }
        let store = open(&storage, 9);
        // Left unchanged.
        assert_eq!(storage.values().get(key), Some(&harmed), "seed {seed}");
        let file = store.file(0, None);
        let known = |entry: &StoredEvent| file.entries.iter().any(|known| known.id == entry.id);
        for (_, entries) in originals.iter().filter(|(other, _)| **other != key) {
            assert!(entries.iter().all(|entry| file.entries.contains(entry)), "seed {seed}");
        }
        let lost = originals[key].iter().any(|entry| !known(entry));
        let listed = store.unreadable().iter().any(|value| value.key == *key && value.text == harmed);
        assert_eq!(file.stored.contains(&(key.clone(), harmed.clone())), listed, "seed {seed}");
        assert!(listed || !lost, "seed {seed}: silently lost");
        // A change that still reads as the same, such as another space between two values, isn't damage.
        if harmed != values[key] && !listed {
            // Format 1 had no checksums.
            let aside = key.ends_with("theme") || key.contains(":1:");
            // The other slot's snapshot is valid in this slot too. Nothing is lost, as checked above.
            let other_slot = key.contains(":slot:") && values.values().any(|text| *text == harmed);
            assert!(aside || other_slot || events(key, &harmed) == originals[key], "seed {seed}: {harmed}");
        }
        told += usize::from(listed);
        assert!(storage.values().len() >= values.len());
    }
    assert!(told > rounds / 2);
    println!("{rounds} damaged values, {told} told: none silently lost, no panic");
}

#[test]
fn each_kind_of_damage_is_recognized() {
    let (storage, [first, _]) = filled();
    let values = storage.values();
    let (key, text) = values.iter().find(|(_, text)| text.contains("answered")).unwrap();
    let other = values.values().find(|other| other.contains("answered") && *other != text).unwrap();
    let tail = format!("2:event:{first}");
    for (key, text, damage) in [
        (key.as_str(), &text[..text.len() - 1], Damage::Shape),
        (key, &text.replacen("\"format\":2", "\"format\":9", 1), Damage::Format(9)),
        (key, &text.replacen("s0-1", "s0-2", 1).replacen("s1-1", "s0-2", 1), Damage::Checksum),
        (key, other, Damage::Misplaced),
        (&format!("{PREFIX}2:whatever"), text, Damage::Key),
        (&format!("{PREFIX}{tail}"), text, Damage::Key),
        (&format!("{PREFIX}{tail}:80000001:01"), text, Damage::Key),
        (&format!("{PREFIX}0:label"), text, Damage::Key),
        (&format!("{PREFIX}02:label"), text, Damage::Key),
        (&format!("{PREFIX}+1:theme"), "\"dark\"", Damage::Key),
        (&format!("{PREFIX}3:label"), text, Damage::Newer),
        (&format!("{PREFIX}1:label:set-aside"), text, Damage::Key),
        (&format!("{PREFIX}2:theme"), "\"blue\"", Damage::Shape),
    ] {
        storage.clear(|_| true);
        storage.put(key, text);
        let store = open(&storage, 9);
        assert_eq!(
            store.unreadable().iter().map(|value| value.damage).collect::<Vec<_>>(),
            [damage],
            "{key}: {text}"
        );
    }
}

#[test]
fn only_damaged_values_are_deleted_on_request() {
    let values = everything();
    let storage = Double::default();
    for (at, (key, text)) in values.iter().enumerate() {
        storage.put(key, if at % 3 == 0 { &text[1..] } else { text });
    }
    let mut store = open(&storage, 9);
    let (before, damaged) = (store.history(), store.unreadable().len());
    assert!(damaged > 5);
    store.delete_unreadable().unwrap();
    assert!(store.unreadable().is_empty());
    assert_eq!(open(&storage, 10).history(), before);
}
