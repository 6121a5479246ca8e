//! Tests of the module above.

use uuid::Uuid;

use super::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_823_200, 0).unwrap()
}

fn draft() -> Draft {
    Draft {
        kind: PostKind::Share,
        title: "A title".into(),
        summary: String::new(),
        url: Some("https://example.org/a".into()),
        image_url: None,
        image_alt: None,
        language: None,
        campaign: None,
        edit_mode: EditMode::Free,
        featured: false,
        variants: Vec::new(),
        publish_at: None,
        expires_at: None,
    }
}

fn wording(network: Option<Network>, text: &str) -> Wording {
    Wording {
        network,
        text: text.into(),
    }
}

fn refused(change: impl FnOnce(&mut Draft)) -> Vec<String> {
    let mut it = draft();
    change(&mut it);
    it.checked(now())
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| fault.field)
        .collect()
}

#[test]
fn a_plain_draft_passes_and_comes_back_trimmed() {
    let mut it = draft();
    it.title = "  A title ".into();
    it.url = Some("HTTPS://Example.org/a".into());
    it.variants = vec![wording(None, " Words ")];
    let it = it.checked(now()).unwrap();
    assert_eq!(it.title, "A title");
    assert_eq!(it.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(it.variants[0].text, "Words");
}

#[test]
fn each_fault_names_its_field() {
    type Change = fn(&mut Draft);
    let cases: &[(&str, Change)] = &[
        ("title", |d| d.title = "  ".into()),
        ("title", |d| d.title = "a".repeat(201)),
        ("title", |d| d.title = "a\0".into()),
        ("summary", |d| d.summary = "a".repeat(601)),
        ("url", |d| d.url = Some("javascript:alert(1)".into())),
        ("url", |d| {
            d.kind = PostKind::Job;
            d.url = None;
        }),
        ("image_url", |d| {
            d.image_url = Some("nonsense".into());
            d.image_alt = Some("A picture".into());
        }),
        ("image_alt", |d| {
            d.image_url = Some("https://example.org/a.png".into());
        }),
        ("image_alt", |d| {
            d.image_url = Some("https://example.org/a.png".into());
            d.image_alt = Some("  ".into());
        }),
        ("campaign", |d| d.campaign = Some("Not A Slug".into())),
        ("expires_at", |d| d.expires_at = Some(now())),
        ("expires_at", |d| {
            d.publish_at = Some(now() + TimeDelta::days(2));
            d.expires_at = Some(now() + TimeDelta::days(1));
        }),
        ("variants.0.text", |d| d.variants = vec![wording(None, " ")]),
        ("variants.1.text", |d| {
            d.variants = vec![
                wording(None, "fine"),
                wording(Some(Network::X), &"a".repeat(257)),
            ];
        }),
        ("variants.0.text", |d| {
            d.variants = vec![wording(None, &"a".repeat(3_001))];
        }),
        ("variants", |d| {
            d.variants = vec![wording(None, "words"); 196];
        }),
        ("variants.15", |d| {
            d.variants = vec![wording(Some(Network::X), "words"); 16];
        }),
    ];
    for (field, change) in cases {
        assert_eq!(refused(change), [*field]);
    }
}

#[test]
fn the_limits_themselves_are_allowed() {
    assert!(refused(|d| d.title = "ü".repeat(200)).is_empty());
    assert!(refused(|d| d.summary = "ü".repeat(600)).is_empty());
    assert!(
        refused(|d| {
            d.variants = vec![wording(Some(Network::X), "words"); 15];
            d.variants.extend(vec![wording(None, "words"); 15]);
        })
        .is_empty()
    );
}

#[test]
fn a_wording_leaves_room_for_the_link_where_there_is_one() {
    let full = vec![wording(Some(Network::X), &"a".repeat(280))];
    let roomy = vec![wording(Some(Network::X), &"a".repeat(256))];
    assert!(!refused(|d| d.variants = full.clone()).is_empty());
    assert!(refused(|d| d.variants = roomy).is_empty());
    assert!(
        refused(|d| {
            d.variants = full.clone();
            d.url = None;
        })
        .is_empty()
    );
}

#[test]
fn slugs_are_lower_case_words_joined_by_hyphens() {
    for good in ["a", "spring-2026", &"a".repeat(64)] {
        assert!(is_slug(good), "{good}");
    }
    for bad in ["", "-a", "a-", "a--b", "A", "a b", "ä", &"a".repeat(65)] {
        assert!(!is_slug(bad), "{bad}");
    }
}

#[test]
fn a_campaign_is_called_by_its_words() {
    assert_eq!(campaign_name("spring-2026"), "Spring 2026");
}

#[test]
fn a_note_is_neither_empty_nor_endless() {
    assert_eq!(
        check_note(" Shorter, please. ").unwrap(),
        "Shorter, please."
    );
    assert!(check_note(" ").is_err());
    assert!(check_note(&"a".repeat(1_001)).is_err());
}

#[test]
fn life_goes_one_way() {
    use PostState::{Approved, Archived, Draft, Expired, InReview, Live, Scheduled, Withdrawn};
    let all = [
        Draft, InReview, Approved, Scheduled, Live, Expired, Archived, Withdrawn,
    ];
    let table: &[(Step, &[PostState], &[PostState])] = &[
        (Step::Edit, &[Draft], &[]),
        (Step::Submit, &[Draft], &[InReview]),
        (
            Step::Approve,
            &[Draft, InReview],
            &[Approved, Scheduled, Live],
        ),
        (Step::Reject, &[InReview], &[]),
        (Step::Publish, &[Approved, Scheduled], &[Live]),
        (Step::Expire, &[Live], &[Expired]),
        (
            Step::Withdraw,
            &[InReview, Approved, Scheduled, Live, Expired, Archived],
            &[Withdrawn],
        ),
    ];
    for (step, open, done) in table {
        for state in all {
            let expected = if open.contains(&state) {
                Passage::Open
            } else if done.contains(&state) {
                Passage::Done
            } else {
                Passage::Shut
            };
            assert_eq!(passage(state, *step), expected, "{step:?} on {state:?}");
        }
    }
}

#[test]
fn an_author_does_not_approve_their_own_where_four_eyes_are_asked_for() {
    let ada = MemberId(Uuid::from_u128(1));
    let ben = MemberId(Uuid::from_u128(2));
    assert!(may_approve(false, Some(ada), ada));
    assert!(!may_approve(true, Some(ada), ada));
    assert!(may_approve(true, Some(ada), ben));
    assert!(
        may_approve(true, None, ada),
        "an imported post has no author"
    );
}

#[test]
fn a_post_ends_at_its_own_time_or_by_default() {
    let chosen = now() + TimeDelta::days(3);
    assert_eq!(expiry(Some(chosen), 14, now()), Some(chosen));
    assert_eq!(expiry(None, 14, now()), Some(now() + TimeDelta::days(14)));
    assert_eq!(expiry(None, -5, now()), Some(now() + TimeDelta::days(1)));
    assert!(expiry(None, i64::MAX, now()).is_some());
    assert!(goes_live_later(Some(chosen), now()));
    assert!(!goes_live_later(Some(now()), now()));
    assert!(!goes_live_later(None, now()));
}
