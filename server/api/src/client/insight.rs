//! Calls of who wants to know what the programme did.

use reqwest::Method;

use super::{CallError, Client};
use crate::ids::{CampaignId, PostId};
use crate::insight::{
    PostInsight, ProgrammeHealth, Rates, SetRate, SpanFigures, SpanQuery, TeamsInsight,
};
use crate::page::{Page, PageQuery};

impl Client {
    /// `GET /insight`.
    pub async fn insight(&self, span: &SpanQuery) -> Result<SpanFigures, CallError> {
        self.list("/insight", span).await
    }

    /// `GET /insight/posts`.
    pub async fn post_insights(&self, page: &PageQuery) -> Result<Page<PostInsight>, CallError> {
        self.list("/insight/posts", page).await
    }

    /// `GET /insight/posts/{post}`.
    pub async fn post_insight(
        &self,
        post: PostId,
        span: &SpanQuery,
    ) -> Result<SpanFigures, CallError> {
        self.list(&format!("/insight/posts/{post}"), span).await
    }

    /// `GET /insight/campaigns/{campaign}`.
    pub async fn campaign_insight(
        &self,
        campaign: CampaignId,
        span: &SpanQuery,
    ) -> Result<SpanFigures, CallError> {
        self.list(&format!("/insight/campaigns/{campaign}"), span)
            .await
    }

    /// `GET /insight/teams`.
    pub async fn team_insight(&self, month: &SpanQuery) -> Result<TeamsInsight, CallError> {
        self.list("/insight/teams", month).await
    }

    /// `GET /insight/health`.
    pub async fn health_of_programme(&self) -> Result<ProgrammeHealth, CallError> {
        self.get("/insight/health").await
    }

    /// `GET /rates`.
    pub async fn rates(&self) -> Result<Rates, CallError> {
        self.get("/rates").await
    }

    /// `PUT /rates`.
    pub async fn set_rate(&self, form: &SetRate) -> Result<Rates, CallError> {
        self.send(Method::PUT, "/rates", form).await
    }
}
