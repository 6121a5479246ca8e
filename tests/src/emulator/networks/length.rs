//! How each network counts the length of a post.
use unicode_segmentation::UnicodeSegmentation;

/// What X and Mastodon count for any link.
const SHORT_LINK: usize = 23;

/// A limit, and its way of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Unicode scalar values.
    Characters(usize),
    /// The same, but a link counts 23.
    CharactersWithShortLinks(usize),
    /// User-perceived characters.
    Graphemes(usize),
    /// X's weights: 1 for Latin and its like, 2 for the rest and for an emoji, 23 for a link.
    Weighted(usize),
}

impl Limit {
    /// The most that is accepted.
    pub fn most(self) -> usize {
        match self {
            Self::Characters(most)
            | Self::CharactersWithShortLinks(most)
            | Self::Graphemes(most)
            | Self::Weighted(most) => most,
        }
    }

    /// How much a post counts: its words, and its link where that stands beside them.
    pub fn count(self, words: &str, link: Option<&str>) -> usize {
        match self {
            Self::Characters(_) => words.chars().count(),
            Self::Graphemes(_) => words.graphemes(true).count(),
            Self::CharactersWithShortLinks(_) => with_short_links(words, |w| w.chars().count()),
            Self::Weighted(_) => {
                let space = usize::from(!words.is_empty());
                let beside = link.map_or(0, |_| SHORT_LINK + space);
                with_short_links(words, weigh) + beside
            }
        }
    }
}

fn with_short_links(words: &str, count: impl Fn(&str) -> usize) -> usize {
    words
        .split_inclusive(char::is_whitespace)
        .map(|piece| {
            let word = piece.trim_end();
            let rest = piece.len() - word.len();
            let is_link = word.starts_with("http://") || word.starts_with("https://");
            if is_link {
                SHORT_LINK + rest
            } else {
                count(piece)
            }
        })
        .sum()
}

fn weigh(words: &str) -> usize {
    words
        .graphemes(true)
        .map(|grapheme| {
            let mut characters = grapheme.chars();
            match (characters.next(), characters.next()) {
                // Several scalar values that are one emoji count as one.
                (Some(first), Some(_)) if !is_light(first) => 2,
                _ => grapheme
                    .chars()
                    .map(|c| if is_light(c) { 1 } else { 2 })
                    .sum(),
            }
        })
        .sum()
}

/// The ranges of weight 1 in X's published configuration, version 3.
fn is_light(character: char) -> bool {
    matches!(u32::from(character), 0..=4_351 | 8_192..=8_205 | 8_208..=8_223 | 8_242..=8_247)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_network_counts_in_its_own_way() {
        let (x, bluesky) = (Limit::Weighted(280), Limit::Graphemes(300));
        let mastodon = Limit::CharactersWithShortLinks(500);
        let link = "https://a.example/l/abcdefghijklmnop";
        assert_eq!(x.count("Hello", Some(link)), 5 + 1 + 23);
        assert_eq!(x.count("", Some(link)), 23);
        assert_eq!(x.count(&format!("Hello {link}"), None), 6 + 23);
        assert_eq!(x.count("日本 👨‍👩‍👧", None), 4 + 1 + 2);
        assert_eq!(bluesky.count("日本 👨‍👩‍👧", None), 4);
        assert_eq!(mastodon.count(&format!("Hi {link}\n"), None), 3 + 23 + 1);
        assert_eq!(Limit::Characters(3_000).count("äöü", Some(link)), 3);
    }
}
