//! Items of feeds: which are accepted, and what a post is made of.

pub mod refusal;

use chrono::{DateTime, Utc};
use entity::enums::Language;
use sha2::{Digest, Sha256};

use super::post::{ALT_LIMIT, Draft, TITLE_LIMIT};
use super::{plain_text, web_address};

/// Characters of an imported summary: two sentences on a card.
const SUMMARY_LIMIT: usize = 280;
/// Letters of an item that are kept to recognise it in a list.
const LABEL_LIMIT: usize = 120;
/// How many items a feed publishes by itself when it is imported for the first
/// time: the newest ones. The rest waits as drafts, so that adding a feed does
/// not flood the channels.
pub const FIRST_IMPORT_PUBLISHES: usize = 3;

/// Text as it stands in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// As people read it.
    Plain(String),
    /// With tags and entities.
    Html(String),
}

impl Markup {
    fn read(&self) -> String {
        match self {
            Self::Plain(text) => plain_text::one_line(text),
            Self::Html(html) => plain_text::from_html(html),
        }
    }
}

/// A picture of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// The picture in words, if the feed says them.
    pub alt: Option<String>,
}

/// An item as the feed has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawItem {
    /// The feed's own id of it; often an address.
    pub id: Option<String>,
    /// Its headline.
    pub title: Option<Markup>,
    /// Addresses of its page, best first.
    pub links: Vec<String>,
    /// Its text, shortest form first.
    pub texts: Vec<Markup>,
    /// Pictures, best first.
    pub pictures: Vec<Picture>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// Its language, as a tag such as `en-GB`.
    pub language: Option<String>,
}

/// An item that can become a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its headline.
    pub title: String,
    /// Its beginning.
    pub summary: String,
    /// Its page.
    pub url: String,
    /// Its page, normalised.
    pub canonical_url: String,
    /// A picture.
    pub picture: Option<Picture>,
    /// Its language, if Chorus speaks it.
    pub language: Option<Language>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
}

/// Why an item is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ItemFault {
    /// The part of the document that it stands in cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// It names no page.
    #[error("it has no link")]
    NoLink,
    /// Its page's address is not acceptable.
    #[error("its link {0}")]
    BadLink(web_address::AddressFault),
    /// It says nothing.
    #[error("it has neither a title nor a text")]
    Empty,
}

/// Makes of an item what a post needs, or says why it cannot.
pub fn read(raw: &RawItem) -> Result<Item, ItemFault> {
    let url = link(raw)?;
    let texts: Vec<String> = raw
        .texts
        .iter()
        .map(Markup::read)
        .filter(|text| !text.is_empty())
        .collect();
    let text = texts.first().cloned().unwrap_or_default();
    let headline = raw
        .title
        .as_ref()
        .map(Markup::read)
        .filter(|title| !title.is_empty());
    // Notes without a headline are headed by their own beginning.
    let title = plain_text::shorten(headline.as_ref().unwrap_or(&text), TITLE_LIMIT);
    if title.is_empty() {
        return Err(ItemFault::Empty);
    }
    let summary = if text == title {
        String::new()
    } else {
        plain_text::shorten(&text, SUMMARY_LIMIT)
    };
    Ok(Item {
        picture: picture(raw, &title),
        canonical_url: web_address::canonical(&url),
        url: url.into(),
        title,
        summary,
        language: raw.language.as_deref().and_then(language),
        published: raw.published,
    })
}

/// The first acceptable link, else an id that is one, else the first link's fault.
fn link(raw: &RawItem) -> Result<url::Url, ItemFault> {
    let mut fault = None;
    for text in raw.links.iter().filter(|text| !text.trim().is_empty()) {
        match web_address::parse(text) {
            Ok(url) => return Ok(url),
            Err(refused) => fault = fault.or(Some(refused)),
        }
    }
    if let Some(refused) = fault {
        return Err(ItemFault::BadLink(refused));
    }
    raw.id
        .as_deref()
        .and_then(|id| web_address::parse(id).ok())
        .ok_or(ItemFault::NoLink)
}

/// The first picture that a page may show; its words are the title where the
/// feed has none.
fn picture(raw: &RawItem, title: &str) -> Option<Picture> {
    raw.pictures.iter().find_map(|picture| {
        let url = web_address::parse(&picture.url).ok()?;
        let alt = picture
            .alt
            .as_deref()
            .map(plain_text::from_html)
            .filter(|alt| !alt.is_empty())
            .unwrap_or_else(|| title.to_owned());
        Some(Picture {
            url: url.into(),
            alt: Some(plain_text::shorten(&alt, ALT_LIMIT)),
        })
    })
}

fn language(tag: &str) -> Option<Language> {
    let primary = tag.trim().split(['-', '_']).next()?;
    match primary.to_ascii_lowercase().as_str() {
        "en" => Some(Language::En),
        "de" => Some(Language::De),
        _ => None,
    }
}

impl Item {
    /// What tells it from every other: its page.
    pub fn fingerprint(&self) -> String {
        hash(&["page", &self.canonical_url])
    }

    /// The draft of its post.
    pub fn draft(&self) -> Draft {
        Draft {
            title: self.title.clone(),
            summary: self.summary.clone(),
            url: Some(self.url.clone()),
            image_url: self.picture.as_ref().map(|picture| picture.url.clone()),
            image_alt: self
                .picture
                .as_ref()
                .and_then(|picture| picture.alt.clone()),
            language: self.language,
            ..Draft::default()
        }
    }
}

/// What tells a refused item from every other: all that it says. Corrected, it
/// is another one and is read anew.
pub fn fingerprint_of_refused(raw: &RawItem) -> String {
    let mut parts = vec!["refused".to_owned(), raw.id.clone().unwrap_or_default()];
    parts.extend(raw.title.iter().map(Markup::read));
    parts.extend(raw.links.iter().cloned());
    parts.extend(raw.texts.iter().map(Markup::read));
    hash(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// How a refused item is named in a list.
pub fn label(raw: &RawItem) -> String {
    let named = raw
        .title
        .iter()
        .chain(&raw.texts)
        .map(Markup::read)
        .chain(raw.id.clone())
        .map(|text| plain_text::one_line(&text))
        .find(|text| !text.is_empty());
    plain_text::shorten(&named.unwrap_or_else(|| "?".to_owned()), LABEL_LIMIT)
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        // Lengths keep ("ab", "c") and ("a", "bc") apart.
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write as _;
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Brings items into the order in which they were published, oldest first.
/// Without a date on each, the document decides: feeds list the newest first.
pub fn oldest_first<T>(
    mut items: Vec<T>,
    published: impl Fn(&T) -> Option<DateTime<Utc>>,
) -> Vec<T> {
    items.reverse();
    if items.iter().all(|item| published(item).is_some()) {
        items.sort_by_key(|item| published(item));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> RawItem {
        RawItem {
            id: Some("tag:example.org,2026:1".into()),
            title: Some(Markup::Html("A &amp; B".into())),
            links: vec!["https://example.org/a?utm_source=feed".into()],
            texts: vec![Markup::Html("<p>Some words.</p>".into())],
            pictures: Vec::new(),
            published: None,
            language: Some("de-AT".into()),
        }
    }

    #[test]
    fn an_item_becomes_plain_and_canonical() {
        let item = read(&raw()).unwrap();
        assert_eq!(item.title, "A & B");
        assert_eq!(item.summary, "Some words.");
        assert_eq!(item.url, "https://example.org/a?utm_source=feed");
        assert_eq!(item.canonical_url, "https://example.org/a");
        assert_eq!(item.language, Some(Language::De));
    }

    #[test]
    fn what_cannot_be_a_post_is_refused_with_its_reason() {
        type Change = fn(&mut RawItem);
        let cases: &[(Change, &str)] = &[
            (|r| r.links.clear(), "it has no link"),
            (|r| r.links = vec![" ".into()], "it has no link"),
            (
                |r| r.links = vec!["javascript:alert(1)".into()],
                "its link must begin with http:// or https://",
            ),
            (
                |r| r.links = vec!["/relative".into()],
                "its link is not an absolute address",
            ),
            (
                |r| {
                    r.title = None;
                    r.texts.clear();
                },
                "it has neither a title nor a text",
            ),
            (
                |r| {
                    r.title = Some(Markup::Html("<img src=x>".into()));
                    r.texts = vec![Markup::Plain(" \u{0}".into())];
                },
                "it has neither a title nor a text",
            ),
        ];
        for (change, reason) in cases {
            let mut it = raw();
            change(&mut it);
            assert_eq!(read(&it).unwrap_err().to_string(), *reason);
        }
    }

    #[test]
    fn an_id_that_is_an_address_serves_as_the_link() {
        let mut it = raw();
        it.links.clear();
        it.id = Some("https://example.org/by-id".into());
        assert_eq!(read(&it).unwrap().url, "https://example.org/by-id");
    }

    #[test]
    fn a_note_without_a_headline_is_headed_by_its_beginning() {
        let mut it = raw();
        it.title = None;
        let item = read(&it).unwrap();
        assert_eq!(item.title, "Some words.");
        assert_eq!(item.summary, "");
        it.texts = vec![Markup::Plain("word ".repeat(100))];
        let item = read(&it).unwrap();
        assert!(item.title.chars().count() <= TITLE_LIMIT && item.title.ends_with("word…"));
        assert!(item.summary.chars().count() <= SUMMARY_LIMIT);
    }

    #[test]
    fn a_picture_has_words_and_a_bad_one_is_left_out() {
        let mut it = raw();
        it.pictures = vec![
            Picture {
                url: "data:image/png;base64,AAAA".into(),
                alt: None,
            },
            Picture {
                url: "https://example.org/a.png".into(),
                alt: None,
            },
        ];
        let picture = read(&it).unwrap().picture.unwrap();
        assert_eq!(picture.url, "https://example.org/a.png");
        assert_eq!(picture.alt.as_deref(), Some("A & B"));
    }

    #[test]
    fn the_draft_of_every_accepted_item_passes_the_checks_of_posts() {
        let mut it = raw();
        it.title = Some(Markup::Plain("title ".repeat(200)));
        it.texts = vec![Markup::Plain("text ".repeat(500))];
        it.pictures = vec![Picture {
            url: "https://example.org/a.png".into(),
            alt: Some("alt ".repeat(900)),
        }];
        let now = DateTime::from_timestamp(1_794_823_200, 0).unwrap();
        assert!(read(&it).unwrap().draft().checked(now).is_ok());
    }

    #[test]
    fn one_page_is_one_item_and_a_corrected_refusal_another() {
        let mut other = raw();
        other.links = vec!["HTTPS://EXAMPLE.org/a#top".into()];
        assert_eq!(
            read(&raw()).unwrap().fingerprint(),
            read(&other).unwrap().fingerprint()
        );
        let mut refused = raw();
        refused.links.clear();
        let before = fingerprint_of_refused(&refused);
        assert_eq!(before, fingerprint_of_refused(&refused.clone()));
        refused.title = Some(Markup::Plain("Corrected".into()));
        assert_ne!(before, fingerprint_of_refused(&refused));
    }

    #[test]
    fn the_oldest_comes_first_by_date_or_by_place() {
        let at = |day: i64| DateTime::from_timestamp(day * 86_400, 0);
        let dated = vec![("b", at(2)), ("c", at(3)), ("a", at(1))];
        let names = |items: Vec<(&'static str, Option<DateTime<Utc>>)>| {
            items.into_iter().map(|(name, _)| name).collect::<String>()
        };
        assert_eq!(names(oldest_first(dated, |(_, at)| *at)), "abc");
        let undated = vec![("c", at(3)), ("b", None), ("a", at(9))];
        assert_eq!(names(oldest_first(undated, |(_, at)| *at)), "abc");
    }
}
