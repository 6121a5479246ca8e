//! Tests of figures and rates over the API.

use chrono::TimeDelta;
use entity::enums::{Network, Role};
use serde_json::{Value, json};
use server_api::ids::TeamId;
use server_api::insight::{
    PostInsight, ProgrammeHealth, Rates, SpanFigures, TeamInsight, TeamsInsight,
};
use server_api::page::Page;
use server_api::problem::Code;
use server_api::token::NewApiToken;

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn everything_that_the_pages_show_is_told_over_the_api() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let team = t.team(house, "Sales", None).await;
        let people = t.people(house, Some(team), 5).await;
        t.all_share(&people, &post, Network::X).await;
        let none = t.people(house, None, 5).await;
        t.all_share(&none, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(20));
        t.sum_up().await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let rate = json!({"network": "x", "valid_from": "2026-11", "currency": "EUR", "cpc": 120});
        let rates: Rates = session.put("/rates", &rate).await.json();
        assert_eq!(rates.items.len(), 1);
        let same: Rates = session.get("/rates").await.json();
        assert_eq!(same, rates);
        for path in [
            "/insight?span=2026-11".to_owned(),
            format!("/insight/posts/{}?span=2026", post.id),
        ] {
            let report: SpanFigures = session.get(&path).await.json();
            let shares: i64 = report.figures.shares.iter().map(|line| line.count).sum();
            assert_eq!(shares, 10, "{path}");
            assert_eq!(report.networks.len(), 1);
        }
        let posts: Page<PostInsight> = session.get("/insight/posts").await.json();
        assert_eq!(posts.items[0].figures.potential_reach, Some(0));
        let teams: TeamsInsight = session.get("/insight/teams").await.json();
        assert_eq!(teams.span, "2026-11");
        assert!(teams.items[0].figures.is_some(), "{teams:?}");
        let networks = teams.items[0].networks.as_ref();
        assert_eq!(networks.map(Vec::len), Some(1), "{teams:?}");
        assert!(teams.items[0].worth.is_some(), "{teams:?}");
        let running: TeamsInsight = session.get("/insight/teams?span=2026-12").await.json();
        assert!(running.items[0].figures.is_none());
        let health: ProgrammeHealth = session.get("/insight/health").await.json();
        assert_eq!((health.active, health.joined), (Some(10), 11));
    })
    .await;
}

#[tokio::test]
async fn figures_need_their_permission_and_things_of_the_own_organization() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let post = t.live_post(&analyst.organization).await;
        let server = t.server().await;
        let plain = t.actor_in(&analyst.organization, &[]).await;
        let plain = server.member(&t.token(&plain).await);
        let session = server.member(&t.token(&analyst).await);
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = server.member(&t.token(&stranger).await);
        let of_post = format!("/insight/posts/{}", post.id);
        for path in [
            "/insight",
            "/insight/posts",
            &of_post,
            "/insight/teams",
            "/insight/health",
            "/rates",
        ] {
            assert_eq!(server.anonymous().get(path).await.status, 401, "{path}");
            let refused = plain.get(path).await.problem().code;
            assert_eq!(refused, Code::Forbidden, "{path}");
            assert_eq!(session.get(path).await.status, 200, "{path}");
        }
        assert_eq!(stranger.get(&of_post).await.status, 404);
        for path in ["/insight/campaigns/nonsense", "/insight/posts/nonsense"] {
            assert_eq!(session.get(path).await.problem().code, Code::NotFound);
        }
        for path in [
            "/insight?span=yesterday",
            "/insight?from=2026-11-01",
            "/insight/teams?span=2026",
        ] {
            assert_eq!(session.get(path).await.status, 422, "{path}");
        }
        let refused = session.put("/rates", &json!({})).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn a_rate_is_refused_by_its_fields() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let bad = json!({"network": "x", "valid_from": "soon", "currency": "EUR", "cpc": -1});
        let problem = session.put("/rates", &bad).await.problem();
        assert_eq!(problem.code, Code::InvalidField);
        let fields: Vec<&str> = problem
            .fields
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields, ["valid_from", "cpc"]);
        let unknown = json!({"network": "radio", "valid_from": "2026-11", "currency": "EUR"});
        let refused = session.put("/rates", &unknown).await;
        assert_eq!(refused.status, 422);
        let told: Value = session.get("/rates").await.json();
        assert_eq!(told["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_team_lead_sees_the_own_team_and_those_below_and_no_other() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let [_, sales, inside, _] = t.told_teams(house).await;
        let server = t.server().await;
        let everybody = server.member(&t.token(&owner).await);
        let all: TeamsInsight = everybody.get("/insight/teams").await.json();
        assert_eq!(all.items.len(), 4);
        let lead = t.lead(house, Some(sales)).await;
        let lead = server.member(&t.token(&lead).await);
        let own: TeamsInsight = lead.get("/insight/teams").await.json();
        let told = own.items.iter().map(|one| (one.team_id, one.depth));
        let told: Vec<_> = told.collect();
        let [sales, inside] = [sales, inside].map(|team| TeamId(team.0));
        assert_eq!(told, [(sales, 0), (inside, 1)]);
        for one in &own.items {
            assert!(one.figures.is_some(), "{own:?}");
            let mut others = all.items.iter();
            let same = others.find(|other| other.team_id == one.team_id).unwrap();
            let same = TeamInsight {
                depth: one.depth,
                ..same.clone()
            };
            assert_eq!(*one, same);
        }
        for path in ["/insight", "/insight/posts", "/insight/health", "/rates"] {
            let refused = lead.get(path).await.problem().code;
            assert_eq!(refused, Code::Forbidden, "{path}");
        }
        let lead = t.lead(house, None).await;
        let lead = server.member(&t.token(&lead).await);
        let own: TeamsInsight = lead.get("/insight/teams").await.json();
        assert!(own.items.is_empty(), "{own:?}");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_reads_figures_reads_those_of_teams() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.told_teams(&owner.organization).await;
        let analyst = t.actor_in(&owner.organization, &[Role::Analyst]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&analyst).await);
        let scoped = async |scope: &str| {
            let form = json!({"name": "reports", "scopes": [scope]});
            let made: NewApiToken = session.post("/tokens", &form).await.json();
            server.member(&made.secret)
        };
        let figures = scoped("read_figures").await;
        let told: TeamsInsight = figures.get("/insight/teams").await.json();
        assert_eq!(told.items.len(), 4, "{told:?}");
        assert_eq!(figures.get("/insight").await.status, 200);
        // One for teams only is told of the own team, and the analyst is in none.
        let teams = scoped("read_team_figures").await;
        let told: TeamsInsight = teams.get("/insight/teams").await.json();
        assert!(told.items.is_empty(), "{told:?}");
        let refused = teams.get("/insight").await.problem().code;
        assert_eq!(refused, Code::Forbidden);
    })
    .await;
}
