//! Creates the tables of organizations: `organization`, `team`, `member`, `api_token`, `audit_event`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    blob, boolean, json_binary, string, string_null, string_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(organization()).await?;
        manager.create_table(team()).await?;
        manager
            .create_index(unique("team", &["organization_id", "name"]))
            .await?;
        manager.create_index(index("team", &["parent_id"])).await?;
        manager.create_table(member()).await?;
        manager
            .create_index(unique("member", &["organization_id", "email"]))
            .await?;
        manager.create_index(index("member", &["team_id"])).await?;
        manager.create_table(api_token()).await?;
        manager
            .create_index(index("api_token", &["member_id"]))
            .await?;
        manager.create_table(audit_event()).await?;
        manager
            .create_index(index("audit_event", &["organization_id", "id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("audit_event").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("api_token").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("member").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("team").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("organization").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn organization() -> TableCreateStatement {
    Table::create()
        .table("organization")
        .col(uuid("id"))
        .col(string_uniq("slug"))
        .col(string("name"))
        .col(string("time_zone"))
        .col(string("language"))
        .col(string("join_policy"))
        .col(json_binary("settings"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .to_owned()
}

fn team() -> TableCreateStatement {
    Table::create()
        .table("team")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("parent_id"))
        .col(string("name"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "team",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "team",
            "parent_id",
            "team",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn member() -> TableCreateStatement {
    Table::create()
        .table("member")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("team_id"))
        .col(string_null("email"))
        .col(string("display_name"))
        .col(string_null("language"))
        .col(string_null("time_zone"))
        .col(json_binary("roles"))
        .col(string("board_visibility"))
        .col(string("pseudonym"))
        .col(boolean("attribution"))
        .col(json_binary("networks"))
        .col(json_binary("followers"))
        .col(string_null("mastodon_instance"))
        .col(timestamp_with_time_zone_null("joined_at"))
        .col(timestamp_with_time_zone_null("greeted_at"))
        .col(timestamp_with_time_zone_null("paused_until"))
        .col(timestamp_with_time_zone_null("left_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "member",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "member",
            "team_id",
            "team",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn api_token() -> TableCreateStatement {
    Table::create()
        .table("api_token")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(string("name"))
        .col(blob("token_hash").unique_key())
        .col(json_binary("scopes"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "api_token",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "api_token",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn audit_event() -> TableCreateStatement {
    Table::create()
        .table("audit_event")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("actor_id"))
        .col(string("action"))
        .col(string("subject"))
        .col(json_binary("detail"))
        .col(string_null("interaction_id"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "audit_event",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
