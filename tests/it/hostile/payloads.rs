//! What Slack and Discord send, changed in every way that leaves it JSON.

use std::path::Path;
use std::sync::LazyLock;

use bots::{discord, slack};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::mutation::{edits, json as changed};
use super::{many, timed};

const WORDS: [&str; 16] = [
    "type",
    "data",
    "options",
    "components",
    "component",
    "custom_id",
    "values",
    "value",
    "name",
    "member",
    "user",
    "id",
    "actions",
    "view",
    "state",
    "1.h",
];

/// Discord's, as they were recorded.
static OF_DISCORD: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/discord");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort_unstable();
    paths
        .into_iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect()
});

/// Slack's, in the shapes of its pages.
static OF_SLACK: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!({
            "type": "block_actions",
            "team": { "id": "T1", "domain": "example" },
            "user": { "id": "U1", "team_id": "T1" },
            "container": { "type": "message", "message_ts": "1.2", "channel_id": "C1",
                "is_ephemeral": false },
            "trigger_id": "1.2.abc",
            "channel": { "id": "C1", "name": "news" },
            "response_url": "https://hooks.slack.com/actions/T1/1/x",
            "actions": [{ "type": "button", "block_id": "b", "action_id": "control.1",
                "action_ts": "1.3", "value": "1.h" }],
        }),
        json!({
            "type": "view_submission",
            "team": { "id": "T1" }, "user": { "id": "U1" }, "trigger_id": "9.9.q",
            "view": { "id": "V1", "hash": "1.h", "callback_id": "1.followers.en",
                "private_metadata": "{\"channel\":\"C1\",\"home\":true}",
                "state": { "values": { "followers.li":
                    { "typed": { "type": "plain_text_input", "value": "850" } } } } },
        }),
        json!({
            "team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/chorus",
            "text": "leaderboard month", "trigger_id": "7.8.z",
            "response_url": "https://hooks.slack.com/commands/T1/1/x",
        }),
        json!({
            "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
            "event": { "type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home" },
        }),
        json!({
            "type": "event_callback", "team_id": "T1", "event_id": "Ev2",
            "event": { "type": "tokens_revoked", "tokens": { "bot": ["U9"], "oauth": [] } },
        }),
        json!({
            "type": "event_callback", "team_id": "T1", "event_id": "Ev3",
            "event": { "type": "user_change", "user": { "id": "U1", "deleted": true } },
        }),
    ]
});

proptest! {
    #![proptest_config(many())]

    #[test]
    fn whatever_slack_sends_is_a_turn_of_a_real_id_or_nothing(choice: u8, edits in edits()) {
        let seeds = &*OF_SLACK;
        let payload = changed(&seeds[usize::from(choice) % seeds.len()], &edits, &WORDS);
        let all = timed(|| [
            slack::inbound::interaction(&payload),
            slack::inbound::command(&payload),
            slack::inbound::event(&payload),
        ]);
        for read in all {
            if let slack::inbound::Inbound::Turn(turn) = read {
                // They stand in headers and in paths.
                for id in [&turn.person.workspace, &turn.person.user] {
                    let is_id = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
                    prop_assert!(is_id && (1..=32).contains(&id.len()), "{}", id);
                }
            }
        }
    }

    #[test]
    fn whatever_discord_sends_is_a_turn_of_a_real_id_or_nothing(choice: u8, edits in edits()) {
        let seeds = &*OF_DISCORD;
        let payload = changed(&seeds[usize::from(choice) % seeds.len()], &edits, &WORDS);
        match timed(|| discord::inbound::interaction(&payload)) {
            discord::inbound::Inbound::Turn(turn) => {
                let user: u64 = turn.person.user.parse().unwrap();
                prop_assert!(user > 0);
                let guild = turn.person.workspace.as_str();
                prop_assert!(guild == "-" || guild.parse::<u64>().is_ok());
                prop_assert!(turn.interaction.parse::<u64>().is_ok());
                prop_assert!(discord::inbound::is_token(&turn.origin.token));
                prop_assert!(!turn.origin.token.contains(['/', '?', '#', '\r', '%']));
            }
            discord::inbound::Inbound::Typing(choices) => prop_assert!(choices.len() <= 25),
            discord::inbound::Inbound::Ping | discord::inbound::Inbound::Nothing => {}
        }
    }
}
