//! What people get for what they want, over a fake server.

mod cards;
mod choices;
mod console;
mod page;
mod pairing;
mod propose;
mod review;

use futures::executor::block_on;
use server_api::delivery::{Content, Operation, Place as Destination};
use server_api::enums::{
    BoardVisibility, DeliveryPreference, Network, Period, Platform, PostState,
};
use server_api::identity::AccountKind;
use server_api::ids::{DeliveryId, InstallationId};
use server_api::problem::Problem;
use uuid::Uuid;

use super::*;
use crate::action::Action;
use crate::backend::fake::{FakeBackend, FakeDirectory};
use crate::dialog::Field;
use crate::intent::{Surface, TypedCode};
use crate::plain;
use crate::reply::Answer;
use crate::view::{Control, Span, sample_data};

struct World {
    backend: Arc<FakeBackend>,
    conversation: Conversation,
}

fn world(backend: FakeBackend) -> World {
    world_with(backend, AccountKind::Full)
}

fn world_with(backend: FakeBackend, account: AccountKind) -> World {
    let backend = Arc::new(backend);
    World {
        conversation: Conversation::new(backend.clone(), Arc::new(FakeDirectory { account })),
        backend,
    }
}

impl World {
    fn wants(&self, place: Place, intent: Intent) -> Reply {
        self.wants_on(Platform::Slack, place, intent)
    }

    fn wants_on(&self, platform: Platform, place: Place, intent: Intent) -> Reply {
        let (workspace, user) = match platform {
            Platform::Slack => ("T1", "U1"),
            Platform::Discord => ("900", "901"),
        };
        block_on(self.conversation.handle(Incoming {
            person: Person {
                platform,
                workspace: workspace.into(),
                user: user.into(),
            },
            place,
            interaction: "1.2.abc".into(),
            language: Language::En,
            intent,
        }))
    }
}

fn whispered(reply: Reply) -> View {
    assert_eq!(reply.revise, None);
    match reply.answer {
        Answer::Whisper(view) => view,
        other => panic!("not whispered: {other:?}"),
    }
}

fn dismiss(on: Surface) -> Intent {
    Intent::Dismiss {
        post: sample_data::POST,
        on,
    }
}

fn undo(on: Surface) -> Intent {
    Intent::UndoDismissal {
        post: sample_data::POST,
        on,
    }
}

fn revised(reply: Reply) -> View {
    assert_eq!(reply.answer, Answer::Nothing);
    reply.revise.expect("nothing revised")
}

/// The actions that a view offers, in order.
fn actions(controls: &[Control]) -> Vec<Action> {
    controls
        .iter()
        .flat_map(|control| match control {
            Control::Button(button) => vec![button.action],
            Control::Choice(choice) => choice.options.iter().map(|(_, action)| *action).collect(),
            Control::Link(_) => vec![],
        })
        .collect()
}

fn delivery(operation: Operation, state: PostState) -> Delivery {
    let mut suggestion = sample_data::suggestion();
    suggestion.state = state;
    Delivery {
        id: DeliveryId(Uuid::nil()),
        installation_id: InstallationId(Uuid::nil()),
        place: Destination::Channel {
            channel: "C1".into(),
        },
        operation,
        content: Content::SuggestedPost { suggestion },
        language: Language::De,
        reconcile: false,
    }
}

#[test]
fn sharing_from_a_channel_is_answered_privately() {
    let world = world(FakeBackend::default());
    let reply = world.wants(
        Place::Shared,
        Intent::StartShare {
            post: sample_data::POST,
        },
    );
    let View::ShareChoices(choices) = whispered(reply) else {
        panic!("no choices")
    };
    assert_eq!(
        choices.front.len() + choices.others.len(),
        Network::ALL.len()
    );
}

#[test]
fn done_replaces_the_choices_and_repeating_it_gives_the_same_receipt() {
    let world = world(FakeBackend::default());
    let done = Intent::ConfirmShared {
        post: sample_data::POST,
        network: Network::Linkedin,
        on: Surface::Message,
    };
    let first = world.wants(Place::Own, done.clone());
    let again = world.wants(Place::Own, done);
    assert_eq!(first, again);
    assert_eq!(first.answer, Answer::Nothing);
    let Some(View::ShareReceipt(receipt)) = first.revise else {
        panic!("no receipt")
    };
    let words = plain::view(&View::ShareReceipt(receipt));
    assert!(words.contains("not de-duplicated"), "{words}");
}

#[test]
fn a_declined_post_is_suggested_no_more_until_that_is_undone() {
    let world = world(FakeBackend::default());
    let suggested =
        |world: &World| match whispered(world.wants(Place::Command, Intent::ShowSuggestions)) {
            View::Suggestions(list) => list.items.len(),
            other => panic!("no suggestions: {other:?}"),
        };
    assert_eq!(suggested(&world), 1);
    let View::Notice(notice) = whispered(world.wants(Place::Shared, dismiss(Surface::Message)))
    else {
        panic!("no notice")
    };
    assert!(notice.control.is_some(), "no way back");
    assert_eq!(suggested(&world), 0);
    let undone = world.wants(Place::Own, undo(Surface::Message));
    assert!(matches!(undone.revise, Some(View::Notice(_))));
    assert_eq!(suggested(&world), 1);
}

#[test]
fn an_unknown_person_is_introduced_and_then_answered() {
    let world = world(FakeBackend::default().with_stranger());
    let reply = world.wants(Place::Command, Intent::ShowMe);
    assert!(matches!(whispered(reply), View::Me(_)));
    assert_eq!(world.backend.calls(), ["home", "introduce", "home"]);
}

#[test]
fn a_share_begins_with_one_question_and_of_a_stranger_after_they_are_introduced() {
    let start = Intent::StartShare {
        post: sample_data::POST,
    };
    let world_of_ada = world(FakeBackend::default());
    world_of_ada.wants(Place::Shared, start.clone());
    assert_eq!(world_of_ada.backend.calls(), ["share_choices"]);
    let world_of_a_stranger = world(FakeBackend::default().with_stranger());
    let reply = world_of_a_stranger.wants(Place::Shared, start);
    assert!(matches!(whispered(reply), View::ShareChoices(_)));
    assert_eq!(
        world_of_a_stranger.backend.calls(),
        ["share_choices", "me", "introduce", "me", "share_choices"]
    );
}

#[test]
fn a_guest_learns_whom_to_ask_and_nothing_else() {
    for (backend, account) in [
        (FakeBackend::default().with_stranger(), AccountKind::Guest),
        (
            FakeBackend::default().with_stranger(),
            AccountKind::Stranger,
        ),
        (
            FakeBackend::default().refusing_strangers(),
            AccountKind::Full,
        ),
    ] {
        let world = world_with(backend, account);
        let view = whispered(world.wants(
            Place::Shared,
            Intent::StartShare {
                post: sample_data::POST,
            },
        ));
        assert_eq!(
            plain::view(&view),
            "You are not part of this programme yet. Ask Grace to add you."
        );
    }
}

#[test]
fn a_withdrawn_post_says_so_and_offers_others() {
    let mut post = sample_data::suggestion();
    post.state = PostState::Withdrawn;
    let world = world(FakeBackend::default().with_posts(vec![post]));
    let View::Notice(notice) = whispered(world.wants(
        Place::Shared,
        Intent::StartShare {
            post: sample_data::POST,
        },
    )) else {
        panic!("no notice")
    };
    assert!(plain::phrase(&notice.words).contains("withdrawn"));
    assert!(notice.control.is_some());
}

#[test]
fn everybody_gets_an_answer_while_the_server_is_away() {
    let world = world(FakeBackend::default().away());
    for intent in [
        Intent::Help,
        Intent::ShowSuggestions,
        Intent::ShowMe,
        Intent::ShowLeaderboard {
            period: Period::Week,
        },
        dismiss(Surface::Message),
        Intent::ShowReviews,
        Intent::ShowPairing,
        Intent::Pair {
            code: TypedCode("K7QM-2XRD".into()),
        },
        Intent::EditFollowers,
        Intent::Outdated,
        Intent::NotUnderstood {
            said: "coffee".into(),
        },
    ] {
        let view = whispered(world.wants(Place::Command, intent.clone()));
        assert!(!plain::view(&view).is_empty(), "{intent:?}");
        let answered = matches!(
            (&intent, &view),
            (Intent::Help | Intent::NotUnderstood { .. }, View::Help(_)) | (_, View::Notice(_))
        );
        assert!(answered, "{intent:?} got {view:?}");
    }
}

#[test]
fn a_member_is_answered_in_their_own_language() {
    let mut me = sample_data::me();
    me.language = Language::De;
    let world = world(FakeBackend::default().with_member(me));
    let view = whispered(world.wants(Place::Command, Intent::Help));
    assert!(plain::view(&view).starts_with("Was Chorus hier kann"));
}

#[test]
fn choosing_a_language_answers_in_it() {
    let world = world(FakeBackend::default());
    let reply = world.wants(
        Place::Own,
        Intent::ChooseLanguage {
            language: Language::De,
        },
    );
    let Some(view) = reply.revise else {
        panic!("nothing revised")
    };
    assert!(plain::view(&view).starts_with("Meine Einstellungen"));
}

#[test]
fn the_greetings_choice_finishes_onboarding_and_takes_its_place() {
    let world = world(FakeBackend::default());
    let reply = world.wants(
        Place::Own,
        Intent::FinishOnboarding {
            visibility: BoardVisibility::Pseudonym,
        },
    );
    let Some(view) = reply.revise else {
        panic!("nothing revised")
    };
    assert!(plain::view(&view).contains("Quiet Heron"));
    assert_eq!(
        world.backend.member().board_visibility,
        BoardVisibility::Pseudonym
    );
}

#[test]
fn the_followers_dialog_opens_refuses_and_saves_with_one_call_each() {
    let world = world(FakeBackend::default());
    let opened = world.wants(Place::Own, Intent::EditFollowers);
    assert!(matches!(opened.answer, Answer::Open(Dialog::Followers(_))));
    let submit = |typed: &str| {
        world.wants(
            Place::Dialog,
            Intent::SubmitFollowers {
                language: Language::De,
                form: vec![
                    (Network::X, typed.into()),
                    (Network::Linkedin, String::new()),
                ],
            },
        )
    };
    let Answer::Refuse(problems) = submit("many").answer else {
        panic!("not refused")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, Field::Followers(Network::X));
    assert_eq!(
        problems[0].sentence,
        Words::of(Language::De).followers_invalid()
    );
    let saved = submit("1.250");
    assert!(matches!(saved.revise, Some(View::Choices(_))));
    assert_eq!(world.backend.member().followers[&Network::X], 1_250);
    assert_eq!(world.backend.member().followers[&Network::Linkedin], 1_250);
    assert_eq!(world.backend.calls(), ["me", "update_me"]);
}

#[test]
fn a_dialog_that_cannot_be_saved_says_so_in_its_place() {
    let world = world(FakeBackend::default().away());
    let reply = world.wants(
        Place::Dialog,
        Intent::SubmitFollowers {
            language: Language::En,
            form: vec![(Network::X, "5".into())],
        },
    );
    assert!(matches!(reply.answer, Answer::Open(Dialog::Message(_))));
}

#[test]
fn only_immediate_intents_open_or_refuse() {
    use crate::intent::Pace;
    let world = world(FakeBackend::default());
    let post = sample_data::POST;
    for intent in [
        Intent::Help,
        Intent::ShowSuggestions,
        Intent::ShowMe,
        Intent::StartShare { post },
        Intent::ShowChoices,
        Intent::ShowNetworks,
        Intent::ShowPairing,
        Intent::ShowReviews,
        dismiss(Surface::Message),
        undo(Surface::Card),
        Intent::Outdated,
    ] {
        assert!(matches!(intent.pace(Place::Own), Pace::Deferred(_)));
        let reply = world.wants(Place::Own, intent);
        assert!(!matches!(reply.answer, Answer::Open(_) | Answer::Refuse(_)));
    }
}

#[test]
fn what_is_delivered_can_always_be_found_again_by_an_action() {
    let message = || Operation::Withdraw {
        posted_by: DeliveryId(Uuid::nil()),
        message: "C1/1.2".into(),
    };
    for (operation, state, live) in [
        (Operation::Post, PostState::Live, true),
        (Operation::Post, PostState::Withdrawn, false),
        (message(), PostState::Live, false),
        (message(), PostState::Expired, false),
    ] {
        let controls = match Conversation::announce(&delivery(operation, state)) {
            View::SuggestedPost(card) if live => card.controls,
            View::PostEnded(card) if !live => card.controls,
            other => panic!("announced {other:?}"),
        };
        assert!(controls.iter().any(|c| !matches!(c, Control::Link(_))));
    }
}
