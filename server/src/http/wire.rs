//! From rows to what travels, and back: exhaustive, one file per resource.

pub mod audience;
pub mod broadcasts;
pub mod connections;
pub mod content;
pub mod deliveries;
pub mod enums;
pub mod export;
pub mod feeds;
pub mod figures;
pub mod identity;
pub mod imports;
pub mod insight;
pub mod leaderboard;
pub mod library;
pub mod me;
pub mod media;
pub mod member;
pub mod operations;
pub mod organization;
pub mod plans;
pub mod posts;
pub mod previews;
pub mod proposals;
pub mod retention;
pub mod reviews;
pub mod session;
pub mod settings;
pub mod setup;
pub mod share;
pub mod suggestions;
pub mod token;

use server_api::page::Page;

use super::extract::cursor;
use crate::domain::page::Slice;

/// A page of wire items from a page of rows.
pub fn page<T, W>(slice: Slice<T>, convert: impl Fn(T) -> W) -> Page<W> {
    Page {
        items: slice.items.into_iter().map(convert).collect(),
        next: slice.next.map(cursor),
    }
}
