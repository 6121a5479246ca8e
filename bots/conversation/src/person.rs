//! Who wants something, and from where.

use server_api::enums::Platform;

/// An account on a chat platform, as the platform names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Person {
    /// The chat.
    pub platform: Platform,
    /// The workspace or guild that the account belongs to.
    pub workspace: String,
    /// The account in it.
    pub user: String,
}

impl Person {
    /// How the server's API names them: `slack/T…/U…`.
    pub fn reference(&self) -> String {
        let platform = match self.platform {
            Platform::Slack => "slack",
            Platform::Discord => "discord",
        };
        format!("{platform}/{}/{}", self.workspace, self.user)
    }
}

/// Where a person acted; decides whether what they pressed may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// They typed a command; nothing is there to change.
    Command,
    /// On a message that others see too.
    Shared,
    /// On a message that only they see.
    Own,
    /// On their own page, which stays where it is: nothing comes beside it, so that
    /// every answer is a change of the page.
    Home,
    /// In a dialog.
    Dialog,
}
