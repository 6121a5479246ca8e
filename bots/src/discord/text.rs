//! Text for Discord: the only place where people's words are escaped and shortened.
//!
//! In markdown every character that would format, mention, link or name an emoji gets a
//! backslash before it, which Discord takes out again. Characters that hide or reorder
//! other text are taken out everywhere. Footers, buttons and selects show text as it is.

use conversation::plain;
use conversation::view::{Phrase, Span};

use crate::fitting::{cleaned, fit, trimmed};

pub use crate::fitting::{NOTHING, length, or_nothing};

/// Plain text of at most `limit` characters; never cut within a word, unless one word
/// alone is too long.
pub fn plain_text(text: &str, limit: usize) -> String {
    fit(&trimmed(text, limit), limit, |_, grapheme| {
        grapheme.to_owned()
    })
}

/// Plain text for where Discord takes no empty one: on buttons and options.
pub fn label(text: &str, limit: usize) -> String {
    or_nothing(plain_text(text, limit))
}

/// Escaped text for markdown of at most `limit` characters.
pub fn markdown(text: &str, limit: usize) -> String {
    escaped(text, limit, &mut Line::default())
}

fn escaped(text: &str, limit: usize, line: &mut Line) -> String {
    let text = cleaned(text, limit);
    fit(&text, limit, |at, grapheme| {
        let mut out = String::with_capacity(grapheme.len());
        for (offset, character) in grapheme.char_indices() {
            let after = at + offset + character.len_utf8();
            let next = text.get(after..).and_then(|rest| rest.chars().next());
            if line.formats(character, next) {
                out.push('\\');
            }
            out.push(character);
            line.pass(character);
        }
        out
    })
}

/// A phrase as markdown of at most `limit` characters.
pub fn phrase(phrase: &Phrase, limit: usize) -> String {
    let mut out = String::new();
    let mut line = Line::default();
    for span in phrase {
        let room = limit.saturating_sub(length(&out));
        let next = match span {
            Span::Text(text) => escaped(text, room, &mut line),
            Span::Strong(text) => strong(text, room),
            Span::Typed(text) => typed(text, room),
            // The moment for those who plan, how far off it is for those who hurry; both
            // in the reader's own zone and language.
            Span::Time(at) => format!("<t:{0}:f> (<t:{0}:R>)", at.timestamp()),
        };
        if length(&next) > room {
            break;
        }
        match span {
            Span::Text(_) => {}
            Span::Strong(_) | Span::Typed(_) | Span::Time(_) => line.pass_words(&next),
        }
        out.push_str(&next);
    }
    out
}

/// A phrase for places that show text as it is: footers, buttons, selects.
pub fn plain_phrase(phrase: &Phrase, limit: usize) -> String {
    plain_text(&plain::phrase(phrase), limit)
}

/// Anybody's words with weight.
pub fn strong(text: &str, room: usize) -> String {
    let inner = markdown(text.trim(), room.saturating_sub(4));
    if inner.is_empty() {
        inner
    } else {
        format!("**{inner}**")
    }
}

/// Words to type: between backquotes nothing formats, and nothing can be escaped.
fn typed(text: &str, room: usize) -> String {
    let text = text.replace('`', "'").replace('\n', " ");
    let inner = plain_text(&text, room.saturating_sub(2));
    if inner.is_empty() {
        inner
    } else {
        format!("`{inner}`")
    }
}

/// What stands before a character on its line: headings, quotes and lists begin there.
#[derive(Default)]
struct Line {
    begun: bool,
    numbered: bool,
}

impl Line {
    /// Whether `character` would format here, with `next` after it.
    fn formats(&self, character: char, next: Option<char>) -> bool {
        match character {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' | '@' => true,
            '#' | '-' | '+' | '>' => !self.begun,
            // A number that begins a list is counted anew by Discord.
            '.' | ')' => self.numbered,
            // Addresses and names of emoji.
            ':' => next.is_some_and(|next| !next.is_whitespace() && !next.is_numeric()),
            _ => false,
        }
    }

    /// Words that are marked as a whole: no list can begin with them.
    fn pass_words(&mut self, words: &str) {
        if !words.is_empty() {
            self.begun = true;
            self.numbered = false;
        }
    }

    fn pass(&mut self, character: char) {
        if character == '\n' {
            *self = Self::default();
        } else if !character.is_whitespace() {
            self.numbered = character.is_ascii_digit() && (self.numbered || !self.begun);
            self.begun = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fitting::ELLIPSIS;

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    /// Some words, few enough that many of them are soon written.
    fn hostile() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("@everyone @here".to_owned()),
                Just("<@123> <@&4> <#5> <t:1:R> </chorus:6> <:name:7> <id:guide>".to_owned()),
                Just("*bold* _it_ ~~no~~ ||spoiler|| `code` ```block```".to_owned()),
                Just("\n# Heading\n> quote\n>>> all\n- item\n-# small\n1. one".to_owned()),
                Just("[link](https://example.org) https://example.org :smile:".to_owned()),
                Just("\\".to_owned()),
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

    /// What Discord shows of escaped text, as its own rule has it: a backslash and a
    /// character that is neither letter, digit nor space is that character. Fails on a
    /// character that would do something.
    fn shown(written: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut characters = written.chars().peekable();
        while let Some(character) = characters.next() {
            let line = out.rsplit('\n').next().unwrap_or_default().trim_start();
            match character {
                '\\' => match characters.next() {
                    Some(next) if !next.is_alphanumeric() && !next.is_whitespace() => {
                        out.push(next);
                    }
                    other => return Err(format!("a bare backslash before {other:?}")),
                },
                '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' | '@' => {
                    return Err(format!("a bare {character}"));
                }
                '#' | '-' | '+' | '>' if line.is_empty() => {
                    return Err(format!("a line begins with {character}"));
                }
                '.' if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => {
                    return Err("a list begins".to_owned());
                }
                ':' if characters.peek().is_some_and(|next| *next == '/') => {
                    return Err("an address".to_owned());
                }
                other => out.push(other),
            }
        }
        Ok(out)
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn hostile_text_fits_and_controls_nothing(text in hostile(), limit in 1_usize..150) {
            let written = markdown(&text, limit);
            prop_assert!(length(&written) <= limit, "{} > {limit}", length(&written));
            let hidden = written.contains(['\u{202e}', '\u{feff}', '\u{200b}']);
            prop_assert!(!hidden);
            let shown = shown(&written);
            prop_assert!(shown.is_ok(), "{shown:?}: {written}");
            prop_assert!(length(&plain_text(&text, limit)) <= limit);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_what_was_written(text in hostile()) {
            let written = markdown(&text, 100_000);
            prop_assert_eq!(shown(&written), Ok(cleaned(&text, usize::MAX)));
        }

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
            prop_assert!(length(&plain_phrase(&mixed, limit)) <= limit);
        }
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_is_linked() {
        assert_eq!(
            markdown("@everyone <@1> https://example.org at 12:30", 100),
            "\\@everyone \\<\\@1> https\\://example.org at 12:30"
        );
        assert_eq!(markdown("2. Linus\n# C#", 100), "2\\. Linus\n\\# C#");
    }

    #[test]
    fn what_stands_before_a_span_on_its_line_counts() {
        let words = |first: Span, then: &str| vec![first, Span::Text(then.to_owned())];
        assert_eq!(phrase(&words(Span::Text("1".into()), ". x"), 100), "1\\. x");
        assert_eq!(phrase(&words(Span::Text(" ".into()), "- x"), 100), " \\- x");
        assert_eq!(
            phrase(&words(Span::Strong("a".into()), ". x"), 100),
            "**a**. x"
        );
        assert_eq!(
            phrase(&words(Span::Typed("a".into()), " - x"), 100),
            "`a` - x"
        );
    }

    #[test]
    fn typed_words_stay_within_their_quotes() {
        let words = vec![Span::Typed("/chorus `me`\n@here".into())];
        assert_eq!(phrase(&words, 100), "`/chorus 'me' @here`");
    }

    #[test]
    fn a_hundred_thousand_characters_fit() {
        let long = "*wort* ".repeat(20_000);
        let written = markdown(&long, 4_096);
        assert!(length(&written) <= 4_096 && written.ends_with(ELLIPSIS));
        let endless = "x".repeat(100_000);
        assert_eq!(length(&plain_text(&endless, 80)), 80);
    }

    #[test]
    fn times_are_shown_in_the_readers_zone() {
        let at = chrono::DateTime::from_timestamp(1_796_990_400, 0).unwrap();
        assert_eq!(
            phrase(&vec![Span::Time(at)], 100),
            "<t:1796990400:f> (<t:1796990400:R>)"
        );
    }
}
