//! From markup to plain text, and from long to short, for titles and summaries of feeds.

use unicode_segmentation::UnicodeSegmentation;

/// Elements whose content is not read by people.
const UNREAD: [&str; 4] = ["script", "style", "template", "noscript"];

/// The text of HTML as a reader sees it, in one line: without tags, comments
/// and scripts, with entities decoded and white space collapsed.
pub fn from_html(html: &str) -> String {
    let html = beginning(html);
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tail) = rest.split_at(start);
        text.push_str(before);
        if let Some((after, parts_words)) = skip_markup(tail) {
            if parts_words {
                text.push(' ');
            }
            rest = after;
        } else {
            // A bare "less than".
            text.push('<');
            rest = tail.get(1..).unwrap_or_default();
        }
    }
    text.push_str(rest);
    one_line(&decode(&text))
}

/// Bytes that are read: far more than any title or summary keeps.
const READ_LIMIT: usize = 65_536;

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(READ_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Collapses white space and drops what cannot be seen.
pub fn one_line(text: &str) -> String {
    let visible: String = beginning(text)
        .chars()
        .map(|letter| if letter == '\u{a0}' { ' ' } else { letter })
        .filter(|letter| !letter.is_control() || letter.is_whitespace())
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `limit` characters, cut between words where there are any, with an ellipsis.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(1);
    let mut cut = String::new();
    let mut length = 0;
    for piece in text.split_word_bounds() {
        length += piece.chars().count();
        if length > room {
            break;
        }
        cut.push_str(piece);
    }
    let mut kept = cut
        .trim_end_matches(|letter: char| letter.is_whitespace() || ",;:–—-(".contains(letter))
        .to_owned();
    if kept.is_empty() {
        // One endless word: cut between the letters that people see.
        length = 0;
        for grapheme in text.graphemes(true) {
            length += grapheme.chars().count();
            if length > room {
                break;
            }
            kept.push_str(grapheme);
        }
    }
    kept.push('…');
    kept
}

/// What follows the markup that `text` begins with, and whether it parts
/// words; none if it begins with no markup.
fn skip_markup(text: &str) -> Option<(&str, bool)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((after(comment, "-->"), false));
    }
    if let Some(literal) = text.strip_prefix("<![CDATA[") {
        // Its marks go, its content stays.
        return Some((literal, false));
    }
    let inner = text.strip_prefix('<')?;
    let begins = inner.strip_prefix('/').unwrap_or(inner);
    if !begins.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let end = tag_end(inner)?;
    let (tag, rest) = inner.split_at_checked(end)?;
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let name: String = begins
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let opens = !tag.starts_with('/') && !tag.ends_with('/');
    if opens && UNREAD.contains(&name.as_str()) {
        return Some((after_element(rest, &name), true));
    }
    Some((rest, !is_inline(&name)))
}

/// Longest tag; bounds the work on hostile text.
const TAG_LIMIT: usize = 1_024;

/// Where the tag's closing bracket is, outside quoted attributes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut first = None;
    let mut after_equals = false;
    for (index, letter) in tag.char_indices().take(TAG_LIMIT) {
        match (quote, letter) {
            (None, '>') => return Some(index),
            // Quotes count only in attributes, after an equals sign.
            (None, '"' | '\'') if after_equals => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (Some(_), '>') if first.is_none() => first = Some(index),
            (None | Some(_), _) => {}
        }
        after_equals = letter == '=' || (after_equals && letter.is_whitespace());
    }
    // A quote that is never closed: the bracket within it ends the tag.
    first
}

fn after<'t>(text: &'t str, mark: &str) -> &'t str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("</") {
        let closes = tail
            .get(..name.len())
            .is_some_and(|begins| begins.eq_ignore_ascii_case(name));
        if closes {
            return after(tail, ">");
        }
        rest = tail;
    }
    ""
}

/// Elements that do not part words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Longest name or number of an entity.
const ENTITY_LIMIT: usize = 32;

fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, tail) = rest.split_at(start);
        decoded.push_str(before);
        let entity = tail.get(1..).unwrap_or_default();
        let found = entity
            .find(';')
            .filter(|end| *end <= ENTITY_LIMIT)
            .and_then(|end| Some((character(entity.get(..end)?)?, entity.get(end + 1..)?)));
        if let Some((letter, after)) = found {
            decoded.push(letter);
            rest = after;
        } else {
            decoded.push('&');
            rest = entity;
        }
    }
    decoded.push_str(rest);
    decoded
}

fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Old editors wrote Windows-1252: HTML reads the range so.
        return char::from_u32(windows_1252(code)).filter(|letter| *letter != '\0');
    }
    NAMED
        .iter()
        .find(|(name, _)| *name == entity)
        .map(|(_, letter)| *letter)
}

fn windows_1252(code: u32) -> u32 {
    match code {
        0x80 => 0x20AC,
        0x82 => 0x201A,
        0x84 => 0x201E,
        0x85 => 0x2026,
        0x8B => 0x2039,
        0x91 => 0x2018,
        0x92 => 0x2019,
        0x93 => 0x201C,
        0x94 => 0x201D,
        0x95 => 0x2022,
        0x96 => 0x2013,
        0x97 => 0x2014,
        0x99 => 0x2122,
        0x9B => 0x203A,
        other => other,
    }
}

/// Named characters of HTML that texts of people use.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("yen", '¥'),
    ("sect", '§'),
    ("copy", '©'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("shy", '\u{ad}'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("acute", '´'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("middot", '·'),
    ("sup1", '¹'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("ETH", 'Ð'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("times", '×'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("THORN", 'Þ'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("eth", 'ð'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("divide", '÷'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("thorn", 'þ'),
    ("yuml", 'ÿ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("minus", '−'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("hearts", '♥'),
    ("check", '✓'),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;

    #[test]
    fn html_becomes_what_a_reader_sees() {
        let cases = [
            ("plain", "plain"),
            ("<p>One</p><p>two</p>", "One two"),
            ("a<b>b</b>c", "abc"),
            ("a<br/>b", "a b"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            (
                "AT&amp;T &#8211; caf&eacute; &nbsp; &#x1F389;",
                "AT&T – café 🎉",
            ),
            ("&unknown; &amp; &#0; &#xD800;", "&unknown; & &#0; &#xD800;"),
            ("it&#146;s", "it’s"),
            ("<script>alert('<b>')</script>safe", "safe"),
            ("<STYLE>p{}</STYLE >safe", "safe"),
            ("<script>never closed", ""),
            ("a<!-- <b>hidden</b> -->b", "ab"),
            ("<a title=\"x > y\" href='#'>link</a>", "link"),
            ("<img alt=\"5\" tall\">after", "after"),
            ("<![CDATA[kept]]", "kept]]"),
            ("tail <unclosed", "tail <unclosed"),
            ("<a href=\"never>closed", "closed"),
            ("line\n\t  break\u{0}\u{7}", "line break"),
            ("&lt;b&gt;", "<b>"),
        ];
        for (html, text) in cases {
            assert_eq!(from_html(html), text, "{html}");
        }
    }

    #[test]
    fn long_text_is_cut_between_words() {
        assert_eq!(shorten("short", 10), "short");
        assert_eq!(shorten("one two three four", 12), "one two…");
        assert_eq!(shorten("one two, three", 10), "one two…");
        assert_eq!(shorten("endlesswordwithoutspace", 10), "endlesswo…");
        assert_eq!(shorten("日本語の文章はここで終わる", 5).chars().count(), 5);
        assert_eq!(shorten("abc", 0), "…");
    }

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    proptest! {
        #![proptest_config(many())]

        // Read once: as a mere text it would be anew for each input, and this takes time.
        #[test]
        fn hostile_markup_never_panics_and_does_not_grow(
            html in string_regex("\\PC{0,100}|[<>&;a-z\"'=/! -]{0,80}").unwrap(),
        ) {
            let text = from_html(&html);
            prop_assert!(text.chars().count() <= html.chars().count());
            prop_assert!(shorten(&text, 20).chars().count() <= 20);
        }
    }
}
