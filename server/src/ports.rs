//! The outside that is not chat: fetching pages, reading feeds.

pub mod feed_parser;
pub mod fetch;
