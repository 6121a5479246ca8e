//! What commands print: calm tables for people, JSON for programs.

mod when;

use std::io::Write as _;

use serde::Serialize;

pub use when::relative;

use crate::failure::Failure;

/// How a command prints its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Sentences and tables.
    Words,
    /// JSON, as the API gives it.
    Json,
}

impl Format {
    /// What `--json` asks for.
    pub fn of(json: bool) -> Self {
        if json { Self::Json } else { Self::Words }
    }

    /// Prints `value` as JSON, or the words for it.
    pub fn show<T: Serialize>(
        self,
        value: &T,
        words: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        match self {
            Self::Words => say(&words()),
            Self::Json => say(&serde_json::to_string_pretty(value)
                .map_err(|error| Failure::refused(error.to_string()))?),
        }
    }
}

/// Prints a line on the standard output; a reader that went away is no failure.
pub fn say(words: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout().lock(), "{words}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::refused(format!("Nothing can be printed: {error}")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints a line on the standard error, where it is in nobody's way.
pub fn warn(words: &str) {
    // Where even that is closed, there is nobody left to tell.
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}

/// Lines of `rows` below `heads`, each column as wide as its widest cell.
pub fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = heads.map(|head| head.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let heads = heads.map(str::to_uppercase);
    std::iter::once(&heads)
        .chain(rows)
        .map(|row| line(row, &widths))
        .collect::<Vec<_>>()
        .join("\n")
}

fn line(cells: &[String], widths: &[usize]) -> String {
    cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell:<width$}"))
        .collect::<Vec<_>>()
        .join("  ")
        .trim_end()
        .to_owned()
}

/// At most `length` characters of `text` on one line, cut between words.
pub fn shorten(text: &str, length: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= length {
        return whole;
    }
    let mut short = String::new();
    for word in words {
        if short.chars().count() + word.chars().count() + 2 > length {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = whole.chars().take(length.saturating_sub(1)).collect();
    }
    short.push('…');
    short
}

/// `1 item`, `2 items`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How an enum of the API writes `value`: `in_review` as `in review`.
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        Ok(_) | Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_as_wide_as_its_widest_cells() {
        let rows = [
            ["1".to_owned(), "Ada".to_owned()],
            ["22".to_owned(), "Ünal".to_owned()],
        ];
        assert_eq!(table(["id", "name"], &rows), "ID  NAME\n1   Ada\n22  Ünal");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(shorten("A new office\nopens in Lyon", 16), "A new office…");
        assert_eq!(shorten("A new office", 16), "A new office");
        assert_eq!(shorten("Donaudampfschifffahrt", 8), "Donauda…");
    }

    #[test]
    fn enums_are_written_as_words() {
        assert_eq!(word(&server_api::enums::PostState::InReview), "in review");
    }
}
