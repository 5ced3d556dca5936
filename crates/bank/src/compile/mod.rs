//! Compiles the bank for the browser: one shard a skill and a small catalog, as compact JSON under
//! content-hashed names, and the catalog's name in the page.

pub(crate) mod highlight;
pub(crate) mod markdown;
mod shard;

use std::{fs, path::Path};

use serde::Serialize;
use sextant::quiz::content::bank::{Catalog, Entry, Salary, Shard, Skill, SkillId, Stage, Step};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    read::{
        authored,
        fields::At,
        items::{self, Items},
        text::Text,
    },
    rules::check::Bank,
};
use markdown::to_page;
use shard::shard;

/// Where the page names the catalog; replaced by its hashed name.
const PLACEHOLDER: &str = "bank/catalog.json";
/// Silent reading of non-fiction in English, words a minute (Brysbaert 2019, "How many words do we read
/// per minute?", abstract).
const WORDS_PER_MINUTE: usize = 238;
/// Deciding takes this long besides reading: a guess, to be replaced by measured times.
const SECONDS_TO_DECIDE: usize = 15;

/// Checks the bank in `questions` and writes it into the site folder `site`, whose `index.html` is
/// pointed to the catalog.
pub fn compile(questions: &Path, site: &Path) -> Result<()> {
    let bank = crate::load(questions)?;
    let folder = site.join("bank");
    fs::create_dir_all(&folder).map_err(|source| Error::Write { path: folder.clone(), source })?;

    let (mut catalog, shards) = compiled(&bank);
    for (skill, shard) in catalog.skills.iter_mut().zip(&shards) {
        skill.shard = write(site, &skill.id.0, shard)?;
    }
    // Not as .html: some hosts redirect such names.
    catalog.method = write_as(site, "method", "txt", to_page(&method(&bank)).as_bytes())?;
    // The catalog names every other file by its content, so its own hash stands for the whole bank.
    let content = serde_json::to_vec(&catalog).map_err(Error::Json)?;
    catalog.version = format!("{:08x}", hash(&content) >> 32);
    let catalog = write(site, "catalog", &catalog)?;

    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(|source| Error::Read { path: page.clone(), source })?;
    if !html.contains(PLACEHOLDER) {
        return Err(Error::NoPlaceholder { path: page, placeholder: PLACEHOLDER });
    }
    if let Some(address) = tracker(&html).filter(|address| !is_tracker(address)) {
        return Err(Error::Tracker { path: page, address: address.to_owned() });
    }
    fs::write(&page, html.replace(PLACEHOLDER, &catalog))
        .map_err(|source| Error::Write { path: page, source })
}

/// The address of the tracker that the page names, if it names one.
fn tracker(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<meta name=\"tracker\" content=\"")?;
    rest.split_once('"').map(|(address, _)| address).filter(|address| !address.is_empty())
}

/// Whether a report can be sent there: only to an address that readers can trust, with places for what it says.
fn is_tracker(address: &str) -> bool {
    address.starts_with("https://") && address.contains("{title}") && address.contains("{body}")
}

/// The bank as the core takes it: the catalog, its shards' addresses left empty, and the shards in order.
pub(crate) fn compiled(bank: &Bank) -> (Catalog, Vec<Shard>) {
    let of_skills = || bank.skills.iter().zip(&bank.items);
    let shards: Vec<Shard> = of_skills().map(|(skill, items)| shard(bank, skill, items)).collect();
    let catalog = Catalog {
        version: String::new(),
        skills: of_skills()
            .zip(&shards)
            .map(|((skill, items), shard)| catalog_skill(skill, items, shard))
            .collect(),
        stages: stages(bank),
        steps: steps(bank),
        method: String::new(),
    };
    (catalog, shards)
}

/// Writes `value` into the site's bank and returns its address relative to the page.
fn write(site: &Path, name: &str, value: &impl Serialize) -> Result<String> {
    write_as(site, name, "json", &serde_json::to_vec(value).map_err(Error::Json)?)
}

fn write_as(site: &Path, name: &str, extension: &str, content: &[u8]) -> Result<String> {
    let address = format!("bank/{name}-{:016x}.{extension}", hash(content));
    let path = site.join(&address);
    fs::write(&path, content).map_err(|source| Error::Write { path, source })?;
    Ok(address)
}

/// 64 bits of its SHA-256: enough that no two versions of a file meet.
pub(crate) fn hash(content: &[u8]) -> u64 {
    Sha256::digest(content).into_iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(byte))
}

fn catalog_skill(skill: &authored::Skill, items: &Items, shard: &Shard) -> Skill {
    Skill {
        id: SkillId(skill.id.value.clone()),
        name: skill.name.clone(),
        short: skill.short.clone(),
        description: skill.description.clone(),
        subtopics: skill.subtopics.iter().map(|subtopic| subtopic.name.clone()).collect(),
        shard: String::new(),
        loading: small(skill.loading),
        entries: items
            .items
            .iter()
            .zip(&shard.items)
            .map(|(authored, item)| Entry {
                id: item.id.clone(),
                level: item.level,
                kind: item.task.kind(),
                subtopic: item.subtopic,
                seconds: seconds(authored),
            })
            .collect(),
    }
}

/// How long an item takes: reading the question, what is answered, and the explanation of what is right.
fn seconds(item: &items::Item) -> u16 {
    let parts = item.task.parts();
    let texts = parts.iter().filter_map(|part| part.text).map(Text::word_count);
    let whys = parts.iter().filter(|part| part.right).map(|part| part.why.word_count());
    let worked_out = match &item.task {
        items::Task::Numeric { why, .. } => why.word_count(),
        _ => 0,
    };
    let to_read = item.prompt.word_count() + worked_out + texts.chain(whys).sum::<usize>();
    u16::try_from(to_read * 60 / WORDS_PER_MINUTE + SECONDS_TO_DECIDE).unwrap_or(u16::MAX)
}

/// A number that the check keeps to a byte: a level, a count of options, a score, a weight.
pub(crate) fn small(number: impl TryInto<u8>) -> u8 {
    number.try_into().unwrap_or(u8::MAX)
}

/// The position of a name that the check found among the others.
pub(crate) fn position<'a>(mut names: impl Iterator<Item = &'a At<String>>, name: &At<String>) -> usize {
    names.position(|other| other.value == name.value).unwrap_or_default()
}

fn stages(bank: &Bank) -> Vec<Stage> {
    let by_skill = |table: &[(At<String>, i64)]| -> Vec<u8> {
        bank.skills
            .iter()
            .filter_map(|skill| table.iter().find(|(name, _)| name.value == skill.id.value))
            .map(|(_, number)| small(*number))
            .collect()
    };
    bank.stages
        .stages
        .iter()
        .map(|stage| Stage {
            id: stage.id.value.clone(),
            label: stage.label.clone(),
            short: stage.short.clone(),
            about: stage.about.clone(),
            advice: stage.advice.clone(),
            years: stage.years.clone(),
            salary: Salary {
                from: u32::try_from(stage.salary.from).unwrap_or(u32::MAX),
                to: u32::try_from(stage.salary.to).unwrap_or(u32::MAX),
                or_more: stage.salary.or_more,
                who: stage.salary.who.clone(),
            },
            required: by_skill(stage.required.as_deref().unwrap_or_default()),
            weights: by_skill(stage.weights.as_ref().unwrap_or(&bank.stages.weights)),
            needs_statement: stage.needs_statement,
        })
        .collect()
}

/// The text on how it measures, with the table that other files decide.
fn method(bank: &Bank) -> String {
    bank.method.replace("{requirements}", &requirements(bank))
}

/// What each stage requires of each skill, as a Markdown table.
fn requirements(bank: &Bank) -> String {
    let stages = stages(bank);
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = |first: &[&str]| -> Vec<String> {
        let first = first.iter().map(|cell| (*cell).to_owned());
        first.chain(stages.iter().map(|stage| stage.short.clone())).collect()
    };
    let mut table = line(head(&["Skill", "Weight"]));
    table += &line(vec!["---".to_owned(); stages.len() + 2]);
    for (at, skill) in bank.skills.iter().enumerate() {
        let weights = stages.iter().filter_map(|stage| stage.weights.get(at)).collect::<Vec<_>>();
        let (first, last) = (weights.first(), weights.last());
        let weight = match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first} (last stage {last})"),
            (first, _) => first.map_or_else(String::new, ToString::to_string),
        };
        let required = stages.iter().filter_map(|stage| stage.required.get(at)).map(ToString::to_string);
        table += &line([skill.short.clone(), weight].into_iter().chain(required).collect());
    }
    table
}

fn steps(bank: &Bank) -> Vec<Step> {
    bank.steps
        .iter()
        .map(|step| Step {
            title: step.title.clone(),
            about: step.about.clone(),
            skills: step
                .skills
                .iter()
                .map(|name| position(bank.skills.iter().map(|skill| &skill.id), name))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn what_is_read_of_a_number_is_how_it_is_worked_out() {
        let bank =
            crate::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/bank/good")).unwrap();
        let item = bank.items[0].items.iter().find(|item| item.task.kind() == "numeric").unwrap();
        // 18 words ask, 25 explain.
        assert_eq!(seconds(item), 15 + (18 + 25) * 60 / 238);
    }

    #[test]
    fn a_tracker_is_safe_and_has_places() {
        let page = |address| format!("<head><meta name=\"tracker\" content=\"{address}\"></head>");
        assert_eq!(tracker(&page("")), None);
        for (address, good) in [
            ("https://github.com/a/b/issues/new?title={title}&amp;body={body}", true),
            ("https://github.com/a/b/issues/new", false),
            ("http://example.org/?t={title}&b={body}", false),
            ("javascript:alert('{title}{body}')", false),
        ] {
            assert_eq!(tracker(&page(address)).map(is_tracker), Some(good), "{address}");
        }
        let shipped = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../index.html")).unwrap();
        assert!(shipped.contains("<meta name=\"tracker\" content=\""), "the page has a place for it");
    }
}
