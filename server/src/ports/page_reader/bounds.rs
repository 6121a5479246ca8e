//! How much of a page is parsed. Parsers of HTML take time, and some room, by the square of how
//! deep elements are nested and of how many attributes a tag has; a page that is honest has few of
//! both before its first words.

/// Tags that are parsed: heads of pages have some hundred.
const TAGS: usize = 2_500;
/// Attributes of a tag.
const ATTRIBUTES: usize = 300;
/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The beginning of a page, as far as it is parsed.
pub fn bounded(text: &str) -> &str {
    let end = end(text).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Where the page is cut, if it is.
fn end(text: &str) -> Option<usize> {
    let (mut at, mut tags) = (0, 0);
    while let Some(found) = text.get(at..)?.find('<') {
        let start = at + found;
        let rest = text.get(start + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            at = start + 4 + comment.find("-->")?;
            continue;
        }
        if !rest.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/') {
            at = start + 1;
            continue;
        }
        tags += 1;
        let Some(length) = tag(rest) else {
            return Some(start);
        };
        if tags > TAGS {
            return Some(start);
        }
        at = start + 1 + length;
        if let Some(name) = raw(rest) {
            at += closing(text.get(at..)?, name)?;
        }
    }
    None
}

/// How long a tag is; none where it has too many attributes, or no end.
fn tag(rest: &str) -> Option<usize> {
    let (mut quote, mut attributes, mut is_between) = (None, 0, false);
    // A quotation mark quotes only behind the sign, be there blanks between or not.
    let mut awaits_value = false;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if awaits_value => {
                (quote, awaits_value) = (Some(byte), false);
            }
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => is_between = true,
            (None, b'=') => (awaits_value, is_between) = (true, false),
            (None, _) => {
                if is_between && !awaits_value {
                    attributes += 1;
                }
                (is_between, awaits_value) = (false, false);
                if attributes > ATTRIBUTES {
                    return None;
                }
            }
        }
    }
    None
}

/// The name of an element that begins here and whose content is no markup.
fn raw(rest: &str) -> Option<&'static str> {
    RAW.into_iter().find(|name| {
        let begins = rest.get(..name.len());
        let behind = rest.as_bytes().get(name.len());
        begins.is_some_and(|start| start.eq_ignore_ascii_case(name))
            && behind.is_some_and(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
    })
}

/// Where the end of such an element begins.
fn closing(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        let begins = text.get(at + 2..at + 2 + name.len());
        begins.is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;
    use crate::ports::page_reader::tests::many;

    #[test]
    fn an_honest_page_is_parsed_as_a_whole() {
        let script = format!(
            "<script>{}</script>",
            "if (a <b && c> d) x = '<i'; ".repeat(5_000)
        );
        let page = format!(
            "<!doctype html><!-- <p a b c> --><title>a < b</title>{script}<p class='a > b'>1 < 2</p>"
        );
        assert_eq!(bounded(&page), page);
        assert_eq!(bounded(""), "");
        assert_eq!(bounded("1 < 2 <"), "1 < 2 <");
    }

    #[test]
    fn what_would_take_long_is_cut_off() {
        let deep = format!("<title>Deep</title>{}", "<div>".repeat(100_000));
        assert!(bounded(&deep).len() < 20_000);
        let broad = format!("<title>Broad</title><a {}>", "x=1 ".repeat(1_000));
        assert_eq!(bounded(&broad), "<title>Broad</title>");
        let hidden = format!("<title>Hidden</title><a b=\">\" {}", "x ".repeat(1_000));
        assert_eq!(bounded(&hidden), "<title>Hidden</title>");
        let apart = format!("<title>Apart</title><a b = '>' {}>", "x ".repeat(1_000));
        assert_eq!(bounded(&apart), "<title>Apart</title>");
        assert_eq!(bounded("<p>1</p><a href=x"), "<p>1</p>");
    }

    proptest! {
        #![proptest_config(many())]

        // Read once: as a mere text it would be anew for each input, and this takes time.
        #[test]
        fn hostile_text_is_cut_between_letters(text in string_regex("\\PC{0,100}").unwrap()) {
            prop_assert!(text.starts_with(bounded(&text)));
        }

        #[test]
        fn hostile_markup_is_cut_between_letters(text in "[<>!/a-cä \"'=-]{0,100}") {
            prop_assert!(text.starts_with(bounded(&text)));
        }
    }
}
