//! The calendar: posts that went or are to go live, by month, week or as an agenda. A post that
//! has not gone yet is moved by dragging, by keys, or by typing its time.

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use uuid::Uuid;

use super::composer::form::{local, moment};
use super::door::{Console, InPath};
use super::form::Fields;
use super::frame::Frame;
use super::library::path_of;
use super::named;
use super::page::{Answer, OrPage};
use super::posts::titled;
use super::toast::Toast;
use crate::app::App;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::service::posts::{self, PostDetail, PostError};

/// Days of a week.
const WEEK: u64 = 7;

/// How much the calendar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Month,
    Week,
    Agenda,
}

#[derive(Template)]
#[template(path = "console/calendar.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is a part of the page of its own"
)]
struct CalendarPage {
    frame: Frame,
    heading: String,
    spans: Vec<(String, String, bool)>,
    before: String,
    after: String,
    today: String,
    weeks: Vec<Vec<Day>>,
    is_agenda: bool,
    is_week: bool,
    may_write: bool,
    is_cut: bool,
    is_empty: bool,
    names_of_days: Vec<String>,
}

/// A day and its posts.
struct Day {
    date: String,
    name: String,
    /// The date as people write it, or its number where the month is told already.
    told: String,
    is_today: bool,
    is_outside: bool,
    posts: Vec<Entry>,
}

/// A post in the calendar.
struct Entry {
    id: Uuid,
    path: String,
    move_path: Option<String>,
    title: String,
    time: String,
    local: String,
    version: i64,
    state: String,
    tone: &'static str,
}

/// Shows it.
pub async fn show(
    console: Console<ReadPosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let zone = console.look.zone;
    let today = console.look.now.with_timezone(&zone).date_naive();
    let (span, day) = asked(&fields, today);
    let (from, until) = period(span, day);
    let found = (start(from, zone), start(until, zone));
    let found = posts::show_calendar(&app, &console.actor, found).await;
    let found = found.or_page(&console)?;
    let path = console.path("calendar");
    let address = |span: Span, day: NaiveDate| format!("{path}?view={}&day={day}", word(span));
    let (before, after) = neighbours(span, day);
    let page = CalendarPage {
        heading: heading(&console, span, day),
        spans: [
            (Span::Month, "calendar-month"),
            (Span::Week, "calendar-week"),
            (Span::Agenda, "calendar-agenda"),
        ]
        .map(|(one, key)| (console.look.say(key), address(one, day), one == span))
        .into(),
        before: address(span, before),
        after: address(span, after),
        today: address(span, today),
        is_empty: found.posts.is_empty(),
        is_agenda: span == Span::Agenda,
        is_week: span == Span::Week,
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        is_cut: found.is_cut,
        names_of_days: (from.iter_days().take(7))
            .map(|one| name_of(&console, one))
            .collect(),
        weeks: weeks(days(&console, (span, day, today), &found.posts)),
        frame: console.frame("calendar-title"),
    };
    Ok(console.page(&page))
}

/// What the address asks for: a month with today in it, unless it says otherwise.
fn asked(fields: &Fields, today: NaiveDate) -> (Span, NaiveDate) {
    let day = fields.text("day").parse::<NaiveDate>().ok();
    let day = day.filter(|day| (1990..2200).contains(&day.year()));
    let span = match fields.text("view") {
        "week" => Span::Week,
        "agenda" => Span::Agenda,
        _ => Span::Month,
    };
    (span, day.unwrap_or(today))
}

/// The days of a period with their posts; an agenda has only those that hold some.
fn days(
    console: &Console<ReadPosts>,
    (span, day, today): (Span, NaiveDate, NaiveDate),
    posts: &[PostDetail],
) -> Vec<Day> {
    let (from, until) = period(span, day);
    let mut days: Vec<Day> = (from.iter_days().take_while(|one| *one < until))
        .map(|one| Day {
            date: one.to_string(),
            name: name_of(console, one),
            told: told(console, one, span),
            is_today: one == today,
            is_outside: span == Span::Month && one.month() != day.month(),
            posts: Vec::new(),
        })
        .collect();
    for detail in posts {
        let Some(at) = detail.post.published_at.or(detail.post.publish_at) else {
            continue;
        };
        let date = at
            .with_timezone(&console.look.zone)
            .date_naive()
            .to_string();
        if let Some(day) = days.iter_mut().find(|one| one.date == date) {
            day.posts.push(entry(console, detail, at));
        }
    }
    if span == Span::Agenda {
        days.retain(|one| !one.posts.is_empty());
    }
    days
}

/// Moves a post to the day that it was dropped on, or to the time that was typed.
pub async fn reschedule(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let back = console.onward(&fields);
    let Some(at) = moment(fields.text("at"), console.look.zone) else {
        return Ok(console.go_to(&back, Some(Toast::of("toast-no-time"))));
    };
    let expected = fields.text("version").parse().ok();
    let id = PostId(id);
    let former = posts::show_post(&app, &console.actor, id)
        .await
        .or_page(&console)?;
    match posts::reschedule_post(&app, &console.actor, id, expected, at).await {
        Ok(_) => {
            let toast = Toast::of("toast-moved");
            let toast = match former.post.publish_at {
                Some(was) => toast.undo(format!(
                    "{}?do=time.{}.{}",
                    console.path("library/undo"),
                    id.0.simple(),
                    was.timestamp_micros()
                )),
                None => toast,
            };
            Ok(console.go_to(&back, Some(toast)))
        }
        Err(PostError::Invalid(_)) => Ok(console.go_to(&back, Some(Toast::of("toast-not-then")))),
        other => {
            other.or_page(&console)?;
            Ok(console.go_to(&back, None))
        }
    }
}

fn period(span: Span, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = match span {
        Span::Month => day.with_day(1).unwrap_or(day),
        Span::Week => day,
        Span::Agenda => return (day, day.checked_add_days(Days::new(31)).unwrap_or(day)),
    };
    let since_monday = Days::new(first.weekday().num_days_from_monday().into());
    let from = first.checked_sub_days(since_monday).unwrap_or(first);
    let length = if span == Span::Week { WEEK } else { 6 * WEEK };
    (
        from,
        from.checked_add_days(Days::new(length)).unwrap_or(from),
    )
}

fn neighbours(span: Span, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (month, week) = (Months::new(1), Days::new(WEEK));
    let (before, after) = match span {
        Span::Month | Span::Agenda => {
            (day.checked_sub_months(month), day.checked_add_months(month))
        }
        Span::Week => (day.checked_sub_days(week), day.checked_add_days(week)),
    };
    (before.unwrap_or(day), after.unwrap_or(day))
}

fn word(span: Span) -> &'static str {
    match span {
        Span::Month => "month",
        Span::Week => "week",
        Span::Agenda => "agenda",
    }
}

/// The first moment of a day; where clocks go forward at midnight, the hour after.
fn start(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let later = midnight + chrono::TimeDelta::hours(1);
    [midnight, later]
        .into_iter()
        .find_map(|at| zone.from_local_datetime(&at).earliest())
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

fn weeks(days: Vec<Day>) -> Vec<Vec<Day>> {
    let mut weeks: Vec<Vec<Day>> = Vec::new();
    for day in days {
        match weeks.last_mut() {
            Some(week) if week.len() < 7 => week.push(day),
            Some(_) | None => weeks.push(vec![day]),
        }
    }
    weeks
}

fn name_of(console: &Console<ReadPosts>, day: NaiveDate) -> String {
    let names = console.look.say("calendar-days");
    let at = day.weekday().num_days_from_monday();
    let mut names = names.split('|');
    names
        .nth(usize::try_from(at).unwrap_or_default())
        .unwrap_or_default()
        .to_owned()
}

fn told(console: &Console<ReadPosts>, day: NaiveDate, span: Span) -> String {
    if span == Span::Month && day.day() != 1 {
        return day.day().to_string();
    }
    let months = console.look.say("months");
    let month = usize::try_from(day.month0()).unwrap_or_default();
    let month = months.split('|').nth(month).unwrap_or_default();
    let fills = [
        ("day", day.day().to_string().into()),
        ("month", month.to_owned().into()),
    ];
    console.look.words.tell("calendar-date", &fills)
}

fn heading(console: &Console<ReadPosts>, span: Span, day: NaiveDate) -> String {
    let names = console.look.say("calendar-months");
    let month = names
        .split('|')
        .nth(usize::try_from(day.month0()).unwrap_or_default());
    let month = month.unwrap_or_default();
    match span {
        Span::Month => format!("{month} {}", day.year()),
        Span::Week | Span::Agenda => {
            let fills = [
                ("day", day.day().to_string().into()),
                ("month", month.to_owned().into()),
                ("year", day.year().to_string().into()),
            ];
            console.look.words.tell("date", &fills)
        }
    }
}

fn entry(console: &Console<ReadPosts>, detail: &PostDetail, at: DateTime<Utc>) -> Entry {
    let (post, look) = (&detail.post, &console.look);
    let may = |permission| console.actor.require(permission).is_ok();
    let moves = match post.state {
        PostState::Draft | PostState::InReview => may(Permission::WritePosts),
        PostState::Scheduled => may(Permission::WritePosts) && may(Permission::PublishPosts),
        PostState::Approved
        | PostState::Live
        | PostState::Expired
        | PostState::Archived
        | PostState::Withdrawn => false,
    };
    Entry {
        id: post.id.0,
        path: path_of(console, post),
        move_path: moves.then(|| console.path(&format!("calendar/{}", post.id))),
        title: titled(look, post),
        time: at.with_timezone(&look.zone).format("%H:%M").to_string(),
        local: local(at, look.zone),
        version: post.version,
        state: look.say(named::state::key(post.state)),
        tone: named::tone(post.state),
    }
}

#[cfg(test)]
mod tests;
