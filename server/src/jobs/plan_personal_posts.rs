//! Plans the direct messages about a post that went live.

use super::{Job, JobError};
use crate::app::App;
use crate::service::deliveries::{PlanPersonalPosts, plan_personal_posts};

impl Job for PlanPersonalPosts {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        plan_personal_posts(app, self).await?;
        Ok(())
    }
}
