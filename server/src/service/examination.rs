//! What an operator wants to know before trusting a server: each thing that is looked at gives a
//! finding, also where another one is bad. Nothing is changed, and no secret is told.
//!
//! To add a check: its finding in the file of its concern, under a dotted name that stays.

mod address;
mod chats;
mod database;
mod files;
mod providers;
mod settings;
mod work;

use chrono::TimeDelta;
use server_api::examination::Finding;

use crate::app::App;

pub use address::address;
pub use chats::{Chat, chats};
pub use files::files;
pub use providers::providers;
pub use settings::settings;

/// How far two clocks may differ: what platforms sign counts for five minutes, so that half a
/// minute is early enough to be told.
pub const TOLERATED_SKEW: TimeDelta = TimeDelta::seconds(30);

/// What is behind the server: its database, the work that waits in it, the tokens kept there.
pub async fn examine(app: &App) -> Vec<Finding> {
    let (is_served, mut findings) = database::database(app).await;
    // Without its tables there is nothing more to ask.
    if is_served {
        findings.extend(work::work(app).await);
        findings.extend(chats::tokens(app).await);
    }
    findings
}

/// What is said where a question itself failed.
fn unanswered(check: &str, error: &crate::store::StoreError) -> Finding {
    use std::error::Error;
    let cause = error.source().map(|cause| format!(": {cause}"));
    Finding::problem(
        check,
        format!("{error}{}", cause.unwrap_or_default()),
        "See that the database runs, that database.url names it, and that its user may read there.",
    )
}
