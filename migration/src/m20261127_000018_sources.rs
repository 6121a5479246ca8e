//! Remembers what the last run of a feed did and what ails it, and makes room for files of posts
//! and members on their way in: what they are, the bytes until they are done, and what each line
//! does.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, json_binary, json_binary_null, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at once.
        for column in feed_columns() {
            let add = Table::alter().table("feed").add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        for table in [csv_import(), csv_file(), csv_line()] {
            manager.create_table(table).await?;
        }
        for made in [
            index("csv_import", &["organization_id", "kind", "id"]),
            index("csv_import", &["member_id"]),
            index("csv_import", &["created_at"]),
            index("csv_file", &["organization_id"]),
            index("csv_line", &["import_id", "outcome", "line"]),
            index("csv_line", &["organization_id"]),
        ] {
            manager.create_index(made).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["csv_line", "csv_file", "csv_import"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for column in feed_columns() {
            let name = column.get_column_name().clone();
            let drop = Table::alter()
                .table("feed")
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

/// Columns of a table that holds rows already, and so without a value: a feed whose last run was
/// before this says so by having none.
fn feed_columns() -> Vec<ColumnDef> {
    vec![
        big_integer_null("last_imported"),
        big_integer_null("last_known"),
        big_integer_null("last_refused"),
        string_null("trouble"),
        timestamp_with_time_zone_null("failing_since"),
    ]
}

fn csv_import() -> TableCreateStatement {
    Table::create()
        .table("csv_import")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(uuid_null("member_id"))
        .col(json_binary("permissions"))
        .col(string("kind"))
        .col(string("state"))
        .col(big_integer("total"))
        .col(big_integer("seen"))
        .col(big_integer("added"))
        .col(big_integer("updated"))
        .col(big_integer("unchanged"))
        .col(big_integer("refused"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("done_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "csv_import",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "csv_import",
            "member_id",
            "member",
            ForeignKeyAction::SetNull,
        ))
        .to_owned()
}

fn csv_file() -> TableCreateStatement {
    Table::create()
        .table("csv_file")
        .col(uuid("import_id"))
        .col(uuid("organization_id"))
        .col(blob("content"))
        .primary_key(Index::create().col("import_id"))
        .foreign_key(&mut reference(
            "csv_file",
            "import_id",
            "csv_import",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "csv_file",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn csv_line() -> TableCreateStatement {
    Table::create()
        .table("csv_line")
        .col(uuid("import_id"))
        .col(big_integer("line"))
        .col(uuid("organization_id"))
        .col(string("outcome"))
        .col(string("label"))
        .col(json_binary_null("fault"))
        .primary_key(Index::create().col("import_id").col("line"))
        .foreign_key(&mut reference(
            "csv_line",
            "import_id",
            "csv_import",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut reference(
            "csv_line",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
