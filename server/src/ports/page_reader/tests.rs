//! Pages in the shapes that are met outside.

use proptest::prelude::*;

use super::*;

fn page(body: &[u8]) -> Page {
    Page {
        url: Url::parse("https://acme.example/news/tea?utm_source=x").unwrap(),
        body: body.to_vec(),
        content_type: Some("text/html".to_owned()),
    }
}

fn unfurled(html: &str) -> Unfurled {
    read(&page(html.as_bytes()))
}

#[test]
fn open_graph_is_believed_first_and_addresses_become_absolute() {
    let told = unfurled(
        r#"<!doctype html><html lang="de-AT"><head><title>Tab | Acme</title>
        <meta property="og:title" content="  Tea &amp; coffee
          today"><meta name="twitter:title" content="Other">
        <meta property="og:description" content="What we drink.">
        <meta property="og:image" content="/pictures/tea.png">
        <meta property="og:image:alt" content="A pot">
        <meta property="og:site_name" content="Acme News"><meta property="og:type" content="article">
        <meta property="article:published_time" content="2026-11-16T10:00:00+01:00">
        <link rel="canonical" href="../tea"></head><body><h1 class="title">H</h1></body>"#,
    );
    assert_eq!(told.title.as_deref(), Some("Tea & coffee today"));
    assert_eq!(told.description.as_deref(), Some("What we drink."));
    assert_eq!(
        told.image.as_deref(),
        Some("https://acme.example/pictures/tea.png")
    );
    assert_eq!(told.image_alt.as_deref(), Some("A pot"));
    assert_eq!(told.site.as_deref(), Some("Acme News"));
    assert_eq!(told.kind.as_deref(), Some("article"));
    assert_eq!(told.language, Some(Language::De));
    assert_eq!(told.url, "https://acme.example/tea");
    assert_eq!(
        told.published.unwrap().to_rfc3339(),
        "2026-11-16T09:00:00+00:00"
    );
}

#[test]
fn without_open_graph_other_places_are_asked_in_their_order() {
    for (html, title) in [
        (
            r#"<meta name="twitter:title" content="Card"><title>Tab</title>"#,
            Some("Card"),
        ),
        ("<title>\n Tab </title>", Some("Tab")),
        (
            r#"<meta property="og:title" content=" "><title>Tab</title>"#,
            Some("Tab"),
        ),
        (
            r#"<script type="application/ld+json">{"headline": "Linked"}</script>"#,
            Some("Linked"),
        ),
        (
            r#"<script type="application/ld+json">{"@graph": [{"a": 1}, {"headline": "G"}]}</script>"#,
            Some("G"),
        ),
        (r#"<h1 class="Post-Title">Heading</h1>"#, Some("Heading")),
        ("<h1>Heading</h1>", None),
        (
            r#"<script type="application/ld+json">{"headline": </script>"#,
            None,
        ),
        ("", None),
        ("nothing but text", None),
    ] {
        assert_eq!(unfurled(html).title.as_deref(), title, "{html}");
    }
    let told = unfurled(
        r#"<meta name="Description" content="Plain"><article><img src="a.jpg"></article>
        <time datetime="2026-11-16">Monday</time>"#,
    );
    assert_eq!(told.description.as_deref(), Some("Plain"));
    assert_eq!(
        told.image.as_deref(),
        Some("https://acme.example/news/a.jpg")
    );
    assert_eq!(
        told.published.unwrap().to_rfc3339(),
        "2026-11-16T00:00:00+00:00"
    );
    assert_eq!(told.url, "https://acme.example/news/tea?utm_source=x");
}

#[test]
fn addresses_that_nobody_may_be_led_to_are_left_out() {
    for address in [
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "ftp://acme.example/a",
        "https://user:secret@acme.example/a",
        "https://",
    ] {
        let told = unfurled(&format!(
            r#"<meta property="og:image" content="{address}"><meta property="og:url" content="{address}">"#
        ));
        assert_eq!(told.image, None, "{address}");
        assert_eq!(told.url, "https://acme.example/news/tea?utm_source=x");
    }
    let second = unfurled(
        r#"<meta property="og:image" content="data:x"><meta name="twitter:image" content="b.png">"#,
    );
    assert_eq!(
        second.image.as_deref(),
        Some("https://acme.example/news/b.png")
    );
}

#[test]
fn what_is_said_is_bounded_and_has_one_line() {
    let long = "word ".repeat(1_000);
    let told = unfurled(&format!(
        "<title>{long}</title><meta name=\"description\" content=\"{long}\">"
    ));
    assert!(told.title.unwrap().chars().count() <= TITLE_LIMIT);
    assert!(told.description.unwrap().chars().count() <= SUMMARY_LIMIT);
}

#[test]
fn a_page_that_goes_deep_is_read_all_the_same() {
    let deep = format!("{}<title>Deep</title>", "<div>".repeat(100_000));
    assert!(
        unfurled(&deep).title.is_none(),
        "too far down to be looked for"
    );
    let data = format!(
        "<script type=\"application/ld+json\">{}</script><title>Fine</title>",
        "[".repeat(100_000)
    );
    assert_eq!(unfurled(&data).title.as_deref(), Some("Fine"));
}

/// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where that is
/// more.
pub(super) fn many() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn hostile_pages_never_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&page(&body));
    }

    #[test]
    fn hostile_markup_never_panics(html in "[<>/a-z \"='!:&;#{}\\[\\]-]{0,80}") {
        let whole = format!("<meta property=\"og:title\" content=\"{html}\">{html}\
            <script type=\"application/ld+json\">{html}</script>");
        let told = unfurled(&whole);
        prop_assert!(told.title.is_none_or(|title| title.chars().count() <= TITLE_LIMIT));
    }
}
