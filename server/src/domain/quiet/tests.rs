//! Tests of quiet hours, against a clock that is read minute by minute.

use proptest::prelude::*;

use super::*;

const BERLIN: Tz = Tz::Europe__Berlin;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn by_default_evenings_nights_and_weekends_are_quiet() {
    let cases = [
        // Monday to Friday, in Berlin's winter.
        ("2026-11-16T08:00:00Z", "2026-11-16T08:00:00Z"),
        ("2026-11-16T07:59:59Z", "2026-11-16T08:00:00Z"),
        ("2026-11-16T16:59:59Z", "2026-11-16T16:59:59Z"),
        ("2026-11-16T17:00:00Z", "2026-11-17T08:00:00Z"),
        // From Friday evening to Monday morning.
        ("2026-11-20T17:00:00Z", "2026-11-23T08:00:00Z"),
        ("2026-11-21T11:00:00Z", "2026-11-23T08:00:00Z"),
        // Over the weekend in which clocks are put forward, and back.
        ("2026-03-27T18:00:00Z", "2026-03-30T07:00:00Z"),
        ("2026-10-23T18:00:00Z", "2026-10-26T08:00:00Z"),
    ];
    for (now, end) in cases {
        assert_eq!(DEFAULT.end(at(now), BERLIN), at(end), "{now}");
    }
}

#[test]
fn who_wants_none_is_never_quiet() {
    let none = QuietHours {
        from: 60,
        to: 60,
        weekends: false,
    };
    let now = at("2026-11-21T00:30:00Z");
    assert!(none.are_none());
    assert_eq!(none.end(now, BERLIN), now);
    assert!(!DEFAULT.are_none());
}

#[test]
fn hours_that_end_while_the_clock_is_put_forward_end_with_the_gap() {
    // 02:00 to 03:00 does not exist in Berlin on 2026-03-29.
    let night = QuietHours {
        from: 22 * 60,
        to: 2 * 60 + 20,
        weekends: false,
    };
    let now = at("2026-03-29T00:30:00Z");
    assert_eq!(night.end(now, BERLIN), at("2026-03-29T01:00:00Z"));
}

#[test]
fn a_minute_that_no_day_has_is_refused() {
    assert!(DEFAULT.check().is_ok());
    assert!(
        QuietHours {
            from: DAY,
            ..DEFAULT
        }
        .check()
        .is_err()
    );
    assert!(QuietHours { to: DAY, ..DEFAULT }.check().is_err());
}

/// The same, found by looking at every minute.
fn end_by_minutes(quiet: QuietHours, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let whole = now.duration_trunc(TimeDelta::minutes(1)).unwrap();
    std::iter::once(now)
        .chain((1..8 * 24 * 60).map(|minute| whole + TimeDelta::minutes(minute)))
        .find(|at| !quiet.cover(*at, zone))
        .unwrap()
}

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![
        Tz::UTC,
        BERLIN,
        Tz::America__New_York,
        Tz::Asia__Kathmandu,
        // Half an hour of summer time.
        Tz::Australia__Lord_Howe,
        // Changes at midnight.
        Tz::Africa__Cairo,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// Around every change of a clock in 2026 and on ordinary days alike.
    #[test]
    fn quiet_ends_at_the_first_minute_that_is_not_quiet(
        zone in zones(),
        second in 1_767_225_600_i64..1_798_761_600,
        from in 0..DAY,
        to in 0..DAY,
        weekends: bool,
    ) {
        let quiet = QuietHours { from, to, weekends };
        let now = DateTime::from_timestamp(second, 0).unwrap();
        prop_assert_eq!(quiet.end(now, zone), end_by_minutes(quiet, now, zone));
    }

    #[test]
    fn also_within_a_day_of_a_change_of_the_clock(
        (zone, change) in prop::sample::select(vec![
            (BERLIN, "2026-03-29T01:00:00Z"),
            (BERLIN, "2026-10-25T01:00:00Z"),
            (Tz::America__New_York, "2026-03-08T07:00:00Z"),
            (Tz::America__New_York, "2026-11-01T06:00:00Z"),
            (Tz::Australia__Lord_Howe, "2026-04-04T15:00:00Z"),
            (Tz::Australia__Lord_Howe, "2026-10-03T15:30:00Z"),
            (Tz::Africa__Cairo, "2026-04-23T22:00:00Z"),
        ]),
        offset in -86_400_i64..86_400,
        from in 0..DAY,
        to in 0..DAY,
        weekends: bool,
    ) {
        let quiet = QuietHours { from, to, weekends };
        let now = at(change) + TimeDelta::seconds(offset);
        prop_assert_eq!(quiet.end(now, zone), end_by_minutes(quiet, now, zone));
    }
}
