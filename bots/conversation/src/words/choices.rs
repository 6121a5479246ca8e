//! Words of a member's choices.

use chrono::{DateTime, Utc};
use server_api::enums::Language;

use super::{Fill, Words};
use crate::intent::Slot;
use crate::view::{Phrase, Span};

impl Words {
    /// Followers per network.
    pub fn me_followers(&self, list: &str) -> Phrase {
        self.phrase("me-followers", &[("list", Fill::Text(list))])
    }

    /// No followers were typed.
    pub fn me_followers_none(&self) -> Phrase {
        self.phrase("me-followers-none", &[])
    }

    /// Label of the choice how to appear on boards.
    pub fn visibility_label(&self) -> String {
        self.label("visibility-label")
    }

    /// To appear by name.
    pub fn visibility_name(&self) -> String {
        self.label("visibility-name")
    }

    /// To appear by a pseudonym.
    pub fn visibility_pseudonym(&self, pseudonym: &str) -> String {
        self.label_with(
            "visibility-pseudonym",
            &[("pseudonym", Fill::Text(pseudonym))],
        )
    }

    /// Not to appear.
    pub fn visibility_hidden(&self) -> String {
        self.label("visibility-hidden")
    }

    /// Label of the choice of a language.
    pub fn language_label(&self) -> String {
        self.label("language-label")
    }

    /// A language by its own name.
    pub fn language_name(&self, language: Language) -> String {
        self.label(match language {
            Language::En => "language-en",
            Language::De => "language-de",
        })
    }

    /// The networks that the member prefers.
    pub fn networks_are(&self, list: &str) -> Phrase {
        self.phrase("networks-are", &[("list", Fill::Text(list))])
    }

    /// The member prefers no network.
    pub fn networks_none(&self) -> Phrase {
        self.phrase("networks-none", &[])
    }

    /// What preferring networks does.
    pub fn networks_intro(&self) -> Phrase {
        self.phrase("networks-intro", &[])
    }

    /// Label of the choice of one preferred network.
    pub fn network_slot(&self, slot: Slot) -> String {
        self.label(match slot {
            Slot::First => "network-first",
            Slot::Second => "network-second",
            Slot::Third => "network-third",
        })
    }

    /// To prefer one network less.
    pub fn no_network(&self) -> String {
        self.label("no-network")
    }

    /// The member's accounts.
    pub fn accounts(&self, list: &str) -> Phrase {
        self.phrase("accounts", &[("list", Fill::Text(list))])
    }

    /// Label of the choice which messages of one's own come.
    pub fn delivery_label(&self) -> String {
        self.label("delivery-label")
    }

    /// To get each suggested post.
    pub fn delivery_each_post(&self) -> String {
        self.label("delivery-each-post")
    }

    /// To get none.
    pub fn delivery_channel_only(&self) -> String {
        self.label("delivery-channel-only")
    }

    /// To get none for a week.
    pub fn delivery_pause_week(&self) -> String {
        self.label("delivery-pause-week")
    }

    /// To get them again.
    pub fn delivery_resume(&self) -> String {
        self.label("delivery-resume")
    }

    /// The member gets each suggested post.
    pub fn delivery_each_post_said(&self) -> Phrase {
        self.phrase("delivery-each-post-said", &[])
    }

    /// The member gets no messages of their own.
    pub fn delivery_channel_only_said(&self) -> Phrase {
        self.phrase("delivery-channel-only-said", &[])
    }

    /// A chat would not take the member's messages.
    pub fn delivery_refused(&self, platform: &str) -> Phrase {
        self.phrase("delivery-refused", &[("platform", Fill::Text(platform))])
    }

    /// The member gets none for a while.
    pub fn delivery_paused(&self, until: DateTime<Utc>) -> Phrase {
        self.phrase(
            "delivery-paused",
            &[("time", Fill::Span(Span::Time(until)))],
        )
    }
}
