//! Gives an organization what it settles for itself: the networks that are offered, quiet hours of
//! who chose none, the colour of its pages, where its short links begin, what actions earned before
//! the rules of it last changed, and a version of all that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, json_binary_null, string_null, timestamp_with_time_zone_null,
};

use crate::shape::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at once.
        for (table, column) in columns() {
            let add = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        // What an organization repeats moves with its clock.
        manager
            .create_index(index("schedule", &["organization_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = "ix_schedule_organization_id";
        manager
            .drop_index(Index::drop().table("schedule").name(name).to_owned())
            .await?;
        for (table, column) in columns() {
            let name = column.get_column_name().clone();
            let drop = Table::alter()
                .table(table)
                .drop_column(Alias::new(name))
                .to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Columns of tables that hold rows already: each is null or has a default, which is what held
/// before. They are no keys of `settings`, because a version before refuses keys that it does not
/// know.
fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("organization", json_binary_null("networks")),
        (
            "organization",
            big_integer("quiet_from").default(18 * 60).to_owned(),
        ),
        (
            "organization",
            big_integer("quiet_to").default(9 * 60).to_owned(),
        ),
        (
            "organization",
            boolean("quiet_weekends").default(true).to_owned(),
        ),
        ("organization", string_null("accent")),
        ("organization", string_null("short_url")),
        (
            "organization",
            big_integer("settings_version").default(0).to_owned(),
        ),
        ("organization", json_binary_null("points_before")),
        (
            "organization",
            timestamp_with_time_zone_null("points_since"),
        ),
        ("member", boolean("quiet_own").default(false).to_owned()),
    ]
}
