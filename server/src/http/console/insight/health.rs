//! How the programme does, in numbers, a band and alarms.

use askama::Template;
use axum::extract::State;
use entity::enums::Permission;

use super::chart::{Chart, Drawn};
use super::told::{self, Told};
use super::{Tab, export as sheets, left_out, tabs};
use crate::app::App;
use crate::domain::health::{Alarm, Band, STALLED, THRIVING};
use crate::http::auth::permissions::ReadFigures;
use crate::http::console::door::{Console, Door};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, OrPage};
use crate::service::insight::{self, Health};

#[derive(Template)]
#[template(path = "console/insight_health.html")]
struct HealthPage {
    frame: Frame,
    tabs: Vec<Tab>,
    alarms: Vec<AlarmLine>,
    steps: Vec<Step>,
    adoption: Option<Adoption>,
    /// The weeks; none where nothing of any may be told.
    chart: Option<Chart>,
    /// Why weeks are missing, where some are.
    untold: Option<String>,
    /// How many posts the weeks leave out, as a sentence.
    left_out: Option<String>,
    export: String,
}

/// Something that gives cause for alarm.
pub struct AlarmLine {
    /// What it is.
    pub sentence: String,
    /// Where something can be done about it, and what.
    pub todo: Option<(String, String)>,
}

/// A number of people.
struct Step {
    name: String,
    told: Option<Told>,
    formula: String,
}

/// The share of active members.
struct Adoption {
    percent: i64,
    told: String,
    band: String,
    tone: &'static str,
    stalled: i64,
    thriving: i64,
}

/// Shows it.
pub async fn show(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let health = insight::health(&app, &console.actor).await;
    let health = health.or_page(&console)?;
    let look = &console.look;
    let alarms = health.alarms.iter();
    let page = HealthPage {
        frame: console.frame("insight-title"),
        tabs: tabs(&console, "insight/health"),
        alarms: alarms.map(|alarm| line(&console, alarm)).collect(),
        steps: steps(look, &health),
        adoption: health
            .adoption
            .zip(health.band)
            .map(|(percent, band)| adoption(look, percent, band)),
        chart: chart(look, &health),
        untold: untold(look, &health),
        left_out: left_out(look, health.left_out),
        export: console.path("insight/health/csv"),
    };
    Ok(console.page(&page))
}

/// The same as a file.
pub async fn export(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let health = insight::health(&app, &console.actor).await;
    let health = health.or_page(&console)?;
    let rows = sheets::health(&console.look, &health);
    Ok(page::sheet("health", &rows))
}

/// An alarm in words.
pub fn line<P: Door>(console: &Console<P>, alarm: &Alarm) -> AlarmLine {
    let look = &console.look;
    match alarm {
        Alarm::Falling => AlarmLine {
            sentence: look.say("alarm-falling"),
            todo: None,
        },
        Alarm::RunningDry(posts) => AlarmLine {
            sentence: look.count("alarm-dry", *posts),
            todo: Some((console.path("library"), look.say("rail-library"))),
        },
        Alarm::ReviewsWait(reviews, hours) => {
            let hours = look.count("alarm-hours", *hours);
            let reviews = look.count("alarm-reviews", *reviews);
            let judges = console.actor.require(Permission::ReviewPosts).is_ok();
            let (path, name) = if judges {
                ("review", "rail-review")
            } else {
                ("library?state=in_review", "rail-library")
            };
            AlarmLine {
                sentence: format!("{reviews} {hours}"),
                todo: Some((console.path(path), look.say(name))),
            }
        }
    }
}

fn steps(look: &Look, health: &Health) -> Vec<Step> {
    let number = |number: u64| told::number(look, i64::try_from(number).unwrap_or(i64::MAX));
    let step = |name: &str, formula: &str, told: Option<Told>| Step {
        name: look.say(name),
        told,
        formula: look.say(formula),
    };
    vec![
        step(
            "health-invited",
            "formula-invited",
            Some(number(health.invited)),
        ),
        step(
            "health-joined",
            "formula-joined",
            Some(number(health.joined)),
        ),
        step(
            "health-connected",
            "formula-connected",
            Some(number(health.connected)),
        ),
        step("health-active", "formula-active", health.active.map(number)),
    ]
}

fn adoption(look: &Look, percent: i64, band: Band) -> Adoption {
    let (key, tone) = match band {
        Band::Stalled => ("band-stalled", "danger"),
        Band::Growing => ("band-growing", "warning"),
        Band::Thriving => ("band-thriving", "success"),
    };
    Adoption {
        percent,
        told: look.count("health-percent", percent),
        band: look.say(key),
        tone,
        stalled: STALLED,
        thriving: THRIVING,
    }
}

fn chart(look: &Look, health: &Health) -> Option<Chart> {
    let is_told = health.weeks.iter().any(|(_, shares)| shares.is_some());
    let drawn = Drawn {
        title: "insight-shares",
        unit: "chart-week",
        points: &health.weeks,
    };
    is_told.then(|| Chart::of(look, &drawn))
}

/// Why some weeks are not told, or none is.
fn untold(look: &Look, health: &Health) -> Option<String> {
    let all = health.weeks.len();
    let told = health.weeks.iter().filter(|(_, shares)| shares.is_some());
    let told = told.count();
    if told == all {
        None
    } else if told == 0 {
        Some(look.say("health-weeks-none"))
    } else {
        Some(look.count("health-weeks-few", all - told))
    }
}
