//! Requests to the app's request URL: signed as Slack signs them, and answered within three seconds.
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::emulator::slack::state::Chat;
use crate::emulator::slack::state::envelopes::About;
use crate::emulator::slack::state::requests::Request;

/// Sends requests to one address.
#[derive(Clone)]
pub(in crate::emulator::slack) struct Requests {
    chat: Chat,
    client: reqwest::Client,
    url: Url,
}

/// A body as Slack writes it.
struct Written {
    content_type: &'static str,
    body: String,
}

impl Requests {
    pub(in crate::emulator::slack) fn new(chat: Chat, url: Url) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(chat.acknowledge_within())
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { chat, client, url })
    }

    /// Whether the address answers Slack's challenge, as it must before it is taken.
    pub(in crate::emulator::slack) async fn proves_itself(&self) -> bool {
        let challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P";
        let body = serde_json::json!({
            "type": "url_verification", "token": "emulated-verification-token",
            "challenge": challenge,
        });
        let written = Written {
            content_type: "application/json",
            body: body.to_string(),
        };
        let Ok(answer) = self.signed(written, 0).send().await else {
            return false;
        };
        let is_good = answer.status() == reqwest::StatusCode::OK;
        let said = answer.text().await.unwrap_or_default();
        let echoed: Option<Value> = serde_json::from_str(&said).ok();
        let echo = echoed.as_ref().and_then(|said| said.get("challenge"));
        is_good && (echo.and_then(Value::as_str) == Some(challenge) || said == challenge)
    }

    /// Sends what comes, each by itself, until it is time to stop.
    pub(in crate::emulator::slack) async fn run(
        self,
        mut due: mpsc::UnboundedReceiver<Request>,
        stop: CancellationToken,
    ) {
        while let Some(Some(request)) = stop.run_until_cancelled(due.recv()).await {
            let requests = self.clone();
            tokio::spawn(async move { requests.send(&request).await });
        }
    }

    async fn send(&self, request: &Request) {
        let mut sending = self.signed(written(request), request.attempt);
        if request.attempt > 0 {
            let reason = request.reason.map_or("http_timeout", |why| why.reason());
            sending = sending
                .header("x-slack-retry-num", request.attempt)
                .header("x-slack-retry-reason", reason);
        }
        match sending.send().await {
            Ok(answer) if answer.status() == reqwest::StatusCode::OK => {
                if let Ok(body) = answer.text().await {
                    self.chat.answered_request(request, &body);
                }
            }
            Ok(answer) => self.chat.refused_request(request, answer.status().as_u16()),
            Err(error) if error.is_connect() => self.chat.missed_request(request),
            // Too slow, or cut off: the model counts the seconds itself.
            Err(error) => tracing::debug!(%error, "a request to the app was not answered"),
        }
    }

    /// Each attempt bears a later stamp than the one before, so none is the same request.
    fn signed(&self, written: Written, attempt: u32) -> reqwest::RequestBuilder {
        let stamp = (self.chat.now().timestamp() + i64::from(attempt)).to_string();
        let signature = sign(&self.chat.app().signing_secret, &stamp, &written.body);
        self.client
            .post(self.url.clone())
            .header("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
            .header(CONTENT_TYPE, written.content_type)
            .header("x-slack-request-timestamp", stamp)
            .header("x-slack-signature", signature)
            .body(written.body)
    }
}

/// Slack's signature (docs.slack.dev, "Verifying requests from Slack").
pub(in crate::emulator::slack) fn sign(secret: &str, stamp: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("v0:{stamp}:{body}").as_bytes());
    let digits = mac.finalize().into_bytes();
    digits.iter().fold("v0=".to_owned(), |mut hex, byte| {
        hex.extend(
            [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')),
        );
        hex
    })
}

/// Events are JSON, commands are forms of their fields, interactions are forms with one field.
fn written(request: &Request) -> Written {
    match &request.about {
        About::Event => Written {
            content_type: "application/json",
            body: request.payload.to_string(),
        },
        About::Command { .. } => {
            let mut form = Serializer::new(String::new());
            for (name, value) in request.payload.as_object().into_iter().flatten() {
                form.append_pair(name, value.as_str().unwrap_or_default());
            }
            Written {
                content_type: "application/x-www-form-urlencoded",
                body: form.finish(),
            }
        }
        About::Action { .. } | About::Submission(_) | About::Closing => Written {
            content_type: "application/x-www-form-urlencoded",
            body: Serializer::new(String::new())
                .append_pair("payload", &request.payload.to_string())
                .finish(),
        },
    }
}
