//! What every platform does with people's words before it escapes them: take out what
//! hides or reorders text, and shorten without tearing words. And what it takes for an
//! address.

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// Stands where something was cut off.
pub const ELLIPSIS: char = '…';

/// Stands where something has no words, in places that take no empty text.
pub const NOTHING: &str = "–";

/// The text, or a sign that there is none.
pub fn or_nothing(text: String) -> String {
    if text.trim().is_empty() {
        NOTHING.to_owned()
    } else {
        text
    }
}

/// The length that counts: UTF-16 units, the strictest of the ways in which clients
/// and servers count.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of `text` as [`fit`] needs to fill `limit` and to see whether more follows, with
/// what hides or reorders text taken out. Nobody waits for the rest of an endless text.
pub fn cleaned(text: &str, limit: usize) -> String {
    kept(text).take(limit.saturating_add(1)).collect()
}

/// The same without blanks around it.
pub fn trimmed(text: &str, limit: usize) -> String {
    let mut kept = kept(text).skip_while(|character| character.is_whitespace());
    let mut out: String = kept.by_ref().take(limit.saturating_add(1)).collect();
    if kept.all(char::is_whitespace) {
        out.truncate(out.trim_end().len());
    }
    out
}

/// The characters that are shown: no controls (but line breaks), zero-width spaces, fillers
/// and direction marks. Joiners within emoji stay.
fn kept(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| {
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
    fn blanks_around_are_taken_off_and_what_follows_them_is_not_forgotten() {
        assert_eq!(trimmed("  a b \n", 10), "a b");
        let more = format!("a{}b", " ".repeat(50));
        let cut = |text: &str| fit(&trimmed(text, 10), 10, |_, grapheme| grapheme.to_owned());
        assert_eq!(cut(&more), "a…");
        assert_eq!(cut(&format!("a{}", " ".repeat(50))), "a");
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
        let whole = |text| cleaned(text, usize::MAX);
        assert_eq!(whole("a\u{200b}\u{202e}b\u{0}\u{2800}\nc"), "ab\nc");
        assert_eq!(whole("👩‍👩‍👧‍👦 שלום نمی‌خواهم"), "👩‍👩‍👧‍👦 שלום نمی‌خواهم");
    }
}
