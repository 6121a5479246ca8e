//! The index by which it is found what last became of the messages in a workspace's channels.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Tables and the columns that they are looked up by.
const LOOKUPS: &[(&str, &[&str])] = &[(
    "delivery",
    &["installation_id", "subject", "state", "settled_at"],
)];

fn name(table: &str, columns: &[&str]) -> String {
    format!("ix_{table}_{}", columns.join("_"))
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LOOKUPS {
            if manager.get_database_backend() == DbBackend::Postgres {
                // It grows with use, so its writers go on meanwhile. An attempt that
                // broke off left an index that is not valid.
                let (name, columns) = (name(table, columns), columns.join(", "));
                let connection = manager.get_connection();
                connection
                    .execute_unprepared(&format!("DROP INDEX IF EXISTS {name}"))
                    .await?;
                let create = format!("CREATE INDEX CONCURRENTLY {name} ON {table} ({columns})");
                connection.execute_unprepared(&create).await?;
            } else {
                manager.create_index(index(table, columns)).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LOOKUPS {
            let drop = Index::drop()
                .table(*table)
                .name(name(table, columns))
                .to_owned();
            manager.drop_index(drop).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(false)
    }
}
