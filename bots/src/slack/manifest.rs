//! The app's manifest: what an administrator pastes into Slack to create the app.

use std::collections::BTreeSet;

use conversation::command;
use serde_json::{Value, json};

use super::client::METHODS_CALLED;
use super::inbound::{MESSAGE_SHORTCUT, SHORTCUT};
use super::transport::http::PATH;

/// The manifest of an app for Socket Mode, for the Chorus that people reach at `base_url`.
/// Its scopes follow from the methods that we call.
pub fn manifest(base_url: &str) -> Value {
    app(base_url.trim_end_matches('/'), None)
}

/// The same for an app that reaches Chorus by signed HTTP, below `base_url`.
pub fn http_manifest(base_url: &str) -> Value {
    let base_url = base_url.trim_end_matches('/');
    app(base_url, Some(&format!("{base_url}{PATH}")))
}

/// What the bot's token has to be granted.
pub(super) fn bot_scopes() -> BTreeSet<&'static str> {
    let mut scopes: BTreeSet<&str> = METHODS_CALLED
        .into_iter()
        .flat_map(|method| method.bot_scopes().iter().copied())
        .collect();
    scopes.insert("commands");
    scopes
}

/// Where a request URL is given, everything comes there; else over Socket Mode.
fn app(base_url: &str, request_url: Option<&str>) -> Value {
    let scopes = bot_scopes();
    let command = json!({
        "command": command::NAME,
        "description": "Posts to share, leaderboard, your page",
        "usage_hint": "[share | leaderboard | propose | review | me | console | pair | help]",
        "should_escape": false,
    });
    let events = json!({
        "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"],
    });
    let interactivity = json!({ "is_enabled": true });
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
            "slash_commands": [reached(command, "url", request_url)],
            "shortcuts": [
                {
                    "name": "Propose a post",
                    "type": "global",
                    "callback_id": SHORTCUT,
                    "description": "Propose a page that is worth sharing to the comms team",
                },
                {
                    "name": "Propose to comms team",
                    "type": "message",
                    "callback_id": MESSAGE_SHORTCUT,
                    "description": "Propose what this message links to as a post to share",
                },
            ],
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": true,
                // Nobody would answer what is written there.
                "messages_tab_read_only_enabled": true,
            },
        },
        "oauth_config": oauth(base_url, &scopes),
        "settings": {
            "event_subscriptions": reached(events, "request_url", request_url),
            "interactivity": reached(interactivity, "request_url", request_url),
            "org_deploy_enabled": false,
            "socket_mode_enabled": request_url.is_none(),
            "token_rotation_enabled": false,
        },
    })
}

/// What is granted, and where browsers come back to: Slack takes addresses behind TLS only.
fn oauth(base_url: &str, scopes: &BTreeSet<&str>) -> Value {
    if !base_url.starts_with("https://") {
        return json!({ "scopes": { "bot": scopes } });
    }
    let places = ["connect/slack/callback", "login/slack/callback"];
    let places = places.map(|place| format!("{base_url}/{place}"));
    json!({ "scopes": { "bot": scopes }, "redirect_urls": places })
}

/// The same part of a manifest with the address where it is reached, if there is one.
fn reached(mut part: Value, field: &str, url: Option<&str>) -> Value {
    if let (Some(fields), Some(url)) = (part.as_object_mut(), url) {
        fields.insert(field.to_owned(), json!(url));
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slack::limits;

    #[test]
    fn the_manifest_asks_for_what_the_methods_need_and_no_more() {
        insta::assert_json_snapshot!(manifest("https://chorus.example.org/"));
    }

    #[test]
    fn over_http_everything_comes_to_one_address() {
        let app = http_manifest("https://chorus.example.org/");
        for path in [
            "/features/slash_commands/0/url",
            "/settings/event_subscriptions/request_url",
            "/settings/interactivity/request_url",
        ] {
            assert_eq!(
                app.pointer(path),
                Some(&json!("https://chorus.example.org/slack/events")),
                "{path}"
            );
        }
        assert_eq!(app["settings"]["socket_mode_enabled"], false);
        let socket = manifest("https://chorus.example.org");
        assert_eq!(app["oauth_config"], socket["oauth_config"]);
        assert!(!socket.to_string().contains("/slack/events"));
    }

    #[test]
    fn slacks_limits_on_descriptions_are_kept() {
        let manifest = manifest("https://chorus.example.org");
        let words = |path: &str| manifest.pointer(path).and_then(Value::as_str).unwrap();
        // Manifest reference: description ≤ 140, long_description 175 to 4,000 characters.
        assert!(words("/display_information/description").len() <= 140);
        for shortcut in manifest["features"]["shortcuts"].as_array().unwrap() {
            let long = |field: &str| shortcut[field].as_str().unwrap().len();
            assert!(long("name") <= limits::SHORTCUT_NAME);
            assert!(long("description") <= limits::SHORTCUT_DESCRIPTION);
        }
        assert!((175..=4_000).contains(&words("/display_information/long_description").len()));
    }
}
