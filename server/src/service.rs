//! Use cases, one file per resource: each begins a transaction, loads, asks the rule, writes, commits.

pub mod access;
pub mod actor;
pub mod audit;
pub mod idempotency;
pub mod jobs;
