//! The chat adapters: platform payloads in, native messages out, deliveries carried.
//!
//! What is said is decided in the package `conversation`; what is true is decided by
//! the server, over its HTTP API. Here is only how a platform is spoken to.
//!
//! To add a platform: a folder with the same file names as `slack/`, a [`messenger`]
//! for the courier, a `Directory` for strangers, and a `run_…` for the composition.

pub mod clock;
pub mod courier;
pub mod discord;
pub mod endpoint;
pub mod examination;
pub mod fitting;
mod hex;
pub mod http_backend;
pub mod installations;
pub mod messenger;
pub mod metrics;
pub mod outbox;
pub mod preview;
pub mod recent;
pub mod replays;
pub mod slack;

pub use discord::{DiscordConfig, DiscordError, DiscordMode, run_discord};
pub use metrics::Metrics;
pub use slack::{SlackConfig, SlackError, SlackMode, run_slack};

#[cfg(test)]
mod tests;
