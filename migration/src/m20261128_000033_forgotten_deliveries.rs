//! Creates what remembers how many messages to members about a post are gone without a trace of
//! whom they were for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, uuid};

use crate::shape::{index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(forgotten_delivery()).await?;
        manager
            .create_index(index("forgotten_delivery", &["organization_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("forgotten_delivery").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn forgotten_delivery() -> TableCreateStatement {
    Table::create()
        .table("forgotten_delivery")
        .col(uuid("post_id"))
        .col(string("platform"))
        .col(uuid("organization_id"))
        .col(big_integer("messages"))
        .primary_key(Index::create().col("post_id").col("platform"))
        .foreign_key(&mut reference(
            "forgotten_delivery",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "forgotten_delivery",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
