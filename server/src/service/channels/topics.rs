//! Which topics a channel gets: all of them, or those that were chosen for it.

use std::collections::BTreeSet;

use entity::enums::Permission;
use entity::ids::{ChannelId, OrganizationId, TopicId};
use entity::{channel, topic, topic_route};
use serde_json::json;

use super::{ChannelError, hold, record};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::route::TOPICS;
use crate::service::actor::Actor;
use crate::store::{Reader, StoreError, channels, topic_routes, topics};

/// Topics that are known, at most.
const KNOWN: u64 = 500;

/// What a channel gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes {
    /// The channel.
    pub channel: channel::Model,
    /// The topics that it chose, by name; none where it gets posts of every topic.
    pub topics: Option<Vec<topic::Model>>,
}

/// What a channel gets.
pub async fn show_topics(app: &App, actor: &Actor, id: ChannelId) -> Result<Routes, ChannelError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let row = channels::find(db, actor.organization.id, id).await?;
    let row = row.filter(|row| row.removed_at.is_none());
    Ok(told(db, row.ok_or(ChannelError::NotFound)?).await?)
}

async fn told(db: &impl Reader, channel: channel::Model) -> Result<Routes, StoreError> {
    if !channel.chooses_topics {
        return Ok(Routes {
            channel,
            topics: None,
        });
    }
    let organization = channel.organization_id;
    let led = led(db, organization, channel.id).await?;
    let mut known = topics::list(db, organization, KNOWN).await?;
    known.retain(|topic| led.contains(&topic.id));
    Ok(Routes {
        channel,
        topics: Some(known),
    })
}

async fn led(
    db: &impl Reader,
    organization: OrganizationId,
    channel: ChannelId,
) -> Result<BTreeSet<TopicId>, StoreError> {
    let rows = topic_routes::of_channel(db, organization, channel).await?;
    Ok(rows.into_iter().map(|row| row.topic_id).collect())
}

/// Lets a channel get posts of every topic, or of these only. With `expected`, only if its topics
/// still have that version; the same again changes nothing.
pub async fn set_topics(
    app: &App,
    actor: &Actor,
    (id, expected): (ChannelId, Option<i64>),
    wanted: Option<Vec<TopicId>>,
) -> Result<Routes, ChannelError> {
    actor.require(Permission::ManageOrganization)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let chosen: Option<BTreeSet<TopicId>> = wanted.map(|all| all.into_iter().collect());
    // Held, and before the channel as whoever merges holds them, so that none of them is merged or
    // taken away before this is written.
    let ids: Vec<TopicId> = chosen.iter().flatten().copied().collect();
    let there = topics::find_to_change(&txn, organization, &ids).await?;
    let before = hold(&txn, actor, id).await?;
    let past = led(&*txn, organization, id).await?;
    let is_same = before.chooses_topics == chosen.is_some()
        && chosen
            .as_ref()
            .is_none_or(|chosen| !chosen.is_empty() && *chosen == past);
    // Said twice, as by a double click, it is what somebody sees already.
    if is_same {
        return Ok(told(&*txn, before).await?);
    }
    if expected.is_some_and(|expected| expected != before.version) {
        return Err(ChannelError::VersionMismatch);
    }
    if let Some(chosen) = &chosen {
        check(chosen, &there)?;
    }
    let chosen_now = chosen.as_ref().into_iter().flatten();
    let rows: Vec<topic_route::Model> = chosen_now
        .map(|topic| topic_route::Model {
            channel_id: id,
            topic_id: *topic,
            organization_id: organization,
            created_at: app.now(),
        })
        .collect();
    topic_routes::replace(&txn, organization, id, &rows).await?;
    let row = channel::Model {
        chooses_topics: chosen.is_some(),
        version: before.version + 1,
        ..before
    };
    let row = channels::update(&*txn, row).await?;
    let routes = told(&*txn, row).await?;
    let names = routes.topics.as_ref().map(|topics| {
        let names = topics.iter().map(|topic| topic.name.as_str());
        names.collect::<Vec<_>>()
    });
    let detail = json!({"topics": names});
    record(
        &txn,
        app,
        actor,
        ("channel.topics", &routes.channel, detail),
    )
    .await?;
    txn.commit().await?;
    Ok(routes)
}

fn check(chosen: &BTreeSet<TopicId>, there: &[topic::Model]) -> Result<(), ChannelError> {
    if chosen.is_empty() {
        return Err(Fault::new("topics", "names one at least; leave it out for all").into());
    }
    if chosen.len() > TOPICS {
        return Err(Fault::new("topics", format!("has more than {TOPICS}")).into());
    }
    let mut faults = Vec::new();
    for (at, id) in chosen.iter().enumerate() {
        if !there.iter().any(|topic| topic.id == *id) {
            faults.push(Fault::new(format!("topics.{at}"), "is no topic"));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ChannelError::Invalid(faults))
    }
}
