//! A member's choices: each is kept, and shown where it was made.

use super::*;
use crate::intent::{Pace, Slot, Visibility};

#[test]
fn every_choice_is_kept_and_shown_in_its_place() {
    let world = world(FakeBackend::default());
    for (intent, shown) in [
        (
            Intent::ChooseDelivery {
                preference: DeliveryPreference::EachPost,
            },
            "Each suggested post also comes to you directly",
        ),
        (Intent::PauseWeek, "You are pausing until"),
        (Intent::Resume, "Each suggested post also comes"),
        (
            Intent::ChooseDelivery {
                preference: DeliveryPreference::ChannelOnly,
            },
            "Suggested posts come to your channels only",
        ),
        (
            Intent::ChooseVisibility {
                visibility: BoardVisibility::Hidden,
            },
            "My choices",
        ),
        (
            Intent::ChooseLanguage {
                language: Language::De,
            },
            "Meine Einstellungen",
        ),
        (Intent::PauseWeek, "Du machst Pause bis"),
    ] {
        assert_eq!(intent.pace(Place::Own), Pace::Deferred(Visibility::Update));
        let view = revised(world.wants(Place::Own, intent.clone()));
        let words = plain::view(&view);
        assert!(words.contains(shown), "{intent:?} shows {words}");
    }
    let me = world.backend.member();
    assert_eq!(me.board_visibility, BoardVisibility::Hidden);
    assert_eq!(me.delivery, DeliveryPreference::ChannelOnly);
    assert!(me.paused_until.is_some());
}

#[test]
fn a_pause_is_offered_or_its_end() {
    let world = world(FakeBackend::default());
    let offered = |view: View| match view {
        View::Choices(choices) => actions(&choices.controls),
        other => panic!("no choices: {other:?}"),
    };
    let before = offered(revised(world.wants(Place::Own, Intent::ShowChoices)));
    assert!(before.contains(&Action::PauseWeek) && !before.contains(&Action::Resume));
    let after = offered(revised(world.wants(Place::Own, Intent::PauseWeek)));
    assert!(after.contains(&Action::Resume) && !after.contains(&Action::PauseWeek));
}

#[test]
fn preferred_networks_are_chosen_one_by_one() {
    let world = world(FakeBackend::default());
    for (slot, network) in [
        (Slot::Third, Some(Network::Mastodon)),
        (Slot::First, Some(Network::Bluesky)),
        (Slot::Second, None),
    ] {
        let view = revised(world.wants(Place::Own, Intent::ChooseNetwork { slot, network }));
        assert!(matches!(view, View::NetworkChoices(_)));
    }
    assert_eq!(
        world.backend.member().networks,
        [Network::Bluesky, Network::Mastodon]
    );
}

#[test]
fn the_choices_offer_every_network_in_every_place_once() {
    let world = world(FakeBackend::default());
    let View::NetworkChoices(view) = revised(world.wants(Place::Own, Intent::ShowNetworks)) else {
        panic!("no networks")
    };
    for (slot, control) in Slot::ALL.into_iter().zip(&view.controls) {
        let Control::Choice(choice) = control else {
            panic!("no choice")
        };
        let preferred = sample_data::me().networks.get(slot.index()).copied();
        let (_, chosen) = choice.options[choice.chosen.expect("nothing chosen")];
        assert_eq!(chosen, Action::ChooseNetwork(slot, preferred));
        assert_eq!(choice.options.len(), Network::ALL.len() + 1);
    }
}
