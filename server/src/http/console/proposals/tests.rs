//! The inbox of proposals, asked as a browser without script asks it.

use std::sync::Arc;

use entity::enums::Role;
use entity::ids::ProposalId;

use super::*;
use crate::domain::proposal::{Proposed, TAKE_BACK};
use crate::service::actor::Actor;
use crate::service::proposals::{Standing, propose};
use crate::test_support::console::Browser;
use crate::test_support::{TestApp, on_both};

struct House {
    curator: Browser,
    ada: Actor,
    plain: Browser,
}

async fn house(t: &TestApp) -> House {
    let server = Arc::new(t.server().await);
    let curator = t.actor(&[Role::Curator]).await;
    t.workspace(&curator.organization).await;
    let ada = t.actor_in(&curator.organization, &[Role::Approver]).await;
    t.slack_account(&ada.member, "U0ADA").await;
    House {
        curator: t.log_in_on(&server, &curator).await,
        plain: t.log_in_on(&server, &ada).await,
        ada,
    }
}

async fn made(t: &TestApp, by: &Actor, page: &str) -> ProposalId {
    let form = Proposed {
        url: format!("https://news.example/{page}"),
        why: "Our <b>tea</b>.".to_owned(),
        words: "<script>alert(1)</script> @everyone".to_owned(),
    };
    let told = propose(&t.app, by, ProposalSource::Slack, &form)
        .await
        .unwrap();
    t.clock.advance(chrono::TimeDelta::seconds(1));
    match told.standing {
        Standing::First(own) => own.proposal.id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_inbox_teaches_how_one_proposes_and_then_shows_the_oldest_first() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let empty = house.curator.get("proposals").await.text();
        assert!(empty.contains("/chorus propose"), "{empty}");
        assert!(empty.contains("earns 15 points"), "{empty}");
        made(&t, &house.ada, "first").await;
        let second = made(&t, &house.ada, "second").await;
        let page = house.curator.get("proposals").await.text();
        assert!(page.contains("waiting: </span>2"), "{page}");
        assert!(
            page.contains("/first\""),
            "the longest is looked at: {page}"
        );
        assert!(!page.contains("<script>alert"), "words are words: {page}");
        assert!(page.contains("&#60;script&#62;alert"), "{page}");
        assert!(page.contains(&house.ada.member.display_name));
        let chosen = house
            .curator
            .get(&format!("proposals?proposal={second}"))
            .await;
        assert!(chosen.text().contains("/second\""));
        // Who writes no posts has no way there.
        assert_eq!(house.plain.get("proposals").await.status, 403);
        assert!(!house.plain.get("").await.text().contains("/proposals\""));
    })
    .await;
}

#[tokio::test]
async fn accepting_leads_into_the_composer_and_can_be_undone_for_a_minute() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = made(&t, &house.ada, "tea").await;
        let path = format!("proposals/{id}/accept");
        let went = house.curator.post(&path, &[]).await;
        assert_eq!(went.status, 303);
        let to = went.header("location").to_owned();
        assert!(to.contains("/compose/"), "{to}");
        let composer = house.curator.get(went.header("location")).await.text();
        assert!(
            composer.contains(&format!("proposals/{id}/reopen")),
            "{composer}"
        );
        assert!(composer.contains("https://news.example/tea"));
        let accepted = house.curator.get("proposals?state=accepted").await.text();
        assert!(accepted.contains("news.example"), "{accepted}");
        let back = house
            .curator
            .post(&format!("proposals/{id}/reopen"), &[])
            .await;
        let page = house.curator.get(back.header("location")).await.text();
        assert!(page.contains("Make a post of it"), "{page}");
        house.curator.post(&path, &[]).await;
        t.clock.advance(TAKE_BACK);
        let late = house
            .curator
            .post(&format!("proposals/{id}/reopen"), &[])
            .await;
        let page = house.curator.get(late.header("location")).await.text();
        assert!(page.contains("this stays as it is"), "{page}");
        assert!(page.contains("made a post of it"), "{page}");
        assert!(!page.contains("15 points"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn who_is_second_is_not_offered_to_undo_what_the_first_decided() {
    on_both(async |t: TestApp| {
        let server = Arc::new(t.server().await);
        let first = t.actor(&[Role::Curator]).await;
        let second = t.actor_in(&first.organization, &[Role::Curator]).await;
        let browsers = [
            t.log_in_on(&server, &first).await,
            t.log_in_on(&server, &second).await,
        ];
        let ada = t.actor_in(&first.organization, &[]).await;
        let accepted = made(&t, &ada, "tea").await;
        let declined = made(&t, &ada, "coffee").await;
        let nothing: &[(&str, &str)] = &[];
        let note: &[(&str, &str)] = &[("note", "We told it.")];
        for (path, fields) in [
            (format!("proposals/{accepted}/accept"), nothing),
            (format!("proposals/{declined}/decline"), note),
        ] {
            let mut shown = Vec::new();
            for browser in &browsers {
                let went = browser.post(&path, fields).await;
                shown.push(browser.get(went.header("location")).await.text());
            }
            assert!(shown[0].contains("/reopen"), "{}", shown[0]);
            assert!(!shown[1].contains("/reopen"), "{}", shown[1]);
            assert!(shown[1].contains("Somebody decided on it before"));
        }
    })
    .await;
}

#[tokio::test]
async fn declining_takes_a_note_and_opens_nothing_by_itself() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = made(&t, &house.ada, "tea").await;
        made(&t, &house.ada, "coffee").await;
        let path = format!("proposals/{id}/decline");
        let refused = house.curator.post(&path, &[("note", " ")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("somebody took the trouble"));
        let went = house.curator.post(&path, &[("note", "We told it.")]).await;
        let page = house.curator.get(went.header("location")).await.text();
        assert!(page.contains("Choose the proposal"), "{page}");
        assert!(page.contains(&format!("proposals/{id}/reopen")), "{page}");
        let shown = house
            .curator
            .get(&format!("proposals?proposal={id}"))
            .await
            .text();
        assert!(shown.contains("We told it."), "{shown}");
        let again = house
            .curator
            .post(&format!("proposals/{id}/accept"), &[])
            .await;
        let page = house.curator.get(again.header("location")).await.text();
        assert!(page.contains("Somebody decided on it before"), "{page}");
    })
    .await;
}
