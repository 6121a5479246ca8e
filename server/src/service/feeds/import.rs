//! Importing a feed: items in batches, in which a bad one is refused and stops no
//! other, and each page once however often it is seen.

mod ailing;
mod together;

use std::collections::HashSet;

use chrono::TimeDelta;
use entity::enums::{FeedItemOutcome, FeedMode};
use entity::ids::{FeedId, OrganizationId};
use entity::{feed, organization};
use url::Url;

use super::FeedError;
use crate::app::App;
use crate::domain::feed::{
    FIRST_IMPORT_PUBLISHES, Item, ItemFault, RawItem, fingerprint_of_refused, oldest_first, read,
};
use crate::domain::plain_text;
use crate::domain::post::TITLE_LIMIT;
use crate::ports::feed_parser::{self, NoFeed, ParsedFeed, ParsedItem};
use crate::ports::fetch::{Document, Fetched, Validators};
use crate::service::leases;
use crate::store::{StoreError, feeds, organizations};
pub use ailing::trouble;
use together::{BATCH, import_together};
pub(super) use together::{become_post, is_hindered};

/// After this time a run that died stands in the way of no other: before a worker's hold of its
/// job ends, so that who takes the job over finds the way free. Two at once would harm nothing
/// but the counts: keys in the database keep items apart.
const RUN_LEASE: TimeDelta = TimeDelta::minutes(4);

/// What one run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Whether the source said that nothing changed.
    pub not_modified: bool,
    /// Items that became posts.
    pub imported: u64,
    /// Items that were known already.
    pub known: u64,
    /// Items that were refused now.
    pub refused: u64,
}

impl Run {
    fn count(&mut self, outcomes: &[FeedItemOutcome]) {
        for outcome in outcomes {
            match outcome {
                FeedItemOutcome::Imported => self.imported += 1,
                FeedItemOutcome::Refused => self.refused += 1,
                FeedItemOutcome::Duplicate => self.known += 1,
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.imported += other.imported;
        self.known += other.known;
        self.refused += other.refused;
    }
}

/// An item on its way: what to do with it, and the key that it is known by.
pub(super) struct Candidate {
    pub(super) fingerprint: String,
    place: String,
    pub(super) raw: RawItem,
    pub(super) item: Result<Item, ItemFault>,
}

/// Fetches a feed and imports what is new in it. Why that failed is noted on the feed.
pub async fn import_feed(
    app: &App,
    organization: OrganizationId,
    id: FeedId,
) -> Result<Run, FeedError> {
    let db = app.store.reader();
    let feed = feeds::find(db, organization, id)
        .await?
        .ok_or(FeedError::NotFound)?;
    let organization = organizations::find(db, organization)
        .await?
        .ok_or(FeedError::NotFound)?;
    let lease = format!("feed:{id}");
    let holder = app.uuid().to_string();
    if !leases::take_turn(app, &lease, &holder, RUN_LEASE).await? {
        return Err(FeedError::Busy);
    }
    let outcome = fetch_and_import(app, &organization, &feed).await;
    if let Err(error) = &outcome {
        note_failure(app, &feed, error).await?;
    }
    // It ends now: the next run need not wait for its time.
    leases::acquire(app, &lease, &holder, TimeDelta::zero()).await?;
    outcome
}

async fn fetch_and_import(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
) -> Result<Run, FeedError> {
    let known = Validators {
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
    };
    let fetched = app.fetcher.feed(&feed.url, &known).await;
    app.metrics().fetched(&fetched);
    let document = match fetched.map_err(FeedError::Fetch)? {
        Fetched::NotModified => {
            let run = Run {
                not_modified: true,
                ..Run::default()
            };
            note_success(app, feed, (None, run), known).await?;
            return Ok(run);
        }
        Fetched::Document(document) => document,
    };
    let Document {
        url,
        body,
        validators,
    } = document;
    let parsed = parse(body, url).await?;
    let run = import(app, organization, feed, &parsed).await?;
    note_success(app, feed, (parsed.title, run), validators).await?;
    if run.imported > 0 {
        app.couriers.wake();
    }
    let (imported, refused) = (run.imported, run.refused);
    tracing::info!(
        feed.id = %feed.id, imported, refused,
        "imported {imported} items of feed {}, refused {refused}", feed.id
    );
    Ok(run)
}

/// Reading is work, and a document that makes the reader panic is no feed.
pub(super) async fn parse(body: Vec<u8>, url: Url) -> Result<ParsedFeed, FeedError> {
    tokio::task::spawn_blocking(move || feed_parser::parse(&body, url.as_str()))
        .await
        .unwrap_or_else(|_| Err(NoFeed::Broken("it breaks the reader".to_owned())))
        .map_err(FeedError::NoFeed)
}

async fn import(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    parsed: &ParsedFeed,
) -> Result<Run, StoreError> {
    let all = sorted_out(app, feed, parsed).await?;
    let mut run = Run::default();
    let mut fresh = Vec::with_capacity(all.len());
    for (candidate, mode) in all {
        match mode {
            Some(mode) => fresh.push((candidate, mode)),
            None => run.known += 1,
        }
    }
    for batch in fresh.chunks(BATCH) {
        run.add(import_batch(app, organization, feed, batch).await?);
    }
    Ok(run)
}

/// The items of a document in the order in which they are imported, each with what is to become
/// of it: nothing more of those that are known.
pub(super) async fn sorted_out(
    app: &App,
    feed: &feed::Model,
    parsed: &ParsedFeed,
) -> Result<Vec<(Candidate, Option<FeedMode>)>, StoreError> {
    let candidates: Vec<Candidate> = parsed.items.iter().map(candidate).collect();
    let keys: Vec<String> = candidates.iter().map(|c| c.fingerprint.clone()).collect();
    let mut known: HashSet<String> =
        feeds::known_items(app.store.reader(), feed.organization_id, &keys).await?;
    let candidates = oldest_first(candidates, |candidate| {
        candidate.item.as_ref().map_or(
            // A refused item has no place in time; it holds nobody up.
            Some(chrono::DateTime::UNIX_EPOCH),
            |item| item.published,
        )
    });
    let mut left = candidates.iter().filter(|c| c.item.is_ok()).count();
    let sort = |candidate: Candidate| {
        let newest = left <= FIRST_IMPORT_PUBLISHES;
        if candidate.item.is_ok() {
            left -= 1;
        }
        // A feed that tells an item twice has it known the second time.
        let is_new = known.insert(candidate.fingerprint.clone());
        (candidate, is_new.then(|| mode_of(feed, newest)))
    };
    Ok(candidates.into_iter().map(sort).collect())
}

fn candidate(parsed: &ParsedItem) -> Candidate {
    let item = match &parsed.unreadable {
        Some(reason) => Err(ItemFault::Unreadable(reason.clone())),
        None => read(&parsed.raw),
    };
    Candidate {
        fingerprint: match &item {
            Ok(item) => item.fingerprint(),
            Err(_) => fingerprint_of_refused(&parsed.raw),
        },
        place: parsed.place.clone(),
        raw: parsed.raw.clone(),
        item,
    }
}

/// On the first import only the newest items are published by themselves.
fn mode_of(feed: &feed::Model, newest: bool) -> FeedMode {
    match feed.mode {
        FeedMode::AutoPublish if feed.primed_at.is_none() && !newest => FeedMode::Draft,
        FeedMode::AutoPublish => FeedMode::AutoPublish,
        FeedMode::Review => FeedMode::Review,
        FeedMode::Draft => FeedMode::Draft,
    }
}

/// Imports a batch; where another run was first with one of its items, each alone.
async fn import_batch(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    batch: &[(Candidate, FeedMode)],
) -> Result<Run, StoreError> {
    let mut run = Run::default();
    match import_together(app, organization, feed, batch).await {
        Err(StoreError::Conflict) if batch.len() > 1 => {
            for one in batch.chunks(1) {
                match import_together(app, organization, feed, one).await {
                    Err(StoreError::Conflict) => run.known += 1,
                    outcomes => run.count(&outcomes?),
                }
            }
        }
        Err(StoreError::Conflict) => run.known += 1,
        outcomes => run.count(&outcomes?),
    }
    Ok(run)
}

async fn note_success(
    app: &App,
    feed: &feed::Model,
    (title, run): (Option<String>, Run),
    validators: Validators,
) -> Result<(), StoreError> {
    let title = title.and_then(|title| called(&title));
    let count = |number: u64| Some(i64::try_from(number).unwrap_or(i64::MAX));
    change(app, feed, |feed| feed::Model {
        title: title.or(feed.title),
        etag: validators.etag,
        last_modified: validators.last_modified,
        primed_at: feed.primed_at.or(Some(app.now())),
        last_error: None,
        trouble: None,
        failing_since: None,
        last_imported: count(run.imported),
        last_known: count(run.known),
        last_refused: count(run.refused),
        ..feed
    })
    .await
}

/// The title of a feed as people read it.
pub(super) fn called(title: &str) -> Option<String> {
    let title = plain_text::shorten(&plain_text::from_html(title), TITLE_LIMIT);
    (!title.is_empty()).then_some(title)
}

async fn note_failure(app: &App, feed: &feed::Model, error: &FeedError) -> Result<(), StoreError> {
    // What is not the feed's fault is nothing that a curator could mend.
    let Some(trouble) = trouble(error) else {
        return Ok(());
    };
    change(app, feed, |feed| feed::Model {
        last_error: Some(error.to_string()),
        trouble: Some(trouble),
        failing_since: feed.failing_since.or(Some(app.now())),
        ..feed
    })
    .await
}

async fn change(
    app: &App,
    feed: &feed::Model,
    how: impl FnOnce(feed::Model) -> feed::Model,
) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    if let Some(present) = feeds::find_to_change(&txn, feed.organization_id, feed.id).await? {
        let changed = feed::Model {
            last_run_at: Some(app.now()),
            updated_at: app.now(),
            ..how(present)
        };
        feeds::update(&txn, changed).await?;
        txn.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
