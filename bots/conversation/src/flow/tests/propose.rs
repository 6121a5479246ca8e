//! Proposing a post: the dialog is the first answer, what was typed wrong is said at its field, and
//! the receipt says what it may earn.

use server_api::enums::ProposalState;
use server_api::ids::ProposalId;
use server_api::proposal::ProposalOutcome as Outcome;

use super::*;
use crate::dialog::ProposalDialog;
use crate::intent::ProposalForm;
use crate::view::ProposalOutcome;

const LINK: &str = "https://news.example/tea";

fn form(link: &str) -> ProposalForm {
    ProposalForm {
        link: link.into(),
        why: "It is ours.".into(),
        words: "Proud of it.".into(),
    }
}

fn submit(form: ProposalForm) -> Intent {
    Intent::SubmitProposal {
        language: Language::En,
        form,
    }
}

fn opened(reply: Reply) -> ProposalDialog {
    match reply.answer {
        Answer::Open(Dialog::Proposal(dialog)) => dialog,
        other => panic!("no dialog: {other:?}"),
    }
}

fn refused(reply: Reply) -> Vec<Field> {
    match reply.answer {
        Answer::Refuse(problems) => problems.into_iter().map(|one| one.field).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn notice(view: View) -> Notice {
    match view {
        View::Notice(notice) => notice,
        other => panic!("no notice: {other:?}"),
    }
}

fn taken(world: &World, link: &str) -> Notice {
    notice(whispered(world.wants(Place::Dialog, submit(form(link)))))
}

#[test]
fn the_dialog_opens_with_what_is_known_after_one_question() {
    let world = world(FakeBackend::default());
    let reply = world.wants(Place::Command, Intent::Propose(form(LINK)));
    let dialog = opened(reply);
    assert_eq!(dialog.fields[0].value, LINK);
    assert_eq!(world.backend.calls(), ["me"]);
    assert_eq!(
        Intent::Propose(form(LINK)).pace(Place::Command),
        crate::Pace::Immediate
    );
}

#[test]
fn a_stranger_becomes_a_member_before_they_propose() {
    let world = world(FakeBackend::default().with_stranger());
    let reply = world.wants(Place::Command, Intent::Propose(ProposalForm::default()));
    assert_eq!(opened(reply).fields.len(), 3);
    let refused = world_with(
        FakeBackend::default().refusing_strangers(),
        AccountKind::Guest,
    );
    let reply = refused.wants(Place::Command, Intent::Propose(ProposalForm::default()));
    assert!(plain::view(&whispered(reply)).contains("Grace"));
}

#[test]
fn the_receipt_says_what_it_may_earn_and_it_can_be_taken_back() {
    let world = world(FakeBackend::default());
    let receipt = taken(&world, LINK);
    assert!(
        plain::phrase(&receipt.words).contains("earn 15 points"),
        "{receipt:?}"
    );
    assert_eq!(world.backend.calls(), ["propose"], "one call in the budget");
    let controls: Vec<Control> = receipt.control.into_iter().collect();
    let [Action::WithdrawProposal(id)] = actions(&controls)[..] else {
        panic!("{controls:?}");
    };
    let again = taken(&world, LINK);
    assert!(plain::phrase(&again.words).contains("You proposed this page before"));
    for _ in 0..2 {
        let back = world.wants(Place::Own, Intent::WithdrawProposal { proposal: id });
        let said = plain::view(&revised(back));
        assert!(said.contains("You took it back"), "{said}");
    }
    let other = Intent::WithdrawProposal {
        proposal: ProposalId(Uuid::from_u128(99)),
    };
    let none = whispered(world.wants(Place::Own, other));
    assert_eq!(notice(none).kind, crate::view::NoticeKind::Info);
}

#[test]
fn who_comes_second_supports_and_learns_no_name() {
    let world = world(FakeBackend::default().with_proposal_of_others(LINK));
    let receipt = taken(&world, LINK);
    let said = plain::phrase(&receipt.words);
    assert!(
        said.contains("Somebody proposed this page before you"),
        "{said}"
    );
}

#[test]
fn an_address_without_its_beginning_is_completed_and_nonsense_is_refused_at_its_field() {
    let world = world(FakeBackend::default());
    taken(&world, " <https://news.example/tea|tea> ");
    assert!(plain::phrase(&taken(&world, "news.example/tea").words).contains("before"));
    for link in [
        "",
        "tea",
        "javascript:alert(1)",
        "ftp://news.example",
        "a b.c",
    ] {
        let reply = world.wants(Place::Dialog, submit(form(link)));
        assert_eq!(refused(reply), [Field::Link], "{link:?}");
    }
    let long = ProposalForm {
        link: "tea".into(),
        why: "x".repeat(10_000),
        words: "x".repeat(10_000),
    };
    let reply = world.wants(Place::Dialog, submit(long));
    assert_eq!(refused(reply), [Field::Link, Field::Why, Field::Words]);
}

#[test]
fn the_eleventh_waits_for_an_answer() {
    let world = world(FakeBackend::default());
    for number in 0..10 {
        taken(&world, &format!("{LINK}/{number}"));
    }
    let said = plain::phrase(&taken(&world, "https://news.example/more").words);
    assert!(said.contains("as much as fits into a day"), "{said}");
}

#[test]
fn the_outcome_says_what_was_decided_in_the_words_of_the_reader() {
    let accepted = sample_data::proposal_outcome();
    for (told, words) in [
        (accepted.clone(), "You earned 15 points."),
        (
            Outcome {
                published: true,
                ..accepted.clone()
            },
            "is out. It earned you 15 points.",
        ),
        (
            Outcome {
                points: 0,
                ..accepted.clone()
            },
            "makes a post of what you proposed.",
        ),
        (
            Outcome {
                state: ProposalState::Declined,
                note: Some("Not now.".into()),
                ..accepted
            },
            "They say: “Not now.”",
        ),
    ] {
        let mut one = delivery(Operation::Post, PostState::Live);
        one.language = Language::En;
        one.content = Content::Proposal { outcome: told };
        let view = Conversation::announce(&one);
        assert!(plain::view(&view).contains(words), "{view:?}");
        let View::ProposalOutcome(ProposalOutcome { controls, .. }) = view else {
            panic!("no outcome");
        };
        assert!(!actions(&controls).is_empty(), "history can be reconciled");
    }
}
