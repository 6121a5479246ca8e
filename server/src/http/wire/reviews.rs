//! Reviews as chats show them.

use server_api::ids::PostId;
use server_api::review as wire;

use super::enums;
use crate::domain::audience::chooses_people;
use crate::service::reviews::{Card, Decision, Queue, Whom};

/// What waits for somebody's judgement, as it travels.
pub fn queue(queue: Queue) -> wire::ReviewList {
    wire::ReviewList {
        items: queue.cards.into_iter().map(review).collect(),
        waiting: i64::try_from(queue.waiting).unwrap_or(i64::MAX),
        url: queue.url,
    }
}

/// A post under review as it travels.
pub fn review(card: Card) -> wire::Review {
    let post = card.post;
    wire::Review {
        post_id: PostId(post.id.0),
        version: post.version,
        state: enums::post_state(post.state),
        title: post.title,
        excerpt: card.excerpt,
        author: card.author,
        audience: card.audience.map(audience),
        since: card.since,
        overdue: card.is_overdue,
        publish_at: card.live_at,
        may_approve: card.may_approve,
        decision: card.decision.map(decision),
        url: card.url,
        language: enums::language(card.language),
    }
}

fn audience(whom: Whom) -> wire::ReviewAudience {
    let Whom {
        rule,
        teams,
        channels,
    } = whom;
    wire::ReviewAudience {
        everybody: !chooses_people(&rule),
        teams,
        languages: rule.languages.into_iter().map(enums::language).collect(),
        roles: rule.roles.into_iter().map(enums::role).collect(),
        platforms: rule.platforms.into_iter().map(enums::platform).collect(),
        channels,
    }
}

fn decision(decision: Decision) -> wire::ReviewDecision {
    wire::ReviewDecision {
        step: enums::review_step(decision.step),
        by: decision.by,
        mine: decision.is_mine,
        note: decision.note,
        at: decision.at,
    }
}

#[cfg(test)]
mod tests {
    use entity::ids::TeamId;
    use entity::json::Audience;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_rule_of_which_nothing_is_left_to_name_is_not_told_as_one_for_everybody() {
        let gone = Audience {
            teams: vec![TeamId(Uuid::nil())],
            ..Audience::default()
        };
        let in_no_channel = Audience {
            channels: Some(Vec::new()),
            ..Audience::default()
        };
        for (rule, everybody) in [(gone, false), (in_no_channel, true)] {
            let told = audience(Whom {
                channels: rule.channels.is_some().then(Vec::new),
                teams: Vec::new(),
                rule,
            });
            assert_eq!(told.everybody, everybody, "{told:?}");
        }
    }
}
