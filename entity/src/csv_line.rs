//! A line of a file on its way in, and what it does or did.

use sea_orm::entity::prelude::*;

use crate::enums::LineOutcome;
use crate::ids::{CsvImportId, OrganizationId};
use crate::json::{LineChanges, LineFault};

/// A line of a file on its way in, and what it does or did.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "csv_line")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: CsvImportId,
    /// Its number in the file, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i64,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What it does or did.
    pub outcome: LineOutcome,
    /// What it is about, in its own words.
    pub label: String,
    /// Why it is refused.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub fault: Option<LineFault>,
    /// What it changes of a person.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub changes: Option<LineChanges>,
}

impl ActiveModelBehavior for ActiveModel {}
