//! When a schedule fires: five POSIX cron fields, read in a time zone.
//!
//! The crate `cron` reads the fields, but knows neither POSIX's numbers of
//! weekdays nor clocks that are put forward or back. So weekdays are
//! translated, and it is only ever asked about wall clocks, which are then
//! placed in the time zone: a time that a clock skips fires when the clock has
//! gone on, a time that comes twice fires the first time.

use std::str::FromStr;

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use thiserror::Error;

use super::plain_text::shorten;

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
    /// A field is not understood.
    #[error("the field `{0}` is not understood")]
    Field(String),
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
            return Err(not_understood(text));
        }
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(CadenceFault::FieldCount);
        };
        let open = |field: &str| field == "*";
        if !open(day) && !open(weekday) {
            return Err(CadenceFault::BothDays);
        }
        for field in [minute, hour, day] {
            check(field, |value| value.bytes().all(|b| b.is_ascii_digit()))?;
        }
        check(month, |value| {
            value.bytes().all(|b| b.is_ascii_alphanumeric())
        })?;
        let weekdays = weekdays(weekday)?;
        let expression = format!("0 {minute} {hour} {day} {month} {weekdays}");
        let schedule = Schedule::from_str(&expression).map_err(|_| not_understood(text))?;
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
fn instant(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    (0..MAX_STEPS).find_map(
        |step| match zone.from_local_datetime(&(wall + STEP * step)) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => None,
        },
    )
}

/// What was not understood, repeated as far as it can be taken in at a glance.
fn not_understood(field: &str) -> CadenceFault {
    CadenceFault::Field(shorten(field, 40))
}

/// Refuses letters that no POSIX field has, before the crate reads them in its own way.
fn check(field: &str, is_value: impl Fn(&str) -> bool) -> Result<(), CadenceFault> {
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
        Err(not_understood(field))
    }
}

/// POSIX counts weekdays from 0 or 7 for Sunday, the crate from 1. Every day
/// that is meant is written by its name, so that ranges cannot go astray.
fn weekdays(field: &str) -> Result<String, CadenceFault> {
    if field == "*" {
        return Ok("*".to_owned());
    }
    check(field, |value| weekday(value).is_some())?;
    let mut days = [false; 7];
    for item in field.split(',') {
        let (range, step) = item.split_once('/').map_or((item, "1"), |(r, s)| (r, s));
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (Some(0), Some(6)),
            Some((from, to)) => (weekday(from), end_weekday(from, to)),
            None => (weekday(range), weekday(range)),
        };
        let (Some(from), Some(to), Ok(step)) = (from, to, step.parse::<usize>()) else {
            return Err(not_understood(field));
        };
        if from > to {
            return Err(not_understood(field));
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
