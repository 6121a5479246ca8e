//! The pages of feeds, as a browser without script uses them.

use entity::enums::{FeedMode, Language, Role};

use crate::domain::page::Paging;
use crate::service::actor::Actor;
use crate::service::feeds::{self, FeedDetail, FeedError};
use crate::test_support::console::Browser;
use crate::test_support::server::Answer;
use crate::test_support::site::Site;
use crate::test_support::{Kind, TestApp};

async fn on_both(test: impl AsyncFn(TestApp, Site)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let site = Site::open(&pages(&["b", "a"])).await;
        let options = format!("[fetch]\nallow = [\"{}\"]\n", site.place);
        let t = TestApp::configured(kind, &options).await;
        Box::pin(test(t, site)).await;
    }
}

/// A feed of these pages, the newest first as feeds are.
fn pages(titles: &[&str]) -> Vec<u8> {
    let item = |title: &&str| {
        format!("<item><title>News {title}</title><link>https://e.org/{title}</link></item>")
    };
    let items: String = titles.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>Pages &amp; more</title>{items}</channel></rss>")
        .into_bytes()
}

async fn all(t: &TestApp, actor: &Actor) -> Vec<FeedDetail> {
    let paging = Paging {
        after: None,
        limit: 10,
    };
    let listed = feeds::list_feeds(&t.app, actor, paging).await;
    listed.unwrap().items
}

/// Presses *Follow* under what was `seen`.
async fn press_follow(browser: &Browser, url: &str, mode: &str, seen: &str) -> Answer {
    let form = [
        ("url", url),
        ("mode", mode),
        ("cron", "0 * * * *"),
        ("seen", seen),
        ("do", "follow"),
    ];
    browser.post("library/feeds/new", &form).await
}

/// Follows a feed, every hour and into drafts, as who has seen what would come.
async fn follow(browser: &Browser, url: &str) {
    let answer = press_follow(browser, url, "draft", &format!("draft {url}")).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[tokio::test]
async fn a_feed_is_seen_before_it_is_followed() {
    on_both(async |t: TestApp, site: Site| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let empty = browser.get("library/feeds").await.text();
        assert!(empty.contains("You follow no feed yet"), "{empty}");
        let form = browser.get("library/feeds/new").await.text();
        assert!(form.contains("Every hour, on the hour"), "{form}");
        let url = format!("http://{}/feed.xml", site.place);
        let typed = [
            ("url", url.as_str()),
            ("mode", "review"),
            ("cron", "30 6 * * 1-5"),
        ];
        let mark = format!("review {url}");
        let with = |button: &'static str| {
            let pressed = [("seen", mark.as_str()), ("do", button)];
            [&typed[..], &pressed[..]].concat()
        };
        let seen = browser.post("library/feeds/new", &with("preview")).await;
        assert_eq!(seen.status, 200, "{}", seen.text());
        let seen = seen.text();
        for words in [
            "Pages &#38; more: what would come",
            "It holds 2 items. 2 become posts.",
            "News b",
            "For review",
            "Monday to Friday at 06:30",
            "value=\"30 6 * * 1-5\"",
            &format!("name=\"seen\" value=\"{mark}\""),
        ] {
            assert!(seen.contains(words), "{words} in {seen}");
        }
        assert!(all(&t, &actor).await.is_empty(), "nothing is followed yet");
        let followed = browser
            .post_and_follow("library/feeds/new", &with("follow"))
            .await
            .text();
        assert!(followed.contains("You follow the feed."), "{followed}");
        let found = all(&t, &actor).await;
        assert_eq!(found[0].feed.mode, FeedMode::Review);
        t.work().await;
        let listed = browser.get("library/feeds").await.text();
        assert!(listed.contains("2 new posts."), "{listed}");
        let again = browser.post("library/feeds/new", &with("preview")).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains("You follow this feed already."));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_seen_is_not_followed() {
    on_both(async |t: TestApp, site: Site| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let place = |name: &str| format!("http://{}/{name}.xml", site.place);
        let (one, other) = (place("one"), place("other"));
        let seen = format!("draft {one}");
        for (url, mode, seen) in [
            (&one, "auto", seen.as_str()),
            (&other, "draft", seen.as_str()),
            (&one, "draft", ""),
        ] {
            let answer = press_follow(&browser, url, mode, seen).await;
            assert_eq!(answer.status, 422, "{mode} {url}");
            let page = answer.text();
            for words in [
                "This is not what you were shown before",
                "Pages &#38; more: what would come",
                "Follow this feed</button>",
                &format!("name=\"seen\" value=\"{mode} {url}\""),
            ] {
                assert!(page.contains(words), "{words} in {page}");
            }
        }
        assert!(all(&t, &actor).await.is_empty(), "nothing is followed yet");
        t.change_member(&actor.member, |row| row.language = Some(Language::De))
            .await;
        let answer = press_follow(&browser, &other, "auto", &seen).await;
        let words = "Das ist etwas anderes, als du gesehen hast";
        assert!(answer.text().contains(words), "{}", answer.text());
        let (typed, seen) = (format!(" {other} "), format!("auto {other}"));
        let answer = press_follow(&browser, &typed, "auto", &seen).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let feed = all(&t, &actor).await.remove(0).feed;
        assert_eq!((feed.url, feed.mode), (other, FeedMode::AutoPublish));
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn a_bad_schedule_says_which_field_is_wrong_in_both_languages() {
    on_both(async |t: TestApp, site: Site| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let url = format!("http://{}/feed.xml", site.place);
        let typed = |cron: &'static str| {
            vec![
                ("url", url.clone()),
                ("mode", "draft".to_owned()),
                ("cron", cron.to_owned()),
                ("seen", format!("draft {url}")),
                ("do", "follow".to_owned()),
            ]
        };
        for (cron, words) in [
            ("0 25 * * *", "The second field, the hour, cannot be “25”."),
            ("0 9 * *", "A schedule has five fields"),
            (
                "0 9 1 * 1",
                "days of the month or days of the week, not both",
            ),
        ] {
            let fields = typed(cron);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, text)| (*name, text.as_str()))
                .collect();
            let refused = browser.post("library/feeds/new", &fields).await;
            assert_eq!(refused.status, 422);
            let page = refused.text();
            assert!(page.contains(words), "{words} in {page}");
            assert!(page.contains(&format!("value=\"{cron}\"")), "it is kept");
        }
        t.change_member(&actor.member, |row| row.language = Some(Language::De))
            .await;
        let part = browser
            .get("library/feeds/cadence?cron=0+25+*+*+*")
            .await
            .text();
        assert!(part.contains("Das zweite Feld, die Stunde"), "{part}");
        let part = browser
            .get("library/feeds/cadence?cron=0+9+*+*+1-5")
            .await
            .text();
        assert!(part.contains("Montag bis Freitag um 09:00 Uhr"), "{part}");
        assert_eq!(part.matches("<li>").count(), 5, "{part}");
        assert!(all(&t, &actor).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_feed_that_breaks_says_what_to_do_and_recovers() {
    on_both(async |t: TestApp, site: Site| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let url = format!("http://{}/feed.xml", site.place);
        follow(&browser, &url).await;
        t.work().await;
        let listed = browser.get("library/feeds").await.text();
        assert!(listed.contains("2 new posts."), "{listed}");
        let id = all(&t, &actor).await[0].feed.id;
        let path = format!("library/feeds/{id}");
        site.show(404, b"gone");
        let run = format!("{path}/run");
        let broken = browser.post_and_follow(&run, &[]).await.text();
        for words in [
            "That did not work.",
            "Does not work",
            "There is nothing at its address any more.",
            "Look for the feed&#39;s new address",
            "It has not worked since",
            "the server answered 404",
            "It failed.",
        ] {
            assert!(broken.contains(words), "{words} in {broken}");
        }
        // Those came by a look before.
        assert!(!broken.contains("new posts"), "{broken}");
        let since = all(&t, &actor).await[0].feed.failing_since;
        t.clock.advance(chrono::TimeDelta::hours(1));
        browser.post_and_follow(&run, &[]).await;
        assert_eq!(
            all(&t, &actor).await[0].feed.failing_since,
            since,
            "since the first"
        );
        site.show(200, &pages(&["d", "c", "b", "a"]));
        let well = browser.post_and_follow(&run, &[]).await.text();
        for words in ["2 new posts came.", "2 new posts."] {
            assert!(well.contains(words), "{words} in {well}");
        }
        for words in ["It has not worked since", "It failed."] {
            assert!(!well.contains(words), "{words} in {well}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_feed_rests_goes_on_is_changed_and_ends() {
    on_both(async |t: TestApp, site: Site| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let url = format!("http://{}/feed.xml", site.place);
        follow(&browser, &url).await;
        t.work().await;
        let id = all(&t, &actor).await[0].feed.id;
        let path = format!("library/feeds/{id}");
        let rests = browser
            .post_and_follow(&format!("{path}/pause"), &[])
            .await
            .text();
        assert!(
            rests.contains("At rest") && rests.contains(&format!("{path}/resume")),
            "{rests}"
        );
        assert!(all(&t, &actor).await[0].next_run_at.is_none());
        browser
            .post_and_follow(&format!("{path}/resume"), &[])
            .await;
        assert!(all(&t, &actor).await[0].next_run_at.is_some());
        let moved = [
            ("url", "https://new.example/feed"),
            ("mode", "auto"),
            ("cron", "0  9 * * 1"),
        ];
        browser.post_and_follow(&path, &moved).await;
        let feed = all(&t, &actor).await.remove(0).feed;
        assert_eq!(
            (feed.url.as_str(), feed.cron.as_str()),
            ("https://new.example/feed", "0 9 * * 1")
        );
        assert_eq!((feed.mode, feed.etag), (FeedMode::AutoPublish, None));
        let page = browser.get(&path).await.text();
        assert!(page.contains("Stop following Pages &#38; more"), "{page}");
        assert!(page.contains("News a"), "what came lately");
        for _ in 0..2 {
            let ended = browser
                .post_and_follow(&format!("{path}/remove"), &[])
                .await
                .text();
            assert!(
                ended.contains("You do not follow the feed any more."),
                "{ended}"
            );
        }
        assert!(all(&t, &actor).await.is_empty());
        let gone = feeds::show_feed(&t.app, &actor, id).await;
        assert!(matches!(gone, Err(FeedError::NotFound)));
        t.clock.advance(chrono::TimeDelta::days(8));
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_feeds_comes_to_their_pages_and_only_to_their_own() {
    on_both(async |t: TestApp, site: Site| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let url = format!("http://{}/feed.xml", site.place);
        follow(&browser, &url).await;
        let path = format!("library/feeds/{}", all(&t, &owner).await[0].feed.id);
        let plain = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let plain = t.log_in(&plain).await;
        for page in [
            "library/feeds",
            "library/feeds/new",
            "library/bookmark",
            &path,
        ] {
            assert_eq!(plain.get(page).await.status, 403, "{page}");
        }
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = t.log_in(&stranger).await;
        assert_eq!(stranger.get(&path).await.status, 404);
        for step in ["run", "pause", "resume"] {
            let answer = stranger.post(&format!("{path}/{step}"), &[]).await;
            assert_eq!(answer.status, 404, "{step}");
        }
        stranger.post(&format!("{path}/remove"), &[]).await;
        assert_eq!(all(&t, &owner).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_bookmark_begins_a_post_with_the_page_it_was_pressed_on() {
    let t = TestApp::new(Kind::Sqlite).await;
    let actor = t.actor(&[Role::Curator]).await;
    let browser = t.log_in(&actor).await;
    let page = browser.get("library/bookmark").await.text();
    let code = format!(
        "{}compose/new?url=&#39;+encodeURIComponent(location.href)",
        browser.home
    );
    assert!(
        page.contains("href=\"javascript:location.href=&#39;http"),
        "{page}"
    );
    assert!(page.contains(&code), "{page}");
    let pressed = "compose/new?url=https%3A%2F%2Fe.org%2Fa&title=Tea%20%26%20more";
    let begun = browser.get(pressed).await.text();
    assert!(begun.contains("value=\"https://e.org/a\""), "{begun}");
    assert!(begun.contains("value=\"Tea &#38; more\""), "{begun}");
}
