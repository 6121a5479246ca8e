//! Creates `team_month`: the tree of teams of a month as it was when the month was first told.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, string, uuid, uuid_null};

use crate::shape::reference;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(team_month()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("team_month").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Teams are named without a reference: one that is removed stays in the tree of the months that
/// were told while it was there.
fn team_month() -> TableCreateStatement {
    Table::create()
        .table("team_month")
        .col(uuid("organization_id"))
        .col(string("month"))
        .col(uuid("team_id"))
        .col(uuid_null("parent_id"))
        .col(boolean("shown"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("month")
                .col("team_id"),
        )
        .foreign_key(&mut reference(
            "team_month",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
