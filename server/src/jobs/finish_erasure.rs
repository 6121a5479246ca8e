//! Forgets where an erased member was written to, once their messages are taken back.

use super::{Job, JobError};
use crate::app::App;
use crate::service::members::erasure::{FinishErasure, finish};

impl Job for FinishErasure {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        finish(app, self).await?;
        Ok(())
    }
}
