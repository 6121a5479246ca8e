//! What a page says of itself: Open Graph, Twitter's cards, JSON-LD, and what HTML always had.
//!
//! In which order the places are asked is what others do too (metascraper, whose answers ours
//! are held to), so that a card of ours shows what a card elsewhere shows.

mod bounds;
mod head;
mod letters;
mod linked_data;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::Language;
use url::Url;

use self::head::{Head, Key};
use self::linked_data::LinkedData;
use crate::domain::plain_text::{one_line, shorten};
use crate::domain::post::{ALT_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT};
use crate::domain::web_address;
use crate::ports::fetch::Page;

/// Letters of a site's name or of a kind.
const NAME_LIMIT: usize = 100;

/// What a page says of itself, as far as it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfurled {
    /// Where it says that it is; else where it was found.
    pub url: String,
    /// Its headline.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// The language of its words, where it is one of ours.
    pub language: Option<Language>,
    /// What it is, such as `article`.
    pub kind: Option<String>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
}

/// Reads a page. This is work: it belongs on a thread of its own.
pub fn read(page: &Page) -> Unfurled {
    let text = letters::decode(&page.body, page.content_type.as_deref());
    let head = Head::of(bounds::bounded(&text));
    let data = LinkedData::of(&head.linked_data);
    let address = |text: String| absolute(&page.url, &text);
    Unfurled {
        url: head
            .first(&[
                Key::Property("og:url"),
                Key::Name("twitter:url"),
                Key::Property("twitter:url"),
            ])
            .and_then(address)
            .or_else(|| head.canonical.clone().and_then(address))
            .unwrap_or_else(|| page.url.to_string()),
        title: title(&head, &data),
        description: description(&head, &data),
        image: image(&head, &data).find_map(address),
        image_alt: head
            .first(&[
                Key::Property("og:image:alt"),
                Key::Name("twitter:image:alt"),
                Key::Property("twitter:image:alt"),
            ])
            .and_then(|text| words(&text, ALT_LIMIT)),
        site: site(&head, &data),
        language: head
            .first(&[Key::Property("og:locale"), Key::ItemProp("inLanguage")])
            .or_else(|| head.language.clone())
            .and_then(|tag| language(&tag)),
        kind: head
            .first(&[Key::Property("og:type")])
            .or_else(|| data.text(&["@type"]))
            .and_then(|text| words(&text, NAME_LIMIT)),
        published: published(&head, &data),
    }
}

fn title(head: &Head, data: &LinkedData) -> Option<String> {
    head.first(&[
        Key::Property("og:title"),
        Key::Name("twitter:title"),
        Key::Property("twitter:title"),
    ])
    .or_else(|| head.title.clone())
    .or_else(|| data.text(&["headline"]))
    .or_else(|| head.heading.clone())
    .and_then(|text| words(&text, TITLE_LIMIT))
}

fn description(head: &Head, data: &LinkedData) -> Option<String> {
    head.first(&[
        Key::Property("og:description"),
        Key::Name("twitter:description"),
        Key::Property("twitter:description"),
        Key::Name("description"),
        Key::ItemProp("description"),
    ])
    .or_else(|| data.text(&["articleBody"]))
    .or_else(|| data.text(&["description"]))
    .and_then(|text| words(&text, SUMMARY_LIMIT))
}

/// Every address that may be of a picture, the best first.
fn image<'h>(head: &'h Head, data: &'h LinkedData) -> impl Iterator<Item = String> + 'h {
    let told = head.all(&[
        Key::Property("og:image:secure_url"),
        Key::Property("og:image:url"),
        Key::Property("og:image"),
        Key::Name("twitter:image:src"),
        Key::Property("twitter:image:src"),
        Key::Name("twitter:image"),
        Key::Property("twitter:image"),
        Key::ItemProp("image"),
    ]);
    let linked = [
        &["image", "0", "url"][..],
        &["image", "url"],
        &["image"],
        &["image", "0"],
    ]
    .into_iter()
    .filter_map(move |path| data.text(path));
    told.into_iter().chain(linked).chain(head.picture.clone())
}

fn site(head: &Head, data: &LinkedData) -> Option<String> {
    data.text(&["publisher", "name"])
        .or_else(|| {
            head.first(&[
                Key::Property("og:site_name"),
                Key::Name("application-name"),
                Key::Name("apple-mobile-web-app-title"),
                Key::Name("publisher"),
            ])
        })
        .and_then(|text| words(&text, NAME_LIMIT))
}

fn published(head: &Head, data: &LinkedData) -> Option<DateTime<Utc>> {
    let told = head.all(&[
        Key::Property("article:published_time"),
        Key::Property("og:article:published_time"),
        Key::ItemProp("datePublished"),
        Key::Name("date"),
    ]);
    let linked = [&["datePublished"][..], &["dateCreated"]]
        .into_iter()
        .filter_map(|path| data.text(path));
    linked
        .chain(told)
        .chain(head.time.clone())
        .find_map(|text| moment(&text))
}

/// One line of a bounded length; none where nothing is left.
fn words(text: &str, limit: usize) -> Option<String> {
    let line = shorten(&one_line(text), limit);
    (!line.is_empty()).then_some(line)
}

/// An address that people may be led to.
fn absolute(base: &Url, text: &str) -> Option<String> {
    let url = base.join(text.trim()).ok()?;
    web_address::parse(url.as_str()).ok().map(String::from)
}

fn language(tag: &str) -> Option<Language> {
    let primary = tag.trim().split(['-', '_']).next()?;
    match primary.to_ascii_lowercase().as_str() {
        "en" | "eng" => Some(Language::En),
        "de" | "deu" | "ger" => Some(Language::De),
        _ => None,
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    if let Ok(at) = DateTime::parse_from_rfc2822(text) {
        return Some(at.to_utc());
    }
    // `+0100` without its colon is common, and so is a day alone.
    if let Ok(at) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z") {
        return Some(at.to_utc());
    }
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let is_day = text.len() == 10;
    is_day.then(|| day.and_hms_opt(0, 0, 0).map(|at| at.and_utc()))?
}

#[cfg(test)]
mod tests;
