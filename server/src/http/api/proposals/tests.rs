//! Endpoint tests of proposals: logged out, not allowed, malformed, over a limit, twice.

use entity::enums::Role;
use serde_json::json;
use server_api::enums::{ProposalSource, ProposalState};
use server_api::page::Page;
use server_api::problem::Code;
use server_api::proposal::{MyProposal, Proposal, ProposalReceipt, ProposalStanding};

use crate::domain::proposal::TAKE_BACK;
use crate::service::actor::Actor;
use crate::test_support::people::WORKSPACE;
use crate::test_support::server::{Session, TestServer};
use crate::test_support::{TestApp, on_both};

struct House {
    server: TestServer,
    curator: Actor,
    as_curator: Session,
    as_ada: Session,
}

async fn house(t: &TestApp) -> House {
    let curator = t.actor(&[Role::Curator]).await;
    t.workspace(&curator.organization).await;
    let ada = t.actor_in(&curator.organization, &[]).await;
    t.slack_account(&ada.member, "U0ADA").await;
    let server = t.server().await;
    House {
        as_curator: server.member(&t.token(&curator).await),
        as_ada: server.slack(Some(&format!("slack/{WORKSPACE}/U0ADA"))),
        curator,
        server,
    }
}

#[tokio::test]
async fn a_member_proposes_and_only_who_writes_posts_decides() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let form = json!({"url": "https://news.example/tea", "why": "Ours.", "words": "Proud."});
        let nobody = house.server.anonymous().post("/me/proposals", &form).await;
        assert_eq!(nobody.problem().code, Code::Unauthenticated);
        let receipt: ProposalReceipt = house.as_ada.post("/me/proposals", &form).await.json();
        assert_eq!(
            (receipt.standing, receipt.points),
            (ProposalStanding::First, 15)
        );
        let mine = receipt.proposal.unwrap();
        assert_eq!(mine.state, ProposalState::New);
        for path in ["/proposals".to_owned(), format!("/proposals/{}", mine.id)] {
            assert_eq!(
                house.as_ada.get(&path).await.problem().code,
                Code::Forbidden
            );
        }
        let list: Page<Proposal> = house.as_curator.get("/proposals").await.json();
        assert_eq!(list.items.len(), 1);
        assert_eq!(list.items[0].source, ProposalSource::Slack);
        let accept = format!("/proposals/{}/accept", mine.id);
        let refused = house.as_ada.post(&accept, &json!(null)).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
        let one: Proposal = house.as_curator.post(&accept, &json!(null)).await.json();
        let again: Proposal = house.as_curator.post(&accept, &json!(null)).await.json();
        assert_eq!(one, again);
        assert_eq!(one.state, ProposalState::Accepted);
        t.clock.advance(TAKE_BACK);
        let own: Page<MyProposal> = house.as_ada.get("/me/proposals").await.json();
        assert_eq!((own.items.len(), own.items[0].points), (1, 15));
        let list: Page<Proposal> = house
            .as_curator
            .get("/proposals?state=accepted")
            .await
            .json();
        assert_eq!(list.items, [one]);
    })
    .await;
}

#[tokio::test]
async fn what_is_hostile_is_refused_by_its_field_and_nothing_is_kept() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        for (form, field) in [
            (json!({"url": "javascript:alert(1)"}), "url"),
            (json!({"url": "https://a:b@news.example"}), "url"),
            (
                json!({"url": "https://news.example", "why": "x".repeat(10_000)}),
                "why",
            ),
            (
                json!({"url": "https://news.example", "words": "x".repeat(10_000)}),
                "words",
            ),
            (
                json!({"url": "https://news.example", "words": "a\u{0}b"}),
                "words",
            ),
        ] {
            let refused = house.as_ada.post("/me/proposals", &form).await;
            let problem = refused.problem();
            assert_eq!(
                (refused.status, problem.code),
                (422, Code::InvalidField),
                "{form}"
            );
            assert_eq!(problem.fields[0].field, field, "{form}");
        }
        let unknown = json!({"url": "https://news.example", "source": "console"});
        assert_eq!(
            house.as_ada.post("/me/proposals", &unknown).await.status,
            422
        );
        let list: Page<Proposal> = house.as_curator.get("/proposals").await.json();
        assert!(list.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_eleventh_proposal_of_a_day_is_refused_until_one_is_answered() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        for number in 0..10 {
            let form = json!({"url": format!("https://news.example/{number}")});
            assert_eq!(house.as_ada.post("/me/proposals", &form).await.status, 200);
        }
        let form = json!({"url": "https://news.example/more"});
        let refused = house.as_ada.post("/me/proposals", &form).await;
        assert_eq!(refused.problem().code, Code::TooManyRequests);
        let page: Page<MyProposal> = house.as_ada.get("/me/proposals?limit=4").await.json();
        assert_eq!(page.items.len(), 4);
        let next = page.next.unwrap();
        let path = format!("/me/proposals?limit=100&cursor={next}");
        let rest: Page<MyProposal> = house.as_ada.get(&path).await.json();
        assert_eq!((rest.items.len(), rest.next), (6, None));
        let decline = format!("/proposals/{}/decline", page.items[0].id);
        let note = json!({"note": "Thank you."});
        assert_eq!(house.as_curator.post(&decline, &note).await.status, 200);
        assert_eq!(house.as_ada.post("/me/proposals", &form).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn proposals_of_another_organization_are_not_there() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let form = json!({"url": "https://news.example/tea"});
        let receipt: ProposalReceipt = house.as_ada.post("/me/proposals", &form).await.json();
        let id = receipt.proposal.unwrap().id;
        let other = t.actor(&[Role::Owner]).await;
        let other = house.server.member(&t.token(&other).await);
        let there: ProposalReceipt = other.post("/me/proposals", &form).await.json();
        assert_eq!(there.standing, ProposalStanding::First, "each has its own");
        assert_eq!(other.get(&format!("/proposals/{id}")).await.status, 404);
        for step in ["accept", "reopen"] {
            let path = format!("/proposals/{id}/{step}");
            assert_eq!(other.post(&path, &json!(null)).await.status, 404);
        }
        let withdraw = format!("/me/proposals/{id}/withdraw");
        assert_eq!(other.post(&withdraw, &json!(null)).await.status, 404);
        let colleague = t.actor_in(&house.curator.organization, &[]).await;
        let colleague = house.server.member(&t.token(&colleague).await);
        assert_eq!(colleague.post(&withdraw, &json!(null)).await.status, 404);
        let own: MyProposal = house.as_ada.post(&withdraw, &json!(null)).await.json();
        assert_eq!(own.state, ProposalState::Withdrawn);
    })
    .await;
}
