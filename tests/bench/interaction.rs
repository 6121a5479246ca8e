//! A press of a button as a signed request, acknowledged by the real part before a real
//! server, against a route that only verifies the signature of the same request.
//!
//! The emulator sends to a relay, which hands each request to the part and then to the
//! reference, and takes both times.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use server::test_support::Kind;
use sha2::Sha256;
use tests::people::Chat;

use crate::report::Figure;
use crate::samples::{Samples, shown};
use crate::stage::{Cast, Emulator, Stage};
use crate::{Bench, processes};

/// Presses a second.
const RATE: usize = 500;
/// Largest body that the relay takes.
const BODY: usize = 256 * 1024;
/// How long the last answer is waited for.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(10);

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        for chat in Chat::ALL {
            figures.extend(press(bench, kind, chat).await?);
        }
    }
    Ok(figures)
}

async fn press(bench: &Bench, kind: Kind, chat: Chat) -> anyhow::Result<Vec<Figure>> {
    let presses = bench.size(RATE * 5, 10);
    let t = bench.databases.app(kind, "").await?;
    let cast = Cast {
        chat,
        per_minute: 3_000,
    };
    let mut stage = Stage::set(t, cast).await?;
    let part = stage.begin(cast.per_minute)?;
    let relay = Relay::start(&part, verifier(&stage.emulator)?).await?;
    // What a press costs is judged, not how fast a chat lets it be answered.
    match &stage.emulator {
        Emulator::Slack(emulator) => {
            emulator.limits(|limits| limits.on = false);
            emulator.sends_requests_to(&relay.url).await?;
        }
        Emulator::Discord(emulator) => {
            emulator.limits(|limits| limits.on = false);
            emulator.use_endpoint(&relay.url).await?;
        }
    }
    stage.publish("Tea").await?;
    let ada = stage.ada();
    let card = ada.finds("Tea").await;
    // The first finds everything cold.
    ada.clicks(&card, "Share");
    ada.sees(|sight| sight.is_private).await;
    relay.times(1).await?;

    let before = answers(&stage.emulator);
    let used = Used::now(bench, kind)?;
    let every = Duration::from_secs(1) / u32::try_from(RATE)?;
    let mut beats = tokio::time::interval(every);
    for _ in 0..presses {
        beats.tick().await;
        ada.clicks(&card, "Share");
    }
    let late = last_answer(&stage.emulator, before + presses).await?;
    let times = relay.times(presses).await?;
    let used = Used::now(bench, kind)?.since(&used, presses)?;
    stage.strike().await?;
    let told = format!("{chat:?}, {}", crate::databases::name(kind));
    let mut figures = times.figures(&told, late);
    figures.extend(used.figures(&told)?);
    Ok(figures)
}

/// Processor time that was used: by all that runs here, and by the database in it.
struct Used {
    all: Duration,
    database: Duration,
}

impl Used {
    fn now(bench: &Bench, kind: Kind) -> anyhow::Result<Self> {
        let here = processes::time_of(std::process::id())?;
        Ok(Self {
            all: here + bench.databases.time(kind)?,
            database: bench.databases.time_here(kind)?,
        })
    }

    /// What each of so many presses used since.
    fn since(&self, before: &Self, presses: usize) -> anyhow::Result<Self> {
        let presses = u32::try_from(presses)?.max(1);
        Ok(Self {
            all: self.all.saturating_sub(before.all) / presses,
            database: self.database.saturating_sub(before.database) / presses,
        })
    }

    /// Against what the machine has for a press at this rate: above it, answers come late
    /// whatever is done first.
    fn figures(&self, case: &str) -> anyhow::Result<[Figure; 2]> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let has = Duration::from_secs(1) * u32::try_from(cores)? / u32::try_from(RATE)?;
        let all = Figure {
            row: "interaction",
            case: format!("{case}, {RATE}/s"),
            measured: String::new(),
            reference: String::new(),
            outcome: String::new(),
            bar: String::new(),
            met: true,
        };
        Ok([
            all.part_of(
                "the processor time of server, bots, the chat's emulator and the relay for a \
                 press, of what the machine has for one",
                (self.all, has),
            ),
            all.part_of(
                "the database's processor time for a press, of all of it",
                (self.database, self.all),
            ),
        ])
    }
}

/// How many private answers there are.
fn answers(emulator: &Emulator) -> usize {
    match emulator {
        Emulator::Slack(emulator) => emulator.state().read(|state| {
            let messages = state.kept.messages.iter();
            messages
                .filter(|message| message.only_for.is_some())
                .count()
        }),
        Emulator::Discord(emulator) => emulator.state().read(|state| {
            let messages = state.kept.messages.iter();
            // What says that an answer will come is none yet.
            messages
                .filter(|message| message.only_for.is_some() && !message.is_loading())
                .count()
        }),
    }
}

/// Waits for so many answers; gives how long after the last press that was.
async fn last_answer(emulator: &Emulator, count: usize) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let mut glances = tokio::time::interval(GLANCE);
    while answers(emulator) < count {
        glances.tick().await;
        anyhow::ensure!(
            began.elapsed() < PATIENCE,
            "{} of {count} were answered",
            answers(emulator)
        );
    }
    Ok(began.elapsed())
}

/// Says whether a stamp, a signature and a body belong together.
type Verifier = Arc<dyn Fn(&HeaderMap, &[u8]) -> bool + Send + Sync>;

fn verifier(emulator: &Emulator) -> anyhow::Result<Verifier> {
    let text = |headers: &HeaderMap, name: &str| -> String {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    Ok(match emulator {
        Emulator::Slack(emulator) => {
            let secret = emulator.state().app().signing_secret.clone();
            Arc::new(move |headers, body| {
                let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
                    return false;
                };
                mac.update(
                    format!("v0:{}:", text(headers, "x-slack-request-timestamp")).as_bytes(),
                );
                mac.update(body);
                let signature = text(headers, "x-slack-signature");
                let digits = signature.strip_prefix("v0=").and_then(bytes);
                digits.is_some_and(|digits| mac.verify_slice(&digits).is_ok())
            })
        }
        Emulator::Discord(emulator) => {
            let key = bytes(&emulator.state().app().public_key());
            let key: [u8; 32] = key
                .and_then(|key| key.try_into().ok())
                .context("the emulator's public key")?;
            let key = VerifyingKey::from_bytes(&key)?;
            Arc::new(move |headers, body| {
                let signature = bytes(&text(headers, "x-signature-ed25519"));
                let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
                let mut signed = text(headers, "x-signature-timestamp").into_bytes();
                signed.extend(body);
                signature.is_some_and(|signature| key.verify_strict(&signed, &signature).is_ok())
            })
        }
    })
}

/// Bytes of hexadecimal digits.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// Times of the part and of the reference.
#[derive(Clone, Debug, Default)]
struct Times {
    part: Samples,
    reference: Samples,
}

impl Times {
    fn count(&self) -> usize {
        self.part.count()
    }

    fn figures(&self, case: &str, late: Duration) -> Vec<Figure> {
        let figure = |what: &str, took: Duration, bar: (&str, Duration)| Figure {
            row: "interaction",
            case: format!("{case}, {RATE}/s, {what}"),
            measured: shown(took),
            reference: String::new(),
            outcome: shown(took),
            bar: bar.0.to_owned(),
            met: took <= bar.1,
        };
        let p99 = self.part.percentile(99);
        let bar = ("≤ 50 ms", Duration::from_millis(50));
        vec![
            Figure {
                reference: shown(self.reference.percentile(99)),
                ..figure("acknowledged, p99", p99, bar)
            },
            figure(
                "slowest",
                self.part.longest(),
                ("≤ 3 s", Duration::from_secs(3)),
            ),
            figure(
                "last answer after the last press",
                late,
                ("≤ 1 s", Duration::from_secs(1)),
            ),
        ]
    }
}

#[derive(Clone)]
struct Relay {
    url: String,
    part: String,
    reference: String,
    client: reqwest::Client,
    times: Arc<Mutex<Times>>,
}

impl Relay {
    /// Starts it, and the reference behind it.
    async fn start(part: &str, verifier: Verifier) -> anyhow::Result<Self> {
        let reference = Router::new().route("/", post(verify)).with_state(verifier);
        let mut relay = Self {
            url: String::new(),
            part: part.to_owned(),
            reference: serve(reference).await?,
            client: reqwest::Client::builder()
                .timeout(Duration::from_secs(10))
                .no_proxy()
                .build()?,
            times: Arc::default(),
        };
        let routes = Router::new()
            .route("/", post(hand_on))
            .with_state(relay.clone());
        relay.url = serve(routes).await?;
        Ok(relay)
    }

    /// The times of so many presses, once both have answered them; they are forgotten here.
    async fn times(&self, presses: usize) -> anyhow::Result<Times> {
        let began = Instant::now();
        let mut glances = tokio::time::interval(GLANCE);
        loop {
            glances.tick().await;
            let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
            let count = times.count();
            if count == presses {
                return Ok(std::mem::take(&mut times));
            }
            anyhow::ensure!(
                count < presses && began.elapsed() < PATIENCE,
                "{count} of {presses} presses were answered"
            );
        }
    }

    async fn timed(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> anyhow::Result<(Duration, StatusCode, HeaderMap, Bytes)> {
        let began = Instant::now();
        let sent = self.client.post(url).headers(headers).body(body);
        let answer = sent.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await?;
        Ok((began.elapsed(), status, headers, body))
    }
}

async fn serve(routes: Router) -> anyhow::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(axum::serve(listener, routes).into_future());
    Ok(format!("http://{address}/"))
}

async fn verify(State(verifier): State<Verifier>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if verifier(&headers, &body) {
        StatusCode::OK
    } else {
        StatusCode::UNAUTHORIZED
    }
}

/// Whether this is a press: platforms send other things to the same address, such as Slack's
/// events, and Discord's question whether anybody is there.
fn is_press(body: &[u8]) -> bool {
    /// A component of a message was used.
    const COMPONENT: u64 = 3;
    let kind = |body: &serde_json::Value| body.get("type").and_then(serde_json::Value::as_u64);
    body.starts_with(b"payload=")
        || serde_json::from_slice(body).is_ok_and(|body| kind(&body) == Some(COMPONENT))
}

async fn hand_on(State(relay): State<Relay>, mut headers: HeaderMap, body: Body) -> Response {
    let Ok(body) = to_bytes(body, BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    headers.remove("host");
    headers.remove("content-length");
    let handed = relay
        .timed(&relay.part, headers.clone(), body.clone())
        .await;
    let Ok((took, status, answer, said)) = handed else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let pressed = is_press(&body);
    tokio::spawn(async move {
        if pressed
            && let Ok((reference, verified, _, _)) =
                relay.timed(&relay.reference, headers, body).await
            && verified == StatusCode::OK
        {
            let mut times = relay.times.lock().unwrap_or_else(PoisonError::into_inner);
            times.part.push(took);
            times.reference.push(reference);
        }
    });
    let kind = answer.get("content-type").cloned();
    let mut response = (status, said).into_response();
    if let Some(kind) = kind {
        response.headers_mut().insert("content-type", kind);
    }
    response
}
