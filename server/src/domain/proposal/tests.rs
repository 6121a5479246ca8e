//! Proposals as tables of cases.

use entity::ids::{OrganizationId, ProposalId};
use uuid::Uuid;

use super::*;

fn proposed(url: &str, why: &str, words: &str) -> Proposed {
    Proposed {
        url: url.to_owned(),
        why: why.to_owned(),
        words: words.to_owned(),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_823_200, 0).unwrap()
}

fn a_proposal() -> proposal::Model {
    proposal::Model {
        id: ProposalId(Uuid::from_u128(1)),
        organization_id: OrganizationId(Uuid::from_u128(2)),
        member_id: Some(MemberId(Uuid::from_u128(3))),
        source: ProposalSource::Slack,
        state: ProposalState::New,
        url: "https://news.example/tea".to_owned(),
        canonical_url: "https://news.example/tea".to_owned(),
        open_key: None,
        why: String::new(),
        words: "Proud of our tea.".to_owned(),
        title: Some("Tea\u{7} in\nthe news".to_owned()),
        summary: None,
        image_url: None,
        image_alt: None,
        note: None,
        post_id: None,
        decided_by: None,
        decided_at: None,
        decisions: 0,
        created_at: now(),
        updated_at: now(),
    }
}

#[test]
fn an_address_is_read_and_normalised() {
    let kept = proposed(
        " https://News.Example/tea?utm_source=chat#top ",
        " w ",
        " x ",
    )
    .checked();
    let kept = kept.unwrap();
    assert_eq!(kept.canonical_url, "https://news.example/tea");
    assert_eq!(kept.url, "https://news.example/tea?utm_source=chat#top");
    assert_eq!((kept.why.as_str(), kept.words.as_str()), ("w", "x"));
}

#[test]
fn what_is_hostile_is_refused_by_its_field() {
    let long = "x".repeat(10_000);
    for (url, why, words, fields) in [
        ("", "", "", &["url"][..]),
        ("javascript:alert(1)", "", "", &["url"]),
        ("data:text/html,<script>", "", "", &["url"]),
        ("https://user:pass@news.example/", "", "", &["url"]),
        ("news.example", "", "", &["url"]),
        ("https://news.example/", long.as_str(), "", &["why"]),
        ("https://news.example/", "", long.as_str(), &["words"]),
        ("https://news.example/", "a\0b", "", &["why"]),
        (
            "ftp://news.example/",
            long.as_str(),
            long.as_str(),
            &["url", "why", "words"],
        ),
    ] {
        let faults = proposed(url, why, words).checked().unwrap_err();
        let told: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(told, fields, "{url:?}");
    }
    // Words are words, whatever they look like.
    let script = "<script>alert(1)</script> <!channel> @everyone";
    let kept = proposed("https://news.example/", script, script).checked();
    assert_eq!(kept.unwrap().words, script);
}

#[test]
fn a_proposal_is_decided_once() {
    use Passage::{Done, Open, Shut};
    use ProposalState::{Accepted, Declined, New, Withdrawn};
    for (state, expected) in [
        (New, [Open, Open, Done, Open]),
        (Accepted, [Done, Shut, Open, Shut]),
        (Declined, [Shut, Done, Open, Shut]),
        (Withdrawn, [Shut, Shut, Shut, Done]),
    ] {
        let steps = [Step::Accept, Step::Decline, Step::Reopen, Step::Withdraw];
        assert_eq!(
            steps.map(|step| passage(state, step)),
            expected,
            "{state:?}"
        );
    }
}

#[test]
fn a_decision_is_taken_back_until_its_proposer_is_told() {
    let mut one = a_proposal();
    assert!(!may_be_taken_back(&one, now()));
    one.decided_at = Some(now());
    assert!(may_be_taken_back(&one, now()));
    assert!(!may_be_taken_back(&one, now() + TAKE_BACK));
    assert!(TELL_AFTER > TAKE_BACK, "clocks differ");
}

#[test]
fn only_what_waits_or_became_a_post_keeps_others_from_proposing_it() {
    for (state, is_open) in [
        (ProposalState::New, true),
        (ProposalState::Accepted, true),
        (ProposalState::Declined, false),
        (ProposalState::Withdrawn, false),
    ] {
        assert_eq!(open_key(state, "a").is_some(), is_open, "{state:?}");
    }
}

#[test]
fn nobody_earns_by_accepting_what_they_proposed() {
    let one = a_proposal();
    assert!(earns(&one, MemberId(Uuid::from_u128(9))));
    assert!(!earns(&one, MemberId(Uuid::from_u128(3))));
    let erased = proposal::Model {
        member_id: None,
        ..one
    };
    assert!(!earns(&erased, MemberId(Uuid::from_u128(9))));
}

#[test]
fn each_decision_has_one_award_and_one_reversal() {
    let mut one = a_proposal();
    one.decisions = 1;
    let first = award(&one, 15);
    assert_eq!(first, award(&one, 15));
    one.decisions = 2;
    assert_ne!(first.dedupe_key, award(&one, 15).dedupe_key);
}

#[test]
fn a_proposal_becomes_a_draft_with_its_words() {
    let written = draft(&a_proposal()).unfinished().unwrap();
    assert_eq!(written.title, "Tea in the news");
    assert_eq!(written.url.as_deref(), Some("https://news.example/tea"));
    assert_eq!(written.variants.len(), 1);
    let bare = proposal::Model {
        title: None,
        words: String::new(),
        ..a_proposal()
    };
    assert!(draft(&bare).unfinished().unwrap().variants.is_empty());
}
