//! Discord's REST API: one attempt per call, sent with serenity's request builder so that
//! the headers of its answer can be read; each failure sorted by what it says about whether
//! anything happened.

pub mod buckets;
pub mod call;
pub mod refusal;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use serenity::http::{HttpBuilder, Request};
use serenity::model::id::ApplicationId;
use server_api::enums::Platform;
use tokio::sync::Notify;
use url::Url;

use self::buckets::{Buckets, Scope, Ticket, Told, Verdict, Wait};
use self::call::Call;
use self::refusal::{ApiError, Refusal};
use super::DiscordError;
use crate::clock::{Clock, within};
use crate::metrics::{Called, Counts, Metrics};

/// How long to wait where Discord names no time.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// How Discord is reached, and as whom.
#[derive(Clone, Debug)]
pub struct Access {
    /// The bot's token.
    pub bot_token: SecretString,
    /// The application that the bot belongs to.
    pub application: ApplicationId,
    /// Another Discord than the real one: scheme, host and port.
    pub base_url: Option<Url>,
}

impl Access {
    /// The other Discord as serenity takes it; none for the real one.
    pub fn base(&self) -> Option<&str> {
        let base = self.base_url.as_ref().map(Url::as_str);
        base.map(|base| base.trim_end_matches('/'))
    }

    /// serenity's own client of the API, for its gateway. Its limiter is off: with it on,
    /// serenity ignores the base URL, and we keep the limits.
    pub fn http(&self) -> Result<serenity::http::Http, DiscordError> {
        let builder = HttpBuilder::new(self.bot_token.expose_secret())
            .application_id(self.application)
            .client(requests()?)
            .ratelimiter_disabled(true)
            .default_allowed_mentions(serenity::builder::CreateAllowedMentions::new());
        Ok(match self.base() {
            Some(base) => builder.proxy(base).build(),
            None => builder.build(),
        })
    }
}

/// One HTTP client for everything; its own timeout only backs up that of the calls.
fn requests() -> Result<reqwest::Client, DiscordError> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(DiscordError::Client)
}

/// How long calls may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// For a turn among those that Discord's limits let through.
    pub turn: Duration,
    /// For the call itself.
    pub call: Duration,
}

/// The REST API.
#[derive(Clone)]
pub struct DiscordApi {
    requests: reqwest::Client,
    access: Access,
    limits: Arc<Limits>,
    clock: Arc<dyn Clock>,
    times: Times,
    counts: Counts,
}

#[derive(Default)]
struct Limits {
    buckets: Mutex<Buckets>,
    changed: Notify,
}

impl Limits {
    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to send, given back in any case: also by a call that is dropped on its way.
struct OnTheWay<'a> {
    limits: &'a Limits,
    clock: &'a dyn Clock,
    ticket: Option<Ticket>,
}

impl OnTheWay<'_> {
    fn settle(&mut self, told: &Told, verdict: Verdict) {
        let Some(ticket) = self.ticket.take() else {
            return;
        };
        let now = self.clock.now();
        let stops = self.limits.buckets().settle(now, ticket, told, verdict);
        if stops {
            tracing::error!(
                refused = buckets::INVALID,
                "Discord refused so many requests that nothing more is sent for minutes, \
                 before it locks this address out: look for a wrong token or lost permissions"
            );
        }
        self.limits.changed.notify_waiters();
    }
}

impl Drop for OnTheWay<'_> {
    fn drop(&mut self) {
        self.settle(&Told::default(), Verdict::Lost);
    }
}

impl DiscordApi {
    /// The API, as `access` says.
    pub fn new(access: Access, times: Times, clock: Arc<dyn Clock>) -> Result<Self, DiscordError> {
        Ok(Self {
            requests: requests()?,
            access,
            limits: Arc::default(),
            clock,
            times,
            counts: Metrics::default().of(Platform::Discord),
        })
    }

    /// The same, counting where somebody looks.
    pub fn counting(self, counts: &Counts) -> Self {
        Self {
            counts: counts.clone(),
            ..self
        }
    }

    /// The same for direct messages.
    pub fn of_direct_messages(&self) -> Self {
        self.clone().counting(&self.counts.of_direct_messages())
    }

    /// The same API with the same limits, for calls that may take another time.
    pub fn with_times(&self, times: Times) -> Self {
        Self {
            times,
            ..self.clone()
        }
    }

    /// Calls an operation.
    pub async fn call(&self, call: Call<'_>, body: Option<&Value>) -> Result<Value, ApiError> {
        self.ask(call, &[], body).await
    }

    /// Calls an operation with parameters.
    pub async fn get(
        &self,
        call: Call<'_>,
        parameters: &[(&'static str, String)],
    ) -> Result<Value, ApiError> {
        self.ask(call, parameters, None).await
    }

    async fn ask(
        &self,
        call: Call<'_>,
        parameters: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Result<Value, ApiError> {
        let began = self.clock.now();
        let outcome = self.attempt(call, parameters, body).await;
        let took = self.clock.now().saturating_duration_since(began);
        let came = outcome
            .as_ref()
            .map_or_else(ApiError::came, |_| Called::Done);
        self.counts.called(call.name(), came, took);
        outcome
    }

    async fn attempt(
        &self,
        call: Call<'_>,
        parameters: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Result<Value, ApiError> {
        let body = body.map(serde_json::to_vec).transpose();
        let body = body.map_err(|_| ApiError::NotReached("unwritable_body"))?;
        let parameters = (!parameters.is_empty()).then(|| parameters.to_vec());
        let request = Request::new(call.route(self.access.application), call.method())
            .body(body)
            .params(parameters)
            .build(
                &self.requests,
                &format!("Bot {}", self.access.bot_token.expose_secret()),
                self.access.base(),
            )
            .map_err(|_| ApiError::NotReached("unwritable_request"))?;
        let mut on_the_way = self.turn(call).await?;
        let answer = async {
            let answer = request.send().await.map_err(|error| lost(&error))?;
            Answer::read(answer).await
        };
        let answer = within(self.clock.as_ref(), self.times.call, answer)
            .await
            .unwrap_or_else(|| Err(ApiError::Unknown("timeout".to_owned())))?;
        if answer.verdict.is_invalid() {
            self.counts.called_invalid();
        }
        on_the_way.settle(&answer.told, answer.verdict);
        answer.outcome(call.name())
    }

    /// Waits for a turn, not longer than is worth it.
    async fn turn(&self, call: Call<'_>) -> Result<OnTheWay<'_>, ApiError> {
        let lane = call.lane();
        let until = self.clock.now() + self.times.turn;
        loop {
            let changed = self.limits.changed.notified();
            tokio::pin!(changed);
            // From here on nobody who comes back is missed.
            changed.as_mut().enable();
            let now = self.clock.now();
            let left = until.saturating_duration_since(now);
            let wait = match self.limits.buckets().reserve(now, &lane) {
                Ok(ticket) => {
                    return Ok(OnTheWay {
                        limits: &self.limits,
                        clock: self.clock.as_ref(),
                        ticket: Some(ticket),
                    });
                }
                Err(wait) => wait,
            };
            let (after, everything) = match wait {
                Wait::Bucket(after) => (after, false),
                Wait::Everything(after) | Wait::Stopped(after) => (after, true),
                Wait::Turn => {
                    if within(self.clock.as_ref(), left, changed).await.is_some() {
                        continue;
                    }
                    (RETRY_AFTER, false)
                }
            };
            if after > left {
                return Err(ApiError::RateLimited { after, everything });
            }
            self.clock.sleep(after).await;
        }
    }
}

/// What came back, read.
struct Answer {
    status: u16,
    told: Told,
    verdict: Verdict,
    body: Vec<u8>,
}

/// The body of a refusal.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    code: u64,
    errors: Value,
    retry_after: Option<f64>,
    global: bool,
}

impl Answer {
    async fn read(response: Response) -> Result<Self, ApiError> {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await.map_err(|error| lost(&error))?;
        let verdict = match status {
            429 => limited(&headers, &problem(&body)),
            401 | 403 => Verdict::Invalid,
            500.. => Verdict::Lost,
            _ => Verdict::Fine,
        };
        Ok(Self {
            status,
            told: told(&headers),
            verdict,
            body: body.into(),
        })
    }

    fn outcome(self, call: &'static str) -> Result<Value, ApiError> {
        match (self.verdict, self.status) {
            (Verdict::Limited { after, scope }, _) => {
                tracing::warn!(call, ?after, ?scope, "Discord asks for patience");
                Err(ApiError::RateLimited {
                    after,
                    everything: scope == Scope::Global,
                })
            }
            (_, 204) => Ok(Value::Null),
            (_, 200..300) => serde_json::from_slice(&self.body)
                .map_err(|_| ApiError::Unknown("unreadable_answer".to_owned())),
            (_, 500..) => Err(ApiError::Unknown(format!("http_{}", self.status))),
            (_, status) => {
                let problem = problem(&self.body);
                let refusal = Refusal::of(status, problem.code);
                if refusal == Refusal::InvalidForm {
                    tracing::error!(call, errors = %problem.errors, "a body did not fit");
                }
                Err(ApiError::Refused(refusal))
            }
        }
    }
}

fn problem(body: &[u8]) -> Problem {
    serde_json::from_slice(body).unwrap_or_default()
}

/// Sorts what kept an answer from coming.
fn lost(error: &reqwest::Error) -> ApiError {
    if error.is_connect() || error.is_builder() {
        ApiError::NotReached("connect")
    } else if error.is_timeout() {
        ApiError::Unknown("timeout".to_owned())
    } else {
        ApiError::Unknown("connection".to_owned())
    }
}

fn told(headers: &HeaderMap) -> Told {
    Told {
        bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
        limit: text(headers, "x-ratelimit-limit").and_then(|n| n.parse().ok()),
        remaining: text(headers, "x-ratelimit-remaining").and_then(|n| n.parse().ok()),
        reset_after: text(headers, "x-ratelimit-reset-after").and_then(seconds),
    }
}

/// Which limit was hit. Without a word of Discord itself it was its guard before it, whose
/// limits are for everything that comes from here.
fn limited(headers: &HeaderMap, problem: &Problem) -> Verdict {
    let in_body = problem.retry_after.and_then(duration);
    let in_header = text(headers, "retry-after").and_then(seconds);
    let is_global = problem.global
        || text(headers, "x-ratelimit-global") == Some("true")
        || problem.retry_after.is_none();
    let scope = match text(headers, "x-ratelimit-scope") {
        Some("shared") => Scope::Shared,
        Some("global") => Scope::Global,
        Some(_) | None if is_global => Scope::Global,
        Some(_) | None => Scope::User,
    };
    Verdict::Limited {
        // The body is the more exact of the two.
        after: in_body.or(in_header).unwrap_or(RETRY_AFTER),
        scope,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Seconds, whole or not.
fn seconds(text: &str) -> Option<Duration> {
    duration(text.parse().ok()?)
}

fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests;
