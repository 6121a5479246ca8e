//! The page of a post on its way out, asked as a browser without script asks it.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::{EditMode, Language, Role};
use entity::json::Audience;

use crate::domain::delivery::Outcome;
use crate::domain::post::Draft;
use crate::service::actor::Actor;
use crate::service::posts::{create_post, publish_due_posts, submit_post};
use crate::test_support::console::Browser;
use crate::test_support::content::draft;
use crate::test_support::{Kind, TestApp, on_both};

/// An owner, and their browser.
async fn owner(t: &TestApp) -> (Actor, Browser) {
    let owner = t.actor(&[Role::Owner]).await;
    let browser = t.log_in(&owner).await;
    (owner, browser)
}

#[tokio::test]
async fn what_was_refused_is_tried_again_by_a_button_and_what_is_uncertain_by_its_number() {
    on_both(async |t: TestApp| {
        let (owner, browser) = owner(&t).await;
        t.workspace(&owner.organization).await;
        let post = t.published_post(&owner.organization, "Live").await;
        t.work().await;
        let page = format!("posts/{}", post.id);
        let seen = browser.get(&page).await.text();
        assert!(!seen.contains("/retry\"") && !seen.contains("/resend\""));
        let refused = Outcome::Failed("not_in_channel".to_owned());
        t.settle(&t.claim().await[0], refused).await;
        let seen = browser.get(&page).await.text();
        assert!(seen.contains("Try the refused ones again"), "{seen}");
        let retry = format!("{page}/retry");
        let again = browser.post_and_follow(&retry, &[]).await.text();
        assert!(again.contains("They are tried again."), "{again}");
        assert!(again.contains("stage=running\"") && !again.contains("/retry\""));
        let unknown = Outcome::Uncertain("history_unreadable".to_owned());
        t.settle(&t.claim().await[0], unknown).await;
        let seen = browser.get(&page).await.text();
        assert!(seen.contains("Send one message again: it may arrive twice"));
        assert!(seen.contains("name=\"count\" value=\"1\""), "{seen}");
        let resend = format!("{page}/resend");
        for wrong in ["2", "", "all"] {
            let late = browser.post(&resend, &[("count", wrong)]).await;
            assert_eq!(late.status, 409, "{wrong}");
        }
        let count = [("count", "1")];
        let again = browser.post_and_follow(&resend, &count).await.text();
        assert!(again.contains("They are sent again."), "{again}");
        assert!(again.contains("had uncertain messages sent again"));
        assert_eq!(t.deliver().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_posts_page_notices_that_it_goes_live() {
    let t = TestApp::new(Kind::Sqlite).await;
    let (owner, browser) = owner(&t).await;
    t.workspace(&owner.organization).await;
    let later = Draft {
        publish_at: Some(t.app.now() + TimeDelta::hours(1)),
        ..draft("Later")
    };
    let post = t.published(&owner.organization, later).await;
    let page = format!("posts/{}", post.id);
    let seen = browser.get(&page).await.text();
    assert!(seen.contains("/progress?stage=ahead\""), "{seen}");
    t.clock.advance(TimeDelta::hours(1));
    publish_due_posts(&t.app).await.unwrap();
    let told = browser.get(&format!("{page}/progress?stage=ahead")).await;
    let told = told.text();
    assert!(told.contains("event: stage\ndata: running"), "{told}");
}

#[tokio::test]
async fn a_page_that_follows_can_say_that_it_does_not_any_more() {
    let t = TestApp::new(Kind::Sqlite).await;
    let (owner, browser) = owner(&t).await;
    t.workspace(&owner.organization).await;
    let post = t.published_post(&owner.organization, "Live").await;
    let page = format!("posts/{}", post.id);
    let seen = browser.get(&page).await.text();
    assert!(seen.contains("data-progress-lost hidden>"), "{seen}");
    assert!(seen.contains("This page does not follow along any more."));
    t.work().await;
    t.deliver().await;
    let over = browser.get(&page).await.text();
    assert!(
        !over.contains("data-progress"),
        "nothing is to come: {over}"
    );
}

#[tokio::test]
async fn what_goes_to_nobody_is_told_as_no_percentage() {
    on_both(async |t: TestApp| {
        let (owner, browser) = owner(&t).await;
        let post = t.published_post(&owner.organization, "Live").await;
        let page = format!("posts/{}", post.id);
        let planning = browser.get(&page).await.text();
        assert!(planning.contains("Who gets a message is still being worked out."));
        assert!(planning.contains("/pause\"") && planning.contains("/stop\""));
        t.work().await;
        let over = browser.get(&page).await.text();
        assert!(over.contains("To no channel, and to fewer than five people."));
        for seen in [planning, over] {
            assert!(!seen.contains("percent have gone out"), "{seen}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_posts_page_follows_how_far_it_is_taken_back() {
    on_both(async |t: TestApp| {
        let (owner, browser) = owner(&t).await;
        t.workspace(&owner.organization).await;
        let post = t.published_post(&owner.organization, "Live").await;
        t.work().await;
        t.deliver().await;
        let page = format!("posts/{}", post.id);
        let path = format!("{page}/withdraw");
        let withdrawn = browser.post_and_follow(&path, &[]).await.text();
        assert!(
            withdrawn.contains("0 percent are taken back"),
            "{withdrawn}"
        );
        assert!(withdrawn.contains("stage=withdrawing\""));
        t.deliver().await;
        let done = browser.get(&page).await.text();
        assert!(done.contains("100 percent are taken back"), "{done}");
        assert!(!done.contains("data-progress"));
    })
    .await;
}

#[tokio::test]
async fn for_whom_where_and_how_long_stands_on_the_page_and_beside_what_is_judged() {
    on_both(async |t: TestApp| {
        let server = Arc::new(t.server().await);
        let owner = t.actor(&[Role::Owner]).await;
        let approver = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let approver = t.log_in_on(&server, &approver).await;
        t.workspace(&owner.organization).await;
        for _ in 0..5 {
            let member = t.member(&owner.organization, &[]).await;
            t.change_member(&member, |row| row.language = Some(Language::De))
                .await;
        }
        let narrow = Draft {
            audience: Some(Audience {
                languages: vec![Language::De],
                ..Audience::default()
            }),
            embargo_until: Some(t.app.now() + TimeDelta::days(1)),
            edit_mode: EditMode::Locked,
            topics: vec!["Tea".to_owned(), "Coffee".to_owned()],
            ..draft("Narrow")
        };
        let post = create_post(&t.app, &owner, narrow).await.unwrap().post;
        submit_post(&t.app, &owner, post.id).await.unwrap();
        for page in ["review".to_owned(), format!("posts/{}", post.id)] {
            let seen = approver.get(&page).await.text();
            for told in [
                "Readers of: German",
                "Channels: #news (Slack)",
                "Not before",
                "17 Nov 2026",
                "14 days after it goes live",
                "People share it as it is",
                "It goes to one channel",
            ] {
                assert!(seen.contains(told), "{page}: {told}: {seen}");
            }
            assert!(seen.contains("Coffee") && seen.contains("Tea"));
        }
        let review = approver.get("review").await.text();
        assert!(review.contains("One channel shows it to everybody there"));
        let open = create_post(&t.app, &owner, draft("Open")).await.unwrap();
        let seen = approver.get(&format!("posts/{}", open.post.id)).await;
        let seen = seen.text();
        assert!(seen.contains("<div>Everybody</div>"), "{seen}");
        assert!(!seen.contains("Not before"));
    })
    .await;
}

#[tokio::test]
async fn who_wrote_a_post_reads_a_reviewers_remark_on_its_page_and_answers_it() {
    on_both(async |t: TestApp| {
        let (owner, reviewer) = owner(&t).await;
        let author = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let writer = t.log_in(&author).await;
        let written = create_post(&t.app, &author, draft("News")).await.unwrap();
        let id = written.post.id;
        submit_post(&t.app, &author, id).await.unwrap();
        let asked = [("remark", "Who took the picture?")];
        reviewer.post(&format!("review/{id}/notes"), &asked).await;
        let page = writer.get(&format!("posts/{id}")).await.text();
        assert!(page.contains("Who took the picture?"), "{page}");
        let path = format!("posts/{id}/notes");
        let empty = writer.post(&path, &[("remark", " ")]).await;
        assert_eq!(empty.status, 422);
        let answer = [("remark", "Ada did.")];
        let page = writer.post_and_follow(&path, &answer).await.text();
        assert!(
            page.contains("Noted.") && page.contains("Ada did."),
            "{page}"
        );
        let page = reviewer.get(&format!("review?post={id}")).await.text();
        assert!(page.contains("Ada did."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_a_post_did_opens_how_shares_clicks_and_reach_are_counted() {
    let cap = "[ingest]\nclicks_per_network = 7";
    let t = TestApp::configured(Kind::Sqlite, cap).await;
    let (owner, browser) = owner(&t).await;
    let post = t.published_post(&owner.organization, "Live").await;
    let page = format!("posts/{}", post.id);
    for (language, formulas) in [
        (
            Language::En,
            [
                "<strong>Shares</strong>: Shares that began",
                "<strong>Clicks</strong>: The first hit of a reader",
                "readers who asked not to be tracked are left out",
                "at most 7 clicks a day count per link",
                "<strong>Potential reach</strong>: The followers of",
            ],
        ),
        (
            Language::De,
            [
                "<strong>Geteilt</strong>: Geteiltes, das",
                "<strong>Klicks</strong>: Der erste Aufruf eines Links",
                "alle, die nicht verfolgt werden wollen, zählen nicht",
                "höchstens 7 Klicks",
                "<strong>Mögliche Reichweite</strong>: Die Follower der Konten",
            ],
        ),
    ] {
        t.change_member(&owner.member, |row| row.language = Some(language))
            .await;
        let seen = browser.get(&page).await.text();
        for formula in formulas {
            assert!(seen.contains(formula), "{formula}: {seen}");
        }
    }
}
