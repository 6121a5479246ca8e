//! Use cases, one file per resource: each begins a transaction, loads, asks the rule, writes, commits.

pub mod access;
pub mod actor;
pub mod addresses;
pub mod audit;
pub mod backup;
pub mod channels;
pub mod clicks;
pub mod deliveries;
pub mod examination;
pub mod feeds;
pub mod figures;
pub mod gauges;
pub mod health;
pub mod idempotency;
pub mod identities;
pub mod installations;
pub mod jobs;
pub mod leaderboard;
pub mod leases;
pub mod me;
pub mod members;
pub mod pairing;
pub mod points;
pub mod posts;
pub mod schedules;
pub mod setup;
pub mod shares;
pub mod suggestions;
pub mod tokens;
pub mod visitors;

/// A failure that no use case foresees: it passes through every one of them.
pub type Failure = crate::store::StoreError;
