//! Reviews that wait longer than their organization wants: told once more, and counted.

use chrono::TimeDelta;
use entity::enums::PostState;
use entity::{organization, post};

use super::waits_since;
use crate::app::App;
use crate::domain::post::is_overdue;
use crate::service::deliveries::{self, Reviewers};
use crate::store::deliveries::plan;
use crate::store::posts::library;
use crate::store::{Reader, StoreError, content_rules, organizations, posts, reviews};

/// Posts of an organization that are looked at in one turn: more than anybody lets wait.
const LOOKED_AT: u64 = 1_000;
/// Longest that a review may wait, in hours: keeps times within the calendar.
const LONGEST: i64 = 87_600;

/// Tells everybody who may approve a post once more of it where it waits too long, once per wait;
/// says how many messages were planned. What a feed brought was handed in by nobody: it stands in
/// the queue, and no message tells of it.
pub async fn tell_of_late_reviews(app: &App) -> Result<usize, StoreError> {
    let (mut told, mut failed) = (0, None);
    for organization in organizations::all(app.store.reader()).await? {
        match tell_in(app, &organization).await {
            Ok(count) => told += count,
            // The others do not wait for it.
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if told > 0 {
        app.couriers.wake();
    }
    failed.map_or(Ok(told), Err)
}

async fn tell_in(app: &App, organization: &organization::Model) -> Result<usize, StoreError> {
    let db = app.store.reader();
    let Some(hours) = allowed(db, organization).await? else {
        return Ok(0);
    };
    let before = app.now() - hours;
    let found = reviews::handed_in_before(db, organization.id, before, LOOKED_AT).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let reviewers = Reviewers::of(db, organization).await?;
    let mut told = 0;
    for post in found {
        // A look is free; who was told already is told no more.
        let of = (&reviewers, &post);
        if !deliveries::reminders(db, app, of, hours).await?.is_empty() {
            told += tell(app, &post, (&reviewers, hours)).await?;
        }
    }
    Ok(told)
}

/// How many reviews wait too long, in all organizations.
pub async fn count_late(app: &App) -> Result<i64, StoreError> {
    let db = app.store.reader();
    let mut late = 0;
    for organization in organizations::all(db).await? {
        if let Some(hours) = allowed(db, &organization).await? {
            late += library::waiting_since(db, organization.id, app.now() - hours).await?;
        }
    }
    Ok(i64::try_from(late).unwrap_or(i64::MAX))
}

/// How long a review may wait there; none for as long as it takes.
async fn allowed(
    db: &impl Reader,
    organization: &organization::Model,
) -> Result<Option<TimeDelta>, StoreError> {
    let rules = content_rules::find(db, organization.id).await?;
    let hours = rules.map_or(0, |rules| rules.review_hours);
    Ok((hours > 0).then(|| TimeDelta::hours(hours.min(LONGEST))))
}

async fn tell(
    app: &App,
    seen: &post::Model,
    (reviewers, hours): (&Reviewers<'_>, TimeDelta),
) -> Result<usize, StoreError> {
    let txn = app.store.begin().await?;
    // Held, so that nobody is told of what was decided at this moment.
    let post = posts::find_to_change(&txn, seen.organization_id, seen.id).await?;
    let is_late = |post: &post::Model| {
        post.state == PostState::InReview
            && is_overdue(Some(waits_since(post)), hours.num_hours(), app.now())
    };
    let Some(post) = post.filter(is_late) else {
        return Ok(0);
    };
    let rows = deliveries::reminders(&*txn, app, (reviewers, &post), hours).await?;
    let told = rows.len();
    plan::insert(&txn, rows).await?;
    txn.commit().await?;
    Ok(told)
}

#[cfg(test)]
mod tests;
