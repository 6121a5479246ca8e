//! The app's manifest: what an administrator pastes into Slack to create the app.

use std::collections::BTreeSet;

use conversation::command;
use serde_json::{Value, json};

use super::client::METHODS_CALLED;

/// The manifest of an app for Socket Mode, for the Chorus that people reach at `base_url`.
/// Its scopes follow from the methods that we call.
pub fn manifest(base_url: &str) -> Value {
    let mut scopes: BTreeSet<&str> = METHODS_CALLED
        .into_iter()
        .flat_map(|method| method.bot_scopes().iter().copied())
        .collect();
    scopes.insert("commands");
    let base_url = base_url.trim_end_matches('/');
    json!({
        "display_information": {
            "name": "Chorus",
            "description": "Share what your organization has to say, in your own words",
            "long_description": format!(
                "Suggested posts come to your channels; you share what suits you, in your own \
                 words, and see what it brought. Saying no is silent. Links, share pages and \
                 leaderboards are served by your organization's own Chorus at {base_url}; \
                 nothing goes to anybody else."
            ),
        },
        "features": {
            "bot_user": { "display_name": "Chorus", "always_online": true },
            "slash_commands": [{
                "command": command::NAME,
                "description": "Posts to share, leaderboard, your numbers",
                "usage_hint": "[share | leaderboard | me | help]",
                "should_escape": false,
            }],
        },
        "oauth_config": { "scopes": { "bot": scopes } },
        "settings": {
            "event_subscriptions": { "bot_events": ["app_uninstalled", "tokens_revoked"] },
            "interactivity": { "is_enabled": true },
            "org_deploy_enabled": false,
            "socket_mode_enabled": true,
            "token_rotation_enabled": false,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_asks_for_what_the_methods_need_and_no_more() {
        insta::assert_json_snapshot!(manifest("https://chorus.example.org/"));
    }

    #[test]
    fn slacks_limits_on_descriptions_are_kept() {
        let manifest = manifest("https://chorus.example.org");
        let words = |path: &str| manifest.pointer(path).and_then(Value::as_str).unwrap();
        // Manifest reference: description ≤ 140, long_description 175 to 4,000 characters.
        assert!(words("/display_information/description").len() <= 140);
        assert!((175..=4_000).contains(&words("/display_information/long_description").len()));
    }
}
