//! Tests of the module above.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::feed::{Item, read};

fn document(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/feeds");
    std::fs::read(folder.join(name)).unwrap()
}

fn feed(name: &str) -> ParsedFeed {
    parse(&document(name), "https://base.example/feed").unwrap()
}

/// Each item as its title and page, or its place and fault.
fn outcomes(feed: &ParsedFeed) -> Vec<String> {
    feed.items
        .iter()
        .map(|item| match (&item.unreadable, read(&item.raw)) {
            (None, Ok(read)) => format!("{} <{}>", read.title, read.url),
            (None, Err(fault)) => format!("{}: {fault}", item.place),
            (Some(_), _) => format!("{}: unreadable", item.place),
        })
        .collect()
}

fn items(name: &str) -> Vec<Item> {
    feed(name)
        .items
        .iter()
        .map(|item| read(&item.raw).unwrap())
        .collect()
}

#[test]
fn rss_0_91_in_latin_1_is_read() {
    let feed = feed("rss-0.91.xml");
    assert_eq!(feed.title.as_deref(), Some("Lake Observatory"));
    assert_eq!(
        outcomes(&feed),
        [
            "Der See ist wärmer als im März <http://lake.example/m%C3%A4rz>",
            "Ice & instruments <http://lake.example/ice?a=1&b=2>",
        ]
    );
    let first = &items("rss-0.91.xml")[0];
    assert_eq!(first.language, Some(entity::enums::Language::De));
    assert!(first.summary.starts_with("Zwölf Grad"));
}

#[test]
fn rss_of_versions_between_is_read() {
    assert_eq!(
        outcomes(&feed("rss-0.94.xml")),
        [
            "Platform two is open again <http://rail.example/2>",
            "The clock runs <http://rail.example/clock>",
        ]
    );
}

#[test]
fn rdf_is_read() {
    let items = items("rss-1.0.rdf.xml");
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].title, "A ledger with coffee rings");
    assert_eq!(
        items[0].published.unwrap().to_rfc3339(),
        "2026-10-02T06:30:00+00:00"
    );
    assert_eq!(items[1].summary, "Two surveyors, one river.");
}

#[test]
fn atom_is_read_with_its_bases_and_kinds_of_text() {
    let feed = feed("atom.xml");
    assert_eq!(
        outcomes(&feed),
        [
            "Use of <table> looms <https://loom.example/1>",
            "Warp and weft <https://loom.example/notes/2>",
            "Elsewhere <https://other.loom.example/3>",
            "Only an id <https://loom.example/4>",
        ]
    );
    let items = items("atom.xml");
    let picture = items[0].picture.as_ref().unwrap();
    assert_eq!(picture.url, "https://loom.example/1.png");
    assert_eq!(picture.alt.as_deref(), Some("A table loom"));
    assert_eq!(items[1].summary, "Over, under, over.");
    assert_eq!(items[2].summary, "Another & better loom.");
}

#[test]
fn json_feed_is_read_and_an_item_of_another_shape_harms_no_other() {
    let feed = feed("json-feed.json");
    assert_eq!(
        outcomes(&feed),
        [
            "Points & levers <https://signal.example/1>",
            "A short note without a headline. <https://base.example/2>",
            "By id <https://signal.example/3>",
            "item 4: unreadable",
            "item 5: unreadable",
            "Linked elsewhere <https://elsewhere.example/6>",
        ]
    );
    let third = read(&feed.items[2].raw).unwrap().picture.unwrap();
    assert_eq!(third.alt.as_deref(), Some("Signal at rest"));
}

#[test]
fn malformed_items_are_refused_with_reason_and_line() {
    assert_eq!(
        outcomes(&feed("malformed-items.rss.xml")),
        [
            "The first good one <https://half.example/good-1>",
            "item 2, line 8: it has no link",
            "item 3, line 9: its link must begin with http:// or https://",
            "item 4, line 10: it has neither a title nor a text",
            "item 5, line 11: its link must not carry a user name or password",
            "A date of nonsense is no fault <https://half.example/good-2>",
            "item 7, line 13: it has no link",
            "The last good one <https://half.example/good-3>",
        ]
    );
}

#[test]
fn an_item_that_breaks_the_document_harms_no_other() {
    assert_eq!(
        outcomes(&feed("broken-markup.rss.xml")),
        [
            "Whole <https://torn.example/1>",
            "item 2, line 8: unreadable",
            "Whole again <https://torn.example/3>",
            "item 4, line 10: unreadable",
        ]
    );
}

#[test]
fn two_hundred_items_of_every_shape_are_two_hundred_pages() {
    let items = items("two-hundred-items.rss.xml");
    let mut pages: Vec<&str> = items.iter().map(|i| i.canonical_url.as_str()).collect();
    assert_eq!(pages.len(), 200);
    for (index, page) in pages.iter().enumerate() {
        assert!(
            page.starts_with("https://news.harbour.example/2026/"),
            "{page}"
        );
        assert!(page.contains(&format!("/{:03}", index + 1)), "{page}");
    }
    pages.sort_unstable();
    pages.dedup();
    assert_eq!(pages.len(), 200);
    for item in &items {
        let text = format!("{} {}", item.title, item.summary);
        for markup in ["<p>", "&amp;", "&nbsp;", "track(", "color:red", "]]>"] {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
    }
    assert_eq!(
        items[13].title,
        "The longest hand-over is back – café & crew"
    );
    assert!(items[13].summary.starts_with("Café talk —"));
    let pictured: Vec<_> = items
        .iter()
        .take(20)
        .filter_map(|item| item.picture.as_ref()?.alt.clone())
        .collect();
    assert_eq!(pictured.len(), 3);
    assert_eq!(pictured[1], "The yard at dawn, picture 10");
    let dated = items.iter().filter(|item| item.published.is_some()).count();
    assert!(dated >= 165, "only {dated} dates were understood");
}

#[test]
fn what_is_no_feed_is_said_to_be_none() {
    for text in [
        "",
        "hello",
        "<html><body><item>no</item></body></html>",
        "{}",
        "{\"version\":\"https://example.org/1\",\"items\":[]}",
        "[1,2]",
    ] {
        assert_eq!(
            parse(text.as_bytes(), "https://e.org").unwrap_err(),
            NoFeed::Unknown,
            "{text}"
        );
    }
    assert!(matches!(
        parse(b"{\"version\":", "https://e.org"),
        Err(NoFeed::Broken(_))
    ));
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(100_000));
    assert_eq!(
        parse(deep.as_bytes(), "https://e.org").unwrap_err(),
        NoFeed::TooDeep
    );
}

#[test]
fn an_entity_bomb_stays_small() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">\
                <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><rss version=\"2.0\"><channel>\
                <item><title>&b;&b;&b;</title><link>https://e.org/1</link></item></channel></rss>";
    let feed = parse(bomb.as_bytes(), "https://e.org").unwrap();
    assert_eq!(read(&feed.items[0].raw).unwrap().title, "&b;&b;&b;");
}

proptest! {
    #[test]
    fn no_document_panics(noise in "[<>/&;!\\[\\]a-z\"'= \\n-]{0,200}", cut in 0usize..4_000) {
        let _ = parse(noise.as_bytes(), "https://e.org");
        let feed = format!("<rss version=\"2.0\"><channel><item>{noise}</item></channel></rss>");
        let _ = parse(feed.as_bytes(), "https://e.org");
        let whole = document("atom.xml");
        let _ = parse(whole.get(..cut).unwrap_or(&whole), "https://e.org");
    }
}
