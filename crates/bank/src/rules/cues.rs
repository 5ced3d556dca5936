//! Clues that give away the key of a single best answer.

use crate::{
    problem::{Advice, Mistake},
    read::{
        fields::BankFile,
        items::{AuthoredItem, Choice},
    },
    text::words::words,
};

/// The most words in a noun phrase. A longer option is a sentence, whose grammar fits any question.
const PHRASE_WORDS: usize = 6;
/// First words of answers that aren't noun phrases.
const NOT_OF_PHRASES: [&str; 22] = [
    "about", "after", "as", "at", "because", "before", "between", "by", "during", "for", "from", "if", "in",
    "into", "nearly", "on", "only", "to", "until", "when", "while", "with",
];
/// Articles, and words that take their place at the start of a noun phrase.
const DETERMINERS: [&str; 14] =
    ["a", "an", "any", "each", "every", "its", "no", "one", "that", "the", "their", "these", "this", "those"];
/// Verbs that follow a noun in options that say what happens.
const VERBS: [&str; 30] = [
    "arrives",
    "blocks",
    "breaks",
    "changes",
    "crashes",
    "decreases",
    "disappears",
    "doubles",
    "drops",
    "expires",
    "fails",
    "falls",
    "grows",
    "halves",
    "helps",
    "holds",
    "improves",
    "increases",
    "loses",
    "moves",
    "returns",
    "rises",
    "runs",
    "shrinks",
    "starts",
    "stays",
    "stops",
    "waits",
    "wins",
    "works",
];
/// Words of more than three letters that occur in any prompt.
const STOP_WORDS: [&str; 56] = [
    "about", "after", "also", "because", "been", "before", "being", "between", "both", "could", "does",
    "done", "each", "every", "from", "have", "into", "itself", "just", "many", "more", "most", "much",
    "must", "once", "only", "other", "over", "same", "should", "since", "some", "such", "than", "that",
    "their", "them", "then", "there", "these", "they", "this", "those", "under", "until", "were", "what",
    "when", "where", "which", "while", "whose", "will", "with", "without", "would",
];

pub(crate) fn check(file: &BankFile<'_>, item: &AuthoredItem, options: &[Choice]) {
    if let Some(article) = item.prompt.prose().last_word().filter(|word| matches!(*word, "a" | "an")) {
        file.report(item.prompt.line, Mistake::OpenArticle { article: article.to_owned() });
    }
    let (keys, wrong): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.key);
    let [key] = keys.as_slice() else { return };
    if wrong.is_empty() {
        return;
    }
    if let Some(alone) = grammar(&item.prompt.prose().question, key, &wrong) {
        file.report(key.text.line, Mistake::KeyGrammar { alone });
    }
    let echoes = echoes(item, key, &wrong);
    if echoes.len() > 1 {
        file.report(key.text.line, Advice::KeyEchoes { words: echoes });
    }
}

/// What sets the key apart if every option is a noun phrase.
fn grammar(question: &str, key: &Choice, wrong: &[&Choice]) -> Option<&'static str> {
    let key = phrase(key)?;
    let wrong: Vec<Phrase> = wrong.iter().map(|option| phrase(option)).collect::<Option<_>>()?;
    if wrong.iter().all(|other| other.determined != key.determined) {
        let starts = "starts with an article or a word such as \"each\"";
        return Some(if key.determined { starts } else { "starts without an article" });
    }
    // Or only the key agrees with the question's verb. Units agree with their numbers instead, and whether a
    // name is singular or plural can't be seen.
    let asked = asks_for_plural(question)?;
    let number = |phrase: &Phrase| if phrase.counted { None } else { phrase.plural };
    let wrong: Vec<bool> = wrong.iter().map(number).collect::<Option<_>>()?;
    let alone = number(&key)? == asked && wrong.iter().all(|plural| *plural != asked);
    alone.then_some(if asked { "ends in a plural" } else { "doesn't end in a plural" })
}

/// Whether the verb after "Which …" or "What …" is in the plural; `None` if it could be either.
fn asks_for_plural(question: &str) -> Option<bool> {
    let question = question.to_lowercase();
    let mut words = words(question.rsplit(['.', '!', ':']).next()?);
    if !matches!(words.next(), Some("which" | "what")) {
        return None;
    }
    words.find_map(|word| match word {
        "are" | "were" | "have" => Some(true),
        "is" | "was" | "has" => Some(false),
        _ => None,
    })
}

#[derive(Debug)]
struct Phrase {
    /// Whether it starts with a determiner.
    determined: bool,
    /// Whether it ends in a plural; `None` if it doesn't end in a common noun.
    plural: Option<bool>,
    /// Whether it contains a number.
    counted: bool,
}

/// An option as a noun phrase; `None` if it is a sentence, code or an adverbial.
fn phrase(option: &Choice) -> Option<Phrase> {
    let text = option.text.prose().sentences().next()?.0;
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, last) = (words.first()?.to_lowercase(), *words.last()?);
    let is_phrase = words.len() <= PHRASE_WORDS && last.ends_with(char::is_alphanumeric);
    // A name may look like a plural ("Paxos"), and so may a verb ("Throughput drops").
    let is_common = last.starts_with(char::is_lowercase) && !(words.len() == 2 && VERBS.contains(&last));
    let plural = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is", "os"].iter().any(|ending| last.ends_with(ending));
    (is_phrase && !NOT_OF_PHRASES.contains(&first.as_str())).then(|| Phrase {
        determined: DETERMINERS.contains(&first.as_str()),
        plural: is_common.then_some(plural),
        counted: words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())),
    })
}

/// Words of the prompt that only the key repeats.
fn echoes(item: &AuthoredItem, key: &Choice, wrong: &[&Choice]) -> Vec<String> {
    let prompt = item.prompt.words();
    let in_others = |word: &String| wrong.iter().any(|option| option.text.words().contains(word));
    let telling = |word: &String| is_content(word) && prompt.contains(word) && !in_others(word);
    key.text.words().iter().filter(|word| telling(word)).cloned().collect()
}

/// Whether a word carries meaning, unlike "which" or "about".
pub(crate) fn is_content(word: &str) -> bool {
    word.chars().count() > 3 && word.contains(char::is_alphabetic) && !STOP_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::At;

    fn option(text: &str) -> Choice {
        let at = |value: &str| At { value: value.to_owned(), line: 1 };
        Choice { line: 1, text: at(text).into(), key: false, why: at("").into(), misconception: None }
    }

    #[test]
    fn a_key_that_stands_out_by_its_grammar_is_found() {
        let (article, no_article) =
            (Some("starts with an article or a word such as \"each\""), Some("starts without an article"));
        let (are, is) = ("It fails. Which **are** missing?", "What is missing here?");
        for (question, options, expected) in [
            (is, ["A lock", "Semaphore", "Message queue"], article),
            (is, ["Each lock", "Semaphore", "Message queue"], article),
            (is, ["Lock", "A semaphore", "The message queue"], no_article),
            (are, ["Fencing tokens", "A longer lease", "A lock"], no_article),
            (are, ["Fencing tokens", "One longer lease", "One more lock"], no_article),
            (are, ["Fencing tokens", "Longer lease", "More memory"], Some("ends in a plural")),
            (is, ["Fencing tokens", "Longer lease", "More memory"], None),
            ("What helps?", ["Fencing tokens", "Longer lease", "More memory"], None),
            (is, ["Fencing token", "Longer leases", "More locks"], Some("doesn't end in a plural")),
            (are, ["Fencing token", "Longer leases", "More locks"], None),
            (are, ["Fencing tokens", "Longer leases", "One lock"], None),
            (are, ["The access", "A status", "A loss"], None),
            (is, ["1 minute", "4 minutes", "9 minutes"], None),
            (is, ["`locks`", "`lease`", "`token`"], None),
            (is, ["Use fencing tokens.", "Extend the lease.", "Add a lock."], None),
            (is, ["With tokens", "A longer lease", "A lock"], None),
            (is, ["The token that the lock service gives out", "Leases", "Locks"], None),
            (is, ["Paxos", "Raft", "Gossip"], None),
            (are, ["Paxos", "Raft", "Gossip"], None),
            (are, ["Postgres", "Cassandra", "Redis"], None),
            (are, ["Throughput drops", "Latency stays flat", "Latency grows twice"], None),
            (is, ["Latency stays flat", "Throughput drops", "Memory grows"], None),
            (is, ["The leader", "Any follower", "Each client"], None),
            (is, ["Any follower", "The leader", "Its clients"], None),
        ] {
            let [key, wrong @ ..] = options.map(option);
            let wrong: Vec<&Choice> = wrong.iter().collect();
            assert_eq!(grammar(&question.replace('*', ""), &key, &wrong), expected, "{options:?}");
        }
    }
}
