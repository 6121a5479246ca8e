//! Connections to chats and the topics of their channels, both ways.

use entity::enums::EndedBy;
use entity::ids as rows;
use server_api::connection::{
    AddChannel, Ailment, AilmentKind, ChannelTest, ChannelTopics, ConnectedChannel, Connection,
    RoutedTopic, SentTest, SetChannelTopics,
};
use server_api::ids::{ChannelId, DeliveryId, InstallationId, TopicId};

use super::enums;
use crate::domain::connection::{self as rule, Failure};
use crate::service::channels::{NewChannel, Routes};
use crate::service::connections as service;

/// A connection as it travels.
pub fn connection(told: service::Connection) -> Connection {
    let row = told.row;
    Connection {
        id: InstallationId(row.id.0),
        platform: enums::platform(row.platform),
        external_id: row.external_id,
        name: row.name,
        org_wide: row.is_org_wide,
        connected_at: row.connected_at.unwrap_or(row.created_at),
        seen_at: row.seen_at,
        token_expires_at: row.token_expires_at,
        arrived_at: told.arrived_at,
        failed_at: told.failed.map(|(at, _)| at),
        ended_at: row.revoked_at,
        ailments: told.ailments.into_iter().map(ailment).collect(),
        channels: told.channels.into_iter().map(channel).collect(),
    }
}

fn ailment(found: rule::Ailment) -> Ailment {
    let of = |kind, reason| Ailment {
        kind,
        reason,
        scopes: Vec::new(),
    };
    match found {
        rule::Ailment::Ended(Some(EndedBy::Disconnected)) => of(AilmentKind::Disconnected, None),
        rule::Ailment::Ended(Some(EndedBy::Uninstalled) | None) => {
            of(AilmentKind::Uninstalled, None)
        }
        rule::Ailment::Sealed => of(AilmentKind::Sealed, None),
        rule::Ailment::Expired(reason) => of(AilmentKind::Expired, reason),
        rule::Ailment::NotRenewed(reason) => of(AilmentKind::NotRenewed, Some(reason)),
        rule::Ailment::TokenRefused(reason) => of(AilmentKind::TokenRefused, Some(reason)),
        rule::Ailment::MissingScopes(scopes) => Ailment {
            scopes: scopes.into_iter().map(str::to_owned).collect(),
            ..of(AilmentKind::MissingScopes, None)
        },
        rule::Ailment::Unserved => of(AilmentKind::Unserved, None),
        rule::Ailment::NoChannel => of(AilmentKind::NoChannel, None),
        rule::Ailment::AllPaused => of(AilmentKind::AllPaused, None),
        rule::Ailment::LastFailed(failure, reason) => {
            let kind = match failure {
                Failure::Gone => AilmentKind::ChannelGone,
                Failure::Outside => AilmentKind::OutsideChannel,
                Failure::Token | Failure::Scope | Failure::Other => AilmentKind::LastFailed,
            };
            of(kind, Some(reason))
        }
    }
}

fn channel(told: service::Channel) -> ConnectedChannel {
    let names = told.topics.into_iter().map(|topic| topic.name).collect();
    ConnectedChannel {
        id: ChannelId(told.row.id.0),
        external_id: told.row.external_id,
        name: told.row.name,
        paused_at: told.row.paused_at,
        removed_at: told.row.removed_at,
        topics: told.row.chooses_topics.then_some(names),
        test: told.test.map(test),
    }
}

fn test(told: service::Test) -> ChannelTest {
    ChannelTest {
        state: enums::delivery_state(told.state),
        at: told.at,
        reason: told.reason,
    }
}

/// A test message that is sent, as it travels.
pub fn sent_test(id: rows::DeliveryId, told: service::Test) -> SentTest {
    SentTest {
        delivery_id: DeliveryId(id.0),
        test: test(told),
    }
}

/// A channel to be added.
pub fn new_channel(installation: rows::InstallationId, form: AddChannel) -> NewChannel {
    NewChannel {
        installation,
        place: form.place,
        name: form.name,
    }
}

/// What a channel gets, as it travels.
pub fn channel_topics(routes: Routes) -> ChannelTopics {
    let topics = routes.topics.map(|topics| {
        let topics = topics.into_iter().map(|topic| RoutedTopic {
            id: TopicId(topic.id.0),
            name: topic.name,
        });
        topics.collect()
    });
    ChannelTopics {
        channel_id: ChannelId(routes.channel.id.0),
        topics,
    }
}

/// What a channel is to get.
pub fn wanted_topics(form: SetChannelTopics) -> Option<Vec<rows::TopicId>> {
    let topics = form.topics?.into_iter().map(|id| rows::TopicId(id.0));
    Some(topics.collect())
}
