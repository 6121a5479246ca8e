//! Times and numbers as people of a language and zone write them.

use std::fmt;

use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Utc};

use super::look::Look;
use super::words::Words;

/// Farther away than this, a time is told by its date.
const NEAR: TimeDelta = TimeDelta::days(7);

/// A time on a page: readable by people, and exact for programs and on hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeTag {
    at: DateTime<Utc>,
    shown: String,
    exact: String,
}

impl TimeTag {
    /// What is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for TimeTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let (exact, shown) = (escaped(&self.exact), escaped(&self.shown));
        write!(
            f,
            "<time datetime=\"{at}\" title=\"{exact}\">{shown}</time>"
        )
    }
}

/// What it writes is a tag of ours around escaped text.
impl askama::filters::HtmlSafe for TimeTag {}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// How long ago, or how soon, up to a week; else the date.
pub(super) fn relative(look: &Look, at: DateTime<Utc>) -> TimeTag {
    let away = look.now.signed_duration_since(at);
    let shown = if away.abs() < NEAR {
        near(look.words, away)
    } else {
        date(look, at)
    };
    TimeTag {
        at,
        shown,
        exact: exact(look, at),
    }
}

fn near(words: &Words, away: TimeDelta) -> String {
    let past = away >= TimeDelta::zero();
    let away = away.abs();
    let (minutes, hours, days) = (away.num_minutes(), away.num_hours(), away.num_days());
    match (past, minutes, hours, days) {
        (_, 0, ..) => words.say("now"),
        (true, minutes, 0, _) => words.count("minutes-ago", minutes),
        (true, _, hours, 0) => words.count("hours-ago", hours),
        (true, _, _, days) => words.count("days-ago", days),
        (false, minutes, 0, _) => words.count("in-minutes", minutes),
        (false, _, hours, 0) => words.count("in-hours", hours),
        (false, _, _, days) => words.count("in-days", days),
    }
}

/// Date and time.
pub(super) fn absolute(look: &Look, at: DateTime<Utc>) -> TimeTag {
    let local = at.with_timezone(&look.zone);
    TimeTag {
        at,
        shown: format!("{}, {}", date(look, at), local.format("%H:%M")),
        exact: exact(look, at),
    }
}

fn date(look: &Look, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&look.zone);
    let months = look.words.say("months");
    let month = usize::try_from(local.month0()).unwrap_or_default();
    let month = months.split('|').nth(month).unwrap_or_default();
    let day = local.day().to_string();
    let year = local.year().to_string();
    let fills = [
        ("day", day.into()),
        ("month", month.into()),
        ("year", year.into()),
    ];
    look.words.tell("date", &fills)
}

fn exact(look: &Look, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&look.zone);
    format!(
        "{}, {} ({})",
        date(look, at),
        local.format("%H:%M:%S"),
        look.zone
    )
}

/// A number with its thousands apart.
pub(super) fn grouped(words: &Words, number: i64) -> String {
    apart(number, &words.say("thousands"))
}

/// The same with this mark between them.
pub(super) fn apart(number: i64, mark: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    if number < 0 {
        text.insert(0, '−');
    }
    text
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use entity::enums::Language;

    use super::*;

    fn look(language: Language) -> Look {
        Look {
            words: Words::of(language),
            zone: chrono_tz::Europe::Berlin,
            ..Look::of_stranger(&HeaderMap::new(), None, at(0))
        }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_794_823_200 + seconds, 0).unwrap()
    }

    #[test]
    fn times_are_relative_up_to_a_week_and_then_dates() {
        let (en, de) = (look(Language::En), look(Language::De));
        for (seconds, english, german) in [
            (0, "just now", "gerade eben"),
            (-60, "1 minute ago", "vor 1 Minute"),
            (-7_200, "2 hours ago", "vor 2 Stunden"),
            (-86_400, "yesterday", "gestern"),
            (-6 * 86_400, "6 days ago", "vor 6 Tagen"),
            (3 * 86_400, "in 3 days", "in 3 Tagen"),
            (-8 * 86_400, "8 Nov 2026", "8. Nov. 2026"),
        ] {
            assert_eq!(en.ago(&at(seconds)).shown(), english);
            assert_eq!(de.ago(&at(seconds)).shown(), german);
        }
    }

    #[test]
    fn a_time_is_told_in_the_zone_of_who_reads_it_with_the_zone_on_hover() {
        let tag = look(Language::En).moment(&at(0)).to_string();
        assert_eq!(
            tag,
            "<time datetime=\"2026-11-16T10:00:00Z\" title=\"16 Nov 2026, 11:00:00 (Europe/Berlin)\">16 Nov 2026, 11:00</time>"
        );
    }

    #[test]
    fn thousands_stand_apart() {
        let (en, de) = (Words::of(Language::En), Words::of(Language::De));
        assert_eq!(grouped(en, 1_234_567), "1,234,567");
        assert_eq!(grouped(de, 1_234), "1.234");
        assert_eq!(grouped(en, -999), "−999");
        assert_eq!(grouped(en, 0), "0");
    }
}
