//! From a database error to its meaning, in one exhaustive place.

use sea_orm::{DbErr, RuntimeErr, SqlErr};
use thiserror::Error;

/// What went wrong in the database, as far as a use case can act on it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A unique key exists already. Which one follows from the operation:
    /// the two databases name it differently.
    #[error("a row with this key exists")]
    Conflict,
    /// A row that is referred to does not exist, or is still referred to.
    #[error("a referenced row is missing")]
    Reference,
    /// The database cannot be reached now; the same call may work later.
    #[error("the database is away")]
    Unavailable(#[source] DbErr),
    /// Anything else: our fault.
    #[error("the database refused")]
    Internal(#[source] DbErr),
}

impl StoreError {
    /// The database is away, told to one who waited for another's attempt.
    pub fn away(reason: &str) -> Self {
        Self::Unavailable(DbErr::Custom(reason.to_owned()))
    }

    /// The database refused, told to one who waited for another's attempt.
    pub fn refused(reason: &str) -> Self {
        Self::Internal(DbErr::Custom(reason.to_owned()))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => return Self::Conflict,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::Reference,
            Some(_) | None => {}
        }
        if is_away(&error) {
            Self::Unavailable(error)
        } else {
            Self::Internal(error)
        }
    }
}

/// Whether the database itself is away: no connection, or one that broke.
fn is_away(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(RuntimeErr::Internal(_)) => true,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => is_broken(cause),
        _ => false,
    }
}

fn is_broken(cause: &sea_orm::SqlxError) -> bool {
    use sea_orm::SqlxError;
    match cause {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::Tls(_) => {
            true
        }
        // Postgres: connection exceptions, too many connections, shutting down, starting up.
        SqlxError::Database(refusal) => refusal.code().is_some_and(|code| {
            code.starts_with("08") || matches!(code.as_ref(), "53300" | "57P01" | "57P02" | "57P03")
        }),
        _ => false,
    }
}
