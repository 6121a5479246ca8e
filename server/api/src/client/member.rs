//! Calls in the name of one member.

use reqwest::Method;

use super::{CallError, Client};
use crate::console::ConsoleLink;
use crate::enums::Period;
use crate::identity::{Introduced, Introduction, Pair, Paired, PairingCode};
use crate::ids::{IdentityId, PostId, SessionId};
use crate::leaderboard::Leaderboard;
use crate::me::{Home, Me, UpdateMe};
use crate::review::{Review, ReviewList};
use crate::session::{ChangePassword, Sessions};
use crate::share::{ConfirmShare, ShareChoices, ShareReceipt};
use crate::suggestion::SuggestionList;

impl Client {
    /// `PUT /identity`: introduces the chat account acted for.
    pub async fn introduce(&self, introduction: &Introduction) -> Result<Introduced, CallError> {
        self.send(Method::PUT, "/identity", introduction).await
    }

    /// `POST /me/pairing-code`: a fresh code; earlier ones stop to count.
    pub async fn pairing_code(&self) -> Result<PairingCode, CallError> {
        self.send(Method::POST, "/me/pairing-code", &()).await
    }

    /// `POST /me/console-link`: a fresh link into the console; earlier ones stop to count.
    pub async fn console_link(&self) -> Result<ConsoleLink, CallError> {
        self.send(Method::POST, "/me/console-link", &()).await
    }

    /// `GET /me/sessions`: the browsers that are logged in.
    pub async fn sessions(&self) -> Result<Sessions, CallError> {
        self.get("/me/sessions").await
    }

    /// `DELETE /me/sessions/{session}`: logs one browser out.
    pub async fn end_session(&self, session: SessionId) -> Result<(), CallError> {
        self.command(Method::DELETE, &format!("/me/sessions/{session}"), &())
            .await
    }

    /// `DELETE /me/sessions`: logs out everywhere.
    pub async fn end_sessions(&self) -> Result<(), CallError> {
        self.command(Method::DELETE, "/me/sessions", &()).await
    }

    /// `PUT /me/password`: a new password; every session ends.
    pub async fn change_password(&self, change: &ChangePassword) -> Result<(), CallError> {
        self.command(Method::PUT, "/me/password", change).await
    }

    /// `POST /identity/pairing`: joins the chat account acted for to the code's member.
    pub async fn pair(&self, pair: &Pair) -> Result<Paired, CallError> {
        self.send(Method::POST, "/identity/pairing", pair).await
    }

    /// `DELETE /me/identities/{identity}`: undoes a pairing.
    pub async fn unpair(&self, identity: IdentityId) -> Result<(), CallError> {
        self.command(Method::DELETE, &format!("/me/identities/{identity}"), &())
            .await
    }

    /// `GET /me/home`: all that the member's own page shows.
    pub async fn home(&self) -> Result<Home, CallError> {
        self.get("/me/home").await
    }

    /// `GET /me`.
    pub async fn me(&self) -> Result<Me, CallError> {
        self.get("/me").await
    }

    /// `PATCH /me`.
    pub async fn update_me(&self, change: &UpdateMe) -> Result<Me, CallError> {
        self.send(Method::PATCH, "/me", change).await
    }

    /// `GET /me/reviews`: the posts that wait for the member's judgement.
    pub async fn reviews(&self) -> Result<ReviewList, CallError> {
        self.get("/me/reviews").await
    }

    /// `GET /me/reviews/{post}`: one of them, also after its review.
    pub async fn review(&self, post: PostId) -> Result<Review, CallError> {
        self.get(&format!("/me/reviews/{post}")).await
    }

    /// `GET /me/suggestions`.
    pub async fn suggestions(&self) -> Result<SuggestionList, CallError> {
        self.get("/me/suggestions").await
    }

    /// `GET /me/posts/{post}/choices`.
    pub async fn share_choices(&self, post: PostId) -> Result<ShareChoices, CallError> {
        self.get(&format!("/me/posts/{post}/choices")).await
    }

    /// `PUT /me/posts/{post}/share`: confirms a share; again gives the same one.
    pub async fn confirm_share(
        &self,
        post: PostId,
        confirmation: &ConfirmShare,
    ) -> Result<ShareReceipt, CallError> {
        self.send(
            Method::PUT,
            &format!("/me/posts/{post}/share"),
            confirmation,
        )
        .await
    }

    /// `PUT /me/posts/{post}/dismissal`: "not for me", silently.
    pub async fn dismiss(&self, post: PostId) -> Result<(), CallError> {
        self.command(Method::PUT, &format!("/me/posts/{post}/dismissal"), &())
            .await
    }

    /// `DELETE /me/posts/{post}/dismissal`: takes it back.
    pub async fn undo_dismissal(&self, post: PostId) -> Result<(), CallError> {
        self.command(Method::DELETE, &format!("/me/posts/{post}/dismissal"), &())
            .await
    }

    /// `GET /leaderboard`.
    pub async fn leaderboard(&self, period: Period) -> Result<Leaderboard, CallError> {
        self.list("/leaderboard", &[("period", period)]).await
    }
}
