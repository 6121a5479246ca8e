//! The table of tests/README.md that says which test holds which protection: each test that it names
//! is there, under that name.

use std::collections::BTreeSet;
use std::fs;

use crate::architecture::source::{root, texts};

/// Above the table.
const HEADING: &str = "## Which test holds which protection\n";
/// Stands for the beginning of the name before it.
const SAME: char = '…';

/// The tests that each row names.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("tests/README.md")).unwrap();
    let (_, table) = text.split_once(HEADING).unwrap();
    let lines = table.lines().take_while(|line| !line.starts_with("## "));
    let rows = lines.filter_map(|line| {
        let (protection, tests) = line.strip_prefix("| ")?.split_once(" | ")?;
        (protection != "protection").then_some(tests)
    });
    rows.map(named).collect()
}

/// The names in a cell, each in whole.
fn named(cell: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in cell.split('`').skip(1).step_by(2) {
        let whole = match (name.strip_prefix(SAME), names.last()) {
            (Some(ending), Some(before)) => {
                let (beginning, _) = before.rsplit_once("_on_").unwrap();
                format!("{beginning}{ending}")
            }
            (Some(_) | None, _) => name.to_owned(),
        };
        names.push(whole);
    }
    names
}

/// The names of all tests in Rust.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in texts() {
        let mut is_marked = false;
        for line in text.lines().map(str::trim) {
            is_marked |= line == "#[test]" || line.starts_with("#[tokio::test");
            let function = line.split_once("fn ").filter(|_| is_marked);
            if let Some((_, name)) = function {
                let name = name.split(['(', '<']).next();
                names.extend(name.map(str::to_owned));
                is_marked = false;
            }
        }
    }
    names
}

/// What tests and steps in other languages are called by stands there in quotes.
fn elsewhere() -> String {
    let browser = fs::read_dir(root().join("tests/browser")).unwrap();
    let browser = browser.map(|entry| entry.unwrap().path());
    let browser = browser.filter(|path| path.extension().is_some_and(|end| end == "mjs"));
    let files = browser.chain([root().join("tests/run")]);
    files
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn each_test_that_is_said_to_hold_a_protection_is_there() {
    let (rows, tests, elsewhere) = (rows(), tests(), elsewhere());
    assert!(rows.len() > 50 && tests.len() > 500, "the table, the tests");
    let is_there = |name: &String| {
        if name.contains(' ') {
            elsewhere.contains(&format!("\"{name}\""))
        } else {
            tests.contains(name)
        }
    };
    let strangers: Vec<&String> = rows
        .iter()
        .flatten()
        .filter(|name| !is_there(name))
        .collect();
    assert!(strangers.is_empty(), "no test is called so: {strangers:#?}");
    let is_bare = rows.iter().any(Vec::is_empty);
    assert!(!is_bare, "a row names no test: {rows:#?}");
}
