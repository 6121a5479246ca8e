//! Reading feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed. An item that cannot
//! be read is reported with its reason and line, and the rest goes on.

mod entry;
mod json;
mod pieces;
mod xml;

use thiserror::Error;

use crate::domain::feed::RawItem;

/// Items that are read of one document, the first: more than any feed keeps that people
/// read, and few enough that none takes the machine for itself.
const ITEMS_LIMIT: usize = 2_000;

/// A feed as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedFeed {
    /// Its own title, as it stands there.
    pub title: Option<String>,
    /// Its items, in the document's order.
    pub items: Vec<ParsedItem>,
}

/// An item and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedItem {
    /// Its place in the document, such as `item 3, line 42`.
    pub place: String,
    /// What it says, as far as that could be read.
    pub raw: RawItem,
    /// Why it could not be read to the end.
    pub unreadable: Option<String>,
}

/// Why a document is no feed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoFeed {
    /// It begins like no feed.
    #[error("the document is neither RSS nor Atom nor JSON Feed")]
    Unknown,
    /// It begins like a feed and cannot be read.
    #[error("the document cannot be read: {0}")]
    Broken(String),
    /// Elements within elements without end.
    #[error("the document is nested too deeply")]
    TooDeep,
}

/// Reads a document that was fetched from `base`.
pub fn parse(document: &[u8], base: &str) -> Result<ParsedFeed, NoFeed> {
    let document = document
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(document)
        .trim_ascii_start();
    match document.first() {
        Some(b'{') => json::parse(document, base),
        // A byte order mark of UTF-16 is the parser's to understand.
        Some(b'<' | 0xFE | 0xFF | 0) => xml::parse(document, base),
        Some(_) | None => Err(NoFeed::Unknown),
    }
}

#[cfg(test)]
mod tests;
