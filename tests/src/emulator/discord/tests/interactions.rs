//! Interactions: what they carry, how they are answered, and what a person is told when they are not.
use super::*;

#[tokio::test]
async fn a_press_carries_who_where_and_on_what() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    let message = stage.posts(&card()).await;
    let press = stage.ada().clicks("Share").await.unwrap();
    let interaction = wire.interaction().await;
    assert_eq!(interaction["id"], json!(press.interaction));
    assert_eq!(
        (&interaction["type"], &interaction["context"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(interaction["data"]["custom_id"], "share");
    assert_eq!(interaction["member"]["user"]["id"], ADA);
    assert_eq!(interaction["member"]["roles"], json!(["5001"]));
    assert_eq!(
        (&interaction["guild_id"], &interaction["channel_id"]),
        (&json!(GUILD), &json!(ROOM))
    );
    assert_eq!(interaction["message"]["id"], message["id"]);
    assert_eq!(
        interaction["authorizing_integration_owners"],
        json!({ "0": GUILD })
    );
    assert!(
        interaction.get("user").is_none(),
        "in a guild there is a member"
    );
    assert_eq!(
        stage.answers(&interaction, &json!({ "type": 6 })).await,
        (204, 0)
    );
}

#[tokio::test]
async fn a_link_tells_nobody_and_a_disabled_button_does_nothing() {
    let stage = stage().await;
    stage.posts(&card()).await;
    let press = stage.ada().clicks("LinkedIn").await.unwrap();
    assert_eq!(
        (press.interaction, press.opens.as_deref()),
        (None, Some("https://l.example/s/1"))
    );
    let mut off = card();
    off["components"][0]["components"][0]["disabled"] = json!(true);
    stage.posts(&off).await;
    assert!(matches!(
        stage.ada().clicks("Share").await,
        Err(PersonError::Refused { .. })
    ));
}

#[tokio::test]
async fn in_a_direct_conversation_a_user_acts_and_not_a_member() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    let direct = stage.ada().opens_direct().unwrap();
    stage.ada().types("/chorus help", direct).unwrap();
    let interaction = wire.interaction().await;
    assert_eq!(
        (&interaction["user"]["id"], &interaction["context"]),
        (&json!(ADA), &json!(1))
    );
    assert!(interaction.get("member").is_none() && interaction.get("guild_id").is_none());
    assert_eq!(
        stage
            .answers(&interaction, &json!({ "type": 5, "data": { "flags": 64 } }))
            .await,
        (204, 0)
    );
}

#[tokio::test]
async fn who_installed_the_app_for_themselves_can_use_it_everywhere() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    stage.discord.add_guild("2002", "Elsewhere");
    stage
        .discord
        .add_channel(Channel::text("2002", "3009", "lobby"));
    stage.discord.join("2002", ADA, &[]);
    let there = stage.discord.person("2002", ADA);
    assert!(matches!(
        there.types("/chorus help", "3009"),
        Err(PersonError::NoCommand { .. })
    ));
    stage.discord.add_user(User {
        has_app: true,
        ..User::person(ADA, "Ada Berger")
    });
    there.types("/chorus help", "3009").unwrap();
    let interaction = wire.interaction().await;
    assert_eq!(
        interaction["authorizing_integration_owners"],
        json!({ "1": ADA })
    );
    assert_eq!(
        stage
            .answers(
                &interaction,
                &json!({ "type": 4, "data": { "content": "hi", "flags": 64 } })
            )
            .await,
        (204, 0)
    );
}

#[tokio::test]
async fn an_answer_is_given_once() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.ada().clicks("Share").await.unwrap();
    let interaction = wire.interaction().await;
    let whisper = json!({ "type": 4, "data": { "content": "for you", "flags": 64 } });
    assert_eq!(stage.answers(&interaction, &whisper).await, (204, 0));
    assert_eq!(stage.answers(&interaction, &whisper).await, (400, 40060));
    assert_eq!(stage.rules(), [Rule::AcknowledgedTwice]);
    let seen = stage.ada().sees_last(ROOM).unwrap();
    assert!(seen.is_ephemeral && seen.text == "for you");
    assert_eq!(
        stage.discord.person(GUILD, BEN).sees(ROOM).len(),
        1,
        "nobody else sees it"
    );
    let id = seen.id;
    assert_eq!(
        stage
            .code(
                "GET",
                &format!("/channels/{ROOM}/messages/{id}"),
                &Value::Null
            )
            .await,
        (404, 10008)
    );
}

#[tokio::test]
async fn an_interaction_delivered_twice_may_be_answered_twice() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.discord.deliver_interaction_times(2);
    stage.ada().clicks("Share").await.unwrap();
    let (first, second) = (wire.interaction().await, wire.interaction().await);
    assert_eq!(first, second);
    assert_eq!(stage.answers(&first, &json!({ "type": 6 })).await, (204, 0));
    assert_eq!(
        stage.answers(&second, &json!({ "type": 6 })).await,
        (400, 40060)
    );
    assert!(stage.rules().is_empty());
}

#[tokio::test]
async fn who_does_not_answer_in_time_is_too_late() {
    let stage = stage_with(|config| config.acknowledge_within = Duration::from_millis(50)).await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.ada().clicks("Share").await.unwrap();
    let interaction = wire.interaction().await;
    stage
        .ada()
        .waits_for_text(ROOM, "This interaction failed")
        .await
        .unwrap();
    assert_eq!(stage.rules(), [Rule::NotAcknowledged]);
    assert_eq!(
        stage.answers(&interaction, &json!({ "type": 6 })).await,
        (404, 10062)
    );
    let path = stage.original(&interaction);
    assert_eq!(
        stage.code("PATCH", &path, &json!({ "content": "x" })).await,
        (404, 10015)
    );
}

#[tokio::test]
async fn where_nobody_is_connected_the_person_is_told_and_nobody_is_blamed() {
    let stage = stage_with(|config| config.acknowledge_within = Duration::from_millis(50)).await;
    stage.registers(&one_command()).await;
    stage.ada().types("/chorus help", ROOM).unwrap();
    stage
        .ada()
        .waits_for_text(ROOM, "The application did not respond")
        .await
        .unwrap();
    assert!(stage.rules().is_empty());
}

#[tokio::test]
async fn a_deferred_answer_comes_later_and_is_as_private_as_was_said() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    stage.ada().types("/chorus help", ROOM).unwrap();
    let interaction = wire.interaction().await;
    stage
        .answers(&interaction, &json!({ "type": 5, "data": { "flags": 64 } }))
        .await;
    let waiting = stage.ada().sees_last(ROOM).unwrap();
    assert!(waiting.is_ephemeral && waiting.message.is_loading());
    let heading = waiting.message.answers.as_ref().unwrap().command.as_deref();
    assert_eq!(heading, Some("chorus help"), "subcommands are named, too");
    let path = stage.original(&interaction);
    assert_eq!(
        stage.code("PATCH", &path, &json!({ "content": "" })).await,
        (400, 50006)
    );
    assert_eq!(stage.call("PATCH", &path, &card()).await.0, 200);
    let seen = stage
        .ada()
        .waits_for_change(&waiting)
        .await
        .unwrap()
        .unwrap();
    assert!(seen.is_ephemeral && !seen.is_edited && seen.text.starts_with("A garden"));
    stage.advance(TimeDelta::minutes(16));
    assert_eq!(
        stage
            .code("PATCH", &path, &json!({ "content": "late" }))
            .await,
        (401, 50027)
    );
}

#[tokio::test]
async fn a_follow_up_takes_the_place_of_what_was_deferred_and_the_next_stands_by_itself() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    stage.ada().types("/chorus help", ROOM).unwrap();
    let interaction = wire.interaction().await;
    stage
        .answers(&interaction, &json!({ "type": 5, "data": { "flags": 64 } }))
        .await;
    let path = format!(
        "/webhooks/{}/{}",
        stage.discord.state().app().id,
        interaction["token"].as_str().unwrap()
    );
    let (_, first) = stage
        .call("POST", &path, &json!({ "content": "one" }))
        .await;
    assert_eq!(first["flags"], 64);
    let (_, second) = stage
        .call("POST", &path, &json!({ "content": "two", "flags": 64 }))
        .await;
    assert_ne!(first["id"], second["id"]);
    let texts: Vec<String> = stage
        .ada()
        .sees(ROOM)
        .into_iter()
        .map(|seen| seen.text)
        .collect();
    assert_eq!(texts, ["one", "two"]);
    let deleted = stage
        .call(
            "DELETE",
            &format!("{path}/messages/@original"),
            &Value::Null,
        )
        .await;
    assert_eq!(deleted.0, 204);
    assert_eq!(stage.ada().sees(ROOM).len(), 1);
}

#[tokio::test]
async fn a_pressed_message_is_updated_at_once_or_later() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    let before = stage.ada().sees_last(ROOM).unwrap();
    stage.ada().clicks("Share").await.unwrap();
    let interaction = wire.interaction().await;
    stage
        .answers(
            &interaction,
            &json!({ "type": 7, "data": { "content": "shared", "embeds": [] } }),
        )
        .await;
    let after = stage
        .ada()
        .waits_for_change(&before)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((after.text.as_str(), after.buttons().len()), ("shared", 3));
    stage.ada().chooses("Later").await.unwrap();
    let interaction = wire.interaction().await;
    assert_eq!(
        (
            &interaction["data"]["values"],
            &interaction["data"]["component_type"]
        ),
        (&json!(["l"]), &json!(3))
    );
    stage.answers(&interaction, &json!({ "type": 6 })).await;
    stage
        .call(
            "PATCH",
            &stage.original(&interaction),
            &json!({ "content": "later then" }),
        )
        .await;
    assert_eq!(stage.ada().sees_last(ROOM).unwrap().text, "later then");
}

#[tokio::test]
async fn a_modal_is_filled_in_and_submitted() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.ada().clicks("Edit").await.unwrap();
    let interaction = wire.interaction().await;
    let input = json!({ "type": 4, "style": 2, "label": "Your words", "custom_id": "words", "value": "as they were", "max_length": 20 });
    let modal = json!({ "type": 9, "data": { "custom_id": "dialog", "title": "Edit", "components": [{ "type": 1, "components": [input] }] } });
    assert_eq!(stage.answers(&interaction, &modal).await, (204, 0));
    let ada = stage.ada();
    let dialog = ada.waits_for_dialog("Edit").await.unwrap();
    assert_eq!(
        (dialog.inputs[0].label.as_str(), &dialog.inputs[0].value),
        ("Your words", &json!("as they were"))
    );
    ada.fills("Your words", &"x".repeat(21)).unwrap();
    assert!(matches!(
        ada.submits().await,
        Err(PersonError::Refused { .. })
    ));
    ada.fills("Your words", "").unwrap();
    assert!(matches!(
        ada.submits().await,
        Err(PersonError::Refused { .. })
    ));
    ada.fills("Your words", "my own").unwrap();
    let app = async {
        let submission = wire.interaction().await;
        assert_eq!(
            (&submission["type"], &submission["data"]["custom_id"]),
            (&json!(5), &json!("dialog"))
        );
        assert_eq!(
            submission["data"]["components"][0]["components"][0]["value"],
            "my own"
        );
        assert!(
            submission.get("message").is_some(),
            "the card it was opened from"
        );
        assert_eq!(
            stage.answers(&submission, &modal).await,
            (400, 50035),
            "no modal from a modal"
        );
        stage
            .answers(
                &submission,
                &json!({ "type": 4, "data": { "content": "thanks", "flags": 64 } }),
            )
            .await
    };
    let (submitted, answered) = tokio::join!(ada.submits(), app);
    submitted.unwrap();
    assert_eq!((answered, ada.dialog()), ((204, 0), None));
    assert_eq!(stage.rules(), [Rule::WrongAnswer]);
}

#[tokio::test]
async fn a_modal_that_nobody_answers_stays_and_says_so() {
    let stage = stage_with(|config| config.acknowledge_within = Duration::from_millis(50)).await;
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.ada().clicks("Edit").await.unwrap();
    let interaction = wire.interaction().await;
    let select =
        json!({ "type": 3, "custom_id": "n", "options": [{ "label": "X", "value": "x" }] });
    let modal = json!({ "type": 9, "data": { "custom_id": "d", "title": "Edit", "components": [{ "type": 18, "label": "Network", "component": select }] } });
    stage.answers(&interaction, &modal).await;
    stage.ada().fills("Network", "X").unwrap();
    stage.ada().submits().await.unwrap();
    assert_eq!(
        wire.interaction().await["data"]["components"][0]["component"]["values"],
        json!(["x"])
    );
    let failure = stage.ada().dialog().unwrap().failure;
    assert_eq!(failure.as_deref(), Some("Something went wrong. Try again."));
    stage.ada().closes_dialog().unwrap();
    assert!(matches!(
        stage.ada().closes_dialog(),
        Err(PersonError::NoDialog { .. })
    ));
}

#[tokio::test]
async fn a_command_is_typed_as_it_was_registered() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    let ada = stage.ada();
    assert!(matches!(
        ada.types("/other", ROOM),
        Err(PersonError::NoCommand { .. })
    ));
    assert!(matches!(
        ada.types("/chorus", ROOM),
        Err(PersonError::NoCommand { .. })
    ));
    assert!(
        matches!(
            ada.types("/chorus pair", ROOM),
            Err(PersonError::Refused { .. })
        ),
        "the code is required"
    );
    assert!(matches!(
        ada.types("/chorus help me", ROOM),
        Err(PersonError::Refused { .. })
    ));
    assert!(matches!(
        ada.types("/chorus leaderboard period:never", ROOM),
        Err(PersonError::Refused { .. })
    ));
    ada.types(
        "/chorus leaderboard period:This week team: Sales and more",
        ROOM,
    )
    .unwrap();
    let sent = wire.interaction().await;
    assert_eq!(
        sent["data"]["options"],
        json!([{ "name": "leaderboard", "type": 1, "options": [
        { "name": "period", "type": 3, "value": "week" },
        { "name": "team", "type": 3, "value": "Sales and more" }] }])
    );
    stage.answers(&sent, &json!({ "type": 5 })).await;
    ada.types("/chorus pair ABCD 1234", ROOM).unwrap();
    let sent = wire.interaction().await;
    assert_eq!(
        sent["data"]["options"][0]["options"][0]["value"],
        "ABCD 1234"
    );
    stage.answers(&sent, &json!({ "type": 5 })).await;
}

#[tokio::test]
async fn options_are_completed_by_what_was_registered_and_by_what_the_app_suggests() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.registers(&one_command()).await;
    let (ada, room) = (stage.ada(), ids::ChannelId::from(ROOM));
    let lines = async |line: &str| -> Vec<String> {
        ada.completions(line, &room)
            .await
            .into_iter()
            .map(|found| found.line)
            .collect()
    };
    assert_eq!(
        lines("/cho").await,
        ["/chorus help", "/chorus pair", "/chorus leaderboard"]
    );
    assert_eq!(
        lines("/chorus leaderboard").await,
        ["/chorus leaderboard period:", "/chorus leaderboard team:"]
    );
    assert_eq!(lines("/chorus leaderboard period:This").await.len(), 2);
    let app = async {
        let asked = wire.interaction().await;
        let team = json!({ "name": "team", "type": 3, "value": "Sa", "focused": true });
        assert_eq!(
            (&asked["type"], &asked["data"]["options"][0]["options"][0]),
            (&json!(4), &team)
        );
        let choices = json!([{ "name": "Sales", "value": "team-1" }]);
        stage
            .answers(
                &asked,
                &json!({ "type": 8, "data": { "choices": choices } }),
            )
            .await
    };
    let (found, answered) = tokio::join!(lines("/chorus leaderboard team:Sa"), app);
    assert_eq!(
        (found, answered),
        (vec!["/chorus leaderboard team:Sales".to_owned()], (204, 0))
    );
    ada.types("/chorus leaderboard team:Sales", ROOM).unwrap();
    let sent = wire.interaction().await;
    assert_eq!(sent["data"]["options"][0]["options"][0]["value"], "team-1");
    stage.answers(&sent, &json!({ "type": 5 })).await;
}
