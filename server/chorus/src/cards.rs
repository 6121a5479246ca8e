//! Cards as the bots will draw them, for who writes a post.

use server::ports::card_preview::{CardPreview, Cards};
use server_api::enums::Language;
use server_api::suggestion::Suggestion;

/// The bots' own renderers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Renderers;

impl CardPreview for Renderers {
    fn suggested_post(&self, post: &Suggestion, language: Language) -> Cards {
        Cards {
            slack: bots::preview::on_slack(post, language),
            discord: bots::preview::on_discord(post, language),
        }
    }
}
