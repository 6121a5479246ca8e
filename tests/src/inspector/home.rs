//! The app's own place: its Home tab as a page, beside the direct messages with it.
use std::hash::{DefaultHasher, Hash, Hasher};

use super::block::{Block, Reader, block};
use crate::emulator::slack::person::home::HomePage;

/// What stands in an address in place of a conversation's id.
const HOME: &str = "home";

/// Which of the two is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Home,
    Messages,
}

impl Tab {
    /// The tab behind the last part of an address.
    pub(super) fn of(place: &str) -> Self {
        if place == HOME {
            Self::Home
        } else {
            Self::Messages
        }
    }

    pub(super) fn is_home(self) -> bool {
        self == Self::Home
    }
}

/// The Home tab ready to be drawn.
pub(super) enum Page {
    Published {
        id: String,
        version: u64,
        announcement: String,
        blocks: Vec<Block>,
    },
    Awaited,
}

/// Makes it ready, if there is one.
pub(super) fn page(home: Option<&HomePage>, reader: Reader<'_>) -> Page {
    let Some(home) = home else {
        return Page::Awaited;
    };
    let mut hasher = DefaultHasher::new();
    format!("{:?}", home.blocks()).hash(&mut hasher);
    let first_line = home.text.lines().next().unwrap_or_default();
    Page::Published {
        id: home.view.id.to_string(),
        version: hasher.finish(),
        announcement: format!("Home: {first_line}"),
        blocks: home
            .blocks()
            .iter()
            .map(|value| block(value, reader))
            .collect(),
    }
}
