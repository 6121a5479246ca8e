//! Creates the tables of deliveries: `delivery`, `dismissal`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, string, string_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(delivery()).await?;
        manager
            .create_index(index("delivery", &["platform", "state", "run_at"]))
            .await?;
        manager
            .create_index(index("delivery", &["post_id"]))
            .await?;
        manager
            .create_index(index("delivery", &["target_id", "state"]))
            .await?;
        manager
            .create_index(index("delivery", &["installation_id"]))
            .await?;
        manager
            .create_index(index("delivery", &["member_id"]))
            .await?;
        manager.create_table(dismissal()).await?;
        manager
            .create_index(unique("dismissal", &["member_id", "post_id"]))
            .await?;
        manager
            .create_index(index("dismissal", &["post_id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("dismissal").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("delivery").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn delivery() -> TableCreateStatement {
    Table::create()
        .table("delivery")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("installation_id"))
        .col(string("platform"))
        .col(string("operation"))
        .col(string("subject"))
        .col(uuid_null("post_id"))
        .col(uuid_null("member_id"))
        .col(string("place_ref"))
        .col(uuid_null("target_id"))
        .col(string("state"))
        .col(timestamp_with_time_zone("run_at"))
        .col(big_integer("attempts"))
        .col(string_null("leased_by"))
        .col(timestamp_with_time_zone_null("leased_until"))
        .col(string_null("message_ref"))
        .col(string_null("failure"))
        .col(string_null("dedupe_key").unique_key())
        .col(timestamp_with_time_zone_null("settled_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "delivery",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "delivery",
            "installation_id",
            "installation",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "delivery",
            "post_id",
            "post",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "delivery",
            "member_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "delivery",
            "target_id",
            "delivery",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn dismissal() -> TableCreateStatement {
    Table::create()
        .table("dismissal")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(uuid("post_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "dismissal",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "dismissal",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "dismissal",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
