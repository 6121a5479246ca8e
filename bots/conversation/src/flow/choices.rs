//! A member's choices: shown, and each change shown at once.

use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network};
use server_api::me::{Me, UpdateMe};

use super::Turn;
use crate::backend::BackendError;
use crate::intent::Slot;
use crate::reply::Reply;
use crate::view::{Choices, NetworkChoices, View};
use crate::words::Words;

/// How long a pause is.
const PAUSE_DAYS: u32 = 7;

pub(super) fn show(turn: &Turn<'_>) -> Reply {
    turn.here(view(&turn.met.me))
}

pub(super) fn networks(turn: &Turn<'_>) -> Reply {
    turn.here(networks_view(&turn.met.me))
}

pub(super) async fn visibility(
    turn: &Turn<'_>,
    visibility: BoardVisibility,
) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        board_visibility: Some(visibility),
        ..UpdateMe::default()
    };
    changed(turn, change).await
}

pub(super) async fn language(turn: &Turn<'_>, language: Language) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        language: Some(language),
        ..UpdateMe::default()
    };
    changed(turn, change).await
}

pub(super) async fn delivery(
    turn: &Turn<'_>,
    preference: DeliveryPreference,
) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        delivery: Some(preference),
        ..UpdateMe::default()
    };
    changed(turn, change).await
}

pub(super) async fn pause_week(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    pause(turn, PAUSE_DAYS).await
}

pub(super) async fn resume(turn: &Turn<'_>) -> Result<Reply, BackendError> {
    pause(turn, 0).await
}

async fn pause(turn: &Turn<'_>, days: u32) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        pause_days: Some(days),
        ..UpdateMe::default()
    };
    changed(turn, change).await
}

pub(super) async fn network(
    turn: &Turn<'_>,
    slot: Slot,
    network: Option<Network>,
) -> Result<Reply, BackendError> {
    let change = UpdateMe {
        networks: Some(preferring(&turn.met.me.networks, slot, network)),
        ..UpdateMe::default()
    };
    let me = turn.backend.update_me(turn.asking, &change).await?;
    Ok(turn.here(networks_view(&me)))
}

/// The member's choices, in their own words.
pub(super) fn view(me: &Me) -> View {
    View::Choices(Choices::new(Words::of(me.language), me))
}

fn networks_view(me: &Me) -> View {
    View::NetworkChoices(NetworkChoices::new(Words::of(me.language), me))
}

async fn changed(turn: &Turn<'_>, change: UpdateMe) -> Result<Reply, BackendError> {
    let me = turn.backend.update_me(turn.asking, &change).await?;
    Ok(turn.here(view(&me)))
}

/// The preferred networks once `slot` holds `network`. One that stands elsewhere changes
/// places with what was there, so that none stands twice and none is lost unasked.
fn preferring(before: &[Network], slot: Slot, network: Option<Network>) -> Vec<Network> {
    let mut list = before.to_vec();
    let at = slot.index();
    let Some(network) = network else {
        if at < list.len() {
            list.remove(at);
        }
        return list;
    };
    match list.iter().position(|one| *one == network) {
        Some(from) if at < list.len() => list.swap(from, at),
        Some(from) => {
            list.remove(from);
            list.push(network);
        }
        None => match list.get_mut(at) {
            Some(place) => *place = network,
            None => list.push(network),
        },
    }
    list
}

#[cfg(test)]
mod tests {
    use Network::{Bluesky, Linkedin, Mastodon, X};

    use super::*;

    #[test]
    fn a_chosen_network_takes_its_place_and_none_stands_twice() {
        let before = [Linkedin, Bluesky];
        for (slot, network, after) in [
            (Slot::First, Some(X), vec![X, Bluesky]),
            (Slot::First, Some(Bluesky), vec![Bluesky, Linkedin]),
            (Slot::Second, Some(Bluesky), vec![Linkedin, Bluesky]),
            (
                Slot::Third,
                Some(Mastodon),
                vec![Linkedin, Bluesky, Mastodon],
            ),
            (Slot::Third, Some(Linkedin), vec![Bluesky, Linkedin]),
            (Slot::First, None, vec![Bluesky]),
            (Slot::Third, None, vec![Linkedin, Bluesky]),
        ] {
            assert_eq!(preferring(&before, slot, network), after);
        }
        assert_eq!(preferring(&[], Slot::Third, Some(X)), [X]);
    }
}
