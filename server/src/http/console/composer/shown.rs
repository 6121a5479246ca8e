//! What the composer shows beside its form: what stands in the way, whom it reaches, each
//! network's post, the cards in the chats.

use entity::enums::Network;
use entity::ids::PostId;

use super::faults::{anchor, sentence};
use crate::app::App;
use crate::domain::check::{Finding, Kind};
use crate::domain::post::Draft;
use crate::http::console::beside;
use crate::http::console::drawn::{self, Part};
use crate::http::console::form::Faults;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::http::console::progress::duration;
use crate::http::wire;
use crate::service::actor::{Actor, LookError};
use crate::service::posts::PostError;
use crate::service::previews::{self, OnNetwork};
use crate::service::{audiences, broadcasts};

/// What is shown of a draft.
pub struct Shown {
    /// What was found.
    pub findings: Vec<Said>,
    /// What each wording counts.
    pub counters: Vec<Option<Counter>>,
    /// Whom it reaches.
    pub reach: Option<Reach>,
    /// On each network.
    pub networks: Vec<OnOne>,
    /// The link as networks show it.
    pub link: Option<previews::LinkCard>,
    /// The cards in the chats.
    pub cards: Vec<Card>,
}

/// Something that was found.
pub struct Said {
    /// Whether the post cannot be handed in with it.
    pub is_blocking: bool,
    /// The sentence.
    pub text: String,
    /// The id of the field.
    pub field: String,
    /// Another post that it is about.
    pub post: Option<PostId>,
}

/// What a wording counts.
#[derive(Clone)]
pub struct Counter {
    /// How much, of what is allowed.
    pub text: String,
    /// Whether it fits.
    pub fits: bool,
    /// Where it does not, of one that is meant for every network.
    pub note: Option<String>,
}

/// Whom a post reaches, and how long that takes.
pub struct Reach {
    /// How many people.
    pub people: String,
    /// How many of them get a message.
    pub direct: Option<String>,
    /// How many channels.
    pub channels: String,
    /// How long it takes, and at which rate.
    pub takes: Option<(String, String)>,
}

/// A draft on a network.
pub struct OnOne {
    /// The network's word.
    pub word: &'static str,
    /// Its name.
    pub name: String,
    /// The wordings.
    pub texts: Vec<Drawn>,
    /// Whether all of them fit.
    pub fits: bool,
    /// Whether its words are copied.
    pub is_copied: bool,
}

/// A wording with its counter.
pub struct Drawn {
    /// The words.
    pub text: String,
    /// What they count, of what is allowed.
    pub counter: String,
    /// Whether they fit.
    pub fits: bool,
}

/// A card in a chat.
pub struct Card {
    /// The chat's name.
    pub name: String,
    /// Its word.
    pub word: &'static str,
    /// What it shows.
    pub parts: Vec<Part>,
}

impl Shown {
    /// What is shown of a draft; what cannot even be kept shows only why.
    pub async fn of(
        app: &App,
        look: &Look,
        actor: &Actor,
        (draft, own): (&Draft, Option<PostId>),
    ) -> Result<Self, PostError> {
        let preview = match previews::preview(app, actor, (draft.clone(), own)).await {
            Ok(preview) => preview,
            Err(PostError::Invalid(faults)) => {
                let findings = faults
                    .into_iter()
                    .map(|fault| Finding::new(Kind::Incomplete, fault.field, fault.reason));
                return Ok(Self {
                    findings: findings.map(|one| said(look, draft, &one)).collect(),
                    counters: Vec::new(),
                    reach: None,
                    networks: Vec::new(),
                    link: None,
                    cards: Vec::new(),
                });
            }
            Err(other) => return Err(other),
        };
        let language = wire::enums::language(preview.language);
        let card = wire::suggestions::suggestion(preview.card);
        let cards = previews::drawn(app, &card, language);
        let card = |key, word, parts: Vec<Part>| {
            (!parts.is_empty()).then(|| Card {
                name: look.say(key),
                word,
                parts,
            })
        };
        Ok(Self {
            findings: (preview.findings.iter())
                .map(|one| said(look, draft, one))
                .collect(),
            counters: (0..draft.variants.len())
                .map(|at| counter(look, draft, &preview.networks, at))
                .collect(),
            reach: reach(app, look, actor, draft).await?,
            networks: (preview.networks.into_iter())
                .map(|one| on_one(look, one))
                .collect(),
            link: preview.link,
            cards: [
                card("platform-slack", "slack", drawn::slack(&cards.slack)),
                card(
                    "platform-discord",
                    "discord",
                    drawn::discord(&cards.discord),
                ),
            ]
            .into_iter()
            .flatten()
            .collect(),
        })
    }
}

impl Shown {
    /// The same with faults that no draft shows: what was typed could not even be read.
    pub fn and(mut self, faults: &Faults) -> Self {
        let told = faults.iter().map(|(field, sentence)| Said {
            is_blocking: true,
            text: sentence.to_owned(),
            field: field.to_owned(),
            post: None,
        });
        self.findings.splice(0..0, told);
        self
    }
}

fn said(look: &Look, draft: &Draft, finding: &Finding) -> Said {
    let has_link = draft.url.is_some();
    let text = match finding.kind {
        Kind::Incomplete => sentence(look, &finding.field, has_link),
        Kind::MissingAlt
        | Kind::MissingDisclosure
        | Kind::BlockedWords
        | Kind::OverLimit
        | Kind::CampaignEnded
        | Kind::Duplicate
        | Kind::DeadLink
        | Kind::OpenChannels
        | Kind::FewMeant => beside::found(look, finding).sentence,
    };
    Said {
        is_blocking: finding.is_blocking(),
        text,
        field: anchor(&finding.field),
        post: finding.post,
    }
}

fn name(look: &Look, network: Network) -> String {
    look.say(named::network::key(network))
}

fn part(look: &Look, used: usize, room: usize) -> String {
    format!("{} / {}", look.number(used), look.number(room))
}

/// What a wording counts: on its network, or on the roomiest one, with those where it is not
/// dealt because it does not fit.
fn counter(look: &Look, draft: &Draft, networks: &[OnNetwork], at: usize) -> Option<Counter> {
    let own = draft.variants.get(at)?.network;
    let counted = networks.iter().filter_map(|on| {
        let text = on.texts.iter().find(|text| text.variant == Some(at))?;
        Some((on, text))
    });
    let counted: Vec<_> = counted.collect();
    let wanted = own.unwrap_or(Network::Linkedin);
    let (on, text) = counted
        .iter()
        .find(|(on, _)| on.network == wanted)
        .or(counted.first())?;
    let tight: Vec<String> = counted
        .iter()
        .filter(|(_, text)| own.is_none() && !text.fits)
        .map(|(on, _)| name(look, on.network))
        .collect();
    Some(Counter {
        text: part(look, text.length, on.limit),
        fits: text.fits,
        note: (!tight.is_empty())
            .then(|| look.with("composer-too-long-for", "names", tight.join(", "))),
    })
}

fn on_one(look: &Look, on: OnNetwork) -> OnOne {
    OnOne {
        word: named::network::word(on.network),
        name: name(look, on.network),
        fits: on.texts.iter().any(|text| text.fits),
        texts: on
            .texts
            .into_iter()
            .map(|text| Drawn {
                counter: part(look, text.length, on.limit),
                text: text.text,
                fits: text.fits,
            })
            .collect(),
        is_copied: !on.takes_words,
    }
}

/// Whom it reaches; none where the rule names what is gone.
async fn reach(
    app: &App,
    look: &Look,
    actor: &Actor,
    draft: &Draft,
) -> Result<Option<Reach>, PostError> {
    let topics = draft.topics.as_slice();
    let size = match audiences::measure(app, actor, (draft.audience.clone(), topics)).await {
        Ok(size) => size,
        Err(PostError::Invalid(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let takes = broadcasts::estimate(app, actor, (draft.audience.as_ref(), topics)).await;
    let takes = takes.map_err(|error| match error {
        LookError::Forbidden(forbidden) => PostError::Forbidden(forbidden),
        LookError::Internal(error) => PostError::Internal(error),
    })?;
    let is_sent = takes.seconds > 0;
    Ok(Some(Reach {
        people: look.count("reach-people", size.members),
        direct: size.direct.map(|count| look.count("reach-direct", count)),
        channels: look.count("reach-channels", size.channels),
        takes: is_sent.then(|| {
            let time = duration(look, takes.seconds);
            let rate = look.count("broadcast-rate", takes.per_minute);
            (look.with("broadcast-takes", "time", time), rate)
        }),
    }))
}
