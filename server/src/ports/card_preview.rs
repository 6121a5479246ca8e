//! What a card will look like in the chats, before it is sent: drawn by the bots' own renderers,
//! which only the composition knows.

use serde_json::Value;
use server_api::enums::Language;
use server_api::suggestion::Suggestion;

/// A card as each chat takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cards {
    /// Slack's message: `text` and `blocks`.
    pub slack: Value,
    /// Discord's message: `embeds` and `components`.
    pub discord: Value,
}

/// Draws cards.
pub trait CardPreview: Send + Sync + std::fmt::Debug {
    /// The card of a post as a channel will show it.
    fn suggested_post(&self, post: &Suggestion, language: Language) -> Cards;
}

/// Draws nothing: for a server that no composition gave a drawer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Blank;

impl CardPreview for Blank {
    fn suggested_post(&self, _: &Suggestion, _: Language) -> Cards {
        Cards::default()
    }
}

/// Draws the facts themselves, so that a test sees what was asked for.
#[cfg(feature = "test-support")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

#[cfg(feature = "test-support")]
impl CardPreview for Plain {
    fn suggested_post(&self, post: &Suggestion, language: Language) -> Cards {
        let facts = serde_json::json!({ "post": post, "language": language });
        Cards {
            slack: facts.clone(),
            discord: facts,
        }
    }
}
