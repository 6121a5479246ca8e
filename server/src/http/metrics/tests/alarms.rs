//! The rules to alarm on ask for figures, labels and values that there are: one that asks for
//! another is silent for ever.

use std::collections::{BTreeMap, BTreeSet};

use super::{REFERENCE, rows};
use crate::jobs::periodic;
use crate::metrics::requests;
use crate::metrics::sampled::RIGHTS;

/// The words of Prometheus in the rules; whatever else stands there is a figure.
const LANGUAGE: [&str; 11] = [
    "and",
    "by",
    "count",
    "histogram_quantile",
    "ignoring",
    "increase",
    "max",
    "min",
    "rate",
    "sum",
    "time",
];
/// Those of them that keep no label but those that they group by.
const TOGETHER: [&str; 4] = ["count", "max", "min", "sum"];

/// A rule.
struct Rule<'a> {
    name: &'a str,
    asks: &'a str,
    says: &'a str,
}

/// A part of what a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Text(&'a str),
    Sign(char),
}

/// A figure that a rule asks for, with the values that its labels are to have.
struct Picked<'a> {
    figure: &'a str,
    labels: Vec<(&'a str, &'a str)>,
}

/// The labels of every figure, as the reference has them and as the scraper adds to them.
type Families = BTreeMap<String, BTreeSet<String>>;

fn rules() -> Vec<Rule<'static>> {
    let (_, part) = REFERENCE.split_once("## What to alarm on").unwrap();
    part.split("- alert: ")
        .skip(1)
        .map(|rule| {
            let after = |start: &str| {
                let mut lines = rule.lines().map(str::trim);
                lines
                    .find_map(|line| line.strip_prefix(start))
                    .unwrap_or_else(|| panic!("{start}is missing in {rule}"))
            };
            Rule {
                name: rule.lines().next().unwrap(),
                asks: after("expr: "),
                says: after("annotations: "),
            }
        })
        .collect()
}

fn families() -> Families {
    let mut families = Families::new();
    let listed = rows("## The server").into_iter().chain(rows("## The bots"));
    for (name, kind, labels) in listed {
        let mut labels = BTreeSet::from_iter(labels);
        if kind == "histogram" {
            for ending in ["_count", "_sum"] {
                families.insert(format!("{name}{ending}"), labels.clone());
            }
            labels.insert("le".to_owned());
            families.insert(format!("{name}_bucket"), labels);
        } else {
            families.insert(name, labels);
        }
    }
    families.insert("up".to_owned(), BTreeSet::new());
    for labels in families.values_mut() {
        labels.insert("job".to_owned());
    }
    families
}

fn tokens(asks: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = asks;
    while let Some(first) = rest.chars().next() {
        let is_part = |letter: char| letter.is_alphanumeric() || "_:.".contains(letter);
        let word = rest
            .find(|letter: char| !is_part(letter))
            .unwrap_or(rest.len());
        let length = if let Some(text) = rest.strip_prefix('"') {
            let (text, _) = text.split_once('"').unwrap();
            tokens.push(Token::Text(text));
            text.len() + 2
        } else if word > 0 {
            tokens.push(Token::Word(&rest[..word]));
            word
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// What stands between the bracket at `open` and the one that closes it.
fn inside<'t, 'a>(tokens: &'t [Token<'a>], open: usize) -> &'t [Token<'a>] {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') => depth -= 1,
            Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
        }
        if depth == 0 {
            assert!(at > open, "no bracket opens at {open} of {tokens:?}");
            return &tokens[open + 1..at];
        }
    }
    panic!("no bracket closes the one at {open} of {tokens:?}");
}

/// The figures that are asked for.
fn picked<'a>(tokens: &[Token<'a>]) -> Vec<Picked<'a>> {
    let mut picked = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let length = match *token {
            // Labels to group by, with their brackets, or a span of time.
            Token::Word("by" | "ignoring") => inside(tokens, at + 1).len() + 3,
            Token::Sign('[') => inside(tokens, at).len() + 2,
            Token::Word(figure) if is_figure(figure) => {
                let has_labels = tokens.get(at + 1) == Some(&Token::Sign('{'));
                let labels = if has_labels {
                    inside(tokens, at + 1)
                } else {
                    &[]
                };
                picked.push(Picked {
                    figure,
                    labels: values(labels),
                });
                1 + labels.len() + 2 * usize::from(has_labels)
            }
            Token::Word(_) | Token::Text(_) | Token::Sign(_) => 1,
        };
        at += length;
    }
    picked
}

fn is_figure(word: &str) -> bool {
    !LANGUAGE.contains(&word) && !word.starts_with(|first: char| first.is_ascii_digit())
}

/// Labels with the values that they are to have.
fn values<'a>(tokens: &[Token<'a>]) -> Vec<(&'a str, &'a str)> {
    tokens
        .split(|token| *token == Token::Sign(','))
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair {
            [Token::Word(label), .., Token::Text(value)] => (*label, *value),
            other => panic!("a label and its value, not {other:?}"),
        })
        .collect()
}

/// The labels that are grouped by, each with a figure that stands behind it.
fn grouped<'a>(tokens: &[Token<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut grouped = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if *token != Token::Word("by") {
            continue;
        }
        let labels = inside(tokens, at + 1);
        for behind in picked(inside(tokens, at + labels.len() + 3)) {
            grouped.extend(words(labels).map(|label| (label, behind.figure)));
        }
    }
    grouped
}

/// The labels that figures are compared without.
fn ignored<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    let places = tokens.iter().enumerate();
    places
        .filter(|(_, token)| **token == Token::Word("ignoring"))
        .flat_map(|(at, _)| words(inside(tokens, at + 1)))
        .collect()
}

fn words<'a>(tokens: &[Token<'a>]) -> impl Iterator<Item = &'a str> {
    tokens.iter().filter_map(|token| match token {
        Token::Word(word) => Some(*word),
        Token::Text(_) | Token::Sign(_) => None,
    })
}

/// What a value of a rule stands for: itself, or each of `before(one|other)`.
fn alternatives(value: &str) -> Vec<String> {
    let (before, ways) = value.split_once('(').unwrap_or(("", value));
    ways.trim_end_matches(')')
        .split('|')
        .map(|way| format!("{before}{way}"))
        .collect()
}

/// Whether a label of a figure may have a value.
fn may_be(figure: &str, label: &str, value: &str) -> bool {
    let is_turn = || periodic::leases().iter().any(|lease| lease == value);
    match (label, figure) {
        // Whatever the scraper is configured to say.
        ("job", _) => true,
        ("route", _) => value == requests::LINK,
        ("status", _) => is_status(value),
        ("work", _) => periodic::all().iter().any(|entry| entry.name() == value),
        ("lease", "chorus_lease_until_timestamp_seconds") => RIGHTS.contains(&value) || is_turn(),
        _ => named(figure).contains(&value),
    }
}

/// Whether some status is of this pattern.
fn is_status(pattern: &str) -> bool {
    let is_place = |place: char| place.is_ascii_digit() || place == '.';
    pattern.len() == 3 && pattern.starts_with(['2', '3', '4', '5']) && pattern.chars().all(is_place)
}

/// What the reference names where it tells of a figure, among it the values of its labels.
fn named(figure: &str) -> Vec<&'static str> {
    let endings = ["_bucket", "_count", "_sum"];
    let mut stripped = endings
        .iter()
        .filter_map(|ending| figure.strip_suffix(*ending));
    let name = format!("| `{}` |", stripped.next().unwrap_or(figure));
    let mut rows = REFERENCE.lines().filter(|line| line.starts_with(&name));
    let mut cells = rows.next().unwrap_or_default().split('|');
    let what = cells.nth(4).unwrap_or_default();
    what.split('`').skip(1).step_by(2).collect()
}

/// What a rule asks for, or says, that there is not.
fn faults(rule: &Rule<'_>) -> Vec<String> {
    let (families, tokens) = (families(), tokens(rule.asks));
    let picked = picked(&tokens);
    let has = |figure: &str, label: &str| {
        let labels = families.get(figure);
        labels.is_none_or(|labels| labels.contains(label))
    };
    let mut faults = Vec::new();
    for Picked { figure, labels } in &picked {
        if !families.contains_key(*figure) {
            faults.push(format!("there is no {figure}"));
            continue;
        }
        for (label, value) in labels {
            if !has(figure, label) {
                faults.push(format!("{figure} has no {label}"));
                continue;
            }
            let ways = alternatives(value).into_iter();
            let never = ways.filter(|way| !may_be(figure, label, way));
            faults.extend(never.map(|way| format!("no {label} of {figure} is {way}")));
        }
    }
    let grouped = grouped(&tokens);
    let strangers = grouped.iter().filter(|(label, figure)| !has(figure, label));
    faults.extend(strangers.map(|(label, figure)| format!("{figure} has no {label}")));
    let strangers = ignored(&tokens).into_iter();
    let strangers = strangers.filter(|label| !picked.iter().any(|one| has(one.figure, label)));
    faults.extend(strangers.map(|label| format!("no figure has {label}")));

    let is_together = words(&tokens).any(|word| TOGETHER.contains(&word));
    let bears = |said: &str| {
        let mut groups = grouped.iter();
        let is_grouped = groups.any(|(label, _)| *label == said);
        is_grouped || (!is_together && picked.iter().any(|one| has(one.figure, said)))
    };
    let says = rule.says.split("$labels.").skip(1);
    let says = says.filter_map(|rest| rest.split(' ').next());
    let strangers = says.filter(|label| !bears(label));
    faults.extend(strangers.map(|label| format!("the alarm bears no {label}")));
    faults
}

#[test]
fn every_rule_asks_for_figures_labels_and_values_that_there_are() {
    let rules = rules();
    assert!(rules.len() > 20, "{} rules", rules.len());
    for rule in rules {
        let (faults, name) = (faults(&rule), rule.name);
        assert!(faults.is_empty(), "{name} never alarms: {faults:#?}");
    }
}

/// What is wrong with a rule that asks this and says nothing of labels.
fn faults_of(asks: &str) -> Vec<String> {
    let (name, says) = ("Example", "{summary: \"Something is wrong\"}");
    faults(&Rule { name, asks, says })
}

#[test]
fn a_rule_that_asks_for_what_is_never_told_is_found() {
    let sound = "sum by (le) (rate(chorus_http_request_duration_seconds_bucket[5m])) > 1";
    assert!(faults_of(sound).is_empty(), "{:?}", faults_of(sound));
    for (asks, fault) in [
        (
            "rate(chorus_hits_missing_total[5m]) > 0",
            "there is no chorus_hits_missing_total",
        ),
        (
            "rate(chorus_job_duration_seconds[5m]) > 1",
            "there is no chorus_job_duration_seconds",
        ),
        (
            "max(chorus_jobs_due{kind=\"import_feed\"}) > 1",
            "chorus_jobs_due has no kind",
        ),
        (
            "increase(chorus_jobs_ended_total{outcome=\"lost\"}[1h]) > 0",
            "no outcome of chorus_jobs_ended_total is lost",
        ),
        (
            "chorus_lease_until_timestamp_seconds{lease=~\"periodic:(count_clicks|tidy)\"} > 0",
            "no lease of chorus_lease_until_timestamp_seconds is periodic:tidy",
        ),
        (
            "max(chorus_lease_held{lease=\"periodic:count_clicks\"}) == 0",
            "no lease of chorus_lease_held is periodic:count_clicks",
        ),
        (
            "sum by (kind) (chorus_jobs_due) > 1",
            "chorus_jobs_due has no kind",
        ),
        (
            "chorus_jobs_due / ignoring(kind) chorus_jobs_dead > 1",
            "no figure has kind",
        ),
    ] {
        assert_eq!(faults_of(asks), [fault], "{asks}");
    }
}

#[test]
fn an_alarm_that_speaks_of_a_label_that_it_does_not_bear_is_found() {
    let silent = Rule {
        name: "Example",
        asks: "sum(increase(chorus_jobs_ended_total{outcome=\"dead\"}[1h])) > 0",
        says: "{summary: \"{{ $labels.kind }} was given up\"}",
    };
    assert_eq!(faults(&silent), ["the alarm bears no kind"]);
}
