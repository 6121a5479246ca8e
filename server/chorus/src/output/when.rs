//! Times as people say them: "in 3 hours", "2 days ago", and the day beyond a month.

use chrono::{DateTime, TimeDelta, Utc};

/// Below this a time is simply near.
const MOMENT: TimeDelta = TimeDelta::seconds(45);

/// How far `at` lies from `now`, in words.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = (at - now).abs();
    if distance < MOMENT {
        return "now".to_owned();
    }
    if distance >= TimeDelta::days(30) {
        return at.format("%Y-%m-%d").to_string();
    }
    let words = span(distance);
    if at > now {
        format!("in {words}")
    } else {
        format!("{words} ago")
    }
}

fn span(distance: TimeDelta) -> String {
    // Rounded to the nearest unit, so that an hour less a second is an hour.
    let rounded = |unit: i64| (distance.num_seconds() + unit / 2) / unit;
    let (number, unit) = match distance.num_seconds() {
        ..=3_569 => (rounded(60), "minute"),
        3_570..=84_599 => (rounded(3_600), "hour"),
        _ => (rounded(86_400), "day"),
    };
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let cases = [
            (0, "now"),
            (-44, "now"),
            (-60, "1 minute ago"),
            (119, "in 2 minutes"),
            (3_599, "in 1 hour"),
            (-7_200, "2 hours ago"),
            (-86_400, "1 day ago"),
            (86_400 * 14, "in 14 days"),
            (-86_400 * 40, "2026-12-06"),
        ];
        for (seconds, words) in cases {
            assert_eq!(relative(now + TimeDelta::seconds(seconds), now), words);
        }
    }
}
