//! Rules: pure functions on rows, one file per subject. No `async`, no database, no clock.

pub mod permission;
