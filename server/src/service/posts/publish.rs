//! Publishing, expiry and withdrawal: state and deliveries change in one transaction.

use entity::enums::{Permission, PostState};
use entity::ids::{OrganizationId, PostId};
use entity::{organization, post};

use super::{PostDetail, PostError, detail, event, load, record, write};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::{Passage, Step, expiry, is_embargoed, passage};
use crate::domain::web_address;
use crate::service::actor::Actor;
use crate::service::{audit, deliveries};
use crate::store::{StoreError, Txn, dismissals, organizations, posts};

/// Posts that are moved on in one look.
const BATCH: u64 = 100;

/// Makes an approved or scheduled post live now.
pub async fn publish_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    actor.require(Permission::PublishPosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, Step::Publish) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    if is_embargoed(&post, app.now()) {
        return Err(Fault::new("embargo_until", "has not come yet").into());
    }
    let post = go_live(&txn, app, &actor.organization, post).await?;
    record(&txn, app, actor, "post.publish", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// Takes a post back everywhere. Said again with another address, the links lead there.
pub async fn withdraw_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    url: Option<&str>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::PublishPosts)?;
    let url = url
        .map(web_address::parse)
        .transpose()
        .map_err(|fault| Fault::new("url", fault.to_string()))?
        .map(String::from);
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, Step::Withdraw) {
        Passage::Done if post.withdrawn_url == url => return Ok(detail(&*txn, post).await?),
        Passage::Open | Passage::Done => {}
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    let post = post::Model {
        state: PostState::Withdrawn,
        withdrawn_at: post.withdrawn_at.or(Some(app.now())),
        withdrawn_url: url,
        ..post
    };
    let post = write(&txn, app, post).await?;
    deliveries::withdraw(&txn, app, &post).await?;
    deliveries::tell_reviewers(&txn, app, &post).await?;
    dismissals::delete_of_post(&txn, post.organization_id, post.id).await?;
    record(&txn, app, actor, "post.withdraw", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    // Other processes learn it within a second; ours at once.
    app.ingest()
        .withdraw(detail.post.id, detail.post.withdrawn_url.clone());
    app.couriers.wake();
    Ok(detail)
}

/// Makes every scheduled post live whose time has come; says how many.
pub async fn publish_due_posts(app: &App) -> Result<usize, StoreError> {
    let due = posts::due(app.store.reader(), app.now(), BATCH).await?;
    let mut published = 0;
    for post in due {
        if publish_if_due(app, post.organization_id, post.id).await? {
            published += 1;
        }
    }
    if published > 0 {
        app.couriers.wake();
    }
    Ok(published)
}

async fn publish_if_due(
    app: &App,
    organization: OrganizationId,
    id: PostId,
) -> Result<bool, StoreError> {
    let txn = app.store.begin().await?;
    let Some(post) = posts::find_to_change(&txn, organization, id).await? else {
        return Ok(false);
    };
    let due =
        post.state == PostState::Scheduled && post.publish_at.is_some_and(|at| at <= app.now());
    // The system takes the step, whoever chose the time.
    let post = post::Model {
        changed_by: None,
        ..post
    };
    let Some(organization) = organizations::find(&*txn, organization).await? else {
        return Ok(false);
    };
    if !due {
        return Ok(false);
    }
    // After a long rest of the server a post may have missed its whole life.
    let post = if post.expires_at.is_some_and(|end| end <= app.now()) {
        let missed = post::Model {
            state: PostState::Expired,
            ..post
        };
        write(&txn, app, missed).await?
    } else {
        go_live(&txn, app, &organization, post).await?
    };
    audit::record_system(&txn, app, organization.id, event("post.publish", &post)).await?;
    txn.commit().await?;
    Ok(true)
}

/// Ends every live post whose time is over; says how many.
pub async fn expire_posts(app: &App) -> Result<usize, StoreError> {
    let lapsed = posts::lapsed(app.store.reader(), app.now(), BATCH).await?;
    let mut expired = 0;
    for post in lapsed {
        if expire_if_lapsed(app, post.organization_id, post.id).await? {
            expired += 1;
        }
    }
    if expired > 0 {
        app.couriers.wake();
    }
    Ok(expired)
}

async fn expire_if_lapsed(
    app: &App,
    organization: OrganizationId,
    id: PostId,
) -> Result<bool, StoreError> {
    let txn = app.store.begin().await?;
    let Some(post) = posts::find_to_change(&txn, organization, id).await? else {
        return Ok(false);
    };
    let lapsed = passage(post.state, Step::Expire) == Passage::Open
        && post.expires_at.is_some_and(|end| end <= app.now());
    if !lapsed {
        return Ok(false);
    }
    let post = post::Model {
        state: PostState::Expired,
        changed_by: None,
        ..post
    };
    let post = write(&txn, app, post).await?;
    deliveries::end(&txn, app, &post).await?;
    dismissals::delete_of_post(&txn, organization, id).await?;
    audit::record_system(&txn, app, organization, event("post.expire", &post)).await?;
    txn.commit().await?;
    Ok(true)
}

/// The one way to become live: state, end and one card per channel.
pub(in crate::service) async fn go_live(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    post: post::Model,
) -> Result<post::Model, StoreError> {
    let now = app.now();
    let post = post::Model {
        state: PostState::Live,
        published_at: Some(now),
        expires_at: expiry(post.expires_at, organization.settings.expiry_days, now),
        ..post
    };
    let post = write(txn, app, post).await?;
    deliveries::announce(txn, app, &post).await?;
    deliveries::tell_published(txn, app, &post).await?;
    Ok(post)
}
