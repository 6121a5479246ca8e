//! Tables over fields and daylight saving, and `croner` as a second opinion.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn next(fields: &str, zone: &str, after: &str) -> String {
    next_fire(fields, zone, at(after))
        .unwrap()
        .format("%FT%TZ")
        .to_string()
}

#[test]
fn weekdays_count_as_in_posix() {
    // 2026-11-16 is a Monday.
    let monday = "2026-11-16T10:00:00Z";
    assert_eq!(next("0 9 * * 2", "UTC", monday), "2026-11-17T09:00:00Z");
    assert_eq!(next("0 9 * * 0", "UTC", monday), "2026-11-22T09:00:00Z");
    assert_eq!(next("0 9 * * 7", "UTC", monday), "2026-11-22T09:00:00Z");
    assert_eq!(next("0 9 * * FRI", "UTC", monday), "2026-11-20T09:00:00Z");
    assert_eq!(next("0 9 * * 5-7", "UTC", monday), "2026-11-20T09:00:00Z");
    let friday = "2026-11-20T10:00:00Z";
    assert_eq!(next("0 9 * * 1-5", "UTC", friday), "2026-11-23T09:00:00Z");
}

#[test]
fn fields_are_read_in_the_organizations_zone() {
    let fire = next("30 9 * * *", "Europe/Berlin", "2026-11-16T10:00:00Z");
    assert_eq!(fire, "2026-11-17T08:30:00Z");
}

#[test]
fn a_time_that_the_clock_skips_fires_once_when_it_has_gone_on() {
    // New York: on 2026-03-08 two o'clock becomes three.
    let first = next("30 2 * * *", "America/New_York", "2026-03-08T06:00:00Z");
    assert_eq!(first, "2026-03-08T07:00:00Z");
    let second = next("30 2 * * *", "America/New_York", &first);
    assert_eq!(second, "2026-03-09T06:30:00Z");
}

#[test]
fn a_time_that_comes_twice_fires_the_first_time_only() {
    // New York: on 2026-11-01 two o'clock becomes one again.
    let zone = "America/New_York";
    let first = next("30 1 * * *", zone, "2026-11-01T04:00:00Z");
    assert_eq!(first, "2026-11-01T05:30:00Z");
    let second = next("30 1 * * *", zone, &first);
    assert_eq!(second, "2026-11-02T06:30:00Z");
    let in_the_repeated_hour = next("15 1 * * *", zone, "2026-11-01T06:10:00Z");
    assert_eq!(in_the_repeated_hour, "2026-11-02T06:15:00Z");
}

#[test]
fn restricting_both_day_fields_is_refused() {
    assert_eq!(
        "0 9 13 * 5".parse::<Cadence>().unwrap_err(),
        CadenceFault::BothDays
    );
}

#[test]
fn what_is_no_posix_cron_is_refused() {
    for fields in [
        "",
        "* * * *",
        "0 * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "* * * * 5-1",
        "@daily x x x x",
        "? * * * *",
        "*/0 * * * *",
        "5/10 * * * *",
        "1- * * * *",
        "a * * * *",
        "* * L * *",
        "* * * * MONDAYS",
        "-1 * * * *",
    ] {
        assert!(fields.parse::<Cadence>().is_err(), "{fields}");
    }
    assert_eq!(
        "0 0 30 2 *".parse::<Cadence>().unwrap_err(),
        CadenceFault::Never
    );
    assert!(matches!(
        next_fire("0 0 * * *", "Mars/Base", at("2026-11-16T10:00:00Z")),
        Err(CadenceFault::TimeZone(_))
    ));
}

#[test]
fn a_bad_field_is_named() {
    for (fields, place, text) in [
        ("60 * * * *", Place::Minute, "60"),
        ("0 24 * * *", Place::Hour, "24"),
        ("0 9-8x * * *", Place::Hour, "9-8x"),
        ("0 9 32 * *", Place::Day, "32"),
        ("0 9 * FOO *", Place::Month, "FOO"),
        ("0 9 * * 8", Place::Weekday, "8"),
        ("0 9 * * 5-1", Place::Weekday, "5-1"),
    ] {
        assert_eq!(
            fields.parse::<Cadence>().unwrap_err(),
            CadenceFault::Field(place, text.to_owned()),
            "{fields}"
        );
    }
    let endless = format!("{} * * * *", "0,".repeat(200));
    assert_eq!(
        endless.parse::<Cadence>().unwrap_err(),
        CadenceFault::Length
    );
}

#[test]
fn the_next_times_follow_one_another_across_a_change_of_clocks() {
    let zone = "Europe/Berlin";
    let times = next_fires("0 9 * * *", zone, at("2026-10-23T10:00:00Z"), 3).unwrap();
    let times: Vec<String> = times.iter().map(DateTime::to_rfc3339).collect();
    assert_eq!(
        times,
        [
            "2026-10-24T07:00:00+00:00",
            "2026-10-25T08:00:00+00:00",
            "2026-10-26T08:00:00+00:00"
        ]
    );
    assert!(next_fires("0 9 31 4 *", zone, at("2026-10-23T10:00:00Z"), 3).is_err());
}

fn item(least: u32, most: u32) -> impl Strategy<Value = String> {
    prop_oneof![
        Just("*".to_owned()),
        (least..=most).prop_map(|n| n.to_string()),
        (2..=most.min(20)).prop_map(|step| format!("*/{step}")),
        (least..=most, least..=most).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b))),
        (least..=most, least..=most).prop_map(|(a, b)| format!("{a},{b}")),
    ]
}

proptest! {
    #[test]
    fn fires_as_another_reader_of_cron_says(
        minute in item(0, 59),
        hour in item(0, 23),
        day in item(1, 28),
        month in item(1, 12),
        weekday in item(0, 6),
        by_weekday in any::<bool>(),
        after in 1_700_000_000_i64..1_900_000_000,
    ) {
        let fields = if by_weekday {
            format!("{minute} {hour} * {month} {weekday}")
        } else {
            format!("{minute} {hour} {day} {month} *")
        };
        let after = DateTime::from_timestamp(after, 0).unwrap();
        let ours = next_fire(&fields, "UTC", after).unwrap();
        let theirs = croner::Cron::from_str(&fields)
            .unwrap()
            .find_next_occurrence(&after, false)
            .unwrap();
        prop_assert_eq!(ours, theirs, "{}", fields);
    }
}
