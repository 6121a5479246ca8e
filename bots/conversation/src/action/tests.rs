//! The codec's promises, for every action and for hostile text.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn every_action(post: PostId) -> Vec<Action> {
    let visibilities = [
        BoardVisibility::Name,
        BoardVisibility::Pseudonym,
        BoardVisibility::Hidden,
    ];
    let mut all = vec![
        Action::Help,
        Action::ShowSuggestions,
        Action::ShowMe,
        Action::StartShare(post),
        Action::EditFollowers,
        Action::ReturnToMe,
        Action::ShowChoices,
        Action::ShowNetworks,
        Action::ChooseDelivery(DeliveryPreference::EachPost),
        Action::ChooseDelivery(DeliveryPreference::ChannelOnly),
        Action::PauseWeek,
        Action::Resume,
        Action::ShowPairing,
        Action::ShowReviews,
        Action::Unpair(IdentityId(post.0)),
        Action::ChooseLanguage(Language::En),
        Action::ChooseLanguage(Language::De),
    ];
    all.extend(Period::ALL.map(Action::ShowLeaderboard));
    all.extend(Period::ALL.map(Action::TurnLeaderboard));
    all.extend(visibilities.map(Action::FinishOnboarding));
    all.extend(visibilities.map(Action::ChooseVisibility));
    for on in [Surface::Message, Surface::Card, Surface::Page] {
        all.extend([Action::Dismiss(post, on), Action::UndoDismissal(post, on)]);
        for version in [0, 7, i64::MAX] {
            let judged = Judged { post, version, on };
            all.extend([Action::Approve(judged), Action::AskForChanges(judged)]);
        }
        all.extend(Network::ALL.map(|network| Action::ConfirmShared(post, network, on)));
    }
    for slot in Slot::ALL {
        all.push(Action::ChooseNetwork(slot, None));
        all.extend(Network::ALL.map(|network| Action::ChooseNetwork(slot, Some(network))));
    }
    all
}

proptest! {
    #[test]
    fn every_action_survives_the_way_there_and_back(bytes: [u8; 16]) {
        for action in every_action(PostId(Uuid::from_bytes(bytes))) {
            let text = action.encode();
            prop_assert!(text.len() <= MAX_BYTES);
            prop_assert_eq!(Action::decode(&text), Some(action));
        }
    }

    #[test]
    fn any_text_becomes_an_intent(text: String) {
        let _ = Intent::from_control(&text);
    }

    #[test]
    fn damaged_actions_are_outdated_or_another_whole_action(
        bytes: [u8; 16],
        cut in 0_usize..80,
    ) {
        for action in every_action(PostId(Uuid::from_bytes(bytes))) {
            let text = action.encode();
            let damaged: String = text.chars().take(cut).collect();
            if damaged != text {
                // Without its surface, an action is the same on a message that stays.
                let read = Action::decode(&damaged).filter(|read| match read {
                    Action::Dismiss(_, Surface::Message)
                    | Action::UndoDismissal(_, Surface::Message)
                    | Action::ConfirmShared(_, _, Surface::Message)
                    | Action::Approve(Judged { on: Surface::Message, .. })
                    | Action::AskForChanges(Judged { on: Surface::Message, .. }) => {
                        damaged.len() + 2 != text.len()
                    }
                    _ => true,
                });
                prop_assert!(read.is_none(), "{damaged} was read as {read:?}");
            }
        }
    }
}

#[test]
fn no_two_actions_share_a_text() {
    let texts: std::collections::BTreeSet<String> = every_action(PostId(Uuid::nil()))
        .into_iter()
        .map(Action::encode)
        .collect();
    assert_eq!(texts.len(), every_action(PostId(Uuid::nil())).len());
}

#[test]
fn an_unknown_version_becomes_a_notice() {
    assert_eq!(Intent::from_control("2.h"), Intent::Outdated);
    assert_eq!(Intent::from_control(""), Intent::Outdated);
    assert_eq!(Intent::from_control(&"1.h".repeat(40)), Intent::Outdated);
}
