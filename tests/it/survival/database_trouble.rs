//! The database goes away under load, or its disk is full: the API says so and when to come
//! again, forgets nothing that it acknowledged, and goes on by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::RETRY_AFTER;
use serde_json::json;
use server::test_support::Kind;
use tests::effort::rounds;
use tests::people::Chat;
use tests::proxy::plan::Plan;

use super::field::{Field, Kit, glance};
use crate::cluster::Cluster;

/// How soon everything goes on once the database is back.
const RECOVERS_WITHIN: Duration = Duration::from_secs(5);
/// Those who write at the same time, and those who read.
const WRITERS: usize = 6;
const READERS: usize = 2;

/// What the callers of the API met.
#[derive(Clone, Default)]
struct Load {
    stop: Arc<AtomicBool>,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    acknowledged: BTreeSet<String>,
    /// Answers by method and status.
    answers: BTreeMap<(&'static str, u16), usize>,
    /// When each kind was last refused, and last answered.
    refused: BTreeMap<&'static str, Instant>,
    answered: BTreeMap<&'static str, Instant>,
    slowest: Duration,
}

/// How the API is called.
#[derive(Clone)]
struct Caller {
    http: reqwest::Client,
    base: String,
    token: String,
    load: Load,
}

impl Caller {
    fn of(field: &Field, load: &Load) -> Self {
        Self {
            http: reqwest::Client::builder()
                .timeout(Duration::from_secs(20))
                .no_proxy()
                .build()
                .unwrap(),
            base: format!("http://{}/api/v1/posts", field.internal()),
            token: field.operator_token(),
            load: load.clone(),
        }
    }

    /// Writes posts one after another, each until it is acknowledged.
    async fn writes(self, number: usize) {
        for count in 0.. {
            let title = format!("Post {number}-{count}");
            let form =
                json!({"title": title, "url": format!("https://a.example/{number}/{count}")});
            loop {
                let request = self.http.post(&self.base).json(&form);
                let request = request.header("idempotency-key", &title);
                if self.asks("POST", request).await {
                    let mut notes = self.load.notes.lock().unwrap();
                    notes.acknowledged.insert(title);
                    break;
                }
                if self.load.is_over() {
                    return;
                }
                glance().await;
            }
            if self.load.is_over() {
                return;
            }
        }
    }

    /// Reads posts again and again.
    async fn reads(self) {
        while !self.load.is_over() {
            let request = self.http.get(&self.base);
            self.asks("GET", request).await;
            glance().await;
        }
    }

    /// Whether it was answered; any other word than "later" fails the test.
    async fn asks(&self, method: &'static str, request: reqwest::RequestBuilder) -> bool {
        let began = Instant::now();
        let request = request
            .bearer_auth(&self.token)
            .header("on-behalf-of", "owner");
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let says_when = answer.headers().contains_key(RETRY_AFTER);
        let text = answer.text().await.unwrap();
        assert!(
            matches!(status, 200 | 409 | 503),
            "{method}: {status} {text}"
        );
        assert!(status == 200 || says_when, "{method}: {status} {text}");
        let mut notes = self.load.notes.lock().unwrap();
        *notes.answers.entry((method, status)).or_default() += 1;
        notes.slowest = notes.slowest.max(began.elapsed());
        if status == 200 {
            notes.answered.insert(method, Instant::now());
        } else {
            notes.refused.insert(method, Instant::now());
        }
        status == 200
    }
}

impl Load {
    fn is_over(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn start(&self, field: &Field) -> Vec<tokio::task::JoinHandle<()>> {
        let caller = Caller::of(field, self);
        let writers = (0..WRITERS).map(|number| tokio::spawn(caller.clone().writes(number)));
        let readers = (0..READERS).map(|_| tokio::spawn(caller.clone().reads()));
        writers.chain(readers).collect()
    }

    /// Waits until each kind was answered after `since`; how long that took.
    async fn goes_on(&self, since: Instant, kinds: &[&'static str]) -> Duration {
        loop {
            let all = {
                let notes = self.notes.lock().unwrap();
                let is_answered = |kind| notes.answered.get(kind).is_some_and(|at| *at > since);
                kinds.iter().all(is_answered)
            };
            if all || since.elapsed() > 3 * RECOVERS_WITHIN {
                return since.elapsed();
            }
            glance().await;
        }
    }

    /// Waits until this kind was refused after `since`.
    async fn is_refused(&self, since: Instant, kind: &'static str) {
        loop {
            let is_refused = {
                let notes = self.notes.lock().unwrap();
                notes.refused.get(kind).is_some_and(|at| *at > since)
            };
            assert!(since.elapsed() < 6 * RECOVERS_WITHIN, "never refused");
            if is_refused {
                return;
            }
            glance().await;
        }
    }

    fn acknowledged(&self) -> usize {
        self.notes.lock().unwrap().acknowledged.len()
    }
}

/// Everything acknowledged is there, and once.
async fn nothing_is_lost(field: &Field, load: &Load) {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for title in field.titles().await {
        *found.entry(title).or_default() += 1;
    }
    let notes = load.notes.lock().unwrap();
    for title in &notes.acknowledged {
        assert_eq!(found.get(title), Some(&1), "{title}");
    }
    let twice: Vec<_> = found.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    println!(
        "{} acknowledged, none lost, none twice; {:?}; slowest answer {:?}",
        notes.acknowledged.len(),
        notes.answers,
        notes.slowest
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn while_postgres_restarts_the_api_says_so_and_everything_goes_on_within_five_seconds() {
    let cluster = Cluster::start();
    let kit = Kit {
        kind: Kind::Postgres,
        chat: Chat::Slack,
        channels: 40,
        people: 0,
    };
    let mut field = Field::prepare(&cluster.url(), kit, Plan::quiet()).await;
    field.set_up().await;
    let running = field.running();
    let load = Load::default();
    let callers = load.start(&field);
    for round in 1..=rounds(2, 10) {
        let before = load.acknowledged();
        field
            .until("some were written", async || {
                load.acknowledged() > before + 20
            })
            .await;
        if round == 1 {
            // Its deliveries are claimed and settled across the gap.
            field.publish("Told across a restart").await;
        }
        let stopped = Instant::now();
        cluster.stop();
        load.is_refused(stopped, "POST").await;
        load.is_refused(stopped, "GET").await;
        cluster.resume();
        let back = Instant::now();
        let took = load.goes_on(back, &["POST", "GET"]).await;
        println!("round {round}: goes on after {took:?}");
        assert!(
            took <= RECOVERS_WITHIN,
            "after {took:?}\n{}",
            field.server().log()
        );
    }
    load.stop.store(true, Ordering::SeqCst);
    for caller in callers {
        caller.await.unwrap();
    }
    nothing_is_lost(&field, &load).await;
    // Courier and worker go on by themselves.
    field.all_settled_once_leases_end().await;
    assert_eq!(field.running(), running, "a process was started anew");
    field.everything_arrived_once().await;
}

/// How far any file of a process may grow from now on.
fn files_may_grow(pid: u32, limit: &str) {
    let done = Command::new("prlimit")
        .args([format!("--pid={pid}"), format!("--fsize={limit}:unlimited")])
        .status();
    assert!(done.unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn while_sqlites_disk_is_full_writes_are_refused_reads_go_on_and_then_everything_does() {
    let kit = Kit {
        kind: Kind::Sqlite,
        chat: Chat::Slack,
        channels: 1,
        people: 0,
    };
    let field = Field::begin(kit, Plan::quiet()).await;
    let load = Load::default();
    let callers = load.start(&field);
    for _ in 1..=rounds(2, 10) {
        let before = load.acknowledged();
        field
            .until("some were written", async || {
                load.acknowledged() > before + 20
            })
            .await;
        let full = Instant::now();
        files_may_grow(field.server().pid(), "0");
        load.is_refused(full, "POST").await;
        let took = load.goes_on(Instant::now(), &["GET"]).await;
        assert!(took <= RECOVERS_WITHIN, "reads wait {took:?}");
        files_may_grow(field.server().pid(), "unlimited");
        let took = load.goes_on(Instant::now(), &["POST", "GET"]).await;
        println!("goes on after {took:?}");
        assert!(
            took <= RECOVERS_WITHIN,
            "after {took:?}\n{}",
            field.server().log()
        );
    }
    load.stop.store(true, Ordering::SeqCst);
    for caller in callers {
        caller.await.unwrap();
    }
    nothing_is_lost(&field, &load).await;
    let refused = load
        .notes
        .lock()
        .unwrap()
        .answers
        .get(&("GET", 503))
        .copied();
    assert_eq!(refused, None, "reads were refused");
}
