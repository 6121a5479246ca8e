//! Creates `proposal` and `proposal_supporter`: posts that members propose, and who proposed the
//! same; what an accepted one earns; and lets a message tell of one.

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
        for (table, column) in added() {
            let add = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        for table in [proposal(), proposal_supporter()] {
            manager.create_table(table).await?;
        }
        for made in [
            unique("proposal", &["organization_id", "open_key"]),
            index("proposal", &["organization_id", "state", "id"]),
            index("proposal", &["member_id", "id"]),
            index("proposal", &["post_id"]),
            index("proposal", &["decided_by"]),
            index("proposal_supporter", &["member_id"]),
            index("proposal_supporter", &["organization_id"]),
        ] {
            manager.create_index(made).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["proposal_supporter", "proposal"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for (table, column) in added() {
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

/// Columns of tables that hold rows already: each is null or has a default. What proposals earn
/// is no key of the organization's settings, because a version before would refuse to read them.
fn added() -> [(&'static str, ColumnDef); 2] {
    [
        (
            "organization",
            big_integer("proposal_points").default(15).to_owned(),
        ),
        ("delivery", uuid_null("proposal_id")),
    ]
}

/// A proposal outlives its proposer, who may be erased.
fn proposal() -> TableCreateStatement {
    Table::create()
        .table("proposal")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("member_id"))
        .col(string("source"))
        .col(string("state"))
        .col(string("url"))
        .col(string("canonical_url"))
        .col(string_null("open_key"))
        .col(string("why"))
        .col(string("words"))
        .col(string_null("title"))
        .col(string_null("summary"))
        .col(string_null("image_url"))
        .col(string_null("image_alt"))
        .col(string_null("note"))
        .col(uuid_null("post_id"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(big_integer("decisions"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "proposal",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "proposal",
            "member_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "proposal",
            "post_id",
            "post",
            ForeignKeyAction::SetNull,
        ))
        .foreign_key(&mut reference(
            "proposal",
            "decided_by",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn proposal_supporter() -> TableCreateStatement {
    Table::create()
        .table("proposal_supporter")
        .col(uuid("proposal_id"))
        .col(uuid("member_id"))
        .col(uuid("organization_id"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("proposal_id").col("member_id"))
        .foreign_key(&mut reference(
            "proposal_supporter",
            "proposal_id",
            "proposal",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "proposal_supporter",
            "member_id",
            "member",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "proposal_supporter",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
