//! The connection that hits are written on while readers wait: one transaction
//! a batch, synced before it is acknowledged, beside the pool of everybody else.
//!
//! It blocks: each sink has a thread of its own, which goes on with the next
//! batch as soon as one is on disk, whatever the runtime is busy with.

mod postgres;
mod sqlite;

use entity::hit;
use secrecy::ExposeSecret;

use super::exclusive::file_of;
use super::{Store, StoreError};

/// A connection of its own that takes batches of hits.
#[derive(Debug)]
pub struct HitSink(Kind);

#[derive(Debug)]
enum Kind {
    Sqlite(sqlite::Sink),
    Postgres(postgres::Sink),
}

impl Store {
    /// How many sinks write side by side: SQLite has one writer at a time, and
    /// Postgres syncs the commits of two in one go.
    pub fn sinks(&self) -> usize {
        if self.writers.is_some() { 1 } else { 2 }
    }

    /// Opens a sink. It blocks, as does everything about it: never on the runtime.
    pub fn open_sink(&self) -> Result<HitSink, StoreError> {
        let url = self.url.expose_secret();
        let kind = match (&self.writers, file_of(url)) {
            (Some(writers), Some(file)) => {
                Kind::Sqlite(sqlite::Sink::open(file, std::sync::Arc::clone(writers))?)
            }
            (Some(_), None) => return Err(StoreError::refused("the database is no file")),
            (None, _) => Kind::Postgres(postgres::Sink::open(url)?),
        };
        Ok(HitSink(kind))
    }
}

impl HitSink {
    /// Stores hits; when it returns they are on disk. A hit that is stored
    /// already is left as it is.
    pub fn append(&mut self, rows: &[hit::Model]) -> Result<(), StoreError> {
        match &mut self.0 {
            Kind::Sqlite(sink) => sink.append(rows),
            Kind::Postgres(sink) => sink.append(rows),
        }
    }

    /// What the database says of how it syncs this connection's commits: `2`
    /// (FULL) on SQLite, `on` or more on Postgres.
    pub fn durability(&mut self) -> Result<String, StoreError> {
        match &mut self.0 {
            Kind::Sqlite(sink) => sink.durability(),
            Kind::Postgres(sink) => sink.durability(),
        }
    }
}

#[cfg(test)]
impl HitSink {
    /// Lets something be done in each commit, before any of it is on disk. On SQLite alone:
    /// Postgres has triggers for it.
    pub fn in_commits(&self, act: impl FnMut() + Send + 'static) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Sqlite(sink) => sink.in_commits(act),
            Kind::Postgres(_) => Err(StoreError::refused("Postgres has triggers for it")),
        }
    }
}

#[cfg(test)]
mod tests;
