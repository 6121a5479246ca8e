//! Payloads in Discord's shapes, whole and broken.

use std::path::Path;

use conversation::intent::ProposalForm;
use conversation::{Action, short_id};
use proptest::prelude::*;
use serde_json::json;
use serenity::model::application::Interaction;
use server_api::enums::{Network, Period};
use server_api::ids::PostId;

use super::*;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/discord")
}

fn fixture(name: &str) -> Value {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn fixtures() -> Vec<(String, Value)> {
    std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let payload = fixture(&name);
            (name, payload)
        })
        .collect()
}

fn turn(inbound: Inbound) -> Turn {
    match inbound {
        Inbound::Turn(turn) => *turn,
        other => panic!("no turn: {other:?}"),
    }
}

fn turn_of(name: &str) -> Turn {
    turn(interaction(&fixture(name)))
}

#[test]
fn a_ping_is_a_ping() {
    assert_eq!(interaction(&fixture("ping__endpoint_check")), Inbound::Ping);
    assert_eq!(interaction(&json!({ "type": 1 })), Inbound::Ping);
}

#[test]
fn a_command_in_a_guild_is_read() {
    let turn = turn_of("command__share_in_a_guild");
    assert_eq!(turn.intent, Intent::ShowSuggestions);
    assert_eq!(turn.place, Place::Command);
    assert_eq!(
        turn.person.reference(),
        "discord/110000000000000001/210000000000000001"
    );
    assert_eq!(turn.interaction, "710000000000000001");
    assert_eq!(turn.language, Some(Language::En));
    assert!(!turn.origin.is_own);
}

#[test]
fn options_are_read_as_if_they_had_been_typed() {
    let turn = turn_of("command__leaderboard_with_a_period");
    let period = Period::Month;
    assert_eq!(turn.intent, Intent::ShowLeaderboard { period });
    let mut payload = fixture("command__leaderboard_with_a_period");
    payload["data"]["options"][0]["options"][0]["value"] = json!("yesterday");
    assert_eq!(
        self::turn(interaction(&payload)).intent,
        Intent::NotUnderstood {
            said: "leaderboard yesterday".into()
        }
    );
}

#[test]
fn a_span_of_time_may_be_typed_as_it_is_offered() {
    for (shown, period) in [
        ("This quarter", Period::Quarter),
        ("dieser monat", Period::Month),
    ] {
        let mut payload = fixture("command__leaderboard_with_a_period");
        payload["data"]["options"][0]["options"][0]["value"] = json!(shown);
        let intent = turn(interaction(&payload)).intent;
        assert_eq!(intent, Intent::ShowLeaderboard { period });
    }
}

#[test]
fn outside_a_guild_people_are_known_by_their_account_alone() {
    let turn = turn_of("command__pair_with_a_code_in_a_dm");
    assert_eq!(turn.person.reference(), "discord/-/210000000000000001");
    assert_eq!(turn.language, Some(Language::De));
    assert_eq!(turn.intent, Intent::from_command("pair K7QM-2XRD"));
    assert!(matches!(turn.intent, Intent::Pair { .. }));
}

#[test]
fn a_guild_that_did_not_install_us_says_nothing_about_people() {
    let turn = turn_of("command__me_by_a_user_install_in_a_foreign_guild");
    assert_eq!(turn.person.workspace, NO_GUILD);
    assert_eq!(turn.intent, Intent::ShowMe);
}

#[test]
fn a_command_that_is_not_ours_is_answered() {
    let turn = turn_of("command__of_another_kind");
    assert_eq!(
        turn.intent,
        Intent::NotUnderstood {
            said: "Propose to Chorus".into()
        }
    );
}

#[test]
fn periods_are_offered_in_the_readers_words_while_one_is_typed() {
    let payload = fixture("typing__period");
    assert_eq!(
        interaction(&payload),
        Inbound::Typing(vec![json!({ "name": "Dieser Monat", "value": "month" })])
    );
    let typed = |text: &str| {
        let mut payload = payload.clone();
        payload["data"]["options"][0]["options"][0]["value"] = json!(text);
        match interaction(&payload) {
            Inbound::Typing(choices) => choices.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(typed(""), Period::ALL.len());
    assert_eq!(typed("xyz"), 0);
    let mut code = payload.clone();
    code["data"]["options"][0]["options"][0]["name"] = json!("code");
    assert_eq!(interaction(&code), Inbound::Typing(vec![]));
}

#[test]
fn a_pressed_button_is_what_it_carries() {
    let turn = turn_of("button__share_on_a_channel_card");
    let post = PostId(short_id::decode("AZNPLnsafD2OT1BhcoOUpQ").unwrap());
    assert_eq!(turn.intent, Intent::StartShare { post });
    assert_eq!(turn.place, Place::Shared);
    assert!(!turn.origin.is_own);
}

#[test]
fn messages_of_ones_own_are_told_from_shared_ones() {
    let private = turn_of("button__on_a_private_answer");
    assert_eq!((private.place, private.origin.is_own), (Place::Own, true));
    assert_eq!(private.intent, Intent::ShowMe);
    let direct = turn_of("button__in_a_dm");
    assert_eq!((direct.place, direct.origin.is_own), (Place::Own, true));
    assert_eq!(direct.intent, Intent::Help);
    let mut elsewhere = fixture("button__in_a_dm");
    elsewhere["context"] = json!(2);
    assert_eq!(turn(interaction(&elsewhere)).place, Place::Shared);
    let mut unsaid = fixture("button__in_a_dm");
    unsaid.as_object_mut().unwrap().remove("context");
    assert_eq!(turn(interaction(&unsaid)).place, Place::Own);
}

#[test]
fn a_button_of_another_version_is_answered() {
    assert_eq!(
        turn_of("button__of_another_version").intent,
        Intent::Outdated
    );
    let mut payload = fixture("button__of_another_version");
    payload["data"]["component_type"] = json!(99);
    assert_eq!(turn(interaction(&payload)).intent, Intent::Outdated);
    payload["type"] = json!(77);
    assert_eq!(turn(interaction(&payload)).intent, Intent::Outdated);
}

#[test]
fn a_chosen_option_is_what_it_carries() {
    let turn = turn_of("select__period_on_a_private_answer");
    let period = Period::AllTime;
    assert_eq!(turn.intent, Intent::TurnLeaderboard { period });
    assert_eq!(turn.place, Place::Own);
    assert_eq!(turn.fields, []);
}

#[test]
fn fields_chosen_for_a_dialog_come_with_the_wish_to_open_it() {
    let turn = turn_of("select__fields_of_a_dialog");
    assert_eq!(turn.intent, Intent::EditFollowers);
    assert_eq!(
        turn.fields,
        [Network::Linkedin, Network::Bluesky].map(Field::Followers)
    );
    let mut button = fixture("select__fields_of_a_dialog");
    button["data"] = json!({
        "component_type": 2, "custom_id": "fields.1.f/followers.li,followers.??,x",
    });
    let turn = self::turn(interaction(&button));
    assert_eq!(turn.intent, Intent::EditFollowers);
    assert_eq!(turn.fields, [Field::Followers(Network::Linkedin)]);
}

#[test]
fn a_sent_modal_brings_its_fields_and_knows_the_message_under_it() {
    let turn = turn_of("modal__followers");
    assert_eq!(turn.place, Place::Dialog);
    assert!(turn.origin.is_own);
    let form = vec![
        (Network::Linkedin, "850".to_owned()),
        (Network::Bluesky, String::new()),
    ];
    let language = Language::En;
    assert_eq!(turn.intent, Intent::SubmitFollowers { language, form });
}

#[test]
fn inputs_with_labels_of_their_own_are_read_too() {
    let mut payload = fixture("modal__followers");
    payload["data"]["components"] = json!([
        { "type": 18, "id": 1, "component":
            { "type": 4, "id": 2, "custom_id": "followers.li", "value": "7" } },
    ]);
    let Intent::SubmitFollowers { form, .. } = turn(interaction(&payload)).intent else {
        panic!("not submitted")
    };
    assert_eq!(form, [(Network::Linkedin, "7".to_owned())]);
}

#[test]
fn a_modal_that_came_from_a_command_has_no_message_to_change() {
    let mut payload = fixture("modal__followers");
    payload.as_object_mut().unwrap().remove("message");
    payload["context"] = json!(1);
    assert!(!turn(interaction(&payload)).origin.is_own);
}

#[test]
fn what_comes_over_the_gateway_means_the_same() {
    for (name, payload) in fixtures() {
        let read: Interaction = serde_json::from_value(payload.clone())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut written = serde_json::to_value(&read).unwrap();
        written["type"] = payload["type"].clone();
        assert_eq!(interaction(&written), interaction(&payload), "{name}");
    }
}

#[test]
fn ids_and_tokens_that_are_none_go_no_further() {
    for (path, broken) in [
        ("/member/user/id", json!("1\r\nx: y")),
        ("/member/user/id", json!("")),
        ("/member/user/id", json!("0")),
        ("/member/user/id", json!("+7")),
        ("/member/user/id", json!("99999999999999999999")),
        ("/id", json!("../1")),
        ("/token", json!("a/../b")),
        ("/token", json!("..")),
        ("/token", json!("")),
        ("/token", json!("x".repeat(2_000))),
    ] {
        let mut payload = fixture("command__share_in_a_guild");
        *payload.pointer_mut(path).unwrap() = broken.clone();
        assert_eq!(interaction(&payload), Inbound::Nothing, "{path} {broken}");
    }
    let mut payload = fixture("command__share_in_a_guild");
    payload["guild_id"] = json!("not a guild");
    assert_eq!(turn(interaction(&payload)).person.workspace, NO_GUILD);
}

#[test]
fn a_token_is_not_printed() {
    let printed = format!("{:?}", turn_of("command__share_in_a_guild"));
    assert!(!printed.contains("aW50ZXJhY3Rpb24"), "{printed}");
}

#[test]
fn what_is_typed_without_end_is_read_so_far() {
    let mut payload = fixture("command__leaderboard_with_a_period");
    payload["data"]["options"][0]["options"][0]["value"] = json!("week ".repeat(10_000));
    let period = Period::Week;
    let intent = turn(interaction(&payload)).intent;
    assert_eq!(intent, Intent::ShowLeaderboard { period });
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..20_i64).prop_map(Value::from),
        "[a-z0-9./]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(
                prop_oneof![
                    Just("type".to_owned()),
                    Just("options".to_owned()),
                    Just("components".to_owned()),
                    Just("component".to_owned()),
                    Just("custom_id".to_owned()),
                    Just("values".to_owned()),
                    Just("name".to_owned()),
                    Just("value".to_owned()),
                    Just("focused".to_owned()),
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
        kind in 0..7_u64,
        key in prop_oneof![
            Just("data"), Just("member"), Just("message"), Just("channel"), Just("context"),
            Just("authorizing_integration_owners"), Just("locale"),
        ],
    ) {
        let mut payload = fixture("modal__followers");
        payload["type"] = json!(kind);
        payload[key] = part.clone();
        let mut data = fixture("select__fields_of_a_dialog");
        data["type"] = json!(kind);
        data["data"] = part.clone();
        for broken in [payload, data, part] {
            let _ = interaction(&broken);
        }
    }

    #[test]
    fn every_press_by_somebody_is_answered(
        id in "\\PC{0,120}",
        kind in 0..12_u64,
        values in proptest::collection::vec("\\PC{0,30}", 0..3),
    ) {
        let mut payload = fixture("button__in_a_dm");
        payload["data"] = json!({ "component_type": kind, "custom_id": id, "values": values });
        let read = turn(interaction(&payload)).intent;
        let known = Action::decode(&id).is_some() || values.iter().any(|v| Action::decode(v).is_some());
        prop_assert!(known || id.starts_with("fields.") || read == Intent::Outdated);
    }
}

#[test]
fn a_proposal_is_read_by_the_names_of_its_options() {
    let mut payload = fixture("command__leaderboard_with_a_period");
    let option = |name: &str, value: &str| json!({ "name": name, "type": 3, "value": value });
    payload["data"]["options"] = json!([{
        "name": "propose", "type": 1,
        "options": [option("words", "Proud of it"), option("link", "https://news.example/tea")],
    }]);
    let form = ProposalForm {
        link: "https://news.example/tea".into(),
        why: String::new(),
        words: "Proud of it".into(),
    };
    assert_eq!(turn(interaction(&payload)).intent, Intent::Propose(form));
    payload["data"]["options"] = json!([{ "name": "propose", "type": 1 }]);
    let empty = Intent::Propose(ProposalForm::default());
    assert_eq!(turn(interaction(&payload)).intent, empty);
}

#[test]
fn a_message_is_proposed_by_what_it_says() {
    let mut payload = fixture("command__share_in_a_guild");
    payload["data"] = json!({
        "id": "1", "name": "Propose to the comms team", "type": 3, "target_id": "42",
        "resolved": { "messages": { "42": { "content": "Look: https://news.example/tea" } } },
    });
    let form = ProposalForm {
        link: "https://news.example/tea".into(),
        why: String::new(),
        words: "Look:".into(),
    };
    assert_eq!(turn(interaction(&payload)).intent, Intent::Propose(form));
    payload["data"]["resolved"] = json!(null);
    let empty = Intent::Propose(ProposalForm::default());
    assert_eq!(
        turn(interaction(&payload)).intent,
        empty,
        "a message without words"
    );
}
