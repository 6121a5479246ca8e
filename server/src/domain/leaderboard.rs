//! Boards: spans of time in the organization's zone over which points are
//! summed, and the structure that tells a rank without counting members.

use std::cmp::Ordering;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

/// Rows of a board that are shown from the top.
pub const TOP: u8 = 10;
/// Neighbours that are shown on either side of oneself.
pub const NEIGHBOURS: u8 = 2;
/// How many values of points share a bucket of the rank structure, which has buckets of
/// each width: one value, sixteen, and sixteen times as many. A rank is the members of
/// higher buckets of the greatest width, plus those of higher ones of the next width within
/// the own one, and so on: at most sixteen rows of each, and of the greatest one for each
/// 256 points that the best are ahead.
pub const WIDTHS: [i64; 3] = [1, 16, 256];

/// A span of time over which a board sums points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The ISO week.
    Week,
    /// The calendar month.
    Month,
    /// The calendar quarter.
    Quarter,
    /// Since the programme began.
    AllTime,
}

impl Period {
    /// Every period, in the order in which boards are written.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::AllTime];
}

/// A board of an organization.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Board(String);

impl Board {
    /// The board of a period that runs at `at` in `zone`.
    pub fn at(period: Period, at: DateTime<Utc>, zone: Tz) -> Self {
        Self::on(period, at.with_timezone(&zone).date_naive())
    }

    /// The board of the period before the one that runs at `at` in `zone`; none for all time.
    pub fn before(period: Period, at: DateTime<Utc>, zone: Tz) -> Option<Self> {
        let date = at.with_timezone(&zone).date_naive();
        // A day that a shorter month lacks becomes its last one, which is in it all the same.
        let then = match period {
            Period::Week => date.checked_sub_days(Days::new(7)),
            Period::Month => date.checked_sub_months(Months::new(1)),
            Period::Quarter => date.checked_sub_months(Months::new(3)),
            Period::AllTime => None,
        };
        then.map(|date| Self::on(period, date))
    }

    fn on(period: Period, date: NaiveDate) -> Self {
        Self(match period {
            Period::Week => {
                let week = date.iso_week();
                format!("week:{}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("month:{}", date.format("%Y-%m")),
            Period::Quarter => format!("quarter:{}-Q{}", date.year(), date.month0() / 3 + 1),
            Period::AllTime => "all:".to_owned(),
        })
    }

    /// Every board that an award at `at` counts for.
    pub fn running(at: DateTime<Utc>, zone: Tz) -> [Self; 4] {
        Period::ALL.map(|period| Self::at(period, at, zone))
    }

    /// Its key in the database.
    pub fn key(&self) -> &str {
        &self.0
    }

    /// Its name for people, such as `2026-W47`; empty for all time.
    pub fn label(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, label)| label)
    }
}

/// How a member's rank moved against the period before.
///
/// It has no word for who had no rank then, and none for who kept theirs: the two are shown
/// alike, so that nobody's absence of points is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Up, by so many places.
    Up(i64),
    /// Down, by so many places.
    Down(i64),
}

impl Movement {
    /// From the rank `before`, if they had one, to the one of `now`; none where it is the same.
    pub fn between(before: Option<i64>, now: i64) -> Option<Self> {
        let before = before?;
        match before.cmp(&now) {
            Ordering::Greater => Some(Self::Up(before - now)),
            Ordering::Less => Some(Self::Down(now - before)),
            Ordering::Equal => None,
        }
    }
}

/// The zone of an IANA name; UTC for one that this build does not know.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The date at `at` in `zone` as `YYYY-MM-DD`.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).date_naive().to_string()
}

/// The buckets of the rank structure that `points` belong to, as width and number;
/// none below one point, for who has none is on no board.
pub fn buckets(points: i64) -> Option<[(i64, i64); 3]> {
    (points >= 1).then(|| WIDTHS.map(|width| (width, points.div_euclid(width))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(at: &str, zone: Tz) -> [String; 4] {
        Board::running(at.parse().unwrap(), zone).map(|board| board.key().to_owned())
    }

    #[test]
    fn boards_follow_the_organizations_calendar() {
        assert_eq!(
            keys("2026-11-22T12:00:00Z", Tz::UTC),
            ["week:2026-W47", "month:2026-11", "quarter:2026-Q4", "all:"]
        );
        // New Year's Eve in London is New Year in Auckland, and both are in week 53.
        assert_eq!(
            keys("2026-12-31T20:00:00Z", Tz::Europe__London),
            ["week:2026-W53", "month:2026-12", "quarter:2026-Q4", "all:"]
        );
        assert_eq!(
            keys("2026-12-31T20:00:00Z", Tz::Pacific__Auckland),
            ["week:2026-W53", "month:2027-01", "quarter:2027-Q1", "all:"]
        );
    }

    #[test]
    fn the_period_before_is_the_one_that_ended_when_this_one_began() {
        let before = |period, at: &str| {
            let board = Board::before(period, at.parse().unwrap(), Tz::Europe__Berlin);
            board.map(|board| board.key().to_owned())
        };
        let cases = [
            (Period::Week, "2026-11-22T12:00:00Z", "week:2026-W46"),
            // Monday in Berlin, while it still is Sunday in UTC.
            (Period::Week, "2026-11-22T23:30:00Z", "week:2026-W47"),
            (Period::Week, "2027-01-04T12:00:00Z", "week:2026-W53"),
            (Period::Month, "2026-03-31T12:00:00Z", "month:2026-02"),
            (Period::Month, "2027-01-01T12:00:00Z", "month:2026-12"),
            (Period::Quarter, "2026-05-31T12:00:00Z", "quarter:2026-Q1"),
            (Period::Quarter, "2026-12-31T12:00:00Z", "quarter:2026-Q3"),
            (Period::Quarter, "2027-02-28T12:00:00Z", "quarter:2026-Q4"),
        ];
        for (period, at, expected) in cases {
            assert_eq!(before(period, at).as_deref(), Some(expected), "{at}");
        }
        assert_eq!(before(Period::AllTime, "2026-11-22T12:00:00Z"), None);
    }

    #[test]
    fn movement_is_how_many_places_lie_between() {
        let cases = [
            (None, 1, None),
            (Some(4), 1, Some(Movement::Up(3))),
            (Some(1), 3, Some(Movement::Down(2))),
            (Some(2), 2, None),
        ];
        for (before, now, expected) in cases {
            assert_eq!(Movement::between(before, now), expected);
        }
    }

    #[test]
    fn a_label_is_what_people_call_the_span() {
        let at = "2026-11-22T12:00:00Z".parse().unwrap();
        assert_eq!(Board::at(Period::Week, at, Tz::UTC).label(), "2026-W47");
        assert_eq!(Board::at(Period::AllTime, at, Tz::UTC).label(), "");
    }

    #[test]
    fn who_has_no_point_has_no_bucket() {
        let cases = [
            (-3, None),
            (0, None),
            (1, Some([(1, 1), (16, 0), (256, 0)])),
            (255, Some([(1, 255), (16, 15), (256, 0)])),
            (256, Some([(1, 256), (16, 16), (256, 1)])),
        ];
        for (points, expected) in cases {
            assert_eq!(buckets(points), expected);
        }
    }

    #[test]
    fn an_unknown_zone_is_utc() {
        assert_eq!(zone("Europe/Berlin"), Tz::Europe__Berlin);
        assert_eq!(zone("Moon/Tranquility"), Tz::UTC);
    }
}
