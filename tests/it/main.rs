//! The integration suite: one binary, so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod architecture;
mod backup;
mod clicks;
mod cluster;
mod command_line;
mod contracts;
mod deployment;
mod described;
mod discord_part;
mod doctor;
mod erasure;
mod feeds;
mod figures;
mod hostile;
mod log_reference;
mod manifest;
mod migrations;
mod pages;
mod parity;
mod program;
mod protections;
mod roles;
mod rows;
mod samples;
mod secrets;
mod signatures;
mod slack_part;
mod stories;
mod survival;
mod tenants;
mod two_worlds;
mod user_agents;
mod web_security;
