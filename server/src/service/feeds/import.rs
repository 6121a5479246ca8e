//! Importing a feed: each item in a transaction of its own, so that a bad one
//! stops no other, and each page once however often it is seen.

use chrono::TimeDelta;
use entity::enums::{FeedItemOutcome, FeedMode, PostState};
use entity::ids::{FeedId, FeedItemId, OrganizationId, PostId};
use entity::{feed, feed_item, organization, post};
use serde_json::json;

use super::FeedError;
use crate::app::App;
use crate::domain::feed::{
    FIRST_IMPORT_PUBLISHES, Item, ItemFault, RawItem, fingerprint_of_refused, label, oldest_first,
    read,
};
use crate::domain::plain_text;
use crate::domain::post::TITLE_LIMIT;
use crate::ports::feed_parser::{self, NoFeed, ParsedFeed, ParsedItem};
use crate::ports::fetch::{Document, Fetched, Validators};
use crate::service::{audit, leases, posts};
use crate::store::{StoreError, Txn, feeds, organizations, posts as stored_posts};

/// After this time a run that died stands in the way of no other. Two at once
/// would harm nothing but the counts: keys in the database keep items apart.
const RUN_LEASE: TimeDelta = TimeDelta::minutes(5);

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

/// An item on its way: what to do with it, and the key that it is known by.
struct Candidate {
    fingerprint: String,
    place: String,
    raw: RawItem,
    item: Result<Item, ItemFault>,
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
            note_success(app, feed, None, known).await?;
            return Ok(Run {
                not_modified: true,
                ..Run::default()
            });
        }
        Fetched::Document(document) => document,
    };
    let Document {
        url,
        body,
        validators,
    } = document;
    // Reading is work, and a document that makes the reader panic is no feed.
    let parsed = tokio::task::spawn_blocking(move || feed_parser::parse(&body, url.as_str()))
        .await
        .unwrap_or_else(|_| Err(NoFeed::Broken("it breaks the reader".to_owned())))
        .map_err(FeedError::NoFeed)?;
    let run = import(app, organization, feed, &parsed).await?;
    note_success(app, feed, parsed.title, validators).await?;
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

async fn import(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    parsed: &ParsedFeed,
) -> Result<Run, StoreError> {
    let candidates: Vec<Candidate> = parsed.items.iter().map(candidate).collect();
    let keys: Vec<String> = candidates.iter().map(|c| c.fingerprint.clone()).collect();
    let known = feeds::known_items(app.store.reader(), organization.id, &keys).await?;
    let candidates = oldest_first(candidates, |candidate| {
        candidate.item.as_ref().map_or(
            // A refused item has no place in time; it holds nobody up.
            Some(chrono::DateTime::UNIX_EPOCH),
            |item| item.published,
        )
    });
    let mut run = Run::default();
    let mut left = candidates.iter().filter(|c| c.item.is_ok()).count();
    for candidate in candidates {
        let newest = left <= FIRST_IMPORT_PUBLISHES;
        if candidate.item.is_ok() {
            left -= 1;
        }
        if known.contains(&candidate.fingerprint) {
            run.known += 1;
            continue;
        }
        let mode = mode_of(feed, newest);
        match import_one(app, organization, feed, candidate, mode).await? {
            Some(FeedItemOutcome::Imported) => run.imported += 1,
            Some(FeedItemOutcome::Refused) => run.refused += 1,
            Some(FeedItemOutcome::Duplicate) | None => run.known += 1,
        }
    }
    Ok(run)
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

/// Imports one item; none if another run was first.
async fn import_one(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    candidate: Candidate,
    mode: FeedMode,
) -> Result<Option<FeedItemOutcome>, StoreError> {
    let txn = app.store.begin().await?;
    let (outcome, reason, post) = match &candidate.item {
        Err(fault) => (FeedItemOutcome::Refused, Some(fault.to_string()), None),
        Ok(item) => {
            let url = &item.canonical_url;
            match stored_posts::find_by_canonical_url(&*txn, organization.id, url).await? {
                Some(post) => (FeedItemOutcome::Duplicate, None, Some(post.id)),
                None => become_post(&txn, app, organization, feed, (item, mode)).await?,
            }
        }
    };
    let row = feed_item::Model {
        id: FeedItemId(app.uuid()),
        organization_id: organization.id,
        feed_id: feed.id,
        fingerprint: candidate.fingerprint,
        title: match &candidate.item {
            Ok(item) => item.title.clone(),
            Err(_) => label(&candidate.raw),
        },
        outcome,
        reason: reason.map(|reason| format!("{}: {reason}", candidate.place)),
        post_id: post,
        created_at: app.now(),
    };
    match feeds::insert_item(&txn, row).await {
        Err(StoreError::Conflict) => return Ok(None),
        outcome => outcome?,
    }
    txn.commit().await?;
    Ok(Some(outcome))
}

type Became = (FeedItemOutcome, Option<String>, Option<PostId>);

async fn become_post(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    (item, mode): (&Item, FeedMode),
) -> Result<Became, StoreError> {
    let draft = match item.draft().checked(app.now()) {
        Ok(draft) => draft,
        Err(faults) => {
            let reasons: Vec<String> = faults
                .into_iter()
                .map(|fault| format!("{} {}", fault.field, fault.reason))
                .collect();
            return Ok((FeedItemOutcome::Refused, Some(reasons.join("; ")), None));
        }
    };
    let post = posts::insert(txn, app, organization.id, &draft, (None, Some(feed.id))).await?;
    let post = match mode {
        FeedMode::Draft => post,
        FeedMode::Review => {
            let handed_in = post::Model {
                state: PostState::InReview,
                ..post
            };
            posts::write(txn, app, handed_in).await?
        }
        FeedMode::AutoPublish => {
            let post = posts::go_live(txn, app, organization, post).await?;
            let event = audit::Event {
                action: "post.publish",
                subject: format!("post:{}", post.id),
                detail: json!({ "feed": feed.id.to_string() }),
            };
            audit::record_system(txn, app, organization.id, event).await?;
            post
        }
    };
    Ok((FeedItemOutcome::Imported, None, Some(post.id)))
}

async fn note_success(
    app: &App,
    feed: &feed::Model,
    title: Option<String>,
    validators: Validators,
) -> Result<(), StoreError> {
    let title = title
        .map(|title| plain_text::shorten(&plain_text::from_html(&title), TITLE_LIMIT))
        .filter(|title| !title.is_empty());
    change(app, feed, |feed| feed::Model {
        title: title.or(feed.title),
        etag: validators.etag,
        last_modified: validators.last_modified,
        primed_at: feed.primed_at.or(Some(app.now())),
        last_error: None,
        ..feed
    })
    .await
}

async fn note_failure(app: &App, feed: &feed::Model, error: &FeedError) -> Result<(), StoreError> {
    let reason = match error {
        FeedError::Fetch(error) => error.to_string(),
        FeedError::NoFeed(error) => error.to_string(),
        // Not the feed's fault: nothing that a curator could mend.
        FeedError::Forbidden(_)
        | FeedError::NotFound
        | FeedError::Invalid(_)
        | FeedError::AlreadyExists
        | FeedError::Busy
        | FeedError::Internal(_) => return Ok(()),
    };
    change(app, feed, |feed| feed::Model {
        last_error: Some(reason),
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
