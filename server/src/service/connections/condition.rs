//! How each connection is: what is known of it, what ails it, and its channels. Told to whoever
//! looks after it; of single people nothing is said: only what happened to messages in channels is
//! looked at.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryState, DeliverySubject, EndedBy, Permission, Platform};
use entity::ids::{InstallationId, TopicId};
use entity::{channel, delivery, installation, topic};

use super::ConnectError;
use crate::app::App;
use crate::domain::connection::{Ailment, Facts, Failure, ailments, failure};
use crate::service::actor::Actor;
use crate::service::{installations, routing};
use crate::store::deliveries::outcomes;
use crate::store::{Reader, StoreError, channels, installations as rows, topics};

/// What channels get, people's own messages left out.
const TO_CHANNELS: [DeliverySubject; 3] = [
    DeliverySubject::SuggestedPost,
    DeliverySubject::WeeklyLeaderboard,
    DeliverySubject::ChannelTest,
];
/// Tests of a connection that are looked at.
const TESTS: u64 = 200;
/// Topics that are named.
const TOPICS: u64 = 500;

/// A connection and how it is.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The installation.
    pub row: installation::Model,
    /// What ails it, the most urgent first.
    pub ailments: Vec<Ailment>,
    /// When a message last arrived in one of its channels.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When one last failed, and why, as a short code.
    pub failed: Option<(DateTime<Utc>, String)>,
    /// Its channels, by name.
    pub channels: Vec<Channel>,
}

/// A channel of a connection.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The channel.
    pub row: channel::Model,
    /// The topics that it chose, by name; nothing where it gets posts of every topic.
    pub topics: Vec<topic::Model>,
    /// What became of the last test message.
    pub test: Option<Test>,
    /// Why the last message of the connection failed, where it was to this channel.
    pub failure: Option<Failure>,
}

/// What became of a test message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// How far it has come.
    pub state: DeliveryState,
    /// When its outcome became final, or when it was sent.
    pub at: DateTime<Utc>,
    /// Why it failed, as a short code.
    pub reason: Option<String>,
}

impl Test {
    /// What became of a delivery.
    pub fn of(row: &delivery::Model) -> Self {
        Self {
            state: row.state,
            at: row.settled_at.unwrap_or(row.created_at),
            reason: row.failure.clone(),
        }
    }
}

/// The organization's connections, those that ended among them, oldest first.
pub async fn list_connections(app: &App, actor: &Actor) -> Result<Vec<Connection>, ConnectError> {
    actor.require(Permission::ManageOrganization)?;
    let all = rows::of(app.store.reader(), actor.organization.id).await?;
    Ok(told(app, actor, all).await?)
}

/// One connection.
pub async fn show_connection(
    app: &App,
    actor: &Actor,
    id: InstallationId,
) -> Result<Connection, ConnectError> {
    actor.require(Permission::ManageOrganization)?;
    let all = rows::of(app.store.reader(), actor.organization.id).await?;
    let one = all.into_iter().filter(|row| row.id == id).collect();
    let told = told(app, actor, one).await?.into_iter().next();
    told.ok_or(ConnectError::NotFound)
}

/// A connection that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ailing {
    /// The installation.
    pub id: InstallationId,
    /// Its name.
    pub name: String,
    /// The chat.
    pub platform: Platform,
    /// Whether the app was removed in the chat, so that it has to be connected again.
    pub is_uninstalled: bool,
}

impl Connection {
    /// Whether the app was removed in the chat, and nobody here said yet that it stays so.
    pub fn is_uninstalled(&self) -> bool {
        is_uninstalled(&self.row)
    }
}

fn is_uninstalled(row: &installation::Model) -> bool {
    row.revoked_at.is_some() && row.ended_by == Some(EndedBy::Uninstalled)
}

/// Connections that are not well; none for who may not look after them. What was ended here is
/// as somebody wanted it; what was ended in the chat may be news.
pub async fn ailing(app: &App, actor: &Actor) -> Result<Vec<Ailing>, StoreError> {
    if actor.require(Permission::ManageOrganization).is_err() {
        return Ok(Vec::new());
    }
    let all = rows::of(app.store.reader(), actor.organization.id).await?;
    let wanted = all.into_iter();
    let wanted = wanted.filter(|row| row.revoked_at.is_none() || is_uninstalled(row));
    let told = told(app, actor, wanted.collect()).await?;
    let ailing = told.into_iter().filter(|one| !one.ailments.is_empty());
    let ailing = ailing.map(|one| Ailing {
        id: one.row.id,
        is_uninstalled: one.is_uninstalled(),
        platform: one.row.platform,
        name: one.row.name,
    });
    Ok(ailing.collect())
}

async fn told(
    app: &App,
    actor: &Actor,
    all: Vec<installation::Model>,
) -> Result<Vec<Connection>, StoreError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let known = topics::list(db, organization, TOPICS).await?;
    let names: HashMap<TopicId, &topic::Model> = known.iter().map(|one| (one.id, one)).collect();
    let routes = routing::by_channel(db, organization).await?;
    let channels = channels::of_organization(db, organization).await?;
    let mut connections = Vec::with_capacity(all.len());
    for row in all {
        let of = (organization, row.id);
        let arrived = last(db, of, DeliveryState::Sent).await?;
        let failed = last(db, of, DeliveryState::Failed).await?;
        let tests = outcomes::newest(db, of, DeliverySubject::ChannelTest, TESTS).await?;
        let own = channels.iter().filter(|one| one.installation_id == row.id);
        let own: Vec<Channel> = own
            .map(|channel| {
                let led = routes.get(&channel.id).into_iter().flatten();
                let mut topics: Vec<topic::Model> = led
                    .filter(|_| channel.chooses_topics)
                    .filter_map(|id| names.get(id).map(|topic| (*topic).clone()))
                    .collect();
                topics.sort_by(|a, b| a.slug.cmp(&b.slug));
                let is_here = |one: &&delivery::Model| one.place_ref == channel.external_id;
                Channel {
                    topics,
                    test: tests.iter().find(is_here).map(Test::of),
                    failure: (failed.iter().find(is_here))
                        .filter(|_| is_newer(failed.as_ref(), arrived.as_ref()))
                        .and_then(|one| one.failure.as_deref())
                        .map(|reason| failure(row.platform, reason)),
                    row: channel.clone(),
                }
            })
            .collect();
        let facts = facts(app, &row, (&own, arrived.as_ref(), failed.as_ref()));
        connections.push(Connection {
            ailments: ailments(&facts, app.now()),
            arrived_at: facts.arrived_at,
            failed: facts.failed,
            channels: own,
            row,
        });
    }
    Ok(connections)
}

fn is_newer(one: Option<&delivery::Model>, other: Option<&delivery::Model>) -> bool {
    let at = |row: Option<&delivery::Model>| row.and_then(|row| row.settled_at);
    at(one) > at(other)
}

/// The newest message to a channel that ended so.
async fn last(
    db: &impl Reader,
    of: (entity::ids::OrganizationId, InstallationId),
    state: DeliveryState,
) -> Result<Option<delivery::Model>, StoreError> {
    let mut newest: Option<delivery::Model> = None;
    for subject in TO_CHANNELS {
        let found = outcomes::last(db, of, (subject, state)).await?;
        if is_newer(found.as_ref(), newest.as_ref()) {
            newest = found;
        }
    }
    Ok(newest)
}

fn facts(
    app: &App,
    row: &installation::Model,
    (channels, arrived, failed): (
        &[Channel],
        Option<&delivery::Model>,
        Option<&delivery::Model>,
    ),
) -> Facts {
    let getting = channels.iter().filter(|one| one.row.removed_at.is_none());
    let paused = getting.clone().filter(|one| one.row.paused_at.is_some());
    let failed = failed.and_then(|one| Some((one.settled_at?, one.failure.clone()?)));
    Facts {
        is_discord: row.platform == Platform::Discord,
        ended: row.revoked_at.map(|_| row.ended_by),
        opens: installations::token(app, row).is_some(),
        expires_at: row.token_expires_at,
        trouble: row.token_trouble.clone(),
        scopes: row.scopes.clone(),
        seen_at: row.seen_at,
        channels: (getting.clone().count(), paused.count()),
        arrived_at: arrived.and_then(|one| one.settled_at),
        failed,
    }
}
