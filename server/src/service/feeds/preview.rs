//! A feed before it is followed: what it holds, and what would become of it. Nothing is written.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{FeedMode, Permission};
use entity::ids::{OrganizationId, PostId};
use entity::{feed, organization};

use super::import::{Candidate, become_post, called, is_hindered, parse, sorted_out};
use super::{FeedError, NewFeed, blank, is_free};
use crate::app::App;
use crate::domain::check::Demands;
use crate::domain::feed::{Item, label};
use crate::ports::fetch::{Fetched, Validators};
use crate::service::actor::Actor;
use crate::service::cadences::{Rhythm, rhythm};
use crate::service::schedules::PlanError;
use crate::store::{StoreError, content_rules, posts};

/// Items that are shown, the newest.
const SHOWN: usize = 10;
/// Addresses that are looked up at once; SQLite binds at most some thousands.
const CHUNK: usize = 500;

/// A feed before it is followed.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Its address, normalised.
    pub url: String,
    /// Its own title.
    pub title: Option<String>,
    /// The newest of its items.
    pub items: Vec<PreviewItem>,
    /// How many it holds.
    pub found: usize,
    /// How many of those would become posts.
    pub fresh: usize,
    /// How many are known.
    pub known: usize,
    /// How many are refused.
    pub refused: usize,
    /// When it would be fetched.
    pub rhythm: Rhythm,
}

/// An item, as it would become a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewItem {
    /// Its headline.
    pub title: String,
    /// Its beginning.
    pub summary: String,
    /// Its page.
    pub url: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// What would become of it.
    pub fate: Fate,
}

/// What would become of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is known, or a post leads to its page.
    Known(Option<PostId>),
    /// It is refused, and why.
    Refused(String),
    /// It waits as a draft.
    Draft,
    /// It waits for a review.
    Review,
    /// It is published at once.
    Publish,
}

/// Fetches a feed and says what it holds and what would become of that.
pub async fn preview_feed(app: &App, actor: &Actor, form: NewFeed) -> Result<Preview, FeedError> {
    actor.require(Permission::ManageFeeds)?;
    let organization = &actor.organization;
    let feed = blank(app, organization.id, form)?;
    let rhythm = rhythm(app, actor, &feed.cron).map_err(PlanError::Cadence)?;
    let db = app.store.reader();
    is_free(db, organization.id, &feed.url).await?;
    let fetched = app.fetcher.feed(&feed.url, &Validators::default()).await;
    app.metrics().fetched(&fetched);
    let document = match fetched.map_err(FeedError::Fetch)? {
        Fetched::Document(document) => document,
        // Nothing was known that it could equal.
        Fetched::NotModified => return Err(FeedError::Busy),
    };
    let parsed = parse(document.body, document.url).await?;
    let sorted = sorted_out(app, &feed, &parsed).await?;
    let there = there(app, organization.id, &sorted).await?;
    let rules = content_rules::find(db, organization.id).await?;
    let judge = Judge {
        app,
        organization,
        feed: &feed,
        demands: Demands::of(rules.as_ref()),
        there,
    };
    // The newest come last, as they are imported.
    let items: Vec<PreviewItem> = sorted.iter().rev().map(|one| judge.item(one)).collect();
    let title = parsed.title.as_deref().and_then(called);
    Ok(of(items, (feed.url, title), rhythm))
}

/// The posts that lead to the pages of items already.
async fn there(
    app: &App,
    organization: OrganizationId,
    sorted: &[(Candidate, Option<FeedMode>)],
) -> Result<HashMap<String, PostId>, StoreError> {
    let pages = sorted.iter().filter_map(|(candidate, _)| {
        let item = candidate.item.as_ref().ok()?;
        Some(item.canonical_url.as_str())
    });
    let pages: Vec<&str> = pages.collect();
    let mut there = HashMap::new();
    for some in pages.chunks(CHUNK) {
        let found = posts::by_canonical_urls(app.store.reader(), organization, some).await?;
        there.extend(found);
    }
    Ok(there)
}

/// What decides what becomes of an item.
struct Judge<'j> {
    app: &'j App,
    organization: &'j organization::Model,
    feed: &'j feed::Model,
    demands: Demands,
    there: HashMap<String, PostId>,
}

impl Judge<'_> {
    fn item(&self, (candidate, mode): &(Candidate, Option<FeedMode>)) -> PreviewItem {
        match &candidate.item {
            Ok(item) => PreviewItem {
                title: item.title.clone(),
                summary: item.summary.clone(),
                url: Some(item.url.clone()),
                image_url: item.picture.as_ref().map(|picture| picture.url.clone()),
                published: item.published,
                fate: self.fate(item, *mode),
            },
            Err(fault) => PreviewItem {
                title: label(&candidate.raw),
                summary: String::new(),
                url: None,
                image_url: None,
                published: None,
                fate: match mode {
                    Some(_) => Fate::Refused(fault.to_string()),
                    None => Fate::Known(None),
                },
            },
        }
    }

    fn fate(&self, item: &Item, mode: Option<FeedMode>) -> Fate {
        let post = self.there.get(&item.canonical_url).copied();
        let (Some(mode), None) = (mode, post) else {
            return Fate::Known(post);
        };
        match become_post(self.app, self.organization, self.feed, item) {
            Err(reason) => Fate::Refused(reason),
            Ok((_, draft)) => fate(mode, is_hindered(&draft, &self.demands, self.app)),
        }
    }
}

fn fate(mode: FeedMode, is_hindered: bool) -> Fate {
    match mode {
        FeedMode::Draft => Fate::Draft,
        FeedMode::Review => Fate::Review,
        // What the organization does not want is not published by itself either.
        FeedMode::AutoPublish if is_hindered => Fate::Review,
        FeedMode::AutoPublish => Fate::Publish,
    }
}

fn of(
    mut items: Vec<PreviewItem>,
    (url, title): (String, Option<String>),
    rhythm: Rhythm,
) -> Preview {
    let count = |is: fn(&Fate) -> bool| items.iter().filter(|item| is(&item.fate)).count();
    let known = count(|fate| matches!(fate, Fate::Known(_)));
    let refused = count(|fate| matches!(fate, Fate::Refused(_)));
    let found = items.len();
    items.truncate(SHOWN);
    Preview {
        url,
        title,
        items,
        found,
        fresh: found - known - refused,
        known,
        refused,
        rhythm,
    }
}
