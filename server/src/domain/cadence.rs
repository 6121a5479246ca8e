//! When a schedule fires: five POSIX cron fields, read in a time zone.
//!
//! The crate `cron` reads the fields, but knows neither POSIX's numbers of
//! weekdays nor clocks that are put forward or back. So weekdays are
//! translated, and it is only ever asked about wall clocks, which are then
//! placed in the time zone: a time that a clock skips fires when the clock has
//! gone on, a time that comes twice fires the first time.

mod reading;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use thiserror::Error;

use super::plain_text::shorten;

pub use reading::{Days, Hours, Minutes, Reading, Span, Times};

/// How far before now the search begins: farther than any clock is put back.
const LOOK_BACK: TimeDelta = TimeDelta::hours(3);
/// Steps in which a skipped time is moved on: no zone skips less.
const STEP: TimeDelta = TimeDelta::minutes(15);
/// Steps at most: some zones have skipped a whole day.
const MAX_STEPS: i32 = 4 * 25;

/// Letters of all five fields, at most: every minute of an hour can be named in them.
const LONGEST: usize = 256;

/// Five cron fields that were understood.
#[derive(Clone, Debug)]
pub struct Cadence(Schedule);

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first.
    Minute,
    /// The second.
    Hour,
    /// The third.
    Day,
    /// The fourth.
    Month,
    /// The fifth.
    Weekday,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minute => "the minute, which is 0 to 59",
            Self::Hour => "the hour, which is 0 to 23",
            Self::Day => "the day of the month, which is 1 to 31",
            Self::Month => "the month, which is 1 to 12 or JAN to DEC",
            Self::Weekday => "the day of the week, which is 0 to 7 or SUN to SAT",
        })
    }
}

impl Place {
    /// What was not understood, repeated as far as it can be taken in at a glance.
    fn refuses(self, field: &str) -> CadenceFault {
        CadenceFault::Field(self, shorten(field, 40))
    }
}

/// Why five fields are refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CadenceFault {
    /// There are more or fewer.
    #[error("has five fields: minute, hour, day of month, month, day of week")]
    FieldCount,
    /// Days of the month and of the week are both restricted: readers of cron
    /// disagree on what that means.
    #[error("restricts either the day of the month or the day of the week, not both")]
    BothDays,
    /// There is more in them than anybody writes.
    #[error("has at most {LONGEST} letters")]
    Length,
    /// A field is not understood.
    #[error("does not say `{1}` for {0}")]
    Field(Place, String),
    /// It never fires, such as on February 30.
    #[error("never fires")]
    Never,
    /// The time zone is not known.
    #[error("the time zone `{0}` is not known")]
    TimeZone(String),
}

impl Cadence {
    /// The first time after `after` at which it fires in `zone`; none if it never does.
    pub fn next(&self, zone: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let wall = after.with_timezone(&zone).naive_local() - LOOK_BACK;
        self.0
            .after(&wall.and_utc())
            .filter_map(|at| instant(zone, at.naive_utc()))
            .find(|at| *at > after)
    }
}

impl FromStr for Cadence {
    type Err = CadenceFault;

    fn from_str(text: &str) -> Result<Self, CadenceFault> {
        if text.len() > LONGEST {
            return Err(CadenceFault::Length);
        }
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(CadenceFault::FieldCount);
        };
        let open = |field: &str| field == "*";
        if !open(day) && !open(weekday) {
            return Err(CadenceFault::BothDays);
        }
        let places = [Place::Minute, Place::Hour, Place::Day];
        for (at, (place, field)) in places.into_iter().zip([minute, hour, day]).enumerate() {
            check(place, field, |value| {
                value.bytes().all(|b| b.is_ascii_digit())
            })?;
            understood(place, (at, *field))?;
        }
        check(Place::Month, month, |value| {
            value.bytes().all(|b| b.is_ascii_alphanumeric())
        })?;
        understood(Place::Month, (3, *month))?;
        let weekdays = weekdays(weekday)?;
        let schedule = expression([*minute, *hour, *day, *month], &weekdays)
            .map_err(|_| Place::Weekday.refuses(weekday))?;
        // 29 February may be eight years away.
        schedule
            .after(&DateTime::UNIX_EPOCH)
            .next()
            .map(|_| Self(schedule))
            .ok_or(CadenceFault::Never)
    }
}

/// The first time after `after` at which `fields` fire in the zone of that IANA name.
pub fn next_fire(
    fields: &str,
    time_zone: &str,
    after: DateTime<Utc>,
) -> Result<DateTime<Utc>, CadenceFault> {
    let cadence: Cadence = fields.parse()?;
    let zone = Tz::from_str(time_zone).map_err(|_| CadenceFault::TimeZone(time_zone.to_owned()))?;
    cadence.next(zone, after).ok_or(CadenceFault::Never)
}

/// The instant of a wall clock: the first of two, or the end of a gap.
pub fn instant(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    (0..MAX_STEPS).find_map(
        |step| match zone.from_local_datetime(&(wall + STEP * step)) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => None,
        },
    )
}

/// The next times after `after` at which `fields` fire in the zone of that IANA name.
pub fn next_fires(
    fields: &str,
    time_zone: &str,
    after: DateTime<Utc>,
    count: usize,
) -> Result<Vec<DateTime<Utc>>, CadenceFault> {
    let first = next_fire(fields, time_zone, after)?;
    let next = |at: &DateTime<Utc>| next_fire(fields, time_zone, *at).ok();
    Ok(std::iter::successors(Some(first), next)
        .take(count)
        .collect())
}

/// The crate's reading of four fields and of weekdays by their names.
fn expression(fields: [&str; 4], weekdays: &str) -> Result<Schedule, cron::error::Error> {
    Schedule::from_str(&format!("0 {} {weekdays}", fields.join(" ")))
}

/// Refuses a field that the crate does not take by itself, so that it can be named.
fn understood(place: Place, (at, field): (usize, &str)) -> Result<(), CadenceFault> {
    let mut alone = ["*"; 4];
    if let Some(one) = alone.get_mut(at) {
        *one = field;
    }
    expression(alone, "*")
        .map(drop)
        .map_err(|_| place.refuses(field))
}

/// Refuses letters that no POSIX field has, before the crate reads them in its own way.
fn check(place: Place, field: &str, is_value: impl Fn(&str) -> bool) -> Result<(), CadenceFault> {
    let good = field.split(',').all(|item| {
        let (range, step) = item
            .split_once('/')
            .map_or((item, None), |(r, s)| (r, Some(s)));
        let is_step = step.is_none_or(|step| {
            !step.is_empty()
                && step.bytes().all(|b| b.is_ascii_digit())
                && step.bytes().any(|b| b != b'0')
        });
        let is_range = range == "*"
            || range
                .split_once('-')
                .map_or(!range.is_empty() && is_value(range), |(from, to)| {
                    !from.is_empty() && !to.is_empty() && is_value(from) && is_value(to)
                });
        is_range && is_step && !(step.is_some() && range != "*" && !range.contains('-'))
    });
    if good {
        Ok(())
    } else {
        Err(place.refuses(field))
    }
}

/// POSIX counts weekdays from 0 or 7 for Sunday, the crate from 1. Every day
/// that is meant is written by its name, so that ranges cannot go astray.
fn weekdays(field: &str) -> Result<String, CadenceFault> {
    if field == "*" {
        return Ok("*".to_owned());
    }
    let refused = || Place::Weekday.refuses(field);
    check(Place::Weekday, field, |value| weekday(value).is_some())?;
    let mut days = [false; 7];
    for item in field.split(',') {
        let (range, step) = item.split_once('/').map_or((item, "1"), |(r, s)| (r, s));
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (Some(0), Some(6)),
            Some((from, to)) => (weekday(from), end_weekday(from, to)),
            None => (weekday(range), weekday(range)),
        };
        let (Some(from), Some(to), Ok(step)) = (from, to, step.parse::<usize>()) else {
            return Err(refused());
        };
        if from > to {
            return Err(refused());
        }
        for day in (from..=to).step_by(step.max(1)) {
            if let Some(day) = days.get_mut(day % 7) {
                *day = true;
            }
        }
    }
    let names: Vec<&str> = WEEKDAYS
        .into_iter()
        .zip(days)
        .filter_map(|(name, meant)| meant.then_some(name))
        .collect();
    Ok(names.join(","))
}

/// Names of weekdays by their POSIX number.
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

fn weekday(value: &str) -> Option<usize> {
    WEEKDAYS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(value))
        .or_else(|| value.parse().ok().filter(|number| *number <= 7))
}

/// The last day of a range: a Sunday after another day is the end of the week.
fn end_weekday(from: &str, to: &str) -> Option<usize> {
    let from = weekday(from)?;
    weekday(to).map(|day| if day == 0 && from > 0 { 7 } else { day })
}

#[cfg(test)]
mod tests;
