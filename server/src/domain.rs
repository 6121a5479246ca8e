//! Rules: pure functions on rows, one file per subject. No `async`, no database, no clock.

pub mod delivery;
pub mod fault;
pub mod length;
pub mod permission;
pub mod post;
pub mod web_address;
