//! Checks, versions, notes and rules of posts.

use entity::review_note;
use server_api::check::{CheckFinding, Checks};
use server_api::content_rules::{ContentRules, UpdateContentRules};
use server_api::ids::{MemberId, PostId, ReviewNoteId};
use server_api::review::ReviewNote;
use server_api::version as wire;

use super::{enums, posts};
use crate::domain::check;
use crate::domain::difference::{Fate, Piece};
use crate::service::content_rules::{Rules, Standing};
use crate::service::posts::{Compared, Version};

/// What was found about a post, as it travels.
pub fn checks(findings: Vec<check::Finding>) -> Checks {
    let findings: Vec<CheckFinding> = findings.into_iter().map(finding).collect();
    Checks {
        passed: !findings.iter().any(|finding| finding.blocking),
        findings,
    }
}

fn finding(finding: check::Finding) -> CheckFinding {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    CheckFinding {
        kind: enums::check_kind(finding.kind),
        blocking: finding.is_blocking(),
        field: finding.field,
        reason: finding.reason,
        offset: finding.place.map(|(offset, _)| number(offset)),
        length: finding.place.map(|(_, length)| number(length)),
        words: finding.words,
        post_id: finding.post.map(|id| PostId(id.0)),
        count: finding.count.map(number),
    }
}

/// Versions as they travel.
pub fn versions(versions: &[Version]) -> wire::PostVersions {
    wire::PostVersions {
        items: versions.iter().map(version).collect(),
    }
}

fn version(version: &Version) -> wire::PostVersion {
    wire::PostVersion {
        version: version.version,
        author_id: version.author_id.map(|id| MemberId(id.0)),
        autosaved: version.autosaved,
        saved_at: version.saved_at,
        current: version.is_current,
    }
}

/// A former version as it travels.
pub fn compared(compared: Compared) -> wire::ComparedVersion {
    let differences = compared.differences.into_iter();
    wire::ComparedVersion {
        version: version(&compared.version),
        content: posts::form(compared.content),
        differences: differences
            .map(|(field, pieces)| wire::FieldDifference {
                field,
                pieces: pieces.into_iter().map(piece).collect(),
            })
            .collect(),
    }
}

fn piece(piece: Piece) -> wire::Piece {
    wire::Piece {
        fate: match piece.fate {
            Fate::Kept => server_api::enums::Fate::Kept,
            Fate::Removed => server_api::enums::Fate::Removed,
            Fate::Added => server_api::enums::Fate::Added,
        },
        text: piece.text,
    }
}

/// A note as it travels.
pub fn note(row: review_note::Model) -> ReviewNote {
    ReviewNote {
        id: ReviewNoteId(row.id.0),
        author_id: row.author_id.map(|id| MemberId(id.0)),
        step: enums::review_step(row.step),
        text: row.text,
        created_at: row.created_at,
    }
}

/// Rules as they travel.
pub fn rules(standing: Standing) -> ContentRules {
    let Standing { rules, version } = standing;
    ContentRules {
        blocked: rules.blocked,
        disclosure_required: rules.disclosure_required,
        disclosure: rules.disclosure,
        review_hours: rules.review_hours,
        second_pair_of_eyes: rules.second_pair_of_eyes,
        version,
    }
}

/// Rules as they are to be.
pub fn rules_row(form: UpdateContentRules) -> Rules {
    Rules {
        blocked: form.blocked,
        disclosure_required: form.disclosure_required,
        disclosure: form.disclosure,
        review_hours: form.review_hours,
        second_pair_of_eyes: form.second_pair_of_eyes,
    }
}
