//! Every sentence, in every language: Fluent messages behind typed accessors.
//!
//! Text of people and posts never enters Fluent: it is set into the finished
//! sentence as a span, so that nothing in it can be taken for markup.

mod board;
mod buttons;
mod card;
mod choices;
mod guide;
mod me;
mod pairing;
mod problems;
mod proposal;
mod review;
mod share;

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use server_api::enums::Language;
use unic_langid::LanguageIdentifier;

use crate::action::language_code;
use crate::view::{Phrase, Span};

const ENGLISH: &str = include_str!("../locales/en.ftl");
const GERMAN: &str = include_str!("../locales/de.ftl");

/// First of the private-use characters that stand for spans while Fluent works.
const FIRST_MARK: u32 = 0xE000;

/// The sentences of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// What a sentence is filled with.
pub(crate) enum Fill<'a> {
    /// A number, which also chooses the plural form.
    Number(i64),
    /// Text of a person or a post, or another span.
    Span(Span),
    /// The same, for a text at hand.
    Text(&'a str),
}

impl Words {
    /// The sentences of `language`.
    pub fn of(language: Language) -> &'static Self {
        static EN: OnceLock<Words> = OnceLock::new();
        static DE: OnceLock<Words> = OnceLock::new();
        match language {
            Language::En => EN.get_or_init(|| Self::read(language, ENGLISH)),
            Language::De => DE.get_or_init(|| Self::read(language, GERMAN)),
        }
    }

    fn read(language: Language, source: &str) -> Self {
        // Chooses the plural rules; the tests see that both tags are known.
        let id: LanguageIdentifier = language_code(language).parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would stand in every message; adapters isolate
        // right-to-left text where they escape it.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value, _| grouped(value, ','),
            Language::De => |value, _| grouped(value, '.'),
        }));
        let (resource, errors) = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        if !errors.is_empty() || bundle.add_resource(resource).is_err() {
            tracing::error!(?language, "a locale is faulty");
        }
        Self { language, bundle }
    }

    /// The language that these speak.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A count as people of this language write it.
    pub fn number(&self, count: i64) -> String {
        group_digits(
            &count.to_string(),
            match self.language {
                Language::En => ',',
                Language::De => '.',
            },
        )
    }

    fn label(&self, id: &str) -> String {
        crate::plain::phrase(&self.phrase(id, &[]))
    }

    fn label_with(&self, id: &str, fills: &[(&str, Fill<'_>)]) -> String {
        crate::plain::phrase(&self.phrase(id, fills))
    }

    fn phrase(&self, id: &str, fills: &[(&str, Fill<'_>)]) -> Phrase {
        let mut spans = Vec::new();
        let mut arguments = FluentArgs::new();
        for (name, fill) in fills {
            let span = match fill {
                Fill::Number(count) => {
                    arguments.set(*name, FluentValue::from(*count));
                    continue;
                }
                Fill::Span(span) => span.clone(),
                Fill::Text(text) => Span::Text((*text).to_owned()),
            };
            arguments.set(*name, mark(spans.len()));
            spans.push(span);
        }
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            tracing::error!(id, language = ?self.language, "a message is missing");
            return vec![Span::Text(id.to_owned())];
        };
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        if !errors.is_empty() {
            tracing::error!(id, language = ?self.language, ?errors, "a message is faulty");
        }
        weave(&text, &spans)
    }
}

fn mark(index: usize) -> String {
    u32::try_from(index)
        .ok()
        .and_then(|index| char::from_u32(FIRST_MARK + index))
        .map(String::from)
        .unwrap_or_default()
}

/// Turns a finished sentence into spans: marks into what they stand for,
/// `**…**` into strong and backquotes into typed words.
fn weave(text: &str, spans: &[Span]) -> Phrase {
    let mut woven = Weaver::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let index = u32::from(character).wrapping_sub(FIRST_MARK);
        let span = usize::try_from(index).ok().and_then(|i| spans.get(i));
        match (character, span) {
            (_, Some(span)) => woven.span(span.clone()),
            ('*', None) if characters.peek() == Some(&'*') => {
                characters.next();
                woven.turn(Style::Strong);
            }
            ('`', None) => woven.turn(Style::Typed),
            (other, None) => woven.plain.push(other),
        }
    }
    woven.flush();
    woven.phrase
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Style {
    #[default]
    Plain,
    Strong,
    Typed,
}

#[derive(Default)]
struct Weaver {
    phrase: Phrase,
    plain: String,
    style: Style,
}

impl Weaver {
    fn styled(&self, text: String) -> Span {
        match self.style {
            Style::Plain => Span::Text(text),
            Style::Strong => Span::Strong(text),
            Style::Typed => Span::Typed(text),
        }
    }

    fn flush(&mut self) {
        if !self.plain.is_empty() {
            let text = std::mem::take(&mut self.plain);
            self.phrase.push(self.styled(text));
        }
    }

    fn span(&mut self, span: Span) {
        self.flush();
        let span = match span {
            Span::Text(text) => self.styled(text),
            other @ (Span::Strong(_) | Span::Typed(_) | Span::Time(_)) => other,
        };
        self.phrase.push(span);
    }

    fn turn(&mut self, style: Style) {
        self.flush();
        self.style = if self.style == style {
            Style::Plain
        } else {
            style
        };
    }
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(group_digits(&number.as_string(), separator)),
        FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }
}

fn group_digits(digits: &str, separator: char) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("-", rest));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests;
