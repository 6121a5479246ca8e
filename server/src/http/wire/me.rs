//! What a member sees and chooses of themselves.

use server_api::enums::DeliveryPreference;
use server_api::ids::MemberId;
use server_api::me;

use super::enums::{
    board_visibility, board_visibility_row, language, language_row, network, network_row,
};
use crate::service::me::{Change, Me};

/// The member in person, as it travels.
pub fn me(me: Me) -> me::Me {
    let Me {
        member,
        organization,
        week,
        ..
    } = me;
    me::Me {
        id: MemberId(member.id.0),
        display_name: member.display_name,
        language: language(member.language.unwrap_or(organization.language)),
        organization: organization.name,
        board_visibility: board_visibility(member.board_visibility),
        pseudonym: member.pseudonym,
        attribution: member.attribution,
        networks: member.networks.0.into_iter().map(network).collect(),
        followers: member
            .followers
            .0
            .into_iter()
            .map(|(on, followers)| (network(on), followers))
            .collect(),
        mastodon_instance: member.mastodon_instance,
        delivery: DeliveryPreference::default(),
        paused_until: member.paused_until,
        quiet_hours: None,
        identities: Vec::new(),
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
    }
}
