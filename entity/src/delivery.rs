//! One operation on one chat message; a row before it is a message.

use sea_orm::entity::prelude::*;

use crate::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use crate::ids::{
    DeliveryId, IdentityId, InstallationId, MemberId, OrganizationId, PostId, ProposalId,
};

/// One operation on one chat message; a row before it is a message.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The workspace it goes to.
    pub installation_id: InstallationId,
    /// Which chat; the courier of that chat claims it.
    pub platform: Platform,
    /// Post, revise or withdraw.
    pub operation: DeliveryOperation,
    /// What the message is about.
    pub subject: DeliverySubject,
    /// The post it shows.
    pub post_id: Option<PostId>,
    /// The person it is for, if it is a direct message.
    pub member_id: Option<MemberId>,
    /// The account it tells of. No reference: one that is gone is told of no more.
    pub identity_id: Option<IdentityId>,
    /// The proposal whose outcome it tells. No reference: one that is gone is told of no more.
    pub proposal_id: Option<ProposalId>,
    /// Channel id, or user id for a direct message.
    pub place_ref: String,
    /// For revise and withdraw: the delivery that posted the message.
    pub target_id: Option<DeliveryId>,
    /// How far it has come.
    pub state: DeliveryState,
    /// Not before this time.
    pub run_at: DateTimeUtc,
    /// How often it was claimed.
    pub attempts: i64,
    /// The courier that holds it.
    pub leased_by: Option<String>,
    /// When that hold ends.
    pub leased_until: Option<DateTimeUtc>,
    /// The platform's reference of the message, once sent.
    pub message_ref: Option<String>,
    /// Reason of the last failure, as a short code.
    pub failure: Option<String>,
    /// At most one delivery bears it.
    #[sea_orm(unique)]
    pub dedupe_key: Option<String>,
    /// When its outcome became final.
    pub settled_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
