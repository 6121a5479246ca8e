//! What pages say of themselves, by the reading of others.

use std::collections::BTreeSet;

use serde::Deserialize;
use server::ports::fetch::Page;
use server::ports::page_reader::{Unfurled, read};

/// Names the file that `tests/checks/pages.mjs` and `pages.py` write.
const READINGS: &str = "CHORUS_PAGES";

/// A page and what metascraper reads there.
#[derive(Deserialize)]
struct Reading {
    name: String,
    url: String,
    html: String,
    title: Option<String>,
    description: Option<String>,
    image: Option<String>,
    publisher: Option<String>,
    canonical: Option<String>,
    /// What linkpreview reads there; none where it gives up.
    preview: Option<Preview>,
}

/// What linkpreview reads in a page.
#[derive(Deserialize)]
struct Preview {
    title: Option<String>,
    description: Option<String>,
    image: Option<String>,
    site: Option<String>,
}

/// Where linkpreview reads something else than metascraper and we, and why.
const APART: [(&str, &str, &str); 19] = [
    (
        "03_secure_picture",
        "image",
        "it asks for no secure address",
    ),
    ("04_picture_by_url", "image", "it knows no `og:image:url`"),
    (
        "06_twitter_by_property",
        "title",
        "it takes Twitter's cards by `name` alone",
    ),
    ("06_twitter_by_property", "description", "the same"),
    ("06_twitter_by_property", "image", "the same"),
    (
        "07_twitter_image_src",
        "image",
        "it knows no `twitter:image:src`",
    ),
    (
        "10_itemprop",
        "description",
        "it takes `itemprop` within an `itemscope` alone",
    ),
    ("10_itemprop", "image", "the same"),
    (
        "12_linked_data_no_title",
        "title",
        "it knows names, and no `headline`",
    ),
    (
        "13_linked_data_graph",
        "description",
        "it does not look into a `@graph`",
    ),
    ("13_linked_data_graph", "image", "the same"),
    (
        "14_linked_data_article_body",
        "description",
        "it knows no `articleBody`",
    ),
    (
        "15_two_blocks",
        "title",
        "it takes the site's name for the page's title",
    ),
    (
        "15_two_blocks",
        "site",
        "it takes whatever is a website for this one",
    ),
    (
        "18_picture_of_content",
        "description",
        "it takes the first paragraph for one",
    ),
    ("40_time_element", "description", "the same"),
    ("47_svg_title", "description", "the same"),
    (
        "48_noscript",
        "image",
        "it takes what counts readers for a picture",
    ),
    (
        "16_broken_linked_data",
        "page",
        "it gives up where linked data is no JSON",
    ),
];

#[expect(
    clippy::disallowed_methods,
    reason = "where the readings lie is no part of the configuration"
)]
fn readings() -> Vec<Reading> {
    let file = std::env::var(READINGS).unwrap();
    let readings: Vec<Reading> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert!(readings.len() >= 50);
    readings
}

fn ours(reading: &Reading) -> Unfurled {
    read(&Page {
        url: reading.url.parse().unwrap(),
        body: reading.html.clone().into_bytes(),
        content_type: Some("text/html; charset=utf-8".to_owned()),
    })
}

/// As one line, with plain quotation marks: the other side makes them pretty.
fn plain(text: Option<&str>) -> Option<String> {
    let text = text?.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty()).then_some(line)
}

#[test]
#[ignore = "needs the readings of others: `tests/checks/run pages` installs them and runs this"]
fn pages_say_to_us_what_they_say_to_others() {
    let mut differ = Vec::new();
    for reading in &readings() {
        let told = ours(reading);
        for (what, mine, theirs) in [
            ("title", told.title.as_deref(), reading.title.as_deref()),
            (
                "description",
                told.description.as_deref(),
                reading.description.as_deref(),
            ),
            ("image", told.image.as_deref(), reading.image.as_deref()),
            ("url", Some(told.url.as_str()), reading.canonical.as_deref()),
        ] {
            if plain(mine) != plain(theirs) {
                differ.push(format!("{}: {what} {mine:?}, not {theirs:?}", reading.name));
            }
        }
        // They also guess a publisher from the title, which we do not.
        if told.site.is_some() && plain(told.site.as_deref()) != plain(reading.publisher.as_deref())
        {
            differ.push(format!(
                "{}: site {:?}, not {:?}",
                reading.name, told.site, reading.publisher
            ));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}

/// Where a page says something else to linkpreview than to us: which, and how.
fn differences(reading: &Reading) -> Vec<(&'static str, String)> {
    let Some(preview) = &reading.preview else {
        return vec![("page", "it is not read".to_owned())];
    };
    let told = ours(reading);
    let both = [
        ("title", &told.title, &preview.title),
        ("description", &told.description, &preview.description),
        ("image", &told.image, &preview.image),
    ];
    // Where they know no name of the site, ours may come from what they do not read.
    let site = ("site", &told.site, &preview.site);
    let site = preview.site.is_some().then_some(site);
    both.into_iter()
        .chain(site)
        .filter(|(_, mine, theirs)| plain(mine.as_deref()) != plain(theirs.as_deref()))
        .map(|(what, mine, theirs)| (what, format!("{mine:?}, not {theirs:?}")))
        .collect()
}

#[test]
#[ignore = "needs the readings of others: `tests/checks/run pages` installs them and runs this"]
fn pages_say_to_us_what_they_say_to_a_second_reader_but_where_it_is_known_why_not() {
    let expected = APART.map(|(page, what, _)| (format!("{page}.html"), what));
    let expected = BTreeSet::from(expected);
    let mut found = BTreeSet::new();
    let mut surprising = Vec::new();
    for reading in &readings() {
        for (what, how) in differences(reading) {
            let place = (reading.name.clone(), what);
            if !expected.contains(&place) {
                surprising.push(format!("{}: {what} {how}", reading.name));
            }
            found.insert(place);
        }
    }
    assert!(surprising.is_empty(), "{surprising:#?}");
    let agreeing: Vec<_> = expected.difference(&found).collect();
    assert!(agreeing.is_empty(), "they agree by now: {agreeing:?}");
}
