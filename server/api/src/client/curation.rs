//! Calls of curators and administrators.

use reqwest::Method;

use super::{CallError, Client, accepted, answer};
use crate::broadcast::{Broadcast, ResendUncertain};
use crate::enums::PostState;
use crate::feed::{CreateFeed, Feed, FeedItem, FeedRun, UpdateFeed};
use crate::identity::PairingCode;
use crate::ids::{ApiTokenId, FeedId, MemberId, PostId};
use crate::member::{CreateMember, ImportReport, Member};
use crate::operations::{AuditEvent, DeadJob, DeliveryCounts};
use crate::organization::{Channel, Organization, Setup};
use crate::page::{Page, PageQuery};
use crate::post::{ApprovePost, CreatePost, Post, PostFigures, RejectPost, WithdrawPost};
use crate::token::{ApiToken, CreateApiToken, NewApiToken};

impl Client {
    /// `PUT /setup`: applies a set-up; again changes nothing. Operator only.
    pub async fn setup(&self, setup: &Setup) -> Result<Organization, CallError> {
        self.send(Method::PUT, "/setup", setup).await
    }

    /// `GET /organization`.
    pub async fn organization(&self) -> Result<Organization, CallError> {
        self.get("/organization").await
    }

    /// `GET /channels`.
    pub async fn channels(&self, page: &PageQuery) -> Result<Page<Channel>, CallError> {
        self.list("/channels", page).await
    }

    /// `GET /posts`, of one state or of all.
    pub async fn posts(
        &self,
        state: Option<PostState>,
        page: &PageQuery,
    ) -> Result<Page<Post>, CallError> {
        answer(
            self.request(Method::GET, "/posts")
                .query(&[("state", state)])
                .query(page),
        )
        .await
    }

    /// `GET /posts/{post}`.
    pub async fn post(&self, post: PostId) -> Result<Post, CallError> {
        self.get(&format!("/posts/{post}")).await
    }

    /// `POST /posts`: writes a draft.
    pub async fn create_post(&self, form: &CreatePost) -> Result<Post, CallError> {
        self.send(Method::POST, "/posts", form).await
    }

    /// `PUT /posts/{post}`: replaces what a draft says.
    pub async fn update_post(&self, post: PostId, form: &CreatePost) -> Result<Post, CallError> {
        self.send(Method::PUT, &format!("/posts/{post}"), form)
            .await
    }

    /// `POST /posts/{post}/submit`: hands a draft to the approvers.
    pub async fn submit_post(&self, post: PostId) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/submit"), &())
            .await
    }

    /// `POST /posts/{post}/approve`: approves; it is published at its time or at once.
    pub async fn approve_post(&self, post: PostId, form: &ApprovePost) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/approve"), form)
            .await
    }

    /// `POST /posts/{post}/reject`: sends it back with a note.
    pub async fn reject_post(&self, post: PostId, form: &RejectPost) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/reject"), form)
            .await
    }

    /// `POST /posts/{post}/publish`: makes an approved or scheduled post live now.
    pub async fn publish_post(&self, post: PostId) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/publish"), &())
            .await
    }

    /// `POST /posts/{post}/withdraw`: takes it back everywhere.
    pub async fn withdraw_post(
        &self,
        post: PostId,
        form: &WithdrawPost,
    ) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/withdraw"), form)
            .await
    }

    /// `GET /posts/{post}/broadcast`: how far its messages have come.
    pub async fn broadcast(&self, post: PostId) -> Result<Broadcast, CallError> {
        self.get(&format!("/posts/{post}/broadcast")).await
    }

    /// `POST /posts/{post}/broadcast/pause`: what is not out yet waits.
    pub async fn pause_broadcast(&self, post: PostId) -> Result<Broadcast, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/broadcast/pause"), &())
            .await
    }

    /// `POST /posts/{post}/broadcast/resume`: what waits goes out.
    pub async fn resume_broadcast(&self, post: PostId) -> Result<Broadcast, CallError> {
        let path = format!("/posts/{post}/broadcast/resume");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /posts/{post}/broadcast/stop`: what is not out yet never goes out.
    pub async fn stop_broadcast(&self, post: PostId) -> Result<Broadcast, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/broadcast/stop"), &())
            .await
    }

    /// `POST /posts/{post}/broadcast/retry`: what a platform refused is tried again.
    pub async fn retry_broadcast(&self, post: PostId) -> Result<Broadcast, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/broadcast/retry"), &())
            .await
    }

    /// `POST /posts/{post}/broadcast/resend`: so many that may have arrived are sent again.
    pub async fn resend_uncertain(
        &self,
        post: PostId,
        form: &ResendUncertain,
    ) -> Result<Broadcast, CallError> {
        let path = format!("/posts/{post}/broadcast/resend");
        self.send(Method::POST, &path, form).await
    }

    /// `GET /posts/{post}/figures`.
    pub async fn post_figures(&self, post: PostId) -> Result<PostFigures, CallError> {
        self.get(&format!("/posts/{post}/figures")).await
    }

    /// `GET /feeds`.
    pub async fn feeds(&self, page: &PageQuery) -> Result<Page<Feed>, CallError> {
        self.list("/feeds", page).await
    }

    /// `POST /feeds`.
    pub async fn create_feed(&self, form: &CreateFeed) -> Result<Feed, CallError> {
        self.send(Method::POST, "/feeds", form).await
    }

    /// `PATCH /feeds/{feed}`.
    pub async fn update_feed(&self, feed: FeedId, form: &UpdateFeed) -> Result<Feed, CallError> {
        self.send(Method::PATCH, &format!("/feeds/{feed}"), form)
            .await
    }

    /// `POST /feeds/{feed}/run`: fetches it now and says what came of it.
    pub async fn run_feed(&self, feed: FeedId) -> Result<FeedRun, CallError> {
        self.send(Method::POST, &format!("/feeds/{feed}/run"), &())
            .await
    }

    /// `GET /feeds/{feed}/items`.
    pub async fn feed_items(
        &self,
        feed: FeedId,
        page: &PageQuery,
    ) -> Result<Page<FeedItem>, CallError> {
        self.list(&format!("/feeds/{feed}/items"), page).await
    }

    /// `GET /members`.
    pub async fn members(&self, page: &PageQuery) -> Result<Page<Member>, CallError> {
        self.list("/members", page).await
    }

    /// `GET /members` of one address: a page of one or none.
    pub async fn members_by_email(&self, email: &str) -> Result<Page<Member>, CallError> {
        self.list("/members", &[("email", email)]).await
    }

    /// `POST /members/{member}/pairing-code`: a code to hand to the member.
    pub async fn invite(&self, member: MemberId) -> Result<PairingCode, CallError> {
        let path = format!("/members/{member}/pairing-code");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /members`.
    pub async fn create_member(&self, form: &CreateMember) -> Result<Member, CallError> {
        self.send(Method::POST, "/members", form).await
    }

    /// `POST /members/import`: a CSV file with the columns `email`, `name`,
    /// and, if wanted, `team`, `roles` and `language`, of at most 500 lines.
    pub async fn import_members(&self, csv: String) -> Result<ImportReport, CallError> {
        let request = self
            .request(Method::POST, "/members/import")
            .header(reqwest::header::CONTENT_TYPE, "text/csv")
            .body(csv);
        answer(request).await
    }

    /// `GET /tokens`: one's own.
    pub async fn tokens(&self, page: &PageQuery) -> Result<Page<ApiToken>, CallError> {
        self.list("/tokens", page).await
    }

    /// `POST /tokens`.
    pub async fn create_token(&self, form: &CreateApiToken) -> Result<NewApiToken, CallError> {
        self.send(Method::POST, "/tokens", form).await
    }

    /// `DELETE /tokens/{token}`.
    pub async fn revoke_token(&self, token: ApiTokenId) -> Result<(), CallError> {
        accepted(self.request(Method::DELETE, &format!("/tokens/{token}")))
            .await
            .map(drop)
    }

    /// `GET /delivery-counts`.
    pub async fn delivery_counts(&self) -> Result<DeliveryCounts, CallError> {
        self.get("/delivery-counts").await
    }

    /// `GET /dead-jobs`.
    pub async fn dead_jobs(&self, page: &PageQuery) -> Result<Page<DeadJob>, CallError> {
        self.list("/dead-jobs", page).await
    }

    /// `GET /audit-events`.
    pub async fn audit_events(&self, page: &PageQuery) -> Result<Page<AuditEvent>, CallError> {
        self.list("/audit-events", page).await
    }
}
