//! What teams did in a month that is over.

use askama::Template;
use axum::extract::{RawQuery, State};

use super::export as sheets;
use super::figures::{amounts, raw_to_counted, state_key};
use super::told::{self, Told};
use super::{Tab, tabs};
use crate::app::App;
use crate::domain::span::{Length, Span};
use crate::domain::sums::{STATES, Sums};
use crate::domain::worth::Worth;
use crate::http::auth::permissions::ReadFigures;
use crate::http::console::door::Console;
use crate::http::console::form::Fields;
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::service::insight::{self, TeamReport, TeamSums};

/// How the columns of teams are counted.
const COLUMNS: [(&str, &str); 6] = [
    ("insight-shares", "formula-shares"),
    ("insight-reach", "formula-reach"),
    ("insight-clicks", "formula-clicks"),
    ("insight-visitor-days", "formula-visitor-days"),
    ("insight-worth", "formula-worth"),
    ("insight-upper-bound", "formula-upper-bound"),
];
/// Teams below teams are moved in so far.
const DEEPEST: usize = 6;

#[derive(Template)]
#[template(path = "console/insight_teams.html")]
struct TeamsPage {
    frame: Frame,
    tabs: Vec<Tab>,
    heading: String,
    before: String,
    after: Option<String>,
    rows: Vec<Row>,
    has_kept_back: bool,
    export: String,
    formulas: Vec<(String, String)>,
}

/// A team.
struct Row {
    name: String,
    depth: usize,
    told: Option<Numbers>,
}

/// What a team did.
struct Numbers {
    shares: Told,
    states: Vec<String>,
    raw_to_counted: String,
    clicks: Told,
    visitor_days: Told,
    reach: Told,
    worth: Vec<String>,
    upper_bound: Vec<String>,
}

/// Shows them.
pub async fn show(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let report = asked(&app, &console, query.as_deref()).await?;
    let newest = insight::month_before(&app, &console.actor.organization);
    let month = report.month;
    let path = console.path("insight/teams");
    let address = |month: Span| format!("{path}?span={}", month.name());
    let look = &console.look;
    let page = TeamsPage {
        frame: console.frame("insight-title"),
        tabs: tabs(&console, "insight/teams"),
        heading: told::span(look, month),
        before: address(month.before()),
        after: (month.first() < newest.first()).then(|| address(month.next())),
        has_kept_back: report.teams.iter().any(|team| team.told.is_none()),
        export: format!("{path}/csv?span={}", month.name()),
        formulas: told::formulas(look, app.config.ingest.clicks_per_network, &COLUMNS),
        rows: report
            .teams
            .into_iter()
            .map(|team| row(look, team))
            .collect(),
    };
    Ok(console.page(&page))
}

/// The same as a file.
pub async fn export(
    console: Console<ReadFigures>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let report = asked(&app, &console, query.as_deref()).await?;
    let rows = sheets::teams(&console.look, &report);
    Ok(page::sheet(
        &format!("teams-{}", report.month.name()),
        &rows,
    ))
}

async fn asked(
    app: &App,
    console: &Console<ReadFigures>,
    query: Option<&str>,
) -> Result<TeamReport, axum::response::Response> {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let newest = insight::month_before(app, &console.actor.organization);
    let named = Span::named(fields.text("span")).filter(|span| span.length() == Length::Month);
    let report = insight::teams(app, &console.actor, named.unwrap_or(newest)).await;
    report.or_page(console)
}

fn row(look: &Look, team: TeamSums) -> Row {
    Row {
        name: team.name,
        depth: team.depth.min(DEEPEST),
        told: team.told.map(|(sums, worth)| numbers(look, &sums, &worth)),
    }
}

fn numbers(look: &Look, sums: &Sums, worth: &Worth) -> Numbers {
    let states = STATES.iter().map(|state| (state, sums.state(*state)));
    Numbers {
        shares: told::number(look, sums.shares()),
        states: states
            .filter(|(_, number)| *number != 0)
            .map(|(state, number)| {
                format!("{}: {}", look.say(state_key(*state)), look.number(number))
            })
            .collect(),
        raw_to_counted: raw_to_counted(look, sums),
        clicks: told::number(look, sums.clicks()),
        visitor_days: told::number(look, sums.visitor_days()),
        reach: told::number(look, sums.reach()),
        worth: amounts(look, &worth.headline),
        upper_bound: amounts(look, &worth.upper_bound),
    }
}
