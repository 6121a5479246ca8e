//! The conversation's backend over the server's HTTP API.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use conversation::backend::{Asking, Backend, BackendError};
use server_api::client::{CallError, Client};
use server_api::console::ConsoleLink;
use server_api::enums::{Network, Period};
use server_api::identity::{Introduced, Introduction, Pair, Paired, PairingCode};
use server_api::ids::{IdentityId, PostId, ProposalId};
use server_api::leaderboard::Leaderboard;
use server_api::me::{Home, Me, UpdateMe};
use server_api::post::{ApprovePost, RejectPost};
use server_api::problem::Code;
use server_api::proposal::{MyProposal, ProposalReceipt, Propose};
use server_api::review::{Review, ReviewList};
use server_api::share::{ConfirmShare, ShareChoices, ShareReceipt};
use server_api::suggestion::SuggestionList;

use crate::clock::{Clock, within};

/// How long a person waits for the server at most.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pause before asking again what another press of the same button is doing.
const IN_PROGRESS_PAUSE: Duration = Duration::from_millis(250);
/// How often to ask again.
const IN_PROGRESS_TRIES: usize = 8;
/// Longest idempotency key that we send.
const KEY_CHARACTERS: usize = 200;

/// The server, over HTTP.
pub struct HttpBackend {
    client: Client,
    clock: Arc<dyn Clock>,
}

impl HttpBackend {
    /// A backend over `client`, which carries the service's token.
    pub fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock }
    }

    fn asking(&self, asking: &Asking) -> Client {
        self.client.on_behalf_of(&asking.person.reference())
    }

    fn changing(&self, asking: &Asking) -> Client {
        self.asking(asking).idempotent(&key(&asking.interaction))
    }

    /// Runs a call; where another press of the same button is being answered, waits
    /// for its answer.
    async fn call<T, F>(&self, call: impl Fn() -> F) -> Result<T, BackendError>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let work = async {
            let mut outcome = call().await;
            for _ in 0..IN_PROGRESS_TRIES {
                if !in_progress(&outcome) {
                    break;
                }
                self.clock.sleep(IN_PROGRESS_PAUSE).await;
                outcome = call().await;
            }
            outcome
        };
        within(self.clock.as_ref(), PATIENCE, work)
            .await
            .unwrap_or(Err(CallError::Unexpected { status: 504 }))
            .map_err(failure)
    }
}

fn in_progress<T>(outcome: &Result<T, CallError>) -> bool {
    outcome
        .as_ref()
        .err()
        .and_then(CallError::problem)
        .is_some_and(|problem| problem.code == Code::IdempotencyInProgress)
}

fn failure(error: CallError) -> BackendError {
    match error {
        CallError::Problem(problem) => BackendError::Problem(problem),
        CallError::Transport(error) => BackendError::Unreachable(error.to_string()),
        CallError::Unexpected { status } => BackendError::Unreachable(format!("status {status}")),
    }
}

/// An interaction's id as a header can carry it.
fn key(interaction: &str) -> String {
    interaction
        .chars()
        .filter(char::is_ascii_graphic)
        .take(KEY_CHARACTERS)
        .collect()
}

#[async_trait]
impl Backend for HttpBackend {
    async fn introduce(
        &self,
        asking: &Asking,
        introduction: &Introduction,
    ) -> Result<Introduced, BackendError> {
        let client = self.changing(asking);
        self.call(|| client.introduce(introduction)).await
    }

    async fn me(&self, asking: &Asking) -> Result<Me, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.me()).await
    }

    async fn home(&self, asking: &Asking) -> Result<Home, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.home()).await
    }

    async fn update_me(&self, asking: &Asking, change: &UpdateMe) -> Result<Me, BackendError> {
        let client = self.changing(asking);
        self.call(|| client.update_me(change)).await
    }

    async fn pairing_code(&self, asking: &Asking) -> Result<PairingCode, BackendError> {
        // Without a key: a remembered answer would keep the code in plain words.
        let client = self.asking(asking);
        self.call(|| client.pairing_code()).await
    }

    async fn console_link(&self, asking: &Asking) -> Result<ConsoleLink, BackendError> {
        // Without a key: a remembered answer would keep the link in plain words.
        let client = self.asking(asking);
        self.call(|| client.console_link()).await
    }

    async fn pair(&self, asking: &Asking, pair: &Pair) -> Result<Paired, BackendError> {
        let client = self.changing(asking);
        self.call(|| client.pair(pair)).await
    }

    async fn unpair(&self, asking: &Asking, identity: IdentityId) -> Result<(), BackendError> {
        let client = self.changing(asking);
        self.call(|| client.unpair(identity)).await
    }

    async fn suggestions(&self, asking: &Asking) -> Result<SuggestionList, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.suggestions()).await
    }

    async fn share_choices(
        &self,
        asking: &Asking,
        post: PostId,
    ) -> Result<ShareChoices, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.share_choices(post)).await
    }

    async fn confirm(
        &self,
        asking: &Asking,
        post: PostId,
        network: Network,
    ) -> Result<ShareReceipt, BackendError> {
        let client = self.changing(asking);
        let confirmation = ConfirmShare { network };
        self.call(|| client.confirm_share(post, &confirmation))
            .await
    }

    async fn dismiss(&self, asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let client = self.changing(asking);
        self.call(|| client.dismiss(post)).await
    }

    async fn undo_dismissal(&self, asking: &Asking, post: PostId) -> Result<(), BackendError> {
        let client = self.changing(asking);
        self.call(|| client.undo_dismissal(post)).await
    }

    async fn reviews(&self, asking: &Asking) -> Result<ReviewList, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.reviews()).await
    }

    async fn review(&self, asking: &Asking, post: PostId) -> Result<Review, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.review(post)).await
    }

    async fn approve(
        &self,
        asking: &Asking,
        post: PostId,
        version: i64,
    ) -> Result<(), BackendError> {
        let client = self.changing(asking);
        let form = ApprovePost {
            version: Some(version),
            ..ApprovePost::default()
        };
        let approved = self.call(|| client.approve_post(post, &form)).await;
        approved.map(drop)
    }

    async fn ask_for_changes(
        &self,
        asking: &Asking,
        (post, version): (PostId, i64),
        note: &str,
    ) -> Result<String, BackendError> {
        let client = self.changing(asking);
        let form = RejectPost {
            note: note.to_owned(),
            version: Some(version),
        };
        let sent_back = self.call(|| client.reject_post(post, &form)).await;
        sent_back.map(|post| post.title)
    }

    async fn propose(
        &self,
        asking: &Asking,
        form: &Propose,
    ) -> Result<ProposalReceipt, BackendError> {
        let client = self.changing(asking);
        self.call(|| client.propose(form)).await
    }

    async fn withdraw_proposal(
        &self,
        asking: &Asking,
        proposal: ProposalId,
    ) -> Result<MyProposal, BackendError> {
        let client = self.changing(asking);
        self.call(|| client.withdraw_proposal(proposal)).await
    }

    async fn leaderboard(
        &self,
        asking: &Asking,
        period: Period,
    ) -> Result<Leaderboard, BackendError> {
        let client = self.asking(asking);
        self.call(|| client.leaderboard(period)).await
    }
}
