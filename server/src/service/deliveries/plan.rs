//! Planning deliveries, always in the transaction of the fact that they report.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject};
use entity::ids::{DeliveryId, InstallationId, OrganizationId, PostId};
use entity::{channel, delivery, identity, installation, member, post};

use super::broadcast;
use super::personal::withdrawal;
use crate::app::App;
use crate::domain::delivery::next_refresh;
use crate::service::routing::{self, About};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, posts};

/// Plans one card in each of the organization's channels for a post that went live, and asks
/// for the messages of members who want one.
pub(in crate::service) async fn announce(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    let wanted = (post.audience.as_ref(), About::Post(post.id));
    let destinations = routing::destinations(&**txn, post.organization_id, wanted).await?;
    let rows = destinations
        .into_iter()
        .map(|(channel, installation)| delivery::Model {
            subject: DeliverySubject::SuggestedPost,
            post_id: Some(post.id),
            place_ref: channel.external_id,
            dedupe_key: Some(format!("post:{}:{}", post.id, channel.id)),
            ..blank(app, &installation, DeliveryOperation::Post)
        })
        .collect();
    plan::insert(txn, rows).await?;
    broadcast::announce(txn, app, post).await
}

/// Plans a week's board for each channel, once.
pub(in crate::service) async fn post_board(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    week: &str,
) -> Result<(), StoreError> {
    let destinations = routing::awake(&**txn, organization).await?;
    let rows = destinations
        .into_iter()
        .map(|(channel, installation)| delivery::Model {
            subject: DeliverySubject::WeeklyLeaderboard,
            place_ref: channel.external_id,
            dedupe_key: Some(format!("leaderboard:{week}:{}", channel.id)),
            ..blank(app, &installation, DeliveryOperation::Post)
        })
        .collect();
    plan::insert(txn, rows).await
}

/// Plans the one greeting of a new member, as a direct message.
pub async fn greet(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    identity: &identity::Model,
    installation: &installation::Model,
) -> Result<(), StoreError> {
    let row = delivery::Model {
        subject: DeliverySubject::Greeting,
        member_id: Some(member.id),
        place_ref: identity.user_ref.clone(),
        dedupe_key: Some(format!("greet:{}", member.id)),
        ..blank(app, installation, DeliveryOperation::Post)
    };
    plan::insert(txn, vec![row]).await
}

/// Plans that the post's cards show their new share count: at most one
/// revision waits per message, and none comes sooner than a minute after the
/// message was last touched.
pub async fn refresh_card(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    post: PostId,
) -> Result<(), StoreError> {
    let Some(post) = posts::find(&**txn, organization, post).await? else {
        return Ok(());
    };
    let now = app.now();
    if !crate::domain::post::is_open(&post, now) {
        return Ok(());
    }
    let cards = plan::cards(&**txn, organization, post.id).await?;
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let later = plan::later_operations(&**txn, &ids).await?;
    let rows = cards
        .iter()
        .map(|card| {
            let touched = later
                .iter()
                .filter(|operation| operation.target_id == Some(card.id))
                .chain([card])
                .filter_map(|operation| operation.settled_at)
                .max();
            revision(app, card, next_refresh(touched, now))
        })
        .collect();
    plan::insert(txn, rows).await
}

/// A post has expired: cards that are not out yet stay in, and so does what
/// waited for them; the others say so at once.
pub(in crate::service) async fn end(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    give_up_waiting(txn, app, post).await?;
    let cards = plan::cards(&**txn, post.organization_id, post.id).await?;
    let now = app.now();
    let rows = cards.iter().map(|card| revision(app, card, now)).collect();
    plan::insert(txn, rows).await?;
    broadcast::end(txn, app, post).await
}

/// A post was withdrawn: what waits is cancelled, cards that are out are taken back.
pub(in crate::service) async fn withdraw(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    give_up_waiting(txn, app, post).await?;
    let cards = plan::cards(&**txn, post.organization_id, post.id).await?;
    let rows = cards
        .iter()
        .map(|card| withdrawal(app, card, app.now()))
        .collect();
    plan::insert(txn, rows).await?;
    broadcast::end(txn, app, post).await
}

/// What waits of a post that has ended is given up.
async fn give_up_waiting(txn: &Txn, app: &App, post: &post::Model) -> Result<(), StoreError> {
    // First, so that what was given up while the post was live is told from what waited.
    broadcast::drop_waiting(txn, app, post).await?;
    let operations = [DeliveryOperation::Post, DeliveryOperation::Revise];
    plan::cancel_of_post(txn, post.organization_id, post.id, &operations).await
}

/// The bot lost its workspace: nothing that waits for it can be done, for this reason.
pub async fn abandon(
    txn: &Txn,
    organization: OrganizationId,
    installation: InstallationId,
    reason: &str,
) -> Result<(), StoreError> {
    plan::cancel_of_installation(txn, (organization, installation), reason).await
}

/// Plans a word to a channel that messages arrive there.
pub(in crate::service) async fn test_channel(
    txn: &Txn,
    app: &App,
    (channel, home): (&channel::Model, &installation::Model),
) -> Result<DeliveryId, StoreError> {
    let row = delivery::Model {
        subject: DeliverySubject::ChannelTest,
        place_ref: channel.external_id.clone(),
        ..blank(app, home, DeliveryOperation::Post)
    };
    let id = row.id;
    plan::insert(txn, vec![row]).await?;
    Ok(id)
}

pub(super) fn revision(
    app: &App,
    card: &delivery::Model,
    run_at: DateTime<Utc>,
) -> delivery::Model {
    delivery::Model {
        dedupe_key: Some(format!("revise:{}", card.id)),
        ..later(app, card, DeliveryOperation::Revise, run_at)
    }
}

/// An operation on the message that `card` posted, or is posting.
pub(super) fn later(
    app: &App,
    card: &delivery::Model,
    operation: DeliveryOperation,
    run_at: DateTime<Utc>,
) -> delivery::Model {
    delivery::Model {
        id: DeliveryId(app.uuid()),
        operation,
        target_id: Some(card.id),
        state: DeliveryState::Pending,
        run_at,
        attempts: 0,
        leased_by: None,
        leased_until: None,
        message_ref: None,
        failure: None,
        settled_at: None,
        created_at: app.now(),
        ..card.clone()
    }
}

/// A delivery to an installation that says nothing yet.
pub(super) fn blank(
    app: &App,
    installation: &installation::Model,
    operation: DeliveryOperation,
) -> delivery::Model {
    let now = app.now();
    delivery::Model {
        id: DeliveryId(app.uuid()),
        organization_id: installation.organization_id,
        installation_id: installation.id,
        platform: installation.platform,
        operation,
        subject: DeliverySubject::SuggestedPost,
        post_id: None,
        member_id: None,
        identity_id: None,
        proposal_id: None,
        place_ref: String::new(),
        target_id: None,
        state: DeliveryState::Pending,
        run_at: now,
        attempts: 0,
        leased_by: None,
        leased_until: None,
        message_ref: None,
        failure: None,
        dedupe_key: None,
        settled_at: None,
        created_at: now,
    }
}
