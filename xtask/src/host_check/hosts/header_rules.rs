//! The file `_headers`, in which Netlify and Cloudflare Pages are told what to send.

use crate::host_check::hosts::server::Reply;

/// Cloudflare Pages reads no more rules, and no longer lines.
const MOST_RULES: usize = 100;
const LONGEST_LINE: usize = 2000;

/// Headers for the paths that match.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    path: String,
    headers: Vec<(String, String)>,
}

/// The rules of a file: a path at the start of a line, and its headers in the lines below, each further in.
pub(crate) fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines() {
        let is_header = line.starts_with(char::is_whitespace);
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        match (is_header, rules.last_mut(), words.split_once(':')) {
            (false, _, _) => rules.push(Rule { path: words.to_owned(), headers: Vec::new() }),
            (true, Some(rule), Some((name, value))) => {
                rule.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            _ => {}
        }
    }
    rules
}

/// The rules that Cloudflare Pages reads of a file.
pub(crate) fn limited_rules(text: &str) -> Vec<Rule> {
    let short: Vec<_> = text.lines().filter(|line| line.chars().count() <= LONGEST_LINE).collect();
    let mut rules = rules(&short.join("\n"));
    rules.truncate(MOST_RULES);
    rules
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        match self.path.split_once('*') {
            Some((start, end)) => path.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
            None => self.path == path,
        }
    }
}

/// Sets the headers of every rule that matches. Where several name one header, their values are joined.
pub(crate) fn apply(rules: &[Rule], path: &str, reply: &mut Reply) {
    let mut set: Vec<(String, String)> = Vec::new();
    for (name, value) in rules.iter().filter(|rule| rule.matches(path)).flat_map(|rule| &rule.headers) {
        match set.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some((_, joined)) => joined.extend([", ", value]),
            None => set.push((name.clone(), value.clone())),
        }
    }
    for (name, value) in set {
        reply.set(&name, &value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_matches_counts_and_equal_names_are_joined() {
        let text =
            "# All\n/*\n  X-One: 1\n  Cache-Control: a\n\n/x/y.js\n  cache-control: b, c\n/z\n  X-Two: 2\n";
        let rules = rules(text);
        assert_eq!(rules.len(), 3);
        let mut reply = Reply::new(200, b"");
        reply.set("cache-control", "the host's own");
        apply(&rules, "/x/y.js", &mut reply);
        assert_eq!(reply.header("Cache-Control"), "a, b, c");
        assert_eq!(reply.header("x-one"), "1");
        assert_eq!(reply.header("x-two"), "");
    }

    #[test]
    fn what_is_too_much_for_cloudflare_is_not_read() {
        let many = "/x\n  X-One: 1\n".repeat(101);
        assert_eq!((rules(&many).len(), limited_rules(&many).len()), (101, 100));
        let long = format!("/*\n  X-Long: {}\n  X-One: 1\n", "x".repeat(2000));
        assert_eq!((rules(&long)[0].headers.len(), limited_rules(&long)[0].headers.len()), (2, 1));
    }
}
