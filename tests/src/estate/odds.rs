//! What only mishaps leave, and the ids of everything.

use std::collections::BTreeMap;

use entity::enums::{FeedItemOutcome, ImportKind, Platform, RetentionKind};
use entity::ids::{CsvImportId, FeedItemId, JobId};
use entity::json::Periods;
use entity::{csv_import, feed_item, job, team_month};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use server::service::{imports, leases};
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
        self.leave_month(t).await;
        self.leave_files(t).await;
        self.leave_settings(t).await;
        let name = format!("part:slack:{}", self.word);
        let length = chrono::TimeDelta::hours(1);
        let held = leases::acquire(app, &name, "someone", length).await;
        held.expect("a lease");
    }

    /// A file of each kind, tried.
    async fn leave_files(&self, t: &TestApp) {
        let owner = &self.owner().actor;
        for (kind, file) in [
            (
                ImportKind::Posts,
                format!("title\nA file of {0}\n", self.word),
            ),
            (
                ImportKind::Members,
                format!(
                    "email,name\nfiled@{0}.example,Filed of {0}\nx,Wrong of {0}\n",
                    self.word
                ),
            ),
        ] {
            let tried = imports::upload(&t.app, owner, kind, file.into_bytes()).await;
            tried.expect("a file");
        }
        t.work().await;
    }

    /// A try to connect a chat, how long things are kept, and a topic that leads to a channel.
    async fn leave_settings(&self, t: &TestApp) {
        use entity::{
            channel, connect_state, retention, retention_run, session, topic, topic_route,
        };
        let (organization_id, now) = (self.organization.id, t.clock.now());
        let db = t.app.store.reader();
        let of = session::Column::OrganizationId.eq(organization_id);
        let session = session::Entity::find().filter(of).one(db).await;
        let of = channel::Column::OrganizationId.eq(organization_id);
        let channel = channel::Entity::find().filter(of).one(db).await;
        let of = topic::Column::OrganizationId.eq(organization_id);
        let topic = topic::Entity::find().filter(of).one(db).await;
        let state = connect_state::Model {
            state_hash: format!("state of {}", self.word).into_bytes(),
            organization_id,
            session_id: session.expect("a query").expect("a session").id,
            platform: Platform::Slack,
            expires_at: now + chrono::TimeDelta::minutes(10),
            created_at: now,
        };
        let kept = retention::Model {
            organization_id,
            periods: Periods::default(),
            version: 1,
            updated_at: now,
        };
        let run = retention_run::Model {
            organization_id,
            kind: RetentionKind::AuditLog,
            position: None,
            untold: 0,
            removed: 0,
            run_at: Some(now),
        };
        let route = topic_route::Model {
            channel_id: channel.expect("a query").expect("a channel").id,
            topic_id: topic.expect("a query").expect("a topic").id,
            organization_id,
            created_at: now,
        };
        let txn = t.app.store.begin().await.expect("a transaction");
        let row = state.into_active_model().insert(&*txn).await;
        row.expect("a try to connect");
        let row = kept.into_active_model().insert(&*txn).await;
        row.expect("how long things are kept");
        let row = run.into_active_model().insert(&*txn).await;
        row.expect("when they were looked at");
        let row = route.into_active_model().insert(&*txn).await;
        row.expect("where a topic leads");
        txn.commit().await.expect("a commit");
    }

    /// What is kept of a month that is over longer than anything else here.
    async fn leave_month(&self, t: &TestApp) {
        let team = entity::team::Entity::find()
            .filter(entity::team::Column::OrganizationId.eq(self.organization.id))
            .one(t.app.store.reader())
            .await;
        let month = team_month::Model {
            organization_id: self.organization.id,
            month: "2026-09-01".to_owned(),
            team_id: team.expect("a query").expect("a team").id,
            parent_id: None,
            shown: false,
            networks: None,
        };
        let txn = t.app.store.begin().await.expect("a transaction");
        let row = month.into_active_model().insert(&*txn).await;
        row.expect("a month of a team");
        txn.commit().await.expect("a commit");
    }

    /// A file of this organization of a kind, unless it was discarded.
    pub async fn import(&self, t: &TestApp, kind: ImportKind) -> Option<CsvImportId> {
        let found = csv_import::Entity::find()
            .filter(csv_import::Column::OrganizationId.eq(self.organization.id))
            .filter(csv_import::Column::Kind.eq(kind))
            .one(t.app.store.reader())
            .await;
        found.expect("a query").map(|import| import.id)
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
            "import": csv_import, "delivery": delivery, "dismissal": dismissal, "feed": feed, "feed_item": feed_item,
            "hit": hit, "topic": topic, "view": saved_view, "media": media, "note": review_note, "identity": identity, "installation": installation, "job": job,
            "link": link, "member": member, "point_event": point_event, "post": post, "proposal": proposal,
            "session": session, "share": share, "team": team, "token": api_token, "variant": variant,
            "version": post_version,
        }
        all
    }
}
