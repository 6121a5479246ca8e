//! Reads the page of a proposal.

use super::{Job, JobError};
use crate::app::App;
use crate::service::proposals::{ReadProposedPage, read_page};

impl Job for ReadProposedPage {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        read_page(app, self).await?;
        Ok(())
    }
}
