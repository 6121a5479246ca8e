//! Discord's window by plain forms, without any script.
use serde_json::Value;

use super::*;
use crate::emulator::discord::ids::InteractionId;
use crate::emulator::discord::model::{Channel, User};
use crate::emulator::discord::state::interactions::{Act, Kind};

const ROOM: &str = "/discord/41/31";

fn furnish(discord: &DiscordEmulator) {
    discord.add_guild("21", "Riders & Sons");
    discord.add_role("21", "51", "Sales");
    discord.add_user(User::person("41", "Ada <b>"));
    discord.join("21", "41", &["51"]);
    discord.add_channel(Channel::text("21", "31", "news"));
    discord.install("21");
}

async fn call(
    discord: &DiscordEmulator,
    method: reqwest::Method,
    path: &str,
    body: &Value,
) -> Value {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .user_agent("DiscordBot (test, 1)")
        .build()
        .unwrap();
    let answer = client
        .request(method, format!("{}/api/v10{path}", discord.base_url()))
        .header("authorization", "Bot emulated.bot.token")
        .json(body)
        .send()
        .await
        .unwrap();
    assert!(
        answer.status().is_success(),
        "{}",
        answer.text().await.unwrap()
    );
    serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
}

async fn post_card(discord: &DiscordEmulator) -> Value {
    let select = |id: &str, most: u64| {
        json!({ "type": 3, "custom_id": id, "max_values": most,
        "placeholder": "Networks", "options": [{ "label": "LinkedIn", "value": "l", "description": "first" },
        { "label": "Mastodon", "value": "m" }] })
    };
    let row = |parts: &[Value]| json!({ "type": 1, "components": parts });
    let body = json!({
        "embeds": [{ "title": "A <garden>", "url": "https://a.example/g", "description": "**Grow** it", "color": 0x00_7a5a,
            "fields": [{ "name": "Points", "value": "10", "inline": true }], "footer": { "text": "Ends soon" },
            "image": { "url": "https://a.example/p.png", "description": "Tulips" } }],
        "components": [
            row(&[json!({ "type": 2, "style": 1, "label": "Share", "custom_id": "share" }),
                json!({ "type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true }),
                json!({ "type": 2, "style": 5, "label": "Read", "url": "https://l.example/s/1" })]),
            row(&[select("one", 1)]),
            row(&[select("some", 2)]),
        ],
    });
    call(
        discord,
        reqwest::Method::POST,
        "/channels/31/messages",
        &body,
    )
    .await
}

#[tokio::test]
async fn a_newcomer_finds_the_guild_and_the_card_in_it() {
    let stage = stage().await;
    furnish(&stage.discord);
    let first = stage
        .browser
        .opens(&format!("{}/discord", stage.base))
        .await
        .unwrap();
    assert_eq!(first.location(), Some(ROOM));
    post_card(&stage.discord).await;
    let window = stage.opens(ROOM).await;
    for words in [
        "Discord emulator",
        "Riders &#38; Sons",
        "A &lt;garden&gt;",
        "<strong>Grow</strong>",
        "--edge-color: #007a5a",
        "alt=\"Tulips\"",
        "<dt>Points</dt>",
        "Ends soon",
        "disabled",
        "href=\"https://l.example/s/1\"",
        "type=\"checkbox\"",
        "Sales",
    ] {
        assert!(window.contains(words), "{words}: {window}");
    }
    assert!(!window.contains("<b>"), "names are escaped");
    assert_eq!(
        stage
            .browser
            .opens(&format!("{}/discord/99/31", stage.base))
            .await
            .unwrap()
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn a_press_a_choice_and_several_choices_reach_the_app() {
    let stage = stage().await;
    furnish(&stage.discord);
    let message = post_card(&stage.discord).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let press = format!("{ROOM}/press");
    let back = (303, ROOM.to_owned());
    let fields = |action: &'static str| [("message", message.as_str()), ("action", action)];
    assert_eq!(stage.submits(&press, &fields("share")).await, back);
    assert_eq!(stage.submits(&press, &fields("off")).await.0, 409);
    assert_eq!(stage.submits(&press, &fields("gone")).await.0, 409);
    let [id, one] = fields("one");
    assert_eq!(
        stage
            .submits(&press, &[id, one, ("option", "Mastodon")])
            .await,
        back
    );
    let both = [("option", "LinkedIn"), ("option", "Mastodon")];
    assert_eq!(
        stage
            .submits(&press, &[id, ("action", "some"), both[0], both[1]])
            .await,
        back
    );
    assert_eq!(
        stage.submits(&press, &[id, one, both[0], both[1]]).await.0,
        409,
        "one at most"
    );
    let ada = stage.discord.person("21", "41");
    ada.waits_for_text("31", "This interaction failed")
        .await
        .unwrap();
    let conversation = stage.opens(&format!("{ROOM}/conversation")).await;
    assert!(conversation.contains("Only you can see this"));
}

#[tokio::test]
async fn commands_are_offered_and_typed_in_the_same_box_as_words() {
    let stage = stage().await;
    furnish(&stage.discord);
    let commands = json!([{ "name": "chorus", "description": "Share", "options": [
        { "type": 1, "name": "help", "description": "What you can do" }] }]);
    let app = stage.discord.state().app().id.clone();
    call(
        &stage.discord,
        reqwest::Method::PUT,
        &format!("/applications/{app}/commands"),
        &commands,
    )
    .await;
    let offered = stage.opens(&format!("{ROOM}/suggestions?line=/ch")).await;
    assert_eq!(
        serde_json::from_str::<Value>(&offered).unwrap(),
        json!([{ "line": "/chorus help", "label": "/chorus help", "about": "What you can do" }])
    );
    let say = format!("{ROOM}/say");
    assert_eq!(
        stage.submits(&say, &[("line", "Hello **all**")]).await.0,
        303
    );
    assert!(
        stage
            .opens(ROOM)
            .await
            .contains("Hello <strong>all</strong>")
    );
    assert_eq!(stage.submits(&say, &[("line", "/nonsense")]).await.0, 409);
    assert_eq!(
        stage.submits(&say, &[("line", "/chorus help")]).await.0,
        303
    );
    let ada = stage.discord.person("21", "41");
    ada.waits_for_text("31", "The application did not respond")
        .await
        .unwrap();
    let direct = stage
        .browser
        .opens(&format!("{}/discord/41/direct", stage.base))
        .await
        .unwrap();
    let direct = direct.location().unwrap().to_owned();
    assert!(stage.opens(&direct).await.contains("Nothing here yet"));
}

/// Lets the app answer an interaction with a modal, as if a person had acted.
async fn opens_modal(discord: &DiscordEmulator, modal: &Value) {
    let now = discord.state().now();
    let act = Act {
        kind: Kind::Command {
            name: "chorus".to_owned(),
        },
        user: "41".into(),
        channel: "31".into(),
        guild: Some("21".into()),
    };
    let issued = discord.state().change(|state| state.issue(act, now));
    let id: InteractionId = issued.id;
    let path = format!("/interactions/{id}/{}/callback", issued.token);
    call(discord, reqwest::Method::POST, &path, modal).await;
}

#[tokio::test]
async fn a_modal_is_a_form_that_keeps_what_was_typed() {
    let stage = stage().await;
    furnish(&stage.discord);
    let text = json!({ "type": 4, "style": 2, "label": "Your <words>", "custom_id": "w", "value": "old", "max_length": 99 });
    let select =
        json!({ "type": 3, "custom_id": "n", "options": [{ "label": "LinkedIn", "value": "l" }] });
    let modal = json!({ "type": 9, "data": { "custom_id": "m", "title": "Edit", "components": [
        { "type": 1, "components": [text] }, { "type": 18, "label": "Network", "component": select }] } });
    opens_modal(&stage.discord, &modal).await;
    let window = stage.opens(ROOM).await;
    assert!(
        window.contains("Your &#60;words&#62;") && window.contains("maxlength=\"99\""),
        "{window}"
    );
    let submit = format!("{ROOM}/dialog");
    assert_eq!(
        stage.submits(&submit, &[("w", "new\r\nline")]).await.0,
        409,
        "no network was chosen"
    );
    assert_eq!(
        stage
            .submits(&submit, &[("w", "new\r\nline"), ("n", "LinkedIn")])
            .await
            .0,
        303
    );
    let window = stage.opens(ROOM).await;
    assert!(
        window.contains("Something went wrong") && window.contains("new\nline"),
        "{window}"
    );
    assert_eq!(
        stage.submits(&format!("{ROOM}/dialog/close"), &[]).await.0,
        303
    );
    assert!(!stage.opens(ROOM).await.contains("<dialog"));
}
