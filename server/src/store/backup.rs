//! Copies of a SQLite file: made while others write, and looked at without changing a byte.

use std::path::Path;

use migration::Standing;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use super::{StoreError, connect};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// How its schema stands to this version's.
    pub standing: Standing,
    /// What SQLite finds wrong with it; nothing where it is whole.
    pub faults: Vec<String>,
}

/// Writes everything that is committed at this moment into the empty file `into`, as another
/// reader of the database at `url`: whoever writes there goes on.
pub async fn copy(url: &str, into: &Path) -> Result<(), StoreError> {
    let db = connect::reader(url).await?;
    let statement = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "VACUUM INTO ?",
        [into.display().to_string().into()],
    );
    let copied = db.execute_raw(statement).await;
    db.close().await?;
    copied?;
    Ok(())
}

/// Reads a file that nobody uses to its end.
pub async fn inspect(file: &Path) -> Result<Contents, StoreError> {
    let db = unused(file).await?;
    let contents = contents(&db).await;
    db.close().await?;
    contents
}

async fn contents(db: &DatabaseConnection) -> Result<Contents, StoreError> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check(5)");
    let rows = db.query_all_raw(statement).await?;
    let words = rows.iter().map(|row| row.try_get_by_index::<String>(0));
    let words = words.collect::<Result<Vec<_>, _>>()?;
    Ok(Contents {
        standing: migration::standing(db).await?,
        faults: words.into_iter().filter(|word| word != "ok").collect(),
    })
}

/// A file that nobody uses: no journal is made beside it.
async fn unused(file: &Path) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| sqlite.read_only(true).immutable(true));
    Ok(Database::connect(options).await?)
}
