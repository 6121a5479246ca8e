//! What travels over HTTP: one file per resource.
//!
//! Ids are plain UUIDv7, times RFC 3339 in UTC with microseconds, lists are
//! [`page::Page`]s, and every refusal is a [`problem::Problem`] with a closed
//! [`problem::Code`]. Requests refuse unknown fields; answers may grow new ones.
//!
//! To add a resource: its wire types here, its conversion in the server's
//! `http/wire`, its operations in `http/api`, its call in [`client`].

pub mod audience;
pub mod broadcast;
pub mod cadence;
pub mod campaign;
pub mod check;
#[cfg(feature = "client")]
pub mod client;
pub mod connection;
pub mod console;
pub mod content_rules;
pub mod delivery;
pub mod enums;
pub mod examination;
pub mod export;
pub mod feed;
pub mod identity;
pub mod ids;
pub mod import;
pub mod insight;
pub mod installation;
pub mod leaderboard;
pub mod lease;
pub mod library;
pub mod me;
pub mod media;
pub mod member;
#[cfg(feature = "metrics")]
pub mod metrics;
pub mod operations;
pub mod organization;
pub mod page;
pub mod post;
pub mod preview;
pub mod problem;
pub mod proposal;
pub mod retention;
pub mod review;
pub mod session;
pub mod settings;
pub mod share;
pub mod suggestion;
pub mod team;
pub mod token;
pub mod topic;
pub mod version;

#[cfg(test)]
mod tests;
