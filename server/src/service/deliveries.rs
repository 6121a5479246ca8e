//! The outbox to the chats: planned beside the facts that it reports, claimed
//! and settled by the couriers of the bots.

mod broadcast;
mod claim;
mod personal;
mod plan;
mod proposals;
mod reviews;
mod settle;
#[cfg(test)]
mod tests;
mod trial;

use entity::enums::Permission;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::delivery::takes_no_messages;
use crate::store::deliveries;
pub use crate::store::deliveries::Count;

pub use broadcast::{EndPersonalPosts, PlanPersonalPosts, end_personal_posts, plan_personal_posts};
pub(super) use broadcast::{counts_as, keep_numbers, progress};
pub use claim::{Claim, ClaimError, Claimed, Content, Message, Told, claim};
pub(super) use personal::{follow, retract, take_back, tell_paired};
pub use plan::{abandon, greet, refresh_card};
pub(super) use plan::{announce, end, post_board, test_channel, withdraw};
pub(super) use proposals::{tell_decided, tell_published, untell_decided};
pub(super) use reviews::{Reviewers, ask_reviewers, reminders, revise_reviews, tell_reviewers};
pub use settle::{SettleError, settle};
pub(super) use trial::try_out;

/// Deliveries counted by platform, post, state and failure; never by recipient. That somebody takes
/// no messages is no failure of ours: it is a silent no, and counts nowhere.
pub async fn count_deliveries(app: &App, actor: &Actor) -> Result<Vec<Count>, LookError> {
    actor.require(Permission::ReadOperations)?;
    let mut counts = deliveries::counts(app.store.reader(), actor.organization.id).await?;
    counts.retain(|count| {
        let reason = count.failure.as_deref().unwrap_or_default();
        !takes_no_messages(count.platform, reason)
    });
    Ok(counts)
}
