//! The gateway: who is let in, what is kept alive, and what a session hears again.
use super::*;

async fn ends(stage: &Stage, payload: &Value) -> Value {
    let mut wire = stage.connects().await;
    wire.hears().await;
    wire.says(payload).await;
    wire.hears().await["close"].clone()
}

#[tokio::test]
async fn only_who_identifies_rightly_gets_a_session() {
    let stage = stage().await;
    assert_eq!(ends(&stage, &identify("wrong", 1)).await, 4004);
    assert!(
        stage.rules().is_empty(),
        "a wrong token may be a revoked one"
    );
    assert_eq!(
        ends(&stage, &identify("emulated.bot.token", 1 << 40)).await,
        4013
    );
    assert_eq!(
        ends(&stage, &identify("emulated.bot.token", 1 << 15)).await,
        4014,
        "not switched on"
    );
    assert_eq!(ends(&stage, &json!({ "op": 3, "d": {} })).await, 4003);
    assert_eq!(ends(&stage, &json!({ "op": 99 })).await, 4001);
    assert_eq!(
        ends(
            &stage,
            &json!({ "op": 2, "d": { "token": "emulated.bot.token", "intents": 1 } })
        )
        .await,
        4013
    );
    let mut wire = stage.identifies().await;
    wire.says(&identify("Bot emulated.bot.token", 1)).await;
    assert_eq!(wire.hears().await["close"], 4005);
    assert_eq!(stage.rules(), [Rule::GatewayProtocol; 6]);
}

#[tokio::test]
async fn heartbeats_are_answered_and_their_absence_ends_the_connection() {
    let stage = stage_with(|config| config.heartbeat = Duration::from_millis(150)).await;
    let mut wire = stage.identifies().await;
    wire.says(&json!({ "op": 1, "d": 2 })).await;
    assert_eq!(wire.hears().await["op"], 11);
    stage.discord.ignores_heartbeats(true);
    wire.says(&json!({ "op": 1, "d": 2 })).await;
    assert_eq!(
        wire.hears().await["close"],
        4009,
        "no answer, and at last no connection"
    );
    assert_eq!(stage.rules(), [Rule::MissedHeartbeat]);
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_has_missed() {
    let stage = stage().await;
    stage.registers(&one_command()).await;
    let mut wire = stage.connects().await;
    wire.hears().await;
    wire.says(&identify("emulated.bot.token", 1)).await;
    let session = wire.hears().await["d"]["session_id"].clone();
    let seen = wire.hears().await["s"].clone();
    stage.discord.drop_sockets();
    assert!(wire.hears().await.get("lost").is_some());
    assert_eq!(
        stage.discord.gateway(),
        Tally {
            live: 0,
            identified: 1,
            resumed: 0
        }
    );
    stage.ada().types("/chorus help", ROOM).unwrap();
    let resume = |session: &Value, seen: &Value| json!({ "op": 6, "d": { "token": "emulated.bot.token", "session_id": session, "seq": seen } });
    let mut wire = stage.connects().await;
    wire.hears().await;
    wire.says(&resume(&session, &seen)).await;
    assert_eq!(
        wire.interaction().await["data"]["options"][0]["name"],
        "help"
    );
    assert_eq!(wire.hears().await["t"], "RESUMED");
    assert_eq!(
        stage.discord.gateway(),
        Tally {
            live: 1,
            identified: 1,
            resumed: 1
        }
    );
    let mut other = stage.connects().await;
    other.hears().await;
    other.says(&resume(&json!("nobody's"), &seen)).await;
    assert_eq!(
        other.hears().await,
        json!({ "op": 9, "s": null, "t": null, "d": false })
    );
    other.says(&resume(&session, &json!(1_000))).await;
    assert_eq!(other.hears().await["close"], 4007);
}

#[tokio::test]
async fn a_session_that_is_ended_or_invalidated_cannot_be_resumed() {
    let stage = stage().await;
    stage
        .discord
        .limits(|limits| limits.identify_every = Duration::ZERO);
    let mut wire = stage.identifies().await;
    stage.discord.asks_to_reconnect();
    assert_eq!(wire.hears().await["op"], 7);
    stage.discord.invalidates_sessions(true);
    assert_eq!(wire.hears().await["d"], true);
    stage.discord.invalidates_sessions(false);
    assert_eq!(wire.hears().await["d"], false);
    wire.says(&identify("emulated.bot.token", 1)).await;
    assert_eq!(
        wire.hears().await["t"],
        "READY",
        "anew on the same connection"
    );
    wire.0.close(None).await.unwrap();
    let gone = stage
        .discord
        .state()
        .until(|state| (state.gateway.tally().live == 0).then_some(()));
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .unwrap();
    assert!(stage.rules().is_empty(), "{:?}", stage.discord.violations());
}

#[tokio::test]
async fn a_second_session_beside_a_living_one_is_noted() {
    let stage = stage().await;
    let _first = stage.identifies().await;
    let mut second = stage.connects().await;
    second.hears().await;
    second.says(&identify("emulated.bot.token", 1)).await;
    assert_eq!(second.hears().await["op"], 9, "within five seconds");
    stage
        .discord
        .limits(|limits| limits.identify_every = Duration::ZERO);
    second.says(&identify("emulated.bot.token", 1)).await;
    assert_eq!(second.hears().await["t"], "READY");
    assert_eq!(stage.rules(), [Rule::TwoSessions]);
}

#[tokio::test]
async fn the_app_hears_where_it_is_installed_and_where_no_longer() {
    let stage = stage().await;
    let mut wire = stage.identifies().await;
    stage.discord.add_guild("2002", "Other");
    stage.discord.install("2002");
    let created = wire.hears().await;
    assert_eq!(
        (&created["t"], &created["d"]["id"]),
        (&json!("GUILD_CREATE"), &json!("2002"))
    );
    stage.discord.uninstall("2002");
    let deleted = wire.hears().await;
    assert_eq!(
        (&deleted["t"], &deleted["d"]),
        (&json!("GUILD_DELETE"), &json!({ "id": "2002" }))
    );
}
