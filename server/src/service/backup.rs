//! Backup and restore of a SQLite database: PostgreSQL has tools of its own.
//!
//! A backup is one file with everything that the database holds, taken while the server works.
//! The key is not in it, so that whoever finds the file has no bot's token.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::config::Config;
use crate::secrets::key_file;
use crate::store::StoreError;
use crate::store::backup::{self, Contents};
use crate::store::exclusive::{Exclusive, ExclusiveError};

/// What SQLite keeps beside a file; it belongs to that file alone.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// A backup that was made, or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// How large it is.
    pub bytes: u64,
    /// How many changes of the schema it has.
    pub changes: usize,
    /// Changes of the schema that this version makes at the next start.
    pub pending: usize,
    /// The file with the key; none where the configuration holds it.
    pub key_file: Option<PathBuf>,
    /// Where what was there before lies now; none where nothing was.
    pub replaced: Option<PathBuf>,
}

/// Why there is no backup, or none was taken back.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database is no file.
    #[error("the database is PostgreSQL, which has tools of its own")]
    Postgres,
    /// There is nothing to back up.
    #[error("there is no database at {}", .0.display())]
    Absent(PathBuf),
    /// It would be overwritten.
    #[error("{} is there already", .0.display())]
    Present(PathBuf),
    /// Another process uses the database.
    #[error("another process uses {}", .0.display())]
    Held(PathBuf),
    /// The file is damaged.
    #[error("{} is damaged: {}", .0.display(), .1)]
    Damaged(PathBuf, String),
    /// The file is something else.
    #[error("{} is no database of Chorus", .0.display())]
    Foreign(PathBuf),
    /// A newer version wrote the file.
    #[error("{} was written by a newer version: it has {}", .0.display(), .1)]
    Newer(PathBuf, String),
    /// A file cannot be read or written.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, #[source] io::Error),
    /// The database failed.
    #[error("the database cannot be read: {0}")]
    Store(#[from] StoreError),
}

/// Backs the database up into `file`, which must not be there, and checks what was written.
///
/// It reads beside whoever writes, so that a running server goes on, and needs no server.
pub async fn back_up(config: &Config, file: &Path) -> Result<Backup, BackupError> {
    let database = config.sqlite_file().ok_or(BackupError::Postgres)?;
    if !database.exists() {
        return Err(BackupError::Absent(database));
    }
    if file.exists() {
        return Err(BackupError::Present(file.to_owned()));
    }
    // Half a backup must never bear the name of a whole one.
    let draft = Draft::make(beside(file, ".part"))?;
    backup::copy(&config.database_url(), &draft.path).await?;
    let contents = whole(&draft.path).await?;
    let bytes = draft.put(file)?;
    Ok(Backup {
        bytes,
        changes: contents.standing.applied,
        pending: contents.standing.pending.len(),
        key_file: own_key(config),
        replaced: None,
    })
}

/// Takes a backup back where there is no database yet.
pub async fn restore(config: &Config, file: &Path) -> Result<Backup, BackupError> {
    let database = config.sqlite_file().ok_or(BackupError::Postgres)?;
    if is_used(&database)? {
        return Err(BackupError::Present(database));
    }
    put_back(config, (file, &database), None).await
}

/// Takes a backup back in the place of the database that is there, which is kept beside it under
/// the time at which it was replaced.
pub async fn replace(
    config: &Config,
    file: &Path,
    now: DateTime<Utc>,
) -> Result<Backup, BackupError> {
    let database = config.sqlite_file().ok_or(BackupError::Postgres)?;
    let kept = is_used(&database)?.then(|| {
        let suffix = format!(".replaced-{}", now.format("%Y%m%dT%H%M%SZ"));
        beside(&database, &suffix)
    });
    put_back(config, (file, &database), kept).await
}

async fn put_back(
    config: &Config,
    (file, database): (&Path, &Path),
    kept: Option<PathBuf>,
) -> Result<Backup, BackupError> {
    let contents = usable(file).await?;
    let folder = folder_of(database);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(io_at(folder))?;
    let lock = Exclusive::take(&config.database_url()).map_err(|error| match error {
        ExclusiveError::Held(path) => BackupError::Held(path),
        ExclusiveError::Io(path, cause) => BackupError::Io(path, cause),
    })?;
    let draft = Draft::make(beside(database, ".restoring"))?;
    fs::copy(file, &draft.path).map_err(io_at(&draft.path))?;
    // A journal of the old file would be taken for the new one's, so that it goes along.
    for companion in COMPANIONS {
        let from = beside(database, companion);
        let moved = match &kept {
            Some(kept) => fs::rename(&from, beside(kept, companion)),
            None => fs::remove_file(&from),
        };
        match moved {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::Io(from, cause));
            }
            Ok(()) | Err(_) => {}
        }
    }
    let bytes = draft.put(database)?;
    drop(lock);
    Ok(Backup {
        bytes,
        changes: contents.standing.applied,
        pending: contents.standing.pending.len(),
        key_file: own_key(config),
        replaced: kept,
    })
}

/// A backup that this version can take back.
async fn usable(file: &Path) -> Result<Contents, BackupError> {
    let contents = whole(file).await?;
    match contents.standing.newer.as_slice() {
        [.., newest] => Err(BackupError::Newer(file.to_owned(), newest.clone())),
        [] => Ok(contents),
    }
}

/// A database of Chorus whose every page was read.
async fn whole(file: &Path) -> Result<Contents, BackupError> {
    // SQLite takes an empty file for an empty database.
    fs::metadata(file).map_err(io_at(file))?;
    let contents = backup::inspect(file).await.map_err(|error| match error {
        // SQLite opens anything; only its first question shows that a file is none of its own.
        StoreError::Internal(_) => BackupError::Foreign(file.to_owned()),
        error => BackupError::Store(error),
    })?;
    if let [fault, ..] = contents.faults.as_slice() {
        return Err(BackupError::Damaged(file.to_owned(), fault.clone()));
    }
    if contents.standing.is_empty() {
        return Err(BackupError::Foreign(file.to_owned()));
    }
    Ok(contents)
}

fn own_key(config: &Config) -> Option<PathBuf> {
    let is_own = config.secrets.keys.is_none();
    is_own.then(|| key_file::path(&config.data_dir))
}

/// Whether a database is there: the lock leaves an empty file where there was none.
fn is_used(database: &Path) -> Result<bool, BackupError> {
    match fs::metadata(database) {
        Ok(metadata) => Ok(metadata.len() > 0),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(BackupError::Io(database.to_owned(), cause)),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

fn io_at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    move |cause| BackupError::Io(path.to_owned(), cause)
}

/// A file that is not what it will be called yet; taken away if it never is.
struct Draft {
    path: PathBuf,
}

impl Draft {
    /// Makes it empty, its owner's alone; one that an earlier attempt left is taken away.
    fn make(path: PathBuf) -> Result<Self, BackupError> {
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::Io(path, cause));
            }
            Ok(()) | Err(_) => {}
        }
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(io_at(&path))?;
        Ok(Self { path })
    }

    /// Gives it its name once it is on the disk; says how large it is.
    fn put(self, name: &Path) -> Result<u64, BackupError> {
        let sync = |path: &Path| File::open(path).and_then(|file| file.sync_all());
        sync(&self.path).map_err(io_at(&self.path))?;
        let bytes = fs::metadata(&self.path).map_err(io_at(&self.path))?.len();
        fs::rename(&self.path, name).map_err(io_at(name))?;
        let folder = folder_of(name);
        sync(folder).map_err(io_at(folder))?;
        Ok(bytes)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After it got its name there is nothing of this one left.
        drop(fs::remove_file(&self.path));
    }
}

#[cfg(test)]
mod tests;
