//! Proposals end to end below HTTP: made, supported, decided, taken back, told, and what they earn.

use chrono::TimeDelta;
use entity::enums::{DeliverySubject, PostState, ProposalSource, ProposalState, Role};
use entity::ids::{PostId, ProposalId};

use super::*;
use crate::domain::leaderboard::{Board, Period, zone};
use crate::domain::page::Paging;
use crate::domain::proposal::{OPEN_A_DAY, Proposed, TAKE_BACK, TELL_AFTER};
use crate::service::deliveries::{Claimed, Content};
use crate::service::{leaderboard, posts};
use crate::test_support::site::Site;
use crate::test_support::{Kind, TestApp, on_both};

const SLACK: ProposalSource = ProposalSource::Slack;

fn form(url: &str) -> Proposed {
    Proposed {
        url: url.to_owned(),
        why: "It is about us.".to_owned(),
        words: "Proud of it.".to_owned(),
    }
}

/// Ada and Ben in a workspace, and Grace, who decides.
struct House {
    ada: Actor,
    ben: Actor,
    grace: Actor,
}

async fn house(t: &TestApp) -> House {
    let grace = t.actor(&[Role::Owner]).await;
    t.workspace(&grace.organization).await;
    let ada = t.actor_in(&grace.organization, &[]).await;
    t.slack_account(&ada.member, "U0ADA").await;
    let ben = t.actor_in(&grace.organization, &[]).await;
    t.slack_account(&ben.member, "U0BEN").await;
    House { ada, ben, grace }
}

async fn made(t: &TestApp, by: &Actor, url: &str) -> ProposalId {
    let told = propose(&t.app, by, SLACK, &form(url)).await.unwrap();
    match told.standing {
        Standing::First(own) => own.proposal.id,
        other => panic!("{other:?}"),
    }
}

async fn points(t: &TestApp, of: &Actor) -> i64 {
    let board = Board::at(Period::Week, t.app.now(), zone("Europe/Berlin"));
    let db = t.app.store.reader();
    let standing = leaderboard::standing(db, &of.organization, &board, of.member.id).await;
    standing.unwrap().points
}

/// What proposers are told by now.
async fn told(t: &TestApp) -> Vec<Claimed> {
    let mut said = t.deliver().await;
    said.retain(|one| {
        matches!(
            one.delivery.subject,
            DeliverySubject::ProposalDecided | DeliverySubject::ProposalPublished
        )
    });
    said
}

fn state(refused: Result<Detail, ProposalError>) -> ProposalState {
    match refused {
        Err(ProposalError::WrongState(state)) => state,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_page_is_one_proposal_and_others_support_it() {
    on_both(async |t: TestApp| {
        let House { ada, ben, grace } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let again = form("https://news.example/tea?utm_source=x#top");
        let told = propose(&t.app, &ada, SLACK, &again).await.unwrap();
        assert!(matches!(told.standing, Standing::Again(own) if own.proposal.id == id));
        assert_eq!(told.points, 15);
        for _ in 0..2 {
            let told = propose(&t.app, &ben, SLACK, &again).await.unwrap();
            assert_eq!(told.standing, Standing::Supports);
        }
        let waiting = waiting(&t.app, &grace).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].supporters.join(", "), ben.member.display_name);
        assert_eq!(waiting[0].proposer, Some(ada.member.display_name.clone()));
        let paging = Paging {
            after: None,
            limit: 10,
        };
        let own = list_own(&t.app, &ben, paging).await.unwrap();
        assert!(own.items.is_empty(), "support is no proposal of one's own");
    })
    .await;
}

#[tokio::test]
async fn an_accepted_proposal_earns_once_and_is_told_after_a_minute() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let first = accept(&t.app, &grace, id).await.unwrap();
        let again = accept(&t.app, &grace, id).await.unwrap();
        assert_eq!(first, again);
        assert_eq!(points(&t, &ada).await, 15);
        let post = posts::show_post(&t.app, &grace, first.proposal.post_id.unwrap());
        let post = post.await.unwrap();
        assert_eq!(post.post.state, PostState::Draft);
        assert_eq!(post.post.author_id, Some(grace.member.id));
        assert_eq!(post.variants[0].text, "Proud of it.");
        assert_eq!(
            proposer_of(&t.app, &grace, post.post.id).await.unwrap(),
            Some(ada.member.display_name.clone())
        );
        for role in [Role::Analyst, Role::Approver] {
            let reader = t.actor_in(&grace.organization, &[role]).await;
            let told = proposer_of(&t.app, &reader, post.post.id).await.unwrap();
            assert_eq!(told, None, "who decides on none");
        }
        let refused = decline(&t.app, &grace, id, "No.").await;
        assert_eq!(state(refused), ProposalState::Accepted);

        assert!(told(&t).await.is_empty(), "it can still be taken back");
        t.clock.advance(TELL_AFTER);
        let said = told(&t).await;
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].delivery.place_ref, "U0ADA");
        assert!(matches!(&said[0].content, Content::Proposal(one) if one.points == 15));
        assert!(told(&t).await.is_empty(), "once");
        let late = reopen(&t.app, &grace, id).await;
        assert!(matches!(late, Err(ProposalError::TooLate)));
        assert_eq!(points(&t, &ada).await, 15);

        publish(&t, &grace, id).await;
        t.clock.advance(TAKE_BACK);
        let said = told(&t).await;
        assert_eq!(said.len(), 1, "and that it went out");
        assert!(
            matches!(&said[0].content, Content::Proposal(one) if one.is_published && one.points == 0)
        );
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_is_taken_back_is_told_to_nobody_and_leaves_no_points() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let accepted = accept(&t.app, &grace, id).await.unwrap();
        let draft = accepted.proposal.post_id.unwrap();
        for _ in 0..2 {
            let back = reopen(&t.app, &grace, id).await.unwrap();
            assert_eq!(back.proposal.state, ProposalState::New);
            assert_eq!(back.proposal.post_id, None);
            assert_eq!(back.twin, None, "its own draft was put away");
        }
        assert_eq!(points(&t, &ada).await, 0);
        let put_away = posts::show_post(&t.app, &grace, draft).await.unwrap();
        assert_eq!(put_away.post.state, PostState::Archived);
        t.clock.advance(TELL_AFTER);
        assert!(told(&t).await.is_empty());

        decline(&t.app, &grace, id, "Not now.").await.unwrap();
        reopen(&t.app, &grace, id).await.unwrap();
        accept(&t.app, &grace, id).await.unwrap();
        assert_eq!(points(&t, &ada).await, 15, "decided anew it earns anew");
        t.clock.advance(TELL_AFTER);
        assert_eq!(told(&t).await.len(), 1, "only the last word is told");
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_told_with_its_note_and_the_page_may_be_proposed_again() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let empty = decline(&t.app, &grace, id, " ").await;
        assert!(matches!(empty, Err(ProposalError::Invalid(_))));
        decline(&t.app, &grace, id, "We told it last week.")
            .await
            .unwrap();
        t.clock.advance(TELL_AFTER);
        let said = told(&t).await;
        let [
            Claimed {
                content: Content::Proposal(one),
                ..
            },
        ] = said.as_slice()
        else {
            panic!("{said:?}");
        };
        assert_eq!(one.proposal.note.as_deref(), Some("We told it last week."));
        assert_ne!(made(&t, &ada, "https://news.example/tea").await, id);
        assert_eq!(points(&t, &ada).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_taken_back_by_its_proposer_alone_until_it_is_decided() {
    on_both(async |t: TestApp| {
        let House { ada, ben, grace } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let others = withdraw(&t.app, &ben, id).await;
        assert!(matches!(others, Err(ProposalError::NotFound)));
        for _ in 0..2 {
            let own = withdraw(&t.app, &ada, id).await.unwrap();
            assert_eq!(own.proposal.state, ProposalState::Withdrawn);
        }
        let refused = accept(&t.app, &grace, id).await;
        assert_eq!(state(refused), ProposalState::Withdrawn);
        let id = made(&t, &ada, "https://news.example/tea").await;
        accept(&t.app, &grace, id).await.unwrap();
        let late = withdraw(&t.app, &ada, id).await;
        assert!(matches!(late, Err(ProposalError::WrongState(_))));
    })
    .await;
}

#[tokio::test]
async fn ten_of_a_day_may_wait_or_be_taken_back_and_no_more() {
    on_both(async |t: TestApp| {
        let House { ada, ben, grace } = house(&t).await;
        let mut ids = Vec::new();
        for number in 0..OPEN_A_DAY {
            ids.push(made(&t, &ada, &format!("https://news.example/{number}")).await);
        }
        let more = form("https://news.example/more");
        let refused = propose(&t.app, &ada, SLACK, &more).await;
        assert!(matches!(refused, Err(ProposalError::TooMany)));
        made(&t, &ben, "https://news.example/ben").await;
        withdraw(&t.app, &ada, ids[0]).await.unwrap();
        // Taking one back is no way round it; an answer is.
        let refused = propose(&t.app, &ada, SLACK, &more).await;
        assert!(matches!(refused, Err(ProposalError::TooMany)));
        decline(&t.app, &grace, ids[1], "No.").await.unwrap();
        made(&t, &ada, "https://news.example/instead").await;
        assert!(propose(&t.app, &ada, SLACK, &more).await.is_err());
        t.clock.advance(TimeDelta::days(1) + TimeDelta::seconds(1));
        assert!(propose(&t.app, &ada, SLACK, &more).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_accepts_their_own_earns_nothing_and_a_leaver_hears_nothing() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let own = made(&t, &grace, "https://news.example/own").await;
        accept(&t.app, &grace, own).await.unwrap();
        assert_eq!(points(&t, &grace).await, 0);
        let id = made(&t, &ada, "https://news.example/tea").await;
        decline(&t.app, &grace, id, "Thank you.").await.unwrap();
        let now = t.app.now();
        t.change_member(&ada.member, |row| row.left_at = Some(now))
            .await;
        t.clock.advance(TELL_AFTER);
        assert!(told(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_page_says_of_itself_is_read_but_nothing_inside_the_network() {
    let page = b"<title>Tea in the news</title><meta name=description content='A cup of it.'>";
    for kind in [Kind::Sqlite, Kind::Postgres] {
        for is_allowed in [true, false] {
            let site = Site::open(page).await;
            let allowed = format!("[fetch]\nallow = [\"{}\"]\n", site.place);
            let options = if is_allowed { allowed.as_str() } else { "" };
            let t = TestApp::configured(kind, options).await;
            let House { ada, grace, .. } = house(&t).await;
            let id = made(&t, &ada, &format!("http://{}/tea", site.place)).await;
            t.work().await;
            let row = show(&t.app, &grace, id).await.unwrap().proposal;
            let title = is_allowed.then_some("Tea in the news");
            assert_eq!(row.title.as_deref(), title);
        }
    }
}

/// What Ada sees of what she proposed last: its state, the note and what it earned.
async fn seen(t: &TestApp, by: &Actor) -> (ProposalState, Option<String>, i64) {
    let own = latest(&t.app, by).await.unwrap().unwrap();
    assert_eq!(
        own.proposal.decided_at.is_some(),
        own.proposal.state != ProposalState::New
    );
    (own.proposal.state, own.proposal.note, own.points)
}

#[tokio::test]
async fn its_proposer_sees_no_decision_that_can_still_be_taken_back() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let url = "https://news.example/tea";
        let id = made(&t, &ada, url).await;
        let waits = (ProposalState::New, None, 0);
        decline(&t.app, &grace, id, "Not now.").await.unwrap();
        assert_eq!(seen(&t, &ada).await, waits);
        let late = withdraw(&t.app, &ada, id).await.unwrap_err();
        assert!(!late.to_string().contains("Declined"), "{late}");
        reopen(&t.app, &grace, id).await.unwrap();
        accept(&t.app, &grace, id).await.unwrap();
        assert_eq!(seen(&t, &ada).await, waits);
        let told = propose(&t.app, &ada, SLACK, &form(url)).await.unwrap();
        let Standing::Again(own) = told.standing else {
            panic!("{told:?}");
        };
        assert_eq!((own.proposal.state, own.points), (ProposalState::New, 0));
        t.clock.advance(TAKE_BACK);
        let told = (ProposalState::Accepted, None, 15);
        assert_eq!(seen(&t, &ada).await, told);
    })
    .await;
}

#[tokio::test]
async fn the_outcome_waits_for_the_end_of_quiet_hours_and_of_a_pause() {
    on_both(async |t: TestApp| {
        let House { ada, ben, grace } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        let bens = made(&t, &ben, "https://news.example/coffee").await;
        // From Monday at 11:00 to 19:00 in Berlin.
        t.clock.advance(TimeDelta::hours(8));
        let pause = t.app.now() + TimeDelta::days(2);
        t.change_member(&ben.member, |row| row.paused_until = Some(pause))
            .await;
        for id in [id, bens] {
            decline(&t.app, &grace, id, "Not now.").await.unwrap();
        }
        t.clock.advance(TELL_AFTER);
        assert!(told(&t).await.is_empty(), "it is evening");
        t.clock.advance(TimeDelta::hours(15));
        let said = told(&t).await;
        assert_eq!(said.len(), 1, "and now it is morning");
        assert_eq!(said[0].delivery.place_ref, "U0ADA");
        t.clock.advance(TimeDelta::days(2));
        let said = told(&t).await;
        assert_eq!(said.len(), 1, "and his pause is over");
        assert_eq!(said[0].delivery.place_ref, "U0BEN");
    })
    .await;
}

/// Finishes the draft of a proposal and lets it go live.
async fn publish(t: &TestApp, by: &Actor, id: ProposalId) -> PostId {
    let post = show(&t.app, by, id).await.unwrap().proposal.post_id;
    let post = posts::show_post(&t.app, by, post.unwrap()).await.unwrap();
    let whole = crate::domain::post::Draft {
        title: "Tea".to_owned(),
        ..posts::draft_of(&post)
    };
    posts::update_post(&t.app, by, post.post.id, None, whole)
        .await
        .unwrap();
    posts::approve_post(&t.app, by, post.post.id, None, None)
        .await
        .unwrap();
    post.post.id
}

#[tokio::test]
async fn a_post_that_was_withdrawn_before_the_telling_is_not_said_to_be_out() {
    on_both(async |t: TestApp| {
        let House { ada, grace, .. } = house(&t).await;
        let id = made(&t, &ada, "https://news.example/tea").await;
        accept(&t.app, &grace, id).await.unwrap();
        let post = publish(&t, &grace, id).await;
        t.clock.advance(TELL_AFTER);
        let said = told(&t).await;
        assert_eq!(said.len(), 1, "first that it was accepted");
        assert!(matches!(&said[0].content, Content::Proposal(one) if !one.is_published));
        posts::withdraw_post(&t.app, &grace, post, None)
            .await
            .unwrap();
        t.clock.advance(TAKE_BACK);
        assert!(told(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_post_is_over_may_be_proposed_again() {
    on_both(async |t: TestApp| {
        let House { ada, ben, grace } = house(&t).await;
        let url = "https://news.example/tea";
        let id = made(&t, &ada, url).await;
        accept(&t.app, &grace, id).await.unwrap();
        let post = publish(&t, &grace, id).await;
        let told = propose(&t.app, &ben, SLACK, &form(url)).await.unwrap();
        assert_eq!(told.standing, Standing::Supports, "it is out");
        posts::withdraw_post(&t.app, &grace, post, None)
            .await
            .unwrap();
        assert_ne!(made(&t, &ben, url).await, id);
        assert_eq!(waiting(&t.app, &grace).await.unwrap().len(), 1);
    })
    .await;
}
