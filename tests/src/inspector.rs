//! Pages that show the emulated chats as a person sees them, with working buttons: for newcomers in the
//! demo and for tests in a browser. Everything works by plain forms; a small module of our own adds
//! live updates that keep the focus.
use axum::Router;

use crate::emulator::discord::DiscordEmulator;
use crate::emulator::networks::NetworksEmulator;
use crate::emulator::slack::SlackEmulator;

pub mod assets;
mod block;
mod changes;
mod chat;
mod dialog;
mod discord;
mod home;
mod landing;
mod markup;
mod press;

/// One more address that the landing page names, such as the leaderboard.
#[derive(Clone, Debug)]
pub struct Link {
    /// What stands on it.
    pub label: String,
    /// What one finds there, in a sentence.
    pub about: String,
    /// The address.
    pub url: String,
}

#[derive(Clone)]
struct Inspector {
    slack: SlackEmulator,
    discord: DiscordEmulator,
    networks: NetworksEmulator,
    links: Vec<Link>,
}

/// All pages, to be served at the root of an address.
pub fn router(
    (slack, discord): (SlackEmulator, DiscordEmulator),
    networks: NetworksEmulator,
    links: Vec<Link>,
) -> Router {
    Router::new()
        .merge(landing::router())
        .merge(chat::router())
        .merge(press::router())
        .merge(discord::router())
        .with_state(Inspector {
            slack,
            discord,
            networks,
            links,
        })
        .merge(assets::router())
}

#[cfg(test)]
mod tests;
