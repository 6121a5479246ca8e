//! Reviews: who is asked for a judgement, which post needs one first, and how much of it a
//! message shows.

use chrono::{DateTime, Utc};
use entity::enums::Permission;
use entity::{member, organization, post};

use super::permission::granted_by_all;
use super::plain_text::shorten;
use super::post::{may_approve, writers_of};

/// Characters of an excerpt: a paragraph that is read in one look.
const EXCERPT: usize = 300;

/// Whether a member's judgement of a post counts.
pub fn may_judge(
    member: &member::Model,
    organization: &organization::Model,
    post: &post::Model,
) -> bool {
    let four_eyes = organization.settings.second_pair_of_eyes;
    member.left_at.is_none()
        && granted_by_all(&member.roles.0).contains(&Permission::ReviewPosts)
        && may_approve(four_eyes, writers_of(post), member.id)
}

/// Whether a member takes messages at all now.
pub fn is_awake(member: &member::Model, now: DateTime<Utc>) -> bool {
    member.joined_at.is_some()
        && member.left_at.is_none()
        && member.paused_until.is_none_or(|until| until <= now)
}

/// Orders posts that wait: what waits too long, then what has a time to go live, then what waits
/// longest.
pub fn urgency(post: &post::Model, (since, is_overdue): (DateTime<Utc>, bool)) -> impl Ord + use<> {
    (
        !is_overdue,
        post.publish_at.is_none(),
        post.publish_at,
        since,
    )
}

/// The beginning of a text, up to the end of a word.
pub fn excerpt(text: &str) -> String {
    shorten(text.trim(), EXCERPT)
}
