//! Campaigns: a list, and a page for each with its goal, its target, its end and the way to its
//! posts.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use entity::campaign;
use entity::enums::{CampaignGoal, Permission};
use entity::ids::CampaignId;
use uuid::Uuid;

use super::door::{Console, Door, InPath};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::named;
use super::page::Answer;
use super::toast::Toast;
use crate::app::App;
use crate::domain::cadence::instant;
use crate::domain::campaign::{Plan, has_ended};
use crate::domain::leaderboard::zone;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::service::campaigns::{self, CampaignError, Overview};

/// Below the library, whose place in the rail they share.
const BASE: &str = "library/campaigns";

/// The pages of campaigns.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/library/campaigns", get(show).post(create))
        .route("/o/{slug}/library/campaigns/new", get(begin))
        .route(
            "/o/{slug}/library/campaigns/{campaign}",
            get(show_one).post(change),
        )
        .route("/o/{slug}/library/campaigns/{campaign}/end", post(end))
        .route(
            "/o/{slug}/library/campaigns/{campaign}/end/undo",
            post(undo_end),
        )
}

#[derive(Template)]
#[template(path = "console/campaigns.html")]
struct CampaignsPage {
    frame: Frame,
    rows: Vec<Row>,
    may_write: bool,
}

/// A campaign as the list shows it.
struct Row {
    path: String,
    name: String,
    goal: String,
    area: String,
    ends_at: Option<DateTime<Utc>>,
    has_ended: bool,
    posts: i64,
    posts_path: String,
}

/// A campaign's page; without a campaign the form of a new one.
#[derive(Template)]
#[template(path = "console/campaign.html")]
struct CampaignPage {
    frame: Frame,
    row: Option<Row>,
    slug: Option<String>,
    /// Where the form is sent.
    path: String,
    goals: Vec<(&'static str, String)>,
    areas: Vec<(&'static str, String)>,
    fields: Fields,
    faults: Faults,
    may_write: bool,
    /// Where its figures are, for who may read them.
    insight: Option<String>,
}

/// Shows the list.
pub async fn show(console: Console<ReadPosts>, State(app): State<App>) -> Answer {
    let all = campaigns::list_campaigns(&app, &console.actor).await;
    let all = all.map_err(|error| page_of(&console, error))?;
    let mut rows: Vec<Row> = all.into_iter().map(|one| row(&console, one)).collect();
    // What is over is out of the way.
    rows.sort_by_key(|row| row.has_ended);
    let page = CampaignsPage {
        rows,
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        frame: console.frame("campaigns-title"),
    };
    Ok(console.page(&page))
}

fn row<P: Door>(console: &Console<P>, told: Overview) -> Row {
    let (look, campaign) = (&console.look, told.campaign);
    let goal = goal(look, campaign.goal, campaign.target);
    let area = campaign.area.map(|area| look.say(named::area::key(area)));
    Row {
        path: console.path(&format!("{BASE}/{}", campaign.id)),
        posts_path: console.path(&format!("library?campaign={}", campaign.slug)),
        goal,
        area: area.unwrap_or_default(),
        has_ended: has_ended(&campaign, look.now),
        ends_at: campaign.ends_at,
        posts: told.posts,
        name: campaign.name,
    }
}

/// What a campaign is for, and how much of that it is to bring.
pub(super) fn goal(look: &Look, goal: Option<CampaignGoal>, target: Option<i64>) -> String {
    let goal = goal.map(|goal| look.say(named::goal::key(goal)));
    match (goal, target) {
        (Some(goal), Some(target)) => format!("{goal}: {}", look.number(target)),
        (goal, _) => goal.unwrap_or_default(),
    }
}

/// Shows the form of a new campaign.
pub async fn begin(console: Console<WritePosts>) -> Answer {
    Ok(console.page(&blank(&console, Fields::default(), Faults::none())))
}

fn blank(console: &Console<WritePosts>, fields: Fields, faults: Faults) -> CampaignPage {
    CampaignPage {
        frame: console.frame("campaign-new"),
        row: None,
        slug: None,
        path: console.path(BASE),
        goals: goals(&console.look),
        areas: areas(&console.look),
        fields,
        faults,
        may_write: true,
        insight: None,
    }
}

fn goals(look: &Look) -> Vec<(&'static str, String)> {
    let all = named::goal::ALL.iter();
    all.map(|one| (named::goal::word(*one), look.say(named::goal::key(*one))))
        .collect()
}

fn areas(look: &Look) -> Vec<(&'static str, String)> {
    let all = named::area::ALL.iter();
    all.map(|one| (named::area::word(*one), look.say(named::area::key(*one))))
        .collect()
}

/// Makes a campaign.
pub async fn create(
    console: Console<WritePosts>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let made = match plan(&console, &fields, None) {
        Ok(plan) => {
            let slug = Some(fields.text("slug"));
            campaigns::create_campaign(&app, &console.actor, slug, plan).await
        }
        Err(faults) => return Ok(console.again(&blank(&console, fields, faults))),
    };
    match made {
        Ok(told) => {
            let page = format!("{BASE}/{}", told.campaign.id);
            Ok(console.go(&page, Some(Toast::of("toast-campaign-made"))))
        }
        Err(error) => {
            let faults = faults(&console, error)?;
            Ok(console.again(&blank(&console, fields, faults)))
        }
    }
}

/// What the form says of a campaign; or which of its texts are none. Where the day of its end is
/// what it was, so is its end, which may lie within that day.
fn plan<P: Door>(
    console: &Console<P>,
    fields: &Fields,
    before: Option<&campaign::Model>,
) -> Result<Plan, Faults> {
    let (look, zone) = (&console.look, zone_of(console));
    let mut faults = Faults::none();
    let text = |name: &str| Some(fields.text(name).trim()).filter(|text| !text.is_empty());
    let target = text("target").map(str::parse::<i64>).transpose();
    let target = target.unwrap_or_else(|_| {
        faults = std::mem::take(&mut faults).and("target", look.say("campaign-target-fault"));
        None
    });
    let last = text("ends").map(str::parse::<NaiveDate>).transpose();
    let last = last.unwrap_or_else(|_| {
        faults = std::mem::take(&mut faults).and("ends", look.say("campaign-ends-fault"));
        None
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    let same = before.filter(|before| last_day(zone, before) == last);
    Ok(Plan {
        name: fields.text("name").to_owned(),
        goal: named::goal::read(fields.text("goal")),
        target,
        area: named::area::read(fields.text("area")),
        ends_at: match same {
            Some(before) => before.ends_at,
            None => last.and_then(|day| end_of(zone, day)),
        },
    })
}

/// Where a campaign's days are told: where the organization is, for whoever looks.
fn zone_of<P: Door>(console: &Console<P>) -> Tz {
    zone(&console.actor.organization.time_zone)
}

/// The end of a day: the first instant of the next one, which is no midnight where clocks go
/// forward then.
fn end_of(zone: Tz, day: NaiveDate) -> Option<DateTime<Utc>> {
    instant(zone, day.succ_opt()?.and_time(NaiveTime::MIN))
}

/// The last day of a campaign.
fn last_day(zone: Tz, campaign: &campaign::Model) -> Option<NaiveDate> {
    let moment = campaign.ends_at? - chrono::TimeDelta::milliseconds(1);
    Some(moment.with_timezone(&zone).date_naive())
}

/// Shows a campaign.
pub async fn show_one(
    console: Console<ReadPosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let page = shown(&app, &console, CampaignId(id), None).await?;
    Ok(console.page(&page))
}

async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    id: CampaignId,
    typed: Option<(Fields, Faults)>,
) -> Result<CampaignPage, Response> {
    let told = campaigns::show_campaign(app, &console.actor, id).await;
    let told = told.map_err(|error| page_of(console, error))?;
    let (look, campaign) = (&console.look, &told.campaign);
    let filled = || (filled(zone_of(console), campaign), Faults::none());
    let (fields, faults) = typed.unwrap_or_else(filled);
    Ok(CampaignPage {
        frame: console.frame_of(campaign.name.clone()),
        slug: Some(campaign.slug.clone()),
        path: console.path(&format!("{BASE}/{id}")),
        goals: goals(look),
        areas: areas(look),
        fields,
        faults,
        may_write: console.actor.require(Permission::WritePosts).is_ok(),
        row: Some(row(console, told)),
        insight: console
            .actor
            .require(Permission::ReadFigures)
            .is_ok()
            .then(|| console.path(&format!("insight/campaigns/{id}"))),
    })
}

fn filled(zone: Tz, campaign: &campaign::Model) -> Fields {
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    Fields::of([
        ("name", campaign.name.clone()),
        ("goal", word(campaign.goal.map(named::goal::word))),
        ("area", word(campaign.area.map(named::area::word))),
        (
            "target",
            campaign
                .target
                .map(|one| one.to_string())
                .unwrap_or_default(),
        ),
        (
            "ends",
            last_day(zone, campaign)
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
    ])
}

/// Changes a campaign.
pub async fn change(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let before = campaigns::show_campaign(&app, &console.actor, CampaignId(id)).await;
    let before = before.map_err(|error| page_of(&console, error))?.campaign;
    let faults = match plan(&console, &fields, Some(&before)) {
        Ok(plan) => {
            let done = campaigns::update_campaign(&app, &console.actor, CampaignId(id), plan).await;
            match done {
                Ok(_) => {
                    let toast = Toast::of("toast-campaign-saved");
                    return Ok(console.go(&format!("{BASE}/{id}"), Some(toast)));
                }
                Err(error) => faults(&console, error)?,
            }
        }
        Err(faults) => faults,
    };
    let page = shown(&app, &console, CampaignId(id), Some((fields, faults))).await?;
    Ok(console.again(&page))
}

/// Ends a campaign now.
pub async fn end(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let told = campaigns::show_campaign(&app, &console.actor, CampaignId(id)).await;
    let before = told.map_err(|error| page_of(&console, error))?.campaign;
    let before = before.ends_at.map(|end| end.timestamp_micros().to_string());
    let done = campaigns::end_campaign(&app, &console.actor, CampaignId(id)).await;
    done.map_err(|error| page_of(&console, error))?;
    let undo = console.path(&format!(
        "{BASE}/{id}/end/undo?ends={}",
        before.unwrap_or_default()
    ));
    let toast = Toast::of("toast-campaign-ended").undo(undo);
    Ok(console.go(&format!("{BASE}/{id}"), Some(toast)))
}

/// Lets a campaign end when it was to end before.
pub async fn undo_end(
    console: Console<WritePosts>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let told = campaigns::show_campaign(&app, &console.actor, CampaignId(id)).await;
    let now = told.map_err(|error| page_of(&console, error))?.campaign;
    let ends_at = asked.text("ends").parse::<i64>().ok();
    let plan = Plan {
        name: now.name,
        goal: now.goal,
        target: now.target,
        area: now.area,
        ends_at: ends_at.and_then(DateTime::from_timestamp_micros),
    };
    let done = campaigns::update_campaign(&app, &console.actor, CampaignId(id), plan).await;
    done.map_err(|error| page_of(&console, error))?;
    Ok(console.go(&format!("{BASE}/{id}"), Some(Toast::of("toast-undone"))))
}

/// What is wrong with the form; other trouble has pages of its own.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
fn faults(console: &Console<WritePosts>, error: CampaignError) -> Result<Faults, Response> {
    let look = &console.look;
    match error {
        CampaignError::Invalid(faults) => Ok(Faults::of(&faults, |fault| {
            look.say(match fault.field.as_str() {
                "slug" => "campaign-slug-fault",
                "goal" => "campaign-goal-fault",
                "target" => "campaign-target-fault",
                _ => "campaign-name-fault",
            })
        })),
        CampaignError::SlugTaken => Ok(Faults::none().and("slug", look.say("campaign-slug-taken"))),
        CampaignError::Forbidden(_) | CampaignError::NotFound | CampaignError::Store(_) => {
            Err(page_of(console, error))
        }
    }
}

fn page_of<P: Door>(console: &Console<P>, error: CampaignError) -> Response {
    match error {
        CampaignError::Forbidden(_) => console.forbidden(),
        CampaignError::NotFound => console.not_found(),
        CampaignError::Store(error) => console.failed(&error),
        CampaignError::Invalid(_) | CampaignError::SlugTaken => console.changed(),
    }
}

#[cfg(test)]
mod tests;
