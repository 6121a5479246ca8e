//! Creates what lets people into the console: sessions, passwords, one-time links and the tries
//! of who logs in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, string, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [session(), credential(), login_link(), login_attempt()] {
            manager.create_table(table).await?;
        }
        for index in [
            unique("session", &["token_hash"]),
            index("session", &["organization_id"]),
            index("session", &["member_id", "id"]),
            index("session", &["expires_at"]),
            index("credential", &["organization_id"]),
            unique("login_link", &["token_hash"]),
            index("login_link", &["organization_id"]),
            index("login_link", &["member_id"]),
            index("login_link", &["expires_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["login_attempt", "login_link", "credential", "session"] {
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

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid("member_id"))
        .col(blob("token_hash"))
        .col(string("browser"))
        .col(timestamp_with_time_zone("last_seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut of_organization("session"))
        .foreign_key(&mut of_member("session"))
        .to_owned()
}

fn credential() -> TableCreateStatement {
    Table::create()
        .table("credential")
        .col(uuid("member_id"))
        .col(uuid("organization_id"))
        .col(string("password_hash"))
        .col(timestamp_with_time_zone("changed_at"))
        .primary_key(Index::create().col("member_id"))
        .foreign_key(&mut of_organization("credential"))
        .foreign_key(&mut of_member("credential"))
        .to_owned()
}

fn login_link() -> TableCreateStatement {
    Table::create()
        .table("login_link")
        .col(uuid("id"))
        .col(uuid_null("organization_id"))
        .col(uuid_null("member_id"))
        .col(string("purpose"))
        .col(blob("token_hash"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("consumed_at"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut of_organization("login_link"))
        .foreign_key(&mut of_member("login_link"))
        .to_owned()
}

fn login_attempt() -> TableCreateStatement {
    Table::create()
        .table("login_attempt")
        .col(blob("subject"))
        .col(big_integer("period"))
        .col(big_integer("attempts"))
        .primary_key(Index::create().col("subject").col("period"))
        .to_owned()
}

fn of_organization(table: &'static str) -> ForeignKeyCreateStatement {
    reference(
        table,
        "organization_id",
        "organization",
        ForeignKeyAction::Cascade,
    )
}

fn of_member(table: &'static str) -> ForeignKeyCreateStatement {
    reference(table, "member_id", "member", ForeignKeyAction::Cascade)
}
