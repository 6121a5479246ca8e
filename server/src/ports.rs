//! The outside that is not chat: fetching pages, reading feeds, telling countries.

pub mod country;
pub mod feed_parser;
pub mod fetch;
