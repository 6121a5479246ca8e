//! The bytes of a file on its way in, until it is taken over.

use sea_orm::entity::prelude::*;

use crate::ids::{CsvImportId, OrganizationId};

/// The bytes of a file on its way in; apart, because they are read once and their import often.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "csv_file")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: CsvImportId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The file as it came.
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
