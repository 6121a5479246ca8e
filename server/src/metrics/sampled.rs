//! What is not counted but looked at when somebody asks: the database, what waits in it, the
//! memory of the hot path, the process.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::enums::Platform;
use entity::lease;
use server_api::metrics::Families;

use super::deliveries::platform_name;
use super::process::{self, Process};
use super::work::seconds;

/// Leases that one process holds as long as it lives, unlike turns, which pass on.
pub const RIGHTS: [&str; 1] = ["discord-gateway"];

/// What waits in the database at one moment.
#[derive(Clone, Debug, Default)]
pub struct Backlog {
    /// Deliveries that are due and that no courier has: to channels how many, and since when the
    /// oldest of these is due, or the oldest to people where several wait.
    pub deliveries: Vec<(Platform, Waiting)>,
    /// Jobs that are due and that no worker has.
    pub jobs: Waiting,
    /// Jobs that were given up and are still there to be looked at.
    pub dead_jobs: i64,
    /// When the most overdue schedule should have fired.
    pub overdue_schedule: Option<DateTime<Utc>>,
    /// When the oldest hit came that was not counted yet.
    pub oldest_hit: Option<DateTime<Utc>>,
    /// Reviews that wait longer than their organizations want.
    pub late_reviews: i64,
    /// The leases that are known by name.
    pub leases: Vec<lease::Model>,
}

/// What waits for somebody to do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// Since when the oldest waits.
    pub oldest: Option<DateTime<Utc>>,
}

/// What the database said when it was last looked at.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// How long it took to answer; none where it did not.
    pub ping: Option<Duration>,
    /// What waits; none where it did not say.
    pub backlog: Option<Backlog>,
}

/// Connections to the database.
#[derive(Clone, Copy, Debug, Default)]
pub struct Connections {
    /// Those that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// The most that there may be.
    pub max: u32,
}

/// Everything that is looked at.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// When.
    pub now: DateTime<Utc>,
    /// Hits in the journal that are not yet in the database.
    pub journalled_hits: u64,
    /// Bytes of the journal on disk.
    pub journal_bytes: u64,
    /// Connections to the database.
    pub connections: Connections,
    /// The longest that a writer waited of late to begin.
    pub longest_wait: Duration,
    /// What the database said.
    pub reading: Reading,
    /// The process.
    pub process: Process,
    /// The leases of periodic work, by name.
    pub turns: Vec<String>,
}

/// The families of a sample. What could not be looked at is left out.
pub fn families(sample: &Sample) -> Families {
    let mut families = Families::default();
    journal(&mut families, sample);
    database(&mut families, sample);
    if let Some(backlog) = &sample.reading.backlog {
        deliveries(&mut families, backlog, sample.now);
        work(&mut families, backlog, sample.now);
        leases(&mut families, backlog, sample);
    }
    process::describe(&mut families, sample.process);
    families
}

fn journal(families: &mut Families, sample: &Sample) {
    families
        .gauge(
            "chorus_hits_journalled",
            "Hits in the journal on local disk that are not yet in the database",
        )
        .set(figure(
            i64::try_from(sample.journalled_hits).unwrap_or(i64::MAX),
        ));
    families
        .gauge("chorus_hit_journal_bytes", "Size of that journal")
        .set(figure(
            i64::try_from(sample.journal_bytes).unwrap_or(i64::MAX),
        ));
}

fn database(families: &mut Families, sample: &Sample) {
    let is_up = sample.reading.ping.is_some();
    families
        .gauge("chorus_database_up", "Whether the database answers")
        .set(f64::from(u8::from(is_up)));
    if let Some(ping) = sample.reading.ping {
        families
            .gauge(
                "chorus_database_ping_seconds",
                "Time that it took to answer",
            )
            .set(ping.as_secs_f64());
    }
    let connections = families.gauges(
        "chorus_database_connections",
        "Connections in the pool",
        ["state"],
    );
    let Connections { open, idle, max } = sample.connections;
    connections.at(["idle"]).set(f64::from(idle));
    connections
        .at(["in_use"])
        .set(f64::from(open.saturating_sub(idle)));
    families
        .gauge(
            "chorus_database_connections_max",
            "Connections that the pool may have",
        )
        .set(f64::from(max));
    families
        .gauge(
            "chorus_database_longest_wait_seconds",
            "Longest wait of the last one to two minutes for a connection and a turn to write",
        )
        .set(sample.longest_wait.as_secs_f64());
}

fn deliveries(families: &mut Families, backlog: &Backlog, now: DateTime<Utc>) {
    let due = families.gauges(
        "chorus_deliveries_due",
        "Deliveries to channels that are due and that no courier has",
        ["platform"],
    );
    let age = families.gauges(
        "chorus_deliveries_oldest_due_age_seconds",
        "How long the oldest of them has been due, or of five new messages to people or more",
        ["platform"],
    );
    for (platform, waiting) in &backlog.deliveries {
        due.at([platform_name(*platform)])
            .set(figure(waiting.count));
        age.at([platform_name(*platform)])
            .set(since(waiting.oldest, now));
    }
    families
        .gauge(
            "chorus_clicks_lag_seconds",
            "Age of the oldest hit that was not counted yet",
        )
        .set(since(backlog.oldest_hit, now));
}

fn work(families: &mut Families, backlog: &Backlog, now: DateTime<Utc>) {
    let mut gauge = |name, help, value| families.gauge(name, help).set(value);
    gauge(
        "chorus_jobs_due",
        "Jobs that are due and that no worker has",
        figure(backlog.jobs.count),
    );
    gauge(
        "chorus_jobs_oldest_due_age_seconds",
        "How long the oldest of them has been due",
        since(backlog.jobs.oldest, now),
    );
    gauge(
        "chorus_jobs_dead",
        "Jobs that were given up and wait to be looked at",
        figure(backlog.dead_jobs),
    );
    gauge(
        "chorus_reviews_late",
        "Posts that wait for a review longer than their organization wants",
        figure(backlog.late_reviews),
    );
    gauge(
        "chorus_schedules_overdue_seconds",
        "How late the most overdue recurring job is",
        since(backlog.overdue_schedule, now),
    );
}

fn leases(families: &mut Families, backlog: &Backlog, sample: &Sample) {
    let held = families.gauges(
        "chorus_lease_held",
        "Whether some process holds this right",
        ["lease"],
    );
    let until = families.gauges(
        "chorus_lease_until_timestamp_seconds",
        "When the last hold of this right or turn ends, or ended",
        ["lease"],
    );
    for right in RIGHTS {
        let mut leases = backlog.leases.iter();
        let is_held = leases.any(|lease| lease.name == right && lease.until > sample.now);
        held.at([right]).set(f64::from(u8::from(is_held)));
    }
    for lease in &backlog.leases {
        let is_told = RIGHTS.contains(&lease.name.as_str()) || sample.turns.contains(&lease.name);
        if is_told {
            until
                .of([lease.name.clone().into()])
                .set(seconds(lease.until));
        }
    }
}

fn figure(count: i64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn since(past: Option<DateTime<Utc>>, now: DateTime<Utc>) -> f64 {
    past.and_then(|past| (now - past).to_std().ok())
        .unwrap_or_default()
        .as_secs_f64()
}
