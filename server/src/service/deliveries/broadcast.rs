//! Direct messages about posts to everybody who asked for them, planned in batches by jobs: a
//! hundred thousand hold nobody up. What each says, and whether its member wants it, is decided
//! when it is claimed: how many are planned is told, and would tell who paused or dismissed it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::{
    BroadcastHold, DeliveryOperation, DeliveryState, DeliverySubject, Platform, PostState,
};
use entity::ids::{OrganizationId, PostId};
use entity::{delivery, installation, organization, post, team};
use serde::{Deserialize, Serialize};

use super::personal::{home, key, withdrawal};
use super::plan::{blank, revision};
use crate::app::App;
use crate::domain::audience::{Rule, Traits};
use crate::domain::broadcast::progress::{Progress, Standing, Waiting, spread, standing};
use crate::domain::broadcast::{SOON, held};
use crate::domain::leaderboard::zone;
use crate::domain::post::is_open;
use crate::domain::quiet::{Noted, QuietHours};
use crate::service::jobs::{self, Task};
use crate::store::broadcasts::Tally;
use crate::store::deliveries::forgotten::{self, Gone, Waited};
use crate::store::deliveries::personal::{self, Recipient};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, broadcasts, installations, organizations, posts, teams};

/// Members of one batch: their rows fit into one statement on both databases.
const BATCH: u64 = 500;

/// Plans a direct message to each member who asked for them, for a post that went live.
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
    forget(txn, of).await?;
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

/// What waits of a post that has ended never goes out: it goes, and so does its number, but for the
/// few that were told as done while they waited.
pub(super) async fn drop_waiting(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    let of = (post.organization_id, post.id);
    let waited = forgotten::take_waiting(txn, of).await?;
    if waited.is_empty() {
        return Ok(());
    }
    // Apart as they were told apart.
    let soon = app.now() + SOON;
    let is_quiet = |one: &&Waited| soon < one.run_at && one.run_at < held();
    let quiet = whole(waited.iter().filter(is_quiet).count());
    let few = Waiting {
        due: whole(waited.len()) - quiet,
        quiet,
        on_their_way: left(txn, of).await?.to_go,
    };
    let there = by_chat(waited.iter().map(|one| one.platform));
    forgotten::add(txn, of, spread(few.told_as_done(), &there)).await
}

/// Forgets a message about a post that has ended, if it is given up or comes back from its way: it
/// never goes out.
pub(super) async fn forget_late(txn: &Txn, row: &delivery::Model) -> Result<(), StoreError> {
    let is_new = row.operation == DeliveryOperation::Post;
    let (DeliverySubject::PersonalPost, Some(post)) = (row.subject, row.post_id) else {
        return Ok(());
    };
    let goes = match row.state {
        DeliveryState::Cancelled => true,
        // What changes a message that is out, or takes it back, is tried again.
        DeliveryState::Pending => is_new,
        DeliveryState::Claimed
        | DeliveryState::Sent
        | DeliveryState::Failed
        | DeliveryState::Uncertain => false,
    };
    if !goes {
        return Ok(());
    }
    forgotten::remove(txn, row.organization_id, row.id).await?;
    if !is_new {
        return Ok(());
    }
    let of = (row.organization_id, post);
    let whose = (row.platform, row.subject);
    let counts = match standing(whose, row.state, row.failure.as_deref()) {
        Standing::Done => true,
        Standing::ToGo | Standing::Failed | Standing::Uncertain | Standing::Stopped => {
            left(txn, of).await?.misses_one()
        }
    };
    forgotten::add(txn, of, vec![(row.platform, i64::from(counts))]).await
}

/// How far the messages to members about a post have come that are there, or were counted.
async fn left(txn: &Txn, of: (OrganizationId, PostId)) -> Result<Progress, StoreError> {
    let tallies = broadcasts::tally_with_forgotten(&**txn, of).await?;
    Ok(progress(&tallies, DeliverySubject::PersonalPost, None))
}

/// How far messages of one kind have come, on one chat or on all.
pub(in crate::service) fn progress(
    tallies: &[Tally],
    subject: DeliverySubject,
    platform: Option<Platform>,
) -> Progress {
    let is_on = |tally: &&Tally| platform.is_none_or(|platform| platform == tally.platform);
    let there = tallies.iter().filter(|tally| tally.subject == subject);
    let mut progress = Progress::default();
    for tally in there.filter(is_on) {
        progress.add(counts_as(tally), tally.count);
    }
    progress
}

/// As what messages count that are told together.
pub(in crate::service) fn counts_as(tally: &Tally) -> Standing {
    let whose = (tally.platform, tally.subject);
    standing(whose, tally.state, tally.failure.as_deref())
}

/// Forgets what was given up or changed of the messages about a post that has ended. How many were
/// given up stays, as a number: they count as gone out, and would be missed.
async fn forget(txn: &Txn, of: (OrganizationId, PostId)) -> Result<(), StoreError> {
    let gone = forgotten::take_traces(txn, of).await?;
    forgotten::add(txn, of, done(gone.iter())).await
}

/// Keeps the numbers of messages that are past their time, post by post: what they were is
/// forgotten, and what is told of the post stays. The posts are held since before the messages
/// went, as where one ends.
pub(in crate::service) async fn keep_numbers(
    txn: &Txn,
    organization: OrganizationId,
    gone: &[Gone],
) -> Result<(), StoreError> {
    let posts: BTreeSet<PostId> = gone.iter().filter_map(|one| one.post_id).collect();
    for post in posts {
        let theirs = gone.iter().filter(|one| one.post_id == Some(post));
        forgotten::add(txn, (organization, post), done(theirs)).await?;
    }
    Ok(())
}

/// How many of these messages to members were told as done.
fn done<'g>(gone: impl Iterator<Item = &'g Gone>) -> Vec<(Platform, i64)> {
    let own = gone.filter(|one| {
        one.subject == DeliverySubject::PersonalPost && one.operation == DeliveryOperation::Post
    });
    let (mut done, mut stopped) = (Vec::new(), Vec::new());
    for one in own {
        let whose = (one.platform, one.subject);
        match standing(whose, one.state, one.failure.as_deref()) {
            Standing::Done => done.push(one.platform),
            Standing::Stopped => stopped.push(one.platform),
            Standing::ToGo | Standing::Failed | Standing::Uncertain => {}
        }
    }
    let few = Waiting {
        due: whole(stopped.len()),
        ..Waiting::default()
    };
    let mut done = by_chat(done.into_iter());
    for (platform, messages) in spread(few.told_as_done(), &by_chat(stopped.into_iter())) {
        *done.entry(platform).or_default() += messages;
    }
    done.into_iter().collect()
}

fn by_chat(platforms: impl Iterator<Item = Platform>) -> BTreeMap<Platform, i64> {
    let mut counts = BTreeMap::new();
    for platform in platforms {
        *counts.entry(platform).or_default() += 1;
    }
    counts
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
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
        let found = personal::recipients(&*txn, of, (after, BATCH)).await?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(platform: Platform, state: DeliveryState, failure: Option<&str>) -> Gone {
        Gone {
            platform,
            operation: DeliveryOperation::Post,
            subject: DeliverySubject::PersonalPost,
            post_id: None,
            state,
            failure: failure.map(str::to_owned),
        }
    }

    #[test]
    fn what_went_out_and_what_nobody_wanted_stays_told_and_what_was_kept_in_does_not() {
        use Platform::{Discord, Slack};
        let mut all = vec![
            gone(Discord, DeliveryState::Sent, None),
            gone(Discord, DeliveryState::Failed, Some("50007")),
            gone(Slack, DeliveryState::Cancelled, None),
            gone(Slack, DeliveryState::Failed, Some("user_not_found")),
            gone(Slack, DeliveryState::Uncertain, Some("timeout")),
            Gone {
                operation: DeliveryOperation::Revise,
                ..gone(Slack, DeliveryState::Cancelled, None)
            },
            Gone {
                subject: DeliverySubject::SuggestedPost,
                ..gone(Slack, DeliveryState::Sent, None)
            },
        ];
        assert_eq!(done(all.iter()), [(Slack, 1), (Discord, 2)]);
        let kept_in = |platform, reason| gone(platform, DeliveryState::Cancelled, Some(reason));
        for _ in 0..3 {
            all.push(kept_in(Slack, "stopped"));
            all.push(kept_in(Discord, "uninstalled"));
        }
        // Six fill one step together, and one of them fills none.
        assert_eq!(done(all.iter()), [(Slack, 2), (Discord, 2)]);
    }

    #[test]
    fn there_is_nothing_to_keep_of_nothing() {
        assert!(done([].iter()).is_empty());
    }
}
