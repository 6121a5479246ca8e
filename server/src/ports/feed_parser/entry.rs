//! From feed-rs's entries to raw items.

use feed_rs::model::{Entry, Feed, FeedType, MediaObject, Text};

use crate::domain::feed::{Markup, Picture, RawItem};

pub(super) fn raw_item(feed: &Feed, entry: &Entry) -> RawItem {
    let markup = |text: &Text| markup(&feed.feed_type, text);
    let mut texts: Vec<Markup> = entry.summary.iter().map(markup).collect();
    if let Some(content) = &entry.content
        && let Some(body) = &content.body
        && is_text(
            content.content_type.ty().as_str(),
            content.content_type.subty().as_str(),
        )
    {
        texts.push(if content.content_type.subty() == "plain" {
            Markup::Plain(body.clone())
        } else {
            Markup::Html(body.clone())
        });
    }
    texts.extend(
        entry
            .media
            .iter()
            .filter_map(|media| media.description.as_ref())
            .map(markup),
    );
    RawItem {
        id: Some(entry.id.clone()).filter(|id| !id.is_empty()),
        title: entry.title.as_ref().map(markup),
        links: links(entry),
        texts,
        pictures: pictures(entry),
        published: entry.published.or(entry.updated),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    }
}

/// Not pictures, films and documents, whose body is encoded or elsewhere.
fn is_text(media_type: &str, subtype: &str) -> bool {
    media_type == "text" || subtype == "xhtml"
}

/// Only Atom says whether a text is plain; in RSS it may hold HTML anywhere.
fn markup(feed_type: &FeedType, text: &Text) -> Markup {
    let atom = matches!(feed_type, FeedType::Atom);
    if atom && text.content_type.subty() == "plain" {
        Markup::Plain(text.content.clone())
    } else {
        Markup::Html(text.content.clone())
    }
}

/// The page itself first, then what else the entry links to; no enclosures,
/// comments or machine-readable forms.
fn links(entry: &Entry) -> Vec<String> {
    let is_page = |rel: Option<&str>| matches!(rel, None | Some("alternate"));
    let mut links: Vec<_> = entry
        .links
        .iter()
        .filter(|link| link.target.is_none())
        .filter(|link| {
            !matches!(
                link.rel.as_deref(),
                Some("enclosure" | "self" | "edit" | "replies" | "next" | "license" | "via")
            )
        })
        .collect();
    links.sort_by_key(|link| {
        let html = link
            .media_type
            .as_deref()
            .is_none_or(|media_type| media_type.contains("html"));
        (!is_page(link.rel.as_deref()), !html)
    });
    links.into_iter().map(|link| link.href.clone()).collect()
}

fn pictures(entry: &Entry) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = entry.media.iter().flat_map(of_media).collect();
    pictures.extend(
        entry
            .links
            .iter()
            .filter(|link| link.rel.as_deref() == Some("enclosure"))
            .filter(|link| is_picture(link.media_type.as_deref(), &link.href))
            .map(|link| Picture {
                url: link.href.clone(),
                alt: link.title.clone(),
            }),
    );
    pictures
}

fn of_media(media: &MediaObject) -> Vec<Picture> {
    let alt = media.title.as_ref().map(|title| title.content.clone());
    let contents = media.content.iter().filter_map(|content| {
        let url = content.url.as_ref()?.as_str();
        let media_type = content.content_type.as_ref().map(ToString::to_string);
        is_picture(media_type.as_deref(), url).then(|| url.to_owned())
    });
    let thumbnails = media
        .thumbnails
        .iter()
        .map(|thumbnail| thumbnail.image.uri.clone());
    contents
        .chain(thumbnails)
        .map(|url| Picture {
            url,
            alt: alt.clone(),
        })
        .collect()
}

/// By its declared type, else by the ending of its address.
pub(super) fn is_picture(media_type: Option<&str>, url: &str) -> bool {
    if let Some(media_type) = media_type {
        return media_type.starts_with("image/") && !media_type.contains("svg");
    }
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ["jpg", "jpeg", "png", "gif", "webp", "avif"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}
