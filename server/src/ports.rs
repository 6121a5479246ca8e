//! The outside that is not chat: fetching pages, reading feeds, telling countries, asking
//! login providers; and of the chats what lets the bot in.

pub mod card_preview;
pub mod chat_oauth;
pub mod country;
pub mod feed_parser;
pub mod fetch;
pub mod openid;
pub mod page_reader;
