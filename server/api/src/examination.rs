//! What an examination of a running Chorus found, and the chats that it is to look at.

use serde::{Deserialize, Serialize};

use crate::enums::Platform;

/// How good what was found is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works, but not as well or as safely as it could, or not for long.
    Warning,
    /// Something does not work.
    Problem,
}

/// One thing that was looked at; never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What was looked at, such as `database.schema`; it stays the same over versions.
    pub check: String,
    /// How good it is.
    pub verdict: Verdict,
    /// What was found.
    pub summary: String,
    /// What to do about it; none where nothing is to be done.
    pub advice: Option<String>,
}

impl Finding {
    /// Something that is as it should be.
    pub fn ok(check: &str, summary: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            verdict: Verdict::Ok,
            summary: summary.into(),
            advice: None,
        }
    }

    /// Something that an operator should know.
    pub fn warning(check: &str, summary: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Warning,
            advice: Some(advice.into()),
            ..Self::ok(check, summary)
        }
    }

    /// Something that does not work.
    pub fn problem(check: &str, summary: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Problem,
            advice: Some(advice.into()),
            ..Self::ok(check, summary)
        }
    }
}

/// What a server found out about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Examination {
    /// The server's version.
    pub version: String,
    /// What it found, in the order in which it looked.
    pub findings: Vec<Finding>,
}

/// A workspace or guild with the channels that receive posts there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExaminedChat {
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// The bot's token, decrypted; none where it does not open, empty where the part has it itself.
    pub bot_token: Option<String>,
    /// The channels that receive posts.
    pub channels: Vec<ExaminedChannel>,
}

impl std::fmt::Debug for ExaminedChat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExaminedChat")
            .field("platform", &self.platform)
            .field("external_id", &self.external_id)
            .finish_non_exhaustive()
    }
}

/// A channel that receives posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExaminedChannel {
    /// The platform's id.
    pub external_id: String,
    /// Its name.
    pub name: String,
}

/// The workspaces and guilds of every organization that the app was not taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExaminedChats {
    /// Oldest first.
    pub items: Vec<ExaminedChat>,
}
