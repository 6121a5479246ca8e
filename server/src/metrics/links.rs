//! Short links: what readers were answered, how hits reach the disk, what was counted of them.
//!
//! It is the hot path, so every figure is in hand: a request costs one addition, a commit some.

use std::time::Duration;

use entity::enums::HitClass;
use entity::hit;
use server_api::metrics::{Counter, Families, Histogram};

use super::whole;

/// Seconds of a commit.
const COMMITS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0,
];
/// Hits of a commit.
const BATCHES: &[f64] = &[1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0];

/// What is counted of short links.
#[derive(Clone, Debug)]
pub struct Links {
    /// Readers who were sent on.
    pub sent_on: Counter,
    /// Readers of a link whose post is gone.
    pub gone: Counter,
    /// Requests for codes that are nobody's.
    pub unknown: Counter,
    /// Requests that could not be answered, the database being away.
    pub failed: Counter,
    /// Hits whose readers were sent on though nothing could keep them.
    pub lost: Counter,
    hits: ByClass,
    commits: Histogram,
    failed_commits: Counter,
    batches: Histogram,
    clicks: Counter,
}

#[derive(Clone, Debug)]
struct ByClass {
    human: Counter,
    bot: Counter,
    own: Counter,
    private: Counter,
}

impl ByClass {
    fn of(&self, class: HitClass) -> &Counter {
        match class {
            HitClass::Human => &self.human,
            HitClass::Bot => &self.bot,
            HitClass::Own => &self.own,
            HitClass::Private => &self.private,
        }
    }
}

impl Links {
    /// The families of short links.
    pub fn of(families: &mut Families) -> Self {
        let answers = families.counters(
            "chorus_link_requests_total",
            "Requests for short links, by what they were answered",
            ["outcome"],
        );
        let hits = families.counters(
            "chorus_hits_total",
            "Hits that were stored, by the class that they came with",
            ["class"],
        );
        Self {
            sent_on: answers.at(["sent_on"]),
            gone: answers.at(["gone"]),
            unknown: answers.at(["unknown"]),
            failed: answers.at(["failed"]),
            hits: ByClass {
                human: hits.at(["human"]),
                bot: hits.at(["bot"]),
                own: hits.at(["own"]),
                private: hits.at(["private"]),
            },
            lost: families.counter(
                "chorus_hits_lost_total",
                "Hits that no disk took though their readers were sent on",
            ),
            commits: families.histogram(
                "chorus_hit_commit_duration_seconds",
                "Time to store a batch of hits, from its turn to the disk",
                COMMITS,
            ),
            failed_commits: families.counter(
                "chorus_hit_commits_failed_total",
                "Batches of hits that the database did not take",
            ),
            batches: families.histogram(
                "chorus_hits_per_commit",
                "Hits in a batch that was stored",
                BATCHES,
            ),
            clicks: families.counter(
                "chorus_clicks_counted_total",
                "Clicks that this process counted from hits",
            ),
        }
    }

    /// Counts a batch of hits that was stored.
    pub fn stored(&self, rows: &[hit::Model], took: Duration) {
        self.commits.observe(took.as_secs_f64());
        // As many as fit into a batch fit into half a number, too.
        self.batches
            .observe(f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)));
        self.drained(rows);
    }

    /// Counts hits that came into the database by the journal.
    pub fn drained(&self, rows: &[hit::Model]) {
        for class in [
            HitClass::Human,
            HitClass::Bot,
            HitClass::Own,
            HitClass::Private,
        ] {
            let of_class = rows.iter().filter(|row| row.class == class).count();
            if of_class > 0 {
                self.hits.of(class).inc_by(whole(of_class));
            }
        }
    }

    /// Counts a batch of hits that was not stored.
    pub fn not_stored(&self) {
        self.failed_commits.inc();
    }

    /// Counts hits that nothing could keep; says how many there are by now.
    pub fn lose(&self, hits: usize) -> u64 {
        self.lost.inc_by(whole(hits)) + whole(hits)
    }

    /// Counts clicks that were counted.
    pub fn counted(&self, clicks: usize) {
        self.clicks.inc_by(whole(clicks));
    }
}
