//! The sentences of the console, in English and German: Fluent messages in
//! `locales/console/{en,de}/`, one file per family of pages. A sentence that is not there is on
//! no page.

use std::sync::LazyLock;

use entity::enums::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::when;

/// Names the families, each a file in every language.
macro_rules! families {
    ($($family:literal),+ $(,)?) => {
        const ENGLISH: &[&str] = &[$(include_str!(concat!("../../../locales/console/en/", $family, ".ftl"))),+];
        const GERMAN: &[&str] = &[$(include_str!(concat!("../../../locales/console/de/", $family, ".ftl"))),+];
    };
}

families! {
    "access",
    "audit",
    "calendar",
    "campaigns",
    "composer",
    "connections",
    "data",
    "frame",
    "home",
    "insight",
    "leaderboard",
    "library",
    "people",
    "posts",
    "proposals",
    "review",
    "settings",
    "sources",
    "topics",
}

static EN: LazyLock<Words> = LazyLock::new(|| Words::read("en", ENGLISH));
static DE: LazyLock<Words> = LazyLock::new(|| Words::read("de", GERMAN));

/// The sentences of one language.
pub struct Words {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.code).finish()
    }
}

impl Words {
    /// The sentences of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::De => &DE,
        }
    }

    /// The language's code, for `lang`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether there is a sentence of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A sentence that depends on a number, which it may repeat as `$count`.
    pub fn count(&self, key: &str, count: i64) -> String {
        self.tell(key, &[("count", count.into())])
    }

    /// A sentence with texts and numbers filled in.
    pub fn tell(&self, key: &str, fills: &[(&'static str, FluentValue<'_>)]) -> String {
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let fills: FluentArgs<'_> = fills
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        self.bundle
            .format_pattern(pattern, Some(&fills), &mut Vec::new())
            .into_owned()
    }

    fn read(code: &'static str, sources: &[&str]) -> Self {
        let language: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The pages set the direction of text themselves.
        bundle.set_use_isolating(false);
        let numbers: fn(&FluentValue<'_>, &_) -> Option<String> = match code {
            "de" => german,
            _ => english,
        };
        bundle.set_formatter(Some(numbers));
        for source in sources {
            // A faulty message is left out; the tests see that none is missing.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { code, bundle }
    }
}

/// Numbers in English sentences.
fn english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ",")
}

/// Numbers in German sentences.
fn german<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ".")
}

/// A number with its thousands apart; nothing for what is no whole one.
fn grouped(value: &FluentValue<'_>, mark: &str) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let number: i64 = number.value.to_string().parse().ok()?;
    Some(when::apart(number, mark))
}

#[cfg(test)]
mod tests;
