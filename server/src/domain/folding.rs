//! Texts without case and accents, so that "Café" is found by "cafe", and where in the text
//! each letter came from.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a folded text that is kept to search in: more than a headline, a summary and a
/// few wordings have.
const SEARCH_LIMIT: usize = 12_000;
/// Words of a search that are looked at.
pub const WORDS: usize = 8;

/// A text in lower case and without accents.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(folded).collect()
}

/// One letter folded: none, one or several.
pub fn folded(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter)
        .nfkd()
        .filter(|part| !is_combining_mark(*part))
        .flat_map(char::to_lowercase)
        .flat_map(|part| {
            // What decomposes into nothing, but is written in two ways.
            let (first, second) = match part {
                'ß' => ('s', Some('s')),
                'æ' => ('a', Some('e')),
                'œ' => ('o', Some('e')),
                'ø' => ('o', None),
                'đ' => ('d', None),
                'ł' => ('l', None),
                other => (other, None),
            };
            std::iter::once(first).chain(second)
        })
}

/// What a post is found by: never empty, bounded.
pub fn searchable<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut whole = String::from(" ");
    for text in texts {
        whole.extend(fold(text).split_whitespace().flat_map(|word| [word, " "]));
        if whole.len() > SEARCH_LIMIT {
            let end = whole.floor_char_boundary(SEARCH_LIMIT);
            whole.truncate(end);
            break;
        }
    }
    whole
}

/// The words of a search, folded.
pub fn words(search: &str) -> Vec<String> {
    fold(search)
        .split_whitespace()
        .take(WORDS)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, expected) in [
            ("Café", "cafe"),
            ("ÄÖÜ ß", "aou ss"),
            ("Ærø", "aero"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("ﬁn", "fin"),
            ("東京", "東京"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_searched_is_never_empty_and_bounded() {
        assert_eq!(searchable([]), " ");
        assert_eq!(
            searchable(["Tea  &\ncoffee", "Über"]),
            " tea & coffee uber "
        );
        let long = "ö".repeat(30_000);
        assert!(searchable([long.as_str()]).len() <= SEARCH_LIMIT);
    }

    #[test]
    fn a_search_has_a_few_words() {
        assert_eq!(words(" Tea  Café "), ["tea", "cafe"]);
        assert_eq!(words(&"a ".repeat(50)).len(), WORDS);
    }
}
