//! Words on controls, and the names of networks.

use server_api::enums::{Network, Platform};

use super::{Fill, Words};

impl Words {
    /// Begins sharing.
    pub fn share(&self) -> String {
        self.label("share")
    }

    /// Declines a post.
    pub fn not_for_me(&self) -> String {
        self.label("not-for-me")
    }

    /// Takes back what was just done.
    pub fn undo(&self) -> String {
        self.label("undo")
    }

    /// Asks for suggestions.
    pub fn more_to_share(&self) -> String {
        self.label("more-to-share")
    }

    /// Asks for one's own page.
    pub fn show_me(&self) -> String {
        self.label("show-me")
    }

    /// Asks for one's own choices.
    pub fn my_choices(&self) -> String {
        self.label("my-choices")
    }

    /// Asks for the networks that one prefers.
    pub fn edit_networks(&self) -> String {
        self.label("edit-networks")
    }

    /// Opens the web console.
    pub fn open_console(&self) -> String {
        self.label("open-console")
    }

    /// Asks for a code that joins another account.
    pub fn show_pairing(&self) -> String {
        self.label("show-pairing")
    }

    /// Says that one has shared, or asks for further networks.
    pub fn done_or_elsewhere(&self) -> String {
        self.label("done-or-elsewhere")
    }

    /// Asks for the networks that do not stand in front.
    pub fn other_networks(&self) -> String {
        self.label("other-networks")
    }

    /// Asks for the leaderboard.
    pub fn show_leaderboard(&self) -> String {
        self.label("show-leaderboard")
    }

    /// Asks for help.
    pub fn show_help(&self) -> String {
        self.label("show-help")
    }

    /// Opens the member's board in a browser.
    pub fn board_page(&self) -> String {
        self.label("board-page")
    }

    /// Opens the followers dialog.
    pub fn edit_followers(&self) -> String {
        self.label("edit-followers")
    }

    /// Shares the same post on another network.
    pub fn share_elsewhere(&self) -> String {
        self.label("share-elsewhere")
    }

    /// Opens a network.
    pub fn open_network(&self, network: Network) -> String {
        match network {
            Network::Email => self.label("open-email"),
            Network::Copy => self.label("open-copy"),
            Network::Linkedin
            | Network::X
            | Network::Facebook
            | Network::Threads
            | Network::Bluesky
            | Network::Mastodon
            | Network::Reddit
            | Network::Xing
            | Network::Whatsapp
            | Network::Telegram => self.label_with(
                "open-network",
                &[("network", Fill::Text(&self.network(network)))],
            ),
        }
    }

    /// Shares on a network, by one's own link.
    pub fn share_on(&self, network: Network) -> String {
        match network {
            Network::Email | Network::Copy => self.open_network(network),
            Network::Linkedin
            | Network::X
            | Network::Facebook
            | Network::Threads
            | Network::Bluesky
            | Network::Mastodon
            | Network::Reddit
            | Network::Xing
            | Network::Whatsapp
            | Network::Telegram => self.label_with(
                "share-on",
                &[("network", Fill::Text(&self.network(network)))],
            ),
        }
    }

    /// Says that one has shared there.
    pub fn done_on(&self, network: Network) -> String {
        match network {
            Network::Email => self.label("done-email"),
            Network::Copy => self.label("done-copy"),
            Network::Linkedin
            | Network::X
            | Network::Facebook
            | Network::Threads
            | Network::Bluesky
            | Network::Mastodon
            | Network::Reddit
            | Network::Xing
            | Network::Whatsapp
            | Network::Telegram => self.label_with(
                "done-on",
                &[("network", Fill::Text(&self.network(network)))],
            ),
        }
    }

    /// Sends a dialog.
    pub fn save(&self) -> String {
        self.label("save")
    }

    /// Leaves a dialog without sending it.
    pub fn cancel(&self) -> String {
        self.label("cancel")
    }

    /// Leaves a dialog that only says something.
    pub fn close(&self) -> String {
        self.label("close")
    }

    /// Name of a chat.
    pub fn platform(&self, platform: Platform) -> String {
        self.label(match platform {
            Platform::Slack => "platform-slack",
            Platform::Discord => "platform-discord",
        })
    }

    /// Name of a network.
    pub fn network(&self, network: Network) -> String {
        self.label(match network {
            Network::Linkedin => "network-linkedin",
            Network::X => "network-x",
            Network::Facebook => "network-facebook",
            Network::Threads => "network-threads",
            Network::Bluesky => "network-bluesky",
            Network::Mastodon => "network-mastodon",
            Network::Reddit => "network-reddit",
            Network::Xing => "network-xing",
            Network::Whatsapp => "network-whatsapp",
            Network::Telegram => "network-telegram",
            Network::Email => "network-email",
            Network::Copy => "network-copy",
        })
    }
}
