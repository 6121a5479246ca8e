//! How a page looks and speaks to whoever opens it: theme, language, time zone, now.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::enums::Language;
use entity::{member, organization};

use super::cookies;
use super::icon::Icon;
use super::when::{self, TimeTag};
use super::words::Words;
use crate::http::public::assets;

/// The theme that a browser chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the browser's own system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in forms, cookies and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// What can be told as a number; templates hand it on by reference.
pub trait Number {
    /// The number, as far as it can be told.
    fn whole(self) -> i64;
}

/// Numbers that are told as they are, or as the largest that can be.
macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Number for $number {
            fn whole(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )+};
}

numbers! { u32, u64, usize }

impl Number for i64 {
    fn whole(self) -> i64 {
        self
    }
}

impl<N: Number + Copy> Number for &N {
    fn whole(self) -> i64 {
        (*self).whole()
    }
}

/// How a page looks and speaks.
#[derive(Clone, Debug)]
pub struct Look {
    /// The theme.
    pub theme: Theme,
    /// The sentences.
    pub words: &'static Words,
    /// The zone in which times are told.
    pub zone: Tz,
    /// When the page was asked for.
    pub now: DateTime<Utc>,
    /// The colour of the organization, if it has one of its own.
    pub accent: Option<String>,
}

impl Look {
    /// For a member.
    pub fn of_member(
        headers: &HeaderMap,
        (house, member): (&organization::Model, &member::Model),
        now: DateTime<Utc>,
    ) -> Self {
        let zone = member.time_zone.as_deref().unwrap_or(&house.time_zone);
        Self {
            theme: cookies::theme(headers),
            words: Words::of(member.language.unwrap_or(house.language)),
            zone: zone.parse().unwrap_or(Tz::UTC),
            now,
            accent: house.accent.clone(),
        }
    }

    /// For somebody who is not logged in: in the first language of ours that the browser asks
    /// for, else in the organization's.
    pub fn of_stranger(
        headers: &HeaderMap,
        house: Option<&organization::Model>,
        now: DateTime<Utc>,
    ) -> Self {
        let ours = house.map_or(Language::En, |house| house.language);
        let zone = house.and_then(|house| house.time_zone.parse().ok());
        Self {
            theme: cookies::theme(headers),
            words: Words::of(asked_for(headers).unwrap_or(ours)),
            zone: zone.unwrap_or(Tz::UTC),
            now,
            accent: house.and_then(|house| house.accent.clone()),
        }
    }

    /// The language's code, for `lang`.
    pub fn code(&self) -> &'static str {
        self.words.code()
    }

    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A sentence that depends on a number, which it may repeat as `$count`.
    pub fn count(&self, key: &str, count: impl Number) -> String {
        self.words.count(key, count.whole())
    }

    /// A sentence with one text filled in.
    pub fn with(&self, key: &str, name: &'static str, text: impl AsRef<str>) -> String {
        self.words.tell(key, &[(name, text.as_ref().into())])
    }

    /// How long ago, or how soon, up to a week; else the date.
    pub fn ago(&self, at: &DateTime<Utc>) -> TimeTag {
        when::relative(self, *at)
    }

    /// Date and time.
    pub fn moment(&self, at: &DateTime<Utc>) -> TimeTag {
        when::absolute(self, *at)
    }

    /// Where the style of the organization's colour lies.
    pub fn accent_style(&self) -> Option<String> {
        self.accent.as_deref().and_then(assets::accent)
    }

    /// A number with its thousands apart.
    pub fn number(&self, number: impl Number) -> String {
        when::grouped(self.words, number.whole())
    }
}

/// What is the same on every page; templates reach only what they are given.
#[expect(clippy::unused_self, reason = "a template calls methods of its fields")]
impl Look {
    /// Where the mark lies.
    pub fn mark(&self) -> String {
        assets::MARK.path()
    }

    /// Where the style of all pages lies.
    pub fn style(&self) -> String {
        assets::STYLE.path()
    }

    /// Where the console's style lies.
    pub fn console_style(&self) -> String {
        assets::CONSOLE_STYLE.path()
    }

    /// Where the frame's script lies.
    pub fn console_script(&self) -> String {
        assets::CONSOLE.path()
    }

    /// Where the script of the palette and the keys lies.
    pub fn palette_script(&self) -> String {
        assets::PALETTE.path()
    }

    /// Where the script of posts' pages lies.
    pub fn posts_script(&self) -> String {
        assets::POSTS.path()
    }

    /// Where the style of library, composer and calendar lies.
    pub fn content_style(&self) -> String {
        assets::CONTENT_STYLE.path()
    }

    /// Where the style of Insight and the leaderboard lies.
    pub fn insight_style(&self) -> String {
        assets::INSIGHT_STYLE.path()
    }

    /// Where the library's script lies.
    pub fn library_script(&self) -> String {
        assets::LIBRARY.path()
    }

    /// Where the composer's script lies.
    pub fn composer_script(&self) -> String {
        assets::COMPOSER.path()
    }

    /// Where the calendar's script lies.
    pub fn calendar_script(&self) -> String {
        assets::CALENDAR.path()
    }

    /// Where the script of feeds and files lies.
    pub fn sources_script(&self) -> String {
        assets::SOURCES.path()
    }

    /// The icon of what concerns the member.
    pub fn you_icon(&self) -> &'static str {
        Icon::You.path()
    }

    /// The icon of what stands behind "More".
    pub fn more_icon(&self) -> &'static str {
        Icon::More.path()
    }
}

fn asked_for(headers: &HeaderMap) -> Option<Language> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    wanted.split(',').map(str::trim).find_map(|tag| {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Language::En),
            "de" => Some(Language::De),
            _ => None,
        }
    })
}
