//! Remembers who issued what lets somebody in, and what was made by it: whoever comes in by the word
//! of somebody else may be they.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables of what lets somebody in.
const TABLES: [&str; 6] = [
    "login_link",
    "pairing_code",
    "session",
    "credential",
    "identity",
    "api_token",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            let add = Table::alter()
                .table(table)
                .add_column(uuid_null("issuer_id"))
                .to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            let drop = Table::alter()
                .table(table)
                .drop_column("issuer_id")
                .to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
