//! How Slack reaches us.

pub mod socket;
