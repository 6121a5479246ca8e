//! Counting the messages about a post: those to expect, those that are planned, and those that
//! are taken back.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform, PostState};
use entity::json::Audience;
use entity::{organization, post};

use super::Refused;
use crate::app::App;
use crate::domain::broadcast::progress::{Progress, Standing, in_proportion, steps, untold};
use crate::domain::broadcast::{SOON, held, may_try_again, seconds};
use crate::domain::leaderboard::zone;
use crate::domain::quiet::QuietHours;
use crate::service::audiences;
use crate::service::deliveries::{EndPersonalPosts, PlanPersonalPosts, counts_as, progress};
use crate::service::jobs::Task;
use crate::service::routing::{self, About};
use crate::store::broadcasts::{self, Later, Tally};
use crate::store::{Reader, StoreError, installations};

/// The chats, which work side by side.
const CHATS: [Platform; 2] = [Platform::Slack, Platform::Discord];

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) channels: Progress,
    pub(super) members: Progress,
    /// Whether anything is still to be planned, sent or taken back, as far as it is told.
    pub(super) is_going: bool,
    pub(super) planning: bool,
    pub(super) quiet: i64,
    pub(super) quiet_until: Option<DateTime<Utc>>,
    pub(super) failures: Vec<Refused>,
    pub(super) retriable: i64,
    pub(super) resendable: i64,
    pub(super) withdrawal: Option<Progress>,
    pub(super) per_minute: u32,
    pub(super) seconds_left: i64,
}

impl Counted {
    /// The chats work side by side: the slower one counts.
    fn paced(mut self, app: &App, to_go: [(Platform, i64); 2]) -> Self {
        for (platform, messages) in to_go.into_iter().filter(|(_, messages)| *messages > 0) {
            let rate = rate(app, platform);
            let takes = seconds(messages, rate);
            if takes >= self.seconds_left {
                self.seconds_left = takes;
                self.per_minute = rate;
            }
        }
        if self.per_minute == 0 {
            self.per_minute = rate(app, Platform::Slack);
        }
        self
    }
}

fn rate(app: &App, platform: Platform) -> u32 {
    match platform {
        Platform::Slack => app.config.slack.messages_per_minute,
        Platform::Discord => app.config.discord.messages_per_minute,
    }
}

/// What a post will send that is not live yet: to its audience alone.
pub(super) async fn expected(
    app: &App,
    organization: &organization::Model,
    (audience, about): (Option<&Audience>, About<'_>),
) -> Result<Counted, StoreError> {
    let db = app.store.reader();
    let channels = routing::destinations(db, organization.id, (audience, about)).await?;
    let readers = match audience {
        Some(audience) => audiences::readers(app, organization, audience).await?,
        None => broadcasts::readers(db, organization.id).await?,
    };
    let on = |platform: Platform| {
        let cards = channels
            .iter()
            .filter(|(_, home)| home.platform == platform);
        let messages = readers.iter().filter(|(chat, _)| *chat == platform);
        let messages: i64 = messages.map(|(_, count)| steps(*count)).sum();
        (platform, count_of(cards) + messages)
    };
    let ahead = |planned| Progress {
        planned,
        to_go: planned,
        ..Progress::default()
    };
    let members: i64 = readers.iter().map(|(_, count)| count).sum();
    let counted = Counted {
        channels: ahead(count_of(channels.iter())),
        members: ahead(steps(members)),
        ..Counted::default()
    };
    Ok(counted.paced(app, CHATS.map(on)))
}

fn count_of<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}

/// What became of the messages about a post that went live.
pub(super) async fn told(
    app: &App,
    organization: &organization::Model,
    post: &post::Model,
) -> Result<Counted, StoreError> {
    let db = app.store.reader();
    let of = (post.organization_id, post.id);
    let tallies = broadcasts::tally_with_forgotten(db, of).await?;
    let planning = is_being_planned(db, post).await?;
    let failures = failures(&tallies);
    let again = Again::of(db, post, &tallies).await?;
    let members = progress(&tallies, DeliverySubject::PersonalPost, None);
    let counted = Counted {
        channels: progress(&tallies, DeliverySubject::SuggestedPost, None),
        members: members.in_steps(),
        planning,
        retriable: again.refused.iter().map(|one| one.count).sum(),
        resendable: again.uncertain.iter().map(|one| one.count).sum(),
        failures,
        ..Counted::default()
    };
    if post.state == PostState::Withdrawn {
        let mut back = broadcasts::tally(db, of, DeliveryOperation::Withdraw).await?;
        // What was to be taken back and never arrived is no message.
        back.retain(|one| one.state != DeliveryState::Cancelled);
        return Ok(taken_back(app, counted, (&tallies, &back)));
    }
    let later = if post.state == PostState::Live {
        broadcasts::later(db, of, (app.now() + SOON, held())).await?
    } else {
        Vec::new()
    };
    let resting = Resting {
        later: &later,
        until: rests_until(app.now(), organization),
    };
    Ok(under_way(app, counted, &tallies, &resting))
}

/// Who waits for quiet hours to end.
struct Resting<'a> {
    later: &'a [Later],
    /// Until when the organization itself rests.
    until: Option<DateTime<Utc>>,
}

impl Resting<'_> {
    fn count(&self, platform: Option<Platform>) -> i64 {
        let there = self.later.iter();
        let there = there.filter(|one| is_on(one.platform, platform));
        there.map(|one| one.count).sum()
    }
}

/// When the quiet hours that an organization chose are over, if they are on: of a member's own
/// hours nobody else learns.
fn rests_until(now: DateTime<Utc>, organization: &organization::Model) -> Option<DateTime<Utc>> {
    let zone = zone(&organization.time_zone);
    let end = QuietHours::of_house(organization).end(now, zone);
    (end > now).then_some(end)
}

/// Adds what is still to be sent, apart from what waits for quiet hours to end. Who waits and
/// fills no step is told as done: a broadcast of which only one to four messages are left, or
/// tried again, is over as far as anybody is told.
fn under_way(app: &App, counted: Counted, tallies: &[Tally], resting: &Resting<'_>) -> Counted {
    let left = |platform| {
        let cards = progress(tallies, DeliverySubject::SuggestedPost, Some(platform));
        let mut messages = progress(tallies, DeliverySubject::PersonalPost, Some(platform));
        messages.to_go = (messages.to_go - resting.count(Some(platform))).max(0);
        (platform, cards.to_go + messages.in_steps().to_go)
    };
    let mut members = progress(tallies, DeliverySubject::PersonalPost, None);
    // Counted a moment apart, they may be more than are to go.
    let waits = resting.count(None).min(members.to_go);
    let few = untold(waits);
    let quiet = waits - few;
    members.to_go -= few;
    members.done += few;
    let members = members.in_steps();
    let counted = Counted {
        is_going: counted.planning || counted.channels.to_go + members.to_go > 0,
        members,
        quiet,
        quiet_until: resting.until.filter(|_| quiet > 0),
        ..counted
    };
    counted.paced(app, CHATS.map(left))
}

/// Adds what is still to be taken back.
fn taken_back(app: &App, counted: Counted, (posted, back): (&[Tally], &[Tally])) -> Counted {
    let planning = counted.planning;
    let on = |platform| {
        let cards = progress(back, DeliverySubject::SuggestedPost, platform);
        let messages = progress(back, DeliverySubject::PersonalPost, platform);
        // Told of as many as went out or were not wanted: beside those the number that is really
        // taken back would tell who got none.
        let out = progress(posted, DeliverySubject::PersonalPost, platform);
        let out = out.done + out.to_go;
        let silent = (out - messages.planned).max(0);
        let to_go = if planning {
            // Of how many it is a part is not known yet.
            messages.to_go + silent
        } else {
            // Those that were not wanted are done along with the others, for the same reason.
            in_proportion(messages.to_go, messages.planned, messages.planned + silent)
        };
        let messages = Progress {
            planned: out,
            to_go,
            ..messages
        };
        (cards, messages.in_steps())
    };
    let left = |platform| {
        let (cards, messages) = on(Some(platform));
        (platform, cards.to_go + messages.to_go)
    };
    let (cards, messages) = on(None);
    let counted = Counted {
        is_going: planning || cards.to_go + messages.to_go > 0,
        withdrawal: Some(cards + messages),
        ..counted
    };
    counted.paced(app, CHATS.map(left))
}

fn is_on(platform: Platform, wanted: Option<Platform>) -> bool {
    wanted.is_none_or(|wanted| wanted == platform)
}

/// What could be sent again: only where the bot is still there to send it.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// What a chat refused, but not for good.
    pub(super) refused: Vec<Tally>,
    /// What may have arrived.
    pub(super) uncertain: Vec<Tally>,
}

impl Again {
    pub(super) async fn of(
        db: &impl Reader,
        post: &post::Model,
        tallies: &[Tally],
    ) -> Result<Self, StoreError> {
        let refused = tallies.iter().filter(|tally| {
            let reason = tally.failure.as_deref().unwrap_or_default();
            tally.state == DeliveryState::Failed
                && may_try_again(tally.platform, tally.subject, reason)
        });
        let uncertain = tallies.iter();
        let uncertain = uncertain.filter(|tally| tally.state == DeliveryState::Uncertain);
        let mut again = Self {
            refused: refused.cloned().collect(),
            uncertain: uncertain.cloned().collect(),
        };
        // Nearly always there are none.
        if post.state != PostState::Live || (again.refused.is_empty() && again.uncertain.is_empty())
        {
            return Ok(Self::default());
        }
        let homes = installations::active_of(db, post.organization_id).await?;
        let is_there = |tally: &Tally| homes.iter().any(|home| home.id == tally.installation);
        again.refused.retain(is_there);
        again.uncertain.retain(is_there);
        Ok(again)
    }
}

fn failures(tallies: &[Tally]) -> Vec<Refused> {
    let mut failures: Vec<Refused> = Vec::new();
    for tally in tallies {
        let (Standing::Failed, Some(reason)) = (counts_as(tally), &tally.failure) else {
            continue;
        };
        let same = |one: &&mut Refused| one.platform == tally.platform && one.reason == *reason;
        match failures.iter_mut().find(same) {
            Some(known) => known.count += tally.count,
            None => failures.push(Refused {
                platform: tally.platform,
                reason: reason.clone(),
                count: tally.count,
            }),
        }
    }
    failures.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    failures
}

/// Whether a job that plans messages to members, or that they are taken back, is not done yet. A
/// worker that has it in hand has taken its key from it, so that only its arguments tell.
async fn is_being_planned(db: &impl Reader, post: &post::Model) -> Result<bool, StoreError> {
    let kind = match post.state {
        PostState::Live => PlanPersonalPosts::KIND,
        PostState::Withdrawn => EndPersonalPosts::KIND,
        PostState::Draft
        | PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Expired
        | PostState::Archived => return Ok(false),
    };
    let open = broadcasts::open_jobs(db, post.organization_id, kind).await?;
    let mut named = open.into_iter().filter_map(|job| {
        // Both have the same arguments.
        let task: Result<PlanPersonalPosts, _> = serde_json::from_value(job.payload);
        task.ok()
    });
    Ok(named.any(|task| task.post == post.id))
}
