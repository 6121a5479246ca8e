//! Makes room for members on two chats: their own messages and quiet hours, pairing by
//! code, and roles of guilds that stand for teams.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, boolean, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at once.
        for (table, column) in new_columns() {
            let add = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        manager
            .create_index(index("member", &["organization_id", "delivery", "id"]))
            .await?;
        manager
            .create_index(index("identity", &["platform", "user_ref"]))
            .await?;
        manager
            .create_index(index("delivery", &["post_id", "subject", "id"]))
            .await?;
        manager.create_table(pairing_code()).await?;
        manager
            .create_index(unique("pairing_code", &["code_hash"]))
            .await?;
        manager
            .create_index(index("pairing_code", &["member_id"]))
            .await?;
        manager
            .create_index(index("pairing_code", &["expires_at"]))
            .await?;
        manager.create_table(pairing_attempt()).await?;
        manager.create_table(role_team()).await?;
        manager
            .create_index(index("role_team", &["organization_id"]))
            .await?;
        manager
            .create_index(index("role_team", &["team_id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["role_team", "pairing_attempt", "pairing_code"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for (table, name) in [
            ("delivery", "ix_delivery_post_id_subject_id"),
            ("identity", "ix_identity_platform_user_ref"),
            ("member", "ix_member_organization_id_delivery_id"),
        ] {
            manager
                .drop_index(Index::drop().table(table).name(name).to_owned())
                .await?;
        }
        for (table, column) in new_columns() {
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

/// Columns of tables that hold rows already: each is null or has a default.
fn new_columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        (
            "member",
            string("delivery").default("channel_only").to_owned(),
        ),
        ("member", string_null("delivery_platform")),
        ("member", string_null("delivery_refused_on")),
        ("member", big_integer("quiet_from").default(1080).to_owned()),
        ("member", big_integer("quiet_to").default(540).to_owned()),
        ("member", boolean("quiet_weekends").default(true).to_owned()),
        ("identity", string_null("account_name")),
        ("delivery", uuid_null("identity_id")),
    ]
}

fn pairing_code() -> TableCreateStatement {
    Table::create()
        .table("pairing_code")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(blob("code_hash"))
        .col(uuid_null("issued_to"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(uuid_null("used_for"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "pairing_code",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "pairing_code",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn pairing_attempt() -> TableCreateStatement {
    Table::create()
        .table("pairing_attempt")
        .col(string("account"))
        .col(big_integer("hour"))
        .col(big_integer("attempts"))
        .primary_key(Index::create().col("account").col("hour"))
        .to_owned()
}

fn role_team() -> TableCreateStatement {
    Table::create()
        .table("role_team")
        .col(uuid("installation_id"))
        .col(string("role_ref"))
        .col(uuid("organization_id"))
        .col(uuid("team_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("installation_id").col("role_ref"))
        .foreign_key(&mut reference(
            "role_team",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "role_team",
            "installation_id",
            "installation",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "role_team",
            "team_id",
            "team",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
