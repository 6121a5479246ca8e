//! Items of a feed that become posts together: one transaction, and few statements
//! however many there are.

use entity::enums::{FeedItemOutcome, FeedMode, PostState};
use entity::ids::{FeedItemId, PostId};
use entity::{feed, feed_item, organization, post};
use serde_json::json;

use super::Candidate;
use crate::app::App;
use crate::domain::check::{self, Demands, Finding};
use crate::domain::feed::{Item, label};
use crate::domain::post::Draft;
use crate::service::{audit, posts};
use crate::store::{StoreError, Txn, content_rules, feeds, posts as stored_posts};

/// Items of one transaction: many enough that its commit costs each of them little, few
/// enough that others who write are not held up, and that a statement can bind them.
pub(super) const BATCH: usize = 200;

/// What becomes of an item: the outcome, why it was refused, and its post.
type Became = (FeedItemOutcome, Option<String>, Option<PostId>);

/// A post to be written, and how it begins.
struct New {
    post: post::Model,
    draft: Draft,
    mode: FeedMode,
}

/// Imports items and says what became of each. A conflict means that another run was first
/// with one of them: then nothing was written.
pub(super) async fn import_together(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    items: &[(Candidate, FeedMode)],
) -> Result<Vec<FeedItemOutcome>, StoreError> {
    let txn = app.store.begin().await?;
    let urls = items.iter().filter_map(|(candidate, _)| {
        let item = candidate.item.as_ref().ok()?;
        Some(item.canonical_url.as_str())
    });
    let urls: Vec<&str> = urls.collect();
    let mut there = stored_posts::by_canonical_urls(&*txn, organization.id, &urls).await?;
    let (mut new, mut rows) = (Vec::new(), Vec::with_capacity(items.len()));
    for (candidate, mode) in items {
        let became = match &candidate.item {
            Err(fault) => (FeedItemOutcome::Refused, Some(fault.to_string()), None),
            Ok(item) => match there.get(&item.canonical_url) {
                Some(post) => (FeedItemOutcome::Duplicate, None, Some(*post)),
                None => match become_post(app, organization, feed, item) {
                    Ok((post, draft)) => {
                        let id = post.id;
                        there.insert(item.canonical_url.clone(), id);
                        new.push(New {
                            post,
                            draft,
                            mode: *mode,
                        });
                        (FeedItemOutcome::Imported, None, Some(id))
                    }
                    Err(reason) => (FeedItemOutcome::Refused, Some(reason), None),
                },
            },
        };
        rows.push(seen(app, feed, candidate, became));
    }
    write(&txn, app, organization, new).await?;
    let outcomes = rows.iter().map(|row| row.outcome).collect();
    feeds::insert_items(&txn, &rows).await?;
    txn.commit().await?;
    Ok(outcomes)
}

/// The line that tells what became of an item.
fn seen(
    app: &App,
    feed: &feed::Model,
    candidate: &Candidate,
    (outcome, reason, post_id): Became,
) -> feed_item::Model {
    feed_item::Model {
        id: FeedItemId(app.uuid()),
        organization_id: feed.organization_id,
        feed_id: feed.id,
        fingerprint: candidate.fingerprint.clone(),
        title: match &candidate.item {
            Ok(item) => item.title.clone(),
            Err(_) => label(&candidate.raw),
        },
        outcome,
        reason: reason.map(|reason| format!("{}: {reason}", candidate.place)),
        post_id,
        created_at: app.now(),
    }
}

/// The post of an item, or why it cannot be one.
pub(in crate::service::feeds) fn become_post(
    app: &App,
    organization: &organization::Model,
    feed: &feed::Model,
    item: &Item,
) -> Result<(post::Model, Draft), String> {
    let draft = item.draft().checked(app.now()).map_err(|faults| {
        let reasons: Vec<String> = faults
            .into_iter()
            .map(|fault| format!("{} {}", fault.field, fault.reason))
            .collect();
        reasons.join("; ")
    })?;
    let post = post::Model {
        feed_id: Some(feed.id),
        ..posts::drafted(app, organization.id, &draft)
    };
    Ok((post, draft))
}

/// Whether something in a draft keeps it from being published.
pub(in crate::service::feeds) fn is_hindered(draft: &Draft, demands: &Demands, app: &App) -> bool {
    let findings = check::of_draft(draft, demands, app.now());
    findings.iter().any(Finding::is_blocking)
}

/// Writes the posts, and lets those go live that are to do so by themselves.
async fn write(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    new: Vec<New>,
) -> Result<(), StoreError> {
    let rules = content_rules::find(&**txn, organization.id).await?;
    let demands = Demands::of(rules.as_ref());
    let (mut drafts, mut live) = (Vec::with_capacity(new.len()), Vec::new());
    for New { post, draft, mode } in new {
        let state = match mode {
            FeedMode::Draft => PostState::Draft,
            FeedMode::Review => PostState::InReview,
            // What the organization does not want is not published by itself either.
            FeedMode::AutoPublish if is_hindered(&draft, &demands, app) => PostState::InReview,
            FeedMode::AutoPublish => {
                live.push(post.clone());
                PostState::Draft
            }
        };
        // Nobody handed it in, so that nobody is told of it by message.
        let post = post::Model { state, ..post };
        drafts.push((post, draft));
    }
    posts::insert_of_feed(txn, app, &drafts).await?;
    for post in live {
        let post = posts::go_live(txn, app, organization, post).await?;
        let event = audit::Event {
            action: "post.publish",
            subject: format!("post:{}", post.id),
            detail: json!({ "feed": post.feed_id.map(|feed| feed.to_string()) }),
        };
        audit::record_system(txn, app, organization.id, event).await?;
    }
    Ok(())
}
