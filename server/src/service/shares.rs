//! Sharing: the ways a member has, opening one of them, and saying that it is done.

mod choices;
mod confirm;
mod open;

use entity::ids::PostId;
use entity::{member, organization, post};
use thiserror::Error;

use crate::app::App;
use crate::domain::share::{self, Refusal};
use crate::domain::signed::ShareToken;
use crate::service::actor::Actor;
use crate::store::{StoreError, posts, shares};

pub use choices::{Choice, Choices, choices, choices_of, ways};
pub use confirm::{Receipt, confirm};
pub use open::{Opened, open};

/// Who shares what: one organization's member and post.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The organization of both.
    pub organization: organization::Model,
    /// Who shares.
    pub member: member::Model,
    /// What is shared.
    pub post: post::Model,
}

/// The calling member and a post of their organization.
pub async fn parties(app: &App, actor: &Actor, post: PostId) -> Result<Parties, ShareError> {
    let post = posts::find(app.store.reader(), actor.organization.id, post)
        .await?
        .ok_or(ShareError::NotFound)?;
    Ok(Parties {
        organization: actor.organization.clone(),
        member: actor.member.clone(),
        post,
    })
}

/// The member and the post that a signed address names.
pub async fn parties_of(app: &App, token: ShareToken) -> Result<Parties, ShareError> {
    let (organization, member, post) =
        shares::parties(app.store.reader(), token.member, token.post)
            .await?
            .ok_or(ShareError::NotFound)?;
    Ok(Parties {
        organization,
        member,
        post,
    })
}

/// Why something cannot be shared.
#[derive(Debug, Error)]
pub enum ShareError {
    /// There is no such post for members of this organization.
    #[error("there is no such post")]
    NotFound,
    /// The post was withdrawn.
    #[error("the post was withdrawn")]
    Withdrawn,
    /// The post has expired.
    #[error("the post has expired")]
    Expired,
    /// The post has neither a link nor what this network can carry.
    #[error("the network cannot carry this post")]
    CannotCarry,
    /// The organization does not offer this network.
    #[error("the organization does not offer this network")]
    NotOffered,
    /// The member left the organization.
    #[error("the member left")]
    MemberLeft,
    /// The database.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl From<Refusal> for ShareError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotLive => Self::NotFound,
            Refusal::Expired => Self::Expired,
            Refusal::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Refuses a member who left and a post that cannot be shared now.
fn check(
    member: &member::Model,
    post: &post::Model,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ShareError> {
    if member.left_at.is_some() {
        return Err(ShareError::MemberLeft);
    }
    Ok(share::may_share(post, now)?)
}

#[cfg(test)]
mod tests;
