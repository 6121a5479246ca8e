//! How a database's schema stands to this version's, asked without changing anything.

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, Statement};

use crate::Migrator;

/// Where sea-orm keeps what was applied.
const HISTORY: &str = "seaql_migrations";

/// What separates a database's schema from this version's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Migrations of this version that were not applied, oldest first.
    pub pending: Vec<String>,
    /// Applied migrations that this version does not know: a newer version was here.
    pub newer: Vec<String>,
    /// How many of this version's were applied.
    pub applied: usize,
}

impl Standing {
    /// Whether this version can work on it: everything that it needs is there. What a newer
    /// version added is no hindrance, because a release only adds what the one before it can
    /// live with.
    pub fn is_served(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether nothing at all was applied.
    pub fn is_empty(&self) -> bool {
        self.applied == 0 && self.newer.is_empty()
    }
}

/// Compares what was applied to `db` with what this version knows.
pub async fn standing(db: &DatabaseConnection) -> Result<Standing, DbErr> {
    let applied = applied(db).await?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let newer = applied.iter().filter(|name| !known.contains(name));
    let newer = newer.cloned().collect();
    let (done, pending): (Vec<String>, Vec<String>) =
        known.into_iter().partition(|name| applied.contains(name));
    Ok(Standing {
        pending,
        newer,
        applied: done.len(),
    })
}

async fn applied(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    if !SchemaManager::new(db).has_table(HISTORY).await? {
        return Ok(BTreeSet::new());
    }
    let question = Statement::from_string(
        db.get_database_backend(),
        format!("SELECT version FROM {HISTORY}"),
    );
    let rows = db.query_all_raw(question).await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}
