//! The weekly post: last week's names, once per channel, and none of who is hidden.

use entity::enums::{BoardVisibility, Network, Platform};

use super::*;
use crate::service::deliveries::Content;
use crate::service::shares::{self, Parties};
use crate::test_support::{TestApp, on_both};

async fn share(t: &TestApp, organization: &organization::Model, visibility: BoardVisibility) {
    let member = t.member(organization, &[]).await;
    let member = t
        .change_member(&member, |row| row.board_visibility = visibility)
        .await;
    let parties = Parties {
        organization: organization.clone(),
        member,
        post: t.live_post(organization).await,
    };
    shares::confirm(&t.app, &parties, Network::X).await.unwrap();
}

#[tokio::test]
async fn last_weeks_board_comes_on_monday_morning_once_in_every_channel() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        t.guild(&organization).await;
        schedule_all(&t.app).await.unwrap();
        schedule_all(&t.app).await.unwrap();
        share(&t, &organization, BoardVisibility::Name).await;
        share(&t, &organization, BoardVisibility::Pseudonym).await;
        share(&t, &organization, BoardVisibility::Hidden).await;
        t.work().await;
        t.deliver().await;
        // Monday 2026-11-23, 08:59 and 09:00 in Berlin.
        t.clock.set("2026-11-23T07:59:59Z".parse().unwrap());
        t.work().await;
        assert!(t.claim().await.is_empty());
        t.clock.set("2026-11-23T08:00:00Z".parse().unwrap());
        t.work().await;
        post_weekly_leaderboard(&t.app, organization.id)
            .await
            .unwrap();
        // Claimed on Tuesday: it still is the board of the week before.
        t.clock.set("2026-11-24T08:00:00Z".parse().unwrap());
        for platform in [Platform::Slack, Platform::Discord] {
            let claimed = t.deliver_on(platform).await;
            let boards: Vec<_> = claimed
                .iter()
                .filter_map(|one| match &one.content {
                    Content::WeeklyLeaderboard(board) => Some(board),
                    _ => None,
                })
                .collect();
            assert_eq!(boards.len(), 1);
            assert_eq!(boards[0].label, "2026-W47");
            assert_eq!(boards[0].members, 2);
            assert_eq!(boards[0].top.len(), 2);
            assert!(boards[0].around.is_empty());
            assert!(boards[0].top.iter().any(|row| row.name.contains("Otter")));
            assert!(boards[0].top.iter().all(|row| !row.me));
            assert!(boards[0].top.iter().all(|row| row.movement.is_none()));
        }
    })
    .await;
}

#[tokio::test]
async fn a_week_without_points_is_passed_over() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        share(&t, &organization, BoardVisibility::Hidden).await;
        t.clock.advance(TimeDelta::days(7));
        post_weekly_leaderboard(&t.app, organization.id)
            .await
            .unwrap();
        assert!(t.claim().await.is_empty());
    })
    .await;
}
