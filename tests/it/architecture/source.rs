//! The project's Rust sources as the rules see them: with their words, without
//! comments, strings and tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path below the project's root.
    pub path: String,
    /// What it says.
    pub text: String,
    /// The same, line by line, with blanks for comments, strings and tests.
    pub code: String,
}

impl Source {
    /// A file of this path and text.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: without_tests(&bare(text)),
        }
    }

    /// Whether its path begins with one of `folders`.
    pub fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Whether it holds nothing but tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.path.starts_with("tests/it/")
    }

    /// How long it is without its tests.
    pub fn lines_without_tests(&self) -> usize {
        self.code.trim_end().lines().count()
    }

    /// `path:line` of every place where the code names `word`.
    pub fn places_of(&self, word: &str) -> Vec<String> {
        self.code
            .lines()
            .enumerate()
            .filter(|(_, line)| names(line, word))
            .map(|(at, _)| format!("{}:{} names `{word}`", self.path, at + 1))
            .collect()
    }
}

/// The project's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust source of the project.
pub fn sources() -> Vec<Source> {
    let texts = texts().into_iter();
    texts
        .map(|(path, text)| Source::new(&path, &text))
        .collect()
}

/// Their paths below the project's root, and what they say.
pub fn texts() -> Vec<(String, String)> {
    let root = root();
    let mut files = Vec::new();
    for folder in ["bots", "server", "entity", "migration", "tests"] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    files
        .iter()
        .map(|file| {
            let path = file.strip_prefix(&root).unwrap().display().to_string();
            (path, fs::read_to_string(file).unwrap())
        })
        .collect()
}

/// The names, without `ending`, of the files in `folder` that have it.
pub fn names_in(folder: &Path, ending: &str) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeSet::new();
    };
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target"].contains(&name.as_str()) {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Whether `line` names `word` as a whole word.
fn names(line: &str, word: &str) -> bool {
    let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part_of_a_word) && !after.is_some_and(part_of_a_word)
    })
}

/// Blanks out comments, strings and character literals; lines stay where they are.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            let blank = |c: &char| if *c == '\n' { '\n' } else { ' ' };
            out.extend(chars[at..end].iter().map(blank));
            at = end;
        }
    }
    out
}

/// Where the comment, string or character that begins at `at` ends; `at` if none begins.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    match (chars[at], next) {
        ('/', Some('/')) => until(chars, at, |at| chars[at] == '\n'),
        ('/', Some('*')) => until(chars, at, |at| chars[at..].starts_with(&['*', '/'])) + 2,
        ('"', _) => string_end(chars, at + 1),
        ('r', Some('"' | '#')) if !word_before(chars, at) => raw_string_end(chars, at),
        ('\'', Some('\\')) => until(chars, at + 3, |at| chars[at] == '\'') + 1,
        ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
    .min(chars.len())
}

fn until(chars: &[char], from: usize, found: impl Fn(usize) -> bool) -> usize {
    (from..chars.len())
        .find(|at| found(*at))
        .unwrap_or(chars.len())
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn raw_string_end(chars: &[char], at: usize) -> usize {
    let open = until(chars, at + 1, |at| chars[at] != '#');
    if chars.get(open) != Some(&'"') {
        // A raw identifier.
        return at;
    }
    let mut close = vec!['"'];
    close.resize(open - at, '#');
    until(chars, open + 1, |at| chars[at..].starts_with(&close)) + close.len()
}

fn word_before(chars: &[char], at: usize) -> bool {
    // `br"…"` is a raw string too.
    at > 0 && chars[at - 1] != 'b' && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

/// Cuts the tests at the bottom of a file.
fn without_tests(code: &str) -> String {
    let lines: Vec<&str> = code.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].trim() == "#[cfg(test)]" && pair[1].trim().starts_with("mod tests")
    });
    let kept = tests.unwrap_or(lines.len());
    lines[..kept].join("\n")
}

#[test]
fn words_in_comments_strings_and_tests_do_not_count() {
    let text = r##"//! About axum.
let a = "axum"; /* axum */ let b = r#"axum "quoted" "#; let c = '"'; let d = 'a';
let escaped = "\"axum"; // axum
fn lives<'axum_like>() {}
#[cfg(test)]
mod tests {
    use axum::Router;
}
"##;
    assert_eq!(
        Source::new("server/src/x.rs", text).places_of("axum"),
        Vec::<String>::new()
    );
}

#[test]
fn words_in_code_are_found_with_their_line() {
    let source = Source::new(
        "server/src/x.rs",
        "//! A.\n\nuse axum::Router;\nlet maxum = 1;\n",
    );
    assert_eq!(source.places_of("axum"), ["server/src/x.rs:3 names `axum`"]);
}
