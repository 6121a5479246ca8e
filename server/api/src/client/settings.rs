//! Calls of who settles things for an organization.

use reqwest::Method;
use reqwest::header::IF_MATCH;

use super::{CallError, Client, answer};
use crate::settings::{Settings, UpdateSettings};

impl Client {
    /// `GET /settings`.
    pub async fn settings(&self) -> Result<Settings, CallError> {
        self.get("/settings").await
    }

    /// `PATCH /settings`, over the version that was read.
    pub async fn update_settings(
        &self,
        version: i64,
        form: &UpdateSettings,
    ) -> Result<Settings, CallError> {
        let request = self.request(Method::PATCH, "/settings");
        let tag = format!("\"{version}\"");
        answer(request.header(IF_MATCH, tag).json(form)).await
    }
}
