//! Lets chats be connected in the console: what of a grant is kept beside its token, the tries that
//! are under way, which topics a channel gets, and that it rests.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, blob_null, boolean, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference};

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
        manager.create_table(connect_state()).await?;
        manager.create_table(topic_route()).await?;
        for made in [
            index("connect_state", &["organization_id"]),
            index("connect_state", &["session_id"]),
            index("connect_state", &["expires_at"]),
            index("topic_route", &["topic_id"]),
            index("topic_route", &["organization_id"]),
            index("installation", &["token_expires_at"]),
        ] {
            manager.create_index(made).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Index::drop()
            .name("ix_installation_token_expires_at")
            .table("installation")
            .to_owned();
        manager.drop_index(drop).await?;
        for table in ["topic_route", "connect_state"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
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

/// Columns of tables that hold rows already, and so with a value or without any.
fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        (
            "installation",
            timestamp_with_time_zone_null("connected_at"),
        ),
        ("installation", uuid_null("connected_by")),
        ("installation", string_null("enterprise_id")),
        (
            "installation",
            boolean("is_org_wide").default(false).to_owned(),
        ),
        ("installation", string_null("scopes")),
        ("installation", blob_null("refresh_token")),
        (
            "installation",
            timestamp_with_time_zone_null("token_expires_at"),
        ),
        ("installation", string_null("token_trouble")),
        ("installation", timestamp_with_time_zone_null("seen_at")),
        ("installation", string_null("ended_by")),
        ("channel", timestamp_with_time_zone_null("paused_at")),
        (
            "channel",
            boolean("chooses_topics").default(false).to_owned(),
        ),
        ("channel", big_integer("version").default(1).to_owned()),
    ]
}

fn connect_state() -> TableCreateStatement {
    Table::create()
        .table("connect_state")
        .col(blob("state_hash"))
        .col(uuid("organization_id"))
        .col(uuid("session_id"))
        .col(string("platform"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("state_hash"))
        .foreign_key(&mut reference(
            "connect_state",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "connect_state",
            "session_id",
            "session",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn topic_route() -> TableCreateStatement {
    Table::create()
        .table("topic_route")
        .col(uuid("channel_id"))
        .col(uuid("topic_id"))
        .col(uuid("organization_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("channel_id").col("topic_id"))
        .foreign_key(&mut reference(
            "topic_route",
            "channel_id",
            "channel",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "topic_route",
            "topic_id",
            "topic",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "topic_route",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
