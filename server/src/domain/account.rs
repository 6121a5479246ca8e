//! A chat account, as a platform names it.

use entity::enums::Platform;

/// Stands for "in no guild": Discord people also use the bot in direct messages and wherever
/// they installed it for themselves.
pub const NOWHERE: &str = "-";

/// A chat account, as a platform names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id; [`NOWHERE`] outside any guild.
    pub workspace_ref: String,
    /// The platform's user id.
    pub user_ref: String,
}

impl Account {
    /// Whether the person is outside any guild.
    pub fn is_nowhere(&self) -> bool {
        self.workspace_ref == NOWHERE
    }

    /// One name for the account: Discord knows people by the same id in every guild.
    pub fn name(&self) -> String {
        match self.platform {
            Platform::Slack => format!("slack/{}/{}", self.workspace_ref, self.user_ref),
            Platform::Discord => format!("discord/{}", self.user_ref),
        }
    }
}
