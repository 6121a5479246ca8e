//! Creates the tables of shares: `share`, `link`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, string, string_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(share()).await?;
        manager
            .create_index(unique("share", &["member_id", "post_id", "network"]))
            .await?;
        manager
            .create_index(index("share", &["post_id", "state"]))
            .await?;
        manager
            .create_index(index("share", &["variant_id"]))
            .await?;
        manager.create_table(link()).await?;
        manager
            .create_index(unique("link", &["post_id", "network", "owner_key"]))
            .await?;
        manager.create_index(index("link", &["member_id"])).await?;
        manager.create_index(index("link", &["share_id"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("link").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("share").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn share() -> TableCreateStatement {
    Table::create()
        .table("share")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(uuid("post_id"))
        .col(string("network"))
        .col(string("state"))
        .col(uuid_null("variant_id"))
        .col(string("text"))
        .col(big_integer_null("followers"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("proven_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "share",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "share",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "share",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "share",
            "variant_id",
            "variant",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn link() -> TableCreateStatement {
    Table::create()
        .table("link")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string_uniq("code"))
        .col(uuid("post_id"))
        .col(string("network"))
        .col(uuid_null("member_id"))
        .col(uuid_null("share_id"))
        .col(string("owner_key"))
        .col(string("destination"))
        .col(big_integer("clicks"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "link",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "link",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "link",
            "member_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "link",
            "share_id",
            "share",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}
