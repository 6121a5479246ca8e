//! Topics: what posts are about, in the organization's own words. Posts make them by naming
//! them; here they are kept in order.

use std::collections::HashMap;

use entity::enums::Permission;
use entity::ids::{OrganizationId, PostId, TopicId};
use entity::topic;
use serde_json::{Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::{audit, posts};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::topic as rules;
use crate::store::{Reader, StoreError, Txn, channels, topic_routes, topics};

/// Topics of one answer, at most.
const TOPICS: u64 = 500;
/// Posts of one statement.
const BATCH: usize = 500;
/// Attempts to hold a topic while posts come to be about it.
const ATTEMPTS: usize = 5;

/// A topic, and how many posts are about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The topic.
    pub topic: topic::Model,
    /// Posts in every state.
    pub posts: i64,
}

/// A change of a topic; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What curators call it.
    pub name: Option<String>,
}

/// Why a topic is not made, changed or taken away.
#[derive(Debug, Error)]
pub enum TopicError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such topic.
    #[error("there is no such topic")]
    NotFound,
    /// A field is invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// Another topic has the name, but for case, accents and signs.
    #[error("another topic has this name: merge the two")]
    NameTaken,
    /// Posts are about it.
    #[error("posts are about this topic: merge it into another")]
    InUse,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the organization's posts are about, by name.
pub async fn list_topics(app: &App, actor: &Actor) -> Result<Vec<Overview>, TopicError> {
    actor.require(Permission::ReadPosts)?;
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let rows = topics::list(db, organization, TOPICS).await?;
    Ok(counted(db, organization, rows).await?)
}

async fn counted(
    db: &impl Reader,
    organization: OrganizationId,
    rows: Vec<topic::Model>,
) -> Result<Vec<Overview>, StoreError> {
    let ids: Vec<TopicId> = rows.iter().map(|row| row.id).collect();
    let posts = topics::count_posts(db, organization, &ids).await?;
    let posts: HashMap<TopicId, i64> = posts.into_iter().collect();
    let overview = |topic: topic::Model| Overview {
        posts: posts.get(&topic.id).copied().unwrap_or_default(),
        topic,
    };
    Ok(rows.into_iter().map(overview).collect())
}

/// Makes a topic.
pub async fn create_topic(app: &App, actor: &Actor, name: &str) -> Result<Overview, TopicError> {
    actor.require(Permission::WritePosts)?;
    let (slug, name) = checked(name)?;
    let txn = app.store.begin().await?;
    let row = topic::Model {
        id: TopicId(app.uuid()),
        organization_id: actor.organization.id,
        slug,
        name,
        mandatory: false,
        created_at: app.now(),
    };
    let topic = topics::insert(&txn, row).await.map_err(taken)?;
    record(&txn, app, actor, ("topic.create", topic.id, json!({}))).await?;
    txn.commit().await?;
    Ok(Overview { topic, posts: 0 })
}

/// Changes a topic; the same again changes nothing.
pub async fn update_topic(
    app: &App,
    actor: &Actor,
    id: TopicId,
    change: Change,
) -> Result<Overview, TopicError> {
    actor.require(Permission::WritePosts)?;
    let named = change.name.as_deref().map(checked).transpose()?;
    let organization = actor.organization.id;
    let Held { txn, topics, about } = hold_with_posts(app, actor, (id, &[id])).await?;
    let before = topics.into_iter().next().ok_or(TopicError::NotFound)?;
    let (slug, name) = named.unwrap_or_else(|| (before.slug.clone(), before.name.clone()));
    let row = topic::Model {
        slug,
        name,
        ..before.clone()
    };
    let mut topic = row.clone();
    if row != before {
        let detail = json!({"before": before.name, "after": row.name});
        topic = topics::update(&txn, row).await.map_err(taken)?;
        posts::find_anew(&txn, organization, &about).await?;
        record(&txn, app, actor, ("topic.update", id, detail)).await?;
    }
    let mut told = counted(&*txn, organization, vec![topic]).await?.into_iter();
    txn.commit().await?;
    told.next().ok_or(TopicError::NotFound)
}

/// Lets everything that is about a topic be about another, and takes the first away.
pub async fn merge_topic(
    app: &App,
    actor: &Actor,
    id: TopicId,
    into: TopicId,
) -> Result<Overview, TopicError> {
    actor.require(Permission::WritePosts)?;
    let organization = actor.organization.id;
    let held = hold_with_posts(app, actor, (id, &[id, into])).await?;
    let Held { txn, topics, about } = held;
    let from = topics.iter().find(|topic| topic.id == id);
    let from = from.ok_or(TopicError::NotFound)?;
    let kept = topics.iter().find(|topic| topic.id == into && into != id);
    let Some(kept) = kept else {
        let fault = Fault::new("into", "is no other topic");
        return Err(TopicError::Invalid(vec![fault]));
    };
    let moved = topics::move_posts(&txn, organization, (id, into)).await?;
    lead_on(&txn, organization, (id, Some(into))).await?;
    topics::delete(&txn, organization, id).await?;
    posts::find_anew(&txn, organization, &about).await?;
    let detail = json!({"name": from.name, "into": kept.name, "posts": moved});
    record(&txn, app, actor, ("topic.merge", id, detail)).await?;
    let mut told = counted(&*txn, organization, vec![kept.clone()])
        .await?
        .into_iter();
    txn.commit().await?;
    told.next().ok_or(TopicError::NotFound)
}

/// Takes away a topic that no post is about, also from the channels that chose it.
pub async fn remove_topic(app: &App, actor: &Actor, id: TopicId) -> Result<(), TopicError> {
    actor.require(Permission::WritePosts)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let topic = hold(&txn, actor, id).await?;
    if !topics::count_posts(&*txn, organization, &[id])
        .await?
        .is_empty()
    {
        return Err(TopicError::InUse);
    }
    lead_on(&txn, organization, (id, None)).await?;
    topics::delete(&txn, organization, id).await?;
    let detail = json!({"name": topic.name});
    record(&txn, app, actor, ("topic.remove", id, detail)).await?;
    Ok(txn.commit().await?)
}

/// Lets the channels that chose a topic which goes away have chosen another, or one less: a channel
/// that chose none but this gets no posts by topic rather than those of all.
async fn lead_on(
    txn: &Txn,
    organization: OrganizationId,
    (from, into): (TopicId, Option<TopicId>),
) -> Result<(), StoreError> {
    let led = topic_routes::channels_of(&**txn, organization, from).await?;
    if led.is_empty() {
        return Ok(());
    }
    if let Some(into) = into {
        topic_routes::move_topic(txn, organization, (from, into)).await?;
    }
    // Whoever has the form of one of them before them sees that it changed.
    channels::grow_versions(txn, organization, &led).await
}

/// Topics that are held, and the posts that are about one of them.
struct Held {
    txn: Txn,
    topics: Vec<topic::Model>,
    about: Vec<PostId>,
}

/// Holds topics, and before them the posts that are about `id`: whoever saves a post holds it
/// first and then what it is about, and two who hold them in another order would wait for each
/// other.
async fn hold_with_posts(
    app: &App,
    actor: &Actor,
    (id, wanted): (TopicId, &[TopicId]),
) -> Result<Held, StoreError> {
    let organization = actor.organization.id;
    for _ in 0..ATTEMPTS {
        let txn = app.store.begin().await?;
        let seen = topics::posts_of(&*txn, organization, id).await?;
        for some in seen.chunks(BATCH) {
            topics::hold_posts(&txn, organization, some).await?;
        }
        let topics = topics::find_to_change(&txn, organization, wanted).await?;
        // Nobody lets a post be about them from now on. One that somebody let meanwhile is not
        // held: begin anew, holding nothing.
        let about = topics::posts_of(&*txn, organization, id).await?;
        if about.iter().all(|post| seen.binary_search(post).is_ok()) {
            return Ok(Held { txn, topics, about });
        }
    }
    let reason = "one post after another comes to be about the topic";
    Err(StoreError::away(reason))
}

async fn hold(txn: &Txn, actor: &Actor, id: TopicId) -> Result<topic::Model, TopicError> {
    let held = topics::find_to_change(txn, actor.organization.id, &[id]).await?;
    held.into_iter().next().ok_or(TopicError::NotFound)
}

/// The folded form of a name, and the name.
fn checked(name: &str) -> Result<(String, String), TopicError> {
    let kept = rules::check(&[name.to_owned()]).map_err(|fault| {
        // The rule speaks of a list of them.
        TopicError::Invalid(vec![Fault::new("name", fault.reason)])
    })?;
    let name = kept.into_iter().next().unwrap_or_default();
    Ok((rules::slug(&name), name))
}

fn taken(error: StoreError) -> TopicError {
    match error {
        StoreError::Conflict => TopicError::NameTaken,
        other => other.into(),
    }
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, id, detail): (&'static str, TopicId, Value),
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("topic:{id}"),
        detail,
    };
    audit::record(txn, app, actor, event).await
}

#[cfg(test)]
mod tests;
