//! A file of posts or members on its way in: tried first, taken over once somebody confirms it.

use sea_orm::entity::prelude::*;

use crate::enums::{ImportKind, ImportState};
use crate::ids::{CsvImportId, MemberId, OrganizationId};
use crate::json::Scopes;

/// A file of posts or members on its way in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "csv_import")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CsvImportId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who uploaded it, and then who confirmed it: in whose name it is taken over.
    pub member_id: Option<MemberId>,
    /// What they might do when they did so; a token may allow less than the member's roles.
    #[sea_orm(column_type = "JsonBinary")]
    pub permissions: Scopes,
    /// What its lines are.
    pub kind: ImportKind,
    /// How far it has come.
    pub state: ImportState,
    /// Lines that hold something, without the first.
    pub total: i64,
    /// How many of them this step has dealt with: it goes on from here.
    pub seen: i64,
    /// Lines that add something.
    pub added: i64,
    /// Lines that change something.
    pub updated: i64,
    /// Lines that say what is known.
    pub unchanged: i64,
    /// Lines that are refused.
    pub refused: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When somebody confirmed it.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When its last line was taken over, or when none was found that would do anything.
    pub done_at: Option<DateTimeUtc>,
    /// When somebody was last taken out of the file: what was read of it before counts no more.
    pub cleaned_at: Option<DateTimeUtc>,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
