//! Who is asked for a judgement and where, and what the cards say after it.

use entity::enums::{DeliveryPreference, PostState, Role};
use entity::ids::PostId;

use super::*;
use crate::service::actor::Actor;
use crate::service::deliveries::{Claimed, Content};
use crate::service::posts::{
    approve_post, create_post, recall_post, reject_post, submit_post, withdraw_post,
};
use crate::service::reviews::Card;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

struct House {
    author: Actor,
    approver: Actor,
}

/// A curator who writes, and an approver on Slack.
async fn house(t: &TestApp) -> House {
    let author = t.actor(&[Role::Curator]).await;
    let organization = &author.organization;
    t.workspace(organization).await;
    t.guild(organization).await;
    t.slack_account(&author.member, "U0AUTHOR").await;
    let approver = t.actor_in(organization, &[Role::Approver]).await;
    t.slack_account(&approver.member, "U0APPROVER").await;
    House { author, approver }
}

async fn hand_in(t: &TestApp, author: &Actor) -> PostId {
    let title = format!("News {}", t.app.chance.code(8));
    let written = create_post(&t.app, author, draft(&title)).await.unwrap();
    submit_post(&t.app, author, written.post.id).await.unwrap();
    written.post.id
}

fn card(claimed: &Claimed) -> Option<&Card> {
    match &claimed.content {
        Content::Review(card) => Some(card),
        Content::SuggestedPost(_)
        | Content::PersonalPost { .. }
        | Content::WeeklyLeaderboard(_)
        | Content::Paired { .. }
        | Content::Proposal(_)
        | Content::ChannelTest { .. }
        | Content::Greeting { .. } => None,
    }
}

async fn asked_on(t: &TestApp, platform: Platform) -> Vec<Claimed> {
    let mut claimed = t.deliver_on(platform).await;
    claimed.retain(|one| card(one).is_some());
    claimed
}

async fn asked(t: &TestApp) -> Vec<Claimed> {
    asked_on(t, Platform::Slack).await
}

#[tokio::test]
async fn who_may_approve_is_asked_and_nobody_else() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = hand_in(&t, &house.author).await;
        let got = asked(&t).await;
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].delivery.place_ref, "U0APPROVER");
        let shown = card(&got[0]).unwrap();
        assert_eq!((shown.post.id, shown.post.state), (id, PostState::InReview));
        submit_post(&t.app, &house.author, id).await.unwrap();
        assert!(
            asked(&t).await.is_empty(),
            "handed in twice, it is asked once"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_moved_or_given_to_a_campaign_while_it_waits_is_told_on_its_cards() {
    on_both(async |t: TestApp| {
        use crate::service::campaigns::{end_campaign, list_campaigns};
        use crate::service::posts::{PostError, reschedule_post, set_campaign};
        let house = house(&t).await;
        let (app, author) = (&t.app, &house.author);
        let id = hand_in(&t, author).await;
        // Not out yet, it stays planned, and says what is then.
        let at = app.now() + TimeDelta::days(2);
        let moved = reschedule_post(app, author, id, None, at).await.unwrap();
        let got = asked(&t).await;
        assert_eq!(got.len(), 1);
        assert_eq!(card(&got[0]).unwrap().post.version, moved.post.version);
        let later = at + TimeDelta::days(1);
        reschedule_post(app, author, id, None, later).await.unwrap();
        assert_eq!(asked(&t).await.len(), 1);
        let given = set_campaign(app, author, id, Some("spring")).await.unwrap();
        let got = asked(&t).await;
        assert_eq!(got.len(), 1);
        assert_eq!(card(&got[0]).unwrap().post.version, given.post.version);

        // One that has ended takes no more.
        let spring = list_campaigns(app, author).await.unwrap().remove(0);
        let other = hand_in(&t, author).await;
        end_campaign(app, author, spring.campaign.id).await.unwrap();
        let refused = set_campaign(app, author, other, Some("spring")).await;
        let Err(PostError::Invalid(faults)) = refused else {
            panic!("it took one more");
        };
        assert_eq!(faults[0].field, "campaign");
        set_campaign(app, author, id, None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_author_is_asked_only_where_they_may_approve_their_own() {
    on_both(async |t: TestApp| {
        let mut owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.slack_account(&owner.member, "U0OWNER").await;
        hand_in(&t, &owner).await;
        assert_eq!(asked(&t).await.len(), 1);
        owner.organization.settings.second_pair_of_eyes = true;
        hand_in(&t, &owner).await;
        assert!(asked(&t).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_left_paused_or_never_joined_is_not_asked_and_quiet_hours_are_kept() {
    on_both(async |t: TestApp| {
        let author = t.actor(&[Role::Curator]).await;
        let organization = &author.organization;
        t.workspace(organization).await;
        let changes: [fn(&mut member::Model, DateTime<Utc>); 4] = [
            |row, now| row.paused_until = Some(now + TimeDelta::days(1)),
            |row, now| row.left_at = Some(now),
            |row, _| row.joined_at = None,
            |row, _| row.roles.0.clear(),
        ];
        for change in changes {
            let approver = t.actor_in(organization, &[Role::Approver]).await;
            t.slack_account(&approver.member, &t.app.chance.code(8))
                .await;
            t.change_member(&approver.member, |row| change(row, t.app.now()))
                .await;
            hand_in(&t, &author).await;
            assert!(asked(&t).await.is_empty());
        }
        let approver = t.actor_in(organization, &[Role::Approver]).await;
        t.slack_account(&approver.member, "U0APPROVER").await;
        // At 18:00 in Berlin.
        t.clock.advance(TimeDelta::hours(8));
        hand_in(&t, &author).await;
        assert!(asked(&t).await.is_empty());
        t.clock.advance(TimeDelta::hours(15));
        assert_eq!(asked(&t).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn on_discord_only_who_asked_for_messages_is_asked() {
    on_both(async |t: TestApp| {
        let author = t.actor(&[Role::Curator]).await;
        t.guild(&author.organization).await;
        let quiet = t.actor_in(&author.organization, &[Role::Approver]).await;
        t.discord_account(&quiet.member, "71").await;
        let keen = t.actor_in(&author.organization, &[Role::Approver]).await;
        t.discord_account(&keen.member, "72").await;
        t.change_member(&keen.member, |row| {
            row.delivery = DeliveryPreference::EachPost;
            row.delivery_platform = Some(Platform::Discord);
        })
        .await;
        hand_in(&t, &author).await;
        let got = asked_on(&t, Platform::Discord).await;
        let places: Vec<&str> = got
            .iter()
            .map(|one| one.delivery.place_ref.as_str())
            .collect();
        assert_eq!(places, ["72"]);
    })
    .await;
}

#[tokio::test]
async fn after_a_decision_every_card_tells_of_it_and_none_that_waits_goes_out() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let (app, author, approver) = (&t.app, &house.author, &house.approver);
        let owner = t.actor_in(&author.organization, &[Role::Owner]).await;
        t.slack_account(&owner.member, "U0OWNER").await;
        let outcomes: [(PostState, &str); 4] = [
            (PostState::Live, "approve"),
            (PostState::Draft, "reject"),
            (PostState::Draft, "recall"),
            (PostState::Withdrawn, "withdraw"),
        ];
        for (state, step) in outcomes {
            let id = hand_in(&t, author).await;
            assert_eq!(asked(&t).await.len(), 2, "{step}");
            match step {
                "approve" => drop(approve_post(app, approver, id, None, None).await.unwrap()),
                "reject" => drop(reject_post(app, approver, id, "No.", None).await.unwrap()),
                "recall" => drop(recall_post(app, author, id).await.unwrap()),
                _ => drop(withdraw_post(app, author, id, None).await.unwrap()),
            }
            let told = asked(&t).await;
            assert_eq!(told.len(), 2, "{step}");
            for one in &told {
                assert_eq!(one.delivery.operation, DeliveryOperation::Revise);
                assert_eq!(card(one).unwrap().post.state, state, "{step}");
            }
        }
        let id = hand_in(&t, author).await;
        recall_post(app, author, id).await.unwrap();
        assert!(asked(&t).await.is_empty(), "it was not out yet");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_right_after_an_approval_still_reaches_the_cards() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let id = hand_in(&t, &house.author).await;
        asked(&t).await;
        approve_post(&t.app, &house.approver, id, None, None)
            .await
            .unwrap();
        withdraw_post(&t.app, &house.author, id, None)
            .await
            .unwrap();
        let told = asked(&t).await;
        assert_eq!(told.len(), 1);
        assert_eq!(card(&told[0]).unwrap().post.state, PostState::Withdrawn);
    })
    .await;
}
