//! Calls of who works on posts: the library, drafts and their versions, checks, reviews, rules.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};

use super::{CallError, Client, accepted, answer};
use crate::audience::{AudienceSize, MeasureAudience, Teams};
use crate::check::Checks;
use crate::content_rules::{ContentRules, UpdateContentRules};
use crate::ids::{PostId, SavedViewId};
use crate::library::{
    Calendar, CalendarPeriod, PostCounts, PostQuery, SaveView, SavedView, SavedViews, StepsTaken,
    TakeSteps,
};
use crate::media::Media;
use crate::page::{Page, PageQuery};
use crate::post::{CreatePost, Post, PostTest, ReschedulePost};
use crate::preview::{PostPreview, Unfurl, Unfurled};
use crate::retention::{Retention, UpdateRetention};
use crate::review::{CreateReviewNote, ReviewNote};
use crate::version::{ComparedVersion, PostVersions};

impl Client {
    /// `GET /posts`: what is looked for.
    pub async fn library(
        &self,
        query: &PostQuery,
        page: &PageQuery,
    ) -> Result<Page<Post>, CallError> {
        answer(self.request(Method::GET, "/posts").query(query).query(page)).await
    }

    /// `GET /post-counts`.
    pub async fn post_counts(&self) -> Result<PostCounts, CallError> {
        self.get("/post-counts").await
    }

    /// `GET /teams`.
    pub async fn teams(&self) -> Result<Teams, CallError> {
        self.get("/teams").await
    }

    /// `GET /calendar`.
    pub async fn calendar(&self, period: &CalendarPeriod) -> Result<Calendar, CallError> {
        self.list("/calendar", period).await
    }

    /// `POST /post-steps`: a step with each of many posts.
    pub async fn take_steps(&self, form: &TakeSteps) -> Result<StepsTaken, CallError> {
        self.send(Method::POST, "/post-steps", form).await
    }

    /// `POST /audience-size`.
    pub async fn measure_audience(
        &self,
        form: &MeasureAudience,
    ) -> Result<AudienceSize, CallError> {
        self.send(Method::POST, "/audience-size", form).await
    }

    /// `GET /views`: one's own.
    pub async fn views(&self) -> Result<SavedViews, CallError> {
        self.get("/views").await
    }

    /// `PUT /views`: keeps a filter under a name.
    pub async fn save_view(&self, form: &SaveView) -> Result<SavedView, CallError> {
        self.send(Method::PUT, "/views", form).await
    }

    /// `DELETE /views/{view}`.
    pub async fn delete_view(&self, view: SavedViewId) -> Result<(), CallError> {
        accepted(self.request(Method::DELETE, &format!("/views/{view}")))
            .await
            .map(drop)
    }

    /// `POST /post-drafts`: writes what may be unfinished.
    pub async fn begin_post(&self, form: &CreatePost) -> Result<Post, CallError> {
        self.send(Method::POST, "/post-drafts", form).await
    }

    /// `POST /posts/{post}/test`: its card, to oneself.
    pub async fn test_post(&self, post: PostId) -> Result<PostTest, CallError> {
        answer(self.request(Method::POST, &format!("/posts/{post}/test"))).await
    }

    /// `PUT /posts/{post}/autosave`: saves what may be unfinished, over the version that was read.
    pub async fn autosave_post(
        &self,
        post: PostId,
        version: i64,
        form: &CreatePost,
    ) -> Result<Post, CallError> {
        let request = self.request(Method::PUT, &format!("/posts/{post}/autosave"));
        answer(request.header(IF_MATCH, tag(version)).json(form)).await
    }

    /// `GET /posts/{post}/versions`.
    pub async fn post_versions(&self, post: PostId) -> Result<PostVersions, CallError> {
        self.get(&format!("/posts/{post}/versions")).await
    }

    /// `GET /posts/{post}/versions/{version}`: a former version beside the present one.
    pub async fn post_version(
        &self,
        post: PostId,
        version: i64,
    ) -> Result<ComparedVersion, CallError> {
        self.get(&format!("/posts/{post}/versions/{version}")).await
    }

    /// `POST /posts/{post}/versions/{version}/restore`, over the version that was read.
    pub async fn restore_version(
        &self,
        post: PostId,
        version: i64,
        over: i64,
    ) -> Result<Post, CallError> {
        let path = format!("/posts/{post}/versions/{version}/restore");
        let request = self.request(Method::POST, &path);
        answer(request.header(IF_MATCH, tag(over)).json(&())).await
    }

    /// `GET /posts/{post}/checks`.
    pub async fn check_post(&self, post: PostId) -> Result<Checks, CallError> {
        self.get(&format!("/posts/{post}/checks")).await
    }

    /// `PUT /posts/{post}/schedule`: moves it, over the version that was read.
    pub async fn reschedule_post(
        &self,
        post: PostId,
        version: i64,
        form: &ReschedulePost,
    ) -> Result<Post, CallError> {
        let request = self.request(Method::PUT, &format!("/posts/{post}/schedule"));
        answer(request.header(IF_MATCH, tag(version)).json(form)).await
    }

    /// `POST /posts/{post}/recall`: takes it back from the approvers.
    pub async fn recall_post(&self, post: PostId) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/recall"), &())
            .await
    }

    /// `POST /posts/{post}/archive`.
    pub async fn archive_post(&self, post: PostId) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/archive"), &())
            .await
    }

    /// `POST /posts/{post}/unarchive`.
    pub async fn unarchive_post(&self, post: PostId) -> Result<Post, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/unarchive"), &())
            .await
    }

    /// `GET /posts/{post}/notes`: the history of its reviews.
    pub async fn review_notes(
        &self,
        post: PostId,
        page: &PageQuery,
    ) -> Result<Page<ReviewNote>, CallError> {
        self.list(&format!("/posts/{post}/notes"), page).await
    }

    /// `POST /posts/{post}/notes`.
    pub async fn add_review_note(
        &self,
        post: PostId,
        form: &CreateReviewNote,
    ) -> Result<ReviewNote, CallError> {
        self.send(Method::POST, &format!("/posts/{post}/notes"), form)
            .await
    }

    /// `POST /post-preview`: an unsaved draft as it will stand.
    pub async fn preview_post(&self, form: &CreatePost) -> Result<PostPreview, CallError> {
        self.send(Method::POST, "/post-preview", form).await
    }

    /// `POST /unfurl`: what a page says of itself.
    pub async fn unfurl(&self, form: &Unfurl) -> Result<Unfurled, CallError> {
        self.send(Method::POST, "/unfurl", form).await
    }

    /// `GET /media`.
    pub async fn media(&self, page: &PageQuery) -> Result<Page<Media>, CallError> {
        self.list("/media", page).await
    }

    /// `POST /media`: keeps a picture.
    pub async fn upload_media(&self, alt: &str, file: Vec<u8>) -> Result<Media, CallError> {
        let request = self
            .request(Method::POST, "/media")
            .query(&[("alt", alt)])
            .header(CONTENT_TYPE, "application/octet-stream")
            .body(file);
        answer(request).await
    }

    /// `GET /content-rules`.
    pub async fn content_rules(&self) -> Result<ContentRules, CallError> {
        self.get("/content-rules").await
    }

    /// `PUT /content-rules`, over the version that was read.
    pub async fn update_content_rules(
        &self,
        version: i64,
        form: &UpdateContentRules,
    ) -> Result<ContentRules, CallError> {
        let request = self.request(Method::PUT, "/content-rules");
        answer(request.header(IF_MATCH, tag(version)).json(form)).await
    }
}

impl Client {
    /// `GET /retention`: how long the organization keeps what it has.
    pub async fn retention(&self) -> Result<Retention, CallError> {
        self.get("/retention").await
    }

    /// `PUT /retention`, over the version that was read.
    pub async fn update_retention(
        &self,
        version: i64,
        form: &UpdateRetention,
    ) -> Result<Retention, CallError> {
        let request = self.request(Method::PUT, "/retention");
        answer(request.header(IF_MATCH, tag(version)).json(form)).await
    }
}

/// A version as entity tag.
fn tag(version: i64) -> String {
    format!("\"{version}\"")
}
