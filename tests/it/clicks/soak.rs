//! Memory at half of the load that a server here takes: after the first third of the time, when
//! caches have filled, it must not go on growing. Beside the readers posts go out to a chat and the
//! API is asked.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use server::test_support::Kind;
use server_api::page::PageQuery;
use tests::effort::rounds;
use tests::people::Chat;
use tests::proxy::plan::Plan;

use super::readers::{Pace, Readers};
use crate::survival::field::{Field, Kit, glance};

/// Readers at a time.
const READERS: u32 = 16;
/// A crowd is replaced after this time: each reader asks so many times at most, and is remembered.
const CROWD: Duration = Duration::from_secs(5);
/// Redirects a second at most, however many could be: half an hour of them is ten million rows, and
/// the database may lie in memory.
const MOST: u32 = 6_000;
/// A post goes out so often.
const BETWEEN_POSTS: Duration = Duration::from_secs(2);
/// Glances at the memory.
const GLANCES: u32 = 30;
/// What pools and caches may still take in without being a leak, in KiB. The long form sees
/// a leak of some ten bytes a hit, the short one of ten thousand.
const ROOM: f64 = 32.0 * 1024.0;

/// What was seen of a process: when, and what it held.
type Samples = Vec<(f64, f64)>;

async fn memory_stays_flat(kind: Kind) {
    let kit = Kit {
        kind,
        chat: Chat::Slack,
        channels: 5,
        people: 5,
    };
    let mut field = Box::pin(Field::begin(kit, Plan::quiet())).await;
    let running = field.running();
    field.lay_links(links()).await;
    let every = half_of_what_is_possible(&field).await;
    let over = AtomicBool::new(false);
    let read = async {
        let samples = is_read(&field, every).await;
        over.store(true, Ordering::Relaxed);
        samples
    };
    let (published, (of_server, of_courier)) = tokio::join!(goes_on(&field, &over), read);
    is_flat("server", &of_server);
    is_flat("courier", &of_courier);
    field.all_settled().await;
    assert_eq!(field.running(), running, "a process was started anew");
    assert_eq!(field.arrived(), published * kit.places());
}

/// Links that readers follow; in the long form half of those that a server remembers.
fn links() -> u32 {
    u32::try_from(rounds(2_000, 25_000)).unwrap()
}

fn seconds(count: usize) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap())
}

/// Lets readers follow links for so long; says how many were sent on.
async fn follow(field: &Field, mark: &str, (pace, time): (Pace, Duration)) -> usize {
    let count = usize::try_from(READERS).unwrap();
    let (end, mut answered) = (Instant::now() + time, 0);
    for crowd in 0.. {
        let mark = format!("{mark}-{crowd}");
        let readers = Readers::paced(&field.public(), &mark, (count, links()), pace);
        let until = end.min(Instant::now() + CROWD);
        while Instant::now() < until {
            glance().await;
        }
        answered += readers.end().len();
        if Instant::now() >= end {
            break;
        }
    }
    answered
}

/// How often each reader follows a link for half of the load that there is where nobody rests.
async fn half_of_what_is_possible(field: &Field) -> Duration {
    let unpaced = Pace::Resting(Duration::ZERO);
    let time = seconds(rounds(2, 30));
    // What is slow the first time.
    follow(field, "first", (unpaced, time / 2)).await;
    let began = Instant::now();
    let answered = follow(field, "most", (unpaced, time)).await;
    let took = began.elapsed();
    let answered = u32::try_from(answered).unwrap();
    println!("{answered} redirects in {took:?} where nobody rests");
    let every = took * (2 * READERS) / answered;
    every.max(Duration::from_secs(1) * READERS / MOST)
}

/// Lets readers follow links at this pace, and looks at what server and courier hold meanwhile.
async fn is_read(field: &Field, every: Duration) -> (Samples, Samples) {
    let time = seconds(rounds(9, 1_800));
    let (mut of_server, mut of_courier, mut answered) = (Vec::new(), Vec::new(), 0);
    for look in 0..GLANCES {
        let load = (Pace::Every(every), time / GLANCES);
        answered += follow(field, &format!("look{look}"), load).await;
        if look >= GLANCES / 3 {
            of_server.push((f64::from(look), held(field.server().pid())));
            of_courier.push((f64::from(look), held(field.courier().pid())));
        }
    }
    let each = usize::try_from(time.as_micros() / every.as_micros()).unwrap();
    let wanted = each * usize::try_from(READERS).unwrap();
    println!("{answered} redirects in {time:?}, of {wanted} that were wanted");
    // In the long form this machine has nothing else to do.
    let enough = wanted * rounds(10, 80) / 100;
    assert!(answered >= enough, "only {answered} of {wanted} redirects");
    (of_server, of_courier)
}

/// Publishes posts and asks the API until it is over; says how many posts that were.
async fn goes_on(field: &Field, over: &AtomicBool) -> usize {
    let operator = field.operator();
    let mut published = 0;
    while !over.load(Ordering::Relaxed) {
        let title = format!("Told beside readers: {published}");
        field.publish(&title).await;
        published += 1;
        let next = Instant::now() + BETWEEN_POSTS;
        while Instant::now() < next && !over.load(Ordering::Relaxed) {
            operator.posts(None, &PageQuery::default()).await.unwrap();
            operator.delivery_counts().await.unwrap();
            glance().await;
        }
    }
    published
}

/// Memory of a process's own, in KiB: pages of files come and go with the system's cache.
fn held(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse().unwrap()
}

/// Fails where what a process held grew.
fn is_flat(whose: &str, samples: &[(f64, f64)]) {
    let (slope, noise) = fitted(samples);
    let growth = slope * f64::from(GLANCES * 2 / 3);
    println!("the {whose}'s memory grew by {growth:.0} KiB, noise {noise:.0} KiB");
    assert!(
        growth <= (3.0 * noise).max(ROOM),
        "the {whose}'s memory grows by {growth:.0} KiB, noise {noise:.0} KiB: {samples:?}"
    );
}

/// The line through the samples by least squares: its slope, and how far samples lie from it.
fn fitted(samples: &[(f64, f64)]) -> (f64, f64) {
    let count = samples.iter().fold(0.0, |count, _| count + 1.0);
    let mean_x = samples.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = samples.iter().map(|(_, y)| y).sum::<f64>() / count;
    let spread = samples.iter().map(|(x, _)| (x - mean_x).powi(2));
    let along = samples.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
    let slope = along.sum::<f64>() / spread.sum::<f64>();
    let distances = samples
        .iter()
        .map(|(x, y)| y - mean_y - slope * (x - mean_x));
    let noise = (distances.map(|distance| distance.powi(2)).sum::<f64>() / count).sqrt();
    (slope, noise)
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_memory_stays_flat_on_sqlite() {
    memory_stays_flat(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_memory_stays_flat_on_postgres() {
    memory_stays_flat(Kind::Postgres).await;
}
