//! Suggestions over HTTP, and the silence of "not for me".

use entity::enums::Role;
use reqwest::Method;
use server_api::enums::PostState;
use server_api::suggestion::SuggestionList;
use uuid::Uuid;

use crate::domain::audit::Wanted;
use crate::domain::page::Paging;
use crate::service::audit;
use crate::test_support::content::draft;
use crate::test_support::server::{Answer, Session};
use crate::test_support::{TestApp, on_both};

async fn titles(session: &Session) -> Vec<String> {
    let list: SuggestionList = session.get("/me/suggestions").await.json();
    list.items.into_iter().map(|item| item.title).collect()
}

#[tokio::test]
async fn live_posts_are_suggested_featured_ones_first_then_the_newest() {
    on_both(async |t: TestApp| {
        let ada = t.actor(&[]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&ada).await);
        assert_eq!(server.anonymous().get("/me/suggestions").await.status, 401);
        assert!(titles(&session).await.is_empty());
        let mut featured = draft("Featured");
        featured.featured = true;
        featured.campaign = Some("spring-2026".into());
        t.published(&ada.organization, featured).await;
        t.clock.advance(chrono::TimeDelta::minutes(1));
        t.published_post(&ada.organization, "Older").await;
        t.clock.advance(chrono::TimeDelta::minutes(1));
        let newer = t.published_post(&ada.organization, "Newer").await;
        let mut later = draft("Later");
        later.publish_at = Some(t.app.now() + chrono::TimeDelta::hours(1));
        t.published(&ada.organization, later).await;
        let other = t.organization().await;
        t.published_post(&other, "Elsewhere").await;
        assert_eq!(titles(&session).await, ["Featured", "Newer", "Older"]);
        let list: SuggestionList = session.get("/me/suggestions").await.json();
        let card = &list.items[0];
        assert_eq!(card.state, PostState::Live);
        assert_eq!(card.source.as_deref(), Some("acme.example"));
        assert_eq!(card.campaign.as_deref(), Some("Spring 2026"));
        assert_eq!((card.points_confirmed, card.points_proven), (5, 10));
        assert_eq!(card.shared_by, 0);
        // The end counts by the clock, before any job has noted it.
        t.clock.set(newer.expires_at.unwrap());
        assert!(titles(&session).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_dismissed_post_is_gone_for_its_member_alone_and_nothing_tells_of_it() {
    on_both(async |t: TestApp| {
        let ada = t.actor(&[]).await;
        let ben = t.actor_in(&ada.organization, &[]).await;
        let owner = t.actor_in(&ada.organization, &[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&ada).await);
        let post = t.published_post(&ada.organization, "News").await;
        let everything = Paging {
            after: None,
            limit: 100,
        };
        let before = audit::list(&t.app, &owner, &Wanted::default(), everything)
            .await
            .unwrap();
        let path = format!("/me/posts/{}/dismissal", post.id);
        for _ in 0..2 {
            let answer = Answer::to(session.request(Method::PUT, &path)).await;
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
        assert!(titles(&session).await.is_empty());
        let colleague = server.member(&t.token(&ben).await);
        assert_eq!(titles(&colleague).await, ["News"]);
        let after = audit::list(&t.app, &owner, &Wanted::default(), everything)
            .await
            .unwrap();
        assert_eq!(before.items.len(), after.items.len());
        for _ in 0..2 {
            assert_eq!(session.delete(&path).await.status, 204);
        }
        assert_eq!(titles(&session).await, ["News"]);
    })
    .await;
}

#[tokio::test]
async fn only_posts_of_the_own_organization_can_be_dismissed() {
    on_both(async |t: TestApp| {
        let ada = t.actor(&[]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&ada).await);
        let other = t.organization().await;
        let foreign = t.published_post(&other, "Elsewhere").await;
        for id in [foreign.id.0, Uuid::from_u128(1)] {
            let path = format!("/me/posts/{id}/dismissal");
            let answer = Answer::to(session.request(Method::PUT, &path)).await;
            assert_eq!(answer.status, 404);
            assert_eq!(session.delete(&path).await.status, 404);
            let answer = Answer::to(server.anonymous().request(Method::PUT, &path)).await;
            assert_eq!(answer.status, 401);
        }
        let answer = Answer::to(session.request(Method::PUT, "/me/posts/x/dismissal")).await;
        assert_eq!(answer.status, 404);
    })
    .await;
}
