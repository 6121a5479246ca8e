//! Cards of one's own, and what channels see.

use server_api::enums::ShareState;
use server_api::share::ShareChoices;

use super::*;
use crate::intent::{Pace, Visibility};
use crate::view::PersonalPost;

fn said(content: Content, operation: Operation) -> View {
    Conversation::announce(&Delivery {
        content,
        language: Language::En,
        ..delivery(operation, PostState::Live)
    })
}

fn personal(choices: ShareChoices) -> Content {
    Content::PersonalPost {
        choices,
        dismissed: false,
    }
}

fn card(view: View) -> PersonalPost {
    match view {
        View::PersonalPost(card) => card,
        other => panic!("no card: {other:?}"),
    }
}

fn revise() -> Operation {
    Operation::Revise {
        posted_by: DeliveryId(Uuid::nil()),
        message: "D1/1.2".into(),
    }
}

fn links(card: &PersonalPost) -> Vec<&str> {
    card.controls
        .iter()
        .filter_map(|control| match control {
            Control::Link(link) => Some(link.url.as_str()),
            Control::Button(_) | Control::Choice(_) => None,
        })
        .collect()
}

#[test]
fn a_card_of_ones_own_links_to_at_most_three_networks() {
    let mut choices = sample_data::share_choices();
    for (preferred, expected) in [(0, 3), (1, 1), (3, 3), (12, 3)] {
        for (index, choice) in choices.networks.iter_mut().enumerate() {
            choice.preferred = index < preferred;
        }
        let card = card(said(personal(choices.clone()), Operation::Post));
        assert_eq!(links(&card).len(), expected, "{preferred} preferred");
        assert_eq!(links(&card)[0], choices.networks[0].url);
    }
}

#[test]
fn no_link_stands_in_the_words_of_any_view() {
    for (name, view) in View::samples() {
        assert!(!plain::view(&view).contains("://"), "{name}");
    }
}

#[test]
fn done_on_a_card_of_ones_own_is_said_on_it_beside_its_receipt() {
    let world = world(FakeBackend::default());
    let card = card(said(
        personal(sample_data::share_choices()),
        Operation::Post,
    ));
    let done = Action::ConfirmShared(sample_data::POST, Network::Linkedin, Surface::Card);
    assert!(actions(&card.controls).contains(&done));
    let intent = Intent::from(done);
    assert_eq!(intent.pace(Place::Own), Pace::Deferred(Visibility::Update));
    let reply = world.wants(Place::Own, intent);
    assert!(matches!(
        reply.answer,
        Answer::Whisper(View::ShareReceipt(_))
    ));
    let Some(View::PersonalPost(card)) = reply.revise else {
        panic!("the card does not say so")
    };
    let shared = card.shared.as_ref().map(|words| plain::phrase(words));
    assert_eq!(shared.as_deref(), Some("You shared it: LinkedIn"));
}

#[test]
fn not_for_me_on_a_card_of_ones_own_takes_its_place_until_undone() {
    let world = world(FakeBackend::default());
    let posted = card(said(
        personal(sample_data::share_choices()),
        Operation::Post,
    ));
    let not_for_me = actions(&posted.controls)
        .into_iter()
        .find(|action| matches!(action, Action::Dismiss(..)))
        .map(Intent::from)
        .expect("no way to decline");
    assert_eq!(
        not_for_me.pace(Place::Own),
        Pace::Deferred(Visibility::Update)
    );
    let View::Notice(notice) = revised(world.wants(Place::Own, not_for_me)) else {
        panic!("no notice")
    };
    let [back] = actions(notice.control.as_slice())[..] else {
        panic!("no way back")
    };
    let again = card(revised(world.wants(Place::Own, back.into())));
    assert_eq!(again.title, posted.title);
    assert_eq!(again.controls.len(), posted.controls.len());
}

#[test]
fn what_was_declined_elsewhere_says_the_same_on_the_card() {
    let content = Content::PersonalPost {
        choices: sample_data::share_choices(),
        dismissed: true,
    };
    let world = world(FakeBackend::default());
    let here = revised(world.wants(Place::Own, dismiss(Surface::Card)));
    assert_eq!(said(content, revise()), here);
}

#[test]
fn what_was_shared_is_said_and_not_asked_again() {
    let mut choices = sample_data::share_choices();
    choices.networks[0].state = Some(ShareState::Proven);
    let card = card(said(personal(choices), revise()));
    let shared = card.shared.as_ref().map(|words| plain::phrase(words));
    assert_eq!(shared.as_deref(), Some("You shared it: LinkedIn"));
    let done: Vec<Action> = actions(&card.controls)
        .into_iter()
        .filter(|action| matches!(action, Action::ConfirmShared(..)))
        .collect();
    assert_eq!(
        done,
        [Action::ConfirmShared(
            sample_data::POST,
            Network::X,
            Surface::Card
        )],
        "only what is in front and not shared"
    );
    assert_eq!(links(&card).len(), 2, "sharing again is allowed");
}

#[test]
fn a_card_of_ones_own_ends_with_its_post() {
    let mut choices = sample_data::share_choices();
    choices.post.state = PostState::Withdrawn;
    for operation in [Operation::Post, revise()] {
        let view = said(personal(choices.clone()), operation);
        assert!(matches!(view, View::PostEnded(_)));
    }
}

#[test]
fn last_weeks_board_says_nothing_about_one_reader() {
    let mut board = sample_data::leaderboard();
    board.top[0].me = true;
    let content = Content::WeeklyLeaderboard { board };
    let View::Leaderboard(view) = said(content, Operation::Post) else {
        panic!("no board")
    };
    assert_eq!(view.title, "Leaderboard, last week");
    assert_eq!((view.me, view.around.len()), (None, 0));
    assert!(view.rows.iter().all(|row| !row.me));
    assert!(
        view.controls
            .iter()
            .all(|control| !matches!(control, Control::Link(_)))
    );
    let show = Intent::from(Action::ShowLeaderboard(Period::Week));
    assert!(actions(&view.controls).contains(&Action::ShowLeaderboard(Period::Week)));
    whispered(world(FakeBackend::default()).wants(Place::Shared, show));
}

#[test]
fn whoever_was_paired_with_can_undo_it() {
    let content = Content::Paired {
        identity_id: sample_data::IDENTITIES[1],
        platform: Platform::Discord,
        account: "ada".into(),
    };
    let View::Paired(view) = said(content, Operation::Post) else {
        panic!("no word of it")
    };
    assert!(plain::phrase(&view.headline).contains("Discord"));
    assert_eq!(
        actions(&view.controls),
        [Action::Unpair(sample_data::IDENTITIES[1])]
    );
}
