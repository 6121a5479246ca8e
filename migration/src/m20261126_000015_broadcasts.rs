//! Creates what remembers that the messages about a post were paused or stopped, and the index by
//! which the history of one thing is read.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{string, timestamp_with_time_zone, uuid};

use crate::shape::{index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(broadcast()).await?;
        manager
            .create_index(index("broadcast", &["organization_id"]))
            .await?;
        manager
            .create_index(index("audit_event", &["organization_id", "subject", "id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = "ix_audit_event_organization_id_subject_id";
        manager
            .drop_index(Index::drop().table("audit_event").name(name).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("broadcast").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn broadcast() -> TableCreateStatement {
    Table::create()
        .table("broadcast")
        .col(uuid("post_id"))
        .col(uuid("organization_id"))
        .col(string("hold"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("post_id"))
        .foreign_key(&mut reference(
            "broadcast",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "broadcast",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
