//! Which channels get a card of a post: by its audience, its topics, and what each channel wants.

use std::collections::HashSet;

use entity::ids::TopicId;
use entity::json::Audience;
use entity::{channel, installation};

use super::audience::takes_channel;

/// Topics that a channel may choose, at most.
pub const TOPICS: usize = 200;

/// What a channel wants to get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Posts of every topic, and of none.
    All,
    /// Posts about one of these topics.
    Only(HashSet<TopicId>),
}

impl Wanted {
    /// What a channel wants whose routes lead from these topics.
    pub fn of(channel: &channel::Model, routes: impl IntoIterator<Item = TopicId>) -> Self {
        if channel.chooses_topics {
            Self::Only(routes.into_iter().collect())
        } else {
            Self::All
        }
    }

    /// Whether a post about these topics is wanted.
    pub fn takes(&self, topics: &[TopicId]) -> bool {
        match self {
            Self::All => true,
            Self::Only(wanted) => topics.iter().any(|topic| wanted.contains(topic)),
        }
    }
}

/// Whether a channel gets a card of a post. A channel that rests gets none; one that the audience
/// names gets one whatever its topics.
pub fn gets_card(
    (audience, topics): (Option<&Audience>, &[TopicId]),
    (channel, home): (&channel::Model, &installation::Model),
    wanted: &Wanted,
) -> bool {
    let is_named = audience.is_some_and(|audience| audience.channels.is_some());
    channel.paused_at.is_none()
        && takes_channel(audience, channel, home)
        && (is_named || wanted.takes(topics))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::enums::Platform;
    use entity::ids::{ChannelId, InstallationId, OrganizationId};
    use uuid::Uuid;

    use super::*;

    fn topic(n: u128) -> TopicId {
        TopicId(Uuid::from_u128(n))
    }

    fn channel(is_paused: bool, chooses_topics: bool) -> channel::Model {
        let at = DateTime::UNIX_EPOCH;
        channel::Model {
            id: ChannelId(Uuid::from_u128(1)),
            organization_id: OrganizationId(Uuid::nil()),
            installation_id: InstallationId(Uuid::nil()),
            external_id: "C1".to_owned(),
            name: "news".to_owned(),
            removed_at: None,
            paused_at: is_paused.then_some(at),
            chooses_topics,
            version: 1,
            created_at: at,
        }
    }

    fn home() -> installation::Model {
        let at = DateTime::UNIX_EPOCH;
        installation::Model {
            id: InstallationId(Uuid::nil()),
            organization_id: OrganizationId(Uuid::nil()),
            platform: Platform::Slack,
            external_id: "T1".to_owned(),
            name: "Acme".to_owned(),
            bot_user_ref: None,
            bot_token: Vec::new(),
            connected_at: None,
            connected_by: None,
            enterprise_id: None,
            is_org_wide: false,
            scopes: None,
            refresh_token: None,
            token_expires_at: None,
            token_trouble: None,
            seen_at: None,
            revoked_at: None,
            ended_by: None,
            created_at: at,
            updated_at: at,
        }
    }

    fn naming(channels: &[u128], platforms: &[Platform]) -> Audience {
        let named = channels.iter().map(|n| ChannelId(Uuid::from_u128(*n)));
        Audience {
            channels: (!channels.is_empty()).then(|| named.collect()),
            platforms: platforms.to_vec(),
            ..Audience::default()
        }
    }

    /// The audience, the post's topics, whether the channel rests, what it chose, and the card.
    type Row<'a> = (
        Option<&'a Audience>,
        &'a [TopicId],
        bool,
        Option<&'a [TopicId]>,
        bool,
    );

    #[test]
    fn a_post_goes_where_one_of_its_topics_is_wanted_or_all_are() {
        let (named, elsewhere) = (naming(&[1], &[]), naming(&[2], &[]));
        let discord = naming(&[], &[Platform::Discord]);
        let (none, one, two) = (vec![], vec![topic(1)], vec![topic(1), topic(2)]);
        let table: [Row<'_>; 13] = [
            (None, &none, false, None, true),
            (None, &one, false, None, true),
            (None, &none, false, Some(&one), false),
            (None, &one, false, Some(&one), true),
            (None, &two, false, Some(&one), true),
            (None, &one, false, Some(&two), true),
            (None, &one, false, Some(&none), false),
            (Some(&named), &none, false, Some(&one), true),
            (Some(&elsewhere), &one, false, Some(&one), false),
            (Some(&discord), &one, false, Some(&one), false),
            (None, &one, true, None, false),
            (None, &one, true, Some(&one), false),
            (Some(&named), &one, true, Some(&one), false),
        ];
        for (at, (audience, topics, rests, chosen, expected)) in table.into_iter().enumerate() {
            let channel = channel(rests, chosen.is_some());
            let routes = chosen.unwrap_or_default().iter().copied();
            let wanted = Wanted::of(&channel, routes);
            let gets = gets_card((audience, topics), (&channel, &home()), &wanted);
            assert_eq!(gets, expected, "row {at}");
        }
    }

    #[test]
    fn routes_of_a_channel_that_chooses_none_do_not_count() {
        let wanted = Wanted::of(&channel(false, false), [topic(1)]);
        assert!(wanted.takes(&[topic(2)]));
    }
}
