//! A member's own page: asked for in a message, and where it stays.

use super::*;
use crate::intent::{Pace, Slot, Visibility};
use crate::view::{Me, Notice};

fn page(view: View) -> Me {
    match view {
        View::Me(me) => me,
        other => panic!("no page: {other:?}"),
    }
}

fn noted(me: &Me) -> String {
    me.note
        .as_ref()
        .map(|note| plain::phrase(&note.words))
        .unwrap_or_default()
}

/// Everything that can be pressed on a page or on what it leads to.
fn pressed() -> Vec<Intent> {
    let post = sample_data::POST;
    vec![
        Intent::Help,
        Intent::Outdated,
        Intent::ShowSuggestions,
        Intent::ShowMe,
        Intent::ReturnToMe,
        Intent::ShowChoices,
        Intent::ShowNetworks,
        Intent::ShowPairing,
        Intent::ShowLeaderboard {
            period: Period::Week,
        },
        Intent::TurnLeaderboard {
            period: Period::Month,
        },
        Intent::StartShare { post },
        Intent::ConfirmShared {
            post,
            network: Network::X,
            on: Surface::Message,
        },
        dismiss(Surface::Page),
        undo(Surface::Page),
        Intent::ChooseVisibility {
            visibility: BoardVisibility::Hidden,
        },
        Intent::ChooseLanguage {
            language: Language::En,
        },
        Intent::ChooseDelivery {
            preference: DeliveryPreference::EachPost,
        },
        Intent::PauseWeek,
        Intent::Resume,
        Intent::ChooseNetwork {
            slot: Slot::First,
            network: Some(Network::X),
        },
        Intent::Unpair {
            identity: sample_data::IDENTITIES[0],
        },
    ]
}

#[test]
fn the_page_is_asked_for_with_one_question() {
    for place in [Place::Command, Place::Home] {
        let world = world(FakeBackend::default());
        world.wants(place, Intent::ShowMe);
        assert_eq!(world.backend.calls(), ["home"]);
    }
}

#[test]
fn a_page_shows_what_to_share_numbers_with_formulas_and_neighbours() {
    let world = world(FakeBackend::default());
    let me = page(whispered(world.wants(Place::Command, Intent::ShowMe)));
    assert_eq!(me.to_share.len(), 1);
    let links: Vec<&str> = me.to_share[0]
        .controls
        .iter()
        .filter_map(|control| match control {
            Control::Link(link) => Some(link.label.as_str()),
            Control::Button(_) | Control::Choice(_) => None,
        })
        .collect();
    assert_eq!(links, ["Share on LinkedIn", "Share on Bluesky"]);
    assert!(me.facts.iter().all(|fact| fact.how.is_some()));
    assert_eq!(me.around.iter().filter(|row| row.me).count(), 1);
    assert!(me.around.len() > 1);
}

#[test]
fn where_the_page_stays_every_answer_is_a_change_of_it() {
    for intent in pressed() {
        assert_eq!(
            intent.pace(Place::Home),
            Pace::Deferred(Visibility::Update),
            "{intent:?}"
        );
        for backend in [
            FakeBackend::default(),
            FakeBackend::default().away(),
            FakeBackend::default().refusing_strangers(),
        ] {
            let reply = world(backend).wants(Place::Home, intent.clone());
            assert_eq!(reply.answer, Answer::Nothing, "{intent:?}");
            let view = reply.revise.expect("the page stays");
            assert!(leads_on(&view), "{intent:?} got stuck at {view:?}");
        }
    }
}

/// Whether something on the page leads on.
fn leads_on(view: &View) -> bool {
    let leads = |controls: &[Control]| {
        actions(controls)
            .iter()
            .any(|action| matches!(action, Action::ReturnToMe | Action::ShowChoices))
    };
    match view {
        View::Me(me) => leads(&me.controls),
        View::Choices(view) => leads(&view.controls),
        View::NetworkChoices(view) => leads(&view.controls),
        View::PairingCode(view) => leads(&view.controls),
        View::Leaderboard(view) => leads(&view.controls),
        View::Suggestions(view) => leads(&view.controls),
        View::Reviews(view) => leads(&view.controls),
        View::Help(view) => leads(&view.controls),
        View::ShareReceipt(view) => leads(&view.controls),
        View::ShareChoices(view) => leads(view.back.as_slice()),
        View::Notice(Notice { control, .. }) => control.is_some(),
        View::SuggestedPost(_)
        | View::PersonalPost(_)
        | View::PostEnded(_)
        | View::ReviewRequest(_)
        | View::ReviewClosed(_)
        | View::ProposalOutcome(_)
        | View::Greeting(_)
        | View::Paired(_)
        | View::PairFirst(_) => false,
    }
}

#[test]
fn where_the_page_stays_a_sentence_stands_above_it() {
    let world = world(FakeBackend::default());
    let me = page(revised(world.wants(Place::Home, dismiss(Surface::Page))));
    assert!(noted(&me).contains("Nobody is told"), "{}", noted(&me));
    assert!(me.to_share.is_empty());
    let undo = me.note.and_then(|note| note.control).expect("no way back");
    let [back] = actions(&[undo])[..] else {
        panic!("several ways back")
    };
    let me = page(revised(world.wants(Place::Home, back.into())));
    assert!(
        noted(&me).contains("suggested to you again"),
        "{}",
        noted(&me)
    );
    assert_eq!(me.to_share.len(), 1);
}

#[test]
fn a_page_in_a_message_changes_with_what_is_declined_on_it() {
    let world = world(FakeBackend::default());
    let dismissal = dismiss(Surface::Page);
    assert_eq!(
        dismissal.pace(Place::Own),
        Pace::Deferred(Visibility::Update)
    );
    let me = page(revised(world.wants(Place::Own, dismissal)));
    assert!(me.to_share.is_empty());
    assert!(noted(&me).contains("Nobody is told"));
    let me = page(revised(world.wants(Place::Own, undo(Surface::Page))));
    assert_eq!(me.to_share.len(), 1);
}

#[test]
fn a_post_that_ended_meanwhile_says_so_and_leads_on() {
    let mut post = sample_data::suggestion();
    post.state = PostState::Expired;
    let world = world(FakeBackend::default().with_posts(vec![post]));
    let start = Intent::StartShare {
        post: sample_data::POST,
    };
    let View::Notice(notice) = revised(world.wants(Place::Home, start)) else {
        panic!("no notice")
    };
    assert!(plain::phrase(&notice.words).contains("The time to share this post is over"));
}

#[test]
fn what_the_page_leads_to_takes_its_place_and_comes_back() {
    let world = world(FakeBackend::default());
    for place in [Place::Own, Place::Home] {
        let choices = revised(world.wants(place, Intent::ShowChoices));
        assert!(matches!(choices, View::Choices(_)));
        let networks = revised(world.wants(place, Intent::ShowNetworks));
        assert!(matches!(networks, View::NetworkChoices(_)));
        page(revised(world.wants(place, Intent::ReturnToMe)));
    }
    page(whispered(world.wants(Place::Own, Intent::ShowMe)));
}

#[test]
fn who_opens_their_page_first_is_introduced_and_a_guest_learns_whom_to_ask() {
    let stranger = world(FakeBackend::default().with_stranger());
    page(revised(stranger.wants(Place::Home, Intent::ShowMe)));
    assert_eq!(stranger.backend.calls(), ["home", "introduce", "home"]);
    let guest = world_with(FakeBackend::default().with_stranger(), AccountKind::Guest);
    let View::Notice(notice) = revised(guest.wants(Place::Home, Intent::ShowMe)) else {
        panic!("no notice")
    };
    assert!(plain::phrase(&notice.words).contains("Ask Grace"));
}

#[test]
fn a_chat_that_refuses_messages_is_named_on_the_page() {
    let mut me = sample_data::me();
    me.delivery_refused_on = Some(Platform::Discord);
    let world = world(FakeBackend::default().with_member(me));
    let words = plain::view(&whispered(world.wants(Place::Command, Intent::ShowMe)));
    assert!(words.contains("Discord did not take messages"), "{words}");
    let choose = Intent::ChooseDelivery {
        preference: DeliveryPreference::EachPost,
    };
    let words = plain::view(&revised(world.wants(Place::Own, choose)));
    assert!(!words.contains("did not take"), "{words}");
}
