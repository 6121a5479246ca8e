//! Steps of many posts at once: each by itself, with what takes it back.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::post;

use super::{
    PostDetail, PostError, archive_post, recall_post, reschedule_post, set_campaign, submit_post,
    unarchive_post, withdraw_post,
};
use crate::app::App;
use crate::domain::cadence::instant;
use crate::domain::campaign::has_ended;
use crate::domain::fault::Fault;
use crate::domain::leaderboard::zone;
use crate::service::actor::Actor;
use crate::store::{campaigns, posts};

/// Posts of one request, at most.
pub const POSTS: usize = 100;
/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Minutes that posts are shifted by, at most: a year.
const SHIFT: i64 = 366 * DAY;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Hand it to the approvers.
    Submit,
    /// Take it back from them.
    Recall,
    /// Put it away.
    Archive,
    /// Bring it back.
    Unarchive,
    /// Take it back everywhere.
    Withdraw,
    /// Let it serve a campaign, or none.
    SetCampaign(Option<String>),
    /// Move it to a time.
    Reschedule(DateTime<Utc>),
    /// Move it by minutes; whole days keep the organization's time of day.
    Shift(i64),
}

/// What became of a post.
#[derive(Debug)]
pub struct Done {
    /// The post.
    pub post: PostId,
    /// The post as it is now and the step that takes it back, where there is one; or why not.
    pub outcome: Result<(PostDetail, Option<Action>), PostError>,
}

/// Takes a step with each post. What one is refused does not hold up the others.
pub async fn act_on_posts(
    app: &App,
    actor: &Actor,
    wanted: Vec<(PostId, Action)>,
) -> Result<Vec<Done>, PostError> {
    actor.require(Permission::WritePosts)?;
    if wanted.is_empty() || wanted.len() > POSTS {
        return Err(Fault::new("steps", format!("has 1 to {POSTS} entries")).into());
    }
    let mut done = Vec::with_capacity(wanted.len());
    for (post, action) in wanted {
        let outcome = act(app, actor, post, action).await;
        done.push(Done { post, outcome });
    }
    Ok(done)
}

async fn act(
    app: &App,
    actor: &Actor,
    id: PostId,
    action: Action,
) -> Result<(PostDetail, Option<Action>), PostError> {
    let before = posts::find(app.store.reader(), actor.organization.id, id)
        .await?
        .ok_or(PostError::NotFound)?;
    let undo = undo(app, &before, &action).await?;
    let after = match action {
        Action::Submit => submit_post(app, actor, id).await?,
        Action::Recall => recall_post(app, actor, id).await?,
        Action::Archive => archive_post(app, actor, id).await?,
        Action::Unarchive => unarchive_post(app, actor, id).await?,
        Action::Withdraw => withdraw_post(app, actor, id, None).await?,
        Action::SetCampaign(slug) => set_campaign(app, actor, id, slug.as_deref()).await?,
        Action::Reschedule(at) => reschedule_post(app, actor, id, None, at).await?,
        Action::Shift(minutes) => {
            let zone = zone(&actor.organization.time_zone);
            let at = shifted(before.publish_at, minutes, zone)?;
            reschedule_post(app, actor, id, Some(before.version), at).await?
        }
    };
    // Where somebody else changed it meanwhile, what was there before is not ours to bring back.
    let is_ours = after.post.version == before.version + 1;
    Ok((after, undo.filter(|_| is_ours)))
}

/// Whole days keep the time of day, also where clocks change between.
fn shifted(at: Option<DateTime<Utc>>, minutes: i64, zone: Tz) -> Result<DateTime<Utc>, Fault> {
    if minutes.abs() > SHIFT {
        return Err(Fault::new("minutes", "is at most a year"));
    }
    let by = TimeDelta::minutes(minutes);
    let moved = |at: DateTime<Utc>| {
        if minutes % DAY == 0 {
            let wall = at.with_timezone(&zone).naive_local();
            instant(zone, wall.checked_add_signed(by)?)
        } else {
            at.checked_add_signed(by)
        }
    };
    at.and_then(moved)
        .ok_or_else(|| Fault::new("publish_at", "is not set, so that it cannot be moved"))
}

/// The step that brings a post back to where it was; none where nothing does.
async fn undo(
    app: &App,
    before: &post::Model,
    action: &Action,
) -> Result<Option<Action>, PostError> {
    Ok(match action {
        Action::Submit => Some(Action::Recall),
        // What was approved once is not approved again by an undo.
        Action::Recall => (before.state == PostState::InReview).then_some(Action::Submit),
        Action::Archive => Some(Action::Unarchive),
        Action::Unarchive => Some(Action::Archive),
        Action::Withdraw => None,
        Action::SetCampaign(_) => {
            let former = match before.campaign_id {
                Some(id) => {
                    let db = app.store.reader();
                    let found = campaigns::find_many(db, before.organization_id, &[id]).await?;
                    let found = found.into_iter().next();
                    // No post is given back to one that has ended.
                    if found.as_ref().is_some_and(|one| has_ended(one, app.now())) {
                        return Ok(None);
                    }
                    found.map(|campaign| campaign.slug)
                }
                None => None,
            };
            Some(Action::SetCampaign(former))
        }
        Action::Reschedule(_) | Action::Shift(_) => before.publish_at.map(Action::Reschedule),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn whole_days_keep_the_time_of_day_across_a_change_of_clocks() {
        let zone = Tz::Europe__Berlin;
        for (from, minutes, to) in [
            // Clocks went back on 25 October 2026.
            ("2026-10-24T07:00:00Z", DAY, "2026-10-25T08:00:00Z"),
            ("2026-10-25T08:00:00Z", -DAY, "2026-10-24T07:00:00Z"),
            ("2026-10-24T07:00:00Z", DAY + 1, "2026-10-25T07:01:00Z"),
            // 02:30 is not there on 28 March 2027.
            ("2027-03-27T01:30:00Z", DAY, "2027-03-28T01:00:00Z"),
        ] {
            let moved = shifted(Some(at(from)), minutes, zone);
            assert_eq!(moved.ok(), Some(at(to)), "{from}");
        }
    }

    #[test]
    fn what_has_no_time_or_would_be_moved_by_years_is_refused() {
        assert_eq!(shifted(None, DAY, Tz::UTC).unwrap_err().field, "publish_at");
        let far = shifted(Some(at("2026-10-24T07:00:00Z")), 2 * SHIFT, Tz::UTC);
        assert_eq!(far.unwrap_err().field, "minutes");
    }
}
