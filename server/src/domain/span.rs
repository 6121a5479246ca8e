//! Spans over which figures are told: a calendar month, quarter or year in the organization's
//! zone. They are fixed and none reaches into another of its kind, so that no difference of two
//! spans tells what somebody did on one day.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

/// Years that can be asked for.
const YEARS: std::ops::Range<i32> = 2000..2200;
/// Months of a quarter.
const QUARTER: u32 = 3;

/// How long a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A month, told by days.
    Month,
    /// A quarter, told by weeks.
    Quarter,
    /// A year, told by months.
    Year,
}

impl Length {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => QUARTER,
            Self::Year => 12,
        }
    }
}

/// A span of whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    length: Length,
    first: NaiveDate,
}

/// A part of a span: from its first day to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Span {
    /// The span of a length that holds a day.
    pub fn holding(length: Length, day: NaiveDate) -> Self {
        let month0 = day.month0() - day.month0() % length.months();
        Self {
            length,
            first: NaiveDate::from_ymd_opt(day.year(), month0 + 1, 1).unwrap_or(day),
        }
    }

    /// The span that runs at a time.
    pub fn at(length: Length, at: DateTime<Utc>, zone: Tz) -> Self {
        Self::holding(length, at.with_timezone(&zone).date_naive())
    }

    /// The span of this name, as in `2026-11`, `2026-Q4`, `2026`.
    pub fn named(name: &str) -> Option<Self> {
        let (year, rest) = name
            .split_once('-')
            .map_or((name, None), |(year, rest)| (year, Some(rest)));
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = year.parse().ok().filter(|year| YEARS.contains(year))?;
        let (length, month) = match rest {
            None => (Length::Year, 1),
            Some(rest) => match rest.strip_prefix('Q') {
                Some(number) => {
                    let number = one_of(number, 1, 4)?;
                    (Length::Quarter, (number - 1) * QUARTER + 1)
                }
                None if rest.len() == 2 => (Length::Month, one_of(rest, 1, 12)?),
                None => return None,
            },
        };
        let first = NaiveDate::from_ymd_opt(year, month, 1).filter(|_| is_year)?;
        Some(Self { length, first })
    }

    /// Its name.
    pub fn name(&self) -> String {
        match self.length {
            Length::Month => self.first.format("%Y-%m").to_string(),
            Length::Quarter => {
                let quarter = self.first.month0() / QUARTER + 1;
                format!("{}-Q{quarter}", self.first.year())
            }
            Length::Year => self.first.year().to_string(),
        }
    }

    /// How long it is.
    pub fn length(&self) -> Length {
        self.length
    }

    /// Its first day.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last(&self) -> NaiveDate {
        let next = self.next().first;
        next.checked_sub_days(Days::new(1)).unwrap_or(next)
    }

    /// The span after it.
    pub fn next(&self) -> Self {
        let months = Months::new(self.length.months());
        Self {
            first: self.first.checked_add_months(months).unwrap_or(self.first),
            ..*self
        }
    }

    /// The span before it.
    pub fn before(&self) -> Self {
        let months = Months::new(self.length.months());
        Self {
            first: self.first.checked_sub_months(months).unwrap_or(self.first),
            ..*self
        }
    }

    /// Whether it holds a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last()).contains(&day)
    }

    /// Its parts: the days of a month, the weeks of a quarter as far as they lie in it, the
    /// months of a year.
    pub fn parts(&self) -> Vec<Stretch> {
        let mut parts = Vec::new();
        let (mut from, last) = (self.first, self.last());
        while from <= last {
            let until = match self.length {
                Length::Month => from,
                Length::Quarter => from.week(Weekday::Mon).last_day(),
                Length::Year => Self::holding(Length::Month, from).last(),
            };
            parts.push(Stretch {
                from,
                until: until.min(last),
            });
            let Some(next) = until.checked_add_days(Days::new(1)) else {
                break;
            };
            from = next;
        }
        parts
    }
}

fn one_of(digits: &str, least: u32, most: u32) -> Option<u32> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_number)?;
    (least..=most).contains(&number).then_some(number)
}

/// The first day of the month of a date, such as `2026-11-01` of `2026-11-27`.
pub fn month_of(day: &str) -> String {
    format!("{}-01", day.get(..7).unwrap_or(day))
}

/// Whole weeks before a time, the oldest first: each from its Monday to its Sunday.
pub fn whole_weeks(count: u64, at: DateTime<Utc>, zone: Tz) -> Vec<Stretch> {
    let monday = at
        .with_timezone(&zone)
        .date_naive()
        .week(Weekday::Mon)
        .first_day();
    let weeks = (1..=count).rev().filter_map(|back| {
        let from = monday.checked_sub_days(Days::new(7 * back))?;
        Some(Stretch {
            from,
            until: from.checked_add_days(Days::new(6))?,
        })
    });
    weeks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_its_span_and_back_and_anything_else_nowhere() {
        for (name, first, last) in [
            ("2026-11", "2026-11-01", "2026-11-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026", "2026-01-01", "2026-12-31"),
        ] {
            let span = Span::named(name).unwrap();
            assert_eq!(span.name(), name);
            assert_eq!(span.first().to_string(), first);
            assert_eq!(span.last().to_string(), last);
        }
        for name in [
            "",
            "2026-",
            "2026-1",
            "2026-13",
            "2026-Q5",
            "2026-Q",
            "26-11",
            "+026-11",
            "2026-+1",
            "1999",
            "2026-11-01",
        ] {
            assert_eq!(Span::named(name), None, "{name}");
        }
    }

    #[test]
    fn spans_of_a_kind_follow_each_other_without_a_gap_or_an_overlap() {
        for name in ["2026-12", "2026-Q4", "2026"] {
            let span = Span::named(name).unwrap();
            let next = span.next();
            assert_eq!(next.before(), span);
            assert_eq!(span.last().succ_opt(), Some(next.first()));
            assert!(span.holds(span.last()) && !span.holds(next.first()));
        }
    }

    #[test]
    fn the_parts_of_a_span_cover_it_once() {
        for (name, count) in [("2026-11", 30), ("2026-Q4", 14), ("2026", 12)] {
            let span = Span::named(name).unwrap();
            let parts = span.parts();
            assert_eq!(parts.len(), count, "{name}");
            let mut day = span.first();
            for part in &parts {
                assert_eq!(part.from, day);
                day = part.until.succ_opt().unwrap();
            }
            assert_eq!(day, span.next().first());
        }
    }

    #[test]
    fn the_zone_decides_which_span_runs() {
        let at = "2026-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(Span::at(Length::Month, at, Tz::UTC).name(), "2026-12");
        assert_eq!(
            Span::at(Length::Month, at, Tz::Europe__Berlin).name(),
            "2027-01"
        );
    }

    #[test]
    fn whole_weeks_end_before_the_running_one() {
        let at = "2026-11-18T10:00:00Z".parse().unwrap();
        let weeks = whole_weeks(2, at, Tz::UTC);
        let days: Vec<String> = weeks
            .iter()
            .map(|week| format!("{} {}", week.from, week.until))
            .collect();
        assert_eq!(days, ["2026-11-02 2026-11-08", "2026-11-09 2026-11-15"]);
    }

    #[test]
    fn a_day_names_its_month() {
        assert_eq!(month_of("2026-11-27"), "2026-11-01");
    }
}
