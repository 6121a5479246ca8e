//! Hits on local disk while the database is away: appended, synced, drained in
//! their order, and removed when drained.
//!
//! Each process has a file of its own and holds a lock on it; a file that nobody
//! holds was left by a process that is gone, and is taken up at the next start.
//! What was drained before a crash is drained once more, which changes nothing:
//! the database knows a hit by its id. Salts are never written here, since a
//! file that is removed is not overwritten.

mod frame;
mod record;

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use entity::hit;

/// What the files are called.
const PREFIX: &str = "hits-";
const SUFFIX: &str = ".journal";
/// Files of processes that share a folder, at most.
const FILES: u32 = 10_000;

/// The files of this process, and how much they may take.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    pub(super) limit: u64,
    /// What puts a file's bytes on disk.
    sync: fn(&File) -> io::Result<()>,
    /// Those of earlier processes first; only the last is written to.
    parts: VecDeque<Part>,
}

/// A file, and what of it is still to be drained.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    file: File,
    start: u64,
    end: u64,
    hits: u64,
}

/// The next hits to be drained, and where those after them begin.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The hits, oldest first.
    pub rows: Vec<hit::Model>,
    /// Intact frames that this version cannot read.
    pub unreadable: u64,
    frames: u64,
    end: u64,
}

impl Journal {
    /// An empty journal in `folder`, of at most `limit` bytes.
    pub fn new(folder: &Path, limit: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            limit,
            sync: File::sync_data,
            parts: VecDeque::new(),
        }
    }

    /// Bytes on disk.
    pub fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.end).sum()
    }

    /// Hits that are not drained.
    pub fn hits(&self) -> u64 {
        self.parts.iter().map(|part| part.hits).sum()
    }

    /// Whether nothing waits in it.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Takes up the files that earlier processes left, without their torn ends.
    pub fn adopt(&mut self) -> io::Result<()> {
        let mut paths: Vec<PathBuf> = fs::read_dir(&self.folder)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_journal(path))
            .collect();
        paths.sort();
        let mut left = Vec::new();
        for path in paths {
            if self.parts.iter().any(|part| part.path == path) {
                continue;
            }
            let file = OpenOptions::new().read(true).write(true).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                // Its process lives.
                Err(TryLockError::WouldBlock) => continue,
                Err(TryLockError::Error(cause)) => return Err(cause),
            }
            left.push(Part::cut(path, file)?);
        }
        // Before what came since; the last is written to, whoever began it.
        for part in left.into_iter().rev() {
            self.parts.push_front(part);
        }
        self.drop_drained()
    }

    /// Appends hits; when it returns they are on disk, all of them or none.
    pub fn append(&mut self, rows: &[hit::Model]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for row in rows {
            frame::write(&mut bytes, &record::write(row)?)?;
        }
        let length = length_of(&bytes);
        if self.bytes() + length > self.limit {
            return Err(io::Error::new(
                io::ErrorKind::StorageFull,
                "the journal has reached its limit",
            ));
        }
        if self.parts.is_empty() {
            let part = create(&self.folder)?;
            self.parts.push_back(part);
        }
        let Some(part) = self.parts.back_mut() else {
            return Err(io::Error::other("there is no journal"));
        };
        // Behind the last hit that is safe: what a failed attempt left is overwritten.
        part.file.write_all_at(&bytes, part.end)?;
        (self.sync)(&part.file)?;
        part.end += length;
        part.hits += u64::try_from(rows.len()).unwrap_or_default();
        Ok(())
    }

    /// The oldest hits, at most `most`; none if nothing waits.
    pub fn oldest(&mut self, most: usize) -> io::Result<Option<Chunk>> {
        self.drop_drained()?;
        let Some(part) = self.parts.front() else {
            return Ok(None);
        };
        let (frames, end) = frame::read(&part.file, part.start, part.end, most)?;
        let mut chunk = Chunk {
            frames: u64::try_from(frames.len()).unwrap_or_default(),
            end,
            ..Chunk::default()
        };
        if frames.is_empty() {
            // What was intact when it was written is no longer: the rest cannot be told apart.
            chunk.unreadable = part.hits;
            chunk.frames = part.hits;
            chunk.end = part.end;
        }
        for bytes in frames {
            match record::read(&bytes) {
                Some(row) => chunk.rows.push(row),
                None => chunk.unreadable += 1,
            }
        }
        Ok(Some(chunk))
    }

    /// Forgets the hits of a chunk: they are stored.
    pub fn drained(&mut self, chunk: &Chunk) {
        if let Some(part) = self.parts.front_mut() {
            part.start = chunk.end;
            part.hits = part.hits.saturating_sub(chunk.frames);
        }
    }

    fn drop_drained(&mut self) -> io::Result<()> {
        while let Some(part) = self.parts.front()
            && part.start >= part.end
        {
            fs::remove_file(&part.path)?;
            self.parts.pop_front();
        }
        Ok(())
    }
}

impl Part {
    /// A file up to the first frame that is not whole.
    fn cut(path: PathBuf, file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let (hits, end) = frame::intact(&file, length)?;
        if end < length {
            tracing::warn!(
                bytes = length - end,
                "the torn end of a journal of hits is cut off"
            );
            file.set_len(end)?;
            file.sync_all()?;
        }
        Ok(Self {
            path,
            file,
            start: frame::HEADER,
            end,
            hits,
        })
    }
}

/// A new file of our own.
fn create(folder: &Path) -> io::Result<Part> {
    for number in 0..FILES {
        let path = folder.join(format!("{PREFIX}{number:04}{SUFFIX}"));
        let made = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        let file = match made {
            Ok(file) => file,
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(cause) => return Err(cause),
        };
        if file.try_lock().is_err() {
            // Another process took it for one that was left.
            continue;
        }
        if let Err(cause) = begin(&file, folder) {
            // A full disk would be left one more for each attempt.
            fs::remove_file(&path)?;
            return Err(cause);
        }
        return Ok(Part {
            path,
            file,
            start: frame::HEADER,
            end: frame::HEADER,
            hits: 0,
        });
    }
    Err(io::Error::other("there are too many journals"))
}

/// Puts a new file on disk, and its name as well.
fn begin(file: &File, folder: &Path) -> io::Result<()> {
    file.write_all_at(frame::MAGIC, 0)?;
    file.sync_all()?;
    File::open(folder)?.sync_all()
}

fn is_journal(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
}

fn length_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
