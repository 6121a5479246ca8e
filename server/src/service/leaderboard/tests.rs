//! Tests of boards, against a count of all members.

mod movement;

use entity::enums::PointKind;
use entity::ids::ShareId;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::domain::points::Entry;
use crate::service::actor::Actor;
use crate::service::me::{self, Change};
use crate::service::points::{self, Award};
use crate::service::shares::{Parties, open};
use crate::test_support::{TestApp, on_both};

/// Gives points to a member, from a share of their own.
async fn give(t: &TestApp, share: ShareId, actor: &Actor, amount: i64) {
    let award = Award {
        member: actor.member.id,
        shown: points::is_shown(&actor.member),
        share: Some(share),
        entry: Entry {
            kind: PointKind::ClickCounted,
            points: amount,
            dedupe_key: format!("test:{}", t.app.chance.code(12)),
        },
        at: t.app.now(),
    };
    let txn = t.app.store.begin().await.unwrap();
    points::award(&txn, &t.app, &actor.organization, vec![award])
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn people(t: &TestApp, count: usize) -> Vec<(Actor, ShareId)> {
    let organization = t.organization().await;
    let post = t.live_post(&organization).await;
    let mut people = Vec::new();
    for _ in 0..count {
        let actor = t.actor_in(&organization, &[]).await;
        let parties = Parties {
            organization: organization.clone(),
            member: actor.member.clone(),
            post: post.clone(),
        };
        let opened = open(&t.app, &parties, entity::enums::Network::X, None)
            .await
            .unwrap();
        people.push((actor, opened.share.id));
    }
    people
}

async fn week(t: &TestApp, actor: &Actor) -> Leaderboard {
    board(&t.app, &actor.organization, actor.member.id, Period::Week)
        .await
        .unwrap()
}

async fn appear(t: &TestApp, actor: &mut Actor, visibility: BoardVisibility) {
    let change = Change {
        board_visibility: Some(visibility),
        ..Change::default()
    };
    actor.member = me::update(&t.app, actor, change).await.unwrap().member;
}

fn ranks(rows: &[Row]) -> Vec<(i64, i64)> {
    rows.iter().map(|row| (row.rank, row.points)).collect()
}

#[tokio::test]
async fn ties_share_a_rank_and_the_next_one_is_skipped() {
    on_both(async |t: TestApp| {
        let people = people(&t, 5).await;
        for ((actor, share), points) in people.iter().zip([300, 120, 120, 7, 0]) {
            if points > 0 {
                give(&t, *share, actor, points).await;
            }
        }
        let board = week(&t, &people[1].0).await;
        assert_eq!(ranks(&board.top), [(1, 300), (2, 120), (2, 120), (4, 7)]);
        assert_eq!((board.my_rank, board.members), (Some(2), 4));
        assert_eq!(board.around.len(), 4);
        assert_eq!(board.label, "2026-W47");
        let nobody = week(&t, &people[4].0).await;
        assert_eq!((nobody.my_rank, nobody.my_points), (None, 0));
        assert!(nobody.around.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_tie_with_somebody_further_down_is_told_and_neighbours_are_two() {
    on_both(async |t: TestApp| {
        let people = people(&t, 14).await;
        for ((actor, share), points) in people.iter().zip([9, 9, 9, 9, 9, 9, 9, 9, 9]) {
            give(&t, *share, actor, points).await;
        }
        for (actor, share) in people.iter().skip(9) {
            give(&t, *share, actor, 5).await;
        }
        let board = week(&t, &people[13].0).await;
        assert_eq!(board.top.len(), 10);
        let last = board.top.last().unwrap();
        assert_eq!((last.rank, last.points, last.tied), (10, 5, true));
        let mine = board.around.iter().position(|row| row.me).unwrap();
        assert!(mine <= 2 && board.around.len() - mine <= 3);
        let first = week(&t, &people[0].0).await;
        let mine = first.around.iter().position(|row| row.me).unwrap();
        assert!(mine <= 2 && first.around.len() - mine <= 3);
    })
    .await;
}

#[tokio::test]
async fn who_hides_leaves_the_boards_and_the_ranks_and_comes_back_with_all_points() {
    on_both(async |t: TestApp| {
        let mut people = people(&t, 3).await;
        for ((actor, share), points) in people.iter().zip([90, 50, 10]) {
            give(&t, *share, actor, points).await;
        }
        appear(&t, &mut people[0].0, BoardVisibility::Hidden).await;
        let board = week(&t, &people[2].0).await;
        assert_eq!(ranks(&board.top), [(1, 50), (2, 10)]);
        assert_eq!((board.my_rank, board.members), (Some(2), 2));
        let hidden = week(&t, &people[0].0).await;
        assert_eq!((hidden.my_rank, hidden.my_points), (None, 90));
        // Points earned while hidden come along.
        give(&t, people[0].1, &people[0].0, 5).await;
        appear(&t, &mut people[0].0, BoardVisibility::Pseudonym).await;
        let board = week(&t, &people[2].0).await;
        assert_eq!(ranks(&board.top), [(1, 95), (2, 50), (3, 10)]);
        assert_eq!(board.top[0].name, people[0].0.member.pseudonym);
        assert_eq!(board.members, 3);
    })
    .await;
}

#[tokio::test]
async fn boards_are_of_one_organization_and_of_their_span() {
    on_both(async |t: TestApp| {
        let (ours, theirs) = (people(&t, 1).await, people(&t, 1).await);
        give(&t, ours[0].1, &ours[0].0, 5).await;
        give(&t, theirs[0].1, &theirs[0].0, 50).await;
        assert_eq!(week(&t, &ours[0].0).await.my_rank, Some(1));
        t.clock.advance(chrono::TimeDelta::days(7));
        let next = week(&t, &ours[0].0).await;
        assert_eq!((next.my_points, next.members), (0, 0));
        let month = board(
            &t.app,
            &ours[0].0.organization,
            ours[0].0.member.id,
            Period::Month,
        )
        .await
        .unwrap();
        assert_eq!((month.my_points, month.members), (5, 1));
    })
    .await;
}

#[tokio::test]
async fn every_rank_is_what_counting_gives() {
    let mut runner = TestRunner::new(Config::default());
    let plan = proptest::collection::vec((0usize..14, 1i64..200), 10..60);
    for _ in 0..3 {
        let plan = plan.new_tree(&mut runner).unwrap().current();
        on_both(async |t: TestApp| {
            let mut people = people(&t, 14).await;
            let mut sums = vec![0i64; people.len()];
            for (index, (who, points)) in plan.iter().enumerate() {
                give(&t, people[*who].1, &people[*who].0, *points).await;
                sums[*who] += points;
                let other = match index % 9 {
                    3 => BoardVisibility::Hidden,
                    7 => BoardVisibility::Name,
                    _ => continue,
                };
                appear(&t, &mut people[*who].0, other).await;
            }
            let shown: Vec<i64> = people
                .iter()
                .zip(&sums)
                .filter(|((actor, _), points)| points::is_shown(&actor.member) && **points > 0)
                .map(|(_, points)| *points)
                .collect();
            for ((actor, _), points) in people.iter().zip(&sums) {
                let board = week(&t, actor).await;
                let counted = 1 + shown.iter().filter(|other| *other > points).count();
                let stands = points::is_shown(&actor.member) && *points > 0;
                let expected = stands.then_some(i64::try_from(counted).unwrap());
                assert_eq!(
                    (board.my_rank, board.my_points),
                    (expected, *points),
                    "{plan:?}"
                );
                assert_eq!(board.members, i64::try_from(shown.len()).unwrap());
                for row in board.top.iter().chain(&board.around) {
                    let before = shown.iter().filter(|other| **other > row.points).count();
                    let alike = shown.iter().filter(|other| **other == row.points).count();
                    let expected = (i64::try_from(before).unwrap() + 1, alike > 1);
                    assert_eq!((row.rank, row.tied), expected, "{plan:?}");
                }
                assert_eq!(
                    board.around.iter().filter(|row| row.me).count() == 1,
                    stands
                );
                let mut best = shown.clone();
                best.sort_unstable_by(|a, b| b.cmp(a));
                best.truncate(10);
                let top: Vec<i64> = board.top.iter().map(|row| row.points).collect();
                assert_eq!(top, best);
            }
        })
        .await;
    }
}
