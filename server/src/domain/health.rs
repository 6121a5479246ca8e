//! How a programme does: the share of members who are active, in bands, and what gives cause for
//! alarm.

use chrono::TimeDelta;

/// A member who shared within this time is active.
pub const ACTIVE: TimeDelta = TimeDelta::days(30);
/// Percent of who joined that are active; fewer, and the programme has stalled.
pub const STALLED: i64 = 10;
/// Percent of who joined that are active; from then on the programme thrives.
pub const THRIVING: i64 = 30;
/// Activity that falls so many weeks in a row gives cause for alarm.
pub const FALLING_WEEKS: usize = 3;
/// How far ahead content should last.
pub const AHEAD: TimeDelta = TimeDelta::days(7);
/// Posts that can be shared by then; fewer, and content runs dry.
pub const ENOUGH: u64 = 3;
/// Hours that a review may wait where the organization demands nothing.
pub const PATIENCE: i64 = 72;

/// How a programme does, by its share of active members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Below ten percent.
    Stalled,
    /// Between.
    Growing,
    /// From thirty percent on.
    Thriving,
}

/// What gives cause for alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Fewer shares in each of the last weeks than in the one before.
    Falling,
    /// So few posts can be shared a week from now.
    RunningDry(u64),
    /// So many reviews wait longer than they should, in hours.
    ReviewsWait(u64, i64),
}

/// Percent of who joined that are active, rounded down so that no band is reached early.
pub fn adoption(active: u64, joined: u64) -> Option<i64> {
    let percent = (active.min(joined) * 100).checked_div(joined)?;
    i64::try_from(percent).ok()
}

/// The band of a share of active members in percent.
pub fn band(adoption: i64) -> Band {
    if adoption < STALLED {
        Band::Stalled
    } else if adoption < THRIVING {
        Band::Growing
    } else {
        Band::Thriving
    }
}

/// Whether activity fell in each of the last weeks; `weeks` are whole ones, the oldest first.
pub fn falls(weeks: &[i64]) -> bool {
    let Some(first) = weeks.len().checked_sub(FALLING_WEEKS + 1) else {
        return false;
    };
    let last = weeks.get(first..).unwrap_or_default();
    last.iter()
        .zip(last.iter().skip(1))
        .all(|(before, after)| after < before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_begin_at_ten_and_thirty_percent() {
        for (active, joined, adoption_is, band_is) in [
            (0, 50, 0, Band::Stalled),
            (99, 1_000, 9, Band::Stalled),
            (100, 1_000, 10, Band::Growing),
            (299, 1_000, 29, Band::Growing),
            (300, 1_000, 30, Band::Thriving),
            (7, 5, 100, Band::Thriving),
        ] {
            assert_eq!(adoption(active, joined), Some(adoption_is));
            assert_eq!(band(adoption_is), band_is);
        }
        assert_eq!(adoption(0, 0), None);
    }

    #[test]
    fn three_falls_in_a_row_are_an_alarm() {
        for (weeks, is_falling) in [
            (&[9, 7, 5, 3][..], true),
            (&[1, 9, 7, 5, 3], true),
            (&[9, 7, 7, 3], false),
            (&[9, 9, 7, 5], false),
            (&[9, 7, 5], false),
            (&[0, 0, 0, 0], false),
            (&[], false),
        ] {
            assert_eq!(falls(weeks), is_falling, "{weeks:?}");
        }
    }
}
