//! Payloads in Slack's shapes, whole and broken.

use proptest::prelude::*;
use serde_json::json;
use server_api::enums::Period;

use super::*;

fn button(value: &str) -> Value {
    json!({
        "type": "block_actions",
        "team": { "id": "T1", "domain": "example" },
        "user": { "id": "U1", "team_id": "T1" },
        "api_app_id": "A1",
        "container": { "type": "message", "message_ts": "1.2", "channel_id": "C1", "is_ephemeral": false },
        "trigger_id": "1.2.abc",
        "channel": { "id": "C1", "name": "news" },
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [{
            "type": "button", "block_id": "b", "action_id": "control.1", "action_ts": "1.3",
            "text": { "type": "plain_text", "text": "Help" }, "value": value,
        }],
    })
}

fn turn(inbound: Inbound) -> Turn {
    match inbound {
        Inbound::Turn(turn) => *turn,
        other => panic!("no turn: {other:?}"),
    }
}

#[test]
fn a_pressed_button_is_what_it_carries() {
    let turn = turn(interaction(&button("1.h")));
    assert_eq!(turn.intent, Intent::Help);
    assert_eq!(turn.place, Place::Shared);
    assert_eq!(turn.person.reference(), "slack/T1/U1");
    assert_eq!(turn.interaction, "1.2.abc");
    assert_eq!(turn.origin.message.as_deref(), Some("1.2"));
}

#[test]
fn messages_of_ones_own_are_told_from_shared_ones() {
    let mut ephemeral = button("1.h");
    ephemeral["container"]["is_ephemeral"] = json!(true);
    let turn_of = |payload: &Value| turn(interaction(payload));
    assert_eq!(turn_of(&ephemeral).place, Place::Own);
    assert_eq!(turn_of(&ephemeral).origin.message, None);
    let mut direct = button("1.h");
    direct["container"]["channel_id"] = json!("D1");
    assert_eq!(turn_of(&direct).place, Place::Own);
    assert_eq!(turn_of(&direct).origin.message.as_deref(), Some("1.2"));
}

#[test]
fn a_chosen_option_is_what_it_carries() {
    let mut payload = button("unused");
    payload["actions"][0] = json!({
        "type": "static_select", "action_id": "control.1", "action_ts": "1.3",
        "selected_option": { "text": { "type": "plain_text", "text": "All time" }, "value": "1.t.a" },
    });
    assert_eq!(
        turn(interaction(&payload)).intent,
        Intent::TurnLeaderboard {
            period: Period::AllTime
        }
    );
}

#[test]
fn a_pressed_link_means_nothing() {
    let mut payload = button("1.h");
    payload["actions"][0]["url"] = json!("https://example.org");
    assert_eq!(interaction(&payload), Inbound::Nothing);
    let mut payload = button("1.h");
    payload["actions"][0]
        .as_object_mut()
        .unwrap()
        .remove("value");
    assert_eq!(interaction(&payload), Inbound::Nothing);
}

#[test]
fn a_button_of_another_version_is_answered() {
    assert_eq!(turn(interaction(&button("9.zz"))).intent, Intent::Outdated);
}

#[test]
fn a_command_is_read() {
    let payload = json!({
        "team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/chorus",
        "text": "share", "trigger_id": "7.8.z",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
    });
    let turn = turn(command(&payload));
    assert_eq!(turn.intent, Intent::ShowSuggestions);
    assert_eq!(turn.place, Place::Command);
    assert_eq!(turn.interaction, "7.8.z");
}

#[test]
fn a_sent_modal_brings_its_fields_and_the_way_back() {
    let origin = Origin {
        response_url: Some("https://hooks.slack.com/actions/T1/1/x".into()),
        channel: Some("C1".into()),
        ..Origin::default()
    };
    let payload = json!({
        "type": "view_submission",
        "team": { "id": "T1" },
        "user": { "id": "U1" },
        "trigger_id": "9.9.q",
        "view": {
            "id": "V1", "hash": "1.h", "callback_id": "1.followers.en",
            "private_metadata": serde_json::to_string(&origin).unwrap(),
            "state": { "values": {
                "followers.li": { "typed": { "type": "plain_text_input", "value": "850" } },
                "followers.xx": { "typed": { "type": "plain_text_input", "value": null } },
            } },
        },
    });
    let turn = turn(interaction(&payload));
    assert_eq!(turn.place, Place::Dialog);
    assert_eq!(turn.origin.response_url, origin.response_url);
    assert_eq!(turn.origin.view.as_deref(), Some("V1"));
    let Intent::SubmitFollowers { form, .. } = turn.intent else {
        panic!("not submitted")
    };
    assert_eq!(form.len(), 2);
    assert!(form.iter().any(|(_, typed)| typed == "850"));
}

fn opened(tab: &str) -> Value {
    json!({
        "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
        "event": { "type": "app_home_opened", "user": "U1", "channel": "D1", "tab": tab },
    })
}

#[test]
fn whoever_opens_the_home_tab_wants_their_page() {
    let turn = turn(event(&opened("home")));
    assert_eq!(turn.place, Place::Home);
    assert_eq!(turn.intent, Intent::ShowMe);
    assert_eq!(turn.person.reference(), "slack/T1/U1");
    assert_eq!(turn.interaction, "Ev1");
    assert!(turn.origin.home);
    assert_eq!(event(&opened("messages")), Inbound::Nothing);
    let mut nobody = opened("home");
    nobody["event"]["user"] = json!("U1/U2");
    assert_eq!(event(&nobody), Inbound::Nothing);
}

#[test]
fn a_press_on_the_home_tab_and_the_modal_it_opens_find_their_way_back() {
    let mut payload = button("1.h");
    payload["container"] = json!({ "type": "view", "view_id": "V1" });
    payload["view"] = json!({ "id": "V1", "type": "home" });
    for field in ["channel", "response_url"] {
        payload.as_object_mut().unwrap().remove(field);
    }
    let turn_of = |payload: &Value| turn(interaction(payload));
    let pressed = turn_of(&payload);
    assert_eq!(pressed.place, Place::Home);
    let memory = serde_json::to_string(&pressed.origin).unwrap();
    assert_eq!(memory, r#"{"home":true}"#);
    let submitted = json!({
        "type": "view_submission", "team": { "id": "T1" }, "user": { "id": "U1" },
        "view": { "id": "V2", "hash": "1.h", "callback_id": "1.followers.en",
            "type": "modal", "private_metadata": memory, "state": { "values": {} } },
    });
    let submitted = turn_of(&submitted);
    assert_eq!(submitted.place, Place::Dialog);
    assert!(submitted.origin.home);
}

#[test]
fn the_app_is_gone_when_its_own_token_is() {
    let event_of = |body: Value| event(&json!({ "team_id": "T1", "event": body }));
    let gone = Inbound::Uninstalled { team: "T1".into() };
    assert_eq!(event_of(json!({ "type": "app_uninstalled" })), gone);
    assert_eq!(
        event_of(json!({ "type": "tokens_revoked", "tokens": { "bot": ["U9"], "oauth": [] } })),
        gone
    );
    assert_eq!(
        event_of(json!({ "type": "tokens_revoked", "tokens": { "bot": [], "oauth": ["U1"] } })),
        Inbound::Nothing
    );
    assert_eq!(event_of(json!({ "type": "message" })), Inbound::Nothing);
}

#[test]
fn an_account_counts_as_removed_when_it_is_deleted_alone() {
    let event_of = |user: Value| {
        let body = json!({ "type": "user_change", "user": user });
        event(&json!({ "team_id": "T1", "event": body }))
    };
    let removed = Inbound::Removed {
        team: "T1".into(),
        user: "U1".into(),
    };
    assert_eq!(event_of(json!({ "id": "U1", "deleted": true })), removed);
    for other in [
        json!({ "id": "U1", "deleted": false }),
        json!({ "id": "U1", "deleted": "true" }),
        json!({ "id": "U1" }),
        json!({ "id": "U 1", "deleted": true }),
        json!("U1"),
    ] {
        assert_eq!(event_of(other), Inbound::Nothing);
    }
}

#[test]
fn an_app_of_a_whole_enterprise_is_at_home_there() {
    let person_of = |inbound: Inbound| match inbound {
        Inbound::Turn(turn) => turn.person.workspace,
        Inbound::Uninstalled { team } | Inbound::Removed { team, .. } => team,
        Inbound::Nothing => "-".to_owned(),
    };
    let typed = |whole: &str| {
        person_of(command(&json!({
            "team_id": "T1", "enterprise_id": "E1", "user_id": "U1", "text": "",
            "is_enterprise_install": whole,
        })))
    };
    assert_eq!(
        (typed("true").as_str(), typed("false").as_str()),
        ("E1", "T1")
    );
    let gone = |whole: bool| {
        person_of(event(&json!({
            "team_id": "T1", "event": { "type": "app_uninstalled" },
            "authorizations": [{ "enterprise_id": "E1", "team_id": "T1",
                "is_enterprise_install": whole }],
        })))
    };
    assert_eq!((gone(true).as_str(), gone(false).as_str()), ("E1", "T1"));
}

#[test]
fn ids_that_are_none_go_no_further() {
    let mut payload = button("1.h");
    payload["user"]["id"] = json!("U1\r\nx: y");
    assert_eq!(interaction(&payload), Inbound::Nothing);
    payload["user"]["id"] = json!("");
    assert_eq!(interaction(&payload), Inbound::Nothing);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[A-Z0-9.]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(
                prop_oneof![
                    Just("type".to_owned()),
                    Just("actions".to_owned()),
                    Just("view".to_owned()),
                    Just("state".to_owned()),
                    Just("values".to_owned()),
                    "[a-z_]{1,6}",
                ],
                inner,
                0..5
            )
            .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn broken_payloads_are_read_without_a_panic(
        part in any_json(),
        key in prop_oneof![Just("actions"), Just("view"), Just("user"), Just("container")],
    ) {
        let mut payload = button("1.h");
        payload[key] = part.clone();
        for broken in [payload, part] {
            let _ = (interaction(&broken), command(&broken), event(&broken));
        }
    }
}

fn shortcut(kind: &str, callback_id: &str) -> Value {
    json!({
        "type": kind, "callback_id": callback_id, "trigger_id": "1.2.abc", "action_ts": "1.3",
        "team": { "id": "T1", "domain": "example" },
        "user": { "id": "U1", "team_id": "T1" },
    })
}

#[test]
fn a_shortcut_opens_an_empty_proposal_and_an_unknown_one_nothing() {
    let turn = turn(interaction(&shortcut("shortcut", "propose")));
    assert_eq!(turn.intent, Intent::Propose(ProposalForm::default()));
    assert_eq!(turn.place, Place::Command);
    assert_eq!(turn.trigger.as_deref(), Some("1.2.abc"));
    assert_eq!(turn.origin, Origin::default());
    let unknown = interaction(&shortcut("shortcut", "another"));
    assert_eq!(unknown, Inbound::Nothing);
}

#[test]
fn a_message_is_proposed_by_its_first_link_and_what_it_says() {
    let mut payload = shortcut("message_action", "propose_message");
    payload["channel"] = json!({ "id": "C1", "name": "news" });
    payload["response_url"] = json!("https://hooks.slack.com/app/T1/1/x");
    payload["message"] = json!({ "text": "Look: <https://news.example/tea>" });
    let turn = turn(interaction(&payload));
    let form = ProposalForm {
        link: "https://news.example/tea".into(),
        why: String::new(),
        words: "Look:".into(),
    };
    assert_eq!(turn.intent, Intent::Propose(form));
    assert_eq!(turn.origin.channel.as_deref(), Some("C1"));
    assert!(turn.origin.response_url.is_some());
}
