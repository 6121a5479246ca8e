//! Insight: what the programme did, of the whole organization, a post, a campaign or a team, read
//! from the sums that `service::sums` keeps.
//!
//! What tells what members did is shown where five and more were active in every month that it
//! reaches over. Hits and clicks are what readers did, and are shown of everything but teams and
//! posts that are for some people, whose figures stand or fall together, by months that are over.

mod campaigns;
mod health;
mod months;
mod posts;
mod report;
mod teams;

use thiserror::Error;

use super::actor::Forbidden;
use crate::store::StoreError;

pub use campaigns::{CampaignSums, Progress, compare_campaigns, list_campaigns};
pub use health::{Health, alarms, health};
pub use months::{MonthSums, two_months};
pub(in crate::service) use posts::sums_by_month;
pub use posts::{PostSums, list_posts, sums_of};
pub use report::{Point, Report, Subject, report};
pub use teams::course::{TeamCourse, TeamMonth, team};
pub use teams::figures::{TeamFigures, TeamNetworks};
pub use teams::{TeamReport, TeamSums, month_before, teams};

/// Why a look at figures is refused.
#[derive(Debug, Error)]
pub enum InsightError {
    /// The permission to read figures is needed.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

#[cfg(test)]
mod tests;
