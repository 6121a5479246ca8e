//! Lets campaigns say what they are for (goal, target, area), and topics that nobody can leave them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, boolean, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at once.
        for (table, column) in columns() {
            let add = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
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
fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("campaign", string_null("goal")),
        ("campaign", big_integer_null("target")),
        ("campaign", string_null("area")),
        ("topic", boolean("mandatory").default(false).to_owned()),
    ]
}
