//! Direct messages about posts to everybody who wants them, planned in batches by jobs: a
//! hundred thousand hold nobody up. What each says, and whether it is still wanted, is
//! decided when it is claimed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{BroadcastHold, DeliveryOperation, DeliverySubject, Platform, PostState};
use entity::ids::{OrganizationId, PostId};
use entity::{delivery, installation, organization, post, team};
use serde::{Deserialize, Serialize};

use super::personal::{home, key, withdrawal};
use super::plan::{blank, revision};
use crate::app::App;
use crate::domain::audience::{Rule, Traits};
use crate::domain::broadcast::held;
use crate::domain::leaderboard::zone;
use crate::domain::post::is_open;
use crate::domain::quiet::{Noted, QuietHours};
use crate::service::jobs::{self, Task};
use crate::store::deliveries::personal::{self, Recipient};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, broadcasts, installations, organizations, posts, teams};

/// Members of one batch: their rows fit into one statement on both databases.
const BATCH: u64 = 500;

/// Plans a direct message to each member who wants one, for a post that went live.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanPersonalPosts {
    /// The tenant.
    pub organization: OrganizationId,
    /// The post.
    pub post: PostId,
}

impl Task for PlanPersonalPosts {
    const KIND: &'static str = "plan_personal_posts";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Lets the direct messages about a post say that it has ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndPersonalPosts {
    /// The tenant.
    pub organization: OrganizationId,
    /// The post.
    pub post: PostId,
}

impl Task for EndPersonalPosts {
    const KIND: &'static str = "end_personal_posts";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Asks for messages about a post that went live.
pub(super) async fn announce(txn: &Txn, app: &App, post: &post::Model) -> Result<(), StoreError> {
    let task = PlanPersonalPosts {
        organization: post.organization_id,
        post: post.id,
    };
    let key = format!("plan_personal_posts:{}", post.id);
    jobs::enqueue(txn, app, &task, app.now(), Some(key)).await?;
    Ok(())
}

/// Asks that messages about a post say that it has ended, where there are any.
pub(super) async fn end(txn: &Txn, app: &App, post: &post::Model) -> Result<(), StoreError> {
    let of = (post.organization_id, post.id);
    personal::forget_traces(txn, post.organization_id, post.id).await?;
    if personal::cards(&**txn, of, (None, 1)).await?.is_empty() {
        return Ok(());
    }
    let task = EndPersonalPosts {
        organization: post.organization_id,
        post: post.id,
    };
    let key = format!("end_personal_posts:{}:{:?}", post.id, post.state);
    jobs::enqueue(txn, app, &task, app.now(), Some(key)).await?;
    Ok(())
}

/// Plans the messages of a live post, batch by batch; done again, it plans none twice.
pub async fn plan_personal_posts(app: &App, task: &PlanPersonalPosts) -> Result<(), StoreError> {
    let Some(organization) = organizations::find(app.store.reader(), task.organization).await?
    else {
        return Ok(());
    };
    let installed = installations::active_of(app.store.reader(), organization.id).await?;
    let teams = teams::of_organization(app.store.reader(), organization.id).await?;
    let mut round = Round::new(app, &organization, (installed, teams));
    let mut after = None;
    loop {
        let txn = app.store.begin().await?;
        // Held, so that none is planned after the post has ended.
        let post = posts::find_to_change(&txn, organization.id, task.post).await?;
        let Some(post) = post.filter(|post| is_open(post, app.now())) else {
            return Ok(());
        };
        let of = (organization.id, post.id);
        let found = personal::recipients(&*txn, of, (after, BATCH), app.now()).await?;
        let Some(last) = found.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let mut rows = round.rows(&post, &found);
        let hold = broadcasts::holds(&*txn, &[post.id]).await?;
        match hold.get(&post.id) {
            Some(BroadcastHold::Stopped) => return Ok(()),
            Some(BroadcastHold::Paused) => rows.iter_mut().for_each(|row| row.run_at = held()),
            None => {}
        }
        plan::insert(&txn, rows).await?;
        txn.commit().await?;
        app.couriers.wake();
    }
}

/// What holds for every batch of one post.
struct Round<'a> {
    app: &'a App,
    organization: &'a organization::Model,
    installed: Vec<installation::Model>,
    teams: Vec<team::Model>,
    /// Ends of quiet hours: few differ, and each takes some reckoning.
    ends: HashMap<(String, QuietHours), DateTime<Utc>>,
}

impl<'a> Round<'a> {
    fn new(
        app: &'a App,
        organization: &'a organization::Model,
        (installed, teams): (Vec<installation::Model>, Vec<team::Model>),
    ) -> Self {
        Self {
            app,
            organization,
            installed,
            teams,
            ends: HashMap::new(),
        }
    }

    /// What is planned for members who come once for each of their accounts.
    fn rows(&mut self, post: &post::Model, recipients: &[Recipient]) -> Vec<delivery::Model> {
        let audience = post.audience.as_ref();
        let rule = audience.map(|it| Rule::new(it, &self.teams, self.organization.language));
        let members = recipients.chunk_by(|one, next| one.id == next.id);
        let meant = members.filter(|accounts| {
            let own: Vec<Platform> = accounts.iter().filter_map(|one| one.platform).collect();
            let member = accounts.first();
            (rule.as_ref()).is_none_or(|rule| member.is_some_and(|it| rule.includes(it, &own)))
        });
        let rows = meant.filter_map(|accounts| {
            // The newest of a member's accounts on a platform is the likeliest to be looked at.
            let mut newest = accounts.iter().rev();
            let to = newest.find(|one| {
                one.delivery_platform.is_some() && one.platform == one.delivery_platform
            })?;
            let run_at = self.undisturbed(to);
            let home = home(
                &self.installed,
                (to.platform?, to.workspace_ref.as_deref()?),
            )?;
            Some(delivery::Model {
                subject: DeliverySubject::PersonalPost,
                post_id: Some(post.id),
                member_id: Some(to.id),
                place_ref: to.user_ref.clone()?,
                run_at,
                dedupe_key: Some(key(post.id, to.id)),
                ..blank(self.app, home, DeliveryOperation::Post)
            })
        });
        rows.collect()
    }

    fn undisturbed(&mut self, member: &Recipient) -> DateTime<Utc> {
        let own = member.time_zone.as_deref();
        let zone_name = own.unwrap_or(&self.organization.time_zone).to_owned();
        let quiet = QuietHours::of(member, self.organization);
        let now = self.app.now();
        *self
            .ends
            .entry((zone_name, quiet))
            .or_insert_with_key(|(name, quiet)| quiet.end(now, zone(name)))
    }
}

impl<'r> From<&'r Recipient> for Traits<'r> {
    fn from(recipient: &'r Recipient) -> Self {
        Self {
            team: recipient.team_id,
            language: recipient.language,
            roles: &recipient.roles.0,
        }
    }
}

impl From<&Recipient> for Noted {
    fn from(recipient: &Recipient) -> Self {
        Self {
            from: recipient.quiet_from,
            to: recipient.quiet_to,
            weekends: recipient.quiet_weekends,
            own: recipient.quiet_own,
        }
    }
}

/// Plans that the messages of a post that has ended say so, batch by batch.
pub async fn end_personal_posts(app: &App, task: &EndPersonalPosts) -> Result<(), StoreError> {
    let of = (task.organization, task.post);
    let mut after = None;
    loop {
        let txn = app.store.begin().await?;
        let Some(post) = posts::find(&*txn, task.organization, task.post).await? else {
            return Ok(());
        };
        let cards = personal::cards(&*txn, of, (after, BATCH)).await?;
        let Some(last) = cards.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let now = app.now();
        let rows = cards.iter().map(|card| match post.state {
            PostState::Withdrawn => withdrawal(app, card, now),
            PostState::Draft
            | PostState::InReview
            | PostState::Approved
            | PostState::Scheduled
            | PostState::Live
            | PostState::Expired
            | PostState::Archived => revision(app, card, now),
        });
        plan::insert(&txn, rows.collect()).await?;
        txn.commit().await?;
        app.couriers.wake();
    }
}
