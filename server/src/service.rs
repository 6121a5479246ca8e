//! Use cases, one file per resource: each begins a transaction, loads, asks the rule, writes, commits.

pub mod actor;
