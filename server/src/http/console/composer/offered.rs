//! What the lists of the composer's form offer.

use entity::enums::Network;
use entity::ids::{ChannelId, TeamId};
use entity::team;

use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::{intent, networks};
use crate::http::console::form::Fields;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::http::wire;
use crate::service::actor::Actor;
use crate::service::media::MediaError;
use crate::service::posts::{self, PostError};
use crate::service::{audiences, media};

/// Pictures that are offered again: the newest.
const PICTURES: u64 = 8;

/// Word and name of each choice.
pub type Choices = Vec<(&'static str, String)>;

/// What the lists of the form offer.
pub struct Offered {
    /// Kinds of post.
    pub kinds: Choices,
    /// Networks.
    pub networks: Choices,
    /// Languages.
    pub languages: Choices,
    /// How far words may be changed.
    pub edit_modes: Choices,
    /// Places among others.
    pub priorities: Choices,
    /// Chats.
    pub platforms: Choices,
    /// Roles.
    pub roles: Choices,
    /// Teams.
    pub teams: Vec<(TeamId, String)>,
    /// Channels, and their chats.
    pub channels: Vec<(ChannelId, String, String)>,
    /// Topics that were used before.
    pub topics: Vec<String>,
    /// Slugs and names of campaigns.
    pub campaigns: Vec<(String, String)>,
    /// Pictures that were used before.
    pub pictures: Vec<Offer>,
}

/// A picture that was used before.
pub struct Offer {
    /// Where it lies.
    pub url: String,
    /// The same, small.
    pub small: String,
    /// What it shows.
    pub alt: String,
}

impl Offered {
    /// What the organization offers, and teams that were ticked before they were gone: without
    /// their boxes, the next save would let the post be for everybody.
    pub async fn of(
        app: &App,
        look: &Look,
        actor: &Actor,
        fields: &Fields,
    ) -> Result<Self, PostError> {
        macro_rules! choices {
            ($name:ident) => {
                named::$name::ALL
                    .iter()
                    .map(|one| (named::$name::word(*one), look.say(named::$name::key(*one))))
                    .collect()
            };
        }
        let teams = audiences::list_teams(app, actor).await?;
        let channels = audiences::list_channels(app, actor).await?;
        let topics = posts::list_topics(app, actor).await?;
        let campaigns = posts::list_campaigns(app, actor).await?;
        Ok(Self {
            kinds: choices!(kind),
            networks: networks(look, actor, fields),
            languages: choices!(language),
            edit_modes: choices!(edit_mode),
            priorities: choices!(priority),
            platforms: choices!(platform),
            roles: choices!(role),
            teams: with_gone(look, fields, teams),
            channels: channels
                .into_iter()
                .map(|(channel, platform)| {
                    let chat = look.say(named::platform::key(platform));
                    (channel.id, channel.name, chat)
                })
                .collect(),
            topics: topics.into_iter().map(|topic| topic.name).collect(),
            campaigns: campaigns
                .into_iter()
                .map(|campaign| (campaign.slug, campaign.name))
                .collect(),
            pictures: pictures(app, actor).await?,
        })
    }
}

/// The networks that the organization offers, and those that wordings are for although they were
/// switched off: without their choice, the next save would let the words be for every network.
fn networks(look: &Look, actor: &Actor, fields: &Fields) -> Choices {
    let offered = networks::offered(&actor.organization);
    let word = |network: &Network| named::network::word(*network);
    let kept = intent::NETWORKS.iter().filter(|network| {
        !offered.contains(network) && fields.is("variant_network", word(network))
    });
    offered
        .iter()
        .chain(kept)
        .map(|network| (word(network), look.say(named::network::key(*network))))
        .collect()
}

/// The teams, and those that are ticked and gone.
fn with_gone(look: &Look, fields: &Fields, teams: Vec<team::Model>) -> Vec<(TeamId, String)> {
    let mut all: Vec<(TeamId, String)> =
        teams.into_iter().map(|team| (team.id, team.name)).collect();
    let ticked = fields.all("audience_team");
    for id in ticked.filter_map(|id| id.parse().ok().map(TeamId)) {
        if !all.iter().any(|(known, _)| *known == id) {
            all.push((id, look.say("composer-team-gone")));
        }
    }
    all
}

async fn pictures(app: &App, actor: &Actor) -> Result<Vec<Offer>, PostError> {
    let newest = Paging {
        after: None,
        limit: PICTURES,
    };
    let found = media::list_media(app, actor, newest).await;
    let found = found.map_err(|error| match error {
        MediaError::Forbidden(forbidden) => PostError::Forbidden(forbidden),
        MediaError::Invalid(faults) => PostError::Invalid(faults),
        MediaError::Internal(error) => PostError::Internal(error),
    })?;
    let offer = |label| {
        let picture = wire::media::media(app, label);
        Offer {
            url: picture.url,
            small: picture.thumbnail_url,
            alt: picture.alt,
        }
    };
    Ok(found.items.into_iter().map(offer).collect())
}
