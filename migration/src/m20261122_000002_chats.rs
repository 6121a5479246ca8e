//! Creates the tables of chats: `installation`, `channel`, `identity`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    blob, string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(installation()).await?;
        manager
            .create_index(unique("installation", &["platform", "external_id"]))
            .await?;
        manager.create_table(channel()).await?;
        manager
            .create_index(unique("channel", &["installation_id", "external_id"]))
            .await?;
        manager.create_table(identity()).await?;
        manager
            .create_index(unique(
                "identity",
                &["platform", "workspace_ref", "user_ref"],
            ))
            .await?;
        manager
            .create_index(index("identity", &["member_id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("identity").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("channel").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("installation").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn installation() -> TableCreateStatement {
    Table::create()
        .table("installation")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("platform"))
        .col(string("external_id"))
        .col(string("name"))
        .col(string_null("bot_user_ref"))
        .col(blob("bot_token"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "installation",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn channel() -> TableCreateStatement {
    Table::create()
        .table("channel")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("installation_id"))
        .col(string("external_id"))
        .col(string("name"))
        .col(timestamp_with_time_zone_null("removed_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "channel",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "channel",
            "installation_id",
            "installation",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn identity() -> TableCreateStatement {
    Table::create()
        .table("identity")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(string("platform"))
        .col(string("workspace_ref"))
        .col(string("user_ref"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "identity",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "identity",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
