//! Where a share goes: each network's own page for writing a post, from a
//! fixed list. No part of a request chooses a site, so nobody can be sent elsewhere.

use std::collections::BTreeMap;

use entity::enums::{Network, PostKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Every network, in the order in which they are offered to who chose none.
pub const NETWORKS: [Network; 12] = [
    Network::Linkedin,
    Network::X,
    Network::Bluesky,
    Network::Mastodon,
    Network::Threads,
    Network::Facebook,
    Network::Xing,
    Network::Reddit,
    Network::Whatsapp,
    Network::Telegram,
    Network::Email,
    Network::Copy,
];

/// Everything but RFC 3986's unreserved characters, so that no text ends its parameter.
pub(super) const PARAMETER: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Addresses used instead of the networks' own, for a stand-in of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites(pub BTreeMap<Network, Url>);

/// What a network's page for writing a post takes from its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// The words, with or without a link.
    Text,
    /// A link only: the words are copied.
    LinkOnly,
    /// Nothing, for there is no such page: everything is copied.
    Nothing,
}

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// The post's headline.
    pub title: &'a str,
    /// The words, with the tracked link where there is one.
    pub text: &'a str,
    /// The tracked link.
    pub link: Option<&'a str>,
}

impl<'a> Message<'a> {
    /// The words without the link that ends them.
    pub fn words(&self) -> &'a str {
        self.link
            .and_then(|link| self.text.strip_suffix(link))
            .unwrap_or(self.text)
            .trim_end()
    }
}

/// What a network's page takes from its address.
pub fn carries(network: Network) -> Carries {
    match network {
        Network::Linkedin | Network::Facebook | Network::Xing => Carries::LinkOnly,
        Network::X
        | Network::Threads
        | Network::Bluesky
        | Network::Mastodon
        | Network::Reddit
        | Network::Whatsapp
        | Network::Telegram
        | Network::Email => Carries::Text,
        Network::Copy => Carries::Nothing,
    }
}

/// Whether a post of `kind`, with or without a link, can be shared on `network`.
pub fn can_carry(network: Network, kind: PostKind, has_link: bool) -> bool {
    match kind {
        PostKind::Share | PostKind::Job | PostKind::Story => {
            has_link || carries(network) != Carries::LinkOnly
        }
        // What is asked for happens on the brand's own post, not on a new one.
        PostKind::Engage => false,
    }
}

/// Whether a redirect can go straight on: the page takes the words, and a
/// browser follows a redirect to it.
pub fn goes_straight_on(network: Network) -> bool {
    carries(network) == Carries::Text && network != Network::Email
}

/// The network's page with the message filled in; none where there is no such
/// page, where it needs a link that is missing, or where the member's instance is not known.
pub fn target(
    network: Network,
    sites: &Sites,
    instance: Option<&str>,
    message: Message<'_>,
) -> Option<String> {
    let site = |path: &str, own: &str| match sites.0.get(&network) {
        Some(other) => format!("{}{path}", other.as_str().trim_end_matches('/')),
        None => format!("{own}{path}"),
    };
    let page = match network {
        Network::Linkedin => site("/sharing/share-offsite/", "https://www.linkedin.com"),
        Network::X => site("/intent/post", "https://x.com"),
        Network::Facebook => site("/sharer/sharer.php", "https://www.facebook.com"),
        Network::Threads => site("/intent/post", "https://www.threads.com"),
        Network::Bluesky => site("/intent/compose", "https://bsky.app"),
        Network::Mastodon => site("/share", &format!("https://{}", instance?)),
        Network::Reddit => site("/submit", "https://www.reddit.com"),
        Network::Xing => site("/spi/shares/new", "https://www.xing.com"),
        Network::Whatsapp => site("/send", "https://api.whatsapp.com"),
        Network::Telegram => site("/share/url", "https://t.me"),
        Network::Email => match sites.0.get(&network) {
            Some(_) => site("/compose", ""),
            None => "mailto:".to_owned(),
        },
        Network::Copy => return None,
    };
    let query: Vec<String> = parameters(network, message)?
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, PARAMETER)))
        .collect();
    Some(format!("{page}?{}", query.join("&")))
}

fn parameters(network: Network, message: Message<'_>) -> Option<Vec<(&'static str, &str)>> {
    Some(match network {
        Network::Linkedin | Network::Xing => vec![("url", message.link?)],
        Network::Facebook => vec![("u", message.link?)],
        // A link of its own becomes a card there, and is not repeated in the words.
        Network::X | Network::Threads => match message.link {
            Some(link) => vec![("text", message.words()), ("url", link)],
            None => vec![("text", message.text)],
        },
        Network::Bluesky | Network::Mastodon | Network::Whatsapp => vec![("text", message.text)],
        Network::Telegram => match message.link {
            Some(link) => vec![("url", link), ("text", message.words())],
            None => vec![("url", message.text)],
        },
        Network::Reddit => match message.link {
            Some(link) => vec![("url", link), ("title", message.title)],
            None => vec![
                ("selftext", "true"),
                ("title", message.title),
                ("text", message.text),
            ],
        },
        Network::Email => vec![("subject", message.title), ("body", message.text)],
        Network::Copy => return None,
    })
}

/// The host of a Mastodon instance as a member typed it: `mastodon.social`,
/// `@ada@mastodon.social` or an address there; none if it is no host name.
pub fn mastodon_host(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let typed = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let typed = typed.split(['/', '\\', '?', '#']).next()?;
    let host = typed.rsplit('@').next()?.to_lowercase();
    let parsed = Url::parse(&format!("https://{host}")).ok()?;
    let Some(url::Host::Domain(domain)) = parsed.host() else {
        return None;
    };
    let whole = parsed.port().is_none() && domain.contains('.') && domain.len() <= 253;
    // What URL parsing would repair or cut off was no host name.
    (whole && (domain == host || domain.starts_with("xn--") || domain.contains(".xn--")))
        .then(|| domain.to_owned())
}

#[cfg(test)]
mod tests;
