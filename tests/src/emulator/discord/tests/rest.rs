//! The REST API: messages, permissions, refusals, rates and faults.
use super::*;

#[tokio::test]
async fn a_message_is_stored_and_shown_as_discord_shows_it() {
    let stage = stage().await;
    let message = stage.posts(&card()).await;
    assert_eq!(
        message["author"]["id"],
        json!(stage.discord.state().app().id)
    );
    assert_eq!(
        (
            &message["embeds"][0]["type"],
            &message["components"][1]["components"][0]["max_values"]
        ),
        (&json!("rich"), &json!(1))
    );
    let seen = stage.ada().sees_last(ROOM).unwrap();
    assert_eq!(seen.text, "A garden\nEnds in 2 days\nLindenfeld");
    assert_eq!(seen.buttons(), ["Share", "Edit", "LinkedIn"]);
    assert_eq!(seen.url("LinkedIn"), Some("https://l.example/s/1"));
    let (status, history) = stage
        .call(
            "GET",
            &format!("/channels/{ROOM}/messages?limit=10"),
            &Value::Null,
        )
        .await;
    assert_eq!((status, &history[0]["id"]), (200, &message["id"]));
    assert!(stage.rules().is_empty(), "{:?}", stage.discord.violations());
    let recorded = stage.discord.recorded();
    assert_eq!(
        (recorded[0].route.as_str(), recorded[0].status),
        ("/channels/{channel_id}/messages", 200)
    );
    assert_eq!(recorded[0].body, card());
}

#[tokio::test]
async fn a_nonce_that_is_enforced_is_written_once_for_some_minutes() {
    let stage = stage().await;
    let body = json!({ "content": "once", "nonce": "delivery-1", "enforce_nonce": true });
    let first = stage.posts(&body).await;
    assert_eq!(stage.posts(&body).await["id"], first["id"]);
    assert_eq!(stage.ada().sees(ROOM).len(), 1);
    let unenforced = json!({ "content": "twice", "nonce": "delivery-1" });
    assert_ne!(stage.posts(&unenforced).await["id"], first["id"]);
    stage.advance(TimeDelta::minutes(6));
    assert_ne!(
        stage.posts(&body).await["id"],
        first["id"],
        "forgotten by now"
    );
}

#[tokio::test]
async fn what_the_app_may_not_do_has_its_own_code() {
    let stage = stage().await;
    let hello = json!({ "content": "hello" });
    let room = format!("/channels/{ROOM}/messages");
    assert_eq!(
        stage.code("POST", "/channels/9/messages", &hello).await,
        (404, 10003)
    );
    assert_eq!(
        stage.code("PATCH", &format!("{room}/9"), &hello).await,
        (404, 10008)
    );
    assert_eq!(
        stage.code("POST", "/channels/x/messages", &hello).await,
        (400, 50035)
    );
    stage.discord.add_channel(Channel {
        app_permissions: 0,
        ..Channel::text(GUILD, "3002", "hidden")
    });
    assert_eq!(
        stage.code("POST", "/channels/3002/messages", &hello).await,
        (403, 50001)
    );
    let readable = model::VIEW_CHANNEL | model::SEND_MESSAGES;
    stage.discord.add_channel(Channel {
        app_permissions: model::VIEW_CHANNEL,
        ..Channel::text(GUILD, "3003", "read")
    });
    assert_eq!(
        stage.code("POST", "/channels/3003/messages", &hello).await,
        (403, 50013)
    );
    stage.discord.add_channel(Channel {
        app_permissions: readable,
        ..Channel::text(GUILD, "3004", "words")
    });
    assert_eq!(
        stage.code("POST", "/channels/3004/messages", &card()).await,
        (403, 50013),
        "no embeds"
    );
    assert_eq!(
        stage
            .call("GET", "/channels/3004/messages", &Value::Null)
            .await,
        (200, json!([]))
    );
    stage.ada().types("mine", ROOM).unwrap();
    let mine = stage.ada().sees_last(ROOM).unwrap().id;
    assert_eq!(
        stage.code("PATCH", &format!("{room}/{mine}"), &hello).await,
        (403, 50005)
    );
    stage.discord.uninstall(GUILD);
    assert_eq!(stage.code("POST", &room, &hello).await, (403, 50001));
    assert_eq!(stage.discord.invalid_calls(), 5);
}

#[tokio::test]
async fn people_who_take_no_direct_messages_get_none() {
    let stage = stage().await;
    let open = async |user: &str| {
        let (status, channel) = stage
            .call(
                "POST",
                "/users/@me/channels",
                &json!({ "recipient_id": user }),
            )
            .await;
        assert_eq!((status, &channel["type"]), (200, &json!(1)));
        format!("/channels/{}/messages", channel["id"].as_str().unwrap())
    };
    let hello = json!({ "content": "hello" });
    let (to_ada, to_ben) = (open(ADA).await, open(BEN).await);
    assert_eq!(stage.call("POST", &to_ada, &hello).await.0, 200);
    let seen = stage
        .ada()
        .waits_for_direct(|seen| seen.text == "hello")
        .await
        .unwrap();
    assert_eq!(Some(seen.channel), stage.ada().direct());
    stage.discord.accepts_direct(ADA, false);
    assert_eq!(stage.code("POST", &to_ada, &hello).await, (403, 50007));
    stage.discord.leave(GUILD, BEN);
    assert_eq!(stage.code("POST", &to_ben, &hello).await, (403, 50278));
    assert_eq!(
        stage
            .code(
                "POST",
                "/users/@me/channels",
                &json!({ "recipient_id": "9" })
            )
            .await,
        (400, 10013)
    );
}

#[tokio::test]
async fn a_message_is_changed_and_deleted_but_never_emptied() {
    let stage = stage().await;
    let message = stage.posts(&card()).await;
    let path = format!(
        "/channels/{ROOM}/messages/{}",
        message["id"].as_str().unwrap()
    );
    let seen = stage.ada().sees_last(ROOM).unwrap();
    let (status, changed) = stage
        .call("PATCH", &path, &json!({ "components": [] }))
        .await;
    assert_eq!(
        (
            status,
            &changed["components"],
            &changed["embeds"][0]["title"]
        ),
        (200, &json!([]), &json!("A **garden**"))
    );
    let now = stage.ada().waits_for_change(&seen).await.unwrap().unwrap();
    assert!(now.is_edited && now.controls.is_empty());
    assert_eq!(
        stage.code("PATCH", &path, &json!({ "embeds": [] })).await,
        (400, 50006)
    );
    assert_eq!(stage.call("DELETE", &path, &Value::Null).await.0, 204);
    assert_eq!(stage.ada().waits_for_change(&now).await.unwrap(), None);
    assert_eq!(stage.code("GET", &path, &Value::Null).await, (404, 10008));
    assert_eq!(stage.rules(), [Rule::InvalidBody]);
}

#[tokio::test]
async fn strangers_and_unknown_routes_are_turned_away() {
    let stage = stage().await;
    let url = format!("{}/api/v10/users/@me", stage.discord.base_url());
    let answer = stage.client.get(&url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(
        answer.json::<Value>().await.unwrap(),
        json!({ "message": "401: Unauthorized", "code": 0 })
    );
    assert_eq!(stage.discord.invalid_calls(), 1);
    assert!(
        stage.rules().is_empty(),
        "a wrong token may be a revoked one"
    );
    assert_eq!(stage.code("GET", "/nonsense", &Value::Null).await, (404, 0));
    let nameless = stage
        .request("GET", "/users/@me")
        .header("user-agent", "curl/8")
        .send()
        .await
        .unwrap();
    assert_eq!(nameless.status(), StatusCode::OK);
    assert_eq!(stage.rules(), [Rule::UnknownRoute, Rule::UserAgent]);
}

#[tokio::test]
async fn a_body_that_is_wrong_is_refused_and_noted() {
    let stage = stage().await;
    let path = format!("/channels/{ROOM}/messages");
    let (status, body) = stage
        .call("POST", &path, &json!({ "content": "x".repeat(2_001) }))
        .await;
    assert_eq!(
        (status, &body["code"], &body["message"]),
        (400, &json!(50035), &json!("Invalid Form Body"))
    );
    let told = &body["errors"]["content"]["_errors"][0];
    assert_eq!(told["message"], "Must be 2000 or fewer in length.");
    let broken = stage
        .request("POST", &path)
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(
        broken.send().await.unwrap().json::<Value>().await.unwrap()["code"],
        50109
    );
    let form = stage
        .request("POST", &path)
        .header("content-type", "text/plain")
        .body("x");
    assert_eq!(form.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert_eq!(stage.rules(), [Rule::InvalidBody; 3]);
    assert!(stage.ada().sees(ROOM).is_empty());
}

#[tokio::test]
async fn headers_tell_how_much_is_left_and_a_429_how_long_to_wait() {
    let stage = stage().await;
    let path = format!("/channels/{ROOM}/messages");
    let post = || {
        stage
            .request("POST", &path)
            .json(&json!({ "content": "x" }))
            .send()
    };
    let first = post().await.unwrap();
    let header = |answer: &reqwest::Response, name: &str| {
        answer
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header(&first, "x-ratelimit-limit").as_deref(), Some("5"));
    assert_eq!(
        header(&first, "x-ratelimit-remaining").as_deref(),
        Some("4")
    );
    let after: f64 = header(&first, "x-ratelimit-reset-after")
        .unwrap()
        .parse()
        .unwrap();
    assert!(after > 0.0 && after <= 5.0, "{after}");
    assert_eq!(header(&first, "x-ratelimit-bucket").unwrap().len(), 16);
    for _ in 0..4 {
        assert_eq!(post().await.unwrap().status(), StatusCode::OK);
    }
    let sixth = post().await.unwrap();
    assert_eq!(sixth.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&sixth, "x-ratelimit-scope").as_deref(), Some("user"));
    assert!(header(&sixth, "retry-after").is_some());
    let body = sixth.json::<Value>().await.unwrap();
    assert!(body["retry_after"].as_f64().unwrap() > 0.0 && body["global"] == false);
    assert!(
        stage.rules().is_empty(),
        "the first one was not told before"
    );
    assert_eq!(
        post().await.unwrap().status(),
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(
        (stage.rules(), stage.discord.invalid_calls()),
        (vec![Rule::CalledBeforeRetryAfter], 2)
    );
}

#[tokio::test]
async fn too_many_refused_calls_get_the_app_banned() {
    let stage = stage().await;
    stage.discord.limits(|limits| limits.invalid_limit = 3);
    stage.discord.uninstall(GUILD);
    let path = format!("/channels/{ROOM}/messages");
    for _ in 0..3 {
        assert_eq!(stage.code("GET", &path, &Value::Null).await, (403, 50001));
    }
    assert_eq!(
        stage.call("GET", "/users/@me", &Value::Null).await,
        (429, Value::Null)
    );
    assert_eq!(stage.rules(), [Rule::Banned]);
    stage.advance(TimeDelta::minutes(11));
    assert_eq!(stage.call("GET", "/users/@me", &Value::Null).await.0, 200);
}

#[tokio::test]
async fn calls_fail_as_ordered() {
    let stage = stage().await;
    let path = format!("/channels/{ROOM}/messages");
    let hello = json!({ "content": "hello" });
    stage.discord.fault(MESSAGES, FaultKind::ServerError, 1);
    assert_eq!(stage.call("POST", &path, &hello).await, (500, Value::Null));
    stage.discord.fault(MESSAGES, FaultKind::TooManyUnsaid, 1);
    assert_eq!(stage.call("POST", &path, &hello).await, (429, Value::Null));
    stage.discord.fault(MESSAGES, FaultKind::Reset, 1);
    let cut = stage.request("POST", &path).json(&hello).send().await;
    assert!(match cut {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    });
    assert!(stage.ada().sees(ROOM).is_empty(), "nothing was done");
    stage.discord.fault(MESSAGES, FaultKind::AnswerLost, 1);
    let request = stage
        .request("POST", &path)
        .json(&hello)
        .timeout(Duration::from_millis(200));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(stage.ada().sees(ROOM).len(), 1, "it was done");
    stage
        .discord
        .fault(MESSAGES, FaultKind::TooMany(Duration::from_millis(300)), 1);
    let (status, body) = stage.call("POST", &path, &hello).await;
    assert_eq!(
        (status, &body["retry_after"], &body["global"]),
        (429, &json!(0.3), &json!(false))
    );
    assert_eq!(stage.call("POST", &path, &hello).await.0, 429);
    assert_eq!(stage.rules(), [Rule::CalledBeforeRetryAfter]);
}

#[tokio::test]
async fn history_can_be_hidden() {
    let stage = stage().await;
    stage.posts(&json!({ "content": "hello" })).await;
    let path = format!("/channels/{ROOM}/messages?limit=100");
    stage.discord.hide_history(HiddenHistory::Empty);
    assert_eq!(
        stage.call("GET", &path, &Value::Null).await,
        (200, json!([]))
    );
    stage.discord.hide_history(HiddenHistory::Refused);
    assert_eq!(stage.code("GET", &path, &Value::Null).await, (403, 50001));
    stage.discord.show_history();
    assert_eq!(
        stage
            .call("GET", &path, &Value::Null)
            .await
            .1
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        stage
            .code(
                "GET",
                &format!("/channels/{ROOM}/messages?limit=101"),
                &Value::Null
            )
            .await,
        (400, 50035)
    );
}

#[tokio::test]
async fn a_command_that_keeps_its_name_keeps_its_id() {
    let stage = stage().await;
    let first = stage.registers(&one_command()).await;
    let again = stage.registers(&one_command()).await;
    assert_eq!(first[0]["id"], again[0]["id"]);
    let path = format!("/applications/{}/commands", stage.discord.state().app().id);
    assert_eq!(stage.call("GET", &path, &Value::Null).await, (200, again));
    assert_eq!(
        stage
            .code(
                "PUT",
                &path,
                &json!([{ "name": "Not Lower", "description": "d" }])
            )
            .await,
        (400, 50035)
    );
    assert_eq!(
        stage
            .code("GET", "/applications/9/commands", &Value::Null)
            .await,
        (403, 20012)
    );
}

#[tokio::test]
async fn everything_that_people_see_survives_a_restart() {
    let stage = stage().await;
    stage.posts(&card()).await;
    stage.registers(&one_command()).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("discord.json");
    stage.discord.state().save(&file).unwrap();
    let (seen, next) = (stage.ada().sees_last(ROOM).unwrap(), super::stage().await);
    next.discord.state().load(&file).unwrap();
    let again = next.ada().sees_last(ROOM).unwrap();
    assert_eq!((again.id, again.text), (seen.id.clone(), seen.text));
    let later = next.posts(&json!({ "content": "later" })).await;
    assert!(later["id"].as_str().unwrap().parse::<u64>().unwrap() > seen.id.number());
}
