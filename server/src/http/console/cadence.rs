//! Schedules in plain words: what five cron fields mean, and which of them is wrong.

use super::look::Look;
use super::words::Words;
use crate::domain::cadence::{CadenceFault, Days, Hours, Minutes, Place, Reading, Span, Times};

/// What five cron fields mean, as a sentence without its full stop.
pub fn sentence(words: &Words, reading: &Reading) -> String {
    let months = if reading.months.is_empty() {
        String::new()
    } else {
        let names = named(words, "cadence-months", &reading.months);
        words.tell("cadence-in-months", &[("months", names.into())])
    };
    match &reading.times {
        Times::At(times) => at(words, times, &reading.days) + &months,
        Times::Each(minutes, hours) => {
            each(words, minutes, hours) + &on(words, &reading.days) + &months
        }
    }
}

/// Some times of a day, on some days.
fn at(words: &Words, times: &[(u32, u32)], days: &Days) -> String {
    let times = times
        .iter()
        .map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
    let times = listed(words, times.collect());
    let (key, days) = match days {
        Days::Every => ("cadence-daily", String::new()),
        Days::OfWeek(spans) => ("cadence-weekly", named(words, "cadence-weekdays", spans)),
        Days::OfMonth(spans) => ("cadence-monthly", of_month(words, spans)),
    };
    words.tell(key, &[("times", times.into()), ("days", days.into())])
}

/// So often.
fn each(words: &Words, minutes: &Minutes, hours: &Hours) -> String {
    match (minutes, hours) {
        (Minutes::OnTheHour, Hours::Every) => return words.say("cadence-hourly"),
        (Minutes::OnTheHour, Hours::Step(step)) => {
            return words.count("cadence-each-hours", i64::from(*step));
        }
        (Minutes::Every | Minutes::Step(_) | Minutes::OnTheHour | Minutes::At(_), _) => {}
    }
    let often = match minutes {
        Minutes::Every => words.say("cadence-each-minute"),
        Minutes::Step(step) => words.count("cadence-each-minutes", i64::from(*step)),
        Minutes::OnTheHour => words.say("cadence-on-the-hour"),
        Minutes::At(spans) => {
            let numbers = numbers(words, spans);
            words.tell("cadence-at-minutes", &[("minutes", numbers.into())])
        }
    };
    let hours = match (hours, minutes) {
        // Every so many minutes is every hour, too.
        (Hours::Every, Minutes::Every | Minutes::Step(_)) => String::new(),
        (Hours::Every, Minutes::OnTheHour | Minutes::At(_)) => words.say("cadence-of-each-hour"),
        (Hours::Step(step), _) => words.count("cadence-of-each-hours", i64::from(*step)),
        (Hours::Within(spans), _) => {
            let numbers = numbers(words, spans);
            words.tell("cadence-of-hours", &[("hours", numbers.into())])
        }
    };
    often + &hours
}

/// On some days, behind how often.
fn on(words: &Words, days: &Days) -> String {
    match days {
        Days::Every => String::new(),
        Days::OfWeek(spans) => {
            let days = named(words, "cadence-weekdays", spans);
            words.tell("cadence-on-weekdays", &[("days", days.into())])
        }
        Days::OfMonth(spans) => {
            let days = of_month(words, spans);
            words.tell("cadence-on-days", &[("days", days.into())])
        }
    }
}

/// Spans by the names of a list that begins with 1; two that follow each other stand apart.
fn named(words: &Words, key: &str, spans: &[Span]) -> String {
    let list = words.say(key);
    let name = |number: u32| {
        let at = usize::try_from(number)
            .ok()
            .and_then(|at| at.checked_sub(1));
        let name = at.and_then(|at| list.split('|').nth(at));
        name.unwrap_or_default().to_owned()
    };
    let mut parts = Vec::new();
    for span in spans {
        if span.last > span.first + 1 {
            let fills = [
                ("first", name(span.first).into()),
                ("last", name(span.last).into()),
            ];
            parts.push(words.tell("cadence-until", &fills));
        } else {
            parts.extend((span.first..=span.last).map(name));
        }
    }
    listed(words, parts)
}

fn of_month(words: &Words, spans: &[Span]) -> String {
    let day = |day: u32| words.tell("cadence-day", &[("day", day.to_string().into())]);
    let part = |span: &Span| {
        if span.first == span.last {
            day(span.first)
        } else {
            let fills = [
                ("first", day(span.first).into()),
                ("last", day(span.last).into()),
            ];
            words.tell("cadence-until", &fills)
        }
    };
    listed(words, spans.iter().map(part).collect())
}

fn numbers(words: &Words, spans: &[Span]) -> String {
    let part = |span: &Span| {
        if span.first == span.last {
            span.first.to_string()
        } else {
            format!("{}–{}", span.first, span.last)
        }
    };
    listed(words, spans.iter().map(part).collect())
}

/// One, two and three.
fn listed(words: &Words, mut parts: Vec<String>) -> String {
    let Some(last) = parts.pop() else {
        return String::new();
    };
    if parts.is_empty() {
        return last;
    }
    let fills = [("first", parts.join(", ").into()), ("last", last.into())];
    words.tell("cadence-and", &fills)
}

/// Which field is wrong, and what it may be.
pub fn fault(look: &Look, fault: &CadenceFault) -> String {
    match fault {
        CadenceFault::FieldCount => look.say("cadence-fault-count"),
        CadenceFault::BothDays => look.say("cadence-fault-days"),
        CadenceFault::Length => look.say("cadence-fault-length"),
        CadenceFault::Never => look.say("cadence-fault-never"),
        CadenceFault::TimeZone(zone) => look.with("cadence-fault-zone", "zone", zone),
        CadenceFault::Field(place, text) => {
            let key = match place {
                Place::Minute => "cadence-fault-minute",
                Place::Hour => "cadence-fault-hour",
                Place::Day => "cadence-fault-day",
                Place::Month => "cadence-fault-month",
                Place::Weekday => "cadence-fault-weekday",
            };
            look.with(key, "text", text)
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::enums::Language;

    use super::*;
    use crate::domain::cadence::Cadence;

    #[test]
    fn five_fields_are_told_in_both_languages() {
        for (fields, english, german) in [
            (
                "0 * * * *",
                "Every hour, on the hour",
                "Jede Stunde zur vollen Stunde",
            ),
            ("* * * * *", "Every minute", "Jede Minute"),
            ("*/15 * * * *", "Every 15 minutes", "Alle 15 Minuten"),
            (
                "0 */2 * * *",
                "Every 2 hours, on the hour",
                "Alle 2 Stunden zur vollen Stunde",
            ),
            (
                "30 6 * * 1-5",
                "Monday to Friday at 06:30",
                "Montag bis Freitag um 06:30 Uhr",
            ),
            (
                "0 9,17 * * *",
                "Every day at 09:00 and 17:00",
                "Jeden Tag um 09:00 und 17:00 Uhr",
            ),
            (
                "0 9 * * 6,0",
                "Saturday and Sunday at 09:00",
                "Samstag und Sonntag um 09:00 Uhr",
            ),
            (
                "0 9 1,15 * *",
                "On day 1 and 15 of the month at 09:00",
                "Am 1. und 15. des Monats um 09:00 Uhr",
            ),
            (
                "*/20 8-18 * * 1-5",
                "Every 20 minutes, in the hours 8–18, Monday to Friday",
                "Alle 20 Minuten, in den Stunden 8–18, Montag bis Freitag",
            ),
            (
                "5,35 * * 1-3 *",
                "At minute 5 and 35, every hour, in January to March",
                "In Minute 5 und 35, jede Stunde, im Januar bis März",
            ),
        ] {
            let reading = fields.parse::<Cadence>().unwrap().reading();
            assert_eq!(sentence(Words::of(Language::En), &reading), english);
            assert_eq!(sentence(Words::of(Language::De), &reading), german);
        }
    }
}
