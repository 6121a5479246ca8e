//! What five cron fields mean to people: at which times, on which days. Words are others' work.

use cron::{Schedule, TimeUnitSpec};

use super::Cadence;

/// Times of a day that are told one by one, at most.
const TOLD: usize = 6;

/// Numbers without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: u32,
    /// The last; the first where there is one.
    pub last: u32,
}

/// Which minutes of an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Minutes {
    /// All of them.
    Every,
    /// Each so many, from the hour on.
    Step(u32),
    /// The first.
    OnTheHour,
    /// These.
    At(Vec<Span>),
}

/// Which hours of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// All of them.
    Every,
    /// Each so many, from midnight on.
    Step(u32),
    /// These.
    Within(Vec<Span>),
}

/// When on a day it fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Times {
    /// At these hours and minutes.
    At(Vec<(u32, u32)>),
    /// At these minutes of these hours.
    Each(Minutes, Hours),
}

/// On which days it fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Every day.
    Every,
    /// Weekdays, from 1 for Monday.
    OfWeek(Vec<Span>),
    /// Days of the month.
    OfMonth(Vec<Span>),
}

/// What five cron fields mean to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When on a day.
    pub times: Times,
    /// On which days.
    pub days: Days,
    /// In which months, from 1; none for all of them.
    pub months: Vec<Span>,
}

impl Cadence {
    /// What it means to people.
    pub fn reading(&self) -> Reading {
        let fires = &self.0;
        let minutes = chosen(fires.minutes(), 0..=59);
        let hours = chosen(fires.hours(), 0..=23);
        Reading {
            times: times(&minutes, &hours),
            days: days(fires),
            months: some_of(&chosen(fires.months(), 1..=12), 12),
        }
    }
}

fn times(minutes: &[u32], hours: &[u32]) -> Times {
    if hours.len() < 24 && minutes.len() * hours.len() <= TOLD {
        let at = |hour: &u32| minutes.iter().map(|minute| (*hour, *minute)).collect();
        let each: Vec<Vec<(u32, u32)>> = hours.iter().map(at).collect();
        return Times::At(each.concat());
    }
    let of_hour = match (minutes, step(minutes, 60)) {
        (_, Some(1)) => Minutes::Every,
        (_, Some(step)) => Minutes::Step(step),
        ([0], None) => Minutes::OnTheHour,
        (_, None) => Minutes::At(spans(minutes)),
    };
    let of_day = match step(hours, 24) {
        Some(1) => Hours::Every,
        Some(step) => Hours::Step(step),
        None => Hours::Within(spans(hours)),
    };
    Times::Each(of_hour, of_day)
}

fn days(fires: &Schedule) -> Days {
    let of_month = some_of(&chosen(fires.days_of_month(), 1..=31), 31);
    if !of_month.is_empty() {
        return Days::OfMonth(of_month);
    }
    // The crate counts from 1 for Sunday, and a week of people begins on Monday.
    let of_week: Vec<u32> = (1..=7)
        .filter(|day| fires.days_of_week().includes(day % 7 + 1))
        .collect();
    if of_week.len() == 7 {
        Days::Every
    } else {
        Days::OfWeek(spans(&of_week))
    }
}

fn chosen(unit: &impl TimeUnitSpec, range: std::ops::RangeInclusive<u32>) -> Vec<u32> {
    range.filter(|number| unit.includes(*number)).collect()
}

/// The spans of some numbers; none where they are all of them.
fn some_of(numbers: &[u32], all: usize) -> Vec<Span> {
    if numbers.len() == all {
        Vec::new()
    } else {
        spans(numbers)
    }
}

/// The step in which more than one number goes from 0 to the end, if they do so evenly.
fn step(numbers: &[u32], end: u32) -> Option<u32> {
    let (first, rest) = numbers.split_first()?;
    let step = rest.first()?;
    let is_even = *first == 0
        && end.is_multiple_of(*step)
        && numbers.len() == usize::try_from(end / step).ok()?
        && numbers
            .iter()
            .zip(0..)
            .all(|(number, at)| *number == at * step);
    is_even.then_some(*step)
}

fn spans(numbers: &[u32]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for number in numbers.iter().copied() {
        match spans.last_mut() {
            Some(span) if span.last + 1 == number => span.last = number,
            Some(_) | None => spans.push(Span {
                first: number,
                last: number,
            }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(fields: &str) -> Reading {
        fields.parse::<Cadence>().unwrap().reading()
    }

    fn one(number: u32) -> Span {
        Span {
            first: number,
            last: number,
        }
    }

    #[test]
    fn times_are_told_one_by_one_while_they_are_few() {
        assert_eq!(reading("30 9 * * *").times, Times::At(vec![(9, 30)]));
        assert_eq!(
            reading("0,30 9,17 * * *").times,
            Times::At(vec![(9, 0), (9, 30), (17, 0), (17, 30)])
        );
        assert_eq!(
            reading("0 8-18 * * *").times,
            Times::Each(
                Minutes::OnTheHour,
                Hours::Within(vec![Span { first: 8, last: 18 }])
            )
        );
    }

    #[test]
    fn steps_are_steps_only_where_they_are_even() {
        for (fields, times) in [
            ("* * * * *", Times::Each(Minutes::Every, Hours::Every)),
            ("*/15 * * * *", Times::Each(Minutes::Step(15), Hours::Every)),
            ("0 * * * *", Times::Each(Minutes::OnTheHour, Hours::Every)),
            (
                "0 */2 * * *",
                Times::Each(Minutes::OnTheHour, Hours::Step(2)),
            ),
            (
                "*/45 * * * *",
                Times::Each(Minutes::At(vec![one(0), one(45)]), Hours::Every),
            ),
        ] {
            assert_eq!(reading(fields).times, times, "{fields}");
        }
    }

    #[test]
    fn days_are_of_the_week_or_of_the_month() {
        assert_eq!(reading("0 9 * * *").days, Days::Every);
        assert_eq!(
            reading("0 9 * * 1-5").days,
            Days::OfWeek(vec![Span { first: 1, last: 5 }])
        );
        assert_eq!(
            reading("0 9 * * 0").days,
            Days::OfWeek(vec![one(7)]),
            "a Sunday ends the week"
        );
        assert_eq!(
            reading("0 9 1,15 * *").days,
            Days::OfMonth(vec![one(1), one(15)])
        );
        assert_eq!(
            reading("0 9 * JAN-MAR *").months,
            [Span { first: 1, last: 3 }]
        );
        assert!(reading("0 9 * * *").months.is_empty());
    }
}
