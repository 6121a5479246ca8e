//! Indexes for what was looked up by reading whole tables: what an organization has, who has an
//! address or a pseudonym, who shared lately.

use sea_orm_migration::prelude::*;

use crate::shape::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables and the columns that they are looked up by.
const LOOKUPS: &[(&str, &[&str])] = &[
    ("channel", &["organization_id", "id"]),
    ("installation", &["organization_id"]),
    ("member", &["email"]),
    ("member", &["organization_id", "id"]),
    ("member", &["organization_id", "pseudonym"]),
    ("share", &["organization_id", "confirmed_at"]),
    ("share", &["organization_id", "proven_at"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LOOKUPS {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LOOKUPS {
            let name = format!("ix_{table}_{}", columns.join("_"));
            manager
                .drop_index(Index::drop().table(*table).name(name).to_owned())
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
