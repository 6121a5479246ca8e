//! What the conversation may rely on, whoever answers it.

use std::collections::BTreeMap;

use conversation::backend::BackendError;
use server_api::enums::{BoardVisibility, Language, Network, Period, ProposalState, ShareState};
use server_api::identity::{AccountKind, Introduction};
use server_api::ids::{PostId, ProposalId};
use server_api::leaderboard::Movement;
use server_api::me::UpdateMe;
use server_api::problem::{Code, Problem};
use server_api::proposal::{ProposalReceipt, ProposalStanding, Propose};
use uuid::Uuid;

use super::ground::{Ground, asking};
use super::on_all;

/// Why it was refused.
fn refusal<T: std::fmt::Debug>(answer: Result<T, BackendError>) -> Problem {
    match answer {
        Err(BackendError::Problem(problem)) => *problem,
        Ok(_) | Err(BackendError::Unreachable(_)) => panic!("no refusal: {answer:?}"),
    }
}

fn introduction(account: AccountKind) -> Introduction {
    Introduction {
        display_name: "Noor New".into(),
        email: Some("noor@acme.example".into()),
        email_confirmed: true,
        account,
        time_zone: None,
        language: None,
        roles: Vec::new(),
    }
}

async fn suggested(ground: &Ground) -> Vec<PostId> {
    let list = ground.backend.suggestions(&asking(ground.member)).await;
    list.unwrap()
        .items
        .iter()
        .map(|post| post.post_id)
        .collect()
}

#[tokio::test]
async fn nobody_is_known_before_they_are_introduced() {
    on_all(async |ground| {
        let (backend, ask) = (&ground.before, || asking(ground.stranger));
        let live = ground.posts.live;
        for code in [
            refusal(backend.me(&ask()).await).code,
            refusal(backend.suggestions(&ask()).await).code,
            refusal(backend.share_choices(&ask(), live).await).code,
            refusal(backend.confirm(&ask(), live, Network::X).await).code,
            refusal(backend.dismiss(&ask(), live).await).code,
            refusal(backend.leaderboard(&ask(), Period::Week).await).code,
            refusal(backend.update_me(&ask(), &UpdateMe::default()).await).code,
        ] {
            assert_eq!(code, Code::UnknownPerson);
        }
        let full = introduction(AccountKind::Full);
        let first = backend.introduce(&ask(), &full).await.unwrap();
        let again = backend.introduce(&ask(), &full).await.unwrap();
        assert!(first.created && !again.created);
        assert_eq!(first.member_id, again.member_id);
        assert_eq!(backend.me(&ask()).await.unwrap().id, first.member_id);
    })
    .await;
}

#[tokio::test]
async fn guests_strangers_and_machines_may_not_join_and_learn_whom_to_ask() {
    on_all(async |ground| {
        for account in [
            AccountKind::Guest,
            AccountKind::Stranger,
            AccountKind::NotAPerson,
        ] {
            let ask = asking(ground.stranger);
            let refused = ground.before.introduce(&ask, &introduction(account)).await;
            let problem = refusal(refused);
            assert_eq!(problem.code, Code::MayNotJoin, "{account:?}");
            assert!(problem.contact.is_some(), "{account:?}");
        }
        let still = ground.before.me(&asking(ground.stranger)).await;
        assert_eq!(refusal(still).code, Code::UnknownPerson);
    })
    .await;
}

#[tokio::test]
async fn choices_change_alone_and_stay() {
    on_all(async |ground| {
        let ask = || asking(ground.member);
        let change = UpdateMe {
            board_visibility: Some(BoardVisibility::Pseudonym),
            followers: Some(BTreeMap::from([(Network::X, 40)])),
            ..UpdateMe::default()
        };
        let changed = ground.backend.update_me(&ask(), &change).await.unwrap();
        let change = UpdateMe {
            language: Some(Language::De),
            followers: Some(BTreeMap::from([(Network::Bluesky, 0)])),
            ..UpdateMe::default()
        };
        let me = ground.backend.update_me(&ask(), &change).await.unwrap();
        assert_eq!(me, ground.backend.me(&ask()).await.unwrap());
        assert_eq!(me.board_visibility, BoardVisibility::Pseudonym);
        assert_eq!(me.language, Language::De);
        assert_eq!(me.followers.get(&Network::X), Some(&40), "others stay");
        assert_eq!(me.followers.get(&Network::Bluesky), Some(&0));
        assert_eq!(me.id, changed.id);
    })
    .await;
}

#[tokio::test]
async fn what_was_declined_or_shared_is_suggested_no_more() {
    on_all(async |ground| {
        let (backend, live) = (&ground.backend, ground.posts.live);
        assert_eq!(suggested(&ground).await, [live], "only what is live");
        for _ in 0..2 {
            backend.dismiss(&asking(ground.member), live).await.unwrap();
            assert_eq!(suggested(&ground).await, []);
        }
        for _ in 0..2 {
            let undone = backend.undo_dismissal(&asking(ground.member), live).await;
            undone.unwrap();
            assert_eq!(suggested(&ground).await, [live]);
        }
        let confirmed = backend
            .confirm(&asking(ground.member), live, Network::X)
            .await;
        confirmed.unwrap();
        assert_eq!(suggested(&ground).await, []);
    })
    .await;
}

#[tokio::test]
async fn confirming_again_gives_the_same_receipt() {
    on_all(async |ground| {
        let (backend, live) = (&ground.backend, ground.posts.live);
        let change = UpdateMe {
            followers: Some(BTreeMap::from([(Network::Bluesky, 85)])),
            ..UpdateMe::default()
        };
        backend
            .update_me(&asking(ground.member), &change)
            .await
            .unwrap();
        let confirm = async || {
            backend
                .confirm(&asking(ground.member), live, Network::Bluesky)
                .await
        };
        let first = confirm().await.unwrap();
        assert_eq!(first, confirm().await.unwrap());
        assert_eq!((first.post_id, first.network), (live, Network::Bluesky));
        assert_eq!(first.state, ShareState::Confirmed);
        assert_eq!(first.potential_reach, Some(85));
        let elsewhere = backend
            .confirm(&asking(ground.member), live, Network::Xing)
            .await;
        let elsewhere = elsewhere.unwrap();
        assert_ne!(elsewhere.network, first.network);
        assert_eq!(elsewhere.potential_reach, None, "never typed");
    })
    .await;
}

#[tokio::test]
async fn a_post_that_is_not_live_is_refused_with_its_reason() {
    on_all(async |ground| {
        let posts = ground.posts;
        let nowhere = PostId(Uuid::from_u128(0xdead));
        for (post, code) in [
            (posts.withdrawn, Code::PostWithdrawn),
            (posts.expired, Code::PostExpired),
            (posts.draft, Code::NotFound),
            (nowhere, Code::NotFound),
        ] {
            let ask = || asking(ground.member);
            let choices = ground.backend.share_choices(&ask(), post).await;
            assert_eq!(refusal(choices).code, code, "choices");
            let confirmed = ground.backend.confirm(&ask(), post, Network::X).await;
            assert_eq!(refusal(confirmed).code, code, "confirm");
        }
        let ask = || asking(ground.member);
        let dismissed = ground.backend.dismiss(&ask(), nowhere).await;
        assert_eq!(refusal(dismissed).code, Code::NotFound);
        let undone = ground.backend.undo_dismissal(&ask(), nowhere).await;
        assert_eq!(refusal(undone).code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn the_ways_to_share_are_the_members_own() {
    on_all(async |ground| {
        let ask = asking(ground.member);
        let choices = ground.backend.share_choices(&ask, ground.posts.live).await;
        let choices = choices.unwrap();
        assert_eq!(choices.post.post_id, ground.posts.live);
        assert!(!choices.networks.is_empty());
        for way in &choices.networks {
            assert!(way.url.contains("/s/"), "{}", way.url);
        }
        let preferred: Vec<bool> = choices.networks.iter().map(|way| way.preferred).collect();
        assert!(
            preferred.is_sorted_by(|a, b| a >= b),
            "the preferred ones come first: {preferred:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_board_is_of_the_period_that_was_asked_for() {
    on_all(async |ground| {
        for period in Period::ALL {
            let ask = asking(ground.member);
            let board = ground.backend.leaderboard(&ask, period).await.unwrap();
            assert_eq!(board.period, period);
            assert!(board.top.len() <= 10);
            assert!(board.top.is_sorted_by_key(|row| row.rank));
            assert!(board.my_points.is_some(), "somebody asks in person");
            let rows = board.top.iter().chain(&board.around);
            for movement in rows.filter_map(|row| row.movement) {
                assert_ne!(period, Period::AllTime, "{movement:?}");
                let (Movement::Up { places } | Movement::Down { places }) = movement;
                assert!(places >= 1, "{movement:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_reviews_nothing_is_refused_and_learns_whom_to_ask() {
    on_all(async |ground| {
        let ask = || asking(ground.member);
        let waiting = refusal(ground.backend.reviews(&ask()).await);
        let one = refusal(ground.backend.review(&ask(), ground.posts.draft).await);
        for problem in [waiting, one] {
            assert_eq!(problem.code, Code::Forbidden);
            assert!(problem.contact.is_some());
        }
    })
    .await;
}

fn proposed(url: &str) -> Propose {
    Propose {
        url: url.into(),
        why: "It is ours.".into(),
        words: "Proud of it.".into(),
    }
}

#[tokio::test]
async fn the_same_page_is_one_proposal_which_can_be_taken_back() {
    on_all(async |ground| {
        let (backend, ask) = (&ground.backend, || asking(ground.member));
        let form = proposed("https://news.example/tea");
        let first = backend.propose(&ask(), &form).await.unwrap();
        let again = backend.propose(&ask(), &form).await.unwrap();
        let of = |receipt: &ProposalReceipt| receipt.proposal.clone().unwrap();
        assert_eq!(first.standing, ProposalStanding::First, "{}", ground.name);
        assert_eq!(again.standing, ProposalStanding::Again, "{}", ground.name);
        assert_eq!((of(&first).id, first.points), (of(&again).id, 15));
        for _ in 0..2 {
            let back = backend.withdraw_proposal(&ask(), of(&first).id).await;
            assert_eq!(back.unwrap().state, ProposalState::Withdrawn);
        }
        let anew = backend.propose(&ask(), &form).await.unwrap();
        assert_eq!(anew.standing, ProposalStanding::First);
        let nothing = ProposalId(Uuid::from_u128(7_777));
        let refused = backend.withdraw_proposal(&ask(), nothing).await;
        assert_eq!(refusal(refused).code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_refused_by_field_and_the_eleventh_at_all() {
    on_all(async |ground| {
        let (backend, ask) = (&ground.backend, || asking(ground.member));
        let nonsense = Propose {
            url: "javascript:alert(1)".into(),
            why: "x".repeat(10_000),
            words: "x".repeat(10_000),
        };
        let problem = refusal(backend.propose(&ask(), &nonsense).await);
        assert_eq!(problem.code, Code::InvalidField);
        let fields: Vec<&str> = problem
            .fields
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields, ["url", "why", "words"], "{}", ground.name);
        for number in 0..10 {
            let form = proposed(&format!("https://news.example/{number}"));
            backend.propose(&ask(), &form).await.unwrap();
        }
        let more = proposed("https://news.example/more");
        let refused = refusal(backend.propose(&ask(), &more).await);
        assert_eq!(refused.code, Code::TooManyRequests, "{}", ground.name);
    })
    .await;
}
