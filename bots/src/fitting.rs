//! What every platform does with people's words before it escapes them: take out what
//! hides or reorders text, and shorten without tearing words. And what it takes for an
//! address.

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// Stands where something was cut off.
pub const ELLIPSIS: char = '…';

/// The length that counts: UTF-16 units, the strictest of the ways in which clients
/// and servers count.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Takes out what hides or reorders text: controls (but not line breaks), zero-width
/// spaces, fillers and direction marks. Joiners within emoji stay.
pub fn cleaned(text: &str) -> String {
    text.chars()
        .filter(|character| {
            let hides = matches!(
                character,
                '\u{ad}'
                    | '\u{61c}'
                    | '\u{115f}'
                    | '\u{1160}'
                    | '\u{180e}'
                    | '\u{200b}'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{2028}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '\u{feff}'
                    | '\u{ffa0}'
                    | '\u{fff9}'..='\u{fffb}'
            );
            !hides && (!character.is_control() || *character == '\n')
        })
        .collect()
}

/// `text` written grapheme by grapheme by `write` (which is told where in `text` it is),
/// in at most `limit`; never cut within a word, unless one word alone is too long.
pub fn fit(text: &str, limit: usize, mut write: impl FnMut(usize, &str) -> String) -> String {
    let mut out = String::new();
    let mut used = 0;
    // Where the text may end with an ellipsis after it: after a whole word, and after
    // a whole grapheme where there is no word's end.
    let mut word_end = None;
    let mut any_end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let blank = grapheme.chars().all(char::is_whitespace);
        if blank && used < limit {
            word_end = Some(out.len());
        }
        if used < limit {
            any_end = out.len();
        }
        let written = write(at, grapheme);
        used += length(&written);
        if used > limit {
            out.truncate(word_end.filter(|end| *end > 0).unwrap_or(any_end));
            while out.ends_with(char::is_whitespace) {
                out.pop();
            }
            if limit > 0 {
                out.push(ELLIPSIS);
            }
            return out;
        }
        out.push_str(&written);
    }
    out
}

/// The address in the form that platforms take, if it is one of the web of at most
/// `limit`.
pub fn address(text: &str, limit: usize) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let url = String::from(url);
    (web && length(&url) <= limit).then_some(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_never_cut_within_a_word(
            words in proptest::collection::vec("[a-z]{1,12}", 1..60),
            limit in 14_usize..200,
        ) {
            let text = words.join(" ");
            let cut = fit(&text, limit, |_, grapheme| grapheme.to_owned());
            prop_assert!(length(&cut) <= limit);
            match cut.strip_suffix(ELLIPSIS) {
                None => prop_assert_eq!(cut, text),
                Some(kept) => {
                    prop_assert!(text.starts_with(kept));
                    prop_assert_eq!(text.chars().nth(kept.len()), Some(' '));
                }
            }
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_addresses() {
        assert_eq!(
            address("https://example.org/a b", 100).as_deref(),
            Some("https://example.org/a%20b")
        );
        for none in ["javascript:alert(1)", "example.org", "https://", ""] {
            assert_eq!(address(none, 100), None, "{none}");
        }
        assert_eq!(address("https://example.org/too-long", 10), None);
    }

    #[test]
    fn what_hides_or_reorders_is_taken_out_and_what_belongs_stays() {
        assert_eq!(cleaned("a\u{200b}\u{202e}b\u{0}\u{2800}\nc"), "ab\nc");
        assert_eq!(cleaned("👩‍👩‍👧‍👦 שלום نمی‌خواهم"), "👩‍👩‍👧‍👦 שלום نمی‌خواهم");
    }
}
