//! Tests of settings: what follows a change, and what it leaves alone.

use chrono::TimeDelta;
use entity::enums::{Network, Role};
use entity::ids::FeedId;
use entity::{audit_event, post};
use sea_orm::EntityTrait;
use serde_json::json;

use super::*;
use crate::service::feeds::{ImportFeed, NewFeed, create_feed};
use crate::service::schedules::{Plan, plan};
use crate::service::shares::{self, ShareError};
use crate::service::{leaderboard, previews};
use crate::store::schedules as planned;
use crate::test_support::content::draft;
use crate::test_support::{Kind, TestApp, on_both};

async fn change(t: &TestApp, actor: &Actor, change: Change) -> organization::Model {
    update_settings(&t.app, actor, None, change).await.unwrap()
}

/// The actor as the next request finds them.
async fn again(t: &TestApp, actor: &Actor) -> Actor {
    Actor {
        organization: show_settings(&t.app, actor).await.unwrap(),
        ..actor.clone()
    }
}

async fn log(t: &TestApp) -> Vec<audit_event::Model> {
    let all = audit_event::Entity::find().all(t.app.store.reader()).await;
    let ours = all.unwrap().into_iter();
    ours.filter(|event| event.action.starts_with("organization."))
        .collect()
}

#[tokio::test]
async fn a_change_is_written_down_from_what_to_what_and_once() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let wanted = Change {
            name: Some(" Acme & Sons ".to_owned()),
            contact: Some(String::new()),
            expiry_days: Some(30),
            accent: Some("#0B5C8A".to_owned()),
            ..Change::default()
        };
        let after = change(&t, &owner, wanted.clone()).await;
        assert_eq!(after.name, "Acme & Sons");
        assert_eq!(after.settings.contact, None);
        assert_eq!(after.accent.as_deref(), Some("#0b5c8a"));
        assert_eq!(after.settings_version, 1);
        // The same once more is harmless, whatever version it saw.
        let same = update_settings(&t.app, &owner, Some(0), wanted).await;
        assert_eq!(same.unwrap(), after);
        let nothing = change(&t, &owner, Change::default()).await;
        assert_eq!(nothing, after);
        let mut told: Vec<(String, serde_json::Value)> = (log(&t).await.into_iter())
            .map(|event| (event.action, event.detail))
            .collect();
        told.sort_by(|one, other| one.0.cmp(&other.0));
        let expected = [
            (
                "organization.branding",
                json!({"accent": {"from": null, "to": "#0b5c8a"}}),
            ),
            (
                "organization.expiry",
                json!({"expiry_days": {"from": 14, "to": 30}}),
            ),
            (
                "organization.update",
                json!({"name": {"from": "Acme", "to": "Acme & Sons"}, "contact": true}),
            ),
        ];
        assert_eq!(
            told,
            expected.map(|(action, detail)| (action.to_owned(), detail))
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_who_saw_the_same_the_second_is_refused() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let days = |days| Change {
            expiry_days: Some(days),
            ..Change::default()
        };
        let first = update_settings(&t.app, &owner, Some(0), days(20)).await;
        assert_eq!(first.unwrap().settings_version, 1);
        let second = update_settings(&t.app, &admin, Some(0), days(30)).await;
        assert!(matches!(second, Err(SettingsError::VersionMismatch)));
        let row = show_settings(&t.app, &admin).await.unwrap();
        assert_eq!(row.settings.expiry_days, 20);
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let refused = update_settings(&t.app, &curator, None, days(30)).await;
        assert!(matches!(refused, Err(SettingsError::Forbidden(_))));
        let none = t.actor_in(&owner.organization, &[]).await;
        assert!(show_settings(&t.app, &none).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_is_of_the_house_is_written_while_its_settings_are_saved() {
    // SQLite has one writer at a time.
    let t = TestApp::new(Kind::Postgres).await;
    let owner = t.actor(&[Role::Owner]).await;
    let txn = t.app.store.begin().await.unwrap();
    let held = organizations::find_to_change(&txn, owner.organization.id).await;
    assert!(held.unwrap().is_some());
    let written = t.actor_in(&owner.organization, &[]);
    let waited = tokio::time::timeout(std::time::Duration::from_secs(10), written).await;
    assert!(waited.is_ok(), "a member refers to the house");
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn another_zone_moves_the_next_cadence_and_fires_what_is_due() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let task = ImportFeed {
            organization: house.id,
            feed: FeedId(t.app.uuid()),
        };
        let txn = t.app.store.begin().await.unwrap();
        for (name, cron) in [
            ("feed:of-nine", "0 9 * * *"),
            ("feed:of-the-hour", "0 * * * *"),
        ] {
            let of = Plan {
                name,
                organization: Some(house.id),
                cron,
                time_zone: &house.time_zone,
            };
            plan(&txn, &t.app, of, &task).await.unwrap();
        }
        leaderboard::schedule(&txn, &t.app, house).await.unwrap();
        txn.commit().await.unwrap();
        let next = async |name: &str| {
            let row = planned::by_name(t.app.store.reader(), name).await.unwrap();
            let row = row.unwrap();
            (row.time_zone, row.next_run_at)
        };
        t.clock.advance(TimeDelta::hours(2));
        let (_, nine) = next("feed:of-nine").await;
        let (_, due) = next("feed:of-the-hour").await;
        assert!(due <= t.app.now());
        let zone = |zone: &str| Change {
            time_zone: Some(zone.to_owned()),
            ..Change::default()
        };
        change(&t, &owner, zone("Asia/Tokyo")).await;
        let (moved, at) = next("feed:of-nine").await;
        assert_eq!(moved, "Asia/Tokyo");
        assert_ne!(at, nine);
        assert_eq!(at.format("%H:%M").to_string(), "00:00", "nine in Tokyo");
        let (moved, at) = next("feed:of-the-hour").await;
        assert_eq!((moved.as_str(), at), ("Asia/Tokyo", due), "it is due still");
        let weekly = format!("weekly_leaderboard:{}", house.id);
        assert_eq!(next(&weekly).await.0, "Asia/Tokyo");
        // Whoever asked before it moved plans by the new clock.
        let form = NewFeed {
            url: "https://acme.example/feed".to_owned(),
            mode: None,
            cron: None,
        };
        let made = create_feed(&t.app, &owner, form).await.unwrap();
        let name = format!("feed:{}", made.feed.id);
        assert_eq!(next(&name).await.0, "Asia/Tokyo");
        // The clock of one house is not that of another.
        let other = t.actor(&[Role::Owner]).await;
        change(&t, &other, zone("America/New_York")).await;
        assert_eq!(next("feed:of-nine").await.0, "Asia/Tokyo");
    })
    .await;
}

async fn offered_to(t: &TestApp, actor: &Actor, post: &post::Model) -> Vec<Network> {
    let choices = shares::choices(&t.app, actor, post.id).await.unwrap();
    choices
        .networks
        .into_iter()
        .map(|one| one.network)
        .collect()
}

#[tokio::test]
async fn a_network_that_is_switched_off_is_offered_no_more_and_what_began_goes_on() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let post = t.live_post(&owner.organization).await;
        let all = offered_to(&t, &owner, &post).await;
        assert!(all.contains(&Network::X) && all.len() == 12);
        let parties = shares::parties(&t.app, &owner, post.id).await.unwrap();
        let begun = shares::open(&t.app, &parties, Network::X, None)
            .await
            .unwrap();
        let networks = Change {
            networks: Some(vec![Network::Copy, Network::Linkedin]),
            ..Change::default()
        };
        change(&t, &owner, networks).await;
        let owner = again(&t, &owner).await;
        let fan = t.actor_in(&owner.organization, &[]).await;
        let fan = Actor {
            member: entity::member::Model {
                networks: Networks(vec![Network::X, Network::Linkedin]),
                ..fan.member.clone()
            },
            ..fan
        };
        assert_eq!(
            offered_to(&t, &owner, &post).await,
            [Network::Copy, Network::Linkedin],
            "in the order of the house"
        );
        assert_eq!(
            offered_to(&t, &fan, &post).await,
            [Network::Linkedin, Network::Copy],
            "the member's own first"
        );
        let theirs = shares::parties(&t.app, &fan, post.id).await.unwrap();
        let refused = shares::open(&t.app, &theirs, Network::X, None).await;
        assert!(matches!(refused, Err(ShareError::NotOffered)));
        let refused = shares::confirm(&t.app, &theirs, Network::X).await;
        assert!(matches!(refused, Err(ShareError::NotOffered)));
        let parties = shares::parties(&t.app, &owner, post.id).await.unwrap();
        let same = shares::open(&t.app, &parties, Network::X, None)
            .await
            .unwrap();
        assert_eq!(same.share.id, begun.share.id, "what was begun goes on");
        shares::confirm(&t.app, &parties, Network::X).await.unwrap();
        let code = begun.link.unwrap().code;
        let answer = t
            .server()
            .await
            .browse("192.0.2.1", &format!("/l/{code}"))
            .await;
        assert_eq!(answer.status, 302, "links lead on for good");
        let preview = previews::preview(&t.app, &owner, (draft("News"), None)).await;
        let shown: Vec<Network> = (preview.unwrap().networks.into_iter())
            .map(|one| one.network)
            .collect();
        assert!(!shown.contains(&Network::X) && shown.contains(&Network::Copy));
    })
    .await;
}

#[tokio::test]
async fn quiet_hours_of_the_house_hold_for_who_chose_none() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let late = QuietHours {
            from: 22 * 60,
            to: 6 * 60,
            weekends: false,
        };
        let quiet = Change {
            quiet_hours: Some(late),
            ..Change::default()
        };
        let house = change(&t, &owner, quiet).await;
        let of = |member: &entity::member::Model| QuietHours::of(member, &house);
        assert_eq!(of(&owner.member), late);
        // The usual hours, chosen, are one's own.
        let usual = crate::domain::quiet::DEFAULT;
        let own = crate::service::me::Change {
            quiet_hours: Some(usual),
            ..crate::service::me::Change::default()
        };
        let me = crate::service::me::update(&t.app, &owner, own)
            .await
            .unwrap();
        assert_eq!(of(&me.member), usual);
        // A version before notes no choice, but its hours tell.
        let other = entity::member::Model {
            quiet_from: 0,
            quiet_own: false,
            ..owner.member
        };
        assert_eq!(of(&other).from, 0);
    })
    .await;
}

#[tokio::test]
async fn new_links_begin_at_the_houses_own_address_and_old_ones_stay() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let post = t.live_post(&owner.organization).await;
        let parties = shares::parties(&t.app, &owner, post.id).await.unwrap();
        let old = shares::open(&t.app, &parties, Network::Bluesky, None);
        let old = old.await.unwrap();
        let short = Change {
            short_url: Some("https://go.acme.example/".to_owned()),
            ..Change::default()
        };
        change(&t, &owner, short).await;
        let owner = again(&t, &owner).await;
        let parties = shares::parties(&t.app, &owner, post.id).await.unwrap();
        let new = shares::open(&t.app, &parties, Network::Mastodon, None);
        let new = new.await.unwrap();
        let code = new.link.unwrap().code;
        let link = format!("https://go.acme.example/l/{code}");
        assert!(new.share.text.ends_with(&link), "{}", new.share.text);
        let code = old.link.unwrap().code;
        let kept = t
            .app
            .addresses()
            .link_in(&owner.organization, &code, &old.share.text);
        assert!(old.share.text.ends_with(&kept));
        assert!(kept.starts_with(&t.app.addresses().base), "{kept}");
        // The share page hands the words on with the link that they have.
        let server = t.server().await;
        let path = t.share_path(&owner, &post, Network::Bluesky);
        let answer = server.browse("192.0.2.1", &path).await;
        let target = answer.header("location");
        assert!(!target.contains("go.acme.example"), "{target}");
        assert_eq!(target.matches(&*code).count(), 1, "{target}");
    })
    .await;
}
