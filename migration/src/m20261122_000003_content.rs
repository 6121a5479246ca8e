//! Creates the tables of content: `campaign`, `feed`, `post`, `variant`, `feed_item`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(campaign()).await?;
        manager
            .create_index(unique("campaign", &["organization_id", "slug"]))
            .await?;
        manager.create_table(feed()).await?;
        manager
            .create_index(unique("feed", &["organization_id", "url"]))
            .await?;
        manager.create_table(post()).await?;
        manager
            .create_index(index("post", &["organization_id", "state", "id"]))
            .await?;
        manager
            .create_index(index("post", &["state", "publish_at"]))
            .await?;
        manager
            .create_index(index("post", &["state", "expires_at"]))
            .await?;
        manager
            .create_index(index("post", &["organization_id", "canonical_url"]))
            .await?;
        manager
            .create_index(index("post", &["campaign_id"]))
            .await?;
        manager.create_index(index("post", &["feed_id"])).await?;
        manager.create_index(index("post", &["author_id"])).await?;
        manager
            .create_index(index("post", &["approver_id"]))
            .await?;
        manager.create_table(variant()).await?;
        manager
            .create_index(unique("variant", &["post_id", "position"]))
            .await?;
        manager.create_table(feed_item()).await?;
        manager
            .create_index(unique("feed_item", &["organization_id", "fingerprint"]))
            .await?;
        manager
            .create_index(index("feed_item", &["feed_id", "id"]))
            .await?;
        manager
            .create_index(index("feed_item", &["post_id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("feed_item").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("variant").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("post").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("feed").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("campaign").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn campaign() -> TableCreateStatement {
    Table::create()
        .table("campaign")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("slug"))
        .col(string("name"))
        .col(timestamp_with_time_zone_null("ends_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "campaign",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn feed() -> TableCreateStatement {
    Table::create()
        .table("feed")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("url"))
        .col(string_null("title"))
        .col(string("mode"))
        .col(string("cron"))
        .col(boolean("paused"))
        .col(string_null("etag"))
        .col(string_null("last_modified"))
        .col(timestamp_with_time_zone_null("last_run_at"))
        .col(timestamp_with_time_zone_null("primed_at"))
        .col(string_null("last_error"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "feed",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn post() -> TableCreateStatement {
    Table::create()
        .table("post")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("kind"))
        .col(string("state"))
        .col(string("title"))
        .col(string("summary"))
        .col(string_null("url"))
        .col(string_null("canonical_url"))
        .col(string_null("image_url"))
        .col(string_null("image_alt"))
        .col(string_null("language"))
        .col(uuid_null("campaign_id"))
        .col(uuid_null("feed_id"))
        .col(uuid_null("author_id"))
        .col(uuid_null("approver_id"))
        .col(string_null("review_note"))
        .col(string("edit_mode"))
        .col(boolean("featured"))
        .col(timestamp_with_time_zone_null("publish_at"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .col(string_null("withdrawn_url"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "post",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "post",
            "campaign_id",
            "campaign",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "post",
            "feed_id",
            "feed",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "post",
            "author_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "post",
            "approver_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn variant() -> TableCreateStatement {
    Table::create()
        .table("variant")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("post_id"))
        .col(string_null("network"))
        .col(big_integer("position"))
        .col(string("text"))
        .col(big_integer("dealt"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "variant",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "variant",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn feed_item() -> TableCreateStatement {
    Table::create()
        .table("feed_item")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("feed_id"))
        .col(string("fingerprint"))
        .col(string("title"))
        .col(string("outcome"))
        .col(string_null("reason"))
        .col(uuid_null("post_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "feed_item",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "feed_item",
            "feed_id",
            "feed",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "feed_item",
            "post_id",
            "post",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}
