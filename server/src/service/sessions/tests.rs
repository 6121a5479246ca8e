//! Sessions end by time, by hand, and with their member.

use chrono::TimeDelta;
use secrecy::ExposeSecret;

use super::*;
use crate::test_support::{TestApp, on_both};

const BROWSER: Browser<'_> = Browser {
    user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    before: None,
};

async fn begun(t: &TestApp, actor: &Actor, from: Browser<'_>) -> Begun {
    let txn = t.app.store.begin().await.unwrap();
    let begun = begin(&txn, &t.app, actor.clone(), (Way::Password, from))
        .await
        .unwrap();
    txn.commit().await.unwrap();
    begun
}

async fn lets_in(t: &TestApp, begun: &Begun) -> bool {
    let found = find(&t.app, begun.token.expose_secret()).await.unwrap();
    found.is_some_and(|found| found.session.id == begun.session.id)
}

#[tokio::test]
async fn a_session_lets_its_member_in_until_it_was_not_used_for_thirty_days() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let session = begun(&t, &actor, BROWSER).await;
        assert_eq!(session.session.browser, "Firefox, Linux");
        t.clock.advance(TimeDelta::days(29));
        assert!(lets_in(&t, &session).await);
        t.clock.advance(TimeDelta::days(29));
        assert!(lets_in(&t, &session).await, "it was used meanwhile");
        t.clock.advance(TimeDelta::days(30));
        assert!(!lets_in(&t, &session).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_however_often_it_is_used() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let session = begun(&t, &actor, BROWSER).await;
        for _ in 0..4 {
            t.clock.advance(TimeDelta::days(20));
            assert!(lets_in(&t, &session).await);
        }
        t.clock.advance(TimeDelta::days(10));
        assert!(!lets_in(&t, &session).await);
    })
    .await;
}

#[tokio::test]
async fn who_left_is_let_in_no_more() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let session = begun(&t, &actor, BROWSER).await;
        let now = t.app.now();
        t.change_member(&actor.member, |member| member.left_at = Some(now))
            .await;
        assert!(!lets_in(&t, &session).await);
    })
    .await;
}

#[tokio::test]
async fn logging_in_ends_the_session_that_the_browser_had() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let planted = begun(&t, &actor, BROWSER).await;
        let before = Some(planted.token.expose_secret());
        let session = begun(&t, &actor, Browser { before, ..BROWSER }).await;
        assert!(!lets_in(&t, &planted).await);
        assert!(lets_in(&t, &session).await);
    })
    .await;
}

#[tokio::test]
async fn everything_ends_but_what_is_kept_and_only_ones_own() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let colleague = t.actor_in(&actor.organization, &[]).await;
        let (one, two) = (
            begun(&t, &actor, BROWSER).await,
            begun(&t, &actor, BROWSER).await,
        );
        let theirs = begun(&t, &colleague, BROWSER).await;
        let refused = end(&t.app, &actor, theirs.session.id).await;
        assert!(matches!(refused, Err(EndError::NotFound)), "{refused:?}");
        assert!(lets_in(&t, &theirs).await, "another's is not ended");
        assert_eq!(list(&t.app, &actor).await.unwrap().len(), 2);
        let ended = end_all(&t.app, &actor, Some(two.session.id)).await.unwrap();
        assert_eq!(ended, 1);
        assert!(!lets_in(&t, &one).await);
        assert!(lets_in(&t, &two).await && lets_in(&t, &theirs).await);
        end_all(&t.app, &actor, None).await.unwrap();
        assert!(!lets_in(&t, &two).await);
    })
    .await;
}
