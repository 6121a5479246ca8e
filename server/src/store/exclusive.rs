//! One server process per SQLite file: a lock beside the file, held while the process lives.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// The right to the SQLite file; given up when dropped.
#[derive(Debug)]
pub struct Exclusive {
    _lock: File,
}

/// Why the right was not given.
#[derive(Debug, thiserror::Error)]
pub enum ExclusiveError {
    /// Another process has it.
    #[error("another process holds {}", .0.display())]
    Held(PathBuf),
    /// The lock file cannot be made.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

impl Exclusive {
    /// Takes the right to the SQLite file that `url` names; other databases
    /// have many users, and nothing is taken.
    pub fn take(url: &str) -> Result<Option<Self>, ExclusiveError> {
        let Some(path) = file_of(url) else {
            return Ok(None);
        };
        // Never the database itself: closing a second handle on it would drop
        // the locks that SQLite holds.
        let lock_path = PathBuf::from(format!("{path}.lock"));
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&lock_path)
            .map_err(|cause| ExclusiveError::Io(lock_path.clone(), cause))?;
        match lock.try_lock() {
            Ok(()) => {
                make_private(path)
                    .map_err(|cause| ExclusiveError::Io(PathBuf::from(path), cause))?;
                Ok(Some(Self { _lock: lock }))
            }
            Err(TryLockError::WouldBlock) => Err(ExclusiveError::Held(PathBuf::from(path))),
            Err(TryLockError::Error(cause)) => Err(ExclusiveError::Io(lock_path, cause)),
        }
    }
}

/// Makes the database's file where there is none, its owner's alone: SQLite
/// would let everybody read it, and gives the files beside it the same rights.
fn make_private(path: &str) -> io::Result<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The file of a SQLite URL.
pub(crate) fn file_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite://")?;
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    (!path.is_empty() && path != ":memory:").then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_on_one_file_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!(
            "sqlite://{}?mode=rwc",
            folder.path().join("chorus.sqlite").display()
        );
        let first = Exclusive::take(&url).unwrap();
        assert!(matches!(
            Exclusive::take(&url),
            Err(ExclusiveError::Held(_))
        ));
        drop(first);
        assert!(Exclusive::take(&url).unwrap().is_some());
    }

    #[test]
    fn postgres_has_many_users() {
        assert!(Exclusive::take("postgres://x@y/z").unwrap().is_none());
    }
}
