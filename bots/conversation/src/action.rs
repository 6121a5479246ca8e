//! What a control carries: an intent without a form, as at most 76 bytes of text
//! with a version, so that it survives restarts, upgrades and hostile hands.
//!
//! The text is `1` (the version), a letter for what is wanted, and its arguments,
//! joined by dots: `1.d.<22 characters of post id>.li`.

use server_api::enums::{BoardVisibility, Language, Network, Period};
use server_api::ids::PostId;

use crate::intent::Intent;
use crate::short_id;

/// Longest encoded action in bytes; adapters may add a delivery's id to it.
pub const MAX_BYTES: usize = 76;

const VERSION: &str = "1";

/// What pressing a control means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See [`Intent::Help`].
    Help,
    /// See [`Intent::ShowSuggestions`].
    ShowSuggestions,
    /// See [`Intent::ShowMe`].
    ShowMe,
    /// See [`Intent::ShowLeaderboard`].
    ShowLeaderboard(Period),
    /// See [`Intent::TurnLeaderboard`].
    TurnLeaderboard(Period),
    /// See [`Intent::StartShare`].
    StartShare(PostId),
    /// See [`Intent::ConfirmShared`].
    ConfirmShared(PostId, Network),
    /// See [`Intent::Dismiss`].
    Dismiss(PostId),
    /// See [`Intent::UndoDismissal`].
    UndoDismissal(PostId),
    /// See [`Intent::FinishOnboarding`].
    FinishOnboarding(BoardVisibility),
    /// See [`Intent::ChooseVisibility`].
    ChooseVisibility(BoardVisibility),
    /// See [`Intent::ChooseLanguage`].
    ChooseLanguage(Language),
    /// See [`Intent::EditFollowers`].
    EditFollowers,
}

impl Action {
    /// As text that a platform carries for us.
    pub fn encode(self) -> String {
        match self {
            Self::Help => bare("h"),
            Self::ShowSuggestions => bare("n"),
            Self::ShowMe => bare("m"),
            Self::ShowLeaderboard(period) => with("l", period_code(period)),
            Self::TurnLeaderboard(period) => with("t", period_code(period)),
            Self::StartShare(post) => with("s", &short_id::encode(post.0)),
            Self::ConfirmShared(post, network) => format!(
                "{VERSION}.d.{}.{}",
                short_id::encode(post.0),
                network_code(network)
            ),
            Self::Dismiss(post) => with("x", &short_id::encode(post.0)),
            Self::UndoDismissal(post) => with("u", &short_id::encode(post.0)),
            Self::FinishOnboarding(visibility) => with("o", visibility_code(visibility)),
            Self::ChooseVisibility(visibility) => with("v", visibility_code(visibility)),
            Self::ChooseLanguage(language) => with("g", language_code(language)),
            Self::EditFollowers => bare("f"),
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
        match (*letter, arguments) {
            ("h", []) => Some(Self::Help),
            ("n", []) => Some(Self::ShowSuggestions),
            ("m", []) => Some(Self::ShowMe),
            ("f", []) => Some(Self::EditFollowers),
            ("l", [period]) => period_of(period).map(Self::ShowLeaderboard),
            ("t", [period]) => period_of(period).map(Self::TurnLeaderboard),
            ("s", [post]) => post_of(post).map(Self::StartShare),
            ("d", [post, network]) => {
                Some(Self::ConfirmShared(post_of(post)?, network_of(network)?))
            }
            ("x", [post]) => post_of(post).map(Self::Dismiss),
            ("u", [post]) => post_of(post).map(Self::UndoDismissal),
            ("o", [visibility]) => visibility_of(visibility).map(Self::FinishOnboarding),
            ("v", [visibility]) => visibility_of(visibility).map(Self::ChooseVisibility),
            ("g", [language]) => language_of(language).map(Self::ChooseLanguage),
            _ => None,
        }
    }
}

impl From<Action> for Intent {
    fn from(action: Action) -> Self {
        match action {
            Action::Help => Self::Help,
            Action::ShowSuggestions => Self::ShowSuggestions,
            Action::ShowMe => Self::ShowMe,
            Action::ShowLeaderboard(period) => Self::ShowLeaderboard { period },
            Action::TurnLeaderboard(period) => Self::TurnLeaderboard { period },
            Action::StartShare(post) => Self::StartShare { post },
            Action::ConfirmShared(post, network) => Self::ConfirmShared { post, network },
            Action::Dismiss(post) => Self::Dismiss { post },
            Action::UndoDismissal(post) => Self::UndoDismissal { post },
            Action::FinishOnboarding(visibility) => Self::FinishOnboarding { visibility },
            Action::ChooseVisibility(visibility) => Self::ChooseVisibility { visibility },
            Action::ChooseLanguage(language) => Self::ChooseLanguage { language },
            Action::EditFollowers => Self::EditFollowers,
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
