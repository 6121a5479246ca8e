//! The composer as a browser without script uses it, and what its script asks for.

use std::io::Cursor;

use chrono::TimeDelta;
use entity::enums::{DeliverySubject, Platform, PostState, Role};
use entity::ids::PostId;
use image::{ImageFormat, RgbImage};
use serde_json::Value;

use crate::service::content_rules;
use crate::service::deliveries::Content;
use crate::service::posts;
use crate::test_support::{TestApp, on_both};

/// What would run if it were not escaped.
const SCRIPT: &str = "\"><script>alert(1)</script>";

/// What a curator types into the composer.
const FIELDS: [(&str, &str); 8] = [
    ("url", "https://acme.example/tea"),
    ("title", "Tea <today>"),
    ("summary", "What we drink."),
    ("topics", "Tea, New Work"),
    ("variant_network", "x"),
    ("variant_text", "Try it."),
    ("variant_network", ""),
    ("variant_text", ""),
];

/// A script in each field that keeps it.
const SCRIPTS: [(&str, &str); 12] = [
    ("title", SCRIPT),
    ("summary", SCRIPT),
    (
        "url",
        "https://acme.example/?q=\"><script>alert(1)</script>",
    ),
    (
        "image_url",
        "https://acme.example/\"><script>alert(1)</script>.png",
    ),
    ("image_alt", SCRIPT),
    ("topics", SCRIPT),
    ("disclosure", SCRIPT),
    ("campaign", "tea"),
    ("variant_network", ""),
    ("variant_text", "</textarea><script>alert(1)</script>"),
    ("variant_network", "x"),
    ("variant_text", SCRIPT),
];

/// A script in fields that refuse it.
const REFUSED_SCRIPTS: [(&str, &str); 5] = [
    ("campaign", SCRIPT),
    ("publish_at", SCRIPT),
    ("kind", SCRIPT),
    ("audience_team", SCRIPT),
    ("do", "submit"),
];

fn id_of(location: &str) -> PostId {
    let path = location.split('?').next().unwrap();
    PostId(path.rsplit('/').next().unwrap().parse().unwrap())
}

fn typed(title: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("title", title), ("url", "https://acme.example/tea")]
}

fn with<'a>(typed: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [typed, more].concat()
}

#[tokio::test]
async fn a_post_is_written_shown_saved_and_handed_in() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let empty = browser.get("compose/new").await;
        assert_eq!(empty.status, 200, "{}", empty.text());
        let brought = browser
            .get("compose/new?url=https://acme.example/new")
            .await;
        assert!(
            brought
                .text()
                .contains("value=\"https://acme.example/new\"")
        );
        let shown = browser
            .post("compose/new", &with(&FIELDS, &[("do", "preview")]))
            .await;
        assert_eq!(shown.status, 200);
        let page = shown.text();
        assert!(
            page.contains("Try it.") && page.contains("Tea &#60;today&#62;"),
            "{page}"
        );
        assert!(page.contains("/ 280"), "the counter of X");

        let saved = browser
            .post("compose/new", &with(&FIELDS, &[("do", "save")]))
            .await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let id = id_of(saved.header("location"));
        let kept = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(kept.post.title, "Tea <today>");
        assert_eq!(kept.topics, ["New Work", "Tea"]);
        assert_eq!(kept.variants.len(), 1);

        let path = format!("compose/{id}");
        let mut wrong = with(&FIELDS, &[("do", "submit")]);
        wrong[1].1 = "";
        let refused = browser.post(&path, &wrong).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(page.contains("Try it."), "nothing typed is lost");
        assert!(page.contains("href=\"#title\"") && page.contains("A headline has 1 to 200"));
        let sent = browser
            .post_and_follow(&path, &with(&FIELDS, &[("do", "submit")]))
            .await;
        assert!(
            sent.text().contains("It waits for a review."),
            "{}",
            sent.text()
        );
        let handed_in = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(handed_in.post.state, PostState::InReview);
        // What is handed in is looked at, and written on no more.
        let gone = browser.get(&path).await;
        assert_eq!(
            gone.header("location"),
            format!("{}posts/{id}", browser.home)
        );
    })
    .await;
}

#[tokio::test]
async fn who_may_approve_schedules_or_publishes_without_a_detour() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let late = with(&typed("Tea"), &[("do", "schedule")]);
        let refused = browser.post("compose/new", &late).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Choose a time to come"));
        let soon = [("do", "schedule"), ("publish_at", "2026-11-20T09:30")];
        let sent = browser
            .post_and_follow("compose/new", &with(&typed("Tea"), &soon))
            .await
            .text();
        assert!(sent.contains("It goes live at its time."), "{sent}");
        let now = with(&typed("Coffee"), &[("do", "publish")]);
        let sent = browser.post("compose/new", &now).await;
        let id = id_of(sent.header("location"));
        let live = posts::show_post(&t.app, &actor, id).await.unwrap().post;
        assert_eq!(live.state, PostState::Live);

        // Where somebody else has to approve, the buttons are not there and do nothing.
        let rules = crate::service::content_rules::Rules {
            second_pair_of_eyes: true,
            ..crate::service::content_rules::Rules::default()
        };
        crate::service::content_rules::update_rules(&t.app, &actor, None, rules)
            .await
            .unwrap();
        let page = browser.get("compose/new").await.text();
        assert!(!page.contains("value=\"publish\""), "{page}");
        let refused = browser.post("compose/new", &now).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(
            page.contains("You wrote this one.") && page.contains("Coffee"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn two_editors_lose_nothing_and_a_script_is_told_so() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let told: Value = browser
            .post("compose/new/autosave", &typed("One"))
            .await
            .json();
        let id = id_of(told["path"].as_str().unwrap());
        let path = format!("compose/{id}/autosave");
        let at = |title: &'static str| with(&typed(title), &[("version", "1")]);
        let first: Value = browser.post(&path, &at("Mine")).await.json();
        assert_eq!(first["version"], 2);
        let late: Value = browser.post(&path, &at("Yours")).await.json();
        let conflict = late["conflict"].as_str().unwrap();
        assert!(conflict.contains(&actor.member.display_name), "{conflict}");
        assert_eq!(late["version"], 2);
        let page = browser.post(&format!("compose/{id}"), &at("Yours")).await;
        assert_eq!(page.status, 422);
        let page = page.text();
        assert!(page.contains("Yours"), "what was typed is still there");
        assert!(page.contains("name=\"version\" value=\"2\""), "{page}");
        let kept = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(kept.post.title, "Mine");
        // Saved again, it takes the other's place.
        let again = with(&typed("Yours"), &[("version", "2")]);
        browser.post(&format!("compose/{id}"), &again).await;
        let kept = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(kept.post.title, "Yours");

        posts::submit_post(&t.app, &actor, id).await.unwrap();
        let gone: Value = browser.post(&path, &typed("Late")).await.json();
        let words = gone["conflict"].as_str().unwrap();
        assert!(words.contains("no draft any more"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_finished_is_kept_and_what_cannot_be_is_told() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&actor).await;
        let begun: Value = browser
            .post("compose/new/autosave", &[("url", "https://acme.example/")])
            .await
            .json();
        assert_eq!(begun["version"], 1);
        let id = id_of(begun["path"].as_str().unwrap());
        let page = browser.get(&format!("compose/{id}")).await.text();
        assert!(page.contains("Without a title"), "{page}");
        let path = format!("compose/{id}/autosave");
        let partly = [
            ("title", "Half a thought"),
            ("url", "nonsense"),
            ("publish_at", "soon"),
            ("campaign", "Spring Tea"),
        ];
        let told: Value = browser.post(&path, &partly).await.json();
        let said = told["said"].as_str().unwrap();
        assert!(said.ends_with("but not yet: Goes live, Link"), "{said}");
        assert_eq!((&told["left"], &told["version"]), (&true.into(), &2.into()));
        let kept = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(kept.post.title, "Half a thought");
        assert_eq!(kept.post.url.as_deref(), Some("https://acme.example/"));
        assert_eq!(kept.campaign.as_deref(), Some("spring-tea"));
        let gone = [("audience_team", "00000000-0000-7000-8000-000000000000")];
        let told: Value = browser.post(&path, &gone).await.json();
        let said = told["said"].as_str().unwrap();
        assert!(said.ends_with("but not yet: Whom it is for"), "{said}");
        let begun: Value = (browser.post("compose/new/autosave", &partly).await).json();
        assert_eq!(
            (&begun["left"], &begun["version"]),
            (&true.into(), &1.into())
        );
        let drawn = browser
            .post(
                "compose/preview",
                &[("image_url", "https://acme.example/a.png")],
            )
            .await
            .text();
        assert!(drawn.contains("href=\"#image_alt\""), "{drawn}");
    })
    .await;
}

#[tokio::test]
async fn a_time_that_cannot_be_read_is_told_at_its_field_and_nothing_is_saved() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let drawn = browser
            .post("compose/preview", &[("expires_at", "next week")])
            .await
            .text();
        assert!(drawn.contains("href=\"#expires_at\""), "{drawn}");
        for button in ["save", "submit", "publish", "schedule"] {
            let late = [("publish_at", "tomorrow at nine"), ("do", button)];
            let refused = browser
                .post("compose/new", &with(&typed("Tea"), &late))
                .await;
            assert_eq!(refused.status, 422, "{button}");
            let page = refused.text();
            assert!(page.contains("This time cannot be read"), "{page}");
            assert!(page.contains("href=\"#publish_at\""), "{page}");
            assert!(
                page.contains("value=\"tomorrow at nine\""),
                "it stays: {page}"
            );
        }
        let counts = posts::count_posts(&t.app, &actor).await.unwrap();
        assert!(counts.by_state.is_empty(), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn the_same_picture_again_takes_the_words_that_were_just_typed() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&actor).await;
        let mut picture = Cursor::new(Vec::new());
        RgbImage::new(8, 8)
            .write_to(&mut picture, ImageFormat::Png)
            .unwrap();
        let picture = picture.into_inner();
        for words in ["A pot", "A pot of green tea"] {
            let fields = [("image_alt", words), ("do", "picture")];
            let (kind, body) = form_with(&picture, &fields);
            let page = browser.upload("compose/new", kind, body).await.text();
            let field = format!("name=\"image_alt\" type=\"text\" value=\"{words}\"");
            assert!(page.contains(&field), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_audience_is_measured_and_comes_back_as_it_was_ticked() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        t.workspace(&actor.organization).await;
        let browser = t.log_in(&actor).await;
        let everybody = browser.post("compose/preview", &typed("Tea")).await.text();
        assert!(everybody.contains("in one channel."), "{everybody}");
        assert!(everybody.contains("messages a minute"), "{everybody}");
        let nowhere = with(
            &typed("Tea"),
            &[("audience_platform", "discord"), ("do", "save")],
        );
        let drawn = browser.post("compose/preview", &nowhere).await.text();
        assert!(drawn.contains("in no channel."), "{drawn}");
        let saved = browser
            .post_and_follow("compose/new", &nowhere)
            .await
            .text();
        assert!(
            saved.contains("name=\"audience_platform\" value=\"discord\" checked"),
            "{saved}"
        );
        let gone = [("audience_team", "00000000-0000-7000-8000-000000000000")];
        let refused = browser
            .post("compose/new", &with(&typed("Tea"), &gone))
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("href=\"#audience\""));
    })
    .await;
}

#[tokio::test]
async fn a_post_for_a_team_that_is_gone_says_so_and_does_not_come_to_be_for_everybody() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let night = t.team(&owner.organization, "Night", None).await;
        let narrow = crate::domain::post::Draft {
            audience: Some(entity::json::Audience {
                teams: vec![night],
                ..entity::json::Audience::default()
            }),
            ..crate::test_support::content::draft("For the night shift")
        };
        let post = posts::create_post(&t.app, &owner, narrow).await.unwrap();
        let post = post.post;
        t.change_post(&post, |row| row.state = PostState::Expired)
            .await;
        crate::service::teams::remove_team(&t.app, &owner, night)
            .await
            .unwrap();
        t.change_post(&post, |row| row.state = PostState::Draft)
            .await;
        let browser = t.log_in(&owner).await;
        let path = format!("compose/{}", post.id);
        let page = browser.get(&path).await.text();
        let id = night.to_string();
        let ticked = format!("name=\"audience_team\" value=\"{id}\" checked");
        assert!(page.contains(&ticked), "{page}");
        assert!(page.contains("A team that is gone by now"), "{page}");
        // It holds up no words, and the post goes no further with it.
        let fields = [("audience_team", id.as_str())];
        let written = with(&typed("Coffee"), &fields);
        let told: Value = browser
            .post(&format!("{path}/autosave"), &written)
            .await
            .json();
        assert_eq!(told["left"], false, "{told}");
        let kept = posts::show_post(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(kept.post.title, "Coffee");
        assert_eq!(kept.post.audience, post.audience);
        let written = with(&written, &[("do", "submit")]);
        let refused = browser.post(&path, &written).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(&ticked));
        // Its tick taken away on purpose, it is for everybody.
        let saved = with(&typed("Tea"), &[("do", "save")]);
        let saved = browser.post_and_follow(&path, &saved).await.text();
        assert!(!saved.contains("A team that is gone by now"), "{saved}");
    })
    .await;
}

#[tokio::test]
async fn a_test_goes_to_who_asks_for_it_and_to_nobody_else() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        t.workspace(&actor.organization).await;
        let browser = t.log_in(&actor).await;
        let asked = with(&typed("Tea"), &[("do", "test")]);
        let page = browser.post_and_follow("compose/new", &asked).await.text();
        assert!(page.contains("No chat knows you yet"), "{page}");
        t.slack_account(&actor.member, "U0ME").await;
        let sent = browser.post("compose/new", &asked).await;
        let id = id_of(sent.header("location"));
        let page = browser.get(sent.header("location")).await.text();
        assert!(page.contains("on its way to you in Slack"), "{page}");
        // Pressed twice, it goes once.
        browser.post(&format!("posts/{id}/test"), &[]).await;
        let claimed = t.deliver().await;
        assert_eq!(claimed.len(), 1);
        let (row, content) = (&claimed[0].delivery, &claimed[0].content);
        assert_eq!(row.subject, DeliverySubject::TestPost);
        assert_eq!(
            (row.platform, row.place_ref.as_str()),
            (Platform::Slack, "U0ME")
        );
        let Content::SuggestedPost(card) = content else {
            panic!("{content:?}");
        };
        assert_eq!(
            (card.post.title.as_str(), card.state),
            ("Tea", PostState::Live)
        );
        // The post itself is still being written, and another minute is another test.
        let there = posts::show_post(&t.app, &actor, id).await.unwrap().post;
        assert_eq!(there.state, PostState::Draft);
        t.clock.advance(TimeDelta::minutes(1));
        browser.post(&format!("posts/{id}/test"), &[]).await;
        assert_eq!(t.deliver().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_script_in_any_field_is_text_on_every_page() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let is_text = |what: &str, page: String| {
            assert!(!page.contains("<script>alert"), "{what}: {page}");
            assert!(page.contains("alert(1)"), "{what} shows it: {page}");
        };
        let saved = browser
            .post("compose/new", &with(&SCRIPTS, &[("do", "save")]))
            .await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let id = id_of(saved.header("location"));
        t.clock.advance(TimeDelta::minutes(11));
        let changed = with(&SCRIPTS, &[("summary", "Another one"), ("version", "1")]);
        let changed: Vec<_> = changed.into_iter().rev().collect();
        browser.post(&format!("compose/{id}"), &changed).await;
        for page in [
            format!("compose/{id}"),
            format!("posts/{id}"),
            format!("compose/{id}/versions"),
            format!("compose/{id}/versions/1"),
            "library".to_owned(),
            "library?view=board".to_owned(),
            format!("library?q={}", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
            String::new(),
        ] {
            is_text(&page, browser.get(&page).await.text());
        }
        is_text(
            "preview",
            browser.post("compose/preview", &SCRIPTS).await.text(),
        );
        // Even what cannot be saved is shown as text.
        let refused = browser
            .post("compose/new", &with(&typed("Tea"), &REFUSED_SCRIPTS))
            .await;
        assert_eq!(refused.status, 422);
        is_text("refused", refused.text());
        // Handed in, published and in the calendar it stays text.
        posts::approve_post(&t.app, &actor, id, None, None)
            .await
            .unwrap();
        for page in [format!("posts/{id}"), "calendar".to_owned()] {
            is_text(&page, browser.get(&page).await.text());
        }
        let kept = [("name", SCRIPT), ("query", SCRIPT)];
        is_text(
            "view",
            browser.post_and_follow("library/views", &kept).await.text(),
        );
    })
    .await;
}

#[tokio::test]
async fn a_former_version_is_compared_and_brought_back() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let saved = browser.post("compose/new", &typed("Green tea")).await;
        let id = id_of(saved.header("location"));
        let path = format!("compose/{id}/versions");
        let one = browser.get(&path).await.text();
        assert!(one.contains("One version so far"), "{one}");
        t.clock.advance(TimeDelta::minutes(11));
        browser
            .post(&format!("compose/{id}"), &typed("Black tea"))
            .await;
        let list = browser.get(&path).await;
        assert_eq!(list.status, 200, "{}", list.text());
        assert!(list.text().contains(&actor.member.display_name));
        let one = browser.get(&format!("{path}/1")).await.text();
        assert!(
            one.contains("<del>Green</del>") && one.contains("<ins>Black</ins>"),
            "{one}"
        );
        let back = [("version", "2")];
        let page = browser.post_and_follow(&format!("{path}/1"), &back).await;
        assert!(page.text().contains("The version is back."));
        let kept = posts::show_post(&t.app, &actor, id).await.unwrap();
        assert_eq!(kept.post.title, "Green tea");
        let other = browser.get(&format!("{path}/2")).await.text();
        assert!(other.contains("<del>Black</del>"), "it is kept: {other}");
        assert_eq!(browser.get(&format!("{path}/9")).await.status, 404);
        let late = browser.post(&format!("{path}/1"), &back).await;
        assert_eq!(late.status, 409, "somebody else was faster");
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_as_what_it_is_at_its_field() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let rules = content_rules::Rules {
            blocked: vec!["best".to_owned()],
            ..content_rules::Rules::default()
        };
        content_rules::update_rules(&t.app, &actor, None, rules)
            .await
            .unwrap();
        let browser = t.log_in(&actor).await;
        let boast = with(&typed("The best tea"), &[("do", "submit")]);
        let refused = browser.post("compose/new", &boast).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(
            page.contains("href=\"#title\"") && page.contains("best"),
            "{page}"
        );
        assert!(!page.contains("A headline has 1 to 200"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_stays_where_the_post_was_handed_in_meanwhile() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let saved = browser.post("compose/new", &typed("Tea")).await;
        let id = id_of(saved.header("location"));
        posts::submit_post(&t.app, &actor, id).await.unwrap();
        let late = browser
            .post(&format!("compose/{id}"), &typed("Typed too late"))
            .await;
        assert_eq!(late.status, 422);
        let page = late.text();
        assert!(page.contains("Typed too late"), "{page}");
        assert!(page.contains("This post is no draft any more."), "{page}");
        assert!(page.contains(&format!("posts/{id}")), "and where it is");
    })
    .await;
}

#[tokio::test]
async fn a_new_post_that_is_sent_twice_is_there_once() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let form = browser.get("compose/new").await.text();
        let id = form.split("name=\"draft\" value=\"").nth(1).unwrap();
        let id = id.split('"').next().unwrap().to_owned();
        let fields = with(&typed("Tea"), &[("draft", &id)]);
        let autosaved = browser.post("compose/new/autosave", &fields).await;
        assert_eq!(autosaved.status, 200, "{}", autosaved.text());
        let saved = browser.post("compose/new", &fields).await;
        assert_eq!(id_of(saved.header("location")).0.to_string(), id);
        let counts = posts::count_posts(&t.app, &actor).await.unwrap();
        assert_eq!(counts.by_state, [(PostState::Draft, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_taken_from_the_device_with_words_for_it() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&actor).await;
        let mut picture = Cursor::new(Vec::new());
        RgbImage::new(8, 8)
            .write_to(&mut picture, ImageFormat::Png)
            .unwrap();
        let picture = picture.into_inner();
        let send = async |path: &str, body: Vec<u8>| -> Value {
            browser.send(path, "image/png", body).await.json()
        };
        let wordless = send("compose/picture?alt=", picture.clone()).await;
        assert!(wordless["fault"].as_str().unwrap().contains("in words"));
        let none = send("compose/picture?alt=A%20pot", b"<svg/>".to_vec()).await;
        assert!(none["fault"].as_str().unwrap().contains("no picture"));
        let kept = send("compose/picture?alt=A%20pot", picture).await;
        assert_eq!(kept["alt"], "A pot");
        assert!(kept["url"].as_str().unwrap().contains("/media/"));
        let page = browser.get("compose/new").await.text();
        assert!(page.contains("data-alt=\"A pot\""), "{page}");
    })
    .await;
}

/// A form with a file as a browser without script sends it.
fn form_with(file: &[u8], fields: &[(&str, &str)]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--xyz\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(b"Content-Type: image/png\r\n\r\n");
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    ("multipart/form-data; boundary=xyz", body)
}

#[tokio::test]
async fn a_picture_is_sent_with_the_whole_form_and_nothing_else_is_lost() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&actor).await;
        let mut picture = Cursor::new(Vec::new());
        RgbImage::new(8, 8)
            .write_to(&mut picture, ImageFormat::Png)
            .unwrap();
        let picture = picture.into_inner();
        let fields = [
            ("title", "Tea & <more>"),
            ("image_alt", "A pot"),
            ("do", "picture"),
        ];
        let (kind, body) = form_with(&picture, &fields);
        let kept = browser.upload("compose/new", kind, body).await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        let page = kept.text();
        assert!(
            page.contains("/media/") && page.contains("Tea &#38; &#60;more&#62;"),
            "{page}"
        );
        let (kind, body) = form_with(b"no picture", &fields);
        let refused = browser.upload("compose/new", kind, body).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(
            page.contains("no picture that can be read") && page.contains("A pot"),
            "{page}"
        );
        // The texts survive the end of a session; the file is chosen again.
        t.clock.advance(TimeDelta::days(31));
        let (kind, body) = form_with(&picture, &fields);
        let late = browser.upload("compose/new", kind, body).await;
        assert_eq!(late.status, 401);
        let page = late.text();
        assert!(page.contains("title=Tea+%26+%3Cmore%3E"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_sees_a_post_and_no_form() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let draft = crate::test_support::content::draft("Tea");
        let draft = posts::create_post(&t.app, &owner, draft).await.unwrap();
        let approver = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let browser = t.log_in(&approver).await;
        let sent = browser.get(&format!("compose/{}", draft.post.id)).await;
        let path = format!("{}posts/{}", browser.home, draft.post.id);
        assert_eq!(sent.header("location"), path);
        assert!(!browser.get(&path).await.text().contains(">Edit<"));
        for page in ["compose/new"] {
            assert_eq!(browser.get(page).await.status, 403);
        }
        for step in ["autosave", "versions/1"] {
            let path = format!("compose/{}/{step}", draft.post.id);
            assert_eq!(
                browser.post(&path, &typed("Mine")).await.status,
                403,
                "{step}"
            );
        }
        let nothing = browser
            .get("compose/00000000-0000-7000-8000-000000000000")
            .await;
        assert_eq!(nothing.status, 404);
        // Another organization's draft is nothing, too.
        let stranger = t.actor(&[Role::Owner]).await;
        let theirs = t.log_in(&stranger).await;
        for page in ["", "/versions", "/versions/1"] {
            let path = format!("compose/{}{page}", draft.post.id);
            assert_eq!(theirs.get(&path).await.status, 404, "{page}");
        }
        let path = format!("compose/{}", draft.post.id);
        assert_eq!(theirs.post(&path, &typed("Mine")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_carried_through_the_log_in() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&actor).await;
        t.clock.advance(TimeDelta::days(31));
        let late = browser
            .post("compose/new", &typed("A long <thought>"))
            .await;
        assert_eq!(late.status, 401);
        let page = late.text();
        assert!(page.contains("A+long+%3Cthought%3E"), "{page}");
    })
    .await;
}
