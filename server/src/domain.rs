//! Rules: pure functions on rows, one file per subject. No `async`, no database, no clock.

pub mod backoff;
pub mod cadence;
pub mod click;
pub mod dealing;
pub mod delivery;
pub mod destination;
pub mod email;
pub mod fault;
pub mod feed;
pub mod intent;
pub mod joining;
pub mod leaderboard;
pub mod length;
pub mod page;
pub mod permission;
pub mod plain_text;
pub mod points;
pub mod post;
pub mod pseudonym;
pub mod public_address;
pub mod quiet;
pub mod share;
pub mod signed;
pub mod visitor;
pub mod web_address;
