//! Home: what needs the member now, what went out of late, and what it did.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::Permission;

use super::connections::word;
use super::door::{Anyone, Console};
use super::frame::Frame;
use super::insight::TEAMS;
use super::insight::figures::{Figure, head};
use super::insight::health::{AlarmLine, line};
use super::insight::told::{self, Told};
use super::look::Look;
use super::named;
use super::page::{Answer, OrPage};
use super::proposals::headline;
use crate::app::App;
use crate::domain::health::Alarm;
use crate::domain::span::Span;
use crate::service::connections::{Ailing, offers};
use crate::service::desk::{self, Desk};
use crate::service::insight;

/// So many numbers are shown: shares, clicks and visitor-days stand first among the figures.
const NUMBERS: usize = 3;

#[derive(Template)]
#[template(path = "console/home.html")]
struct HomePage {
    frame: Frame,
    desk: Desk,
    alarms: Vec<AlarmLine>,
    /// The proposals that wait longest: path, headline, and since when.
    proposals: Vec<(String, String, DateTime<Utc>)>,
    connections: Vec<AilingRow>,
    numbers: Option<Numbers>,
    /// Where the figures of teams are, for who reads no others.
    teams: Option<String>,
    may_write: bool,
}

impl HomePage {
    /// How many things need the member.
    fn needs(&self) -> usize {
        self.desk.len() + self.alarms.len()
    }

    /// Whether there is nothing to be told at all.
    fn is_bare(&self) -> bool {
        let tells_nothing = self.numbers.is_none() && self.teams.is_none();
        self.needs() == 0 && self.desk.went_out.is_empty() && tells_nothing
    }
}

/// A connection that needs somebody.
struct AilingRow {
    name: String,
    path: String,
    /// In which chat the app was removed; none where the connection goes on.
    removed_in: Option<String>,
    /// Where it is connected again, where this server can do that.
    again: Option<String>,
}

/// What the programme did in the month that runs.
struct Numbers {
    heading: String,
    /// Each with what the month before had.
    figures: Vec<(Figure, Option<String>)>,
}

/// Home.
pub async fn show(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let actor = &console.actor;
    let desk = desk::look(&app, actor).await.or_page(&console)?;
    let (alarms, numbers) = if actor.require(Permission::ReadFigures).is_ok() {
        (
            alarms(&app, &console).await?,
            numbers(&app, &console).await?,
        )
    } else {
        (Vec::new(), None)
    };
    let ailing = desk.ailing_connections.iter();
    let proposals = desk.proposals.iter().map(|one| {
        let path = console.path(&format!("proposals?proposal={}", one.id));
        (path, headline(one), one.created_at)
    });
    Ok(console.page(&HomePage {
        frame: console.frame("home-title"),
        alarms,
        numbers,
        proposals: proposals.collect(),
        connections: ailing.map(|one| ailing_row(&app, &console, one)).collect(),
        teams: teams(&console),
        may_write: actor.require(Permission::WritePosts).is_ok(),
        desk,
    }))
}

/// Where the figures of teams are, for who reads those and no others.
fn teams(console: &Console<Anyone>) -> Option<String> {
    let may = |needed| console.actor.require(needed).is_ok();
    let reads_teams_only = may(Permission::ReadTeamFigures) && !may(Permission::ReadFigures);
    let has_team = console.actor.member.team_id.is_some();
    (reads_teams_only && has_team).then(|| console.path(TEAMS))
}

/// What gives cause for alarm; reviews that wait stand among what whoever judges has to do.
async fn alarms(app: &App, console: &Console<Anyone>) -> Result<Vec<AlarmLine>, Response> {
    let alarms = insight::alarms(app, &console.actor).await;
    let judges = console.actor.require(Permission::ReviewPosts).is_ok();
    let is_told_elsewhere = |alarm: &Alarm| match alarm {
        Alarm::ReviewsWait(..) => judges,
        Alarm::Falling | Alarm::RunningDry(_) => false,
    };
    let alarms = alarms.or_page(console)?.into_iter();
    let alarms = alarms.filter(|alarm| !is_told_elsewhere(alarm));
    Ok(alarms.map(|alarm| line(console, &alarm)).collect())
}

/// What the month that runs brought, beside the one before; none where nothing happened in either.
async fn numbers(app: &App, console: &Console<Anyone>) -> Result<Option<Numbers>, Response> {
    let look = &console.look;
    let months = insight::two_months(app, &console.actor).await;
    let (now, past) = months.or_page(console)?;
    if now.sums.is_empty() && past.sums.is_empty() {
        return Ok(None);
    }
    let cap = app.config.ingest.clicks_per_network;
    let before = head(look, (&past.sums, past.is_group), cap).into_iter();
    let figures = head(look, (&now.sums, now.is_group), cap).into_iter();
    let figures = figures.zip(before).take(NUMBERS).map(|(figure, before)| {
        let trend = trend(
            look,
            past.month,
            (figure.told.as_ref(), before.told.as_ref()),
        );
        (figure, trend)
    });
    Ok(Some(Numbers {
        heading: look.with("home-numbers", "month", told::span(look, now.month)),
        figures: figures.collect(),
    }))
}

/// How a number stands to that of the month before; nothing where that is kept back.
fn trend(look: &Look, before: Span, (now, past): (Option<&Told>, Option<&Told>)) -> Option<String> {
    let past = past?;
    let number = |told: &Told| told.value.parse::<i64>().unwrap_or_default();
    let key = if now.is_some_and(|now| number(now) > number(past)) {
        "home-trend-more"
    } else {
        "home-trend"
    };
    let fills = [
        ("month", told::span(look, before).into()),
        ("number", past.shown.clone().into()),
    ];
    Some(look.words.tell(key, &fills))
}

fn ailing_row(app: &App, console: &Console<Anyone>, one: &Ailing) -> AilingRow {
    let chat = console.look.say(named::platform::key(one.platform));
    let can_connect = offers(app, &console.actor).is_ok_and(|all| {
        let mut all = all.iter();
        all.any(|offer| offer.platform == one.platform && offer.is_connected_here)
    });
    AilingRow {
        name: one.name.clone(),
        path: console.path(&format!("settings/connections#c-{}", one.id)),
        removed_in: one.is_uninstalled.then_some(chat),
        again: (one.is_uninstalled && can_connect)
            .then(|| console.path(&format!("connect/{}", word(one.platform)))),
    }
}

/// The console's beginning has a slash at its end, so that paths are relative to it.
pub async fn enter(console: Console<Anyone>) -> Response {
    console.go("", None)
}

/// There is no such page.
pub async fn nothing(console: Console<Anyone>) -> Response {
    console.not_found()
}

#[cfg(test)]
mod tests;
