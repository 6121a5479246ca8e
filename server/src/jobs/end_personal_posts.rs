//! Lets the direct messages about a post say that it has ended.

use super::{Job, JobError};
use crate::app::App;
use crate::service::deliveries::{EndPersonalPosts, end_personal_posts};

impl Job for EndPersonalPosts {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        end_personal_posts(app, self).await?;
        Ok(())
    }
}
