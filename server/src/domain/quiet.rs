//! Quiet hours: when a member is not to be disturbed, and when that is over.
//!
//! They are read on the member's own clock, also where it is put forward or back. They bind
//! messages of the member's own, never channel posts or answers.

use chrono::{DateTime, Datelike, DurationRound, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use entity::{member, organization};

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// Clocks are put forward and back on the quarter of an hour, and days begin on one.
const QUARTER: TimeDelta = TimeDelta::minutes(15);
/// Quarters of an hour that are looked at: more than the longest quiet time, which is a
/// weekend with all but a minute of the days around it.
const QUARTERS: usize = 6 * 24 * 4;

/// Hours and days without messages of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuietHours {
    /// Minute of the day at which they begin.
    pub from: u16,
    /// Minute of the day at which they end; before `from` they last over midnight, the same
    /// as `from` they never begin.
    pub to: u16,
    /// Whether Saturday and Sunday are quiet throughout.
    pub weekends: bool,
}

/// Of who chose none, where their organization chose none: from 18:00 to 09:00, and weekends.
pub const DEFAULT: QuietHours = QuietHours {
    from: 18 * 60,
    to: 9 * 60,
    weekends: true,
};

/// What is noted of a member's hours, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    /// Minute of the day at which they begin.
    pub from: i64,
    /// Minute of the day at which they end.
    pub to: i64,
    /// Whether Saturday and Sunday are quiet.
    pub weekends: bool,
    /// Whether the member chose them.
    pub own: bool,
}

impl From<&member::Model> for Noted {
    fn from(member: &member::Model) -> Self {
        Self {
            from: member.quiet_from,
            to: member.quiet_to,
            weekends: member.quiet_weekends,
            own: member.quiet_own,
        }
    }
}

/// A minute that no day has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchMinute;

impl QuietHours {
    /// What a member chose, else what their organization did. Hours other than the usual ones
    /// were chosen, whoever noted it: a version before did not.
    pub fn of(member: impl Into<Noted>, organization: &organization::Model) -> Self {
        let noted = member.into();
        let own = Self::read((noted.from, noted.to), noted.weekends);
        if noted.own || own != DEFAULT {
            own
        } else {
            Self::of_house(organization)
        }
    }

    /// What an organization chose for its members who chose nothing.
    pub fn of_house(organization: &organization::Model) -> Self {
        Self::read(
            (organization.quiet_from, organization.quiet_to),
            organization.quiet_weekends,
        )
    }

    fn read((from, to): (i64, i64), weekends: bool) -> Self {
        let minute = |value: i64, default| u16::try_from(value).unwrap_or(default);
        Self {
            from: minute(from, DEFAULT.from),
            to: minute(to, DEFAULT.to),
            weekends,
        }
    }

    /// Refuses minutes that no day has.
    pub fn check(self) -> Result<Self, NoSuchMinute> {
        if self.from < DAY && self.to < DAY {
            Ok(self)
        } else {
            Err(NoSuchMinute)
        }
    }

    /// Whether no time is quiet.
    pub fn are_none(self) -> bool {
        self.from == self.to && !self.weekends
    }

    /// Whether `at` is quiet in `zone`.
    pub fn cover(self, at: DateTime<Utc>, zone: Tz) -> bool {
        let local = at.with_timezone(&zone);
        let is_weekend = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
        if self.weekends && is_weekend {
            return true;
        }
        let minute = minute_of_day(local);
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }

    /// The first time from `now` on that is not quiet in `zone`.
    pub fn end(self, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let mut at = now;
        for _ in 0..QUARTERS {
            if !self.cover(at, zone) {
                return at;
            }
            at = self.next_look(at, zone);
        }
        // Quiet hours that never end would be a fault of ours, not a reason for silence.
        now
    }

    /// The next time at which quiet can turn to not quiet: the end of the hours, or a quarter,
    /// on which midnights and changes of the clock fall.
    fn next_look(self, at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let quarter = at.duration_trunc(QUARTER).unwrap_or(at) + QUARTER;
        let minute = at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at);
        let now = minute_of_day(at.with_timezone(&zone));
        let left = (self.to + DAY - now) % DAY;
        if left == 0 {
            return quarter;
        }
        quarter.min(minute + TimeDelta::minutes(left.into()))
    }
}

fn minute_of_day(local: DateTime<Tz>) -> u16 {
    u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
