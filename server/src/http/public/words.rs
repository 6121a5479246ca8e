//! The sentences of the public pages, in English and German: typed accessors
//! over Fluent messages. A sentence that is not here is on no page.

use std::sync::LazyLock;

use axum::http::{HeaderMap, header};
use entity::enums::{Language, Network};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

static EN: LazyLock<Words> =
    LazyLock::new(|| Words::read("en", include_str!("../../../locales/en.ftl")));
static DE: LazyLock<Words> =
    LazyLock::new(|| Words::read("de", include_str!("../../../locales/de.ftl")));

/// The sentences of one language.
pub struct Words {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// A page with one thing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The member confirmed a share.
    Thanks,
    /// The member does not want the post.
    Dismissed,
    /// The post was withdrawn.
    Withdrawn,
    /// The post has expired.
    Expired,
    /// The network cannot carry the post.
    CannotCarry,
    /// The organization does not offer the network.
    NotOffered,
    /// The member left.
    Left,
    /// The signed address is no good.
    NoAddress,
    /// A program looked at a share address.
    Preview,
    /// The board's day is over.
    BoardExpired,
    /// There is no such short link.
    NoLink,
    /// What a short link led to was withdrawn.
    Gone,
    /// The database is away.
    Away,
}

impl Notice {
    fn key(self) -> &'static str {
        match self {
            Self::Thanks => "thanks",
            Self::Dismissed => "dismissed",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::CannotCarry => "cannot-carry",
            Self::NotOffered => "not-offered",
            Self::Left => "left",
            Self::NoAddress => "no-address",
            Self::Preview => "preview",
            Self::BoardExpired => "board-expired",
            Self::NoLink => "no-link",
            Self::Gone => "gone",
            Self::Away => "away",
        }
    }
}

/// Declares accessors of sentences without anything to fill in.
macro_rules! sentences {
    ($($name:ident: $id:literal),+ $(,)?) => {$(
        #[doc = concat!("The sentence `", $id, "`.")]
        pub fn $name(&self) -> String {
            self.say($id, &[])
        }
    )+};
}

impl Words {
    /// The sentences of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::De => &DE,
        }
    }

    /// The sentences of the language that a browser asks for first, among ours.
    pub fn asked_for(headers: &HeaderMap) -> &'static Self {
        let wanted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let first = wanted.split(',').map(str::trim).find_map(|tag| {
            match tag
                .get(..2)
                .unwrap_or_default()
                .to_ascii_lowercase()
                .as_str()
            {
                "en" => Some(Language::En),
                "de" => Some(Language::De),
                _ => None,
            }
        });
        Self::of(first.unwrap_or(Language::En))
    }

    sentences! {
        text_label: "text-label",
        open_mail: "open-mail",
        copy_text: "copy-text",
        copied_only: "copied-only",
        then_done: "then-done",
        done: "done",
        not_for_me: "not-for-me",
        go_on: "go-on",
        instance_label: "instance-label",
        instance_help: "instance-help",
        instance_fault: "instance-fault",
        board_title: "board-title",
        board_empty: "board-empty",
        period_label: "period-label",
        week: "week",
        month: "month",
        quarter: "quarter",
        all_time: "all-time",
        rank: "rank",
        name: "name",
        movement: "movement",
        points: "points",
        no_movement: "no-movement",
        tied: "tied",
        you: "you",
        how_points_work: "how-points-work",
        rule_hidden: "rule-hidden",
        rule_movement: "rule-movement",
    }

    /// The language's code, for `lang`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The headline of a notice.
    pub fn notice_title(&self, notice: Notice) -> String {
        self.say(&format!("{}-title", notice.key()), &[])
    }

    /// The text of a notice.
    pub fn notice_text(&self, notice: Notice) -> String {
        self.say(&format!("{}-text", notice.key()), &[])
    }

    /// The headline of the share page.
    pub fn share_title(&self, network: Network) -> String {
        match network {
            Network::Email => self.say("share-title-email", &[]),
            Network::Copy => self.say("share-title-copy", &[]),
            named => self.say("share-title", &[("network", network_name(named).into())]),
        }
    }

    /// The one big button where the text must be copied.
    pub fn copy_and_open(&self, network: Network) -> String {
        self.say(
            "copy-and-open",
            &[("network", network_name(network).into())],
        )
    }

    /// The one big button where the page takes the text.
    pub fn open_instance(&self, host: &str) -> String {
        self.say("open-instance", &[("network", host.into())])
    }

    /// What is said when the text was copied.
    pub fn copied(&self, network: Network) -> String {
        match network {
            Network::Email | Network::Copy => self.copied_only(),
            named => self.say("copied", &[("network", network_name(named).into())]),
        }
    }

    /// How many people are on a board; an empty label is all time.
    pub fn board_summary(&self, label: &str, members: i64) -> String {
        let id = if label.is_empty() {
            "board-summary-all"
        } else {
            "board-summary"
        };
        self.say(id, &[("label", label.into()), ("members", members.into())])
    }

    /// How many places somebody moved up.
    pub fn moved_up(&self, places: i64) -> String {
        self.say("moved-up", &[("places", places.into())])
    }

    /// How many places somebody moved down.
    pub fn moved_down(&self, places: i64) -> String {
        self.say("moved-down", &[("places", places.into())])
    }

    /// What a confirmed share earns.
    pub fn rule_confirmed(&self, points: i64) -> String {
        self.say("rule-confirmed", &[("points", points.into())])
    }

    /// What a proven share earns on top.
    pub fn rule_proven(&self, points: i64) -> String {
        self.say("rule-proven", &[("points", points.into())])
    }

    /// What clicks earn.
    pub fn rule_click(&self, points: i64, clicks: i64) -> String {
        self.say(
            "rule-click",
            &[("points", points.into()), ("clicks", clicks.into())],
        )
    }

    /// What a proposal earns that becomes a post.
    pub fn rule_proposal(&self, points: i64) -> String {
        self.say("rule-proposal", &[("points", points.into())])
    }

    /// How many shares a day earn.
    pub fn rule_cap(&self, shares: i64) -> String {
        self.say("rule-cap", &[("shares", shares.into())])
    }

    fn read(code: &'static str, source: &str) -> Self {
        let language: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The pages set the direction of text themselves.
        bundle.set_use_isolating(false);
        // A faulty message is left out; the tests see that none is missing.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { code, bundle }
    }

    fn say(&self, id: &str, fills: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = fills
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        self.bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }
}

/// What a network calls itself; these are names, not words.
pub(in crate::http) fn network_name(network: Network) -> &'static str {
    match network {
        Network::Linkedin => "LinkedIn",
        Network::X => "X",
        Network::Facebook => "Facebook",
        Network::Threads => "Threads",
        Network::Bluesky => "Bluesky",
        Network::Mastodon => "Mastodon",
        Network::Reddit => "Reddit",
        Network::Xing => "XING",
        Network::Whatsapp => "WhatsApp",
        Network::Telegram => "Telegram",
        Network::Email => "E-Mail",
        Network::Copy => "Chorus",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::collections::BTreeSet;

    fn ids(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split(" =").next())
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (en, de) = (
            include_str!("../../../locales/en.ftl"),
            include_str!("../../../locales/de.ftl"),
        );
        assert_eq!(ids(en), ids(de));
        for words in [Words::of(Language::En), Words::of(Language::De)] {
            for id in ids(en) {
                assert!(words.bundle.get_message(id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn every_notice_has_its_words() {
        for notice in [
            Notice::Thanks,
            Notice::Dismissed,
            Notice::Withdrawn,
            Notice::Expired,
            Notice::CannotCarry,
            Notice::NotOffered,
            Notice::Left,
            Notice::NoAddress,
            Notice::Preview,
            Notice::BoardExpired,
            Notice::NoLink,
            Notice::Gone,
            Notice::Away,
        ] {
            let words = Words::of(Language::De);
            assert!(words.notice_title(notice).contains(' ') || notice == Notice::Thanks);
            assert!(words.notice_text(notice).ends_with('.'));
        }
    }

    #[test]
    fn numbers_choose_their_form() {
        let words = Words::of(Language::En);
        assert_eq!(
            words.board_summary("2026-W47", 1),
            "2026-W47: one person with points"
        );
        assert_eq!(
            words.board_summary("", 12),
            "Since the beginning: 12 people with points"
        );
    }

    #[test]
    fn a_browser_gets_the_first_language_that_we_have() {
        let asked = |wanted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(wanted));
            Words::asked_for(&headers).code()
        };
        assert_eq!(asked("fr-FR, de-AT;q=0.8, en;q=0.5"), "de");
        assert_eq!(asked("fr"), "en");
        assert_eq!(Words::asked_for(&HeaderMap::new()).code(), "en");
    }
}
