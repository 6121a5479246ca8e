//! What only mishaps leave, and the ids of everything.

use std::collections::BTreeMap;

use entity::enums::FeedItemOutcome;
use entity::ids::{FeedItemId, JobId};
use entity::{feed_item, job};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use server::service::leases;
use server::test_support::TestApp;
use uuid::Uuid;

use super::Estate;

impl Estate {
    /// What only mishaps leave.
    pub(super) async fn leave_odds(&self, t: &TestApp) {
        let (app, now) = (&t.app, t.clock.now());
        let feed = entity::feed::Entity::find()
            .filter(entity::feed::Column::OrganizationId.eq(self.organization.id))
            .one(app.store.reader())
            .await;
        let item = feed_item::Model {
            id: FeedItemId(app.uuid()),
            organization_id: self.organization.id,
            feed_id: feed.expect("a query").expect("a feed").id,
            fingerprint: format!("item of {}", self.word),
            title: format!("Item of {}", self.word),
            outcome: FeedItemOutcome::Refused,
            reason: Some(format!("a fault of {}", self.word)),
            post_id: None,
            created_at: now,
        };
        let job = job::Model {
            id: JobId(app.uuid()),
            organization_id: Some(self.organization.id),
            kind: "import_feed".to_owned(),
            payload: json!({"organization": self.organization.id}),
            dedupe_key: None,
            run_at: now,
            attempts: 8,
            max_attempts: 8,
            locked_by: None,
            locked_until: None,
            done_at: None,
            dead_at: Some(now),
            last_error: Some(format!("a mishap of {}", self.word)),
            created_at: now,
        };
        let txn = app.store.begin().await.expect("a transaction");
        let row = item.into_active_model().insert(&*txn).await;
        row.expect("an item");
        let row = job.into_active_model().insert(&*txn).await;
        row.expect("a dead job");
        txn.commit().await.expect("a commit");
        let name = format!("part:slack:{}", self.word);
        let length = chrono::TimeDelta::hours(1);
        let held = leases::acquire(app, &name, "someone", length).await;
        held.expect("a lease");
    }

    /// The ids of everything that it holds, by the word that a path uses for it.
    pub async fn ids(&self, t: &TestApp) -> BTreeMap<&'static str, Vec<Uuid>> {
        let mut all = BTreeMap::new();
        macro_rules! of {
            ($($kind:literal: $table:ident),+ $(,)?) => {$(
                let rows = entity::$table::Entity::find()
                    .filter(entity::$table::Column::OrganizationId.eq(self.organization.id))
                    .all(t.app.store.reader())
                    .await
                    .expect("rows");
                all.insert($kind, rows.into_iter().map(|row| row.id.0).collect());
            )+};
        }
        of! {
            "audit_event": audit_event, "campaign": campaign, "channel": channel,
            "delivery": delivery, "dismissal": dismissal, "feed": feed, "feed_item": feed_item,
            "hit": hit, "identity": identity, "installation": installation, "job": job,
            "link": link, "member": member, "point_event": point_event, "post": post,
            "share": share, "team": team, "token": api_token, "variant": variant,
        }
        all
    }
}
