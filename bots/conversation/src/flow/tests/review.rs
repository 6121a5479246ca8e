//! Judging posts: what is shown is what is judged, and who comes late hears what happened.

use server_api::enums::ReviewStep;
use server_api::review::{Review, ReviewDecision};

use super::*;
use crate::intent::Judged;
use crate::view::{ReviewClosed, ReviewRequest, Reviews};

fn judged(on: Surface) -> Judged {
    let review = sample_data::review();
    Judged {
        post: review.post_id,
        version: review.version,
        on,
    }
}

fn approve(on: Surface) -> Intent {
    Intent::Approve(judged(on))
}

fn submit(on: Surface, note: &str) -> Intent {
    Intent::SubmitChanges {
        judged: judged(on),
        language: Language::En,
        note: note.into(),
    }
}

/// Grace was faster.
fn decided(state: PostState, step: ReviewStep) -> Review {
    let review = sample_data::review();
    Review {
        state,
        version: review.version + 1,
        decision: Some(ReviewDecision {
            step,
            by: Some("Grace".into()),
            mine: false,
            note: (step == ReviewStep::Rejected).then(|| "Shorter, please.".into()),
            at: review.since,
        }),
        ..review
    }
}

fn changed() -> Review {
    let review = sample_data::review();
    Review {
        title: "Another headline".into(),
        version: review.version + 1,
        ..review
    }
}

fn with(reviews: Vec<Review>) -> World {
    world(FakeBackend::default().with_reviews(reviews))
}

fn closed(view: View) -> ReviewClosed {
    match view {
        View::ReviewClosed(closed) => closed,
        other => panic!("not closed: {other:?}"),
    }
}

fn request(view: View) -> ReviewRequest {
    match view {
        View::ReviewRequest(request) => request,
        other => panic!("no request: {other:?}"),
    }
}

fn said(view: &View) -> String {
    plain::view(view)
}

#[test]
fn a_card_is_approved_and_changes_to_say_so_also_when_it_is_pressed_twice() {
    let world = world(FakeBackend::default());
    for _ in 0..2 {
        let card = revised(world.wants(Place::Own, approve(Surface::Card)));
        assert!(
            said(&card).contains("You approved it. It is live."),
            "{card:?}"
        );
        let controls = closed(card).controls;
        assert_eq!(actions(&controls), [Action::ShowReviews]);
    }
}

#[test]
fn from_a_list_the_answer_comes_beside_it() {
    let world = world(FakeBackend::default());
    let answer = whispered(world.wants(Place::Own, approve(Surface::Message)));
    assert!(said(&answer).contains("You approved it"));
}

#[test]
fn who_comes_late_hears_what_happened_and_changes_nothing() {
    for (state, step, words) in [
        (PostState::Live, ReviewStep::Approved, "Grace approved it."),
        (
            PostState::Draft,
            ReviewStep::Rejected,
            "Grace asked for changes: “Shorter, please.”",
        ),
        (
            PostState::Draft,
            ReviewStep::Recalled,
            "Grace took it back, to go on writing.",
        ),
        (
            PostState::Withdrawn,
            ReviewStep::Recalled,
            "It was withdrawn.",
        ),
    ] {
        let then = decided(state, step);
        let world = with(vec![then.clone()]);
        for intent in [
            approve(Surface::Card),
            Intent::AskForChanges(judged(Surface::Card)),
        ] {
            let card = revised(world.wants(Place::Own, intent));
            assert!(said(&card).contains(words), "{card:?}");
        }
        // What they wrote is not lost.
        let card = revised(world.wants(Place::Dialog, submit(Surface::Card, "Longer.")));
        assert!(said(&card).contains(words), "{card:?}");
        assert!(said(&card).contains("was not sent: “Longer.”"), "{card:?}");
    }
}

#[test]
fn a_post_that_changed_is_shown_anew_and_judged_by_its_new_version() {
    let world = with(vec![changed()]);
    for intent in [
        approve(Surface::Card),
        Intent::AskForChanges(judged(Surface::Card)),
    ] {
        let card = request(revised(world.wants(Place::Own, intent)));
        assert_eq!(card.title, "Another headline");
        let words = plain::phrase(&card.headline);
        assert!(words.contains("changed since you saw it"), "{words}");
        let now = Judged {
            version: changed().version,
            ..judged(Surface::Card)
        };
        let offered = actions(&card.controls);
        assert_eq!(offered, [Action::Approve(now), Action::AskForChanges(now)]);
    }
    let sent = revised(world.wants(Place::Dialog, submit(Surface::Card, "Longer.")));
    let note = request(sent).note.map(|note| plain::phrase(&note));
    assert_eq!(note.as_deref(), Some("Your note was not sent: “Longer.”"));
}

#[test]
fn a_note_is_asked_for_refused_when_it_is_empty_and_sent_with_one_call_each() {
    let world = world(FakeBackend::default());
    let opened = world.wants(Place::Own, Intent::AskForChanges(judged(Surface::Card)));
    let Answer::Open(Dialog::Changes(dialog)) = opened.answer else {
        panic!("no dialog")
    };
    assert_eq!(dialog.judged, judged(Surface::Card));
    for nothing in ["", "  \n ", "x".repeat(1_001).as_str()] {
        let Answer::Refuse(problems) = world
            .wants(Place::Dialog, submit(Surface::Card, nothing))
            .answer
        else {
            panic!("not refused")
        };
        assert_eq!(problems[0].field, Field::Note);
    }
    let card = revised(world.wants(Place::Dialog, submit(Surface::Card, " Shorter. ")));
    assert!(said(&card).contains("“Shorter.”"), "{card:?}");
    assert_eq!(world.backend.calls(), ["review", "ask_for_changes"]);
}

#[test]
fn from_a_list_a_note_is_answered_beside_it() {
    let world = world(FakeBackend::default());
    let answer = world.wants(Place::Dialog, submit(Surface::Message, "Shorter."));
    assert!(matches!(whispered(answer), View::ReviewClosed(_)));
}

#[test]
fn nobody_approves_what_they_wrote_where_somebody_else_has_to() {
    let own = Review {
        may_approve: false,
        ..sample_data::review()
    };
    let world = with(vec![own.clone()]);
    let notice = whispered(world.wants(Place::Own, approve(Surface::Card)));
    assert!(said(&notice).contains("somebody else has to approve it"));
    let View::Reviews(list) = whispered(world.wants(Place::Command, Intent::ShowReviews)) else {
        panic!("no list")
    };
    assert!(list.items.is_empty());
    let card = ReviewRequest::new(Words::of(Language::En), &own, Surface::Card);
    assert_eq!(
        actions(&card.controls),
        [Action::AskForChanges(judged(Surface::Card))]
    );
}

#[test]
fn the_command_shows_what_waits_and_says_when_nothing_does() {
    let shown = |backend| match whispered(
        world(backend).wants(Place::Command, Intent::from_command("review")),
    ) {
        View::Reviews(list) => list,
        other => panic!("no list: {other:?}"),
    };
    let Reviews { items, .. } = shown(FakeBackend::default());
    assert_eq!(items.len(), 1);
    let offered = actions(&items[0].controls);
    assert!(offered.contains(&Action::Approve(judged(Surface::Message))));
    let empty = shown(FakeBackend::default().with_reviews(vec![]));
    assert!(plain::phrase(&empty.headline).contains("Nothing waits"));
}

#[test]
fn who_reviews_nothing_is_told_whom_to_ask() {
    for intent in [
        Intent::ShowReviews,
        approve(Surface::Card),
        Intent::AskForChanges(judged(Surface::Card)),
    ] {
        let world = world(FakeBackend::default().refusing_reviews());
        let notice = whispered(world.wants(Place::Own, intent));
        assert_eq!(
            said(&notice),
            "You review no posts here. If you should, ask Grace."
        );
    }
}

#[test]
fn a_delivered_card_asks_while_its_post_waits_and_tells_after() {
    let announced = |review: Review| {
        Conversation::announce(&Delivery {
            content: Content::Review { review },
            ..delivery(Operation::Post, PostState::Live)
        })
    };
    let late = Review {
        overdue: true,
        ..sample_data::review()
    };
    let card = request(announced(late));
    let headline = plain::phrase(&card.headline);
    assert!(headline.contains("zu lange"), "{headline}");
    assert!(actions(&card.controls).contains(&Action::Approve(judged(Surface::Card))));
    let told = announced(decided(PostState::Live, ReviewStep::Approved));
    assert!(said(&told).contains("Grace hat ihn freigegeben."));
}
