//! What one team did, month after month.

use askama::Template;
use axum::extract::State;
use entity::ids::TeamId;
use uuid::Uuid;

use super::chart::{Chart, Drawn};
use super::figures::{NetworkLine, network, network_lines};
use super::teams::{COLUMNS, Numbers, numbers};
use super::{Tab, export as sheets, tabs, told};
use crate::app::App;
use crate::domain::span::{Span, Stretch};
use crate::domain::sums::Sums;
use crate::http::auth::permissions::ReadTeamFigures;
use crate::http::console::door::{Console, InPath};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::service::insight::{self, TeamCourse, TeamMonth, TeamNetworks};

#[derive(Template)]
#[template(path = "console/insight_team.html")]
struct TeamPage {
    frame: Frame,
    tabs: Vec<Tab>,
    /// Where all teams are.
    back: String,
    /// Columns over the months; none where nothing is told of any.
    charts: Vec<Chart>,
    rows: Vec<Row>,
    /// Months that are told by network, the newest first.
    networks: Vec<Networks>,
    has_kept_back: bool,
    export: String,
    formulas: Vec<(String, String)>,
}

/// A month.
struct Row {
    name: String,
    /// All teams in that month.
    path: String,
    told: Option<Numbers>,
}

/// A month by network.
struct Networks {
    name: String,
    lines: Vec<NetworkLine>,
}

/// Shows it.
pub async fn show(
    console: Console<ReadTeamFigures>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let course = insight::team(&app, &console.actor, TeamId(id)).await;
    let course = course.or_page(&console)?;
    let look = &console.look;
    let back = console.path("insight/teams");
    let months = course.months.iter();
    let page = TeamPage {
        frame: console.frame_of(course.name.clone()),
        tabs: tabs(&console, "insight/teams"),
        charts: charts(look, &course),
        rows: months.map(|month| row(look, &back, month)).collect(),
        networks: networks(look, &course),
        has_kept_back: course.months.iter().any(|month| month.told.is_none()),
        export: format!("{back}/csv/{id}"),
        formulas: told::formulas(look, app.config.ingest.clicks_per_network, &COLUMNS),
        back,
    };
    Ok(console.page(&page))
}

/// The same as a file.
pub async fn export(
    console: Console<ReadTeamFigures>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let course = insight::team(&app, &console.actor, TeamId(id)).await;
    let course = course.or_page(&console)?;
    Ok(page::sheet("team", &sheets::team(&console.look, &course)))
}

fn row(look: &Look, back: &str, month: &TeamMonth) -> Row {
    let told = month.told.as_ref();
    Row {
        name: told::span(look, month.month),
        path: format!("{back}?span={}", month.month.name()),
        told: told.map(|told| numbers(look, told)),
    }
}

fn networks(look: &Look, course: &TeamCourse) -> Vec<Networks> {
    let months = course.months.iter().rev();
    let months = months.filter_map(|month| {
        let told = month.told.as_ref()?.by_network.as_ref()?;
        let lines = network_lines(look, &by_name(look, told), true);
        Some(Networks {
            name: told::span(look, month.month),
            lines,
        })
    });
    months.filter(|month| !month.lines.is_empty()).collect()
}

/// Networks by their names, those that have none last.
pub(super) fn by_name<'t>(look: &Look, told: &'t TeamNetworks) -> Vec<(String, &'t Sums)> {
    let named = told.named.iter();
    let named = named.map(|(one, sums)| (network(look, *one), sums));
    let others = told.others.iter();
    let others = others.map(|sums| (look.say("insight-other-networks"), sums));
    named.chain(others).collect()
}

/// Clicks and shares by month; what is kept back is drawn as nothing, and says so.
fn charts(look: &Look, course: &TeamCourse) -> Vec<Chart> {
    if course.months.iter().all(|month| month.told.is_none()) {
        return Vec::new();
    }
    let draw = |title, number: fn(&Sums) -> i64| {
        let months = course.months.iter();
        let points = months.map(|month| {
            let told = month.told.as_ref();
            (stretch(month.month), told.map(|told| number(&told.sums)))
        });
        let points: Vec<_> = points.collect();
        let drawn = Drawn {
            title,
            unit: "chart-month",
            points: &points,
        };
        Chart::of(look, &drawn)
    };
    vec![
        draw("insight-clicks", Sums::clicks),
        draw("insight-shares", Sums::shares),
    ]
}

fn stretch(month: Span) -> Stretch {
    Stretch {
        from: month.first(),
        until: month.last(),
    }
}
