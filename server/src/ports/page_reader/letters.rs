//! Which letters a page's bytes stand for: its byte order mark, its header, its own word, or what
//! they look like.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Within so many bytes a page has to name its letters (HTML, "encoding sniffing algorithm").
const PRESCAN: usize = 1024;

/// The text of a page; what is no letter becomes U+FFFD.
pub fn decode(body: &[u8], content_type: Option<&str>) -> String {
    let encoding = content_type
        .and_then(of_header)
        .or_else(|| of_page(body))
        .unwrap_or_else(|| guess(body));
    // A byte order mark wins over all of them.
    encoding.decode(body).0.into_owned()
}

fn of_header(content_type: &str) -> Option<&'static Encoding> {
    content_type
        .split(';')
        .skip(1)
        .find_map(|parameter| label(parameter, '='))
}

/// `charset=…` in a `<meta>` near the beginning, in either of its forms.
fn of_page(body: &[u8]) -> Option<&'static Encoding> {
    let start = body.get(..PRESCAN).unwrap_or(body);
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = rest.get(at + 5..)?;
        let tag = rest.split('>').next()?;
        let named = tag.match_indices("charset");
        for (at, _) in named {
            if let Some(found) = tag.get(at..).and_then(|part| label(part, '=')) {
                // A page that was read as bytes so far is not in UTF-16, whatever it says.
                let is_wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&found);
                return Some(if is_wide { UTF_8 } else { found });
            }
        }
    }
    None
}

/// The encoding that `charset = "…"` names.
fn label(parameter: &str, sign: char) -> Option<&'static Encoding> {
    let (name, value) = parameter.split_once(sign)?;
    if !name.trim().eq_ignore_ascii_case("charset") {
        return None;
    }
    let value = value.trim().trim_start_matches(['"', '\'']);
    let end = value
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter)))
        .unwrap_or(value.len());
    Encoding::for_label(value.get(..end)?.as_bytes())
}

/// Bytes that are UTF-8 hardly ever mean something else; the rest is what browsers take it for.
fn guess(body: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(body) {
        Ok(_) => UTF_8,
        // A page that was cut may end within a letter; whole ones before it say that it is one.
        Err(error) if error.error_len().is_none() && !is_plain(body, error.valid_up_to()) => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

fn is_plain(body: &[u8], end: usize) -> bool {
    body.get(..end).is_some_and(<[u8]>::is_ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_by_mark_header_page_or_looks_in_this_order() {
        for (body, content_type, expected) in [
            (
                &b"\xef\xbb\xbfT\xc3\xa4"[..],
                Some("text/html; charset=latin1"),
                "Tä",
            ),
            (b"\xff\xfeT\0\xe4\0", None, "Tä"),
            (b"T\xe4", Some("text/html;charset=\"ISO-8859-1\""), "Tä"),
            (b"T\xc3\xa4", Some("text/html"), "Tä"),
            (
                b"<meta charset=windows-1252>T\xe4",
                Some("text/html"),
                "<meta charset=windows-1252>T",
            ),
            (b"T\xe4", None, "Tä"),
            (b"T\xc3\xa4\xc3", None, "Tä\u{fffd}"),
            (b"\x83e\x83X", Some("text/html; charset=Shift_JIS"), "テス"),
            (b"T\xc3\xa4", Some("text/html; charset=nonsense"), "Tä"),
        ] {
            let text = decode(body, content_type);
            assert!(text.starts_with(expected), "{text} is not {expected}");
        }
    }

    #[test]
    fn a_page_names_its_letters_in_two_ways() {
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>\xb1";
        assert!(decode(old, None).ends_with('ą'));
        let late = [vec![b' '; 2_000], b"<meta charset=iso-8859-2>\xb1".to_vec()].concat();
        assert!(decode(&late, None).ends_with('±'), "too late to be heard");
        assert!(decode(b"<meta charset=utf-16>\xc3\xa4", None).ends_with('ä'));
    }
}
