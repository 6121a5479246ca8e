//! Which entries of the audit log are wanted.

use chrono::{DateTime, Utc};
use entity::ids::MemberId;

/// Letters of a kind or subject, at most: more than any has.
const LONGEST: usize = 80;

/// Which entries are wanted; what is none does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only what this member did.
    pub actor: Option<MemberId>,
    /// Only actions of this kind, such as `post`.
    pub kind: Option<String>,
    /// Only what was done to this, as `kind:id`.
    pub subject: Option<String>,
    /// Only from then on.
    pub since: Option<DateTime<Utc>>,
    /// Only before then.
    pub until: Option<DateTime<Utc>>,
}

impl Wanted {
    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a text may be a kind: the word before the dot of an action.
pub fn is_kind(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether a text may be a subject.
pub fn is_subject(text: &str) -> bool {
    text.len() <= LONGEST
        && text
            .split_once(':')
            .is_some_and(|(kind, id)| is_kind(kind) && !id.is_empty())
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_subjects_hold_no_wildcards() {
        assert!(is_kind("post") && is_kind("dead_job"));
        assert!(!is_kind("") && !is_kind("post.") && !is_kind("%") && !is_kind("Post"));
        assert!(is_subject("post:0193a000-0000-7000-8000-000000000001"));
        assert!(!is_subject("post:") && !is_subject("post") && !is_subject("a b:c"));
    }
}
