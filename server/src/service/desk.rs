//! What needs a member now: what waits for their judgement or answer, what they began, what fails;
//! and what went out of late.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Permission, PostState};
use entity::{post, proposal};

use super::actor::Actor;
use super::connections::{self, Ailing};
use super::reviews;
use crate::app::App;
use crate::domain::library::Sort;
use crate::domain::page::Paging;
use crate::domain::post::is_overdue;
use crate::store::posts::library::{self, Filter};
use crate::store::reviews as rows;
use crate::store::{StoreError, feeds, proposals};

/// How many of each are shown: a desk is not a library.
const SHOWN: u64 = 6;
/// Feeds among which those that fail are looked for.
const LOOKED_AT: u64 = 100;
/// What went out within this time is shown.
const LATELY: TimeDelta = TimeDelta::days(7);

/// What needs a member now. What they may not see is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// The posts that wait longest for the member's judgement, since when, and whether that is
    /// longer than the organization wants.
    pub to_review: Vec<(DateTime<Utc>, post::Model, bool)>,
    /// How many there are in all.
    pub waiting: usize,
    /// The proposals that wait longest for an answer.
    pub proposals: Vec<proposal::Model>,
    /// How many there are in all.
    pub to_decide: usize,
    /// Drafts that the member began: those that were sent back first, the newest of each first.
    pub drafts: Vec<post::Model>,
    /// Titles or addresses of feeds whose last fetch failed.
    pub failing_feeds: Vec<String>,
    /// Connections to chats that something ails.
    pub ailing_connections: Vec<Ailing>,
    /// Live posts that went out of late, the newest first: they need nothing.
    pub went_out: Vec<post::Model>,
}

impl Desk {
    /// How many things there are.
    pub fn len(&self) -> usize {
        let ailing = self.failing_feeds.len() + self.ailing_connections.len();
        self.waiting + self.to_decide + self.drafts.len() + ailing
    }

    /// Whether nothing needs the member.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What needs the actor now.
pub async fn look(app: &App, actor: &Actor) -> Result<Desk, StoreError> {
    let db = app.store.reader();
    let organization = actor.organization.id;
    let may = |permission| actor.require(permission).is_ok();
    let mut desk = Desk::default();
    if may(Permission::ReviewPosts) {
        let not_by = reviews::not_by(actor);
        let waiting = rows::count(db, organization, not_by).await?;
        desk.waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
        let first = rows::waiting(db, organization, not_by, SHOWN).await?;
        let hours = reviews::review_hours(app, actor).await?;
        let first = first.into_iter().map(|post| {
            let since = reviews::waits_since(&post);
            (since, post, is_overdue(Some(since), hours, app.now()))
        });
        desk.to_review = first.collect();
    }
    if may(Permission::WritePosts) {
        let waiting = proposals::count_waiting(db, organization).await?;
        desk.to_decide = usize::try_from(waiting).unwrap_or(usize::MAX);
        desk.proposals = proposals::waiting(db, organization, SHOWN).await?;
        desk.drafts = drafts(app, actor).await?;
    }
    if may(Permission::ReadPosts) {
        let lately = Filter {
            state: Some(PostState::Live),
            from: Some(app.now() - LATELY),
            ..Filter::default()
        };
        let page = (None, SHOWN);
        desk.went_out = library::list(db, organization, &lately, Sort::Time, page).await?;
    }
    if may(Permission::ManageFeeds) {
        let paging = Paging {
            after: None,
            limit: LOOKED_AT,
        };
        let found = feeds::list(db, organization, paging).await?;
        desk.failing_feeds = found
            .items
            .into_iter()
            .filter(|feed| feed.last_error.is_some() && !feed.paused)
            .map(|feed| feed.title.unwrap_or(feed.url))
            .collect();
    }
    desk.ailing_connections = connections::ailing(app, actor).await?;
    Ok(desk)
}

/// Drafts that the actor began.
async fn drafts(app: &App, actor: &Actor) -> Result<Vec<post::Model>, StoreError> {
    let (db, organization) = (app.store.reader(), actor.organization.id);
    let begun = Filter {
        state: Some(PostState::Draft),
        author: Some(actor.member.id),
        ..Filter::default()
    };
    let mut drafts = library::sent_back(db, organization, &begun, SHOWN).await?;
    let page = (None, SHOWN);
    let others = library::list(db, organization, &begun, Sort::Newest, page).await?;
    drafts.extend(others.into_iter().filter(|post| post.review_note.is_none()));
    drafts.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    Ok(drafts)
}

#[cfg(test)]
mod tests;
