//! Work that nobody waits for: the queue's workers, schedules, and one job per file.
//!
//! To add a job: its arguments as a `service::jobs::Task` beside the use case
//! that plans it, its doing as a [`Job`] in a file here, its line in [`registry`].

mod end_personal_posts;
mod finish_erasure;
mod import_csv;
mod import_feed;
pub mod periodic;
mod plan_personal_posts;
mod post_weekly_leaderboard;
mod read_proposed_page;
pub mod registry;
pub mod worker;

use std::future::Future;

use thiserror::Error;

use crate::app::App;
use crate::service::jobs::Task;
use crate::store::StoreError;

/// A task that a worker can do. It is idempotent: a worker that dies after
/// doing it and before saying so leaves it to the next one.
pub trait Job: Task {
    /// Does it.
    fn run(&self, app: &App) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// Why a job did not succeed.
#[derive(Debug, Error)]
pub enum JobError {
    /// It may succeed later.
    #[error("{0}")]
    Retry(String),
    /// It never will.
    #[error("{0}")]
    Fail(String),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Retry(format!("{error}"))
    }
}
