//! Where items begin and end in an XML document, without reading what they say.

use std::ops::Range;

use super::ITEMS_LIMIT;

/// Deepest nesting that is handed to the parser, whose own depth is bounded by the stack.
const DEPTH_LIMIT: usize = 200;

/// Attributes of one tag, at most: the parser compares each with all before it.
const ATTRIBUTES_LIMIT: usize = 1_000;

/// How deep an item stands: within `rss` and `channel`.
const ITEM_DEPTH: usize = 3;

/// The items of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    /// Bytes from the beginning of each item's tag to the end of its closing tag.
    pub items: Vec<Range<usize>>,
    /// Whether elements are nested too deeply to be read.
    pub too_deep: bool,
    /// Whether a tag has more attributes than are read.
    pub too_wide: bool,
}

impl Pieces {
    /// The number of the line in which each item begins, from 1.
    pub fn lines(&self, document: &[u8]) -> Vec<usize> {
        let (mut line, mut at) = (1, 0);
        self.items
            .iter()
            .map(|piece| {
                let between = document.get(at..piece.start).unwrap_or_default();
                line += memchr::memchr_iter(b'\n', between).count();
                at = piece.start;
                line
            })
            .collect()
    }
}

/// Finds the items: elements `item` or `entry`, whatever their prefix, outside
/// comments and CDATA. One that is never closed ends where the next begins.
pub(super) fn find(document: &[u8]) -> Pieces {
    let mut pieces = Pieces::default();
    let mut open: Option<usize> = None;
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(start) = position(document, at, b"<") {
        let tail = document.get(start..).unwrap_or_default();
        if let Some(length) = skipped(tail) {
            at = start + length;
            continue;
        }
        at = position(document, start, b">").map_or(document.len(), |end| end + 1);
        let tag = document.get(start..at).unwrap_or_default();
        let closes = tag.starts_with(b"</");
        let empty = tag.ends_with(b"/>");
        if closes {
            depth = depth.saturating_sub(1);
        } else if !empty {
            depth += 1;
            pieces.too_deep |= depth > DEPTH_LIMIT;
        }
        let attributes = memchr::memchr_iter(b'=', tag).count();
        pieces.too_wide |= attributes > ATTRIBUTES_LIMIT;
        if !is_item(tag) {
            continue;
        }
        if let Some(begun) = open.take() {
            pieces.items.push(begun..if closes { at } else { start });
        }
        if empty {
            pieces.items.push(start..at);
        } else if !closes {
            // What an unclosed item left open does not count against the next.
            depth = depth.min(ITEM_DEPTH);
            open = Some(start);
        }
    }
    if let Some(begun) = open {
        pieces.items.push(begun..document.len());
    }
    pieces.items.truncate(ITEMS_LIMIT);
    pieces
}

/// How long the comment, CDATA section or instruction is that `tail` begins with.
fn skipped(tail: &[u8]) -> Option<usize> {
    let until = |mark: &[u8]| position(tail, 0, mark).map_or(tail.len(), |end| end + mark.len());
    if tail.starts_with(b"<!--") {
        Some(until(b"-->"))
    } else if tail.starts_with(b"<![CDATA[") {
        Some(until(b"]]>"))
    } else if tail.starts_with(b"<?") {
        Some(until(b"?>"))
    } else if tail.starts_with(b"<!") {
        Some(until(b">"))
    } else {
        None
    }
}

fn is_item(tag: &[u8]) -> bool {
    let inner = tag
        .strip_prefix(b"</")
        .or_else(|| tag.strip_prefix(b"<"))
        .unwrap_or_default();
    let name = inner
        .split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        .next()
        .unwrap_or_default();
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    local == b"item" || local == b"entry"
}

fn position(haystack: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        let rest = haystack.get(at..)?;
        at += rest.iter().position(|byte| *byte == first)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(document: &str) -> Vec<&str> {
        find(document.as_bytes())
            .items
            .into_iter()
            .map(|piece| document.get(piece).unwrap())
            .collect()
    }

    #[test]
    fn items_are_found_outside_comments_and_cdata() {
        let document = "<rss><items/><!-- <item> --><item>a<![CDATA[</item>]]></item>\
                        <rss:item x='1'>b</rss:item></rss>";
        assert_eq!(
            texts(document),
            [
                "<item>a<![CDATA[</item>]]></item>",
                "<rss:item x='1'>b</rss:item>"
            ]
        );
    }

    #[test]
    fn an_item_that_is_never_closed_ends_where_the_next_begins() {
        assert_eq!(
            texts("<feed><entry>a<entry>b</entry><entry>c"),
            ["<entry>a", "<entry>b</entry>", "<entry>c"]
        );
    }

    #[test]
    fn an_empty_item_is_one() {
        assert_eq!(
            texts("<a><item/><item>b</item></a>"),
            ["<item/>", "<item>b</item>"]
        );
    }

    #[test]
    fn lines_are_counted_from_one() {
        let document = b"<item/>\n\n<item>\n</item><item/>";
        assert_eq!(find(document).lines(document), [1, 3, 4]);
    }

    #[test]
    fn endless_attributes_are_noticed() {
        assert!(find(format!("<a{}>", " b='c'".repeat(1_001)).as_bytes()).too_wide);
        assert!(!find(format!("<a{}>", " b='c'".repeat(1_000)).as_bytes()).too_wide);
    }

    #[test]
    fn endless_nesting_is_noticed() {
        assert!(find("<a>".repeat(DEPTH_LIMIT + 1).as_bytes()).too_deep);
        assert!(!find("<a></a>".repeat(DEPTH_LIMIT + 1).as_bytes()).too_deep);
    }
}
