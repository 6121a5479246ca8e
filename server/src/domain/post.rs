//! Posts: what they may say, and which step may follow which.

mod content;
mod life;
mod wordings;

use chrono::{DateTime, Utc};
use entity::enums::{EditMode, Language, Network, PostKind, Priority};
use entity::json::Audience;

use super::fault::Fault;
use super::{audience, folding, topic, web_address};

use wordings::check_wordings;

pub use life::{
    Passage, Step, expiry, goes_live_at, is_embargoed, is_open, is_overdue, may_approve, passage,
    state_at, unarchived, writers_of,
};
pub use wordings::{Measure, measure};

/// Characters of a title.
pub const TITLE_LIMIT: usize = 200;
/// Characters of a summary.
pub const SUMMARY_LIMIT: usize = 600;
/// Characters of a picture's description.
pub const ALT_LIMIT: usize = 1_000;
/// Characters of a disclosure.
pub const DISCLOSURE_LIMIT: usize = 200;
/// Characters of a reviewer's note.
pub const NOTE_LIMIT: usize = 1_000;
/// Characters of a campaign's slug.
pub const SLUG_LIMIT: usize = 64;
/// Wordings per network, and as many for all networks.
pub const VARIANTS_PER_NETWORK: usize = 15;

/// One wording, for one network or for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The network it is for; none for every network.
    pub network: Option<Network>,
    /// The words, without the link.
    pub text: String,
}

/// What a curator says about a post: unchecked until [`Draft::checked`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What members are asked to do.
    pub kind: PostKind,
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences.
    pub summary: String,
    /// Where its links lead.
    pub url: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Language of the content.
    pub language: Option<Language>,
    /// Slug of a campaign.
    pub campaign: Option<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    /// How far members may change its words.
    pub edit_mode: EditMode,
    /// Shown before others.
    pub featured: bool,
    /// Its place among those that are featured alike.
    pub priority: Priority,
    /// To whom it is suggested; none for everybody.
    pub audience: Option<Audience>,
    /// Neither shown nor shared before this time.
    pub embargo_until: Option<DateTime<Utc>>,
    /// Says near the claim who speaks; the organization's words if none.
    pub disclosure: Option<String>,
    /// Its wordings, in order.
    pub variants: Vec<Wording>,
    /// When it is to go live.
    pub publish_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            kind: PostKind::Share,
            title: String::new(),
            summary: String::new(),
            url: None,
            image_url: None,
            image_alt: None,
            language: None,
            campaign: None,
            topics: Vec::new(),
            edit_mode: EditMode::Free,
            featured: false,
            priority: Priority::Normal,
            audience: None,
            embargo_until: None,
            disclosure: None,
            variants: Vec::new(),
            publish_at: None,
            expires_at: None,
        }
    }
}

/// How far a draft has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demand {
    /// Somebody is writing: it has to fit into its columns.
    Unfinished,
    /// It is to be a post, from a time on.
    Finished(DateTime<Utc>),
}

impl Draft {
    /// The same, trimmed and with normalised addresses; or every fault in it.
    pub fn checked(self, now: DateTime<Utc>) -> Result<Self, Vec<Fault>> {
        self.examined(Demand::Finished(now))
    }

    /// The same of what is still being written: what is missing or too long for a network is no
    /// fault yet.
    pub fn unfinished(self) -> Result<Self, Vec<Fault>> {
        self.examined(Demand::Unfinished)
    }

    fn examined(mut self, demand: Demand) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        self.title = trimmed(&self.title);
        self.summary = trimmed(&self.summary);
        let least = usize::from(demand != Demand::Unfinished);
        check_text(&mut faults, "title", &self.title, least, TITLE_LIMIT);
        check_text(&mut faults, "summary", &self.summary, 0, SUMMARY_LIMIT);
        self.url = check_address(&mut faults, "url", self.url.as_deref());
        let needs_url = matches!(self.kind, PostKind::Engage | PostKind::Job);
        if self.url.is_none() && needs_url && demand != Demand::Unfinished {
            faults.push(Fault::new("url", "is required for this kind of post"));
        }
        self.check_image(&mut faults, demand);
        self.check_place(&mut faults);
        if let Demand::Finished(now) = demand {
            self.check_times(&mut faults, now);
        }
        check_wordings(
            &mut faults,
            &mut self.variants,
            (self.url.is_some(), demand),
        );
        // One fault of a field is enough to correct it by.
        faults.dedup_by(|later, earlier| later.field == earlier.field);
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }

    /// Campaign, topics, audience and disclosure.
    fn check_place(&mut self, faults: &mut Vec<Fault>) {
        if let Some(slug) = &self.campaign
            && !is_slug(slug)
        {
            faults.push(Fault::new(
                "campaign",
                "must be 1 to 64 lower-case letters, digits and single hyphens",
            ));
        }
        match topic::check(&self.topics) {
            Ok(topics) => self.topics = topics,
            Err(fault) => faults.push(fault),
        }
        if self.audience.as_ref().is_some_and(audience::is_too_long) {
            let reason = format!("has a list of more than {} terms", audience::TERMS);
            faults.push(Fault::new("audience", reason));
        }
        self.audience = self.audience.take().and_then(audience::tidied);
        self.disclosure = present(self.disclosure.take());
        if let Some(disclosure) = &self.disclosure {
            check_text(faults, "disclosure", disclosure, 1, DISCLOSURE_LIMIT);
        }
    }

    fn check_image(&mut self, faults: &mut Vec<Fault>, demand: Demand) {
        self.image_url = check_address(faults, "image_url", self.image_url.as_deref());
        self.image_alt = present(self.image_alt.take());
        match (&self.image_url, &self.image_alt) {
            (Some(_), None) if demand == Demand::Unfinished => {}
            (Some(_), None) => {
                faults.push(Fault::new("image_alt", "must say what the picture shows"));
            }
            (_, Some(alt)) => check_text(faults, "image_alt", alt, 1, ALT_LIMIT),
            (None, None) => {}
        }
    }

    fn check_times(&self, faults: &mut Vec<Fault>, now: DateTime<Utc>) {
        if let Some(expires_at) = self.expires_at
            && expires_at
                <= self
                    .publish_at
                    .map_or(now, |publish_at| publish_at.max(now))
        {
            faults.push(Fault::new(
                "expires_at",
                "must lie after the time of publishing and in the future",
            ));
        }
    }

    /// What it is found by.
    pub fn searchable(&self) -> String {
        let words = self.variants.iter().map(|wording| wording.text.as_str());
        let topics = self.topics.iter().map(String::as_str);
        let head = [self.title.as_str(), self.summary.as_str()];
        folding::searchable(head.into_iter().chain(topics).chain(words))
    }

    /// The canonical form of its address.
    pub fn canonical_url(&self) -> Option<String> {
        let url = web_address::parse(self.url.as_deref()?).ok()?;
        Some(web_address::canonical(&url))
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

fn present(text: Option<String>) -> Option<String> {
    text.map(|text| trimmed(&text))
        .filter(|text| !text.is_empty())
}

fn check_text(faults: &mut Vec<Fault>, field: &str, text: &str, least: usize, most: usize) {
    let length = text.chars().count();
    if length < least {
        faults.push(Fault::new(field, "must not be empty"));
    } else if length > most {
        faults.push(Fault::new(
            field,
            format!("has {length} characters, at most {most} are allowed"),
        ));
    } else if text.contains('\0') {
        // Postgres stores no NUL in a text.
        faults.push(Fault::new(field, "must not contain NUL"));
    }
}

fn check_address(faults: &mut Vec<Fault>, field: &str, text: Option<&str>) -> Option<String> {
    match web_address::parse(text?) {
        Ok(url) => Some(url.into()),
        Err(fault) => {
            faults.push(Fault::new(field, fault.to_string()));
            None
        }
    }
}

/// Whether `text` may name a campaign in `utm_campaign`.
pub fn is_slug(text: &str) -> bool {
    (1..=SLUG_LIMIT).contains(&text.len())
        && text
            .bytes()
            .all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// The slug of a campaign that somebody calls by its name. A name without a letter or digit that
/// a slug may have stays as it is, and is refused.
pub fn campaign_slug(name: &str) -> String {
    if is_slug(name) {
        return name.to_owned();
    }
    let folded = folding::fold(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(SLUG_LIMIT);
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        name.to_owned()
    } else {
        slug
    }
}

/// What a campaign is called until somebody names it: its slug as words.
pub fn campaign_name(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Checks a reviewer's note.
pub fn check_note(note: &str) -> Result<String, Fault> {
    let mut faults = Vec::new();
    let note = note.trim();
    check_text(&mut faults, "note", note, 1, NOTE_LIMIT);
    match faults.pop() {
        Some(fault) => Err(fault),
        None => Ok(note.to_owned()),
    }
}

#[cfg(test)]
mod tests;
