//! What an operator wants to know of Slack before people do: whether it is reached, whether the
//! tokens are good, whether they were granted what the manifest asks for, whether the bot is in
//! its channels. Nothing is written there.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use server_api::examination::{ExaminedChannel, ExaminedChat, Finding};

use super::client::{API_BASE_URL, Method};
use super::manifest::bot_scopes;
use crate::examination::{CHANNELS, client, listed, reached, unreached};

/// The header in which Slack tells what a token was granted.
/// <https://docs.slack.dev/authentication/installing-with-oauth>, "Testing your scopes".
const SCOPES: &str = "x-oauth-scopes";

/// What is to be examined.
#[derive(Clone, Debug)]
pub struct SlackExamination {
    /// The Web API, if it is another than Slack's.
    pub api_base_url: Option<String>,
    /// The app-level token, where Socket Mode is used.
    pub app_token: Option<SecretString>,
    /// The workspaces.
    pub chats: Vec<ExaminedChat>,
    /// The present.
    pub now: DateTime<Utc>,
}

/// Examines all of it; a workspace that is bad keeps no other one from being looked at.
pub async fn examine(asked: &SlackExamination) -> Vec<Finding> {
    let base = asked.api_base_url.as_deref().unwrap_or(API_BASE_URL);
    let base = base.trim_end_matches('/');
    let slack = match client("chorus") {
        Ok(http) => Slack { http, base },
        Err(error) => return vec![unreached("slack", base, &error)],
    };
    // Without a token Slack says no, which shows that it is there.
    let mut findings = match slack.ask(Method::AuthTest, None, &[]).await {
        Ok(answer) => reached("slack", base, (&answer.headers, asked.now)),
        Err(error) => return vec![unreached("slack", base, &error)],
    };
    if let Some(token) = &asked.app_token {
        findings.push(slack.app_token(token.expose_secret()).await);
    }
    for chat in &asked.chats {
        // One that does not open is told of by the server.
        if let Some(token) = chat.bot_token.as_deref() {
            findings.extend(slack.workspace(chat, token).await);
        }
    }
    findings
}

struct Slack<'a> {
    http: reqwest::Client,
    base: &'a str,
}

/// What Slack answered.
struct Answer {
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn text(&self, field: &str) -> &str {
        self.body
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Slack's code for why not; none where it is well.
    fn refusal(&self) -> Option<&str> {
        let is_well = self.body.get("ok").and_then(Value::as_bool) == Some(true);
        (!is_well).then(|| {
            if self.headers.contains_key(RETRY_AFTER) {
                "ratelimited"
            } else {
                self.text("error")
            }
        })
    }
}

impl Slack<'_> {
    async fn ask(
        &self,
        method: Method,
        token: Option<&str>,
        parameters: &[(&str, &str)],
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self.http.post(format!("{}/{}", self.base, method.name()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.form(parameters).send().await?;
        let headers = answer.headers().clone();
        let body = answer.bytes().await?;
        // What is no JSON comes from something that stands between: no refusal of Slack's.
        let body = serde_json::from_slice(&body).unwrap_or_default();
        Ok(Answer { headers, body })
    }

    async fn app_token(&self, token: &str) -> Finding {
        const CHECK: &str = "slack.app_token";
        match self
            .ask(Method::AppsConnectionsOpen, Some(token), &[])
            .await
        {
            Ok(answer) => match answer.refusal() {
                None => Finding::ok(CHECK, "Socket Mode may connect"),
                Some("ratelimited") => patience(CHECK),
                Some(code) => Finding::problem(
                    CHECK,
                    format!("Slack refuses the app-level token: {code}"),
                    "Basic Information → App-Level Tokens: make one with the scope \
                     connections:write, and set slack.app_token to it (xapp-…).",
                ),
            },
            Err(error) => unreached("slack", self.base, &error),
        }
    }

    async fn workspace(&self, chat: &ExaminedChat, token: &str) -> Vec<Finding> {
        const CHECK: &str = "slack.installation";
        let name = &chat.name;
        let answer = match self.ask(Method::AuthTest, Some(token), &[]).await {
            Ok(answer) => answer,
            Err(error) => return vec![unreached("slack", self.base, &error)],
        };
        if let Some(code) = answer.refusal() {
            return vec![if code == "ratelimited" {
                patience(CHECK)
            } else {
                Finding::problem(
                    CHECK,
                    format!("{name}: Slack refuses the bot's token: {code}"),
                    "Install the app again (Install App → Reinstall to Workspace), and give its \
                     token (xoxb-…) by `chorus setup`.",
                )
            }];
        }
        let team = answer.text("team_id");
        if team != chat.external_id {
            return vec![Finding::problem(
                CHECK,
                format!(
                    "{name}: the token is of the workspace {team}, not {}",
                    chat.external_id
                ),
                "Give the workspace's own token by `chorus setup`.",
            )];
        }
        let mut findings = vec![
            Finding::ok(CHECK, format!("{name}: the bot's token is good")),
            scopes(name, &answer.headers),
        ];
        findings.extend(self.channels(chat, token).await);
        findings
    }

    async fn channels(&self, chat: &ExaminedChat, token: &str) -> Vec<Finding> {
        const CHECK: &str = "slack.channel";
        let mut findings = Vec::new();
        let mut good = Vec::new();
        for channel in chat.channels.iter().take(CHANNELS) {
            let parameters = [("channel", channel.external_id.as_str()), ("limit", "1")];
            let asked = self.ask(Method::ConversationsHistory, Some(token), &parameters);
            match asked.await {
                Ok(answer) => match answer.refusal() {
                    None => good.push(channel.name.as_str()),
                    Some("ratelimited") => findings.push(patience(CHECK)),
                    Some(code) => findings.push(unread(&chat.name, channel, code)),
                },
                Err(error) => findings.push(unreached("slack", self.base, &error)),
            }
        }
        if !good.is_empty() {
            let names = listed(good);
            let summary = format!("{}: the bot is in {names}", chat.name);
            findings.push(Finding::ok(CHECK, summary));
        }
        findings
    }
}

fn patience(check: &str) -> Finding {
    Finding::warning(
        check,
        "Slack asks for patience, so that this was not looked at",
        "Try again in a minute.",
    )
}

/// Whether the token was granted what the manifest asks for.
fn scopes(name: &str, headers: &HeaderMap) -> Finding {
    const CHECK: &str = "slack.scopes";
    let granted = headers.get(SCOPES).and_then(|value| value.to_str().ok());
    let Some(granted) = granted else {
        return Finding::warning(
            CHECK,
            format!("{name}: Slack does not say what the token was granted"),
            "Compare OAuth & Permissions with what `chorus manifest slack` prints.",
        );
    };
    let granted: BTreeSet<&str> = granted.split(',').map(str::trim).collect();
    let missing: Vec<&str> = bot_scopes().difference(&granted).copied().collect();
    if missing.is_empty() {
        return Finding::ok(CHECK, format!("{name}: every scope was granted"));
    }
    Finding::problem(
        CHECK,
        format!("{name}: the token lacks {}", missing.join(", ")),
        "Save what `chorus manifest slack` prints as the app's manifest, then install the app \
         again (Install App → Reinstall to Workspace).",
    )
}

fn unread(workspace: &str, channel: &ExaminedChannel, code: &str) -> Finding {
    let place = format!("{workspace}: #{} ({})", channel.name, channel.external_id);
    let (summary, advice) = match code {
        "not_in_channel" => (
            format!("{place}: the bot is not in it"),
            "Invite it there: /invite @Chorus".to_owned(),
        ),
        "channel_not_found" => (
            format!("{place}: there is no such channel, or a private one without the bot"),
            "Invite the bot there (/invite @Chorus), or correct the channel in the set-up."
                .to_owned(),
        ),
        code => (
            format!("{place}: Slack refuses to show it: {code}"),
            format!("Look up {code} at docs.slack.dev, conversations.history."),
        ),
    };
    Finding::problem("slack.channel", summary, advice)
}
