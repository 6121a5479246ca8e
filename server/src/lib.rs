//! The central service of Chorus: rules, use cases, storage, HTTP and jobs.
//!
//! ```text
//! http (api, public) ─┐
//! jobs ───────────────┼→ service → domain          domain → entity (types only)
//!                     ┘      ├───→ store → entity
//! http/public (redirect) → ingest → store
//!                            └───→ ports
//! ```
//!
//! To add a capability: its rule in [`domain`], its queries in [`store`], its
//! use case in [`service`], and then a door in `http` or `jobs`.

pub mod app;
pub mod chance;
pub mod clock;
pub mod config;
pub mod domain;
pub mod http;
pub mod ingest;
pub mod jobs;
pub mod metrics;
pub mod ports;
pub mod running;
pub mod secrets;
pub mod serve;
pub mod service;
pub mod store;
#[cfg(feature = "test-support")]
#[expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "where a test's surroundings fail, the test stops at once"
)]
pub mod test_support;
pub mod wake;
