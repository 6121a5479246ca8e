//! Ways to share, and what became of them.

use server_api::ids::{PostId, ShareId};
use server_api::share::{ShareChoice, ShareChoices, ShareReceipt};

use super::enums::{language, network, share_state};
use super::suggestions::suggestion;
use crate::service::actor::Actor;
use crate::service::shares::{Choice, Choices, Receipt};

/// A member's ways to share a post, as they travel.
pub fn choices(choices: Choices) -> ShareChoices {
    ShareChoices {
        post: suggestion(choices.card),
        networks: choices.networks.into_iter().map(choice).collect(),
        language: None,
    }
}

/// The same for the member who asks.
pub fn own_choices(actor: &Actor, choices: Choices) -> ShareChoices {
    let own = actor.member.language;
    ShareChoices {
        language: Some(language(own.unwrap_or(actor.organization.language))),
        ..self::choices(choices)
    }
}

/// A way to share as it travels.
pub fn choice(choice: Choice) -> ShareChoice {
    ShareChoice {
        network: network(choice.network),
        url: choice.url,
        preferred: choice.preferred,
        state: choice.state.map(share_state),
    }
}

/// A receipt as it travels.
pub fn receipt(receipt: Receipt) -> ShareReceipt {
    let Receipt {
        share, post, week, ..
    } = receipt;
    ShareReceipt {
        share_id: ShareId(share.id.0),
        post_id: PostId(post.id.0),
        title: post.title,
        network: network(share.network),
        state: share_state(share.state),
        points: receipt.points,
        over_daily_cap: receipt.over_daily_cap,
        clicks: receipt.clicks,
        potential_reach: share.followers,
        points_this_week: week.points,
        rank_this_week: week.rank,
    }
}
