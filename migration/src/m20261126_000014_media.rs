//! Creates the table `media`: pictures lie in the database, where every replica sees them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, string, timestamp_with_time_zone, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(media()).await?;
        manager
            .create_index(unique("media", &["organization_id", "digest"]))
            .await?;
        manager
            .create_index(index("media", &["organization_id", "id"]))
            .await?;
        manager.create_index(index("media", &["member_id"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("media").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn media() -> TableCreateStatement {
    Table::create()
        .table("media")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("member_id"))
        .col(string("media_type"))
        .col(big_integer("width"))
        .col(big_integer("height"))
        .col(string("alt"))
        .col(blob("digest"))
        .col(big_integer("bytes"))
        .col(blob("content"))
        .col(blob("thumbnail"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "media",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "media",
            "member_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}
