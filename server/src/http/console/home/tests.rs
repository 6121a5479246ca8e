//! Home as a browser without script sees it.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::{Network, ProposalSource, Role};

use crate::domain::proposal::Proposed;
use crate::service::actor::Actor;
use crate::service::proposals::propose;
use crate::test_support::{TestApp, on_both};

/// A house in which so many people shared in November, looked at in December.
async fn shared_by(t: &TestApp, count: usize) -> Actor {
    let owner = t.actor(&[Role::Owner]).await;
    let house = &owner.organization;
    let post = t.lasting_post(house).await;
    let people = t.people(house, None, count).await;
    t.all_share(&people, &post, Network::X).await;
    owner
}

#[tokio::test]
async fn home_tells_what_needs_somebody_what_went_out_and_what_it_did() {
    on_both(async |t: TestApp| {
        let owner = shared_by(&t, 10).await;
        let house = &owner.organization;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let out = t.lasting_post(house).await;
        t.change_post(&out, |row| row.title = "Out <today>".to_owned())
            .await;
        let ada = t.actor_in(house, &[]).await;
        let form = Proposed {
            url: "https://news.example/first".to_owned(),
            why: "Our tea.".to_owned(),
            words: String::new(),
        };
        propose(&t.app, &ada, ProposalSource::Slack, &form)
            .await
            .unwrap();
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &owner).await;
        let page = browser.get("").await.text();
        let dry = "Content runs dry: a week from now, only 2 posts can be shared.";
        for told in [
            "2 things need you today.",
            dry,
            "Proposals that wait",
            "proposals?proposal=",
            "Went out in the last seven days",
            "Out &#60;today&#62;",
            "December 2026 so far",
            "November 2026 in all: 10",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(page.matches("How is this counted?").count(), 3, "{page}");
        // Each sees what they may: an analyst answers nothing, a plain member judges nothing.
        let analyst = t.actor_in(house, &[Role::Analyst]).await;
        let page = t.log_in_on(&server, &analyst).await.get("").await.text();
        assert!(page.contains(dry) && !page.contains("Proposals that wait"));
        let page = t.log_in_on(&server, &ada).await.get("").await.text();
        for kept in [dry, "Went out", "so far", "Proposals that wait"] {
            assert!(!page.contains(kept), "{kept}: {page}");
        }
        assert!(page.contains("This is where your day begins"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn home_tells_no_number_of_what_few_people_did() {
    on_both(async |t: TestApp| {
        let few = shared_by(&t, 4).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let page = t.log_in(&few).await.get("").await.text();
        assert!(page.contains("Content runs dry"), "{page}");
        assert!(!page.contains("in all: 4"), "{page}");
        assert!(!page.contains("so far"), "{page}");
    })
    .await;
}
