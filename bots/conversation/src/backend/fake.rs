//! A backend and a directory in memory, with the server's promises: repeating
//! changes nothing, declined posts vanish, withdrawn posts are refused, a code counts
//! once.

mod accounts;
mod proposals;
mod reviews;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use server_api::console::ConsoleLink;
use server_api::enums::{Network, Period, Platform, ShareState};
use server_api::identity::{AccountKind, Introduced, Introduction, Pair, Paired, PairingCode};
use server_api::ids::{IdentityId, PostId, ProposalId};
use server_api::leaderboard::Leaderboard;
use server_api::me::{Home, Me, UpdateMe};
use server_api::problem::Code;
use server_api::proposal::{MyProposal, ProposalReceipt, Propose};
use server_api::review::{Review, ReviewList};
use server_api::share::{ShareChoices, ShareReceipt};
use server_api::suggestion::{Suggestion, SuggestionList};

use self::accounts::Accounts;
use self::proposals::Proposals;
use self::reviews::Reviews;
use self::state::{State, problem};
use super::{Asking, Backend, BackendError};
use crate::directory::{Directory, DirectoryError};
use crate::person::Person;
use crate::view::sample_data;

/// How many posts a page offers at most.
const ON_PAGE: usize = 3;

/// A server with one organization, one person and some posts.
pub struct FakeBackend {
    state: Mutex<State>,
}

impl Default for FakeBackend {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                me: sample_data::me(),
                accounts: Accounts::default(),
                may_join: true,
                reachable: true,
                contact: Some("Grace".to_owned()),
                posts: vec![sample_data::suggestion()],
                dismissed: BTreeSet::new(),
                shares: BTreeMap::new(),
                reviews: Reviews {
                    all: vec![sample_data::review()],
                    are_refused: false,
                },
                proposals: Proposals::default(),
                calls: Vec::new(),
            }),
        }
    }
}

impl FakeBackend {
    /// Nobody is known yet.
    #[must_use]
    pub fn with_stranger(self) -> Self {
        self.with_strangers_on(Platform::Slack)
            .with_strangers_on(Platform::Discord)
    }

    /// Nobody is known yet on that chat.
    #[must_use]
    pub fn with_strangers_on(self, platform: Platform) -> Self {
        self.state().accounts.estrange(platform);
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

    /// The posts under review are as given.
    #[must_use]
    pub fn with_reviews(self, reviews: Vec<Review>) -> Self {
        self.state().reviews.all = reviews;
        self
    }

    /// Somebody else proposed that page.
    #[must_use]
    pub fn with_proposal_of_others(self, url: &str) -> Self {
        self.state().proposals.of_others.push(url.to_owned());
        self
    }

    /// The member reviews nothing.
    #[must_use]
    pub fn refusing_reviews(self) -> Self {
        self.state().reviews.are_refused = true;
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

    /// A call in anybody's name.
    fn reach(&self, name: &'static str) -> Result<MutexGuard<'_, State>, BackendError> {
        let mut state = self.state();
        state.calls.push(name);
        if state.reachable {
            Ok(state)
        } else {
            Err(BackendError::Unreachable("away".to_owned()))
        }
    }

    /// A call in a member's name.
    fn call(
        &self,
        asking: &Asking,
        name: &'static str,
    ) -> Result<MutexGuard<'_, State>, BackendError> {
        let mut state = self.reach(name)?;
        if !state.accounts.knows(&asking.person) {
            return Err(problem(Code::UnknownPerson, None));
        }
        state.me.identities = state.accounts.of_the_member();
        Ok(state)
    }
}

#[async_trait]
impl Backend for FakeBackend {
    async fn introduce(
        &self,
        asking: &Asking,
        introduction: &Introduction,
    ) -> Result<Introduced, BackendError> {
        let mut state = self.reach("introduce")?;
        let created = !state.accounts.knows(&asking.person);
        if created {
            let contact = state.contact.clone();
            match asking.person.platform {
                Platform::Discord => return Err(problem(Code::PairingRequired, contact)),
                Platform::Slack => {
                    if !state.may_join || introduction.account != AccountKind::Full {
                        return Err(problem(Code::MayNotJoin, contact));
                    }
                }
            }
            state.accounts.add(&asking.person);
        }
        Ok(Introduced {
            member_id: state.me.id,
            created,
        })
    }

    async fn me(&self, asking: &Asking) -> Result<Me, BackendError> {
        Ok(self.call(asking, "me")?.me.clone())
    }

    async fn home(&self, asking: &Asking) -> Result<Home, BackendError> {
        let state = self.call(asking, "home")?;
        let offered = state.suggested().into_iter().take(ON_PAGE);
        Ok(Home {
            me: state.me.clone(),
            to_share: offered.map(|post| state.choices(post)).collect(),
            board: sample_data::leaderboard(),
            proposal: state.proposals.mine.last().cloned(),
        })
    }

    async fn update_me(&self, asking: &Asking, change: &UpdateMe) -> Result<Me, BackendError> {
        let mut state = self.call(asking, "update_me")?;
        state.change(change)?;
        Ok(state.me.clone())
    }

    async fn pairing_code(&self, asking: &Asking) -> Result<PairingCode, BackendError> {
        Ok(self.call(asking, "pairing_code")?.accounts.issue())
    }

    async fn console_link(&self, asking: &Asking) -> Result<ConsoleLink, BackendError> {
        drop(self.call(asking, "console_link")?);
        Ok(sample_data::console_link())
    }

    async fn pair(&self, asking: &Asking, pair: &Pair) -> Result<Paired, BackendError> {
        let mut state = self.reach("pair")?;
        let identity_id = state
            .accounts
            .pair(&asking.person, &pair.code)
            .map_err(|code| problem(code, None))?;
        Ok(Paired {
            identity_id,
            member_id: state.me.id,
            display_name: state.me.display_name.clone(),
            organization: state.me.organization.clone(),
        })
    }

    async fn unpair(&self, asking: &Asking, identity: IdentityId) -> Result<(), BackendError> {
        self.call(asking, "unpair")?
            .accounts
            .unpair(identity)
            .map_err(|code| problem(code, None))
    }

    async fn suggestions(&self, asking: &Asking) -> Result<SuggestionList, BackendError> {
        let items = self.call(asking, "suggestions")?.suggested();
        Ok(SuggestionList { items })
    }

    async fn share_choices(
        &self,
        asking: &Asking,
        post: PostId,
    ) -> Result<ShareChoices, BackendError> {
        let state = self.call(asking, "share_choices")?;
        let post = state.live_post(post)?;
        Ok(state.choices(post))
    }

    async fn confirm(
        &self,
        asking: &Asking,
        post: PostId,
        network: Network,
    ) -> Result<ShareReceipt, BackendError> {
        let mut state = self.call(asking, "confirm")?;
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

    async fn dismiss(&self, asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let mut state = self.call(asking, "dismiss")?;
        state.post(post)?;
        state.dismissed.insert(post);
        Ok(())
    }

    async fn undo_dismissal(&self, asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let mut state = self.call(asking, "undo_dismissal")?;
        state.post(post)?;
        state.dismissed.remove(&post);
        Ok(())
    }

    async fn reviews(&self, asking: &Asking) -> Result<ReviewList, BackendError> {
        self.call(asking, "reviews")?.queue()
    }

    async fn review(&self, asking: &Asking, post: PostId) -> Result<Review, BackendError> {
        self.call(asking, "review")?.review(post)
    }

    async fn approve(
        &self,
        asking: &Asking,
        post: PostId,
        version: i64,
    ) -> Result<(), BackendError> {
        self.call(asking, "approve")?.approve(post, version)
    }

    async fn ask_for_changes(
        &self,
        asking: &Asking,
        judged: (PostId, i64),
        note: &str,
    ) -> Result<String, BackendError> {
        self.call(asking, "ask_for_changes")?
            .send_back(judged, note)
    }

    async fn propose(
        &self,
        asking: &Asking,
        form: &Propose,
    ) -> Result<ProposalReceipt, BackendError> {
        self.call(asking, "propose")?.propose(form)
    }

    async fn withdraw_proposal(
        &self,
        asking: &Asking,
        proposal: ProposalId,
    ) -> Result<MyProposal, BackendError> {
        self.call(asking, "withdraw_proposal")?.take_back(proposal)
    }

    async fn leaderboard(
        &self,
        asking: &Asking,
        period: Period,
    ) -> Result<Leaderboard, BackendError> {
        drop(self.call(asking, "leaderboard")?);
        let mut board = Leaderboard {
            period,
            ..sample_data::leaderboard()
        };
        if period == Period::AllTime {
            for row in board.top.iter_mut().chain(&mut board.around) {
                row.movement = None;
            }
        }
        Ok(board)
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
