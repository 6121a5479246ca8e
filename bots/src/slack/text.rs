//! Text for Slack: the only place where people's words are escaped and shortened.
//!
//! In `mrkdwn` the three control characters become entities, and characters that
//! would format get a zero-width space before them. Characters that hide or reorder
//! other text are taken out everywhere.

use conversation::plain;
use conversation::view::{Phrase, Span};

pub use crate::fitting::{NOTHING, length, or_nothing};
use crate::fitting::{cleaned, fit, trimmed};

/// Plain text of at most `limit` characters; never cut within a word, unless one word
/// alone is too long.
pub fn plain_text(text: &str, limit: usize) -> String {
    fit(&trimmed(text, limit), limit, |_, grapheme| {
        grapheme.to_owned()
    })
}

/// Plain text for where Slack takes no empty one: on buttons, options and inputs.
pub fn label(text: &str, limit: usize) -> String {
    or_nothing(plain_text(text, limit))
}

/// Escaped text for `mrkdwn` of at most `limit` characters.
pub fn mrkdwn(text: &str, limit: usize) -> String {
    fit(&cleaned(text, limit), limit, |_, grapheme| {
        escaped(grapheme)
    })
}

/// A phrase as `mrkdwn` of at most `limit` characters.
pub fn phrase(phrase: &Phrase, limit: usize) -> String {
    let mut out = String::new();
    for span in phrase {
        let room = limit.saturating_sub(length(&out));
        let next = match span {
            Span::Text(text) => mrkdwn(text, room),
            Span::Strong(text) => wrapped("*", text, room),
            Span::Typed(text) => wrapped("`", &text.replace('`', "'"), room),
            Span::Time(at) => format!(
                "<!date^{}^{{date_short_pretty}} {{time}}|{}>",
                at.timestamp(),
                plain::time(*at)
            ),
        };
        if length(&next) > room {
            break;
        }
        out.push_str(&next);
    }
    out
}

fn wrapped(mark: &str, text: &str, room: usize) -> String {
    let inner = mrkdwn(text.trim(), room.saturating_sub(2));
    if inner.is_empty() {
        inner
    } else {
        format!("{mark}{inner}{mark}")
    }
}

fn escaped(grapheme: &str) -> String {
    let mut out = String::with_capacity(grapheme.len());
    for character in grapheme.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '*' | '_' | '~' | '`' => {
                out.push('\u{200b}');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    /// Some words, few enough that many of them are soon written.
    fn hostile() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("<!channel>".to_owned()),
                Just("<@U123>".to_owned()),
                Just("&lt;".to_owned()),
                Just("*bold* _it_ ~no~ `code`".to_owned()),
                Just("\u{202e}gnorw\u{200b}\u{feff}".to_owned()),
                Just("שלום مرحبا".to_owned()),
                Just("👩‍👩‍👧‍👦".to_owned()),
                Just(" ".to_owned()),
                "\\PC{0,20}",
            ],
            0..12,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn hostile_text_fits_and_controls_nothing(text in hostile(), limit in 1_usize..150) {
            let written = mrkdwn(&text, limit);
            prop_assert!(length(&written) <= limit, "{} > {limit}", length(&written));
            let controls = written.contains(['<', '>', '\u{202e}', '\u{feff}']);
            prop_assert!(!controls);
            prop_assert!(!written.contains("**"));
            let plain = plain_text(&text, limit);
            prop_assert!(length(&plain) <= limit);
        }
    }

    proptest! {
        #[test]
        fn phrases_fit(text in hostile(), limit in 1_usize..200) {
            let mixed = vec![
                Span::Text("For ".into()),
                Span::Strong(text.clone()),
                Span::Typed(text.clone()),
                Span::Time(chrono::DateTime::UNIX_EPOCH),
                Span::Text(text),
            ];
            prop_assert!(length(&phrase(&mixed, limit)) <= limit);
        }
    }

    #[test]
    fn a_hundred_thousand_characters_fit() {
        let long = "wort ".repeat(20_000);
        assert!(length(&mrkdwn(&long, 3_000)) <= 3_000);
        let endless = "x".repeat(100_000);
        assert_eq!(length(&plain_text(&endless, 150)), 150);
    }

    #[test]
    fn times_are_shown_in_the_readers_zone() {
        let at = chrono::DateTime::from_timestamp(1_796_990_400, 0).unwrap();
        assert_eq!(
            phrase(&vec![Span::Time(at)], 100),
            "<!date^1796990400^{date_short_pretty} {time}|2026-12-11 12:00 UTC>"
        );
    }
}
