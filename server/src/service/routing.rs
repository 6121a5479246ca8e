//! Where posts go in the chats: the channels that their audience, their topics and the channels
//! themselves lead to. Whoever plans cards asks here, and so does whoever tells of them before.

use std::collections::HashMap;

use entity::ids::{ChannelId, OrganizationId, PostId, TopicId};
use entity::json::Audience;
use entity::{channel, installation};

use crate::domain::route::{Wanted, gets_card};
use crate::domain::topic::slug;
use crate::store::deliveries::plan;
use crate::store::{Reader, StoreError, topic_routes, topics};

/// A channel that gets posts, and the workspace or guild that it is in.
pub(super) type Destination = (channel::Model, installation::Model);

/// What a post is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// Whatever this post is about.
    Post(PostId),
    /// Topics by their names, as somebody types them: some may not be there yet.
    Named(&'a [String]),
}

impl About<'_> {
    async fn topics(
        self,
        db: &impl Reader,
        organization: OrganizationId,
    ) -> Result<Vec<TopicId>, StoreError> {
        match self {
            Self::Post(post) => topics::of_post(db, organization, post).await,
            Self::Named([]) => Ok(Vec::new()),
            Self::Named(names) => {
                let slugs: Vec<String> = names.iter().map(|name| slug(name)).collect();
                let found = topics::by_slugs(db, organization, &slugs).await?;
                Ok(found.into_iter().map(|topic| topic.id).collect())
            }
        }
    }
}

/// The channels that get a card of a post.
pub(super) async fn destinations(
    db: &impl Reader,
    organization: OrganizationId,
    (audience, about): (Option<&Audience>, About<'_>),
) -> Result<Vec<Destination>, StoreError> {
    let mut all = plan::destinations(db, organization).await?;
    // Nearly always every channel gets everything.
    let (mut routes, mut topics) = (HashMap::new(), Vec::new());
    if all.iter().any(|(channel, _)| channel.chooses_topics) {
        routes = by_channel(db, organization).await?;
        topics = about.topics(db, organization).await?;
    }
    all.retain(|(channel, home)| {
        let led: &[TopicId] = routes.get(&channel.id).map_or(&[], Vec::as_slice);
        let wanted = Wanted::of(channel, led.iter().copied());
        gets_card((audience, &topics), (channel, home), &wanted)
    });
    Ok(all)
}

/// The channels that get what is for all: those that do not rest.
pub(super) async fn awake(
    db: &impl Reader,
    organization: OrganizationId,
) -> Result<Vec<Destination>, StoreError> {
    let mut all = plan::destinations(db, organization).await?;
    all.retain(|(channel, _)| channel.paused_at.is_none());
    Ok(all)
}

/// The topics that lead to each channel.
pub(super) async fn by_channel(
    db: &impl Reader,
    organization: OrganizationId,
) -> Result<HashMap<ChannelId, Vec<TopicId>>, StoreError> {
    let mut routes: HashMap<ChannelId, Vec<TopicId>> = HashMap::new();
    for route in topic_routes::of_organization(db, organization).await? {
        routes
            .entry(route.channel_id)
            .or_default()
            .push(route.topic_id);
    }
    Ok(routes)
}
