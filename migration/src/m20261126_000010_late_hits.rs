//! Creates the table `late_hits`, and the index by which withdrawn posts are found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid;

use crate::shape::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(late_hits()).await?;
        manager
            .create_index(index("post", &["withdrawn_at"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("ix_post_withdrawn_at")
                    .table("post")
                    .to_owned(),
            )
            .await?;
        manager
            .drop_table(Table::drop().table("late_hits").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn late_hits() -> TableCreateStatement {
    Table::create()
        .table("late_hits")
        .col(uuid("id"))
        .col(uuid("first_hit"))
        .col(uuid("last_hit"))
        .primary_key(Index::create().col("id"))
        .to_owned()
}
