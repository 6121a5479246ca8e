//! The library: posts searched and filtered, their counts, and their calendar.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Language, Network, Permission, PostKind, PostState};
use entity::ids::{MemberId, OrganizationId, PostId};
use entity::{campaign, topic};

use super::{PostDetail, PostError, details};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::library::Sort;
use crate::domain::page::{Paging, Slice};
use crate::domain::{folding, topic as topic_rules};
use crate::service::actor::Actor;
use crate::store::posts::library::{self, Filter};
use crate::store::{Reader, StoreError, campaigns, content_rules, topics};

/// Topics of one answer, at most.
const TOPICS: u64 = 500;
/// Campaigns of one answer, at most.
const CAMPAIGNS: u64 = 500;
/// Posts of one calendar, at most.
const CALENDAR: u64 = 500;
/// Days of one calendar, at most: a quarter and its weeks at the edges.
const CALENDAR_DAYS: i64 = 100;

/// What somebody looks for in the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// Words that occur in title, summary, topics or wordings.
    pub search: Option<String>,
    /// The state.
    pub state: Option<PostState>,
    /// The kind.
    pub kind: Option<PostKind>,
    /// A network that it has a wording of its own for.
    pub network: Option<Network>,
    /// Slug of the campaign.
    pub campaign: Option<String>,
    /// Name of a topic.
    pub topic: Option<String>,
    /// The author.
    pub author: Option<MemberId>,
    /// The language of its content.
    pub language: Option<Language>,
    /// Its time is not before this.
    pub from: Option<DateTime<Utc>>,
    /// Its time is before this.
    pub until: Option<DateTime<Utc>>,
    /// In which order.
    pub sort: Sort,
}

/// How many posts there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// In each state that has any.
    pub by_state: Vec<(PostState, i64)>,
    /// Reviews that wait longer than the organization wants.
    pub overdue_reviews: i64,
}

/// Posts in the order of their times.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The posts.
    pub posts: Vec<PostDetail>,
    /// Whether there are more than one answer takes.
    pub is_cut: bool,
}

/// Posts that somebody looks for.
pub async fn list_posts(
    app: &App,
    actor: &Actor,
    wanted: &Library,
    paging: Paging,
) -> Result<Slice<PostDetail>, PostError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let organization = actor.organization.id;
    let Some(filter) = filter(db, organization, wanted).await? else {
        return Ok(Slice {
            items: Vec::new(),
            next: None,
        });
    };
    let page = (paging.after.map(PostId), paging.fetch());
    let found = library::list(db, organization, &filter, wanted.sort, page).await?;
    let page = paging.cut(found, |post| post.id.0);
    Ok(Slice {
        items: details(db, organization, page.items).await?,
        next: page.next,
    })
}

/// The filter by ids; none where a campaign or topic is named that does not exist.
async fn filter(
    db: &impl Reader,
    organization: OrganizationId,
    wanted: &Library,
) -> Result<Option<Filter>, StoreError> {
    let campaign = match &wanted.campaign {
        Some(slug) => match campaigns::find_by_slug(db, organization, slug).await? {
            Some(campaign) => Some(campaign.id),
            None => return Ok(None),
        },
        None => None,
    };
    let topic = match &wanted.topic {
        Some(name) => {
            let slugs = [topic_rules::slug(name)];
            match topics::by_slugs(db, organization, &slugs).await?.pop() {
                Some(topic) => Some(topic.id),
                None => return Ok(None),
            }
        }
        None => None,
    };
    Ok(Some(Filter {
        words: folding::words(wanted.search.as_deref().unwrap_or_default()),
        state: wanted.state,
        kind: wanted.kind,
        network: wanted.network,
        campaign,
        topic,
        author: wanted.author,
        language: wanted.language,
        from: wanted.from,
        until: wanted.until,
    }))
}

/// How many posts there are in each state, and how many reviews wait too long.
pub async fn count_posts(app: &App, actor: &Actor) -> Result<Counts, PostError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let organization = actor.organization.id;
    let rules = content_rules::find(db, organization).await?;
    let hours = rules.map_or(0, |rules| rules.review_hours);
    let overdue = if hours > 0 {
        let before = app.now() - TimeDelta::hours(hours.min(87_600));
        library::waiting_since(db, organization, before).await?
    } else {
        0
    };
    Ok(Counts {
        by_state: library::count_by_state(db, organization).await?,
        overdue_reviews: i64::try_from(overdue).unwrap_or(i64::MAX),
    })
}

/// Posts that went or are to go live in a period.
pub async fn show_calendar(
    app: &App,
    actor: &Actor,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Calendar, PostError> {
    actor.require(Permission::ReadPosts)?;
    if until <= from || until - from > TimeDelta::days(CALENDAR_DAYS) {
        let reason = format!("lies after `from`, at most {CALENDAR_DAYS} days");
        return Err(Fault::new("until", reason).into());
    }
    let db = app.store.reader();
    let organization = actor.organization.id;
    let mut found = library::calendar(db, organization, (from, until), CALENDAR + 1).await?;
    let most = usize::try_from(CALENDAR).unwrap_or(usize::MAX);
    let is_cut = found.len() > most;
    found.truncate(most);
    Ok(Calendar {
        posts: details(db, organization, found).await?,
        is_cut,
    })
}

/// What the organization's posts are about, by name.
pub async fn list_topics(app: &App, actor: &Actor) -> Result<Vec<topic::Model>, PostError> {
    actor.require(Permission::ReadPosts)?;
    Ok(topics::list(app.store.reader(), actor.organization.id, TOPICS).await?)
}

/// The organization's campaigns, by slug.
pub async fn list_campaigns(app: &App, actor: &Actor) -> Result<Vec<campaign::Model>, PostError> {
    actor.require(Permission::ReadPosts)?;
    Ok(campaigns::list(app.store.reader(), actor.organization.id, CAMPAIGNS).await?)
}
