//! What feeds say, by the reading of others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use server::domain::feed::{Item, read};
use server::domain::plain_text;
use server::ports::feed_parser::{ParsedFeed, parse};
use url::Url;

/// Names the file that `tests/checks/feeds.py` writes.
const READINGS: &str = "CHORUS_FEEDS";

/// A feed and what feedparser reads there.
#[derive(Deserialize)]
struct Reading {
    name: String,
    url: String,
    document: String,
    title: Option<String>,
    items: Vec<Theirs>,
}

/// An item as feedparser reads it.
#[derive(Deserialize)]
struct Theirs {
    title: Option<String>,
    is_plain: bool,
    link: Option<String>,
    published: Option<i64>,
}

impl Theirs {
    /// The title as people read it.
    fn called(&self) -> Option<String> {
        let title = self.title.as_deref()?;
        Some(if self.is_plain {
            plain_text::one_line(title)
        } else {
            plain_text::from_html(title)
        })
    }

    /// The link as addresses are written.
    fn page(&self) -> Option<String> {
        let link = self.link.as_deref()?;
        Some(Url::parse(link).map_or_else(|_| link.to_owned(), Into::into))
    }
}

fn ours(reading: &Reading) -> ParsedFeed {
    let document = STANDARD.decode(&reading.document).unwrap();
    let parsed = parse(&document, &reading.url);
    parsed.unwrap_or_else(|fault| panic!("{}: {fault}", reading.name))
}

/// Where the two of an item differ.
fn differences(theirs: &Theirs, ours: &Item) -> Vec<String> {
    let mut differ = Vec::new();
    // Where there is no title, ours is the beginning of the text.
    if let Some(title) = theirs.called()
        && title != ours.title
    {
        differ.push(format!("title {:?}, not {title:?}", ours.title));
    }
    if theirs.page().as_deref() != Some(ours.url.as_str()) {
        differ.push(format!("link {:?}, not {:?}", ours.url, theirs.page()));
    }
    let published = ours.published.map(|at| at.timestamp());
    if published != theirs.published {
        differ.push(format!("time {published:?}, not {:?}", theirs.published));
    }
    differ
}

#[test]
#[ignore = "needs the readings of others: `tests/checks/run feeds` installs them and runs this"]
#[expect(
    clippy::disallowed_methods,
    reason = "where the readings lie is no part of the configuration"
)]
fn feeds_say_to_us_what_they_say_to_others() {
    let file = std::env::var(READINGS).unwrap();
    let readings: Vec<Reading> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert!(readings.len() >= 50);
    let mut differ = Vec::new();
    for reading in &readings {
        let name = &reading.name;
        let feed = ours(reading);
        let title = feed.title.as_deref().map(plain_text::from_html);
        if title != reading.title {
            differ.push(format!("{name}: title {title:?}, not {:?}", reading.title));
        }
        if feed.items.len() != reading.items.len() {
            let (mine, theirs) = (feed.items.len(), reading.items.len());
            differ.push(format!("{name}: {mine} items, not {theirs}"));
        }
        for (theirs, parsed) in reading.items.iter().zip(&feed.items) {
            match read(&parsed.raw) {
                Ok(item) => differ.extend(
                    differences(theirs, &item)
                        .into_iter()
                        .map(|one| format!("{name}, {}: {one}", parsed.place)),
                ),
                Err(fault) => differ.push(format!("{name}, {}: {fault}", parsed.place)),
            }
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
