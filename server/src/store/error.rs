//! From a database error to its meaning, in one exhaustive place.

use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};
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

/// Whether the database itself is away or in trouble: what is asked again may go well.
fn is_away(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(RuntimeErr::Internal(_)) => true,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => is_broken(cause),
        _ => false,
    }
}

fn is_broken(cause: &SqlxError) -> bool {
    match cause {
        SqlxError::Io(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::Tls(_)
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed => true,
        SqlxError::Database(refusal) => refusal.code().is_some_and(|code| {
            if refusal.try_downcast_ref::<SqliteError>().is_some() {
                code.parse().is_ok_and(passes_on_sqlite)
            } else {
                passes_on_postgres(&code)
            }
        }),
        _ => false,
    }
}

/// Whether one of SQLite's result codes (sqlite.org/rescode.html) is about the moment: busy,
/// locked, read-only, an error of the disk, a full disk, a file that cannot be opened. The
/// lowest eight bits say which, the others only why.
pub(super) fn passes_on_sqlite(code: i32) -> bool {
    matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14)
}

/// Whether one of PostgreSQL's codes (its documentation, appendix A) is about the moment.
fn passes_on_postgres(code: &str) -> bool {
    // The connection broke; the disk or the memory is full, or there are too many
    // connections; an error of the system around it.
    let class = ["08", "53", "58"];
    // A stand-by that cannot be written to; others were in the way; a lock that was not to
    // be had; a query that was cancelled; a server that ends, crashed, starts or dropped us.
    let states = [
        "25006", "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05",
    ];
    class.iter().any(|class| code.starts_with(class)) || states.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_is_our_fault() {
        // Busy, a snapshot that is too old, a failed write and a failed sync, a full disk.
        for code in [5, 517, 778, 1_034, 13, 14] {
            assert!(passes_on_sqlite(code), "{code}");
        }
        // A wrong statement, a broken constraint, a corrupt file.
        for code in [1, 19, 2_067, 11, 26] {
            assert!(!passes_on_sqlite(code), "{code}");
        }
        for code in [
            "08006", "53100", "53200", "53300", "57014", "57P01", "57P03", "40001", "40P01",
            "58030", "25006",
        ] {
            assert!(passes_on_postgres(code), "{code}");
        }
        for code in ["42601", "23505", "22001", "XX000", "13"] {
            assert!(!passes_on_postgres(code), "{code}");
        }
    }
}
