//! Posts: what they may say, and which step may follow which.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{EditMode, Language, Network, PostKind, PostState};
use entity::ids::MemberId;
use entity::post;

use super::fault::Fault;
use super::{length, web_address};

/// Characters of a title.
pub const TITLE_LIMIT: usize = 200;
/// Characters of a summary.
pub const SUMMARY_LIMIT: usize = 600;
/// Characters of a picture's description.
pub const ALT_LIMIT: usize = 1_000;
/// Characters of a reviewer's note.
pub const NOTE_LIMIT: usize = 1_000;
/// Characters of a campaign's slug.
pub const SLUG_LIMIT: usize = 64;
/// Wordings per network, and as many for all networks.
pub const VARIANTS_PER_NETWORK: usize = 15;
/// Wordings of a post: as many for each of twelve networks and for all.
const VARIANTS: usize = VARIANTS_PER_NETWORK * 13;

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
    /// How far members may change its words.
    pub edit_mode: EditMode,
    /// Shown before others.
    pub featured: bool,
    /// Its wordings, in order.
    pub variants: Vec<Wording>,
    /// When it is to go live.
    pub publish_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Draft {
    /// The same, trimmed and with normalised addresses; or every fault in it.
    pub fn checked(mut self, now: DateTime<Utc>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        self.title = trimmed(&self.title);
        self.summary = trimmed(&self.summary);
        check_text(&mut faults, "title", &self.title, 1, TITLE_LIMIT);
        check_text(&mut faults, "summary", &self.summary, 0, SUMMARY_LIMIT);
        self.url = check_address(&mut faults, "url", self.url.as_deref());
        if self.url.is_none() && matches!(self.kind, PostKind::Engage | PostKind::Job) {
            faults.push(Fault::new("url", "is required for this kind of post"));
        }
        self.check_image(&mut faults);
        if let Some(slug) = &self.campaign
            && !is_slug(slug)
        {
            faults.push(Fault::new(
                "campaign",
                "must be 1 to 64 lower-case letters, digits and single hyphens",
            ));
        }
        self.check_times(&mut faults, now);
        check_wordings(&mut faults, &mut self.variants, self.url.is_some());
        // One fault of a field is enough to correct it by.
        faults.dedup_by(|later, earlier| later.field == earlier.field);
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }

    fn check_image(&mut self, faults: &mut Vec<Fault>) {
        self.image_url = check_address(faults, "image_url", self.image_url.as_deref());
        self.image_alt = self
            .image_alt
            .take()
            .map(|alt| alt.trim().to_owned())
            .filter(|alt| !alt.is_empty());
        match (&self.image_url, &self.image_alt) {
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

    /// The canonical form of its address.
    pub fn canonical_url(&self) -> Option<String> {
        let url = web_address::parse(self.url.as_deref()?).ok()?;
        Some(web_address::canonical(&url))
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
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

fn check_wordings(faults: &mut Vec<Fault>, variants: &mut [Wording], linked: bool) {
    // No later check has to walk through more than that.
    if variants.len() > VARIANTS {
        faults.push(Fault::new(
            "variants",
            format!("has more than {VARIANTS} wordings"),
        ));
        return;
    }
    let mut seen: Vec<Option<Network>> = Vec::new();
    for (index, variant) in variants.iter_mut().enumerate() {
        variant.text = trimmed(&variant.text);
        let field = format!("variants.{index}.text");
        if variant.text.is_empty() {
            faults.push(Fault::new(field, "must not be empty"));
        } else if variant.text.contains('\0') {
            faults.push(Fault::new(field, "must not contain NUL"));
        } else if let Some(reason) = too_long(variant, linked) {
            faults.push(Fault::new(field, reason));
        }
        seen.push(variant.network);
        let count = seen
            .iter()
            .filter(|network| **network == variant.network)
            .count();
        if count > VARIANTS_PER_NETWORK {
            faults.push(Fault::new(
                format!("variants.{index}"),
                format!("at most {VARIANTS_PER_NETWORK} wordings per network are allowed"),
            ));
        }
    }
}

/// A wording for every network may be as long as the roomiest one allows; it
/// is dealt only where it fits.
fn too_long(variant: &Wording, linked: bool) -> Option<String> {
    let network = variant.network.unwrap_or(Network::Linkedin);
    let room = if linked {
        length::room_for_link(network)
    } else {
        0
    };
    let length = length::length(network, &variant.text) + room;
    let limit = length::limit(network);
    (length > limit).then(|| {
        if room == 0 {
            format!("counts {length}, at most {limit} are allowed")
        } else {
            format!("counts {length} with {room} for the link, at most {limit} are allowed")
        }
    })
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

/// A step in a post's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Change what it says.
    Edit,
    /// Hand it to the approvers.
    Submit,
    /// Approve it.
    Approve,
    /// Send it back with a note.
    Reject,
    /// Make it live.
    Publish,
    /// End suggesting and sharing.
    Expire,
    /// Take it back.
    Withdraw,
}

/// What a step does to a post in some state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It may be taken.
    Open,
    /// It was taken already: the answer is the post as it is.
    Done,
    /// It does not follow on this state.
    Shut,
}

/// Whether `step` follows on `state`.
pub fn passage(state: PostState, step: Step) -> Passage {
    use PostState::{Approved, Archived, Draft, Expired, InReview, Live, Scheduled, Withdrawn};
    match (step, state) {
        (Step::Edit | Step::Submit, Draft)
        // Who may write and review needs no detour over the approvers.
        | (Step::Approve, Draft | InReview)
        | (Step::Reject, InReview)
        | (Step::Publish, Approved | Scheduled)
        | (Step::Expire, Live)
        | (Step::Withdraw, InReview | Approved | Scheduled | Live | Expired | Archived) => {
            Passage::Open
        }
        (Step::Submit, InReview)
        | (Step::Approve, Approved | Scheduled | Live)
        | (Step::Publish, Live)
        | (Step::Expire, Expired)
        | (Step::Withdraw, Withdrawn) => Passage::Done,
        (
            Step::Edit,
            InReview | Approved | Scheduled | Live | Expired | Archived | Withdrawn,
        )
        | (Step::Submit, Approved | Scheduled | Live | Expired | Archived | Withdrawn)
        | (Step::Approve, Expired | Archived | Withdrawn)
        | (
            Step::Reject,
            Draft | Approved | Scheduled | Live | Expired | Archived | Withdrawn,
        )
        | (Step::Publish, Draft | InReview | Expired | Archived | Withdrawn)
        | (
            Step::Expire,
            Draft | InReview | Approved | Scheduled | Archived | Withdrawn,
        )
        | (Step::Withdraw, Draft) => Passage::Shut,
    }
}

/// Whether `approver` may approve what `author` wrote.
pub fn may_approve(
    second_pair_of_eyes: bool,
    author: Option<MemberId>,
    approver: MemberId,
) -> bool {
    !second_pair_of_eyes || author != Some(approver)
}

/// When an approved post goes live: at a time still to come, or at once.
pub fn goes_live_later(publish_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    publish_at.is_some_and(|at| at > now)
}

/// When a post that goes live at `now` ends: at its own time, or by the organization's default.
pub fn expiry(
    chosen: Option<DateTime<Utc>>,
    expiry_days: i64,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    // A century is as good as never and keeps the sum within the calendar.
    let days = expiry_days.clamp(1, 36_500);
    chosen.or_else(|| now.checked_add_signed(TimeDelta::days(days)))
}

/// Whether members may still share it.
pub fn is_open(post: &post::Model, now: DateTime<Utc>) -> bool {
    post.state == PostState::Live && post.expires_at.is_none_or(|end| now < end)
}

/// Where a post stands for a reader at `now`: its end counts from its time on,
/// not only from when the job has noted it.
pub fn state_at(post: &post::Model, now: DateTime<Utc>) -> PostState {
    if post.state == PostState::Live && !is_open(post, now) {
        PostState::Expired
    } else {
        post.state
    }
}

#[cfg(test)]
mod tests;
