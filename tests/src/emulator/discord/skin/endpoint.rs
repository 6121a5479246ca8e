//! Discord as the client of an app's endpoint for interactions: signed requests, and the two that Discord
//! sends before it accepts an endpoint at all.
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::emulator::discord::state::Chat;
use crate::emulator::discord::state::gateway::Posting;
use crate::emulator::discord::state::journal::{Call, Rule};
use crate::emulator::discord::wire;
use crate::recorder::{self, Kind};

/// The route to which the body of an answer belongs.
const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";

/// Why an endpoint was not accepted, in Discord's words.
#[derive(Debug, thiserror::Error)]
#[error("the specified interactions endpoint URL could not be verified: {0}")]
pub struct Unverified(pub String);

/// A request as it was posted, for tests that repeat it or bend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// `X-Signature-Timestamp`.
    pub stamp: String,
    /// `X-Signature-Ed25519`.
    pub signature: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Signed {
    /// Signs a payload as of now.
    pub fn new(chat: &Chat, payload: &Value) -> Self {
        let stamp = chat.now().timestamp().to_string();
        let body = payload.to_string().into_bytes();
        Self {
            signature: chat.app().sign(&stamp, &body),
            stamp,
            body,
        }
    }

    /// Posts it; gives status and body.
    pub async fn post(
        &self,
        client: &Client,
        url: &str,
    ) -> Result<(StatusCode, Vec<u8>), reqwest::Error> {
        let answer = client
            .post(url)
            .header("content-type", "application/json")
            .header(
                "user-agent",
                "Discord-Interactions/1.0 (+https://discord.com)",
            )
            .header("x-signature-ed25519", &self.signature)
            .header("x-signature-timestamp", &self.stamp)
            .body(self.body.clone())
            .send()
            .await?;
        Ok((answer.status(), answer.bytes().await?.to_vec()))
    }
}

/// A client that waits as long as Discord does.
pub(in crate::emulator::discord) fn client(patience: Duration) -> Result<Client, Unverified> {
    let built = Client::builder().timeout(patience).no_proxy().build();
    built.map_err(|error| Unverified(error.to_string()))
}

/// Makes the endpoint show that it answers a ping and refuses a wrong signature, as Discord does when one is
/// entered, and now and then afterwards.
pub(in crate::emulator::discord) async fn verify(
    chat: &Chat,
    client: &Client,
    url: &str,
) -> Result<(), Unverified> {
    let now = chat.now();
    let id = chat.change(|state| state.snowflake(now));
    let ping = Signed::new(chat, &wire::ping(chat.app(), &id));
    let failed = |error: reqwest::Error| Unverified(error.to_string());
    let (status, body) = ping.post(client, url).await.map_err(failed)?;
    let answer = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    if status != StatusCode::OK || answer.get("type").and_then(Value::as_u64) != Some(1) {
        return Err(Unverified(format!(
            "a ping was answered by {status} {answer}"
        )));
    }
    let forged = Signed {
        signature: "00".repeat(64),
        ..ping
    };
    let (status, _) = forged.post(client, url).await.map_err(failed)?;
    if status != StatusCode::UNAUTHORIZED {
        return Err(Unverified(format!(
            "a wrong signature was answered by {status}"
        )));
    }
    Ok(())
}

/// Posts each interaction to the endpoint until there are no more, each by itself.
pub(in crate::emulator::discord) async fn post_all(
    chat: Chat,
    client: Client,
    url: String,
    mut postings: mpsc::UnboundedReceiver<Posting>,
) {
    while let Some(posting) = postings.recv().await {
        let (chat, client, url) = (chat.clone(), client.clone(), url.clone());
        tokio::spawn(async move { post_one(&chat, &client, &url, posting).await });
    }
}

async fn post_one(chat: &Chat, client: &Client, url: &str, posting: Posting) {
    let request = Signed::new(chat, &posting.payload);
    chat.change(|state| state.gateway.posted.push(request.clone()));
    let (status, body) = match request.post(client, url).await {
        Ok(answer) => answer,
        // Silence is judged by whoever watches over the acknowledgement.
        Err(error) if error.is_timeout() => return,
        Err(error) => {
            tracing::warn!(%error, "an interaction did not reach its endpoint");
            return chat.give_up(&posting.id);
        }
    };
    if status == StatusCode::ACCEPTED && body.is_empty() {
        return;
    }
    let answer = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    if status != StatusCode::OK {
        chat.blame(
            Rule::Endpoint,
            format!("an interaction was answered by {status}"),
        );
        return chat.give_up(&posting.id);
    }
    let (now, app) = (chat.now(), chat.app().id.clone());
    chat.change(|state| {
        let taken = state.answer((&posting.id, None), &answer, &app, now);
        let code = taken.as_ref().err().map(|refusal| refusal.code);
        match &taken {
            Err(refusal) if refusal.rule.is_some() => {
                let errors = refusal
                    .errors
                    .as_ref()
                    .map(Value::to_string)
                    .unwrap_or_default();
                let detail = format!("answer by HTTP: {} {errors}", refusal.message);
                state
                    .journal
                    .blame(now, refusal.rule.unwrap_or(Rule::Endpoint), detail);
            }
            Ok(_) | Err(_) => recorder::record("discord", Kind::Answer, CALLBACK, &answer),
        }
        state.journal.calls.push(Call {
            at: now,
            method: "POST".to_owned(),
            route: CALLBACK.trim_start_matches("POST ").to_owned(),
            path: format!("/interactions/{}/http/callback", posting.id),
            body: answer,
            status: if code.is_some() { 400 } else { 200 },
            code,
        });
    });
}
