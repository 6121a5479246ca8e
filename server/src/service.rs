//! Use cases, one file per resource: each begins a transaction, loads, asks the rule, writes, commits.

pub mod access;
pub mod actor;
pub mod audit;
pub mod deliveries;
pub mod health;
pub mod idempotency;
pub mod jobs;
pub mod leases;
pub mod posts;
pub mod schedules;
pub mod suggestions;

/// A failure that no use case foresees: it passes through every one of them.
pub type Failure = crate::store::StoreError;
