//! Numbers, amounts, days and spans as people read them.

use chrono::{Datelike, NaiveDate};

use crate::domain::currency::{digits, written};
use crate::domain::span::{Length, Span};
use crate::domain::worth::Money;
use crate::http::console::look::Look;

/// From here on a number is rounded for people; the exact one is told on hover and in files.
const LARGE: i64 = 10_000;
/// From here on it is told in millions.
const MILLION: i64 = 1_000_000;

/// A number, rounded for people, with the exact one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// For programs.
    pub value: String,
    /// What is shown.
    pub shown: String,
    /// On hover.
    pub exact: String,
}

/// A number for people.
pub fn number(look: &Look, number: i64) -> Told {
    let exact = look.number(number);
    let shown = if number.abs() < LARGE {
        exact.clone()
    } else if number.abs() < MILLION {
        let rounded = tenths(look, number, 1_000);
        look.with("insight-thousands", "number", rounded)
    } else {
        let rounded = tenths(look, number, MILLION);
        look.with("insight-millions", "number", rounded)
    };
    Told {
        value: number.to_string(),
        shown,
        exact,
    }
}

fn tenths(look: &Look, number: i64, unit: i64) -> String {
    // Cut, not rounded up: nobody is told of more than there is.
    let tenths = number / (unit / 10);
    let (whole, part) = (tenths / 10, (tenths % 10).abs());
    if part == 0 || whole.abs() >= 100 {
        look.number(whole)
    } else {
        let mark = look.say("decimal-mark");
        format!("{}{mark}{part}", look.number(whole))
    }
}

/// How the columns of a table are counted: each with its name and its formula. `cap` is how many
/// clicks of a network count on a link and day.
pub fn formulas(look: &Look, cap: u64, keys: &[(&str, &str)]) -> Vec<(String, String)> {
    let keys = keys.iter();
    keys.map(|(name, formula)| (look.say(name), look.count(formula, cap)))
        .collect()
}

/// An amount of money.
pub fn money(look: &Look, money: &Money) -> String {
    amount(look, money.minor, &money.currency)
}

/// An amount of minor units of a currency.
pub fn amount(look: &Look, minor: i64, currency: &str) -> String {
    let places = digits(currency).unwrap_or_default();
    let mark = look.say("decimal-mark");
    let plain = written(minor, places, &mark);
    let (whole, part) = plain
        .split_once(mark.as_str())
        .map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    let whole = whole
        .parse::<i64>()
        .map_or_else(|_| whole.to_owned(), |whole| look.number(whole));
    match part {
        Some(part) => format!("{whole}{mark}{part} {currency}"),
        None => format!("{whole} {currency}"),
    }
}

/// A day without its year.
pub fn day(look: &Look, day: NaiveDate) -> String {
    let fills = [
        ("day", day.day().to_string().into()),
        ("month", short_month(look, day).into()),
    ];
    look.words.tell("calendar-date", &fills)
}

/// A month without its year, in short.
pub fn short_month(look: &Look, day: NaiveDate) -> String {
    nth(&look.say("months"), day.month0())
}

fn nth(names: &str, at: u32) -> String {
    let at = usize::try_from(at).unwrap_or_default();
    names.split('|').nth(at).unwrap_or_default().to_owned()
}

/// A span as a heading.
pub fn span(look: &Look, span: Span) -> String {
    let first = span.first();
    match span.length() {
        Length::Month => month(look, first),
        Length::Quarter => {
            let fills = [
                ("quarter", (first.month0() / 3 + 1).to_string().into()),
                ("year", first.year().to_string().into()),
            ];
            look.words.tell("insight-quarter-of", &fills)
        }
        Length::Year => first.year().to_string(),
    }
}

/// A month with its year.
pub fn month(look: &Look, day: NaiveDate) -> String {
    let name = nth(&look.say("calendar-months"), day.month0());
    format!("{name} {}", day.year())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use entity::enums::Language;

    use super::*;
    use crate::http::console::words::Words;

    fn look(language: Language) -> Look {
        Look {
            words: Words::of(language),
            ..Look::of_stranger(&HeaderMap::new(), None, chrono::DateTime::UNIX_EPOCH)
        }
    }

    #[test]
    fn large_numbers_are_rounded_down_and_told_exactly_on_hover() {
        let (en, de) = (look(Language::En), look(Language::De));
        for (told, english, german) in [
            (0, "0", "0"),
            (9_999, "9,999", "9.999"),
            (12_345, "12.3 k", "12,3 Tsd."),
            (12_000, "12 k", "12 Tsd."),
            (999_999, "999 k", "999 Tsd."),
            (1_260_000, "1.2 M", "1,2 Mio."),
        ] {
            assert_eq!(number(&en, told).shown, english);
            assert_eq!(number(&de, told).shown, german);
        }
        assert_eq!(number(&en, 12_345).exact, "12,345");
    }

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        let (en, de) = (look(Language::En), look(Language::De));
        assert_eq!(amount(&en, 123_450, "EUR"), "1,234.50 EUR");
        assert_eq!(amount(&de, 123_450, "EUR"), "1.234,50 EUR");
        assert_eq!(amount(&en, 1_234, "JPY"), "1,234 JPY");
    }

    #[test]
    fn spans_are_called_as_people_call_them() {
        let (en, de) = (look(Language::En), look(Language::De));
        let named = |name| Span::named(name).unwrap();
        assert_eq!(span(&en, named("2026-11")), "November 2026");
        assert_eq!(span(&de, named("2026-Q1")), "1. Quartal 2026");
        assert_eq!(span(&en, named("2026")), "2026");
    }
}
