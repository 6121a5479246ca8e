//! How long a text is by each network's own rule, and how long it may be.

use entity::enums::Network;
use unicode_segmentation::UnicodeSegmentation;

/// `LinkedIn`: characters of a post's commentary (Posts API, "commentary").
const LINKEDIN_LIMIT: usize = 3_000;
/// X: weighted characters (twitter-text configuration v3, `maxWeightedTweetLength`).
const X_LIMIT: usize = 280;
/// X: what any link weighs (twitter-text configuration v3, `transformedURLLength`).
const X_LINK: usize = 23;
/// Bluesky: graphemes (lexicon `app.bsky.feed.post`, `maxGraphemes`).
const BLUESKY_LIMIT: usize = 300;
/// Threads: characters (Threads API, "Limitations").
const THREADS_LIMIT: usize = 500;
/// Mastodon: characters, unless the instance says otherwise (`configuration.statuses.max_characters`).
const MASTODON_LIMIT: usize = 500;
/// Mastodon: what any link counts (`configuration.statuses.characters_reserved_per_url`).
const MASTODON_LINK: usize = 23;
/// A tracked link where it counts in full: scheme, a host of 40 letters, `/l/` and the code.
const OWN_LINK: usize = 64;
/// Where a network names no limit: enough for any wording, little enough for a card of it.
const UNNAMED_LIMIT: usize = 3_000;

/// How many of its own units a network allows.
pub fn limit(network: Network) -> usize {
    match network {
        Network::Linkedin => LINKEDIN_LIMIT,
        Network::X => X_LIMIT,
        Network::Bluesky => BLUESKY_LIMIT,
        Network::Threads => THREADS_LIMIT,
        Network::Mastodon => MASTODON_LIMIT,
        Network::Facebook
        | Network::Reddit
        | Network::Xing
        | Network::Whatsapp
        | Network::Telegram
        | Network::Email
        | Network::Copy => UNNAMED_LIMIT,
    }
}

/// How long `text` is in the network's own units.
pub fn length(network: Network, text: &str) -> usize {
    match network {
        Network::X => with_links(text, X_LINK, weighted),
        Network::Mastodon => with_links(text, MASTODON_LINK, graphemes),
        Network::Bluesky => graphemes(text),
        Network::Threads => threads(text),
        Network::Linkedin
        | Network::Facebook
        | Network::Reddit
        | Network::Xing
        | Network::Whatsapp
        | Network::Telegram
        | Network::Email
        | Network::Copy => text.chars().count(),
    }
}

/// Whether `text` fits on the network.
pub fn fits(network: Network, text: &str) -> bool {
    length(network, text) <= limit(network)
}

/// What a wording must leave free, so that a space and a tracked link fit after it.
pub fn room_for_link(network: Network) -> usize {
    match network {
        Network::X => X_LINK + 1,
        Network::Mastodon => MASTODON_LINK + 1,
        Network::Bluesky | Network::Threads => OWN_LINK + 1,
        // Their link travels beside the text, or there is room enough.
        Network::Linkedin
        | Network::Facebook
        | Network::Reddit
        | Network::Xing
        | Network::Whatsapp
        | Network::Telegram
        | Network::Email
        | Network::Copy => 0,
    }
}

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Meta counts an emoji as its bytes of UTF-8, everything else as one.
fn threads(text: &str) -> usize {
    text.graphemes(true)
        .map(|grapheme| {
            if is_emoji(grapheme) {
                grapheme.len()
            } else {
                grapheme.chars().count()
            }
        })
        .sum()
}

/// X: Latin and its neighbours weigh one, everything else two, an emoji two as a whole.
fn weighted(text: &str) -> usize {
    text.graphemes(true)
        .map(|grapheme| {
            if is_emoji(grapheme) {
                2
            } else {
                grapheme.chars().map(weight).sum()
            }
        })
        .sum()
}

/// The ranges of twitter-text configuration v3 that weigh half of the default.
fn weight(letter: char) -> usize {
    match u32::from(letter) {
        0..=4_351 | 8_192..=8_205 | 8_208..=8_223 | 8_242..=8_247 => 1,
        _ => 2,
    }
}

/// Pictographs, flags and keycaps; text symbols count only with the emoji selector.
fn is_emoji(grapheme: &str) -> bool {
    grapheme.chars().any(|letter| {
        matches!(
            u32::from(letter),
            0x1_F000..=0x1_FAFF | 0xFE0F | 0x20E3 | 0x2600..=0x27BF
        )
    })
}

/// Sums `measure` over what is not a link, and `link` for each link.
fn with_links(text: &str, link: usize, measure: fn(&str) -> usize) -> usize {
    let mut sum = 0;
    let mut rest = text;
    while let Some((before, after)) = around_link(rest) {
        sum += measure(before) + link;
        rest = after;
    }
    sum + measure(rest)
}

/// The text before the first http(s) address, and the text after it.
fn around_link(text: &str) -> Option<(&str, &str)> {
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let (before, tail) = text.split_at_checked(start)?;
    let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
    let address = tail
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
    Some((before, tail.get(address.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_network_counts_by_its_own_rule() {
        let link = "https://example.org/a/rather/long/path/that/goes/on/and/on";
        let cases: &[(Network, &str, usize)] = &[
            (Network::Linkedin, "café", 4),
            (Network::X, "cafe\u{301}", 5),
            (Network::X, "日本", 4),
            (Network::X, "👩‍👩‍👧‍👦", 2),
            (Network::X, "a 🎉", 4),
            (Network::X, link, 23),
            (Network::X, "see https://e.org.", 4 + 23 + 1),
            (Network::X, "http://a http://b", 23 + 1 + 23),
            (Network::Mastodon, link, 23),
            (Network::Mastodon, "👩‍👩‍👧‍👦", 1),
            (Network::Bluesky, "👩‍👩‍👧‍👦 ok", 4),
            (Network::Bluesky, "https://e.org", 13),
            (Network::Threads, "ok 🎉", 3 + 4),
            (Network::Copy, "", 0),
        ];
        for (network, text, expected) in cases {
            assert_eq!(length(*network, text), *expected, "{network:?} {text}");
        }
    }

    #[test]
    fn a_text_of_exactly_the_limit_fits_and_one_more_does_not() {
        for network in [
            Network::Linkedin,
            Network::X,
            Network::Bluesky,
            Network::Threads,
            Network::Mastodon,
        ] {
            assert!(fits(network, &"a".repeat(limit(network))), "{network:?}");
            assert!(
                !fits(network, &"a".repeat(limit(network) + 1)),
                "{network:?}"
            );
        }
    }

    #[test]
    fn a_bare_scheme_does_not_hang_the_count() {
        assert_eq!(length(Network::X, "https:// http://"), 23 + 1 + 23);
        assert_eq!(length(Network::X, "https://,,,"), 23 + 3);
    }
}
