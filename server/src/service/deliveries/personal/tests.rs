//! Direct messages about posts: for who wants them, when they want them, and never a trace of
//! what their member did not do.

use chrono::TimeDelta;
use entity::enums::{DeliveryPreference, Network, PostState, Role};
use entity::post;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::*;
use crate::domain::delivery::Outcome;
use crate::service::actor::Actor;
use crate::service::deliveries::{Claimed, Content, count_deliveries};
use crate::service::shares::{self, Choices, Parties};
use crate::service::{pairing, posts, suggestions};
use crate::test_support::content::{is_let_pass, smooth};
use crate::test_support::{TestApp, on_both};

/// A member who wants a message for each post on a platform, and has an account there.
async fn keen(t: &TestApp, organization: &organization::Model, platform: Platform) -> Actor {
    let mut actor = t.actor_in(organization, &[]).await;
    let user = t.app.chance.code(8);
    actor.account = Some(match platform {
        Platform::Slack => t.slack_account(&actor.member, &user).await,
        Platform::Discord => t.discord_account(&actor.member, &user).await,
    });
    actor.member = t
        .change_member(&actor.member, |row| {
            row.delivery = DeliveryPreference::EachPost;
            row.delivery_platform = Some(platform);
        })
        .await;
    actor
}

async fn organization(t: &TestApp) -> organization::Model {
    let organization = t.organization().await;
    t.workspace(&organization).await;
    t.guild(&organization).await;
    organization
}

/// A post that went live, with its messages planned.
async fn publish(t: &TestApp, organization: &organization::Model, title: &str) -> post::Model {
    let post = t.published_post(organization, title).await;
    t.work().await;
    post
}

fn personal(claimed: &Claimed) -> Option<(&Choices, bool)> {
    match &claimed.content {
        Content::PersonalPost { choices, dismissed } => Some((choices, *dismissed)),
        Content::SuggestedPost(_)
        | Content::WeeklyLeaderboard(_)
        | Content::Paired { .. }
        | Content::Review(_)
        | Content::Proposal(_)
        | Content::ChannelTest { .. }
        | Content::Greeting { .. } => None,
    }
}

/// The personal messages that were claimed, but for those that the courier lets pass.
fn own(claimed: Vec<Claimed>) -> Vec<Claimed> {
    let mut claimed = claimed;
    claimed.retain(|one| personal(one).is_some() && !is_let_pass(one));
    claimed
}

#[tokio::test]
async fn who_asked_gets_one_message_with_their_own_ways_in_the_chat_where_they_asked() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        let bo = keen(&t, &organization, Platform::Discord).await;
        t.discord_account(&ada.member, "77").await;
        let quiet = t.actor_in(&organization, &[]).await;
        t.slack_account(&quiet.member, "U0QUIET").await;
        let post = publish(&t, &organization, "News").await;
        plan_again(&t, &post).await;
        for (platform, actor) in [(Platform::Slack, &ada), (Platform::Discord, &bo)] {
            let got = own(t.deliver_on(platform).await);
            assert_eq!(got.len(), 1);
            let account = actor.account.as_ref().unwrap();
            assert_eq!(got[0].delivery.place_ref, account.user_ref);
            let (choices, dismissed) = personal(&got[0]).unwrap();
            assert_eq!((choices.card.post.id, dismissed), (post.id, false));
            assert!(choices.networks.len() > 3);
        }
        plan_again(&t, &post).await;
        assert!(own(t.claim().await).is_empty());
    })
    .await;
}

async fn plan_again(t: &TestApp, post: &post::Model) {
    let task = crate::service::deliveries::PlanPersonalPosts {
        organization: post.organization_id,
        post: post.id,
    };
    crate::service::deliveries::plan_personal_posts(&t.app, &task)
        .await
        .unwrap();
}

#[tokio::test]
async fn who_paused_left_or_never_joined_gets_none() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let changes: [fn(&mut member::Model, DateTime<Utc>); 4] = [
            |row, now| row.paused_until = Some(now + TimeDelta::days(1)),
            |row, now| row.left_at = Some(now),
            |row, _| row.joined_at = None,
            |row, _| row.delivery = DeliveryPreference::ChannelOnly,
        ];
        for change in changes {
            let actor = keen(&t, &organization, Platform::Slack).await;
            t.change_member(&actor.member, |row| change(row, t.app.now()))
                .await;
        }
        let back = keen(&t, &organization, Platform::Slack).await;
        t.change_member(&back.member, |row| row.paused_until = Some(t.app.now()))
            .await;
        publish(&t, &organization, "News").await;
        let got = own(t.claim().await);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].delivery.member_id, Some(back.member.id));
    })
    .await;
}

#[tokio::test]
async fn messages_wait_for_the_end_of_quiet_hours_channel_cards_do_not() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let berlin = keen(&t, &organization, Platform::Slack).await;
        let tokyo = keen(&t, &organization, Platform::Slack).await;
        t.change_member(&tokyo.member, |row| {
            row.time_zone = Some("Asia/Tokyo".to_owned());
        })
        .await;
        // Monday at 10:00 UTC: 11:00 in Berlin, 19:00 in Tokyo.
        publish(&t, &organization, "News").await;
        let got = t.deliver().await;
        assert_eq!(got.len(), 2, "the card in the channel, and Berlin's");
        let got = own(got);
        assert_eq!(got[0].delivery.member_id, Some(berlin.member.id));
        t.clock.set("2026-11-16T23:59:59Z".parse().unwrap());
        assert!(t.claim().await.is_empty());
        t.clock.set("2026-11-17T00:00:00Z".parse().unwrap());
        assert_eq!(own(t.claim().await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn quiet_hours_that_began_meanwhile_are_kept_too() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        keen(&t, &organization, Platform::Slack).await;
        publish(&t, &organization, "News").await;
        // No courier ran before Monday evening.
        t.clock.set("2026-11-16T18:30:00Z".parse().unwrap());
        assert!(own(t.claim().await).is_empty());
        t.clock.set("2026-11-17T08:00:00Z".parse().unwrap());
        assert_eq!(own(t.claim().await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_waits_is_decided_anew() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let dismisses = keen(&t, &organization, Platform::Slack).await;
        let shares_it = keen(&t, &organization, Platform::Slack).await;
        let pauses = keen(&t, &organization, Platform::Slack).await;
        let moves = keen(&t, &organization, Platform::Slack).await;
        let waits = keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        suggestions::dismiss(&t.app, &dismisses, post.id)
            .await
            .unwrap();
        confirm(&t, &shares_it, &post).await;
        t.change_member(&pauses.member, |row| {
            row.paused_until = Some(t.app.now() + TimeDelta::days(7));
        })
        .await;
        t.change_member(&moves.member, |row| {
            row.delivery_platform = Some(Platform::Discord);
        })
        .await;
        let got = own(t.claim().await);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].delivery.member_id, Some(waits.member.id));
    })
    .await;
}

/// A member's own messages, whatever became of them.
async fn rows_of(t: &TestApp, actor: &Actor) -> Vec<delivery::Model> {
    let all = delivery::Entity::find().all(t.app.store.reader());
    let mut rows = all.await.unwrap();
    rows.retain(|row| row.member_id == Some(actor.member.id));
    rows
}

#[tokio::test]
async fn who_paused_or_dismissed_it_has_a_message_planned_and_never_gets_it() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let pauses = keen(&t, &organization, Platform::Slack).await;
        let dismisses = keen(&t, &organization, Platform::Slack).await;
        let until = t.app.now() + TimeDelta::days(1);
        t.change_member(&pauses.member, |row| row.paused_until = Some(until))
            .await;
        let post = t.published_post(&organization, "News").await;
        suggestions::dismiss(&t.app, &dismisses, post.id)
            .await
            .unwrap();
        t.work().await;
        let claimed = t.claim().await;
        for actor in [&pauses, &dismisses] {
            let planned = rows_of(&t, actor).await;
            assert_eq!(planned.len(), 1, "planned like everybody's");
            let id = planned[0].id;
            let handed = claimed.iter().find(|one| one.delivery.id == id).unwrap();
            let (choices, _) = personal(handed).unwrap();
            assert!(is_let_pass(handed) && choices.networks.is_empty());
        }
        for one in &claimed {
            t.settle(one, smooth(one)).await;
        }
        // Neither the end of the pause nor a change of mind brings it.
        t.clock.advance(TimeDelta::days(1));
        suggestions::undo_dismissal(&t.app, &dismisses, post.id)
            .await
            .unwrap();
        plan_again(&t, &post).await;
        assert!(own(t.claim().await).is_empty());
        for actor in [&pauses, &dismisses] {
            let rows = rows_of(&t, actor).await;
            assert_eq!(rows[0].state, DeliveryState::Cancelled);
            assert!(rows[0].failure.is_none() && rows[0].message_ref.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn who_paused_meanwhile_gets_no_message() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        publish(&t, &organization, "News").await;
        let until = t.app.now() + TimeDelta::days(1);
        t.change_member(&ada.member, |row| row.paused_until = Some(until))
            .await;
        assert!(own(t.deliver().await).is_empty());
        let rows = rows_of(&t, &ada).await;
        assert_eq!(rows[0].state, DeliveryState::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn who_is_back_when_their_message_is_due_gets_it() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        // Monday evening; the pause ends in the night.
        t.clock.set("2026-11-16T18:30:00Z".parse().unwrap());
        let until = t.app.now() + TimeDelta::hours(6);
        t.change_member(&ada.member, |row| row.paused_until = Some(until))
            .await;
        publish(&t, &organization, "News").await;
        assert!(own(t.deliver().await).is_empty());
        t.clock.set("2026-11-17T08:00:00Z".parse().unwrap());
        assert_eq!(own(t.deliver().await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_given_up_after_its_post_has_ended_leaves_no_trace() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        let claimed = t.claim().await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        posts::withdraw_post(&t.app, &owner, post.id, None)
            .await
            .unwrap();
        assert_eq!(rows_of(&t, &ada).await.len(), 1, "it is on its way");
        for one in &claimed {
            t.settle(one, smooth(one)).await;
        }
        assert!(rows_of(&t, &ada).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_message_that_may_be_out_is_looked_for_but_not_posted_to_who_wants_it_no_more() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        let bo = keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        let sent = own(t.claim().await);
        assert_eq!(sent.len(), 2);
        for one in &sent {
            t.settle(one, Outcome::Unknown("timeout".into())).await;
        }
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        t.clock.advance(TimeDelta::minutes(2));
        let again = own(t.claim().await);
        assert_eq!(again.len(), 2, "both may be out");
        for one in &again {
            let (choices, dismissed) = personal(one).unwrap();
            let is_bos = one.delivery.member_id == Some(bo.member.id);
            assert!(one.reconcile);
            assert_eq!(dismissed, !is_bos);
            assert_eq!(choices.networks.is_empty(), !is_bos);
        }
    })
    .await;
}

async fn confirm(t: &TestApp, actor: &Actor, post: &post::Model) {
    let parties = Parties {
        organization: actor.organization.clone(),
        member: actor.member.clone(),
        post: post.clone(),
    };
    shares::confirm(&t.app, &parties, Network::X).await.unwrap();
}

#[tokio::test]
async fn a_message_follows_what_its_member_does_elsewhere_at_once() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        t.deliver().await;
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        let got = own(t.deliver().await);
        assert_eq!(got.len(), 1);
        assert!(got[0].message.is_some());
        assert!(personal(&got[0]).unwrap().1);
        suggestions::undo_dismissal(&t.app, &ada, post.id)
            .await
            .unwrap();
        assert!(!personal(&own(t.deliver().await)[0]).unwrap().1);
        confirm(&t, &ada, &post).await;
        let got = own(t.deliver().await);
        let (choices, _) = personal(&got[0]).unwrap();
        let shared = choices.networks.iter().filter(|way| way.state.is_some());
        assert_eq!(shared.count(), 1);
        // Another's share changes the card in the channel only.
        let other = t.actor_in(&organization, &[]).await;
        confirm(&t, &other, &post).await;
        t.clock.advance(TimeDelta::minutes(5));
        assert!(own(t.deliver().await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn messages_say_that_their_post_has_ended_and_leave_no_trace_of_refusals() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        let bo = keen(&t, &organization, Platform::Slack).await;
        let late = keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        suggestions::dismiss(&t.app, &late, post.id).await.unwrap();
        assert_eq!(own(t.deliver().await).len(), 2);
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        t.deliver().await;
        t.clock.advance(TimeDelta::days(14));
        posts::expire_posts(&t.app).await.unwrap();
        t.work().await;
        let ended = own(t.deliver().await);
        assert_eq!(ended.len(), 2);
        for one in &ended {
            let (choices, dismissed) = personal(one).unwrap();
            assert_eq!(choices.card.state, PostState::Expired);
            assert!(choices.networks.is_empty() && !dismissed);
        }
        let left = entity::delivery::Entity::find()
            .all(t.app.store.reader())
            .await
            .unwrap();
        let of = |actor: &Actor| {
            let mine = left
                .iter()
                .filter(|row| row.member_id == Some(actor.member.id));
            mine.count()
        };
        assert_eq!((of(&ada), of(&bo), of(&late)), (2, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_withdrawn_post_are_taken_back_and_waiting_ones_stay_in() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        keen(&t, &organization, Platform::Slack).await;
        let post = publish(&t, &organization, "News").await;
        assert_eq!(own(t.deliver().await).len(), 1);
        keen(&t, &organization, Platform::Slack).await;
        plan_again(&t, &post).await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        posts::withdraw_post(&t.app, &owner, post.id, None)
            .await
            .unwrap();
        t.work().await;
        let got = own(t.deliver().await);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].delivery.operation, DeliveryOperation::Withdraw);
        plan_again(&t, &post).await;
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_takes_no_messages_on_discord_is_sent_no_more_and_told_so() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Discord).await;
        publish(&t, &organization, "News").await;
        publish(&t, &organization, "More news").await;
        let got = own(t.claim_on(Platform::Discord).await);
        assert_eq!(got.len(), 2);
        t.settle(&got[0], Outcome::Failed("discord_50007".into()))
            .await;
        let session_member =
            crate::store::members::find(t.app.store.reader(), organization.id, ada.member.id);
        let member = session_member.await.unwrap().unwrap();
        assert_eq!(member.delivery, DeliveryPreference::ChannelOnly);
        assert_eq!(member.delivery_refused_on, Some(Platform::Discord));
        publish(&t, &organization, "Yet more news").await;
        assert!(own(t.claim_on(Platform::Discord).await).is_empty());
        // Said again, late, it does not undo a new choice.
        t.change_member(&member, |row| {
            row.delivery = DeliveryPreference::EachPost;
            row.delivery_platform = Some(Platform::Discord);
            row.delivery_refused_on = None;
        })
        .await;
        t.settle(&got[0], Outcome::Failed("discord_50007".into()))
            .await;
        publish(&t, &organization, "Good news").await;
        assert_eq!(own(t.claim_on(Platform::Discord).await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_taken_off_gets_nothing_and_loses_what_it_had() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Slack).await;
        t.discord_account(&ada.member, "77").await;
        publish(&t, &organization, "News").await;
        assert_eq!(own(t.deliver().await).len(), 1);
        publish(&t, &organization, "More news").await;
        let account = ada.account.as_ref().unwrap();
        pairing::unpair(&t.app, &ada, account.id).await.unwrap();
        let got = own(t.deliver().await);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].delivery.operation, DeliveryOperation::Withdraw);
        publish(&t, &organization, "Yet more news").await;
        assert!(own(t.claim().await).is_empty());
        assert!(own(t.claim_on(Platform::Discord).await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_operator_sees_counts_that_tell_nothing_of_refusals() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let ada = keen(&t, &organization, Platform::Discord).await;
        let bo = keen(&t, &organization, Platform::Discord).await;
        let post = publish(&t, &organization, "News").await;
        suggestions::dismiss(&t.app, &bo, post.id).await.unwrap();
        t.deliver_on(Platform::Discord).await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        let counts = async || {
            let mut all = count_deliveries(&t.app, &owner).await.unwrap();
            all.retain(|count| count.platform == Platform::Discord);
            all
        };
        let before = counts().await;
        // The channel's card; not Ada's message, beside which Bo's would be missed.
        assert_eq!(before.iter().map(|count| count.count).sum::<i64>(), 1);
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        t.deliver_on(Platform::Discord).await;
        assert_eq!(counts().await, before);
    })
    .await;
}

#[tokio::test]
async fn who_takes_no_messages_is_in_no_count_of_the_operator() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        keen(&t, &organization, Platform::Discord).await;
        publish(&t, &organization, "News").await;
        for one in t.claim_on(Platform::Discord).await {
            let outcome = match one.content {
                Content::PersonalPost { .. } => Outcome::Failed("discord_50007".to_owned()),
                _ => smooth(&one),
            };
            t.settle(&one, outcome).await;
        }
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        let counts = count_deliveries(&t.app, &owner).await.unwrap();
        let states: Vec<_> = counts
            .iter()
            .filter(|count| count.platform == Platform::Discord)
            .map(|count| (count.state, count.count))
            .collect();
        assert_eq!(states, [(DeliveryState::Sent, 1)], "the channel's card");
    })
    .await;
}

/// Six hundred more like this member.
async fn crowd(t: &TestApp, first: &Actor) {
    let txn = t.app.store.begin().await.unwrap();
    let mut people = Vec::new();
    let mut accounts = Vec::new();
    for number in 0..600_u32 {
        let id = entity::ids::MemberId(t.app.uuid());
        people.push(
            member::Model {
                id,
                email: None,
                ..first.member.clone()
            }
            .into_active_model()
            .reset_all(),
        );
        accounts.push(
            identity::Model {
                id: IdentityId(t.app.uuid()),
                member_id: id,
                user_ref: format!("U{number}"),
                ..first.account.clone().unwrap()
            }
            .into_active_model()
            .reset_all(),
        );
    }
    for part in people.chunks(400) {
        let rows = member::Entity::insert_many(part.to_vec());
        rows.exec_without_returning(&*txn).await.unwrap();
    }
    for part in accounts.chunks(400) {
        let rows = identity::Entity::insert_many(part.to_vec());
        rows.exec_without_returning(&*txn).await.unwrap();
    }
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn more_than_a_batch_is_planned_and_ended_and_each_once() {
    on_both(async |t: TestApp| {
        let organization = organization(&t).await;
        let first = keen(&t, &organization, Platform::Slack).await;
        crowd(&t, &first).await;
        let post = publish(&t, &organization, "News").await;
        let mut places = std::collections::BTreeSet::new();
        loop {
            let got = t.deliver().await;
            if got.is_empty() {
                break;
            }
            for one in own(got) {
                assert!(places.insert(one.delivery.place_ref));
            }
        }
        assert_eq!(places.len(), 601);
        t.change_post(&post, |row| {
            row.state = PostState::Live;
            row.published_at = Some(t.app.now());
            row.expires_at = Some(t.app.now());
        })
        .await;
        posts::expire_posts(&t.app).await.unwrap();
        t.work().await;
        let mut ended = 0;
        loop {
            let got = own(t.deliver().await);
            if got.is_empty() {
                break;
            }
            ended += got.len();
        }
        assert_eq!(ended, 601);
    })
    .await;
}
