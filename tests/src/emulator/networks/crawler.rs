//! The network's crawler, which fetches what a link leads to and makes its card. It names itself as
//! the real one does, so that it must not count as a reader.
use super::reader::is_ours;
use super::site::Site;
use super::state::{Card, Networks};
use crate::browser::Browser;

/// Where crawlers come from.
const ADDRESS: &str = "192.0.2.10";
/// Redirects that are followed.
const HOPS: usize = 3;

/// The card for a link, fetched once for each link.
pub(super) async fn card(networks: &Networks, site: Site, link: &str) -> Option<Card> {
    if let Some(known) = networks.known_card(link) {
        return Some(known);
    }
    let found = fetch(site, link).await?;
    networks.keep_card(link, found.clone());
    Some(found)
}

async fn fetch(site: Site, link: &str) -> Option<Card> {
    let crawler = Browser::new(site.crawler(), ADDRESS).ok()?;
    let mut address = url::Url::parse(link).ok()?;
    for _ in 0..HOPS {
        if !is_ours(address.as_str()) {
            return None;
        }
        let answer = crawler.opens(address.as_str()).await.ok()?;
        match answer.location() {
            Some(next) => address = address.join(next).ok()?,
            None if answer.status.is_success() => return read(&answer.body, &address),
            None => return None,
        }
    }
    None
}

fn read(page: &str, address: &url::Url) -> Option<Card> {
    let title = meta(page, "og:title").or_else(|| {
        let from = page.split_once("<title>")?.1;
        Some(unescape(from.split_once("</title>")?.0))
    })?;
    let image = meta(page, "og:image").and_then(|image| address.join(&image).ok());
    Some(Card {
        title,
        description: meta(page, "og:description").unwrap_or_default(),
        image: image.map(String::from),
        host: address.host_str()?.to_owned(),
    })
}

/// The content of a `<meta>` whose property or name this is, wherever its attributes stand.
fn meta(page: &str, property: &str) -> Option<String> {
    let name = format!("\"{property}\"");
    let tag = page
        .split("<meta ")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .find(|tag| tag.contains(&name))?;
    Some(unescape(tag.split_once("content=\"")?.1.split('"').next()?))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_from_a_pages_head() {
        let page = r#"<head><title>T</title><meta property="og:title" content="A &amp; B">
            <meta content="/i.png" property="og:image"></head>"#;
        let card = read(page, &"http://127.0.0.1:1/a/b".parse().unwrap()).unwrap();
        assert_eq!(card.title, "A & B");
        assert_eq!(card.image.as_deref(), Some("http://127.0.0.1:1/i.png"));
        assert_eq!(
            (card.description.as_str(), card.host.as_str()),
            ("", "127.0.0.1")
        );
    }
}
