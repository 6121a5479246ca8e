//! Replies to people: by the address that came with what they did, else as a message
//! that only they see, else in a direct message. On the Home tab every reply is the tab.

use std::sync::Arc;

use conversation::reply::FieldProblem;
use conversation::{Dialog, Person, View};
use serde_json::{Value, json};
use url::Url;

use super::client::{ApiError, Method, SlackApi};
use super::inbound::Origin;
use super::render;
use crate::installations::Installations;

/// Where Slack's addresses for answers lie.
pub const RESPONSE_ORIGIN: &str = "https://hooks.slack.com";

/// Sends replies.
pub struct Outbound {
    api: SlackApi,
    installations: Arc<Installations>,
    response_origins: Vec<String>,
}

impl Outbound {
    /// Sends replies; addresses for answers are used only where they lie at one of
    /// `response_origins`.
    pub fn new(
        api: SlackApi,
        installations: Arc<Installations>,
        response_origins: Vec<String>,
    ) -> Self {
        Self {
            api,
            installations,
            response_origins,
        }
    }

    /// A message that only this person sees.
    pub async fn whisper(&self, person: &Person, origin: &Origin, view: &View) {
        if origin.home {
            return self.publish(person, view).await;
        }
        let message = render::message(view);
        if let Some(url) = self.response_url(origin) {
            let body = json!({
                "response_type": "ephemeral",
                "replace_original": false,
                "text": message.text,
                "blocks": message.blocks,
                "unfurl_links": false,
                "unfurl_media": false,
            });
            match self.api.respond(&url, &body).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "an answer was not taken; another way"),
            }
        }
        self.post_privately(person, origin, view).await;
    }

    /// The person's own message changes; where it cannot, a new one comes.
    pub async fn revise(&self, person: &Person, origin: &Origin, view: &View) {
        if origin.home {
            return self.publish(person, view).await;
        }
        let mut replaced = self.replace(person, origin, view).await;
        if let (Err(ApiError::Refused(code)), Some(bare)) =
            (&replaced, render::without_picture(view))
            && code.starts_with("invalid_blocks")
        {
            tracing::warn!(code, "a card changes without its picture");
            replaced = self.replace(person, origin, &bare).await;
        }
        match replaced {
            Ok(()) => {}
            Err(error) => {
                tracing::warn!(%error, "a card could not change; sending a new one");
                self.post_privately(person, origin, view).await;
            }
        }
    }

    /// Gives a person their Home tab. Where Slack does not take it, the tab before stays:
    /// they only looked, and a message would disturb them.
    async fn publish(&self, person: &Person, view: &View) {
        let published = match self.token(person).await {
            Ok(token) => {
                let body = json!({ "user_id": person.user, "view": render::home(view) });
                self.api.post(Method::ViewsPublish, &token, &body).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = published {
            tracing::error!(%error, "a Home tab could not change");
        }
    }

    async fn replace(&self, person: &Person, origin: &Origin, view: &View) -> Result<(), ApiError> {
        let message = render::message(view);
        if let (Some(channel), Some(ts)) = (&origin.channel, &origin.message) {
            let token = self.token(person).await?;
            // Without `metadata`, Slack keeps that of the delivery.
            let body = json!({
                "channel": channel,
                "ts": ts,
                "text": message.text,
                "blocks": message.blocks,
            });
            return self
                .api
                .post(Method::ChatUpdate, &token, &body)
                .await
                .map(drop);
        }
        let url = self
            .response_url(origin)
            .ok_or_else(|| ApiError::Refused("no_way_back".to_owned()))?;
        let body = json!({
            "response_type": "ephemeral",
            "replace_original": true,
            "text": message.text,
            "blocks": message.blocks,
        });
        self.api.respond(&url, &body).await
    }

    /// Without an address for answers: in the channel if there is one, else directly.
    async fn post_privately(&self, person: &Person, origin: &Origin, view: &View) {
        let sent = match self.token(person).await {
            Ok(token) => {
                let in_channel = match &origin.channel {
                    Some(channel) => self.post_ephemeral(&token, person, channel, view).await,
                    None => Err(ApiError::Refused("no_channel".to_owned())),
                };
                match in_channel {
                    Ok(()) => Ok(()),
                    Err(ApiError::Refused(_)) => self.post_directly(&token, person, view).await,
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        };
        if let Err(error) = sent {
            tracing::error!(%error, "somebody could not be answered");
        }
    }

    async fn post_ephemeral(
        &self,
        token: &str,
        person: &Person,
        channel: &str,
        view: &View,
    ) -> Result<(), ApiError> {
        let message = render::message(view);
        let body = json!({
            "channel": channel,
            "user": person.user,
            "text": message.text,
            "blocks": message.blocks,
        });
        self.api
            .post(Method::ChatPostEphemeral, token, &body)
            .await
            .map(drop)
    }

    async fn post_directly(
        &self,
        token: &str,
        person: &Person,
        view: &View,
    ) -> Result<(), ApiError> {
        let message = render::message(view);
        let body = json!({
            "channel": person.user,
            "text": message.text,
            "blocks": message.blocks,
            "unfurl_links": false,
            "unfurl_media": false,
        });
        self.api
            .post(Method::ChatPostMessage, token, &body)
            .await
            .map(drop)
    }

    /// Opens a modal; its id, to change it later.
    pub async fn open(
        &self,
        person: &Person,
        trigger: &str,
        origin: &Origin,
        dialog: &Dialog,
    ) -> Result<Option<String>, ApiError> {
        let token = self.token(person).await?;
        let body = json!({
            "trigger_id": trigger,
            "view": modal(dialog, origin),
        });
        let opened = self.api.post(Method::ViewsOpen, &token, &body).await?;
        Ok(opened
            .pointer("/view/id")
            .and_then(Value::as_str)
            .map(str::to_owned))
    }

    /// Changes a modal.
    pub async fn update(
        &self,
        person: &Person,
        view_id: &str,
        origin: &Origin,
        dialog: &Dialog,
    ) -> Result<(), ApiError> {
        let token = self.token(person).await?;
        let body = json!({
            "view_id": view_id,
            "view": modal(dialog, origin),
        });
        self.api
            .post(Method::ViewsUpdate, &token, &body)
            .await
            .map(drop)
    }

    async fn token(&self, person: &Person) -> Result<String, ApiError> {
        self.installations
            .in_workspace(&person.workspace)
            .await
            .map(|installation| installation.bot_token)
            .ok_or_else(|| ApiError::NotReached("installation_unknown".to_owned()))
    }

    /// The address for answers, if it lies where Slack's do: it comes from outside.
    fn response_url(&self, origin: &Origin) -> Option<Url> {
        let url = Url::parse(origin.response_url.as_deref()?).ok()?;
        let place = url.origin().ascii_serialization();
        if self.response_origins.contains(&place) {
            Some(url)
        } else {
            tracing::warn!(origin = place, "an address for answers lies elsewhere");
            None
        }
    }
}

fn modal(dialog: &Dialog, origin: &Origin) -> Value {
    let memory = serde_json::to_string(origin).unwrap_or_default();
    render::modal(dialog, &memory)
}

/// The acknowledgement that keeps a modal open and marks what is wrong.
pub fn refusal(problems: &[FieldProblem]) -> Value {
    let errors: serde_json::Map<String, Value> = problems
        .iter()
        .map(|problem| (problem.field.name(), json!(problem.sentence)))
        .collect();
    json!({ "response_action": "errors", "errors": errors })
}

/// The acknowledgement that shows another modal in place of the one that was sent.
pub fn replacement(dialog: &Dialog, origin: &Origin) -> Value {
    json!({ "response_action": "update", "view": modal(dialog, origin) })
}
