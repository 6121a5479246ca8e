//! Cards that ask who may approve a post for their judgement, as direct messages: once when it is
//! handed in, once more when it waits too long. They follow what becomes of it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use entity::ids::MemberId;
use entity::{delivery, identity, installation, member, organization, post};

use super::personal::{home, time_zone, whereabouts};
use super::plan::{blank, revision};
use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::quiet::QuietHours;
use crate::domain::review::{is_awake, may_judge};
use crate::service::reviews::waits_since;
use crate::store::deliveries::{plan, reviews};
use crate::store::{Reader, StoreError, Txn, identities, installations, members};

/// A post was handed in: everybody who may approve it and takes messages is asked.
pub(in crate::service) async fn ask_reviewers(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    post: &post::Model,
) -> Result<(), StoreError> {
    let reviewers = Reviewers::of(&**txn, organization).await?;
    let rows = cards(app, &reviewers, post, first);
    plan::insert(txn, rows).await
}

/// Who may approve posts of an organization, and where they are reached.
pub(in crate::service) struct Reviewers<'a> {
    organization: &'a organization::Model,
    members: Vec<member::Model>,
    accounts: Vec<identity::Model>,
    installed: Vec<installation::Model>,
}

impl<'a> Reviewers<'a> {
    /// Those of an organization.
    pub(in crate::service) async fn of(
        db: &impl Reader,
        organization: &'a organization::Model,
    ) -> Result<Self, StoreError> {
        let members = members::with_roles(db, organization.id).await?;
        let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
        Ok(Self {
            organization,
            accounts: identities::of_members(db, &ids).await?,
            installed: installations::active_of(db, organization.id).await?,
            members,
        })
    }
}

/// Those cards for a post that has waited longer than `hours` which nobody was sent yet.
pub(in crate::service) async fn reminders(
    db: &impl Reader,
    app: &App,
    (reviewers, post): (&Reviewers<'_>, &post::Model),
    hours: TimeDelta,
) -> Result<Vec<delivery::Model>, StoreError> {
    let too_long = waits_since(post) + hours;
    let there = reviews::cards(db, post.organization_id, post.id).await?;
    let mut keys = there.iter().filter_map(|card| card.dedupe_key.as_deref());
    // All are told at once: whoever comes to review later finds it in the queue.
    let told = late_of(post);
    if keys.any(|key| key.starts_with(&told)) {
        return Ok(Vec::new());
    }
    let mut rows = cards(app, reviewers, post, late);
    rows.retain(|row| {
        let Some(member) = row.member_id else {
            return false;
        };
        let asked = first(post, member);
        // Whose card came late, or is still to come, hears in it how long the post waits.
        let says_so = |card: &&delivery::Model| {
            card.dedupe_key.as_ref() == Some(&asked) && tells(card, too_long)
        };
        !there.iter().any(|card| says_so(&card))
    });
    Ok(rows)
}

/// What became of a post is told on the cards that ask for a judgement of it; those that are not
/// out yet stay in.
pub(in crate::service) async fn tell_reviewers(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    reviews::cancel(txn, post.organization_id, post.id).await?;
    revise_reviews(txn, app, post).await
}

/// A post that goes on waiting is another than the cards say which ask for a judgement of it:
/// those that are out say so, and those that are not will.
pub(in crate::service) async fn revise_reviews(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    let cards = reviews::cards(&**txn, post.organization_id, post.id).await?;
    let now = app.now();
    let out = cards.iter().filter(|card| is_out(card));
    let rows = out.map(|card| revision(app, card, now)).collect();
    plan::insert(txn, rows).await
}

/// At most one card asks a member for a judgement of a post that was handed in.
fn first(post: &post::Model, member: MemberId) -> String {
    format!("review:{}:{}:{member}", post.id, wait(post))
}

/// At most one more tells them that it waits too long.
fn late(post: &post::Model, member: MemberId) -> String {
    format!("{}{member}", late_of(post))
}

/// What the keys of all these begin with.
fn late_of(post: &post::Model) -> String {
    format!("review-late:{}:{}:", post.id, wait(post))
}

/// Handed in anew, a post waits anew.
fn wait(post: &post::Model) -> i64 {
    waits_since(post).timestamp_micros()
}

fn is_out(card: &delivery::Model) -> bool {
    match card.state {
        DeliveryState::Claimed | DeliveryState::Sent => true,
        DeliveryState::Pending
        | DeliveryState::Failed
        | DeliveryState::Uncertain
        | DeliveryState::Cancelled => false,
    }
}

/// Whether a card says by itself that its post has waited since before `too_long`.
fn tells(card: &delivery::Model, too_long: DateTime<Utc>) -> bool {
    match card.state {
        DeliveryState::Pending | DeliveryState::Claimed => true,
        DeliveryState::Sent => card.settled_at.is_some_and(|at| at >= too_long),
        DeliveryState::Failed | DeliveryState::Uncertain | DeliveryState::Cancelled => false,
    }
}

fn cards(
    app: &App,
    reviewers: &Reviewers<'_>,
    post: &post::Model,
    key: fn(&post::Model, MemberId) -> String,
) -> Vec<delivery::Model> {
    let (now, organization) = (app.now(), reviewers.organization);
    let asked = (reviewers.members.iter())
        .filter(|member| may_judge(member, organization, post) && is_awake(member, now));
    let rows = asked.filter_map(|member| {
        let (account, home) = reached(member, &reviewers.accounts, &reviewers.installed)?;
        let zone = zone(time_zone(member, organization));
        Some(delivery::Model {
            subject: DeliverySubject::Review,
            post_id: Some(post.id),
            member_id: Some(member.id),
            place_ref: account.user_ref.clone(),
            run_at: QuietHours::of(member, organization).end(now, zone),
            dedupe_key: Some(key(post, member.id)),
            ..blank(app, home, DeliveryOperation::Post)
        })
    });
    rows.collect()
}

/// Where a member is reached: in the chat in which they asked for messages, else on Slack. On
/// Discord nobody is who did not ask.
fn reached<'a>(
    member: &member::Model,
    accounts: &'a [identity::Model],
    installed: &'a [installation::Model],
) -> Option<(&'a identity::Model, &'a installation::Model)> {
    [member.delivery_platform, Some(Platform::Slack)]
        .into_iter()
        .flatten()
        .find_map(|platform| {
            let theirs =
                |one: &&identity::Model| one.member_id == member.id && one.platform == platform;
            // The newest is the likeliest to be looked at.
            let mut there = accounts.iter().rev().filter(theirs);
            there.find_map(|account| Some((account, home(installed, whereabouts(account))?)))
        })
}

#[cfg(test)]
mod tests;
