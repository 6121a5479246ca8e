//! What a control carries: an intent without a form, as at most 76 bytes of text
//! with a version, so that it survives restarts, upgrades and hostile hands.
//!
//! The text is `1` (the version), a letter for what is wanted, and its arguments,
//! joined by dots: `1.d.<22 characters of post id>.li`.

mod judged;

use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network, Period};
use server_api::ids::{IdentityId, PostId, ProposalId};

use crate::intent::{Intent, Judged, ProposalForm, Slot, Surface};
use crate::short_id;

pub(crate) use self::judged::{judged_code, judged_of, surface_code, surface_coded};

/// Longest encoded action in bytes; adapters may add a delivery's id to it.
pub const MAX_BYTES: usize = 76;

const VERSION: &str = "1";
/// Stands where no network is preferred.
const NO_NETWORK: &str = "-";

/// What pressing a control means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See [`Intent::Help`].
    Help,
    /// See [`Intent::ShowSuggestions`].
    ShowSuggestions,
    /// See [`Intent::ShowMe`].
    ShowMe,
    /// See [`Intent::ReturnToMe`].
    ReturnToMe,
    /// See [`Intent::ShowChoices`].
    ShowChoices,
    /// See [`Intent::ShowNetworks`].
    ShowNetworks,
    /// See [`Intent::ShowLeaderboard`].
    ShowLeaderboard(Period),
    /// See [`Intent::TurnLeaderboard`].
    TurnLeaderboard(Period),
    /// See [`Intent::StartShare`].
    StartShare(PostId),
    /// See [`Intent::ConfirmShared`].
    ConfirmShared(PostId, Network, Surface),
    /// See [`Intent::Dismiss`].
    Dismiss(PostId, Surface),
    /// See [`Intent::UndoDismissal`].
    UndoDismissal(PostId, Surface),
    /// See [`Intent::FinishOnboarding`].
    FinishOnboarding(BoardVisibility),
    /// See [`Intent::ChooseVisibility`].
    ChooseVisibility(BoardVisibility),
    /// See [`Intent::ChooseLanguage`].
    ChooseLanguage(Language),
    /// See [`Intent::ChooseDelivery`].
    ChooseDelivery(DeliveryPreference),
    /// See [`Intent::PauseWeek`].
    PauseWeek,
    /// See [`Intent::Resume`].
    Resume,
    /// See [`Intent::ChooseNetwork`].
    ChooseNetwork(Slot, Option<Network>),
    /// See [`Intent::EditFollowers`].
    EditFollowers,
    /// See [`Intent::ShowPairing`].
    ShowPairing,
    /// See [`Intent::Unpair`].
    Unpair(IdentityId),
    /// See [`Intent::ShowReviews`].
    ShowReviews,
    /// See [`Intent::Approve`].
    Approve(Judged),
    /// See [`Intent::AskForChanges`].
    AskForChanges(Judged),
    /// See [`Intent::Propose`]: an empty form.
    Propose,
    /// See [`Intent::WithdrawProposal`].
    WithdrawProposal(ProposalId),
}

impl Action {
    /// As text that a platform carries for us.
    pub fn encode(self) -> String {
        match self {
            Self::Help => bare("h"),
            Self::ShowSuggestions => bare("n"),
            Self::ShowMe => bare("m"),
            Self::ReturnToMe => bare("b"),
            Self::ShowChoices => bare("c"),
            Self::ShowNetworks => bare("w"),
            Self::ShowLeaderboard(period) => with("l", period_code(period)),
            Self::TurnLeaderboard(period) => with("t", period_code(period)),
            Self::StartShare(post) => with("s", &short_id::encode(post.0)),
            Self::ConfirmShared(post, network, on) => {
                let post = short_id::encode(post.0);
                on_surface(format!("{VERSION}.d.{post}.{}", network_code(network)), on)
            }
            Self::Dismiss(post, on) => on_surface(with("x", &short_id::encode(post.0)), on),
            Self::UndoDismissal(post, on) => on_surface(with("u", &short_id::encode(post.0)), on),
            Self::FinishOnboarding(visibility) => with("o", visibility_code(visibility)),
            Self::ChooseVisibility(visibility) => with("v", visibility_code(visibility)),
            Self::ChooseLanguage(language) => with("g", language_code(language)),
            Self::ChooseDelivery(preference) => with("e", delivery_code(preference)),
            Self::PauseWeek => bare("p"),
            Self::Resume => bare("r"),
            Self::ChooseNetwork(slot, network) => format!(
                "{VERSION}.k.{}.{}",
                slot_code(slot),
                network.map_or(NO_NETWORK, network_code)
            ),
            Self::EditFollowers => bare("f"),
            Self::ShowPairing => bare("a"),
            Self::Unpair(identity) => with("z", &short_id::encode(identity.0)),
            Self::ShowReviews => bare("q"),
            Self::Approve(judged) => on_surface(with("y", &judged_code(judged)), judged.on),
            Self::AskForChanges(judged) => on_surface(with("j", &judged_code(judged)), judged.on),
            Self::Propose => bare("i"),
            Self::WithdrawProposal(proposal) => with("W", &short_id::encode(proposal.0)),
        }
    }

    /// The action that `text` encodes; none for another version or damage.
    pub fn decode(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let parts: Vec<&str> = text.split('.').collect();
        let [version, letter, arguments @ ..] = parts.as_slice() else {
            return None;
        };
        if *version != VERSION {
            return None;
        }
        bare_of(letter, arguments)
            .or_else(|| about_a_post(letter, arguments))
            .or_else(|| a_judgement(letter, arguments))
            .or_else(|| a_choice(letter, arguments))
    }
}

/// Actions without arguments.
fn bare_of(letter: &str, arguments: &[&str]) -> Option<Action> {
    if !arguments.is_empty() {
        return None;
    }
    [
        Action::Help,
        Action::ShowSuggestions,
        Action::ShowMe,
        Action::ReturnToMe,
        Action::ShowChoices,
        Action::ShowNetworks,
        Action::PauseWeek,
        Action::Resume,
        Action::EditFollowers,
        Action::ShowPairing,
        Action::ShowReviews,
        Action::Propose,
    ]
    .into_iter()
    .find(|action| action.encode() == bare(letter))
}

fn about_a_post(letter: &str, arguments: &[&str]) -> Option<Action> {
    match (letter, arguments) {
        ("s", [post]) => post_of(post).map(Action::StartShare),
        ("d", [post, network, on @ ..]) => Some(Action::ConfirmShared(
            post_of(post)?,
            network_of(network)?,
            surface_of(on)?,
        )),
        ("x", [post, on @ ..]) => Some(Action::Dismiss(post_of(post)?, surface_of(on)?)),
        ("u", [post, on @ ..]) => Some(Action::UndoDismissal(post_of(post)?, surface_of(on)?)),
        _ => None,
    }
}

fn a_judgement(letter: &str, arguments: &[&str]) -> Option<Action> {
    let [post, version, on @ ..] = arguments else {
        return None;
    };
    let judged = || judged_of(post, version, surface_of(on)?);
    match letter {
        "y" => judged().map(Action::Approve),
        "j" => judged().map(Action::AskForChanges),
        _ => None,
    }
}

fn a_choice(letter: &str, arguments: &[&str]) -> Option<Action> {
    match (letter, arguments) {
        ("l", [period]) => period_of(period).map(Action::ShowLeaderboard),
        ("t", [period]) => period_of(period).map(Action::TurnLeaderboard),
        ("o", [visibility]) => visibility_of(visibility).map(Action::FinishOnboarding),
        ("v", [visibility]) => visibility_of(visibility).map(Action::ChooseVisibility),
        ("g", [language]) => language_of(language).map(Action::ChooseLanguage),
        ("e", [preference]) => delivery_of(preference).map(Action::ChooseDelivery),
        ("k", [slot, NO_NETWORK]) => Some(Action::ChooseNetwork(slot_of(slot)?, None)),
        ("k", [slot, network]) => Some(Action::ChooseNetwork(
            slot_of(slot)?,
            Some(network_of(network)?),
        )),
        ("z", [identity]) => short_id::decode(identity)
            .map(IdentityId)
            .map(Action::Unpair),
        ("W", [proposal]) => short_id::decode(proposal)
            .map(ProposalId)
            .map(Action::WithdrawProposal),
        _ => None,
    }
}

impl From<Action> for Intent {
    fn from(action: Action) -> Self {
        match action {
            Action::Help => Self::Help,
            Action::ShowSuggestions => Self::ShowSuggestions,
            Action::ShowMe => Self::ShowMe,
            Action::ReturnToMe => Self::ReturnToMe,
            Action::ShowChoices => Self::ShowChoices,
            Action::ShowNetworks => Self::ShowNetworks,
            Action::ShowLeaderboard(period) => Self::ShowLeaderboard { period },
            Action::TurnLeaderboard(period) => Self::TurnLeaderboard { period },
            Action::StartShare(post) => Self::StartShare { post },
            Action::ConfirmShared(post, network, on) => Self::ConfirmShared { post, network, on },
            Action::Dismiss(post, on) => Self::Dismiss { post, on },
            Action::UndoDismissal(post, on) => Self::UndoDismissal { post, on },
            Action::FinishOnboarding(visibility) => Self::FinishOnboarding { visibility },
            Action::ChooseVisibility(visibility) => Self::ChooseVisibility { visibility },
            Action::ChooseLanguage(language) => Self::ChooseLanguage { language },
            Action::ChooseDelivery(preference) => Self::ChooseDelivery { preference },
            Action::PauseWeek => Self::PauseWeek,
            Action::Resume => Self::Resume,
            Action::ChooseNetwork(slot, network) => Self::ChooseNetwork { slot, network },
            Action::EditFollowers => Self::EditFollowers,
            Action::ShowPairing => Self::ShowPairing,
            Action::Unpair(identity) => Self::Unpair { identity },
            Action::ShowReviews => Self::ShowReviews,
            Action::Approve(judged) => Self::Approve(judged),
            Action::AskForChanges(judged) => Self::AskForChanges(judged),
            Action::Propose => Self::Propose(ProposalForm::default()),
            Action::WithdrawProposal(proposal) => Self::WithdrawProposal { proposal },
        }
    }
}

impl Intent {
    /// What the control with this text means; an unknown text is
    /// [`Intent::Outdated`], never an error.
    pub fn from_control(text: &str) -> Self {
        Action::decode(text).map_or(Self::Outdated, Self::from)
    }
}

fn bare(letter: &str) -> String {
    format!("{VERSION}.{letter}")
}

fn with(letter: &str, argument: &str) -> String {
    format!("{VERSION}.{letter}.{argument}")
}

/// Without a letter for messages: what is on cards in channels means the same for good.
fn on_surface(encoded: String, on: Surface) -> String {
    match on {
        Surface::Message => encoded,
        Surface::Card => format!("{encoded}.c"),
        Surface::Page => format!("{encoded}.p"),
    }
}

fn surface_of(rest: &[&str]) -> Option<Surface> {
    match rest {
        [] => Some(Surface::Message),
        ["c"] => Some(Surface::Card),
        ["p"] => Some(Surface::Page),
        _ => None,
    }
}

fn post_of(text: &str) -> Option<PostId> {
    short_id::decode(text).map(PostId)
}

/// The two letters of a network: also the name of its field in dialogs.
pub(crate) fn network_code(network: Network) -> &'static str {
    match network {
        Network::Linkedin => "li",
        Network::X => "xx",
        Network::Facebook => "fb",
        Network::Threads => "th",
        Network::Bluesky => "bs",
        Network::Mastodon => "ma",
        Network::Reddit => "re",
        Network::Xing => "xi",
        Network::Whatsapp => "wa",
        Network::Telegram => "te",
        Network::Email => "em",
        Network::Copy => "co",
    }
}

pub(crate) fn network_of(code: &str) -> Option<Network> {
    Network::ALL
        .into_iter()
        .find(|network| network_code(*network) == code)
}

fn period_code(period: Period) -> &'static str {
    match period {
        Period::Week => "w",
        Period::Month => "m",
        Period::Quarter => "q",
        Period::AllTime => "a",
    }
}

fn period_of(code: &str) -> Option<Period> {
    Period::ALL
        .into_iter()
        .find(|period| period_code(*period) == code)
}

fn visibility_code(visibility: BoardVisibility) -> &'static str {
    match visibility {
        BoardVisibility::Name => "n",
        BoardVisibility::Pseudonym => "p",
        BoardVisibility::Hidden => "h",
    }
}

fn visibility_of(code: &str) -> Option<BoardVisibility> {
    [
        BoardVisibility::Name,
        BoardVisibility::Pseudonym,
        BoardVisibility::Hidden,
    ]
    .into_iter()
    .find(|visibility| visibility_code(*visibility) == code)
}

fn delivery_code(preference: DeliveryPreference) -> &'static str {
    match preference {
        DeliveryPreference::EachPost => "e",
        DeliveryPreference::ChannelOnly => "c",
    }
}

fn delivery_of(code: &str) -> Option<DeliveryPreference> {
    [
        DeliveryPreference::EachPost,
        DeliveryPreference::ChannelOnly,
    ]
    .into_iter()
    .find(|preference| delivery_code(*preference) == code)
}

fn slot_code(slot: Slot) -> &'static str {
    match slot {
        Slot::First => "1",
        Slot::Second => "2",
        Slot::Third => "3",
    }
}

fn slot_of(code: &str) -> Option<Slot> {
    Slot::ALL.into_iter().find(|slot| slot_code(*slot) == code)
}

/// The tag of a language.
pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::De => "de",
    }
}

pub(crate) fn language_of(code: &str) -> Option<Language> {
    [Language::En, Language::De]
        .into_iter()
        .find(|language| language_code(*language) == code)
}

#[cfg(test)]
mod tests;
