//! What a reviewer reads beside a post, in words: what checks find, what changed, what was said.

use chrono::{DateTime, Utc};
use entity::enums::ReviewStep;
use entity::ids::PostId;

use super::differs;
use super::look::Look;
use crate::domain::check::{Finding, Kind};
use crate::domain::difference::{Fate, Piece};
use crate::service::posts::{PostDetail, Version};
use crate::service::reviews::{Brief, Links, Said};

/// What a reviewer reads beside a post.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What checks find.
    pub found: Vec<Found>,
    /// Whether the post has an address that was not asked whether it answers.
    pub can_ask_link: bool,
    /// Whether it was asked.
    pub link_asked: bool,
    /// What changed since a version.
    pub changed: Option<Changed>,
    /// The versions with which the post can be compared, the newest first.
    pub versions: Vec<Choice>,
    /// What was said and done, oldest first.
    pub said: Vec<Line>,
}

/// Something that checks found.
#[derive(Clone, Debug)]
pub struct Found {
    /// In words.
    pub sentence: String,
    /// Whether the post cannot go out with it.
    pub is_blocking: bool,
    /// The other post, where there is one.
    pub post: Option<PostId>,
}

/// What changed since a version.
#[derive(Clone, Debug)]
pub struct Changed {
    /// When that was saved.
    pub since: DateTime<Utc>,
    /// Each field that differs.
    pub fields: Vec<(String, Vec<Bit>)>,
}

/// A piece of a text that changed.
#[derive(Clone, Debug)]
pub struct Bit {
    /// The piece.
    pub text: String,
    /// What became of it.
    pub fate: Fate,
}

/// A version with which the post can be compared.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its number.
    pub number: i64,
    /// Who saved it so.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the post is compared with it now.
    pub is_chosen: bool,
}

/// A step or a remark.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who did what.
    pub sentence: String,
    /// What they said.
    pub text: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Beside {
    /// A brief in words.
    pub(super) fn of(look: &Look, (detail, links): (&PostDetail, Links), brief: Brief) -> Self {
        let chosen = brief.compared.as_ref().map(|one| one.version.version);
        let versions = brief.versions.into_iter();
        let is_linked = detail.post.url.is_some();
        let mut told: Vec<Found> = brief.findings.iter().map(|one| found(look, one)).collect();
        // Two teams that are gone, or a word that stands there twice, are told in the same words.
        told.dedup_by(|later, one| (&later.sentence, later.post) == (&one.sentence, one.post));
        Self {
            found: told,
            can_ask_link: is_linked && links == Links::Left,
            link_asked: is_linked && links == Links::Asked,
            versions: versions.map(|one| choice(look, one, chosen)).collect(),
            changed: brief.compared.map(|compared| Changed {
                since: compared.version.saved_at,
                fields: compared
                    .differences
                    .into_iter()
                    .map(|one| {
                        let (name, pieces) = differs::told(look, one);
                        (name, pieces.into_iter().map(bit).collect())
                    })
                    .collect(),
            }),
            said: lines(look, brief.said),
        }
    }
}

impl Bit {
    /// Whether it is gone.
    pub fn is_removed(&self) -> bool {
        self.fate == Fate::Removed
    }

    /// Whether it is new.
    pub fn is_added(&self) -> bool {
        self.fate == Fate::Added
    }
}

fn bit(piece: Piece) -> Bit {
    Bit {
        text: piece.text,
        fate: piece.fate,
    }
}

pub(super) fn found(look: &Look, finding: &Finding) -> Found {
    let words = finding.words.as_deref().unwrap_or_default();
    let field = field_name(look, &finding.field);
    let sentence = match finding.kind {
        Kind::Incomplete if finding.field.starts_with("audience.teams.") => {
            look.say("check-team-gone")
        }
        Kind::Incomplete if finding.field.starts_with("audience.channels.") => {
            look.say("check-channel-gone")
        }
        Kind::Incomplete => look.with("check-incomplete", "field", field),
        Kind::MissingAlt => look.say("check-alt"),
        Kind::MissingDisclosure => look.say("check-disclosure"),
        Kind::BlockedWords => look.with("check-words", "words", words),
        Kind::OverLimit => look.with("check-long", "field", field),
        Kind::CampaignEnded => look.say("check-campaign"),
        Kind::Duplicate => look.with("check-duplicate", "title", words),
        Kind::DeadLink => look.say("check-link-dead"),
        Kind::OpenChannels => look.count("check-channels", finding.count.unwrap_or_default()),
        Kind::FewMeant => look.say("check-few"),
    };
    Found {
        sentence,
        is_blocking: finding.is_blocking(),
        post: finding.post,
    }
}

fn choice(look: &Look, (version, who): (Version, Option<String>), chosen: Option<i64>) -> Choice {
    Choice {
        number: version.version,
        who: who.unwrap_or_else(|| look.say("history-somebody")),
        at: version.saved_at,
        is_chosen: chosen == Some(version.version),
    }
}

/// What was said and done, in words.
pub(super) fn lines(look: &Look, said: Vec<Said>) -> Vec<Line> {
    said.into_iter().map(|one| line(look, one)).collect()
}

fn line(look: &Look, said: Said) -> Line {
    let who = said.who.unwrap_or_else(|| look.say("history-somebody"));
    let key = match said.step {
        ReviewStep::Comment => "said-remark",
        ReviewStep::Submitted => "history-submit",
        ReviewStep::Recalled => "history-recall",
        ReviewStep::Approved => "history-approve",
        ReviewStep::Rejected => "history-reject",
    };
    Line {
        sentence: look.with(key, "who", who),
        text: said.text,
        at: said.at,
    }
}

/// A field of a post as people call it.
pub(super) fn field_name(look: &Look, field: &str) -> String {
    let key = match field {
        "title" => "field-title",
        "summary" => "field-summary",
        "url" => "field-url",
        "image_url" => "field-image",
        "image_alt" => "field-alt",
        "campaign" => "field-campaign",
        "topics" => "field-topics",
        "disclosure" => "field-disclosure",
        "kind" => "library-kind",
        "language" => "library-language",
        "audience" => "composer-audience",
        "edit_mode" => "composer-edit",
        "priority" => "composer-priority",
        "featured" => "composer-featured",
        "publish_at" => "field-start",
        "embargo_until" => "composer-embargo",
        "expires_at" => "field-end",
        other => {
            let at = other.strip_prefix("variants.");
            let number = at.and_then(|rest| rest.split('.').next()?.parse::<usize>().ok());
            return match number {
                Some(at) => look.count("field-wording", at + 1),
                None => look.say("field-other"),
            };
        }
    };
    look.say(key)
}
