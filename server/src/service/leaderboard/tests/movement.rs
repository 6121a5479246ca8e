//! Tests of how ranks move, against a count of all members.

use chrono::TimeDelta;

use super::*;

type Person = (Actor, ShareId);

/// Gives points to people this week, to each as many as stand at their place.
async fn earn(t: &TestApp, people: &[Person], points: &[i64]) {
    for ((actor, share), points) in people.iter().zip(points) {
        if *points > 0 {
            give(t, *share, actor, *points).await;
        }
    }
}

fn a_week_later(t: &TestApp) {
    t.clock.advance(TimeDelta::days(7));
}

async fn moving(t: &TestApp, actor: &Actor, period: Period) -> Leaderboard {
    board_with_movement(&t.app, &actor.organization, actor.member.id, period)
        .await
        .unwrap()
}

/// What a board says of a member, among the first.
fn of(board: &Leaderboard, (actor, _): &Person) -> (i64, Option<Movement>) {
    let row = board.top.iter().find(|row| row.member == actor.member.id);
    let row = row.unwrap();
    (row.rank, row.movement)
}

#[tokio::test]
async fn movement_is_against_the_period_before() {
    on_both(async |t: TestApp| {
        let people = people(&t, 4).await;
        earn(&t, &people, &[300, 200, 100, 5]).await;
        a_week_later(&t);
        earn(&t, &people, &[20, 10, 50, 5]).await;
        let board = moving(&t, &people[0].0, Period::Week).await;
        let told: Vec<_> = people.iter().map(|one| of(&board, one)).collect();
        let expected = [
            (2, Some(Movement::Down(1))),
            (3, Some(Movement::Down(1))),
            (1, Some(Movement::Up(2))),
            (4, None),
        ];
        assert_eq!(told, expected);
        // The same of oneself between one's neighbours.
        let mine = board.around.iter().find(|row| row.me).unwrap();
        assert_eq!(mine.movement, Some(Movement::Down(1)));
        // Both weeks are of one month, and the month before knows nobody.
        let month = moving(&t, &people[0].0, Period::Month).await;
        assert!(!month.top.is_empty());
        assert!(month.top.iter().all(|row| row.movement.is_none()));
        // A board that is asked for alone does not look back.
        let alone = week(&t, &people[0].0).await;
        assert!(alone.top.iter().all(|row| row.movement.is_none()));
    })
    .await;
}

#[tokio::test]
async fn ties_share_a_rank_before_too() {
    on_both(async |t: TestApp| {
        // Ranks of then need buckets of every width.
        let before = [900, 600, 599, 290, 290, 33, 32, 32, 16, 1];
        let people = people(&t, before.len()).await;
        earn(&t, &people, &before).await;
        a_week_later(&t);
        earn(&t, &people, &[7; 10]).await;
        let board = moving(&t, &people[0].0, Period::Week).await;
        assert_eq!(board.top.len(), before.len());
        for (person, points) in people.iter().zip(before) {
            let ahead = before.iter().filter(|other| **other > points).count();
            let expected = match i64::try_from(ahead).unwrap() {
                0 => None,
                ahead => Some(Movement::Up(ahead)),
            };
            assert_eq!(of(&board, person), (1, expected), "{points}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_had_no_points_before_is_shown_like_who_kept_their_place() {
    on_both(async |t: TestApp| {
        let people = people(&t, 4).await;
        earn(&t, &people, &[10, 5, 0, 0]).await;
        a_week_later(&t);
        earn(&t, &people, &[9, 0, 0, 3]).await;
        let board = moving(&t, &people[0].0, Period::Week).await;
        assert_eq!(of(&board, &people[0]), (1, None));
        assert_eq!(of(&board, &people[3]), (2, None));
        // Who has no points now is not listed, and so does not fall.
        assert_eq!(board.top.len(), 2);
        // Two weeks ago is not the period before.
        a_week_later(&t);
        earn(&t, &people, &[0, 1, 2, 4]).await;
        let board = moving(&t, &people[1].0, Period::Week).await;
        assert_eq!(of(&board, &people[1]), (3, None));
        assert_eq!(of(&board, &people[2]), (2, None));
        assert_eq!(of(&board, &people[3]), (1, Some(Movement::Up(1))));
    })
    .await;
}

#[tokio::test]
async fn all_time_boards_know_no_movement() {
    on_both(async |t: TestApp| {
        let people = people(&t, 2).await;
        earn(&t, &people, &[10, 5]).await;
        a_week_later(&t);
        earn(&t, &people, &[0, 50]).await;
        let board = moving(&t, &people[0].0, Period::AllTime).await;
        assert_eq!(of(&board, &people[1]), (1, None));
        assert!(board.around.iter().all(|row| row.movement.is_none()));
        assert_eq!(board.before, None);
    })
    .await;
}

#[tokio::test]
async fn movement_tells_of_nobody_who_is_hidden() {
    on_both(async |t: TestApp| {
        let mut people = people(&t, 3).await;
        earn(&t, &people, &[90, 20, 10]).await;
        a_week_later(&t);
        earn(&t, &people, &[80, 5, 30]).await;
        appear(&t, &mut people[0].0, BoardVisibility::Hidden).await;
        // Former boards leave out who is hidden today, as the present one does.
        let board = moving(&t, &people[1].0, Period::Week).await;
        assert_eq!(board.top.len(), 2);
        assert_eq!(of(&board, &people[1]), (2, Some(Movement::Down(1))));
        assert_eq!(of(&board, &people[2]), (1, Some(Movement::Up(1))));
        let hidden = moving(&t, &people[0].0, Period::Week).await;
        assert!(hidden.around.is_empty());
        assert_eq!(hidden.top.len(), 2);
        // Nor does the store tell a rank of theirs to who asks for it.
        let before = board.before.unwrap();
        let at = reference(&people[0].0.organization, &before);
        let all: Vec<MemberId> = people.iter().map(|(actor, _)| actor.member.id).collect();
        let ranks = scores::ranks::of_members(t.app.store.reader(), at, &all).await;
        let ranks = ranks.unwrap();
        assert_eq!(ranks.len(), 2);
        assert!(!ranks.contains_key(&people[0].0.member.id));
        // Shown again, they were the first of then, and others stood behind them.
        appear(&t, &mut people[0].0, BoardVisibility::Name).await;
        let board = moving(&t, &people[1].0, Period::Week).await;
        assert_eq!(of(&board, &people[0]), (1, None));
        assert_eq!(of(&board, &people[1]), (3, Some(Movement::Down(1))));
    })
    .await;
}

#[tokio::test]
async fn the_weekly_post_compares_two_weeks_that_are_over() {
    on_both(async |t: TestApp| {
        let people = people(&t, 2).await;
        earn(&t, &people, &[10, 5]).await;
        a_week_later(&t);
        earn(&t, &people, &[1, 50]).await;
        a_week_later(&t);
        earn(&t, &people, &[100, 0]).await;
        let organization = &people[0].0.organization;
        let board = week_before(&t.app, organization, t.app.now()).await;
        let board = board.unwrap();
        assert_eq!(of(&board, &people[0]), (2, Some(Movement::Down(1))));
        assert_eq!(of(&board, &people[1]), (1, Some(Movement::Up(1))));
    })
    .await;
}
