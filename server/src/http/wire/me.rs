//! What a member sees and chooses of themselves.

use server_api::ids::{IdentityId, MemberId};
use server_api::me;

use super::enums::{
    board_visibility, board_visibility_row, delivery_preference, delivery_preference_row, language,
    language_row, network, network_row, platform,
};
use super::{leaderboard, proposals, share};
use crate::domain::networks::offered;
use crate::domain::quiet::QuietHours;
use crate::service::me::{Account, Change, Home, Me};

/// The member in person, as it travels.
pub fn me(me: Me) -> me::Me {
    let Me {
        member,
        organization,
        week,
        ..
    } = me;
    let quiet = QuietHours::of(&member, &organization);
    let networks_offered = offered(&organization);
    me::Me {
        id: MemberId(member.id.0),
        display_name: member.display_name,
        language: language(member.language.unwrap_or(organization.language)),
        organization: organization.name,
        board_visibility: board_visibility(member.board_visibility),
        pseudonym: member.pseudonym,
        attribution: member.attribution,
        networks: member.networks.0.into_iter().map(network).collect(),
        networks_offered: networks_offered.into_iter().map(network).collect(),
        followers: member
            .followers
            .0
            .into_iter()
            .map(|(on, followers)| (network(on), followers))
            .collect(),
        mastodon_instance: member.mastodon_instance,
        delivery: delivery_preference(member.delivery),
        delivery_refused_on: member.delivery_refused_on.map(platform),
        paused_until: member.paused_until.filter(|until| *until > me.now),
        quiet_hours: (!quiet.are_none()).then_some(me::QuietHours {
            from_minute: quiet.from,
            to_minute: quiet.to,
            weekends: quiet.weekends,
        }),
        identities: me.accounts.into_iter().map(identity).collect(),
        joined_at: member.joined_at,
        points_this_week: week.points,
        points_all_time: me.points_all_time,
        rank_this_week: week.rank,
        shares: me.shares,
        clicks: me.clicks,
        potential_reach: me.potential_reach,
        board_url: me.board_url,
    }
}

fn identity(account: Account) -> me::MyIdentity {
    me::MyIdentity {
        id: IdentityId(account.identity.id.0),
        platform: platform(account.identity.platform),
        workspace: account.workspace,
    }
}

/// A member's own page, as it travels.
pub fn home(home: Home) -> me::Home {
    let page_url = home.me.board_url.clone();
    me::Home {
        me: me(home.me),
        to_share: home.to_share.into_iter().map(share::choices).collect(),
        board: leaderboard::leaderboard(home.board, page_url),
        proposal: home.proposal.map(proposals::mine),
    }
}

/// A change as the use case reads it.
pub fn change(form: me::UpdateMe) -> Change {
    Change {
        board_visibility: form.board_visibility.map(board_visibility_row),
        language: form.language.map(language_row),
        attribution: form.attribution,
        networks: form
            .networks
            .map(|networks| networks.into_iter().map(network_row).collect()),
        followers: form.followers.map(|followers| {
            followers
                .into_iter()
                .map(|(on, followers)| (network_row(on), followers))
                .collect()
        }),
        mastodon_instance: form.mastodon_instance,
        delivery: form.delivery.map(delivery_preference_row),
        pause_days: form.pause_days,
        quiet_hours: form.quiet_hours.map(|quiet| QuietHours {
            from: quiet.from_minute,
            to: quiet.to_minute,
            weekends: quiet.weekends,
        }),
    }
}
