//! Which jobs there are, by the name that they bear in the queue.

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use super::{Job, JobError};
use crate::app::App;
use crate::service::deliveries::{EndPersonalPosts, PlanPersonalPosts};
use crate::service::feeds::ImportFeed;
use crate::service::imports::ImportCsv;
use crate::service::leaderboard::PostWeeklyLeaderboard;
use crate::service::members::erasure::FinishErasure;
use crate::service::proposals::ReadProposedPage;

/// How a job of one kind is done.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in the queue.
    pub kind: &'static str,
    run: fn(App, Value) -> BoxFuture<'static, Result<(), JobError>>,
}

impl Entry {
    /// The entry of a job.
    pub fn of<J: Job>() -> Self {
        Self {
            kind: J::KIND,
            run: |app, payload| run::<J>(app, payload).boxed(),
        }
    }

    /// Does the job with the arguments of `payload`.
    pub async fn run(&self, app: &App, payload: Value) -> Result<(), JobError> {
        (self.run)(app.clone(), payload).await
    }
}

/// Every job of the server, by name.
pub fn all() -> Vec<Entry> {
    vec![
        Entry::of::<EndPersonalPosts>(),
        Entry::of::<FinishErasure>(),
        Entry::of::<ImportCsv>(),
        Entry::of::<ImportFeed>(),
        Entry::of::<PlanPersonalPosts>(),
        Entry::of::<PostWeeklyLeaderboard>(),
        Entry::of::<ReadProposedPage>(),
    ]
}

async fn run<J: Job>(app: App, payload: Value) -> Result<(), JobError> {
    let job: J = serde_json::from_value(payload)
        .map_err(|cause| JobError::Fail(format!("its arguments cannot be read: {cause}")))?;
    job.run(&app).await
}
