//! Tests of group figures over the API.

use entity::enums::{Network, Role};
use reqwest::Method;
use server_api::post::PostFigures;
use server_api::problem::Code;

use crate::service::clicks::count_clicks;
use crate::service::shares::{self, confirm, open};
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn figures_show_raw_filtered_and_counted_and_members_only_as_a_group() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let post = t.live_post(&analyst.organization).await;
        let server = t.server().await;
        let session = server.member(&t.token(&analyst).await);
        let path = format!("/posts/{}/figures", post.id);
        let mut people = Vec::new();
        for _ in 0..5 {
            people.push(t.actor_in(&analyst.organization, &[]).await);
        }
        for person in people.iter().take(4) {
            let parties = shares::parties(&t.app, person, post.id).await.unwrap();
            confirm(&t.app, &parties, Network::X).await.unwrap();
        }
        let parties = shares::parties(&t.app, &people[0], post.id).await.unwrap();
        let link = open(&t.app, &parties, Network::X, None)
            .await
            .unwrap()
            .link
            .unwrap();
        let link = format!("/l/{}", link.code);
        server.visit(Method::GET, &link, &[]).await;
        server.visit(Method::GET, &link, &[]).await;
        server.visit(Method::HEAD, &link, &[]).await;
        count_clicks(&t.app).await.unwrap();
        let few: PostFigures = session.get(&path).await.json();
        assert_eq!((few.hits, few.human_hits, few.clicks), (3, 2, 1));
        assert!(few.shares.is_empty());
        assert_eq!(few.potential_reach, None);
        let parties = shares::parties(&t.app, &people[4], post.id).await.unwrap();
        confirm(&t.app, &parties, Network::X).await.unwrap();
        t.sum_up().await;
        let group: PostFigures = session.get(&path).await.json();
        let shares: i64 = group.shares.iter().map(|line| line.count).sum();
        assert_eq!((shares, group.potential_reach), (5, Some(0)));
    })
    .await;
}

#[tokio::test]
async fn figures_need_their_permission_and_a_post_of_the_own_organization() {
    on_both(async |t: TestApp| {
        let analyst = t.actor(&[Role::Analyst]).await;
        let post = t.live_post(&analyst.organization).await;
        let server = t.server().await;
        let path = format!("/posts/{}/figures", post.id);
        assert_eq!(server.anonymous().get(&path).await.status, 401);
        let member = t.actor_in(&analyst.organization, &[]).await;
        let plain = server.member(&t.token(&member).await);
        assert_eq!(plain.get(&path).await.problem().code, Code::Forbidden);
        let stranger = t.actor(&[Role::Owner]).await;
        let foreign = server.member(&t.token(&stranger).await);
        assert_eq!(foreign.get(&path).await.problem().code, Code::NotFound);
        let session = server.member(&t.token(&analyst).await);
        assert_eq!(
            session.get("/posts/nonsense/figures").await.problem().code,
            Code::NotFound
        );
        assert_eq!(session.get(&path).await.json::<PostFigures>().clicks, 0);
    })
    .await;
}
