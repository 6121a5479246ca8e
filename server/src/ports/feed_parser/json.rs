//! JSON Feed 1 and 1.1, item by item, so that one of another shape harms no other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use url::Url;

use super::entry::is_picture;
use super::{ITEMS_LIMIT, NoFeed, ParsedFeed, ParsedItem};
use crate::domain::feed::{Markup, Picture, RawItem};

#[derive(Deserialize)]
struct Document {
    version: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    language: Option<String>,
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "id")]
    id: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    external_url: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    content_text: Option<String>,
    #[serde(default)]
    content_html: Option<String>,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    banner_image: Option<String>,
    #[serde(default)]
    date_published: Option<String>,
    #[serde(default)]
    date_modified: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

#[derive(Deserialize)]
struct Attachment {
    url: String,
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    title: Option<String>,
}

/// The specification asks readers to take numbers for ids, too.
fn id<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(source)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

pub(super) fn parse(document: &[u8], base: &str) -> Result<ParsedFeed, NoFeed> {
    let document: Document =
        serde_json::from_slice(document).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => NoFeed::Unknown,
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => NoFeed::Broken(error.to_string()),
        })?;
    if !document
        .version
        .starts_with("https://jsonfeed.org/version/1")
    {
        return Err(NoFeed::Unknown);
    }
    let base = Url::parse(base).ok();
    let items = document
        .items
        .into_iter()
        .take(ITEMS_LIMIT)
        .enumerate()
        .map(|(index, value)| {
            let (raw, unreadable) = match Item::deserialize(&value) {
                Ok(item) => (raw(item, document.language.as_deref(), base.as_ref()), None),
                Err(error) => (unread(&value), Some(error.to_string())),
            };
            ParsedItem {
                place: format!("item {}", index + 1),
                raw,
                unreadable,
            }
        })
        .collect();
    Ok(ParsedFeed {
        title: document.title,
        items,
    })
}

fn raw(item: Item, language: Option<&str>, base: Option<&Url>) -> RawItem {
    let absolute = |address: String| {
        base.and_then(|base| base.join(&address).ok())
            .map_or(address, String::from)
    };
    let picture = |url: String, alt: Option<String>| Picture { url, alt };
    let mut pictures: Vec<Picture> = [item.image, item.banner_image]
        .into_iter()
        .flatten()
        .map(|url| picture(absolute(url), None))
        .collect();
    pictures.extend(
        item.attachments
            .into_iter()
            .filter(|it| is_picture(it.mime_type.as_deref(), &it.url))
            .map(|it| picture(absolute(it.url), it.title)),
    );
    RawItem {
        id: item.id,
        title: item.title.map(Markup::Plain),
        links: [item.url, item.external_url]
            .into_iter()
            .flatten()
            .filter(|link| !link.trim().is_empty())
            .map(absolute)
            .collect(),
        texts: [
            item.summary.map(Markup::Plain),
            item.content_text.map(Markup::Plain),
            item.content_html.map(Markup::Html),
        ]
        .into_iter()
        .flatten()
        .collect(),
        pictures,
        published: item
            .date_published
            .as_deref()
            .and_then(time)
            .or_else(|| item.date_modified.as_deref().and_then(time)),
        language: item.language.or_else(|| language.map(str::to_owned)),
    }
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text.trim())
        .ok()
        .map(|time| time.to_utc())
}

fn unread(value: &Value) -> RawItem {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    RawItem {
        id: text("id"),
        title: text("title").map(Markup::Plain),
        texts: vec![Markup::Plain(value.to_string())],
        ..RawItem::default()
    }
}
