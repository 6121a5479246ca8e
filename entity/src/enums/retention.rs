//! What is not kept for good.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// A kind of data that an organization chooses how long to keep.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum RetentionKind {
    /// Country, device and referring site of readers' visits.
    VisitDetails,
    /// Entries of the audit log.
    AuditLog,
    /// Messages to chats that are settled, of posts that have ended.
    Deliveries,
    /// Names, addresses and accounts of who left.
    LeaverNames,
}
