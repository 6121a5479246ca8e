//! Creates the tables of tracking: `hit`, `click`, `count_cursor`, `daily_salt`,
//! `own_visit`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, blob_null, boolean, string, string_null, timestamp_with_time_zone, uuid,
};
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Hits are only ever appended and read by key, so on SQLite the key's tree
        // is the table: one page written per row instead of two.
        let mut hit = hit();
        if manager.get_database_backend() == DbBackend::Sqlite {
            hit.extra("WITHOUT ROWID");
        }
        manager.create_table(hit).await?;
        manager.create_table(click()).await?;
        manager
            .create_index(unique("click", &["link_id", "visitor", "hour"]))
            .await?;
        manager
            .create_index(index("click", &["link_id", "hour", "network_key"]))
            .await?;
        manager.create_table(count_cursor()).await?;
        manager.create_table(daily_salt()).await?;
        manager.create_table(own_visit()).await?;
        manager.create_index(index("own_visit", &["day"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("own_visit").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("daily_salt").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("count_cursor").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("click").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("hit").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn hit() -> TableCreateStatement {
    Table::create()
        .table("hit")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("link_id"))
        .col(timestamp_with_time_zone("at"))
        .col(string("class"))
        .col(string("reason"))
        .col(blob_null("visitor"))
        .col(blob_null("network_key"))
        .col(string_null("country"))
        .col(string_null("device"))
        .col(string_null("referrer_host"))
        .primary_key(Index::create().col("id"))
        .to_owned()
}

fn click() -> TableCreateStatement {
    Table::create()
        .table("click")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("link_id"))
        .col(blob("visitor"))
        .col(big_integer("hour"))
        .col(uuid("hit_id"))
        .col(timestamp_with_time_zone("at"))
        .col(blob("network_key"))
        .col(boolean("counted"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "click",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "click",
            "link_id",
            "link",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn count_cursor() -> TableCreateStatement {
    Table::create()
        .table("count_cursor")
        .col(string("name"))
        .col(uuid("hit_id"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("name"))
        .to_owned()
}

fn daily_salt() -> TableCreateStatement {
    Table::create()
        .table("daily_salt")
        .col(string("day"))
        .col(blob("salt"))
        .primary_key(Index::create().col("day"))
        .to_owned()
}

fn own_visit() -> TableCreateStatement {
    Table::create()
        .table("own_visit")
        .col(uuid("share_id"))
        .col(blob("visitor"))
        .col(uuid("organization_id"))
        .col(string("day"))
        .primary_key(Index::create().col("share_id").col("visitor"))
        .foreign_key(&mut reference(
            "own_visit",
            "share_id",
            "share",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "own_visit",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
