//! The loops of one worker process: the queue, the schedules, the periodic work.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use entity::job;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, info_span};

use super::registry::{self, Entry};
use super::{JobError, periodic};
use crate::app::App;
use crate::domain::backoff;
use crate::metrics::work::Ended;
use crate::service::schedules;
use crate::store::{StoreError, jobs};

/// How long a worker holds a job. A job that takes longer is taken by another,
/// which is safe, since jobs are idempotent.
const HOLD: TimeDelta = TimeDelta::minutes(5);

/// Letters of a failure that are kept.
const MAX_ERROR: usize = 2000;

/// Works until `stop` is cancelled, then ends the jobs in hand.
pub async fn run(app: App, stop: CancellationToken) {
    let worker = Worker::of(&app, registry::all());
    let tracker = TaskTracker::new();
    for _ in 0..app.config.worker.concurrency {
        let (worker, stop) = (worker.clone(), stop.clone());
        tracker.spawn(async move { worker.work(&stop).await });
    }
    tracker.spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { fire_schedules(&app, &stop).await }
    });
    for entry in periodic::all() {
        let (worker, stop) = (worker.clone(), stop.clone());
        tracker.spawn(async move { entry.repeat(&worker.app, &worker.holder, &stop).await });
    }
    tracker.close();
    tracker.wait().await;
}

async fn fire_schedules(app: &App, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(cause) = schedules::fire_due(app).await {
            tracing::error!(%cause, "schedules cannot be fired: {cause}");
        }
        pause(app.config.worker.poll, stop).await;
    }
}

/// Waits for a time, or until told to stop.
pub(super) async fn pause(time: Duration, stop: &CancellationToken) {
    let _ = tokio::time::timeout(time, stop.cancelled()).await;
}

/// Who works on the queue, and on which jobs.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
    holder: String,
    entries: Arc<[Entry]>,
}

impl Worker {
    /// A worker that knows these jobs.
    pub fn of(app: &App, entries: Vec<Entry>) -> Self {
        Self {
            app: app.clone(),
            holder: app.uuid().simple().to_string(),
            entries: entries.into(),
        }
    }

    async fn work(&self, stop: &CancellationToken) {
        let poll = self.app.config.worker.poll;
        while !stop.is_cancelled() {
            match self.work_one().await {
                Ok(true) => {}
                Ok(false) => pause(poll, stop).await,
                Err(cause) => {
                    tracing::error!(%cause, "the queue of jobs cannot be read: {cause}");
                    pause(poll, stop).await;
                }
            }
        }
    }

    /// Takes one job that is due and does it; says whether there was one.
    pub async fn work_one(&self) -> Result<bool, StoreError> {
        let Some(job) = self.claim().await? else {
            return Ok(false);
        };
        let began = Instant::now();
        let outcome = self.attempt(&job).await;
        let kind = self.entry(&job).map(|entry| entry.kind);
        let ended = match &outcome {
            Ok(()) => Ended::Done,
            Err(error) if is_over(&job, error) => Ended::Dead,
            Err(_) => Ended::Failed,
        };
        self.app.metrics().work.job(kind, ended, began.elapsed());
        settle(&self.app, job, outcome, &self.holder).await?;
        Ok(true)
    }

    /// Takes the next job: the attempt counts from here, so that a job that
    /// kills its worker is given up in the end. Its dedupe key is free again,
    /// since what is asked for from now on may be too late for this attempt to see.
    async fn claim(&self) -> Result<Option<job::Model>, StoreError> {
        let now = self.app.now();
        let txn = self.app.store.begin().await?;
        let Some(job) = jobs::lock_due(&txn, now, 1).await?.pop() else {
            return Ok(None);
        };
        let job = job::Model {
            attempts: job.attempts + 1,
            locked_by: Some(self.holder.clone()),
            locked_until: Some(now + HOLD),
            dedupe_key: None,
            ..job
        };
        let job = jobs::update(&*txn, job).await?;
        txn.commit().await?;
        Ok(Some(job))
    }

    async fn attempt(&self, job: &job::Model) -> Result<(), JobError> {
        if job.attempts > job.max_attempts {
            return Err(JobError::Fail("its workers died over it".to_owned()));
        }
        let Some(entry) = self.entry(job) else {
            return Err(JobError::Fail("there is no such job".to_owned()));
        };
        do_it(&self.app, *entry, job).await
    }

    fn entry(&self, job: &job::Model) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == job.kind)
    }
}

async fn do_it(app: &App, entry: Entry, job: &job::Model) -> Result<(), JobError> {
    let span = info_span!(
        "job",
        otel.name = format!("job.{}", entry.kind),
        job.id = %job.id,
        job.attempt = job.attempts
    );
    // In a task of its own: a panic ends the attempt, not the worker.
    let (app, payload) = (app.clone(), job.payload.clone());
    let task = async move { entry.run(&app, payload).await };
    tokio::spawn(task.instrument(span))
        .await
        .unwrap_or_else(|cause| Err(JobError::Retry(format!("it panicked: {cause}"))))
}

async fn settle(
    app: &App,
    job: job::Model,
    outcome: Result<(), JobError>,
    holder: &str,
) -> Result<(), StoreError> {
    let now = app.now();
    let free = job::Model {
        locked_by: None,
        locked_until: None,
        ..job
    };
    let settled = match outcome {
        Ok(()) => job::Model {
            done_at: Some(now),
            last_error: None,
            ..free
        },
        Err(error) => {
            let is_over = is_over(&free, &error);
            report(&free, &error, is_over);
            let last_error = Some(error.to_string().chars().take(MAX_ERROR).collect());
            if is_over {
                job::Model {
                    dead_at: Some(now),
                    last_error,
                    ..free
                }
            } else {
                let wait = backoff::wait(free.attempts, app.chance.below(1000));
                job::Model {
                    run_at: now + wait,
                    last_error,
                    ..free
                }
            }
        }
    };
    let txn = app.store.begin().await?;
    if jobs::settle(&txn, settled, holder).await? {
        txn.commit().await?;
    }
    Ok(())
}

/// Whether a job that ended so is not tried again.
fn is_over(job: &job::Model, error: &JobError) -> bool {
    matches!(error, JobError::Fail(_)) || job.attempts >= job.max_attempts
}

fn report(job: &job::Model, error: &JobError, is_over: bool) {
    let (kind, attempt) = (&job.kind, job.attempts);
    if is_over {
        tracing::error!(job.id = %job.id, %error, "job {kind} was given up: {error}");
    } else {
        tracing::warn!(job.id = %job.id, %error, attempt, "job {kind} failed: {error}");
    }
}

#[cfg(test)]
mod tests;
