//! Tests of the module above.

use chrono::TimeDelta;
use entity::enums::PostState;
use entity::ids::{MemberId, TeamId};
use uuid::Uuid;

use super::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_823_200, 0).unwrap()
}

fn draft() -> Draft {
    Draft {
        title: "A title".into(),
        url: Some("https://example.org/a".into()),
        ..Draft::default()
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
    for (name, slug) in [
        ("spring-2026", "spring-2026"),
        ("Spring tea", "spring-tea"),
        (" Frühlings – Tee! ", "fruhlings-tee"),
        ("茶", "茶"),
    ] {
        assert_eq!(campaign_slug(name), slug, "{name}");
    }
    assert!(is_slug(&campaign_slug(&"Tea ".repeat(40))));
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
        (Step::Recall, &[InReview, Scheduled], &[Draft]),
        (Step::Archive, &[Draft, Expired], &[Archived]),
        (Step::Unarchive, &[Archived], &[Draft, Expired]),
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
        may_approve(true, None::<MemberId>, ada),
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
}

#[test]
fn a_post_goes_live_at_its_time_but_not_before_its_embargo_ends() {
    let (soon, late) = (now() + TimeDelta::days(1), now() + TimeDelta::days(3));
    for (chosen, embargo, expected) in [
        (None, None, None),
        (Some(now()), None, None),
        (Some(soon), None, Some(soon)),
        (None, Some(late), Some(late)),
        (Some(soon), Some(late), Some(late)),
        (Some(late), Some(soon), Some(late)),
        (Some(soon), Some(now()), Some(soon)),
    ] {
        assert_eq!(goes_live_at(chosen, embargo, now()), expected);
    }
}

#[test]
fn a_review_is_overdue_after_the_hours_that_it_may_wait() {
    let since = |hours| Some(now() - TimeDelta::hours(hours));
    assert!(is_overdue(since(24), 24, now()));
    assert!(!is_overdue(since(23), 24, now()));
    assert!(!is_overdue(since(1_000), 0, now()), "it may wait for good");
    assert!(!is_overdue(None, 24, now()));
}

#[test]
fn what_is_unfinished_passes_as_long_as_it_can_be_kept() {
    let unfinished = |change: fn(&mut Draft)| {
        let mut it = draft();
        change(&mut it);
        it.unfinished()
    };
    for change in [
        (|d| d.title.clear()) as fn(&mut Draft),
        |d| d.kind = PostKind::Job,
        |d| d.image_url = d.url.clone(),
        |d| d.expires_at = Some(now() - TimeDelta::days(1)),
        |d| d.variants = vec![wording(Some(Network::X), &"a".repeat(9_000))],
    ] {
        assert!(unfinished(change).is_ok());
    }
    for change in [
        (|d| d.title = "a".repeat(201)) as fn(&mut Draft),
        |d| d.summary = "a\0".into(),
        |d| d.url = Some("nonsense".into()),
        |d| d.variants = vec![wording(None, &"a".repeat(10_001))],
        |d| d.variants = vec![wording(None, "a"); 16],
        |d| d.topics = vec!["!".into()],
        |d| {
            d.audience = Some(Audience {
                teams: vec![TeamId(Uuid::nil()); 201],
                ..Audience::default()
            });
        },
    ] {
        assert!(unfinished(change).is_err());
    }
}
