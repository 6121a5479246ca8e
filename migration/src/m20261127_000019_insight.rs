//! Creates the tables of Insight: `figure_day`, `share_sum`, `team_active`, `member_activity`,
//! `late_hit`, `rate`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, string, timestamp_with_time_zone, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is created, in this order.
const TABLES: [&str; 6] = [
    "figure_day",
    "share_sum",
    "team_active",
    "member_activity",
    "late_hit",
    "rate",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Sums are read by ranges of their key, so on SQLite the key's tree is the table.
        let mut figure_day = figure_day();
        let mut team_active = team_active();
        if manager.get_database_backend() == DbBackend::Sqlite {
            figure_day.extra("WITHOUT ROWID");
            team_active.extra("WITHOUT ROWID");
        }
        manager.create_table(figure_day).await?;
        manager.create_table(share_sum()).await?;
        manager
            .create_index(index("share_sum", &["organization_id"]))
            .await?;
        manager.create_table(team_active).await?;
        manager
            .create_index(index("team_active", &["member_id"]))
            .await?;
        manager.create_table(member_activity()).await?;
        manager
            .create_index(index(
                "member_activity",
                &["organization_id", "last_shared_at"],
            ))
            .await?;
        manager.create_table(late_hit()).await?;
        manager.create_table(rate()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
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

fn figure_day() -> TableCreateStatement {
    Table::create()
        .table("figure_day")
        .col(uuid("organization_id"))
        .col(string("scope"))
        .col(uuid("subject_id"))
        .col(string("day"))
        .col(string("network"))
        .col(string("measure"))
        .col(big_integer("value"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("scope")
                .col("subject_id")
                .col("day")
                .col("network")
                .col("measure"),
        )
        .foreign_key(&mut of_organization("figure_day"))
        .to_owned()
}

fn share_sum() -> TableCreateStatement {
    Table::create()
        .table("share_sum")
        .col(uuid("share_id"))
        .col(uuid("organization_id"))
        .col(uuid_null("team_id"))
        .col(string("day"))
        .col(string("state"))
        .col(big_integer("followers"))
        .primary_key(Index::create().col("share_id"))
        .foreign_key(&mut reference(
            "share_sum",
            "share_id",
            "share",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of_organization("share_sum"))
        .to_owned()
}

fn team_active() -> TableCreateStatement {
    Table::create()
        .table("team_active")
        .col(uuid("organization_id"))
        .col(string("month"))
        .col(uuid("team_id"))
        .col(uuid("member_id"))
        .col(big_integer("shares"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("month")
                .col("team_id")
                .col("member_id"),
        )
        .foreign_key(&mut of_organization("team_active"))
        .foreign_key(&mut reference(
            "team_active",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn member_activity() -> TableCreateStatement {
    Table::create()
        .table("member_activity")
        .col(uuid("member_id"))
        .col(uuid("organization_id"))
        .col(timestamp_with_time_zone("last_shared_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut reference(
            "member_activity",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of_organization("member_activity"))
        .to_owned()
}

fn late_hit() -> TableCreateStatement {
    Table::create()
        .table("late_hit")
        .col(uuid("hit_id"))
        .primary_key(Index::create().col("hit_id"))
        .to_owned()
}

fn rate() -> TableCreateStatement {
    Table::create()
        .table("rate")
        .col(uuid("organization_id"))
        .col(string("network"))
        .col(string("valid_from"))
        .col(string("currency"))
        .col(big_integer_null("cpc"))
        .col(big_integer_null("cpm"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(
            Index::create()
                .col("organization_id")
                .col("network")
                .col("valid_from"),
        )
        .foreign_key(&mut of_organization("rate"))
        .to_owned()
}
