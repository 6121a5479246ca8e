//! Remembers how long an organization keeps what it has (`retention`), how far that was carried out
//! (`retention_run`), when a member was erased, and when somebody was taken out of a file.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, json_binary, string, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::shape::reference;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Columns that are added, and their tables.
const COLUMNS: [(&str, &str); 2] = [("member", "erased_at"), ("csv_import", "cleaned_at")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let add = Table::alter()
                .table(table)
                .add_column(timestamp_with_time_zone_null(column))
                .to_owned();
            manager.alter_table(add).await?;
        }
        manager.create_table(retention()).await?;
        manager.create_table(retention_run()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["retention_run", "retention"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for (table, column) in COLUMNS {
            let drop = Table::alter().table(table).drop_column(column).to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn of_organization(table: &'static str) -> ForeignKeyCreateStatement {
    reference(
        table,
        "organization_id",
        "organization",
        ForeignKeyAction::Cascade,
    )
}

fn retention() -> TableCreateStatement {
    Table::create()
        .table("retention")
        .col(uuid("organization_id"))
        .col(json_binary("periods"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("organization_id"))
        .foreign_key(&mut of_organization("retention"))
        .to_owned()
}

fn retention_run() -> TableCreateStatement {
    Table::create()
        .table("retention_run")
        .col(uuid("organization_id"))
        .col(string("kind"))
        .col(uuid_null("position"))
        .col(big_integer("untold"))
        .col(big_integer("removed"))
        .col(timestamp_with_time_zone_null("run_at"))
        .primary_key(Index::create().col("organization_id").col("kind"))
        .foreign_key(&mut of_organization("retention_run"))
        .to_owned()
}
