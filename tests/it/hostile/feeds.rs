//! Feeds: those of the fixtures and smaller ones, changed, cut, nested, in wrong letters.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use server::domain::feed;
use server::ports::feed_parser::{NoFeed, parse};

use super::mutation::{bytes, edits};
use super::{many, timed};

const BASE: &str = "https://news.example/feed";
const WORDS: [&str; 26] = [
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<link href=\"",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml encoding=\"UTF-16\"?>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&#x110000;",
    "&#xD800;",
    "&amp;",
    "xmlns=\"",
    "{",
    "}",
    "[",
    "]",
    "\"url\":",
    "javascript:",
    "data:",
];
const SMALL_RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>\
    <item><title>One &amp; all</title><link>https://news.example/1</link><guid>1</guid>\
    <description><![CDATA[<p>Words</p>]]></description><pubDate>Mon, 16 Nov 2026 10:00:00 GMT\
    </pubDate><enclosure url=\"https://news.example/1.png\" type=\"image/png\" length=\"1\"/></item>\
    </channel></rss>";
const SMALL_ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>\
    <entry><id>urn:1</id><title type=\"html\">&lt;b&gt;One&lt;/b&gt;</title>\
    <link href=\"https://news.example/1\"/><updated>2026-11-16T10:00:00Z</updated>\
    <summary>Words</summary></entry></feed>";
const SMALL_JSON: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"News\",\
    \"items\":[{\"id\":\"1\",\"url\":\"https://news.example/1\",\"title\":\"One\",\
    \"content_html\":\"<p>Words</p>\",\"image\":\"https://news.example/1.png\",\
    \"date_published\":\"2026-11-16T10:00:00Z\"}]}";

/// The recorded ones, save the longest.
static RECORDED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/feeds");
    let mut all: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .filter(|document| document.len() < 4_000)
        .collect();
    all.sort_unstable();
    assert!(all.len() >= 5);
    all
});

/// A small feed mostly, so that most changes hit what means something.
fn seed(choice: u8) -> Vec<u8> {
    let small = [SMALL_RSS, SMALL_ATOM, SMALL_JSON];
    if choice.is_multiple_of(16) {
        let recorded = &*RECORDED;
        recorded[usize::from(choice / 16) % recorded.len()].clone()
    } else {
        small[usize::from(choice) % small.len()].into()
    }
}

/// Reads a document to the end, as an import does; says what came of it.
fn swallow(document: &[u8]) -> Result<usize, NoFeed> {
    let feed = timed(|| parse(document, BASE))?;
    for item in &feed.items {
        assert!(item.place.len() < 100, "{}", item.place);
        let named = feed::label(&item.raw);
        assert!(named.chars().count() <= 300, "{named}");
        if let Ok(read) = timed(|| feed::read(&item.raw)) {
            assert!(read.url.starts_with("https://") || read.url.starts_with("http://"));
            assert!(
                (1..=200).contains(&read.title.chars().count()),
                "{}",
                read.title
            );
            for text in [&read.title, &read.summary] {
                assert!(!text.contains(['\0', '\u{1b}']), "{text:?}");
                assert!(text.chars().count() <= 2_000);
            }
            let draft = read.draft().checked(server::test_support::start());
            assert!(draft.is_ok(), "{draft:?}");
        }
    }
    Ok(feed.items.len())
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_changed_feed_is_read_item_by_item_or_refused(choice: u8, edits in edits()) {
        let document = bytes(&seed(choice), &edits, &WORDS);
        let outcome = swallow(&document);
        // However it was changed, it does not grow beyond what stands in it.
        if let Ok(items) = outcome {
            prop_assert!(items <= document.len() / 4);
        }
    }
}

/// Documents that are meant to take long.
fn monsters() -> Vec<String> {
    let rss = |inner: &str| format!("<rss version=\"2.0\"><channel>{inner}</channel></rss>");
    let item = |inner: &str| rss(&format!("<item>{inner}<link>https://e.org/1</link></item>"));
    let long = "x".repeat(1_000_000);
    let laugh = |n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    let laughs = (1..12).map(laugh).collect::<Vec<_>>().concat();
    let bomb = format!("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY l0 \"ha\">{laughs}]>");
    let attribute = |n| format!(" a{n}=\"b\"");
    let attributes = (0..50_000).map(attribute).collect::<Vec<_>>().concat();
    [
        rss(&"<a>".repeat(200_000)),
        rss(&"<a>".repeat(10_000)) + &"</a>".repeat(10_000),
        item(&format!("<title>{}</title>", "<b>".repeat(100_000))),
        item(&format!("<title>{long}</title>")),
        item(&format!("<title>{}</title>", "&amp;".repeat(200_000))),
        item(&format!("<title>{}</title>", "&lt;div&gt;".repeat(100_000))),
        item(&format!(
            "<description>{}</description>",
            "&lt;a ".repeat(100_000)
        )),
        item(&format!(
            "<description>{}</description>",
            "&lt;!--".repeat(100_000)
        )),
        item(&format!("<title a=\"{long}\">x</title>")),
        item(&format!("<title{attributes}>x</title>")),
        item(&format!("<{long}>x</{long}>")),
        item(&format!("<title>x</title><!--{long}")),
        item(&format!("<title><![CDATA[{long}")),
        item(&format!("<link>https://e.org/{long}</link>")),
        rss(&"<item/>".repeat(100_000)),
        format!("{bomb}{}", item("<title>&l11;&l11;</title>")),
        format!(
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
            item("<title>&x;</title>")
        ),
        format!(
            "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/evil.dtd\">{}",
            item("<title>x</title>")
        ),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}",
            "[".repeat(500_000)
        ),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"a\":{}1{}}}",
            "[".repeat(100),
            "]".repeat(100)
        ),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{\"title\":\"{long}\"}}]}}"
        ),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}1]}}",
            "{},".repeat(100_000)
        ),
        "\u{feff}<".into(),
        "<".repeat(1_000_000),
        "&".repeat(1_000_000),
    ]
    .to_vec()
}

#[test]
fn hostile_feeds_of_every_size_end_soon() {
    for document in monsters() {
        let start: String = document.chars().take(60).collect();
        let outcome = swallow(document.as_bytes());
        let leaked = parse(document.as_bytes(), BASE)
            .is_ok_and(|feed| format!("{feed:?}").contains("root:"));
        assert!(!leaked, "{start}: {outcome:?}");
    }
}

#[test]
fn feeds_in_other_letters_are_read_or_refused() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units
            .flat_map(|unit: u16| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let declared = |charset: &str| {
        SMALL_RSS
            .replace("?>", &format!(" encoding=\"{charset}\"?>"))
            .replace("One", "Un\u{e9}")
    };
    for document in [
        utf16(SMALL_RSS, true),
        utf16(SMALL_RSS, false),
        utf16(&declared("UTF-8"), false),
        utf16(SMALL_JSON, true),
        declared("ISO-8859-1")
            .chars()
            .filter_map(|letter| u8::try_from(letter).ok())
            .collect(),
        declared("windows-1252").into_bytes(),
        declared("UTF-16").into_bytes(),
        declared("UTF-7").into_bytes(),
        declared("x-no-such").into_bytes(),
        declared(&"x".repeat(10_000)).into_bytes(),
        SMALL_RSS.bytes().flat_map(|byte| [byte, 0xff]).collect(),
    ] {
        let _ = swallow(&document);
    }
}
