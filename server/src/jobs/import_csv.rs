//! Tries a file of posts or members, or takes it over.

use super::{Job, JobError};
use crate::app::App;
use crate::service::imports::{Gone, ImportCsv, go_on};

impl Job for ImportCsv {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        match go_on(app, self.organization, self.import).await {
            // Discarded meanwhile: there is nothing to do any more.
            Ok(()) | Err(Gone::Nothing) => Ok(()),
            Err(Gone::Internal(error)) => Err(error.into()),
        }
    }
}
