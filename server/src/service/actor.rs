//! Who asks: a member, and what they may do this time.

use entity::enums::Permission;
use entity::ids::MemberId;
use entity::{identity, member, organization};
use thiserror::Error;

use crate::domain::permission;
use crate::store::StoreError;

/// A member who asks for something, with what they may do this time: all that
/// their roles grant, or less where they come with a token of narrower scope.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The organization that is acted in.
    pub organization: organization::Model,
    /// The member who acts.
    pub member: member::Model,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The chat account they ask by; none where they do not ask in a chat.
    pub account: Option<identity::Model>,
    /// By whose word they came, of whom they have the link, the code or what was made by it; none
    /// where they came by a way that nobody else held.
    pub issuer: Option<MemberId>,
    /// The chat interaction that asked for it, for the audit log.
    pub interaction_id: Option<String>,
}

/// The actor lacks a permission.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the permission {0:?} is needed")]
pub struct Forbidden(pub Permission);

/// Why a look at the organization's own things is refused.
#[derive(Debug, Error)]
pub enum LookError {
    /// The actor may not see them.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Actor {
    /// A member with everything that their roles grant.
    pub fn of(organization: organization::Model, member: member::Model) -> Self {
        let permissions = permission::granted_by_all(&member.roles.0);
        Self {
            organization,
            member,
            permissions,
            account: None,
            issuer: None,
            interaction_id: None,
        }
    }

    /// By whose word a member comes in who is handed something by the actor.
    pub fn word_for(&self, member: MemberId) -> Option<MemberId> {
        if member == self.member.id {
            self.issuer
        } else {
            Some(self.member.id)
        }
    }

    /// Refuses who comes with less than the member's roles grant.
    pub fn require_everything(&self) -> Result<(), Forbidden> {
        permission::granted_by_all(&self.member.roles.0)
            .into_iter()
            .try_for_each(|granted| self.require(granted))
    }

    /// Refuses who lacks a permission.
    pub fn require(&self, permission: Permission) -> Result<(), Forbidden> {
        if self.permissions.contains(&permission) {
            Ok(())
        } else {
            Err(Forbidden(permission))
        }
    }
}
