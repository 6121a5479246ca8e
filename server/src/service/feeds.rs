//! Feeds: followed on a schedule, imported item by item.

mod import;
mod preview;

use std::collections::HashMap;

use entity::enums::{FeedMode, Permission};
use entity::ids::{FeedId, OrganizationId};
use entity::{feed, feed_item};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::jobs::Task;
use super::schedules::{self, Plan, PlanError};
use super::{audit, jobs};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::domain::web_address;
use crate::ports::feed_parser::NoFeed;
use crate::ports::fetch::FetchError;
use crate::store::{Reader, StoreError, Txn, feeds, organizations, schedules as stored_schedules};

pub use import::{Run, import_feed, trouble};
pub use preview::{Fate, Preview, PreviewItem, preview_feed};

/// How often a feed is fetched unless told otherwise: every hour.
pub const DEFAULT_CRON: &str = "0 * * * *";

/// A feed and when it comes next.
#[derive(Clone, Debug)]
pub struct FeedDetail {
    /// The feed.
    pub feed: feed::Model,
    /// When it will be fetched next; none while paused.
    pub next_run_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// A feed to follow.
#[derive(Clone, Debug)]
pub struct NewFeed {
    /// Its address.
    pub url: String,
    /// What becomes of a new item; drafts unless given.
    pub mode: Option<FeedMode>,
    /// Five POSIX cron fields; hourly unless given.
    pub cron: Option<String>,
}

/// A change of a feed; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct FeedChange {
    /// Where it is now.
    pub url: Option<String>,
    /// What becomes of a new item.
    pub mode: Option<FeedMode>,
    /// Five POSIX cron fields.
    pub cron: Option<String>,
    /// Whether its schedule is at rest.
    pub paused: Option<bool>,
}

/// Fetch a feed and import what is new in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFeed {
    /// The tenant.
    pub organization: OrganizationId,
    /// The feed.
    pub feed: FeedId,
}

impl Task for ImportFeed {
    const KIND: &'static str = "import_feed";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Why a feed does not change or is not imported.
#[derive(Debug, Error)]
pub enum FeedError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such feed in the organization.
    #[error("there is no such feed")]
    NotFound,
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The organization follows it already.
    #[error("the organization follows this feed already")]
    AlreadyExists,
    /// Another run of it is under way.
    #[error("the feed is being imported now")]
    Busy,
    /// It cannot be fetched.
    #[error(transparent)]
    Fetch(FetchError),
    /// It was fetched and is no feed.
    #[error(transparent)]
    NoFeed(NoFeed),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl From<PlanError> for FeedError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Cadence(fault) => Self::Invalid(vec![Fault::new("cron", fault.to_string())]),
            PlanError::Store(error) => Self::Internal(error),
        }
    }
}

/// Follows a feed, and plans its first import for now.
///
/// A feed that publishes by itself begins gently: of what it holds at first,
/// the newest items are published and the rest waits as drafts.
pub async fn create_feed(app: &App, actor: &Actor, form: NewFeed) -> Result<FeedDetail, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let row = blank(app, actor.organization.id, form)?;
    let txn = app.store.begin().await?;
    is_free(&*txn, row.organization_id, &row.url).await?;
    let feed = match feeds::insert(&txn, row).await {
        Err(StoreError::Conflict) => return Err(FeedError::AlreadyExists),
        outcome => outcome?,
    };
    let detail = replan(&txn, app, actor, feed).await?;
    let first = task(&detail.feed);
    let key = format!("{}:{}", ImportFeed::KIND, first.feed);
    jobs::enqueue(&txn, app, &first, app.now(), Some(key)).await?;
    record(&txn, app, actor, "feed.create", &detail.feed).await?;
    txn.commit().await?;
    Ok(detail)
}

/// The row of a feed that nothing is known of yet.
fn blank(app: &App, organization: OrganizationId, form: NewFeed) -> Result<feed::Model, FeedError> {
    Ok(feed::Model {
        id: FeedId(app.uuid()),
        organization_id: organization,
        url: address(&form.url)?,
        title: None,
        mode: form.mode.unwrap_or(FeedMode::Draft),
        cron: form.cron.unwrap_or_else(|| DEFAULT_CRON.to_owned()),
        paused: false,
        etag: None,
        last_modified: None,
        last_run_at: None,
        primed_at: None,
        last_error: None,
        trouble: None,
        failing_since: None,
        last_imported: None,
        last_known: None,
        last_refused: None,
        created_at: app.now(),
        updated_at: app.now(),
    })
}

fn address(typed: &str) -> Result<String, FeedError> {
    let url = web_address::parse(typed);
    url.map(Into::into)
        .map_err(|fault| FeedError::Invalid(vec![Fault::new("url", fault.to_string())]))
}

/// Refuses an address that the organization follows.
async fn is_free(
    db: &impl Reader,
    organization: OrganizationId,
    url: &str,
) -> Result<(), FeedError> {
    match feeds::find_by_url(db, organization, url).await? {
        Some(_) => Err(FeedError::AlreadyExists),
        None => Ok(()),
    }
}

/// Changes a feed and its schedule.
pub async fn update_feed(
    app: &App,
    actor: &Actor,
    id: FeedId,
    change: FeedChange,
) -> Result<FeedDetail, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let txn = app.store.begin().await?;
    let feed = feeds::find_to_change(&txn, actor.organization.id, id)
        .await?
        .ok_or(FeedError::NotFound)?;
    let feed = match change.url.as_deref().map(address).transpose()? {
        Some(url) if url != feed.url => {
            is_free(&*txn, feed.organization_id, &url).await?;
            moved(feed, url)
        }
        Some(_) | None => feed,
    };
    let feed = feed::Model {
        mode: change.mode.unwrap_or(feed.mode),
        cron: change.cron.unwrap_or_else(|| feed.cron.clone()),
        paused: change.paused.unwrap_or(feed.paused),
        updated_at: app.now(),
        ..feed
    };
    let feed = match feeds::update(&txn, feed).await {
        Err(StoreError::Conflict) => return Err(FeedError::AlreadyExists),
        outcome => outcome?,
    };
    let detail = replan(&txn, app, actor, feed).await?;
    record(&txn, app, actor, "feed.update", &detail.feed).await?;
    txn.commit().await?;
    Ok(detail)
}

/// The feed at another address: what was known of the former says nothing there.
fn moved(feed: feed::Model, url: String) -> feed::Model {
    feed::Model {
        url,
        etag: None,
        last_modified: None,
        last_error: None,
        trouble: None,
        failing_since: None,
        ..feed
    }
}

/// Follows a feed no more. Its posts stay.
pub async fn remove_feed(app: &App, actor: &Actor, id: FeedId) -> Result<(), FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let txn = app.store.begin().await?;
    let feed = feeds::find_to_change(&txn, actor.organization.id, id)
        .await?
        .ok_or(FeedError::NotFound)?;
    schedules::cancel(&txn, &schedule_name(id)).await?;
    feeds::delete(&txn, actor.organization.id, id).await?;
    record(&txn, app, actor, "feed.remove", &feed).await?;
    txn.commit().await?;
    Ok(())
}

/// One feed.
pub async fn show_feed(app: &App, actor: &Actor, id: FeedId) -> Result<FeedDetail, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let db = app.store.reader();
    let feed = feeds::find(db, actor.organization.id, id)
        .await?
        .ok_or(FeedError::NotFound)?;
    let schedule = stored_schedules::by_name(db, &schedule_name(id)).await?;
    Ok(FeedDetail {
        feed,
        next_run_at: schedule.map(|schedule| schedule.next_run_at),
    })
}

/// The feeds that the organization follows, newest first.
pub async fn list_feeds(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<FeedDetail>, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let db = app.store.reader();
    let page = feeds::list(db, actor.organization.id, paging).await?;
    let names = page
        .items
        .iter()
        .map(|feed| schedule_name(feed.id))
        .collect();
    let times: HashMap<String, _> = stored_schedules::by_names(db, names)
        .await?
        .into_iter()
        .map(|schedule| (schedule.name, schedule.next_run_at))
        .collect();
    let items = page
        .items
        .into_iter()
        .map(|feed| FeedDetail {
            next_run_at: times.get(&schedule_name(feed.id)).copied(),
            feed,
        })
        .collect();
    Ok(Slice {
        items,
        next: page.next,
    })
}

/// What was seen in a feed, newest first.
pub async fn list_feed_items(
    app: &App,
    actor: &Actor,
    id: FeedId,
    paging: Paging,
) -> Result<Slice<feed_item::Model>, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let db = app.store.reader();
    feeds::find(db, actor.organization.id, id)
        .await?
        .ok_or(FeedError::NotFound)?;
    Ok(feeds::list_items(db, actor.organization.id, id, paging).await?)
}

/// Imports a feed now.
pub async fn run_feed(app: &App, actor: &Actor, id: FeedId) -> Result<Run, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let run = import_feed(app, actor.organization.id, id).await?;
    let txn = app.store.begin().await?;
    if let Some(feed) = feeds::find(&*txn, actor.organization.id, id).await? {
        record(&txn, app, actor, "feed.run", &feed).await?;
    }
    txn.commit().await?;
    Ok(run)
}

/// Brings the schedule in line with the feed.
async fn replan(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    feed: feed::Model,
) -> Result<FeedDetail, FeedError> {
    let name = schedule_name(feed.id);
    // As it stands now: it may have moved since the request began.
    let house = organizations::find(&**txn, feed.organization_id).await?;
    let house = house.as_ref().unwrap_or(&actor.organization);
    let plan = Plan {
        name: &name,
        organization: Some(feed.organization_id),
        cron: &feed.cron,
        time_zone: &house.time_zone,
    };
    // Planned also where it rests, so that bad fields are refused at once.
    let schedule = schedules::plan(txn, app, plan, &task(&feed)).await?;
    let next_run_at = if feed.paused {
        schedules::cancel(txn, &name).await?;
        None
    } else {
        Some(schedule.next_run_at)
    };
    Ok(FeedDetail { feed, next_run_at })
}

fn task(feed: &feed::Model) -> ImportFeed {
    ImportFeed {
        organization: feed.organization_id,
        feed: feed.id,
    }
}

fn schedule_name(feed: FeedId) -> String {
    format!("feed:{feed}")
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    action: &'static str,
    feed: &feed::Model,
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("feed:{}", feed.id),
        detail: json!({ "url": feed.url, "mode": feed.mode, "paused": feed.paused }),
    };
    audit::record(txn, app, actor, event).await
}
