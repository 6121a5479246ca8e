//! A post's card for a channel as each chat takes it, without sending it anywhere.

use conversation::View;
use conversation::view::SuggestedPost;
use conversation::words::Words;
use serde_json::{Value, json};
use server_api::enums::Language;
use server_api::suggestion::Suggestion;

/// Slack's message: its `text` and its `blocks`.
pub fn on_slack(post: &Suggestion, language: Language) -> Value {
    let message = crate::slack::render::message(&card(post, language));
    json!({ "text": message.text, "blocks": message.blocks })
}

/// Discord's message: its `embeds` and its `components`.
pub fn on_discord(post: &Suggestion, language: Language) -> Value {
    crate::discord::render::message(&card(post, language), None).body()
}

fn card(post: &Suggestion, language: Language) -> View {
    View::SuggestedPost(SuggestedPost::new(Words::of(language), post))
}

#[cfg(test)]
mod tests {
    use server_api::enums::{PostKind, PostState};
    use server_api::ids::PostId;

    use super::*;

    #[test]
    fn both_chats_show_the_title_in_the_readers_language() {
        let post = Suggestion {
            post_id: PostId(uuid::Uuid::nil()),
            kind: PostKind::Share,
            state: PostState::Live,
            title: "Tea <is> *good*".to_owned(),
            summary: String::new(),
            source: None,
            image_url: None,
            image_alt: None,
            campaign: None,
            expires_at: None,
            shared_by: 0,
            points_confirmed: 5,
            points_proven: 10,
        };
        for language in [Language::En, Language::De] {
            let share = Words::of(language).share();
            let slack = on_slack(&post, language);
            assert!(slack["blocks"].to_string().contains("Tea"));
            assert!(slack["blocks"].to_string().contains(&share));
            let discord = on_discord(&post, language);
            assert!(discord["embeds"].to_string().contains("Tea"));
            assert!(discord["components"].to_string().contains(&share));
        }
    }
}
