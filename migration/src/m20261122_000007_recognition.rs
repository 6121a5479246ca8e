//! Creates the tables of recognition: `point_event`, `score`, `score_bucket`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, timestamp_with_time_zone, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An award waits for each page that it changes: on SQLite the key's tree is the
        // table, one page less for each row.
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let keyed = |mut table: TableCreateStatement| {
            if sqlite {
                table.extra("WITHOUT ROWID");
            }
            table
        };
        manager.create_table(keyed(point_event())).await?;
        manager
            .create_index(unique("point_event", &["organization_id", "dedupe_key"]))
            .await?;
        manager
            .create_index(index("point_event", &["member_id", "day"]))
            .await?;
        manager
            .create_index(index("point_event", &["share_id", "kind", "day"]))
            .await?;
        manager.create_table(keyed(score())).await?;
        manager
            .create_index(index(
                "score",
                &["organization_id", "board", "shown", "points", "member_id"],
            ))
            .await?;
        manager.create_index(index("score", &["member_id"])).await?;
        manager.create_table(keyed(score_bucket())).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("score_bucket").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("score").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("point_event").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn point_event() -> TableCreateStatement {
    Table::create()
        .table("point_event")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(string("kind"))
        .col(big_integer("points"))
        .col(uuid_null("share_id"))
        .col(string("dedupe_key"))
        .col(string("day"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "point_event",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "point_event",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "point_event",
            "share_id",
            "share",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn score() -> TableCreateStatement {
    Table::create()
        .table("score")
        .col(uuid("organization_id"))
        .col(string("board"))
        .col(uuid("member_id"))
        .col(big_integer("points"))
        .col(boolean("shown"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("board")
                .col("member_id"),
        )
        .foreign_key(&mut reference(
            "score",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "score",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn score_bucket() -> TableCreateStatement {
    Table::create()
        .table("score_bucket")
        .col(uuid("organization_id"))
        .col(string("board"))
        .col(big_integer("width"))
        .col(big_integer("bucket"))
        .col(big_integer("members"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("board")
                .col("width")
                .col("bucket"),
        )
        .foreign_key(&mut reference(
            "score_bucket",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
