//! Posts that members propose: handed to the comms team, taken up or not, and told of.

mod decide;
mod inbox;
mod page;
mod propose;

use chrono::{DateTime, Utc};
use entity::enums::ProposalState;
use entity::ids::ProposalId;
use entity::{post, proposal};
use serde_json::{Value, json};
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::audit;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::proposal::{may_be_taken_back, undecided};
use crate::store::{Reader, StoreError, Txn, point_events, proposals};

pub use decide::{accept, decline, reopen};
pub use inbox::{count_waiting, list, proposer_of, show, waiting};
pub use page::{ReadProposedPage, read_page};
pub use propose::{Receipt, Standing, latest, list_own, propose, withdraw};

/// A proposal as those see it who decide on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The proposal.
    pub proposal: proposal::Model,
    /// Name of who proposed it; none once they are gone.
    pub proposer: Option<String>,
    /// Names of those who proposed the same after.
    pub supporters: Vec<String>,
    /// Name of who decided.
    pub decided_by: Option<String>,
    /// Another post that leads to the same page; the oldest that is in use.
    pub twin: Option<post::Model>,
}

/// A member's own proposal as they are told of it: one that was decided waits to them for as
/// long as that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The proposal.
    pub proposal: proposal::Model,
    /// What it earned.
    pub points: i64,
}

/// Why a proposal is not made or decided.
#[derive(Debug, Error)]
pub enum ProposalError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such proposal.
    #[error("there is no such proposal")]
    NotFound,
    /// Fields are invalid.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The step does not follow on its state.
    #[error("the proposal was decided on or taken back")]
    WrongState(ProposalState),
    /// Its proposer was told already, or the post has gone on.
    #[error("the decision cannot be taken back any more")]
    TooLate,
    /// The member has as many that wait as one may have.
    #[error("as many proposals of yours wait, or were taken back, as may be made in a day")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// A member's proposal as they are told of it at `now`.
async fn own(
    db: &impl Reader,
    proposal: proposal::Model,
    now: DateTime<Utc>,
) -> Result<Own, StoreError> {
    if may_be_taken_back(&proposal, now) {
        return Ok(Own {
            proposal: undecided(proposal),
            points: 0,
        });
    }
    let points = earned(db, &proposal).await?;
    Ok(Own { proposal, points })
}

/// What the latest decision on a proposal earned.
pub(super) async fn earned(
    db: &impl Reader,
    proposal: &proposal::Model,
) -> Result<i64, StoreError> {
    if proposal.state != ProposalState::Accepted {
        return Ok(0);
    }
    let key = crate::domain::proposal::award_key(proposal);
    let entry = point_events::by_key(db, proposal.organization_id, &key).await?;
    Ok(entry.map_or(0, |entry| entry.points))
}

async fn hold(txn: &Txn, actor: &Actor, id: ProposalId) -> Result<proposal::Model, ProposalError> {
    let found = proposals::find_to_change(txn, actor.organization.id, id).await?;
    found.ok_or(ProposalError::NotFound)
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (action, id, detail): (&'static str, ProposalId, Value),
) -> Result<(), StoreError> {
    let event = audit::Event {
        action,
        subject: format!("proposal:{id}"),
        detail,
    };
    audit::record(txn, app, actor, event).await
}

/// What the log keeps of a proposal: nothing that anybody wrote.
fn noted(proposal: &proposal::Model) -> Value {
    match proposal.post_id {
        Some(post) => json!({"post": post}),
        None => json!({}),
    }
}

#[cfg(test)]
mod tests;
