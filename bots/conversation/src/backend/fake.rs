//! A backend and a directory in memory, with the server's promises: repeating
//! changes nothing, declined posts vanish, withdrawn posts are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use server_api::enums::{Network, Period, PostState, ShareState};
use server_api::identity::{AccountKind, Introduced, Introduction};
use server_api::ids::PostId;
use server_api::leaderboard::Leaderboard;
use server_api::me::{Me, UpdateMe};
use server_api::problem::{Code, Problem};
use server_api::share::{ShareChoices, ShareReceipt};
use server_api::suggestion::{Suggestion, SuggestionList};

use super::{Asking, Backend, BackendError};
use crate::directory::{Directory, DirectoryError};
use crate::person::Person;
use crate::view::sample_data;

/// A server with one organization, one person and some posts.
pub struct FakeBackend {
    state: Mutex<State>,
}

struct State {
    me: Me,
    known: bool,
    may_join: bool,
    reachable: bool,
    contact: Option<String>,
    posts: Vec<Suggestion>,
    dismissed: BTreeSet<PostId>,
    shares: BTreeMap<(PostId, Network), ShareReceipt>,
    calls: Vec<&'static str>,
}

impl Default for FakeBackend {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                me: sample_data::me(),
                known: true,
                may_join: true,
                reachable: true,
                contact: Some("Grace".to_owned()),
                posts: vec![sample_data::suggestion()],
                dismissed: BTreeSet::new(),
                shares: BTreeMap::new(),
                calls: Vec::new(),
            }),
        }
    }
}

impl FakeBackend {
    /// The person is not known yet.
    #[must_use]
    pub fn with_stranger(self) -> Self {
        self.state().known = false;
        self
    }

    /// The person is not known and may not join.
    #[must_use]
    pub fn refusing_strangers(self) -> Self {
        self.state().may_join = false;
        self.with_stranger()
    }

    /// The member is as given.
    #[must_use]
    pub fn with_member(self, me: Me) -> Self {
        self.state().me = me;
        self
    }

    /// The posts are as given.
    #[must_use]
    pub fn with_posts(self, posts: Vec<Suggestion>) -> Self {
        self.state().posts = posts;
        self
    }

    /// The server does not answer.
    #[must_use]
    pub fn away(self) -> Self {
        self.state().reachable = false;
        self
    }

    /// The names of the calls so far, in order.
    pub fn calls(&self) -> Vec<&'static str> {
        self.state().calls.clone()
    }

    /// The member as they are now.
    pub fn member(&self) -> Me {
        self.state().me.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn call(&self, name: &'static str) -> Result<MutexGuard<'_, State>, BackendError> {
        let mut state = self.state();
        state.calls.push(name);
        if !state.reachable {
            return Err(BackendError::Unreachable("away".to_owned()));
        }
        if !state.known && name != "introduce" {
            return Err(problem(Code::UnknownPerson, None));
        }
        Ok(state)
    }
}

impl State {
    fn post(&self, id: PostId) -> Result<Suggestion, BackendError> {
        self.posts
            .iter()
            .find(|post| post.post_id == id)
            .cloned()
            .ok_or_else(|| problem(Code::NotFound, None))
    }

    fn live_post(&self, id: PostId) -> Result<Suggestion, BackendError> {
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

fn problem(code: Code, contact: Option<String>) -> BackendError {
    BackendError::Problem(Box::new(Problem {
        typ: "about:blank".to_owned(),
        title: "Refused".to_owned(),
        status: 409,
        detail: Some("for developers".to_owned()),
        code,
        fields: vec![],
        contact,
        request_id: None,
    }))
}

#[async_trait]
impl Backend for FakeBackend {
    async fn introduce(
        &self,
        _asking: &Asking,
        introduction: &Introduction,
    ) -> Result<Introduced, BackendError> {
        let mut state = self.call("introduce")?;
        if !state.may_join || introduction.account != AccountKind::Full {
            return Err(problem(Code::MayNotJoin, state.contact.clone()));
        }
        let created = !state.known;
        state.known = true;
        Ok(Introduced {
            member_id: state.me.id,
            created,
        })
    }

    async fn me(&self, _asking: &Asking) -> Result<Me, BackendError> {
        Ok(self.call("me")?.me.clone())
    }

    async fn update_me(&self, _asking: &Asking, change: &UpdateMe) -> Result<Me, BackendError> {
        let mut state = self.call("update_me")?;
        if let Some(visibility) = change.board_visibility {
            state.me.board_visibility = visibility;
        }
        if let Some(language) = change.language {
            state.me.language = language;
        }
        if let Some(followers) = &change.followers {
            state.me.followers.extend(followers);
        }
        Ok(state.me.clone())
    }

    async fn suggestions(&self, _asking: &Asking) -> Result<SuggestionList, BackendError> {
        let state = self.call("suggestions")?;
        let items = state
            .posts
            .iter()
            .filter(|post| {
                post.state == PostState::Live
                    && !state.dismissed.contains(&post.post_id)
                    && !state
                        .shares
                        .keys()
                        .any(|(shared, _)| *shared == post.post_id)
            })
            .cloned()
            .collect();
        Ok(SuggestionList { items })
    }

    async fn share_choices(
        &self,
        _asking: &Asking,
        post: PostId,
    ) -> Result<ShareChoices, BackendError> {
        let state = self.call("share_choices")?;
        let post = state.live_post(post)?;
        Ok(ShareChoices {
            post,
            ..sample_data::share_choices()
        })
    }

    async fn confirm(
        &self,
        _asking: &Asking,
        post: PostId,
        network: Network,
    ) -> Result<ShareReceipt, BackendError> {
        let mut state = self.call("confirm")?;
        if let Some(receipt) = state.shares.get(&(post, network)) {
            return Ok(receipt.clone());
        }
        let suggestion = state.live_post(post)?;
        let receipt = ShareReceipt {
            post_id: post,
            title: suggestion.title,
            network,
            state: ShareState::Confirmed,
            potential_reach: state.me.followers.get(&network).copied(),
            ..sample_data::share_receipt()
        };
        state.shares.insert((post, network), receipt.clone());
        Ok(receipt)
    }

    async fn dismiss(&self, _asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let mut state = self.call("dismiss")?;
        state.post(post)?;
        state.dismissed.insert(post);
        Ok(())
    }

    async fn undo_dismissal(&self, _asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let mut state = self.call("undo_dismissal")?;
        state.post(post)?;
        state.dismissed.remove(&post);
        Ok(())
    }

    async fn leaderboard(
        &self,
        _asking: &Asking,
        period: Period,
    ) -> Result<Leaderboard, BackendError> {
        drop(self.call("leaderboard")?);
        Ok(Leaderboard {
            period,
            ..sample_data::leaderboard()
        })
    }
}

/// A directory in which everybody has the same kind of account.
pub struct FakeDirectory {
    /// What it says of everybody.
    pub account: AccountKind,
}

#[async_trait]
impl Directory for FakeDirectory {
    async fn introduction(&self, _person: &Person) -> Result<Introduction, DirectoryError> {
        Ok(Introduction {
            display_name: "Ada Example".to_owned(),
            email: Some("ada@example.org".to_owned()),
            email_confirmed: true,
            account: self.account,
            time_zone: None,
            language: None,
            roles: Vec::new(),
        })
    }
}
