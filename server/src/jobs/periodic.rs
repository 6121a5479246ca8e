//! Work that the server does by itself every so often: once however many
//! workers run, by a lease that lasts until the next turn.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info_span};

use super::{JobError, worker};
use crate::app::App;
use crate::service::{
    connections, idempotency, imports, jobs, leaderboard, logins, pairing, posts, retention,
    reviews, sums, upkeep, visitors,
};

/// One kind of periodic work.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    name: &'static str,
    every: Duration,
    run: fn(App) -> BoxFuture<'static, Result<(), JobError>>,
}

/// All of it, by name.
#[expect(clippy::too_many_lines, reason = "a table of work")]
pub fn all() -> Vec<Entry> {
    vec![
        // A second is what a person takes for "at nine o'clock".
        Entry {
            name: "publish_due_posts",
            every: Duration::from_secs(1),
            run: |app| publish_due_posts(app).boxed(),
        },
        // Sharing ends by the clock itself; only the cards follow by this.
        Entry {
            name: "expire_posts",
            every: Duration::from_secs(5),
            run: |app| expire_posts(app).boxed(),
        },
        // Hours are what a review may wait: seconds more do no harm.
        Entry {
            name: "tell_of_late_reviews",
            every: Duration::from_secs(10),
            run: |app| tell_of_late_reviews(app).boxed(),
        },
        // Readers' clicks show in chat within seconds, and in Insight within a minute.
        Entry {
            name: "count_clicks",
            every: Duration::from_secs(2),
            run: |app| count_clicks(app).boxed(),
        },
        // Often, so that a salt does not outlive its day by more than minutes.
        Entry {
            name: "forget_past_days",
            every: Duration::from_mins(5),
            run: |app| forget_past_days(app).boxed(),
        },
        // Answers are kept for a day: an hour more does no harm.
        Entry {
            name: "forget_answers",
            every: Duration::from_hours(1),
            run: |app| forget_answers(app).boxed(),
        },
        // Done jobs are kept for a day, to be looked at.
        Entry {
            name: "forget_done_jobs",
            every: Duration::from_hours(1),
            run: |app| forget_done_jobs(app).boxed(),
        },
        // Codes count for minutes; what is left of them is only in the way.
        Entry {
            name: "forget_pairing_codes",
            every: Duration::from_hours(1),
            run: |app| forget_pairing_codes(app).boxed(),
        },
        // Sessions and links that ended let nobody in; tries are kept a quarter of an hour.
        Entry {
            name: "forget_logins",
            every: Duration::from_mins(15),
            run: |app| forget_logins(app).boxed(),
        },
        // A token is renewed two hours before it ends, and each try has minutes of its own.
        Entry {
            name: "renew_tokens",
            every: Duration::from_secs(10),
            run: |app| renew_tokens(app).boxed(),
        },
        // They are kept for days: an hour more does no harm.
        Entry {
            name: "forget_imports",
            every: Duration::from_hours(1),
            run: |app| forget_imports(app).boxed(),
        },
        // What is kept for months may be kept an hour longer.
        Entry {
            name: "remove_what_is_past_its_time",
            every: Duration::from_hours(1),
            run: |app| remove_what_is_past_its_time(app).boxed(),
        },
        // Plans change where a table has grown by a lot, which takes an hour and more.
        Entry {
            name: "optimize_database",
            every: Duration::from_hours(1),
            run: |app| optimize_database(app).boxed(),
        },
        // Organizations get theirs with the set-up: this is for those that are older.
        Entry {
            name: "schedule_weekly_leaderboards",
            every: Duration::from_hours(1),
            run: |app| schedule_weekly_leaderboards(app).boxed(),
        },
    ]
}

/// The lease by which workers take turns at a kind of periodic work.
fn lease(name: &str) -> String {
    format!("periodic:{name}")
}

/// The leases of all periodic work.
pub fn leases() -> Vec<String> {
    all().iter().map(|entry| lease(entry.name)).collect()
}

impl Entry {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Does it now, whoever's turn it is.
    pub async fn run(&self, app: &App) -> Result<(), JobError> {
        (self.run)(app.clone()).await
    }

    /// Does it in this worker whenever it is this worker's turn.
    pub(super) async fn repeat(self, app: &App, holder: &str, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(cause) = self.take_turn(app, holder).await {
                let name = self.name;
                tracing::error!(%cause, "periodic work {name} failed: {cause}");
            }
            worker::pause(self.every, stop).await;
        }
    }

    /// Does it now if it is `holder`'s turn.
    pub async fn take_turn(&self, app: &App, holder: &str) -> Result<(), JobError> {
        let lease = lease(self.name);
        // A little shorter than the pause, so that the same worker is not too
        // early for its own next turn.
        let turn = TimeDelta::from_std(self.every.mul_f64(0.9)).unwrap_or(TimeDelta::MAX);
        if !crate::service::leases::take_turn(app, &lease, holder, turn).await? {
            return Ok(());
        }
        let span = info_span!("job", otel.name = format!("job.{}", self.name));
        let began = Instant::now();
        // In a task of its own: a panic ends this turn, not the worker.
        let outcome = tokio::spawn((self.run)(app.clone()).instrument(span))
            .await
            .unwrap_or_else(|cause| Err(JobError::Retry(format!("it panicked: {cause}"))));
        let counted = &app.metrics().work;
        counted.turn(self.name, outcome.is_ok(), began.elapsed(), app.now());
        outcome
    }
}

async fn count_clicks(app: App) -> Result<(), JobError> {
    sums::keep(&app).await?;
    Ok(())
}

async fn forget_past_days(app: App) -> Result<(), JobError> {
    visitors::forget_past_days(&app).await?;
    Ok(())
}

async fn publish_due_posts(app: App) -> Result<(), JobError> {
    posts::publish_due_posts(&app).await?;
    Ok(())
}

async fn expire_posts(app: App) -> Result<(), JobError> {
    posts::expire_posts(&app).await?;
    Ok(())
}

async fn tell_of_late_reviews(app: App) -> Result<(), JobError> {
    reviews::tell_of_late_reviews(&app).await?;
    Ok(())
}

async fn forget_answers(app: App) -> Result<(), JobError> {
    idempotency::sweep(&app).await?;
    Ok(())
}

async fn forget_done_jobs(app: App) -> Result<(), JobError> {
    jobs::sweep(&app).await?;
    Ok(())
}

async fn forget_pairing_codes(app: App) -> Result<(), JobError> {
    pairing::sweep(&app).await?;
    Ok(())
}

async fn forget_logins(app: App) -> Result<(), JobError> {
    logins::sweep(&app).await?;
    connections::sweep(&app).await?;
    Ok(())
}

async fn renew_tokens(app: App) -> Result<(), JobError> {
    connections::renew_tokens(&app).await?;
    Ok(())
}

async fn forget_imports(app: App) -> Result<(), JobError> {
    imports::forget(&app).await?;
    Ok(())
}

async fn remove_what_is_past_its_time(app: App) -> Result<(), JobError> {
    retention::run(&app).await?;
    Ok(())
}

async fn optimize_database(app: App) -> Result<(), JobError> {
    upkeep::optimize(&app).await?;
    Ok(())
}

async fn schedule_weekly_leaderboards(app: App) -> Result<(), JobError> {
    leaderboard::schedule_all(&app)
        .await
        .map_err(|error| JobError::Retry(error.to_string()))
}
