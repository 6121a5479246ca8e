//! Posts last week's board to an organization's channels.

use super::{Job, JobError};
use crate::app::App;
use crate::service::leaderboard::{PostWeeklyLeaderboard, post_weekly_leaderboard};

impl Job for PostWeeklyLeaderboard {
    async fn run(&self, app: &App) -> Result<(), JobError> {
        post_weekly_leaderboard(app, self.organization).await?;
        Ok(())
    }
}
