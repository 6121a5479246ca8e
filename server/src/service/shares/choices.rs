//! The ways a member has to share a post: one signed address per network.

use std::collections::BTreeMap;

use entity::enums::{Network, ShareState};
use entity::ids::PostId;
use entity::{member, organization, post, share};

use super::{ShareError, check};
use crate::app::App;
use crate::domain::{intent, networks};
use crate::service::actor::Actor;
use crate::service::addresses;
use crate::service::suggestions::{self, Card};
use crate::store::{StoreError, posts, shares};

/// One member's ways to share one post.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The post's card.
    pub card: Card,
    /// Networks that can carry it, the member's preferred ones first.
    pub networks: Vec<Choice>,
}

/// A way to share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The network.
    pub network: Network,
    /// Our address that leads there, personal to this member.
    pub url: String,
    /// Whether the member preferred it.
    pub preferred: bool,
    /// The member's share on it so far.
    pub state: Option<ShareState>,
}

/// The member's ways to share a post.
pub async fn choices(app: &App, actor: &Actor, post: PostId) -> Result<Choices, ShareError> {
    let db = app.store.reader();
    let organization = actor.organization.id;
    let post = posts::find(db, organization, post)
        .await?
        .ok_or(ShareError::NotFound)?;
    check(&actor.member, &post, app.now())?;
    let cards = suggestions::cards(db, &actor.organization, vec![post], app.now()).await?;
    let choices = choices_of(app, (&actor.organization, &actor.member), cards).await?;
    choices.into_iter().next().ok_or(ShareError::NotFound)
}

/// The member's ways to share posts that can be shared, in the order of their cards.
pub async fn choices_of(
    app: &App,
    (organization, member): (&organization::Model, &member::Model),
    cards: Vec<Card>,
) -> Result<Vec<Choices>, StoreError> {
    let posts: Vec<PostId> = cards.iter().map(|card| card.post.id).collect();
    let db = app.store.reader();
    let past = shares::of_posts_by(db, member.organization_id, &[member.id], &posts).await?;
    let choices = cards.into_iter().map(|card| {
        let past = past.iter().filter(|share| share.post_id == card.post.id);
        let networks = ways(app, (organization, member), &card.post, past);
        Choices { card, networks }
    });
    Ok(choices.collect())
}

/// A member's ways to share a post, given what they shared of it so far: on the networks that
/// their organization offers, those that they prefer first.
pub fn ways<'s>(
    app: &App,
    (organization, member): (&organization::Model, &member::Model),
    post: &post::Model,
    shared: impl Iterator<Item = &'s share::Model>,
) -> Vec<Choice> {
    let states: BTreeMap<Network, ShareState> =
        shared.map(|share| (share.network, share.state)).collect();
    let preferred = &member.networks.0;
    let offered = networks::offered(organization);
    let rest = offered
        .iter()
        .filter(|network| !preferred.contains(network));
    preferred
        .iter()
        .filter(|network| offered.contains(network))
        .chain(rest)
        .copied()
        .filter(|network| intent::can_carry(*network, post.kind, post.url.is_some()))
        .map(|network| Choice {
            network,
            url: addresses::share_url(app, post.id, member.id, network),
            preferred: preferred.contains(&network),
            state: states.get(&network).copied(),
        })
        .collect()
}
