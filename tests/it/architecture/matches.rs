//! Finds `_ =>` in matches on enums of our own.

use std::collections::BTreeSet;

use super::source::Source;

/// The names of the enums that `sources` declare.
pub fn enums<'a>(sources: impl Iterator<Item = &'a Source>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in sources {
        let mut words = source.code.split_whitespace();
        while let Some(word) = words.next() {
            if word == "enum"
                && let Some(name) = words.next()
            {
                let end = name
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(name.len());
                names.insert(name[..end].to_owned());
            }
        }
    }
    names
}

/// `path:line` of every wildcard arm beside an arm that names one of `enums`.
pub fn wildcards(source: &Source, enums: &BTreeSet<String>) -> Vec<String> {
    let code: Vec<char> = source.code.chars().collect();
    (0..code.len())
        .filter(|at| is_wildcard(&code, *at))
        .filter_map(|at| {
            let patterns = patterns(&code, block_start(&code, at));
            let ours = patterns
                .iter()
                .find_map(|pattern| enum_named(pattern, enums))?;
            let line = code[..at].iter().filter(|c| **c == '\n').count() + 1;
            Some(format!("{}:{line} has `_ =>` on `{ours}`", source.path))
        })
        .collect()
}

/// Whether a pattern that is only `_`, perhaps with a guard, stands at `at`.
fn is_wildcard(code: &[char], at: usize) -> bool {
    if code[at] != '_' {
        return false;
    }
    let before = code[..at].iter().rev().find(|c| !c.is_whitespace());
    let after: String = code[at + 1..].iter().take(40).collect();
    let after = after.trim_start();
    before.is_some_and(|c| "{},".contains(*c))
        && (after.starts_with("=>") || after.starts_with("if "))
}

/// Where the block that holds `at` begins, after its brace.
fn block_start(code: &[char], at: usize) -> usize {
    let mut depth = 0;
    for (place, c) in code[..at].iter().enumerate().rev() {
        match c {
            '}' | ')' | ']' => depth += 1,
            '{' | '(' | '[' if depth == 0 => return place + 1,
            '{' | '(' | '[' => depth -= 1,
            _ => {}
        }
    }
    0
}

/// The patterns of the arms of the match whose block begins at `start`.
fn patterns(code: &[char], start: usize) -> Vec<String> {
    let mut patterns = Vec::new();
    let mut pattern = String::new();
    let mut depth = 0;
    let mut in_body = false;
    for (place, c) in code.iter().enumerate().skip(start) {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' if depth == 0 => break,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        let arm_ends = depth == 0 && (*c == ',' || (*c == '}' && ends_arm(code, place)));
        if in_body {
            in_body = !arm_ends;
        } else if depth == 0 && *c == '=' && code.get(place + 1) == Some(&'>') {
            patterns.push(std::mem::take(&mut pattern));
            in_body = true;
        } else if *c != ',' {
            pattern.push(*c);
        }
    }
    patterns
}

/// Whether the brace closed at `place` ends an arm: no `.`, `?` or operator follows.
fn ends_arm(code: &[char], place: usize) -> bool {
    let next = code[place + 1..].iter().find(|c| !c.is_whitespace());
    next.is_none_or(|c| c.is_alphanumeric() || "_{}(&|[\"'".contains(*c))
}

/// The first of `enums` that `pattern` names as `Enum::…`.
fn enum_named<'a>(pattern: &str, enums: &'a BTreeSet<String>) -> Option<&'a str> {
    pattern
        .match_indices("::")
        .filter_map(|(at, _)| {
            let before = &pattern[..at];
            let start = before
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| at + 1);
            enums.get(&before[start..])
        })
        .map(String::as_str)
        .next()
}

fn found(code: &str) -> usize {
    let declared = Source::new("a.rs", "//! A.\npub enum Intent { Help, Me }\n");
    let source = Source::new("b.rs", code);
    wildcards(&source, &enums(std::iter::once(&declared))).len()
}

#[test]
fn a_wildcard_on_our_enum_is_found_wherever_it_stands() {
    assert_eq!(found("match x { Intent::Help => 1, _ => 2 }"), 1);
    assert_eq!(
        found("match x { a::Intent::Help => { f(1) } _ if y => 2, Intent::Me => 3 }"),
        1
    );
    assert_eq!(found("match x { Some(Intent::Help) => 1, _ => 2 }"), 1);
}

#[test]
fn a_wildcard_on_what_is_open_is_none() {
    assert_eq!(
        found("match s { \"help\" => Intent::Help, _ => Intent::Me }"),
        0
    );
    assert_eq!(
        found("match n { 1 => { match i { Intent::Help => 1, Intent::Me => 2 } } _ => 3 }"),
        0
    );
    assert_eq!(
        found("match i { Intent::Help => |_| 1, Intent::Me => |_| 2 }"),
        0
    );
}
