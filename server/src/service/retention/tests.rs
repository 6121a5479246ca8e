//! Keeping: what is past its time goes, in turns and once, and every sum stays.

use chrono::TimeDelta;
use entity::enums::{DeliveryState, HitReason, Network, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::*;
use crate::service::members::leaving::mark_left;
use crate::service::{posts, sums};
use crate::test_support::content::draft;
use crate::test_support::traffic::BEHIND_A_PROXY;
use crate::test_support::{Kind, TestApp, on_both};

async fn fresh() -> [TestApp; 2] {
    [
        TestApp::configured(Kind::Sqlite, BEHIND_A_PROXY).await,
        TestApp::configured(Kind::Postgres, BEHIND_A_PROXY).await,
    ]
}

async fn log(t: &TestApp, action: &str) -> Vec<Value> {
    let all = entity::audit_event::Entity::find().all(t.app.store.reader());
    let all = all.await.unwrap().into_iter();
    let told = all.filter(|one| one.action == action);
    told.map(|one| one.detail).collect()
}

#[tokio::test]
async fn visits_lose_their_details_once_they_are_summed_up_and_nothing_else_changes() {
    for t in fresh().await {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let people = t.people(house, None, 2).await;
        let server = t.server().await;
        let codes = t.all_share(&people, &post, Network::X).await;
        for (reader, code) in codes.iter().enumerate() {
            let address = format!("198.51.{reader}.7");
            server.browse(&address, &format!("/l/{code}")).await;
        }
        t.sum_up().await;
        let hits = async || {
            let all = entity::hit::Entity::find().all(t.app.store.reader());
            all.await.unwrap()
        };
        let figures = async || {
            let all = entity::figure_day::Entity::find().all(t.app.store.reader());
            let mut all: Vec<String> = (all.await.unwrap().iter())
                .map(|row| format!("{row:?}"))
                .collect();
            all.sort_unstable();
            all
        };
        let before = figures().await;
        assert!(hits().await.iter().all(|hit| hit.device.is_some()));
        t.clock.advance(TimeDelta::days(395));
        run(&t.app).await.unwrap();
        assert!(
            hits().await.iter().all(|hit| hit.device.is_some()),
            "not yet"
        );
        t.clock.advance(TimeDelta::days(2));

        // One that is not summed up yet keeps them, however old it is.
        let path = format!("/l/{}", codes[0]);
        server.browse("203.0.113.1", &path).await;
        let newest = hits().await.iter().map(|hit| hit.id).max().unwrap();
        let lost = lost_by(&t.app, &owner, (RetentionKind::VisitDetails, Some(30)));
        assert_eq!(lost.await.unwrap(), Some((30, 2)));
        let (first, second) = tokio::join!(run(&t.app), run(&t.app));
        first.unwrap();
        second.unwrap();
        for hit in hits().await {
            assert_eq!(hit.device.is_some(), hit.id == newest);
            assert!(hit.country.is_none() || hit.id == newest);
            assert_eq!(hit.reason, HitReason::Browser);
        }
        assert_eq!(figures().await, before);
        assert_eq!(
            log(&t, "retention.run").await,
            [json!({"visit_details": 2})]
        );
        run(&t.app).await.unwrap();
        assert_eq!(log(&t, "retention.run").await.len(), 1, "nothing to tell");
        let kept = show_retention(&t.app, &owner).await.unwrap();
        let visits = kept.kinds.first().unwrap();
        assert_eq!((visits.removed, visits.run_at), (2, Some(t.clock.now())));
        sums::keep_all(&t.app).await.unwrap();
    }
}

#[tokio::test]
async fn the_log_and_settled_messages_go_and_what_is_open_stays() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.workspace(house).await;
        let ended = t.published(house, draft("Tea")).await;
        let live = t.published(house, draft("Coffee")).await;
        t.deliver().await;
        let txn = app.store.begin().await.unwrap();
        let event = audit::Event {
            action: "post.create",
            subject: "post:1".to_owned(),
            detail: json!({}),
        };
        audit::record(&txn, app, &owner, event).await.unwrap();
        txn.commit().await.unwrap();
        t.change_post(&live, |row| row.expires_at = None).await;
        t.clock.advance(TimeDelta::days(15));
        posts::expire_posts(app).await.unwrap();
        t.deliver().await;
        let messages = async || {
            let all = entity::delivery::Entity::find().all(app.store.reader());
            all.await.unwrap()
        };
        let sent = messages().await;
        assert!(
            sent.iter().all(|one| one.state == DeliveryState::Sent),
            "{sent:?}"
        );
        t.clock.advance(TimeDelta::days(181));
        run(app).await.unwrap();
        let left = messages().await;
        assert!(!left.is_empty() && left.iter().all(|one| one.post_id == Some(live.id)));
        assert!(sent.iter().any(|one| one.post_id == Some(ended.id)));
        assert!(!log(&t, "post.create").await.is_empty());
        t.clock.advance(TimeDelta::days(730));
        run(app).await.unwrap();
        assert!(log(&t, "post.create").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn leavers_lose_their_names_when_their_time_is_over() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let bob = t.actor_in(&owner.organization, &[]).await;
        mark_left(app, &owner, ada.member.id).await.unwrap();
        t.clock.advance(TimeDelta::days(100));
        run(app).await.unwrap();
        let days = (RetentionKind::LeaverNames, Some(90));
        assert_eq!(lost_by(app, &owner, days).await.unwrap(), Some((90, 1)));
        keep(app, &owner, Some(0), days).await.unwrap();
        mark_left(app, &owner, bob.member.id).await.unwrap();
        run(app).await.unwrap();
        let find = async |actor: &Actor| {
            let found = crate::store::members::find(
                app.store.reader(),
                owner.organization.id,
                actor.member.id,
            );
            found.await.unwrap().unwrap()
        };
        assert!(find(&ada).await.erased_at.is_some());
        assert!(find(&bob).await.erased_at.is_none());
        let told = log(&t, "retention.run").await;
        assert_eq!(told, [json!({"leaver_names": 1})]);
        assert_eq!(log(&t, "member.erase").await, [json!({"by": "retention"})]);
    })
    .await;
}

#[tokio::test]
async fn periods_keep_within_their_bounds_and_what_is_kept_longer_takes_nothing_away() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let log = RetentionKind::AuditLog;
        let short = keep(app, &owner, None, (log, Some(89))).await;
        assert!(matches!(short, Err(RetentionError::Invalid(_))));
        let first = keep(app, &owner, Some(0), (log, None)).await.unwrap();
        assert_eq!(first.version, 1);
        let stale = keep(app, &owner, Some(0), (log, Some(365))).await;
        assert!(matches!(stale, Err(RetentionError::VersionMismatch)));
        for version in [0, 1] {
            let same = keep(app, &owner, Some(version), (log, None)).await.unwrap();
            assert_eq!(same.version, 1, "a second click is harmless");
        }
        let lost = lost_by(app, &owner, (log, Some(365))).await.unwrap();
        assert_eq!(lost.map(|(days, _)| days), Some(365));
        keep(app, &owner, None, (log, Some(365))).await.unwrap();
        assert_eq!(lost_by(app, &owner, (log, None)).await.unwrap(), None);
        assert_eq!(lost_by(app, &owner, (log, Some(400))).await.unwrap(), None);
        let all = update_retention(app, &owner, None, Vec::new())
            .await
            .unwrap();
        assert!(all.kinds.iter().all(|one| one.days == one.bounds.default));
        let admin = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let may_not = show_retention(app, &admin).await;
        assert!(matches!(may_not, Err(RetentionError::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn what_fails_for_one_organization_holds_up_no_other() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let first = t.actor(&[Role::Owner]).await;
        t.clock.advance(TimeDelta::seconds(1));
        let second = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&second.organization, &[]).await;
        for owner in [&first, &second] {
            let days = (RetentionKind::LeaverNames, Some(90));
            keep(app, owner, None, days).await.unwrap();
        }
        mark_left(app, &second, ada.member.id).await.unwrap();
        t.clock.advance(TimeDelta::days(100));
        // What the first chose cannot be read.
        let txn = app.store.begin().await.unwrap();
        let broken = sea_orm::sea_query::Expr::value(json!("nothing"));
        let broken = entity::retention::Entity::update_many()
            .col_expr(entity::retention::Column::Periods, broken)
            .filter(entity::retention::Column::OrganizationId.eq(first.organization.id))
            .exec(&*txn);
        assert_eq!(broken.await.unwrap().rows_affected, 1);
        txn.commit().await.unwrap();
        run(app).await.unwrap();
        let found =
            crate::store::members::find(app.store.reader(), second.organization.id, ada.member.id);
        assert!(found.await.unwrap().unwrap().erased_at.is_some());
    })
    .await;
}
