//! What the fake server remembers, and its rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use server_api::enums::{Network, PostState};
use server_api::ids::PostId;
use server_api::me::{Me, UpdateMe};
use server_api::problem::{Code, Problem};
use server_api::share::{ShareChoices, ShareReceipt};
use server_api::suggestion::Suggestion;

use super::accounts::Accounts;
use super::proposals::Proposals;
use super::reviews::Reviews;
use crate::backend::BackendError;
use crate::view::sample_data;

/// How long a pause may be, in days.
const LONGEST_PAUSE: u32 = 365;

/// What the fake server remembers.
pub(super) struct State {
    pub(super) me: Me,
    pub(super) accounts: Accounts,
    pub(super) may_join: bool,
    pub(super) reachable: bool,
    pub(super) contact: Option<String>,
    pub(super) posts: Vec<Suggestion>,
    pub(super) dismissed: BTreeSet<PostId>,
    pub(super) shares: BTreeMap<(PostId, Network), ShareReceipt>,
    pub(super) reviews: Reviews,
    pub(super) proposals: Proposals,
    pub(super) calls: Vec<&'static str>,
}

impl State {
    pub(super) fn post(&self, id: PostId) -> Result<Suggestion, BackendError> {
        self.posts
            .iter()
            .find(|post| post.post_id == id)
            .cloned()
            .ok_or_else(|| problem(Code::NotFound, None))
    }

    /// Live posts that the member has neither shared nor declined.
    pub(super) fn suggested(&self) -> Vec<Suggestion> {
        self.posts
            .iter()
            .filter(|post| {
                post.state == PostState::Live
                    && !self.dismissed.contains(&post.post_id)
                    && !self
                        .shares
                        .keys()
                        .any(|(shared, _)| *shared == post.post_id)
            })
            .cloned()
            .collect()
    }

    pub(super) fn choices(&self, post: Suggestion) -> ShareChoices {
        let mut choices = sample_data::share_choices();
        for choice in &mut choices.networks {
            choice.preferred = self.me.networks.contains(&choice.network);
            choice.state = self
                .shares
                .get(&(post.post_id, choice.network))
                .map(|share| share.state);
        }
        let rank = |network| self.me.networks.iter().position(|one| *one == network);
        choices
            .networks
            .sort_by_key(|choice| rank(choice.network).unwrap_or(usize::MAX));
        ShareChoices {
            post,
            language: Some(self.me.language),
            ..choices
        }
    }

    /// Checks all of a change before any of it counts.
    pub(super) fn change(&mut self, change: &UpdateMe) -> Result<(), BackendError> {
        let too_long = change.pause_days.is_some_and(|days| days > LONGEST_PAUSE);
        let repeated = change.networks.as_ref().is_some_and(|networks| {
            networks.iter().collect::<BTreeSet<_>>().len() < networks.len()
        });
        if too_long || repeated {
            return Err(problem(Code::InvalidField, None));
        }
        let me = &mut self.me;
        me.board_visibility = change.board_visibility.unwrap_or(me.board_visibility);
        me.language = change.language.unwrap_or(me.language);
        me.attribution = change.attribution.unwrap_or(me.attribution);
        if let Some(preference) = change.delivery {
            me.delivery = preference;
            me.delivery_refused_on = None;
        }
        if let Some(networks) = &change.networks {
            me.networks.clone_from(networks);
        }
        if let Some(followers) = &change.followers {
            me.followers.extend(followers);
        }
        if let Some(days) = change.pause_days {
            me.paused_until = (days > 0).then(|| now() + TimeDelta::days(i64::from(days)));
        }
        if let Some(quiet) = &change.quiet_hours {
            me.quiet_hours = (quiet.from_minute != quiet.to_minute).then(|| quiet.clone());
        }
        Ok(())
    }

    pub(super) fn live_post(&self, id: PostId) -> Result<Suggestion, BackendError> {
        let post = self.post(id)?;
        match post.state {
            PostState::Live => Ok(post),
            PostState::Withdrawn => Err(problem(Code::PostWithdrawn, None)),
            PostState::Expired | PostState::Archived => Err(problem(Code::PostExpired, None)),
            PostState::Draft | PostState::InReview | PostState::Approved | PostState::Scheduled => {
                // To members it does not exist yet.
                Err(problem(Code::NotFound, None))
            }
        }
    }
}

/// The hour that it always is here.
fn now() -> DateTime<Utc> {
    sample_data::me().joined_at.unwrap_or_default()
}

pub(super) fn problem(code: Code, contact: Option<String>) -> BackendError {
    BackendError::Problem(Box::new(Problem {
        typ: "about:blank".to_owned(),
        title: "Refused".to_owned(),
        status: 409,
        detail: Some("for developers".to_owned()),
        code,
        fields: vec![],
        contact,
        changed: None,
        request_id: None,
    }))
}
