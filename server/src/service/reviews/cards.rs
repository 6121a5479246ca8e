//! Reviews as chats show them: what waits for a member's judgement, and what became of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{Language, Permission, PostState, ReviewStep};
use entity::ids::{MemberId, OrganizationId, PostId};
use entity::json::Audience;
use entity::{channel, member, organization, post, review_note, team, variant};
use thiserror::Error;

use super::waits_since;
use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::post::{goes_live_at, is_overdue};
use crate::domain::review::{excerpt, may_judge, urgency};
use crate::service::actor::Actor;
use crate::store::{
    Reader, StoreError, audit_events, channels, content_rules, posts, review_notes, reviews, teams,
    variants,
};

/// Posts of one look: what a message shows, and some more.
const LISTED: usize = 10;
/// Steps among which the last is looked for; the others are remarks.
const STEPS: u64 = 50;

/// A post as one of its reviewers sees it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The post.
    pub post: post::Model,
    /// Its sentences, or the beginning of a wording where it has none.
    pub excerpt: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whom it is for; none for everybody.
    pub audience: Option<Whom>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Whether it waits longer than the organization wants.
    pub is_overdue: bool,
    /// When it is to go live once it is approved; none for at once.
    pub live_at: Option<DateTime<Utc>>,
    /// Whether the reader may approve it.
    pub may_approve: bool,
    /// What ended its review, if something did.
    pub decision: Option<Decision>,
    /// Its place in the console's queue.
    pub url: String,
    /// The language that the reader speaks.
    pub language: Language,
}

/// Whom a post is for, teams and channels by their names.
#[derive(Clone, Debug)]
pub struct Whom {
    /// The rule.
    pub rule: Audience,
    /// Names of its teams.
    pub teams: Vec<String>,
    /// Names of its channels; none for all.
    pub channels: Option<Vec<String>>,
}

/// What ended a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The step.
    pub step: ReviewStep,
    /// Who took it; none for who is gone.
    pub by: Option<String>,
    /// Whether it was the reader.
    pub is_mine: bool,
    /// What was said with it.
    pub note: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The posts that wait for a member's judgement.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The most urgent ones, the first first.
    pub cards: Vec<Card>,
    /// How many there are in all.
    pub waiting: usize,
    /// The console's queue.
    pub url: String,
}

/// Why a review is not shown.
#[derive(Debug, Error)]
pub enum ReviewError {
    /// The actor reviews nothing.
    #[error("the permission ReviewPosts is needed")]
    NotYours {
        /// Whom to ask.
        contact: Option<String>,
    },
    /// There is no such post in the organization.
    #[error("there is no such post")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// The posts that wait for the actor's judgement, the most urgent first.
pub async fn list_reviews(app: &App, actor: &Actor) -> Result<Queue, ReviewError> {
    require(actor)?;
    let db = app.store.reader();
    let organization = &actor.organization;
    let hours = hours(db, organization.id).await?;
    let not_by = super::not_by(actor);
    let mut found = reviews::waiting(db, organization.id, not_by, super::SHOWN).await?;
    found.retain(|post| may_judge(&actor.member, organization, post));
    let waiting = reviews::count(db, organization.id, not_by).await?;
    let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
    let now = app.now();
    found.sort_by_key(|post| {
        let since = waits_since(post);
        urgency(post, (since, is_overdue(Some(since), hours, now)))
    });
    found.truncate(LISTED);
    let order: Vec<PostId> = found.iter().map(|post| post.id).collect();
    let sheets = Sheets::load(db, app, organization, found).await?;
    let cards = order
        .into_iter()
        .filter_map(|id| sheets.card(id, &actor.member));
    Ok(Queue {
        cards: cards.collect(),
        waiting,
        url: queue(app, organization),
    })
}

/// A post as the actor sees it, also after its review.
pub async fn show_review(app: &App, actor: &Actor, id: PostId) -> Result<Card, ReviewError> {
    require(actor)?;
    let db = app.store.reader();
    let organization = &actor.organization;
    let post = posts::find(db, organization.id, id)
        .await?
        .ok_or(ReviewError::NotFound)?;
    let sheets = Sheets::load(db, app, organization, vec![post]).await?;
    let card = sheets.card(id, &actor.member);
    card.ok_or(ReviewError::NotFound)
}

fn require(actor: &Actor) -> Result<(), ReviewError> {
    let contact = || actor.organization.settings.contact.clone();
    actor
        .require(Permission::ReviewPosts)
        .map_err(|_| ReviewError::NotYours { contact: contact() })
}

async fn hours(db: &impl Reader, organization: OrganizationId) -> Result<i64, StoreError> {
    let rules = content_rules::find(db, organization).await?;
    Ok(rules.map_or(0, |rules| rules.review_hours))
}

/// The console's queue; its addresses are no secrets.
fn queue(app: &App, organization: &organization::Model) -> String {
    let path = format!("o/{}/review", organization.slug);
    app.addresses().at(&path)
}

/// What cards of one organization say, the same for all of their readers.
pub(in crate::service) struct Sheets {
    organization: organization::Model,
    queue: String,
    hours: i64,
    now: DateTime<Utc>,
    posts: HashMap<PostId, post::Model>,
    wordings: HashMap<PostId, String>,
    steps: HashMap<PostId, review_note::Model>,
    names: HashMap<MemberId, String>,
    teams: Vec<team::Model>,
    channels: Vec<channel::Model>,
}

impl Sheets {
    /// Reads what cards about these posts say.
    pub(in crate::service) async fn load(
        db: &impl Reader,
        app: &App,
        organization: &organization::Model,
        posts: Vec<post::Model>,
    ) -> Result<Self, StoreError> {
        let id = organization.id;
        let mut sheets = Self {
            hours: hours(db, id).await?,
            queue: queue(app, organization),
            now: app.now(),
            wordings: wordings(db, id, &posts).await?,
            steps: steps(db, id, &posts).await?,
            names: HashMap::new(),
            teams: Vec::new(),
            channels: Vec::new(),
            organization: organization.clone(),
            posts: posts.into_iter().map(|post| (post.id, post)).collect(),
        };
        let rules = || {
            sheets
                .posts
                .values()
                .filter_map(|post| post.audience.as_ref())
        };
        if rules().any(|rule| !rule.teams.is_empty()) {
            sheets.teams = teams::of_organization(db, id).await?;
        }
        let rules = || {
            sheets
                .posts
                .values()
                .filter_map(|post| post.audience.as_ref())
        };
        if rules().any(|rule| rule.channels.is_some()) {
            sheets.channels = channels::active_of(db, id).await?;
        }
        let authors = sheets.posts.values().filter_map(|post| post.author_id);
        let others = sheets.steps.values().filter_map(|step| step.author_id);
        let people: Vec<MemberId> = authors.chain(others).collect();
        let found = audit_events::actors(db, id, &people).await?;
        let found = found.into_iter();
        sheets.names = found.map(|one| (one.id, one.display_name)).collect();
        Ok(sheets)
    }

    /// A post as a member sees it.
    pub(in crate::service) fn card(&self, id: PostId, reader: &member::Model) -> Option<Card> {
        let post = self.posts.get(&id)?;
        let since = waits_since(post);
        let is_waiting = post.state == PostState::InReview;
        let words = if post.summary.trim().is_empty() {
            self.wordings.get(&id).map_or("", String::as_str)
        } else {
            post.summary.as_str()
        };
        Some(Card {
            excerpt: excerpt(words),
            author: self.name(post.author_id),
            audience: post.audience.as_ref().map(|rule| self.whom(rule)),
            since,
            is_overdue: is_waiting && is_overdue(Some(since), self.hours, self.now),
            live_at: goes_live_at(post.publish_at, post.embargo_until, self.now),
            may_approve: may_judge(reader, &self.organization, post),
            decision: self.steps.get(&id).map(|step| Decision {
                step: step.step,
                by: self.name(step.author_id),
                is_mine: step.author_id == Some(reader.id),
                note: step.text.clone(),
                at: step.created_at,
            }),
            url: format!("{}?post={id}", self.queue),
            language: reader.language.unwrap_or(self.organization.language),
            post: post.clone(),
        })
    }

    fn name(&self, id: Option<MemberId>) -> Option<String> {
        id.and_then(|id| self.names.get(&id).cloned())
    }

    fn whom(&self, rule: &Audience) -> Whom {
        let teams = self.teams.iter().filter(|one| rule.teams.contains(&one.id));
        let channels = rule.channels.as_ref().map(|named| {
            let meant = self.channels.iter().filter(|one| named.contains(&one.id));
            meant.map(|one| one.name.clone()).collect()
        });
        Whom {
            teams: teams.map(|one| one.name.clone()).collect(),
            channels,
            rule: rule.clone(),
        }
    }
}

/// The first wording of each post that has no sentences of its own.
async fn wordings(
    db: &impl Reader,
    organization: OrganizationId,
    posts: &[post::Model],
) -> Result<HashMap<PostId, String>, StoreError> {
    let mute = posts.iter().filter(|post| post.summary.trim().is_empty());
    let mute: Vec<PostId> = mute.map(|post| post.id).collect();
    if mute.is_empty() {
        return Ok(HashMap::new());
    }
    let mut first = HashMap::new();
    let found: Vec<variant::Model> = variants::of_posts(db, organization, &mute).await?;
    for wording in found {
        first.entry(wording.post_id).or_insert(wording.text);
    }
    Ok(first)
}

/// The last step of each review that has ended.
async fn steps(
    db: &impl Reader,
    organization: OrganizationId,
    posts: &[post::Model],
) -> Result<HashMap<PostId, review_note::Model>, StoreError> {
    let mut last = HashMap::new();
    let paging = Paging {
        after: None,
        limit: STEPS,
    };
    let ended = posts
        .iter()
        .filter(|post| post.state != PostState::InReview);
    for post in ended {
        let found = review_notes::list(db, organization, post.id, paging).await?;
        let step = found.items.into_iter().find(|one| match one.step {
            ReviewStep::Approved | ReviewStep::Rejected | ReviewStep::Recalled => true,
            ReviewStep::Comment | ReviewStep::Submitted => false,
        });
        if let Some(step) = step {
            last.insert(post.id, step);
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests;
