//! "Not for me" beside what else happens to a post.

use std::time::Duration;

use super::*;
use crate::test_support::{TestApp, on_both};

/// Long enough for a dismissal that does not wait to be done.
const MOMENT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_dismissal_beside_a_withdrawal_leaves_nothing_behind() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let ada = t.actor_in(&organization, &[]).await;
        let post = t.published_post(&organization, "Short-lived").await;
        let txn = t.app.store.begin().await.unwrap();
        let mut withdrawn = posts::find_to_change(&txn, organization.id, post.id)
            .await
            .unwrap()
            .unwrap();
        let (app, actor, id) = (t.app.clone(), ada.clone(), post.id);
        let mut dismissing = tokio::spawn(async move { dismiss(&app, &actor, id).await });
        let early = tokio::time::timeout(MOMENT, &mut dismissing).await;
        assert!(early.is_err(), "the dismissal waits for the withdrawal");
        withdrawn.state = PostState::Withdrawn;
        posts::update(&txn, withdrawn).await.unwrap();
        dismissals::delete_of_post(&txn, organization.id, post.id)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        dismissing.await.unwrap().unwrap();
        let left = dismissals::count(t.app.store.reader(), post.id).await;
        assert_eq!(left.unwrap(), 0, "a post that has ended keeps no dismissal");
    })
    .await;
}
