//! RSS, RDF and Atom, by feed-rs. Where one item breaks the document, each item
//! is read by itself within the document's own frame.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model::Feed;
use feed_rs::parser::{self, ParseErrorKind, ParseFeedError};

use super::entry::raw_item;
use super::pieces::{self, Pieces};
use super::{ITEMS_LIMIT, NoFeed, ParsedFeed, ParsedItem};
use crate::domain::feed::RawItem;

/// Bytes before the first item that are read once more for each item of a broken feed.
const HEAD_LIMIT: usize = 65_536;

pub(super) fn parse(document: &[u8], base: &str) -> Result<ParsedFeed, NoFeed> {
    let pieces = pieces::find(document);
    if pieces.too_deep {
        return Err(NoFeed::TooDeep);
    }
    if pieces.too_wide {
        return Err(NoFeed::Broken("a tag has too many attributes".to_owned()));
    }
    match read(document, base) {
        Ok(feed) => Ok(whole(document, &pieces, feed)),
        Err(fault) => {
            // Its first tag tells a feed with a broken part from any other page.
            let Some(frame) = Frame::of(document, &pieces) else {
                return Err(fault);
            };
            // It is read anew before each item.
            if frame.head.len() > HEAD_LIMIT {
                return Err(fault);
            }
            Ok(piecewise(document, &pieces, &frame, base))
        }
    }
}

fn read(document: &[u8], base: &str) -> Result<Feed, NoFeed> {
    if declares_again(document) {
        let reason = "another document begins within it";
        return Err(NoFeed::Broken(reason.to_owned()));
    }
    let parser = parser::Builder::new()
        .base_uri(Some(base))
        // An id made up at random would make another item of it at each reading.
        .id_generator(|_, _, _| String::new())
        .build();
    // The reader of XML below the parser panics over some documents, such as those that
    // change their letters on the way; what strangers send ends nobody's work.
    catch_unwind(AssertUnwindSafe(|| parser.parse(document)))
        .unwrap_or(Err(ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot)))
        .map_err(|error| match error {
            ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => NoFeed::Unknown,
            other => NoFeed::Broken(other.to_string()),
        })
}

/// Whether a declaration as documents begin with stands elsewhere than at the beginning.
fn declares_again(document: &[u8]) -> bool {
    let after = document.get(1..).unwrap_or_default();
    after
        .windows(6)
        .any(|six| matches!(six, [b'<', b'?', b'x', b'm', b'l', end] if end.is_ascii_whitespace()))
}

fn whole(document: &[u8], pieces: &Pieces, mut feed: Feed) -> ParsedFeed {
    feed.entries.truncate(ITEMS_LIMIT);
    let lines = pieces.lines(document);
    let known = pieces.items.len() == feed.entries.len();
    let items = feed
        .entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let line = lines.get(index).filter(|_| known).copied();
            ParsedItem {
                place: place(index, line),
                raw: raw_item(&feed, entry),
                unreadable: None,
            }
        })
        .collect();
    ParsedFeed {
        title: feed.title.map(|title| title.content),
        items,
    }
}

fn piecewise(document: &[u8], pieces: &Pieces, frame: &Frame, base: &str) -> ParsedFeed {
    let mut parsed = ParsedFeed::default();
    let lines = pieces.lines(document);
    for (index, piece) in pieces.items.iter().enumerate() {
        let text = document.get(piece.clone()).unwrap_or_default();
        let (raw, unreadable) = match read(&frame.around(text), base) {
            Ok(feed) => {
                if parsed.title.is_none() {
                    parsed.title = feed.title.as_ref().map(|title| title.content.clone());
                }
                match feed.entries.first() {
                    Some(entry) => (raw_item(&feed, entry), None),
                    None => (unread(text), Some("it is empty".to_owned())),
                }
            }
            Err(NoFeed::Broken(reason)) => (unread(text), Some(reason)),
            Err(NoFeed::Unknown | NoFeed::TooDeep) => {
                (unread(text), Some("its tags do not match".to_owned()))
            }
        };
        parsed.items.push(ParsedItem {
            place: place(index, lines.get(index).copied()),
            raw,
            unreadable,
        });
    }
    parsed
}

/// What an item that cannot be read is known by: its own text.
fn unread(text: &[u8]) -> RawItem {
    RawItem {
        texts: vec![crate::domain::feed::Markup::Html(
            String::from_utf8_lossy(text).into_owned(),
        )],
        ..RawItem::default()
    }
}

fn place(index: usize, line: Option<usize>) -> String {
    let number = index + 1;
    match line {
        Some(line) => format!("item {number}, line {line}"),
        None => format!("item {number}"),
    }
}

/// What stands before the first item, and what closes it.
struct Frame {
    head: Vec<u8>,
    tail: &'static [u8],
}

impl Frame {
    fn of(document: &[u8], pieces: &Pieces) -> Option<Self> {
        let first = pieces.items.first()?;
        let head = document.get(..first.start)?;
        let text = String::from_utf8_lossy(head).to_ascii_lowercase();
        let (tail, head): (&'static [u8], Vec<u8>) = if text.contains("<rss") {
            (b"</channel></rss>", with_known_version(head))
        } else if text.contains("rdf>") || text.contains("<rdf:rdf") {
            // In RDF items stand beside the channel, which is closed by then.
            (b"</rdf:RDF>", head.to_vec())
        } else if text.contains("<feed") {
            (b"</feed>", head.to_vec())
        } else {
            return None;
        };
        Some(Self { head, tail })
    }

    fn around(&self, item: &[u8]) -> Vec<u8> {
        [self.head.as_slice(), item, self.tail].concat()
    }
}

/// RSS 0.93, 0.94 and feeds that name no version are read as 2.0, whose subset they are.
fn with_known_version(head: &[u8]) -> Vec<u8> {
    let Some(start) = head
        .windows(4)
        .position(|window| window.eq_ignore_ascii_case(b"<rss"))
    else {
        return head.to_vec();
    };
    let (before, tag) = head.split_at(start);
    let length = tag
        .iter()
        .position(|byte| *byte == b'>')
        .map_or(tag.len(), |end| end + 1);
    let (tag, after) = tag.split_at(length);
    let text = String::from_utf8_lossy(tag);
    let kept: Vec<&str> = text
        .trim_end_matches('>')
        .split_ascii_whitespace()
        .skip(1)
        .filter(|attribute| !attribute.to_ascii_lowercase().starts_with("version"))
        .collect();
    let tag = format!("<rss version=\"2.0\" {}>", kept.join(" "));
    [before, tag.as_bytes(), after].concat()
}
