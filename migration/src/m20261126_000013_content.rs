//! Makes room for what curators plan and check: topics, audiences, embargoes and disclosures of
//! posts, their former versions, notes of reviews, saved views, and the rules of content.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, json_binary, json_binary_null, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What the library lists posts by.
const NEWEST_FIRST: &[&str] = &["organization_id", "id"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at once.
        for column in post_columns() {
            let add = Table::alter().table("post").add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        for table in [
            topic(),
            post_topic(),
            content_rules(),
            saved_view(),
            post_version(),
            review_note(),
        ] {
            manager.create_table(table).await?;
        }
        for made in [
            index("post", NEWEST_FIRST),
            unique("topic", &["organization_id", "slug"]),
            index("post_topic", &["topic_id"]),
            index("post_topic", &["organization_id"]),
            unique("saved_view", &["member_id", "name"]),
            index("saved_view", &["organization_id"]),
            unique("post_version", &["post_id", "version"]),
            index("post_version", &["organization_id"]),
            index("post_version", &["author_id"]),
            index("review_note", &["post_id", "id"]),
            index("review_note", &["organization_id"]),
            index("review_note", &["author_id"]),
        ] {
            manager.create_index(made).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "review_note",
            "post_version",
            "saved_view",
            "content_rules",
            "post_topic",
            "topic",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        let name = format!("ix_post_{}", NEWEST_FIRST.join("_"));
        manager
            .drop_index(Index::drop().table("post").name(name).to_owned())
            .await?;
        for column in post_columns() {
            let name = column.get_column_name().clone();
            let drop = Table::alter()
                .table("post")
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

/// Columns of a table that holds rows already: each is null or has a default. What a version
/// before writes has an empty `search`, and is looked for by its title until it is saved again.
fn post_columns() -> Vec<ColumnDef> {
    vec![
        string("search").default("").to_owned(),
        json_binary_null("audience"),
        timestamp_with_time_zone_null("embargo_until"),
        big_integer("priority").default(1).to_owned(),
        string_null("disclosure"),
        timestamp_with_time_zone_null("submitted_at"),
        uuid_null("changed_by"),
        timestamp_with_time_zone_null("autosaved_at"),
    ]
}

fn to_organization(table: &'static str) -> ForeignKeyCreateStatement {
    reference(
        table,
        "organization_id",
        "organization",
        ForeignKeyAction::Cascade,
    )
}

fn topic() -> TableCreateStatement {
    Table::create()
        .table("topic")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("slug"))
        .col(string("name"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut to_organization("topic"))
        .to_owned()
}

fn post_topic() -> TableCreateStatement {
    Table::create()
        .table("post_topic")
        .col(uuid("post_id"))
        .col(uuid("topic_id"))
        .col(uuid("organization_id"))
        .primary_key(Index::create().col("post_id").col("topic_id"))
        .foreign_key(&mut to_organization("post_topic"))
        .foreign_key(&mut reference(
            "post_topic",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "post_topic",
            "topic_id",
            "topic",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn content_rules() -> TableCreateStatement {
    Table::create()
        .table("content_rules")
        .col(uuid("organization_id"))
        .col(json_binary("blocked"))
        .col(boolean("disclosure_required"))
        .col(string_null("disclosure"))
        .col(big_integer("review_hours"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("organization_id"))
        .foreign_key(&mut to_organization("content_rules"))
        .to_owned()
}

fn saved_view() -> TableCreateStatement {
    Table::create()
        .table("saved_view")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(string("name"))
        .col(string("query"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut to_organization("saved_view"))
        .foreign_key(&mut reference(
            "saved_view",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn post_version() -> TableCreateStatement {
    Table::create()
        .table("post_version")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("post_id"))
        .col(big_integer("version"))
        .col(uuid_null("author_id"))
        .col(boolean("autosaved"))
        .col(json_binary("content"))
        .col(timestamp_with_time_zone("saved_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut to_organization("post_version"))
        .foreign_key(&mut reference(
            "post_version",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "post_version",
            "author_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn review_note() -> TableCreateStatement {
    Table::create()
        .table("review_note")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("post_id"))
        .col(uuid_null("author_id"))
        .col(string("step"))
        .col(string_null("text"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut to_organization("review_note"))
        .foreign_key(&mut reference(
            "review_note",
            "post_id",
            "post",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "review_note",
            "author_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}
