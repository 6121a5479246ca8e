//! Work that nobody waits for: jobs, schedules, and what happens every so often.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use server_api::metrics::{Counter, Families, Gauge, Histogram, Labelled, WORK};

/// What is counted of work.
#[derive(Debug)]
pub struct Work {
    jobs: Labelled<2, Counter>,
    job_durations: Labelled<1, Histogram>,
    lateness: Histogram,
    periodic: Labelled<2, Counter>,
    periodic_durations: Labelled<1, Histogram>,
    last_success: Labelled<1, Gauge>,
}

/// How an attempt at a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is done.
    Done,
    /// It will be tried again.
    Failed,
    /// It was given up.
    Dead,
}

impl Work {
    /// The families of work.
    pub fn of(families: &mut Families) -> Self {
        Self {
            jobs: families.counters(
                "chorus_jobs_ended_total",
                "Attempts at jobs, by how they ended",
                ["kind", "outcome"],
            ),
            job_durations: families.histograms(
                "chorus_job_duration_seconds",
                "Time that an attempt at a job took",
                ["kind"],
                WORK,
            ),
            lateness: families.histogram(
                "chorus_schedule_lateness_seconds",
                "How late recurring jobs were planned",
                WORK,
            ),
            periodic: families.counters(
                "chorus_periodic_runs_total",
                "Turns of periodic work that this process took",
                ["work", "outcome"],
            ),
            periodic_durations: families.histograms(
                "chorus_periodic_duration_seconds",
                "Time that a turn of periodic work took",
                ["work"],
                WORK,
            ),
            last_success: families.gauges(
                "chorus_periodic_last_success_timestamp_seconds",
                "When this process last did periodic work well",
                ["work"],
            ),
        }
    }

    /// Counts an attempt at a job; `kind` is none for a job that nobody here knows.
    pub fn job(&self, kind: Option<&'static str>, ended: Ended, took: Duration) {
        let kind = kind.unwrap_or("other");
        let outcome = match ended {
            Ended::Done => "done",
            Ended::Failed => "failed",
            Ended::Dead => "dead",
        };
        self.jobs.at([kind, outcome]).inc();
        self.job_durations.at([kind]).observe(took.as_secs_f64());
    }

    /// Counts a recurring job that was planned so late.
    pub fn fired(&self, late: TimeDelta) {
        self.lateness
            .observe(late.to_std().unwrap_or_default().as_secs_f64());
    }

    /// Counts a turn of periodic work that ended at `now`.
    pub fn turn(&self, work: &'static str, went_well: bool, took: Duration, now: DateTime<Utc>) {
        let outcome = if went_well { "done" } else { "failed" };
        self.periodic.at([work, outcome]).inc();
        self.periodic_durations
            .at([work])
            .observe(took.as_secs_f64());
        if went_well {
            self.last_success.at([work]).set(seconds(now));
        }
    }
}

/// A time as Prometheus takes it.
pub fn seconds(at: DateTime<Utc>) -> f64 {
    Duration::from_millis(at.timestamp_millis().try_into().unwrap_or_default()).as_secs_f64()
}
