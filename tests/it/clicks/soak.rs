//! Memory under a steady load: after the first third of the time, when caches have filled,
//! it must not go on growing.

use std::time::{Duration, Instant};

use server::test_support::{Kind, TestDatabase};
use tests::effort::rounds;

use super::readers::Readers;
use super::{Ground, LINKS};
use crate::program::Serving;

/// Readers at a time: about half of what a server here takes.
const READERS: usize = 6;
/// Glances at the memory.
const GLANCES: u32 = 30;
/// What pools and caches may still take in without being a leak, in KiB. The long form sees
/// a leak of some ten bytes a hit, the short one of ten thousand.
const ROOM: f64 = 32.0 * 1024.0;

async fn memory_stays_flat(url: Option<String>) {
    let ground = Ground::new(url).await;
    let server = ground.place.serve();
    let time = Duration::from_secs(u64::try_from(rounds(9, 1_800)).unwrap());
    let mut answered = 0;
    let mut samples = Vec::new();
    for glance in 0..GLANCES {
        // Readers are remembered by name, so a new crowd comes each time.
        let until = Instant::now() + time / GLANCES;
        while Instant::now() < until {
            let readers = Readers::follow(&server.public(), &format!("g{glance}"), READERS, LINKS);
            let rest = until.saturating_duration_since(Instant::now());
            std::thread::sleep(rest.min(Duration::from_secs(20)));
            answered += readers.end().len();
        }
        if glance >= GLANCES / 3 {
            samples.push((f64::from(glance), held(&server)));
        }
    }
    let (slope, noise) = fitted(&samples);
    let growth = slope * f64::from(GLANCES * 2 / 3);
    println!(
        "{answered} answers in {time:?}: memory grew by {growth:.0} KiB, noise {noise:.0} KiB"
    );
    assert!(
        growth <= (3.0 * noise).max(ROOM),
        "memory grows by {growth:.0} KiB in {time:?}, noise {noise:.0} KiB: {samples:?}"
    );
    assert_eq!(server.terminate().code, Some(0));
}

/// Memory of the process's own, in KiB: pages of files come and go with the system's cache.
fn held(server: &Serving) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse().unwrap()
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
    memory_stays_flat(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn soak_memory_stays_flat_on_postgres() {
    let database = TestDatabase::create(Kind::Postgres).await;
    memory_stays_flat(Some(database.url.clone())).await;
}
