//! Port: what the conversation asks of the server, always in one person's name.

#[cfg(any(test, feature = "fake"))]
pub mod fake;

use async_trait::async_trait;
use server_api::console::ConsoleLink;
use server_api::enums::{Network, Period};
use server_api::identity::{Introduced, Introduction, Pair, Paired, PairingCode};
use server_api::ids::{IdentityId, PostId, ProposalId};
use server_api::leaderboard::Leaderboard;
use server_api::me::{Home, Me, UpdateMe};
use server_api::problem::Problem;
use server_api::proposal::{MyProposal, ProposalReceipt, Propose};
use server_api::review::{Review, ReviewList};
use server_api::share::{ShareChoices, ShareReceipt};
use server_api::suggestion::SuggestionList;
use thiserror::Error;

use crate::person::Person;

/// In whose name, and in answer to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The person.
    pub person: Person,
    /// The platform's id of what they did: a repetition of it has one effect.
    pub interaction: String,
}

/// The server.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Makes the person known.
    async fn introduce(
        &self,
        asking: &Asking,
        introduction: &Introduction,
    ) -> Result<Introduced, BackendError>;

    /// The member in person.
    async fn me(&self, asking: &Asking) -> Result<Me, BackendError>;

    /// All that the member's own page shows.
    async fn home(&self, asking: &Asking) -> Result<Home, BackendError>;

    /// Changes the member's own choices.
    async fn update_me(&self, asking: &Asking, change: &UpdateMe) -> Result<Me, BackendError>;

    /// A fresh code that joins another account to the member; earlier ones stop to count.
    async fn pairing_code(&self, asking: &Asking) -> Result<PairingCode, BackendError>;

    /// A fresh link that logs the member in to the console; earlier ones stop to count.
    async fn console_link(&self, asking: &Asking) -> Result<ConsoleLink, BackendError>;

    /// Joins the asking account to the member who was given the code.
    async fn pair(&self, asking: &Asking, pair: &Pair) -> Result<Paired, BackendError>;

    /// Takes an account away from the member.
    async fn unpair(&self, asking: &Asking, identity: IdentityId) -> Result<(), BackendError>;

    /// Posts that the member has neither shared nor declined.
    async fn suggestions(&self, asking: &Asking) -> Result<SuggestionList, BackendError>;

    /// The member's ways to share a post.
    async fn share_choices(
        &self,
        asking: &Asking,
        post: PostId,
    ) -> Result<ShareChoices, BackendError>;

    /// Confirms a share; again gives the same receipt.
    async fn confirm(
        &self,
        asking: &Asking,
        post: PostId,
        network: Network,
    ) -> Result<ShareReceipt, BackendError>;

    /// Declines a post, silently.
    async fn dismiss(&self, asking: &Asking, post: PostId) -> Result<(), BackendError>;

    /// Takes that back.
    async fn undo_dismissal(&self, asking: &Asking, post: PostId) -> Result<(), BackendError>;

    /// Posts that wait for the member's judgement.
    async fn reviews(&self, asking: &Asking) -> Result<ReviewList, BackendError>;

    /// One of them, also after its review.
    async fn review(&self, asking: &Asking, post: PostId) -> Result<Review, BackendError>;

    /// Approves a post, if it still has the version that was shown. Approved already, by whomever,
    /// it stays so.
    async fn approve(
        &self,
        asking: &Asking,
        post: PostId,
        version: i64,
    ) -> Result<(), BackendError>;

    /// Sends a post back with a note, if it still has the version that was shown; gives its title.
    async fn ask_for_changes(
        &self,
        asking: &Asking,
        (post, version): (PostId, i64),
        note: &str,
    ) -> Result<String, BackendError>;

    /// Proposes a page to the comms team; the same page again is the same proposal.
    async fn propose(
        &self,
        asking: &Asking,
        form: &Propose,
    ) -> Result<ProposalReceipt, BackendError>;

    /// Takes a proposal of the member's back, until it is decided.
    async fn withdraw_proposal(
        &self,
        asking: &Asking,
        proposal: ProposalId,
    ) -> Result<MyProposal, BackendError>;

    /// A board, with the member's own place on it.
    async fn leaderboard(
        &self,
        asking: &Asking,
        period: Period,
    ) -> Result<Leaderboard, BackendError>;
}

/// Why the server did not do it.
#[derive(Debug, Error)]
pub enum BackendError {
    /// It refused, and said why.
    #[error("refused: {:?}", .0.code)]
    Problem(Box<Problem>),
    /// It could not be reached in time, or answered nonsense.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
}
