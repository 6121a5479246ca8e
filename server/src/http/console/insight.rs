//! Insight: what the programme did, as pages. Every number opens how it is counted, every chart
//! has its table, and every page its file for spreadsheets.

mod chart;
mod export;
pub(super) mod figures;
pub(super) mod health;
mod lists;
mod rates;
mod team;
mod teams;
pub(super) mod told;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::NaiveDate;
use entity::enums::{CampaignGoal, Permission};
use entity::ids::{CampaignId, PostId};
use uuid::Uuid;

use super::campaigns;
use super::door::{Console, Door, InPath};
use super::form::Fields;
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::page::{self, Answer, OrPage};
use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::span::{Length, Span};
use crate::http::auth::permissions::ReadFigures;
use crate::service::insight::{self, InsightError, Report, Subject};
use figures::Shown;

/// The pages, below the console's beginning.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/insight", get(show))
        .route("/o/{slug}/insight/csv", get(export))
        .route("/o/{slug}/insight/posts", get(lists::posts))
        .route("/o/{slug}/insight/posts/csv", get(lists::export_posts))
        .route("/o/{slug}/insight/posts/{post}", get(show_post))
        .route("/o/{slug}/insight/posts/csv/{post}", get(export_post))
        .route("/o/{slug}/insight/campaigns", get(lists::campaigns))
        .route(
            "/o/{slug}/insight/campaigns/csv",
            get(lists::export_campaigns),
        )
        .route("/o/{slug}/insight/campaigns/{campaign}", get(show_campaign))
        .route(
            "/o/{slug}/insight/campaigns/csv/{campaign}",
            get(export_campaign),
        )
        .route("/o/{slug}/insight/teams", get(teams::show))
        .route("/o/{slug}/insight/teams/csv", get(teams::export))
        .route("/o/{slug}/insight/teams/{team}", get(team::show))
        .route("/o/{slug}/insight/teams/csv/{team}", get(team::export))
        .route("/o/{slug}/insight/health", get(health::show))
        .route("/o/{slug}/insight/health/csv", get(health::export))
        .route("/o/{slug}/insight/rates", get(rates::show).post(rates::set))
        .route("/o/{slug}/insight/rates/undo", post(rates::bring_back))
}

#[derive(Template)]
#[template(path = "console/insight.html")]
struct FiguresPage {
    frame: Frame,
    tabs: Vec<Tab>,
    spans: Spans,
    shown: Shown,
    /// The post or campaign whose figures they are.
    of: Option<Of>,
    export: String,
    is_empty: bool,
    /// Whether nothing is told of it.
    is_untold: bool,
    /// Until when what members did is told, where that is not the end, as a sentence.
    until: Option<String>,
    /// How many posts it leaves out, as a sentence.
    left_out: Option<String>,
}

/// What figures are of, where they are not of everything.
struct Of {
    /// Where it came from: the list, and how that is called.
    back: (String, String),
    /// Its own page, if it has one.
    path: Option<(String, String)>,
    /// What a campaign is for, and how much of that it is to bring; empty where nobody said so.
    goal: String,
}

/// A part of Insight.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) is_here: bool,
}

/// Which span is shown, and which others can be.
pub(super) struct Spans {
    pub(super) heading: String,
    pub(super) before: String,
    /// None where it would lie ahead.
    pub(super) after: Option<String>,
    /// Each length: its name, the span of it around this one, and whether it is this one.
    pub(super) lengths: Vec<(String, String, bool)>,
}

/// The part of Insight that tells of teams.
pub(super) const TEAMS: &str = "insight/teams";
/// The parts of Insight: path below it, and the key of its name.
const TABS: [(&str, &str); 6] = [
    ("insight", "insight-overview"),
    ("insight/posts", "insight-posts"),
    ("insight/campaigns", "insight-campaigns"),
    (TEAMS, "insight-teams"),
    ("insight/health", "insight-health"),
    ("insight/rates", "insight-rates"),
];

/// The parts of Insight that the member may open, of which one is shown.
pub(super) fn tabs<P: Door>(console: &Console<P>, here: &str) -> Vec<Tab> {
    let reads_all = console.actor.require(Permission::ReadFigures).is_ok();
    TABS.iter()
        .filter(|(path, _)| reads_all || *path == TEAMS)
        .map(|(path, key)| Tab {
            name: console.look.say(key),
            path: console.path(path),
            is_here: *path == here,
        })
        .collect()
}

/// The span that the address asks for, else the month that runs.
fn asked(console: &Console<ReadFigures>, query: Option<&str>) -> Span {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let zone = zone(&console.actor.organization.time_zone);
    let usual = Span::at(Length::Month, console.look.now, zone);
    Span::named(fields.text("span")).unwrap_or(usual)
}

fn spans(console: &Console<ReadFigures>, path: &str, span: Span) -> Spans {
    let zone = zone(&console.actor.organization.time_zone);
    let today = console.look.now.with_timezone(&zone).date_naive();
    let address = |span: Span| format!("{path}?span={}", span.name());
    let around = if span.holds(today) {
        today
    } else {
        span.first()
    };
    Spans {
        heading: told::span(&console.look, span),
        before: address(span.before()),
        after: (span.last() < today).then(|| address(span.next())),
        lengths: Length::ALL
            .map(|length| {
                (
                    console.look.say(length_key(length)),
                    address(Span::holding(length, around)),
                    length == span.length(),
                )
            })
            .into(),
    }
}

fn length_key(length: Length) -> &'static str {
    match length {
        Length::Month => "insight-month",
        Length::Quarter => "insight-quarter",
        Length::Year => "insight-year",
    }
}

/// The whole programme.
pub async fn show(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    page_of(&app, &console, Subject::Organization, query.as_deref()).await
}

/// A post.
pub async fn show_post(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let subject = Subject::Post(PostId(id));
    page_of(&app, &console, subject, query.as_deref()).await
}

/// A campaign.
pub async fn show_campaign(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let subject = Subject::Campaign(CampaignId(id));
    page_of(&app, &console, subject, query.as_deref()).await
}

async fn page_of(
    app: &App,
    console: &Console<ReadFigures>,
    subject: Subject,
    query: Option<&str>,
) -> Answer {
    let span = asked(console, query);
    let report = insight::report(app, &console.actor, subject, span).await;
    let report = report.or_page(console)?;
    let place = place(console, subject, report.goal);
    let title = report.name.clone();
    let page = FiguresPage {
        frame: match title {
            Some(name) if name.is_empty() => console.frame("post-untitled"),
            Some(name) => console.frame_of(name),
            None => console.frame("insight-title"),
        },
        tabs: tabs(console, place.tab),
        spans: spans(console, &place.path, span),
        export: format!("{}?span={}", place.export, span.name()),
        is_empty: report.sums.is_empty(),
        is_untold: report.is_kept_back,
        until: until(&console.look, report.until),
        left_out: left_out(&console.look, report.left_out),
        shown: Shown::of(&console.look, &report, app.config.ingest.clicks_per_network),
        of: place.of,
    };
    Ok(console.page(&page))
}

/// Where figures are, their file, and what stands around them.
struct Place {
    tab: &'static str,
    path: String,
    export: String,
    of: Option<Of>,
}

fn place(
    console: &Console<ReadFigures>,
    subject: Subject,
    goal: Option<(CampaignGoal, Option<i64>)>,
) -> Place {
    let look = &console.look;
    let back = |tab: &str, key: &str| (console.path(tab), look.say(key));
    match subject {
        Subject::Organization => Place {
            tab: "insight",
            path: console.path("insight"),
            export: console.path("insight/csv"),
            of: None,
        },
        Subject::Post(id) => {
            let tab = "insight/posts";
            let (path, export) = of_list(console, tab, id.0);
            let own = console.path(&format!("posts/{id}"));
            let of = Of {
                back: back(tab, "insight-posts"),
                path: Some((own, look.say("insight-to-post"))),
                goal: String::new(),
            };
            Place {
                tab,
                path,
                export,
                of: Some(of),
            }
        }
        Subject::Campaign(id) => {
            let tab = "insight/campaigns";
            let (path, export) = of_list(console, tab, id.0);
            let own = console.path(&format!("library/campaigns/{id}"));
            let (goal, target) = goal.unzip();
            let of = Of {
                back: back(tab, "insight-campaigns"),
                path: Some((own, look.say("insight-to-campaign"))),
                goal: campaigns::goal(look, goal, target.flatten()),
            };
            Place {
                tab,
                path,
                export,
                of: Some(of),
            }
        }
    }
}

/// Where the figures of one thing of a list are, and their file.
fn of_list(console: &Console<ReadFigures>, list: &str, id: Uuid) -> (String, String) {
    (
        console.path(&format!("{list}/{id}")),
        console.path(&format!("{list}/csv/{id}")),
    )
}

/// The whole programme as a file.
pub async fn export(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    file_of(&app, &console, Subject::Organization, query.as_deref()).await
}

/// A post as a file.
pub async fn export_post(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let subject = Subject::Post(PostId(id));
    file_of(&app, &console, subject, query.as_deref()).await
}

/// A campaign as a file.
pub async fn export_campaign(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let subject = Subject::Campaign(CampaignId(id));
    file_of(&app, &console, subject, query.as_deref()).await
}

async fn file_of(
    app: &App,
    console: &Console<ReadFigures>,
    subject: Subject,
    query: Option<&str>,
) -> Answer {
    let span = asked(console, query);
    let report = insight::report(app, &console.actor, subject, span).await;
    let report: Report = report.or_page(console)?;
    let rows = export::report(&console.look, &report);
    let word = match subject {
        Subject::Organization => "insight",
        Subject::Post(_) => "post",
        Subject::Campaign(_) => "campaign",
    };
    Ok(page::sheet(&format!("{word}-{}", span.name()), &rows))
}

impl<T> OrPage<T> for Result<T, InsightError> {
    fn or_page<P: Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| match error {
            InsightError::Forbidden(_) => console.forbidden(),
            InsightError::NotFound => console.not_found(),
            InsightError::Internal(error) => console.failed(&error),
        })
    }
}

/// How many posts figures leave out, where they do.
fn left_out(look: &Look, count: usize) -> Option<String> {
    (count > 0).then(|| look.count("insight-left-out", count))
}

/// Until when what members did is told, where the month that runs is left out.
pub(super) fn until(look: &Look, day: Option<NaiveDate>) -> Option<String> {
    let month = told::month(look, day?);
    Some(look.with("insight-until", "month", month))
}

/// What stands for a number that is not told.
fn hidden(look: &Look) -> String {
    look.say("insight-hidden")
}

#[cfg(test)]
mod tests;
