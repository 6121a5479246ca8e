//! Why a call did not succeed, sorted by what it says about whether anything happened.

use std::time::Duration;

use thiserror::Error;

use crate::metrics::Called;

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApiError {
    /// Too fast; nothing happened.
    #[error("rate limited for {after:?}")]
    RateLimited {
        /// How long to wait.
        after: Duration,
        /// Whether nothing at all may be sent, or only this.
        everything: bool,
    },
    /// Discord said no; nothing happened.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Discord was not reached; nothing happened.
    #[error("not reached: {0}")]
    NotReached(&'static str),
    /// It may have happened.
    #[error("no answer: {0}")]
    Unknown(String),
}

impl ApiError {
    /// What is counted of it.
    pub fn came(&self) -> Called {
        match self {
            Self::RateLimited { after, .. } => Called::Limited(*after),
            Self::Refused(_) => Called::Refused,
            Self::NotReached(_) => Called::NotReached,
            Self::Unknown(_) => Called::Unknown,
        }
    }
}

/// What Discord does not do, and why. Reference "Opcodes and Status Codes", "JSON".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// 50007: the person takes no direct messages from the bot.
    #[error("50007")]
    CannotSendDirectly,
    /// 50278: the person and the bot have no guild in common.
    #[error("50278")]
    NoGuildInCommon,
    /// 50001: the bot does not see the channel.
    #[error("50001")]
    MissingAccess,
    /// 50013: the bot may not do this there.
    #[error("50013")]
    MissingPermissions,
    /// 10003: the channel is gone.
    #[error("10003")]
    UnknownChannel,
    /// 10008: the message is gone.
    #[error("10008")]
    UnknownMessage,
    /// 10062: the interaction was not answered within three seconds, or never was.
    #[error("10062")]
    UnknownInteraction,
    /// 40060: the interaction has its first answer already.
    #[error("40060")]
    AlreadyAnswered,
    /// 10015 and 50027: there is no first answer yet, or the token's 15 minutes are over.
    #[error("{0}")]
    NoWebhook(u64),
    /// 50035: something in the body does not fit.
    #[error("50035")]
    InvalidForm,
    /// HTTP 401: the bot's token is not valid.
    #[error("http_401")]
    Unauthorized,
    /// Any other; the code is 0 where there was none.
    #[error("{}", other(*.status, *.code))]
    Other {
        /// The HTTP status.
        status: u16,
        /// Discord's code.
        code: u64,
    },
}

/// What is refused only for a while. Reference "JSON Error Codes": direct messages opened too
/// fast, sending switched off for now, and an overloaded resource.
fn passes(status: u16, code: u64) -> bool {
    matches!(code, 40_003 | 40_004 | 130_000) || matches!(status, 408 | 425)
}

fn other(status: u16, code: u64) -> String {
    if code == 0 {
        format!("http_{status}")
    } else {
        code.to_string()
    }
}

impl Refusal {
    /// The refusal behind a status and a code.
    pub fn of(status: u16, code: u64) -> Self {
        match code {
            10_003 => Self::UnknownChannel,
            10_008 => Self::UnknownMessage,
            10_015 | 50_027 => Self::NoWebhook(code),
            10_062 => Self::UnknownInteraction,
            40_060 => Self::AlreadyAnswered,
            50_001 => Self::MissingAccess,
            50_007 => Self::CannotSendDirectly,
            50_013 => Self::MissingPermissions,
            50_035 => Self::InvalidForm,
            50_278 => Self::NoGuildInCommon,
            _ if status == 401 => Self::Unauthorized,
            _ => Self::Other { status, code },
        }
    }

    /// Whether trying the same again can never help.
    pub fn is_for_good(self) -> bool {
        match self {
            Self::CannotSendDirectly
            | Self::NoGuildInCommon
            | Self::MissingAccess
            | Self::MissingPermissions
            | Self::UnknownChannel
            | Self::UnknownMessage
            | Self::UnknownInteraction
            | Self::AlreadyAnswered
            | Self::NoWebhook(_)
            | Self::InvalidForm => true,
            Self::Other { status, code } => !passes(status, code),
            // Until somebody gives the bot its new token.
            Self::Unauthorized => false,
        }
    }
}
