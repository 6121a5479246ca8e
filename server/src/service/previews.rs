//! A draft as it will stand: on each network, and on the cards in the chats. Nothing is saved.

use chrono::TimeDelta;
use entity::enums::{Language, Network, Permission, PostState};
use entity::ids::PostId;
use entity::{organization, post};
use server_api::suggestion::Suggestion;

use super::actor::Actor;
use super::posts::{PostError, around, drafted, of_audience};
use super::routing::About;
use super::suggestions::Card;
use crate::app::App;
use crate::domain::check::{self, Demands, Finding};
use crate::domain::post::{Draft, Wording, campaign_name};
use crate::domain::{dealing, intent, length, networks, web_address};
use crate::ports::card_preview::Cards;
use crate::store::{campaigns, content_rules};

/// Stands for a short link's code: as long as one.
const CODE: &str = "aBcDeFgH23";

/// What a draft will be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// On each network that can carry it, in the order in which networks are offered.
    pub networks: Vec<OnNetwork>,
    /// What networks show of its link, where it has one.
    pub link: Option<LinkCard>,
    /// What stands in its way, but for whether its address answers, and whom its channels show it to.
    pub findings: Vec<Finding>,
    /// Its card in the chats.
    pub card: Card,
    /// The language of that card.
    pub language: Language,
}

/// What a draft will be on a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnNetwork {
    /// The network.
    pub network: Network,
    /// What it allows, in its own units.
    pub limit: usize,
    /// Whether it takes the words from us; else they are copied.
    pub takes_words: bool,
    /// The wordings that may be dealt there.
    pub texts: Vec<Text>,
}

/// A wording as it will stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its place among the draft's wordings; none where the title serves.
    pub variant: Option<usize>,
    /// The words with disclosure and link.
    pub text: String,
    /// What they count.
    pub length: usize,
    /// Whether they fit.
    pub fits: bool,
}

/// A link as networks show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCard {
    /// Host of the destination.
    pub source: Option<String>,
    /// The headline.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// A picture.
    pub image_url: Option<String>,
}

/// Shows what an unsaved draft will be. Where it is that of a post, this is no twin of it.
pub async fn preview(
    app: &App,
    actor: &Actor,
    (draft, own): (Draft, Option<PostId>),
) -> Result<Preview, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.unfinished().map_err(PostError::Invalid)?;
    let db = app.store.reader();
    let organization = &actor.organization;
    let rules = content_rules::find(db, organization.id).await?;
    let demands = Demands::of(rules.as_ref());
    let known = match &draft.campaign {
        Some(slug) => campaigns::find_by_slug(db, organization.id, slug).await?,
        None => None,
    };
    let mut findings = check::of_draft(&draft, &demands, app.now());
    let of = (known.as_ref(), draft.canonical_url(), own);
    findings.extend(around(db, app, organization.id, of).await?);
    let campaign = draft.campaign.as_deref();
    let campaign = campaign.map(|slug| known.map_or_else(|| campaign_name(slug), |one| one.name));
    let disclosure = demands.disclosure_of(draft.disclosure.as_deref());
    let networks = (networks::offered(organization).into_iter())
        .filter(|network| intent::can_carry(*network, draft.kind, draft.url.is_some()))
        .map(|network| on_network((app, organization), &draft, disclosure, network));
    let networks = networks.collect();
    let whom = (draft.audience.as_ref(), About::Named(&draft.topics));
    findings.extend(of_audience(db, organization.id, whom).await?);
    Ok(Preview {
        networks,
        link: link_card(&draft),
        findings,
        card: card(app, actor, &draft, campaign),
        // Channels speak the organization's language, whatever the content's is.
        language: organization.language,
    })
}

/// Draws a card as the chats will show it.
pub fn drawn(app: &App, post: &Suggestion, language: server_api::enums::Language) -> Cards {
    app.cards().suggested_post(post, language)
}

fn on_network(
    (app, organization): (&App, &organization::Model),
    draft: &Draft,
    disclosure: Option<&str>,
    network: Network,
) -> OnNetwork {
    let link = draft.url.as_ref();
    let link = link.map(|_| app.addresses().link(organization, CODE));
    let text = |variant: Option<usize>, words: &str| {
        let words = dealing::disclosed(words, disclosure);
        // Networks that show a link beside the text count it there, or not at all.
        let counted = crate::domain::post::measure(network, &words, draft.url.is_some());
        Text {
            variant,
            text: dealing::compose(&words, link.as_deref()),
            length: counted.length,
            fits: counted.length <= counted.limit,
        }
    };
    let is_for = |wording: &Wording| wording.network.is_none_or(|own| own == network);
    let mut texts: Vec<Text> = (draft.variants.iter().enumerate())
        .filter(|(_, wording)| is_for(wording))
        .map(|(index, wording)| text(Some(index), &wording.text))
        .collect();
    if texts.is_empty() {
        texts.push(text(None, &draft.title));
    }
    OnNetwork {
        network,
        limit: length::limit(network),
        takes_words: intent::carries(network) == intent::Carries::Text,
        texts,
    }
}

fn link_card(draft: &Draft) -> Option<LinkCard> {
    let url = draft.url.as_deref()?;
    Some(LinkCard {
        source: web_address::source(url),
        title: draft.title.clone(),
        summary: draft.summary.clone(),
        image_url: draft.image_url.clone(),
    })
}

/// The card as if the draft went live now.
fn card(app: &App, actor: &Actor, draft: &Draft, campaign: Option<String>) -> Card {
    let organization = &actor.organization;
    let card = Card {
        state: PostState::Draft,
        campaign,
        shared_by: 0,
        points: organization.settings.points.clone(),
        post: drafted(app, organization.id, draft),
    };
    as_live(app, organization, card)
}

/// The card as it will be once its post is live.
pub(super) fn as_live(app: &App, organization: &organization::Model, card: Card) -> Card {
    let now = app.now();
    let days = organization.settings.expiry_days.clamp(1, 36_500);
    let ends = card.post.expires_at.filter(|end| *end > now);
    Card {
        state: PostState::Live,
        post: post::Model {
            state: PostState::Live,
            published_at: Some(now),
            expires_at: ends.or(Some(now + TimeDelta::days(days))),
            ..card.post
        },
        ..card
    }
}
