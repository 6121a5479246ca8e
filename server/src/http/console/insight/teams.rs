//! What teams did in a month that is over.

use askama::Template;
use axum::extract::{RawQuery, State};
use entity::enums::{HitReason, Permission};

use super::export as sheets;
use super::figures::{amounts, network, raw_to_counted, reason_key, since, state_key};
use super::told::{self, Told};
use super::{Tab, tabs};
use crate::app::App;
use crate::domain::span::{Length, Span};
use crate::domain::sums::{REASONS, STATES, Sums};
use crate::domain::worth::Used;
use crate::http::auth::permissions::ReadTeamFigures;
use crate::http::console::door::Console;
use crate::http::console::form::Fields;
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::service::insight::{self, TeamFigures, TeamNetworks, TeamReport, TeamSums};

/// The columns of teams, and how they are counted.
pub(super) const COLUMNS: [(&str, &str); 6] = [
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
    /// Where there are no teams, what to say and what to do about it.
    nothing: (&'static str, &'static str),
    has_kept_back: bool,
    export: String,
    formulas: Vec<(String, String)>,
}

/// A team.
struct Row {
    name: String,
    path: String,
    depth: usize,
    told: Option<Numbers>,
}

/// What a team did in a month.
pub(super) struct Numbers {
    pub(super) shares: Told,
    pub(super) states: Vec<String>,
    pub(super) raw_to_counted: String,
    /// How many hits are no counted clicks, by what kept them from that.
    pub(super) reasons: Vec<String>,
    pub(super) clicks: Told,
    pub(super) visitor_days: Told,
    pub(super) reach: Told,
    /// Whether what it did by network is told, and so what that is worth.
    pub(super) is_by_network: bool,
    pub(super) worth: Vec<String>,
    /// By which rates clicks were valued, and how many had none.
    pub(super) worth_steps: Vec<String>,
    pub(super) upper_bound: Vec<String>,
    /// By which rates reach was valued.
    pub(super) bound_steps: Vec<String>,
}

/// Shows them.
pub async fn show(
    console: Console<ReadTeamFigures>,
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
        nothing: nothing(&console),
        export: format!("{path}/csv?span={}", month.name()),
        formulas: told::formulas(look, app.config.ingest.clicks_per_network, &COLUMNS),
        rows: report
            .teams
            .into_iter()
            .map(|team| row(look, &path, team))
            .collect(),
    };
    Ok(console.page(&page))
}

/// The same as a file.
pub async fn export(
    console: Console<ReadTeamFigures>,
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

/// Why there may be no teams: whoever sees their own only has none.
fn nothing(console: &Console<ReadTeamFigures>) -> (&'static str, &'static str) {
    if console.actor.require(Permission::ReadFigures).is_ok() {
        ("insight-no-teams-title", "insight-no-teams-text")
    } else {
        ("insight-no-own-team-title", "insight-no-own-team-text")
    }
}

async fn asked(
    app: &App,
    console: &Console<ReadTeamFigures>,
    query: Option<&str>,
) -> Result<TeamReport, axum::response::Response> {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let newest = insight::month_before(app, &console.actor.organization);
    let named = Span::named(fields.text("span")).filter(|span| span.length() == Length::Month);
    let report = insight::teams(app, &console.actor, named.unwrap_or(newest)).await;
    report.or_page(console)
}

fn row(look: &Look, path: &str, team: TeamSums) -> Row {
    Row {
        name: team.name,
        path: format!("{path}/{}", team.team),
        depth: team.depth.min(DEEPEST),
        told: team.told.map(|told| numbers(look, &told)),
    }
}

/// What a team did in a month, for people.
pub(super) fn numbers(look: &Look, told: &TeamFigures) -> Numbers {
    let (sums, by_network) = (&told.sums, told.by_network.as_ref());
    let worth = by_network.map(|told| &told.worth);
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
        reasons: reasons(look, sums),
        clicks: told::number(look, sums.clicks()),
        visitor_days: told::number(look, sums.visitor_days()),
        reach: told::number(look, sums.reach()),
        is_by_network: by_network.is_some(),
        worth: worth.map_or_else(Vec::new, |worth| amounts(look, &worth.headline)),
        worth_steps: by_network.map_or_else(Vec::new, |told| worth_steps(look, told)),
        upper_bound: worth.map_or_else(Vec::new, |worth| amounts(look, &worth.upper_bound)),
        bound_steps: by_network.map_or_else(Vec::new, |told| bound_steps(look, told)),
    }
}

/// Hits by what kept them from being counted clicks.
fn reasons(look: &Look, sums: &Sums) -> Vec<String> {
    // Hits by readers stand between all of them and clicks already.
    let by_class = REASONS
        .into_iter()
        .filter(|reason| *reason != HitReason::Browser)
        .map(|reason| (reason_key(reason), sums.reason(reason)));
    let of_readers = [
        ("insight-repeats", sums.repeats()),
        ("insight-capped", sums.capped()),
    ];
    by_class
        .chain(of_readers)
        .filter(|(_, number)| *number > 0)
        .map(|(key, number)| format!("{}: {}", look.say(key), look.number(number)))
        .collect()
}

fn worth_steps(look: &Look, told: &TeamNetworks) -> Vec<String> {
    let worth = &told.worth;
    let mut steps = Vec::new();
    if !worth.headline.is_empty() {
        let used = worth.used.iter();
        steps.extend(
            used.filter_map(|used| version(look, ("insight-version-cpc", used), used.rate.cpc)),
        );
        if worth.unpriced_clicks > 0 {
            steps.push(look.count("insight-unpriced", worth.unpriced_clicks));
        }
    }
    steps.extend(of_others(look, told));
    steps
}

fn bound_steps(look: &Look, told: &TeamNetworks) -> Vec<String> {
    let with_reach = told.worth.used.iter().filter(|used| used.reach != 0);
    with_reach
        .filter_map(|used| version(look, ("insight-version-cpm", used), used.rate.cpm))
        .chain(of_others(look, told))
        .collect()
}

/// That what was done on networks without a name is not in what is valued.
fn of_others(look: &Look, told: &TeamNetworks) -> Option<String> {
    told.others
        .is_some()
        .then(|| look.say("insight-others-unpriced"))
}

/// A price and since when it is valid, without how much it valued: of a team, few may have shared
/// on that network.
fn version(look: &Look, (key, used): (&str, &Used), price: Option<i64>) -> Option<String> {
    let rate = &used.rate;
    let fills = [
        ("network", network(look, rate.network).into()),
        ("price", told::amount(look, price?, &rate.currency).into()),
        ("since", since(look, &rate.valid_from).into()),
    ];
    Some(look.words.tell(key, &fills))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use chrono::DateTime;
    use entity::enums::{Measure, Network};
    use entity::ids::OrganizationId;
    use entity::rate;

    use super::*;
    use crate::domain::worth::worth;

    fn look() -> Look {
        Look::of_stranger(&HeaderMap::new(), None, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn what_a_team_is_worth_names_rates_and_what_had_none_and_no_number_of_a_network() {
        let rates = [rate::Model {
            organization_id: OrganizationId(uuid::Uuid::nil()),
            network: Network::X,
            valid_from: "2026-11-01".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(120),
            cpm: Some(950),
            updated_at: DateTime::UNIX_EPOCH,
        }];
        let rows = [
            (Network::X, Measure::Click, 7),
            (Network::X, Measure::Reach, 2_000),
            (Network::Linkedin, Measure::Click, 3),
            (Network::Linkedin, Measure::Reach, 250),
        ];
        let told = rows.map(|(network, measure, value)| {
            let day = "2026-11-01".to_owned();
            (day, network, measure, value)
        });
        let sums: Sums = rows
            .into_iter()
            .map(|(_, measure, value)| (measure, value))
            .collect();
        let shown = |rates: &[rate::Model]| {
            let by_network = TeamNetworks {
                named: Vec::new(),
                others: None,
                worth: worth(rates, &told, true),
            };
            let told = TeamFigures {
                sums: sums.clone(),
                by_network: Some(by_network),
            };
            numbers(&look(), &told)
        };
        let unpriced = shown(&[]);
        let shown = shown(&rates);
        assert_eq!(shown.worth, ["8.40 EUR"]);
        assert_eq!(
            shown.worth_steps,
            [
                "X: 1.20 EUR a click, rate valid from November 2026",
                "3 clicks have no price: no rate was valid for them.",
            ]
        );
        assert_eq!(shown.upper_bound, ["19.00 EUR"]);
        assert_eq!(
            shown.bound_steps,
            ["X: 9.50 EUR a thousand views, rate valid from November 2026"]
        );
        assert!(unpriced.worth.is_empty() && unpriced.worth_steps.is_empty());
    }

    #[test]
    fn what_is_between_hits_and_clicks_is_told_by_its_reasons() {
        let sums: Sums = [
            (Measure::HitBrowser, 10),
            (Measure::HitCrawler, 1_200),
            (Measure::HitOwnVisit, 2),
            (Measure::Click, 6),
            (Measure::ClickCapped, 1),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            reasons(&look(), &sums),
            [
                "Known crawlers: 1,200",
                "Own, by a visit that day: 2",
                "Repeated within the hour: 3",
                "Above the cap of a network: 1",
            ]
        );
    }
}
