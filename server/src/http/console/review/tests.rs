//! The review and the page of a post, asked as a browser without script asks them.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::{PostState, Role};
use entity::ids::PostId;
use entity::json::Audience;
use entity::{channel, post};

use crate::domain::post::Draft;
use crate::service::actor::Actor;
use crate::service::content_rules::{Rules, update_rules};
use crate::service::posts::{
    PostError, approve_post, create_post, publish_due_posts, recall_post, show_post, submit_post,
    update_post,
};
use crate::store::{channels, teams};
use crate::test_support::console::Browser;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

/// Somebody who reviews, and somebody who writes and publishes, each with a browser.
struct House {
    owner: Actor,
    approver: Browser,
    curator: Browser,
    author: Actor,
}

async fn house(t: &TestApp) -> House {
    let server = Arc::new(t.server().await);
    let owner = t.actor(&[Role::Owner]).await;
    t.workspace(&owner.organization).await;
    let author = t.actor_in(&owner.organization, &[Role::Curator]).await;
    let approver = t.actor_in(&owner.organization, &[Role::Approver]).await;
    House {
        approver: t.log_in_on(&server, &approver).await,
        curator: t.log_in_on(&server, &author).await,
        owner,
        author,
    }
}

impl House {
    async fn handed_in(&self, t: &TestApp, draft: Draft) -> PostId {
        let written = create_post(&t.app, &self.author, draft).await.unwrap();
        submit_post(&t.app, &self.author, written.post.id)
            .await
            .unwrap();
        t.clock.advance(TimeDelta::minutes(1));
        written.post.id
    }

    async fn post(&self, t: &TestApp, id: PostId) -> post::Model {
        show_post(&t.app, &self.owner, id).await.unwrap().post
    }
}

#[tokio::test]
async fn the_queue_shows_what_waits_longest_first_and_the_rail_counts_it() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let empty = house.approver.get("review").await.text();
        assert!(empty.contains("All caught up"), "{empty}");
        assert!(!empty.contains("class=\"count\""), "nothing is counted");
        house.handed_in(&t, draft("First")).await;
        let second = house.handed_in(&t, draft("Second")).await;
        let page = house.approver.get("review").await.text();
        let (first_at, second_at) = (page.find(">First<"), page.find(">Second<"));
        assert!(first_at.unwrap() < second_at.unwrap(), "{page}");
        assert!(page.contains("<h3>First</h3>"), "the longest is looked at");
        assert!(page.contains(&house.author.member.display_name));
        assert!(page.contains("waiting: </span>2"), "{page}");
        let chosen = house.approver.get(&format!("review?post={second}")).await;
        assert!(chosen.text().contains("<h3>Second</h3>"));
        // Who does not review has no way there.
        assert_eq!(house.curator.get("review").await.status, 403);
        assert!(!house.curator.get("").await.text().contains("/review\""));
    })
    .await;
}

#[tokio::test]
async fn a_post_is_sent_back_with_a_note_and_an_empty_note_is_refused() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = house.handed_in(&t, draft("News")).await;
        let path = format!("review/{id}/changes");
        let refused = house.approver.post(&path, &[("note", " ")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Say what is to change"));
        let note = [("note", "Say who speaks.")];
        let page = house.approver.post_and_follow(&path, &note).await.text();
        assert!(page.contains("back with its author"), "{page}");
        assert!(!page.contains("/submit\""), "an approver cannot undo it");
        let post = house.post(&t, id).await;
        assert_eq!(post.state, PostState::Draft);
        let page = house.curator.get(&format!("posts/{id}")).await.text();
        assert!(page.contains("Say who speaks."), "{page}");
        assert!(page.contains("asked for changes"));
    })
    .await;
}

#[tokio::test]
async fn asking_for_changes_is_undone_by_who_may_hand_in() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = house.handed_in(&t, draft("News")).await;
        let owner = t.log_in(&house.owner).await;
        let path = format!("review/{id}/changes");
        let page = owner.post_and_follow(&path, &[("note", "Shorter.")]).await;
        let undo = format!("{}posts/{id}/submit", owner.home);
        assert!(page.text().contains(&undo), "{}", page.text());
        let next = format!("{}review", owner.home);
        owner.post_and_follow(&undo, &[("next", &next)]).await;
        assert_eq!(house.post(&t, id).await.state, PostState::InReview);
    })
    .await;
}

#[tokio::test]
async fn a_post_is_approved_for_now_for_its_own_time_or_for_a_chosen_one_in_their_zone() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let own_time = t.app.now() + TimeDelta::days(2);
        let later = |title: &str| Draft {
            publish_at: Some(own_time),
            ..draft(title)
        };
        let approve = async |id: PostId, fields: &[(&str, &str)]| {
            let path = format!("review/{id}/approve");
            house.approver.post(&path, fields).await
        };
        let own = house.handed_in(&t, later("Own time")).await;
        assert_eq!(approve(own, &[("when", "own")]).await.status, 303);
        let post = house.post(&t, own).await;
        assert_eq!(
            (post.state, post.publish_at),
            (PostState::Scheduled, Some(own_time))
        );
        let now = house.handed_in(&t, later("Now")).await;
        assert_eq!(approve(now, &[("when", "now")]).await.status, 303);
        assert_eq!(house.post(&t, now).await.state, PostState::Live);

        let chosen = house.handed_in(&t, draft("Chosen")).await;
        let too_late = approve(chosen, &[("when", "at"), ("at", "2026-11-01T09:00")]).await;
        assert_eq!(too_late.status, 422);
        assert!(too_late.text().contains("This time is over"));
        let none = approve(chosen, &[("when", "at"), ("at", "tomorrow")]).await;
        assert!(none.text().contains("Choose a date and a time"));
        let at = [("when", "at"), ("at", "2026-11-20T09:30")];
        assert_eq!(approve(chosen, &at).await.status, 303);
        let post = house.post(&t, chosen).await;
        let zone: chrono_tz::Tz = house.owner.organization.time_zone.parse().unwrap();
        let local = post.publish_at.unwrap().with_timezone(&zone);
        assert_eq!(local.format("%F %R").to_string(), "2026-11-20 09:30");
    })
    .await;
}

#[tokio::test]
async fn ones_own_post_cannot_be_approved_where_the_organization_asks_for_somebody_else() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let mut owner = house.owner.clone();
        owner.organization.settings.second_pair_of_eyes = true;
        let txn = t.app.store.begin().await.unwrap();
        crate::store::organizations::update(&*txn, owner.organization.clone())
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let written = create_post(&t.app, &owner, draft("Mine")).await.unwrap();
        let id = written.post.id;
        submit_post(&t.app, &owner, id).await.unwrap();
        let browser = t.log_in(&owner).await;
        let page = browser.get("review").await.text();
        assert!(page.contains("You wrote this one."), "{page}");
        assert!(!page.contains("/approve\""), "no button leads there");
        let refused = browser
            .post(&format!("review/{id}/approve"), &[("when", "now")])
            .await;
        assert_eq!(refused.status, 422);
        assert_eq!(house.post(&t, id).await.state, PostState::InReview);
    })
    .await;
}

#[tokio::test]
async fn a_post_that_does_not_wait_any_more_has_its_page_and_no_other_is_opened() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let decided = house.handed_in(&t, draft("Decided")).await;
        house.handed_in(&t, draft("Waiting")).await;
        approve_post(&t.app, &house.owner, decided, None, None)
            .await
            .unwrap();
        let sent = house.approver.get(&format!("review?post={decided}")).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let page = house.approver.get(sent.header("location")).await.text();
        assert!(
            page.contains("does not wait for a review any more"),
            "{page}"
        );
        assert!(!page.contains("/approve\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn after_a_verdict_the_next_post_is_chosen_and_not_opened_by_itself() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let first = house.handed_in(&t, draft("First")).await;
        house.handed_in(&t, draft("Second")).await;
        let path = format!("review/{first}/approve");
        let page = house.approver.post_and_follow(&path, &[]).await.text();
        assert!(page.contains(">Second<"), "it stands in the queue: {page}");
        assert!(!page.contains("/approve\""), "and no key passes it: {page}");
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_since_it_was_looked_at_is_shown_again_before_a_verdict() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = house.handed_in(&t, draft("News")).await;
        let seen = house.post(&t, id).await.version.to_string();
        recall_post(&t.app, &house.author, id).await.unwrap();
        update_post(&t.app, &house.author, id, None, draft("Other news"))
            .await
            .unwrap();
        submit_post(&t.app, &house.author, id).await.unwrap();
        for (step, note) in [("approve", ""), ("changes", "Shorter, please.")] {
            let fields = [("version", seen.as_str()), ("note", note)];
            let path = format!("review/{id}/{step}");
            let refused = house.approver.post(&path, &fields).await;
            assert_eq!(refused.status, 422, "{step}");
            let page = refused.text();
            assert!(
                page.contains("changed this post while you looked"),
                "{page}"
            );
            assert!(page.contains("Other news") && page.contains(note), "{page}");
        }
        let post = house.post(&t, id).await;
        assert_eq!(post.state, PostState::InReview);
        let now = post.version.to_string();
        let path = format!("review/{id}/approve");
        let approved = house.approver.post(&path, &[("version", &now)]).await;
        assert_eq!(approved.status, 303);
    })
    .await;
}

#[tokio::test]
async fn whoever_wrote_on_a_post_does_not_approve_it_where_four_eyes_are_asked_for() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let mut both = t
            .actor_in(&house.owner.organization, &[Role::Curator, Role::Approver])
            .await;
        both.organization.settings.second_pair_of_eyes = true;
        let written = create_post(&t.app, &house.author, draft("News")).await;
        let id = written.unwrap().post.id;
        update_post(&t.app, &both, id, None, draft("All of it new"))
            .await
            .unwrap();
        // Neither a later touch by its author nor handing it in hides who wrote it.
        update_post(&t.app, &house.author, id, None, draft("All of it new."))
            .await
            .unwrap();
        submit_post(&t.app, &house.author, id).await.unwrap();
        let refused = approve_post(&t.app, &both, id, None, None).await;
        assert!(matches!(refused, Err(PostError::OwnPost)), "{refused:?}");
        approve_post(&t.app, &house.owner, id, None, None)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_post_is_taken_back_by_who_publishes_and_is_reviewed_anew() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let later = Draft {
            publish_at: Some(t.app.now() + TimeDelta::days(2)),
            ..draft("Tomorow")
        };
        let id = house.handed_in(&t, later).await;
        approve_post(&t.app, &house.owner, id, None, None)
            .await
            .unwrap();
        let page = house.curator.get(&format!("posts/{id}")).await.text();
        assert!(page.contains("value=\"recall\""), "{page}");
        recall_post(&t.app, &house.author, id).await.unwrap();
        let post = house.post(&t, id).await;
        assert_eq!((post.state, post.approver_id), (PostState::Draft, None));
        t.clock.advance(TimeDelta::days(3));
        publish_due_posts(&t.app).await.unwrap();
        assert_eq!(house.post(&t, id).await.state, PostState::Draft);
    })
    .await;
}

#[tokio::test]
async fn another_organizations_post_is_not_there() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = house.handed_in(&t, draft("Ours")).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = t.log_in(&stranger).await;
        assert_eq!(stranger.get(&format!("posts/{id}")).await.status, 404);
        let stream = stranger.get(&format!("posts/{id}/progress")).await;
        assert_eq!(stream.status, 404);
        let chosen = stranger.get(&format!("review?post={id}")).await;
        assert!(!chosen.text().contains("Ours"));
        for step in [
            format!("review/{id}/approve"),
            format!("posts/{id}/submit"),
            format!("posts/{id}/publish"),
            format!("posts/{id}/pause"),
            format!("posts/{id}/resume"),
            format!("posts/{id}/stop"),
            format!("posts/{id}/retry"),
            format!("posts/{id}/resend"),
            format!("posts/{id}/withdraw"),
        ] {
            let refused = stranger.post(&step, &[("when", "now")]).await;
            assert_eq!(refused.status, 404, "{step}");
        }
        let changes = format!("review/{id}/changes");
        let refused = stranger.post(&changes, &[("note", "No.")]).await;
        assert_eq!(refused.status, 404);
        assert_eq!(house.post(&t, id).await.state, PostState::InReview);
    })
    .await;
}

#[tokio::test]
async fn a_post_that_goes_live_within_the_hour_is_watched_on_its_page() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let later = Draft {
            publish_at: Some(t.clock.now() + TimeDelta::hours(2)),
            ..draft("Later")
        };
        let post = t.published(&house.owner.organization, later).await;
        let page = format!("posts/{}", post.id);
        let seen = house.curator.get(&page).await.text();
        assert!(!seen.contains("data-progress"), "too early: {seen}");
        t.clock.advance(TimeDelta::minutes(61));
        let seen = house.curator.get(&page).await.text();
        assert!(seen.contains("progress?stage=ahead"), "{seen}");
        t.clock.advance(TimeDelta::minutes(59));
        publish_due_posts(&t.app).await.unwrap();
        let seen = house.curator.get(&page).await.text();
        assert!(seen.contains("progress?stage=running"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_live_post_is_paused_resumed_stopped_and_withdrawn_on_its_page() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let post = t.published_post(&house.owner.organization, "Live").await;
        t.work().await;
        let page = format!("posts/{}", post.id);
        let seen = house.curator.get(&page).await.text();
        assert!(seen.contains("0 percent have gone out"), "{seen}");
        let step = async |step: &str, fields: &[(&str, &str)]| {
            let path = format!("{page}/{step}");
            let answer = house.curator.post_and_follow(&path, fields).await;
            answer.text()
        };
        let paused = step("pause", &[]).await;
        assert!(paused.contains("waits until you let it go on"), "{paused}");
        assert!(paused.contains("stage=paused"));
        assert!(t.claim().await.is_empty());
        let resumed = step("resume", &[]).await;
        assert!(resumed.contains("It goes on."), "{resumed}");
        t.deliver().await;
        let over = house.curator.get(&page).await.text();
        assert!(over.contains("100 percent have gone out"), "{over}");
        assert!(!over.contains("/pause\""), "nothing is left to pause");
        let faulty = house
            .curator
            .post(&format!("{page}/withdraw"), &[("url", "javascript:x")])
            .await;
        assert_eq!(faulty.status, 422);
        let withdrawn = step("withdraw", &[("url", "https://acme.example/new")]).await;
        assert!(withdrawn.contains("The post is withdrawn."), "{withdrawn}");
        let row = house.post(&t, post.id).await;
        assert_eq!(
            row.withdrawn_url.as_deref(),
            Some("https://acme.example/new")
        );
        let late = house.curator.post(&format!("{page}/stop"), &[]).await;
        assert_eq!(late.status, 409);
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_posts_sees_the_page_and_changes_nothing() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let post = t.published_post(&house.owner.organization, "Live").await;
        let page = format!("posts/{}", post.id);
        let seen = house.approver.get(&page).await;
        assert_eq!(seen.status, 200);
        assert!(!seen.text().contains("/withdraw\""), "{}", seen.text());
        for step in [
            "pause", "resume", "stop", "retry", "resend", "withdraw", "publish", "submit",
        ] {
            let refused = house.approver.post(&format!("{page}/{step}"), &[]).await;
            assert_eq!(refused.status, 403, "{step}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_stream_tells_of_progress_and_of_another_stage() {
    let t = TestApp::new(crate::test_support::Kind::Sqlite).await;
    let house = house(&t).await;
    let post = t.published_post(&house.owner.organization, "Live").await;
    t.work().await;
    t.deliver().await;
    let path = format!("posts/{}/progress?stage=running", post.id);
    let told = house.curator.get(&path).await;
    assert_eq!(told.header("content-type"), "text/event-stream");
    assert_eq!(told.header("cache-control"), "no-store");
    assert!(
        told.text().contains("event: stage\ndata: over"),
        "{}",
        told.text()
    );
}

#[tokio::test]
async fn what_changed_and_what_was_said_stands_beside_the_post() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = house.handed_in(&t, draft("The first words")).await;
        let page = house.approver.get("review").await.text();
        assert!(page.contains("Nothing stands in the way."), "{page}");
        assert!(!page.contains("What changed since"), "nothing did");

        let noted = house
            .approver
            .post_and_follow(&format!("review/{id}/notes"), &[("remark", "Who speaks?")])
            .await
            .text();
        assert!(noted.contains("Noted.") && noted.contains("Who speaks?"));
        let empty = [("remark", " ")];
        let refused = house
            .approver
            .post(&format!("review/{id}/notes"), &empty)
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Say something"));
        let note = [("note", "Other words.")];
        let changes = format!("review/{id}/changes");
        house.approver.post_and_follow(&changes, &note).await;

        t.clock.advance(TimeDelta::minutes(5));
        let other = draft("The second words");
        update_post(&t.app, &house.author, id, None, other)
            .await
            .unwrap();
        submit_post(&t.app, &house.author, id).await.unwrap();
        let page = house.approver.get("review").await.text();
        assert!(page.contains("What changed since"), "{page}");
        assert!(page.contains("<del>first</del>") && page.contains("<ins>second</ins>"));
        assert!(page.contains("Other words."), "the note is there, too");
        // Another organization neither reads nor says anything.
        let stranger = t.log_in(&t.actor(&[Role::Owner]).await).await;
        let said = stranger
            .post(&format!("review/{id}/notes"), &[("remark", "Hi")])
            .await;
        assert_eq!(said.status, 404);
        assert_eq!(
            house
                .curator
                .post(&format!("review/{id}/notes"), &[("remark", "Hi")])
                .await
                .status,
            403
        );
        // A version that is not there is no page.
        let nothing = house
            .approver
            .get(&format!("review?post={id}&version=99"))
            .await;
        assert_eq!(nothing.status, 404);
    })
    .await;
}

#[tokio::test]
async fn what_waits_too_long_says_so_in_the_queue_and_on_home() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let rules = Rules {
            review_hours: 1,
            ..Rules::default()
        };
        update_rules(&t.app, &house.owner, None, rules)
            .await
            .unwrap();
        house.handed_in(&t, draft("First")).await;
        for is_late in [false, true] {
            for page in ["review", ""] {
                let text = house.approver.get(page).await.text();
                assert_eq!(text.contains("waits too long"), is_late, "{page}: {text}");
            }
            t.clock.advance(TimeDelta::hours(1));
        }
    })
    .await;
}

#[tokio::test]
async fn a_team_or_a_channel_that_is_gone_is_told_beside_the_post_and_holds_it() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let organization = &house.owner.organization;
        let mut named = Vec::new();
        for name in ["Sales", "Design"] {
            let team = t.team(organization, name, None).await;
            t.people(organization, Some(team), 5).await;
            named.push(team);
        }
        let known = channels::active_of(t.app.store.reader(), organization.id).await;
        let known = known.unwrap().remove(0);
        let narrow = Draft {
            audience: Some(Audience {
                teams: named.clone(),
                channels: Some(vec![known.id]),
                ..Audience::default()
            }),
            ..draft("News")
        };
        let id = house.handed_in(&t, narrow).await;
        let (team, channel) = ("for a team that is gone", "to a channel that is gone");
        let page = house.approver.get("review").await.text();
        assert!(!page.contains(team) && !page.contains(channel), "{page}");

        let txn = t.app.store.begin().await.unwrap();
        let gone = channel::Model {
            removed_at: Some(t.app.now()),
            ..known
        };
        channels::update(&*txn, gone).await.unwrap();
        for one in named {
            teams::delete(&txn, organization.id, one).await.unwrap();
        }
        txn.commit().await.unwrap();
        let page = house.approver.get("review").await.text();
        assert!(
            page.contains(channel) && page.contains("In the way"),
            "{page}"
        );
        assert_eq!(
            page.matches(team).count(),
            1,
            "both in one sentence: {page}"
        );
        let path = format!("review/{id}/approve");
        let refused = house.approver.post(&path, &[("when", "now")]).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(page.contains("so that it is chosen anew"), "{page}");
        assert_eq!(house.post(&t, id).await.state, PostState::InReview);
    })
    .await;
}
