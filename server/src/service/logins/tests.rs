//! Passwords let in whose they are, and cannot be tried without end.

use chrono::TimeDelta;
use entity::enums::Role;
use sea_orm::EntityTrait;

use super::*;
use crate::test_support::{TestApp, on_both};

const RIGHT: &str = "correct horse battery";

async fn member_with_password(t: &TestApp, roles: &[Role]) -> Actor {
    let actor = t.actor(roles).await;
    let hash = credentials::hash(&t.app, &SecretString::from(RIGHT), &[])
        .await
        .unwrap();
    let txn = t.app.store.begin().await.unwrap();
    credentials::set(&txn, &t.app, &actor, hash).await.unwrap();
    txn.commit().await.unwrap();
    actor
}

fn asked<'a>(actor: &'a Actor, email: &'a str, password: &str) -> Asked<'a> {
    Asked {
        slug: &actor.organization.slug,
        email,
        password: SecretString::from(password.to_owned()),
        address: IpAddr::from([192, 0, 2, 7]),
        browser: Browser {
            user_agent: "",
            before: None,
        },
    }
}

fn address(actor: &Actor) -> String {
    actor.member.email.clone().unwrap()
}

#[tokio::test]
async fn the_right_password_lets_its_member_in_and_nothing_else_does() {
    on_both(async |t: TestApp| {
        let actor = member_with_password(&t, &[]).await;
        let without = t.actor_in(&actor.organization, &[]).await;
        let email = address(&actor);
        let shouted = email.to_uppercase();
        let begun = log_in(&t.app, asked(&actor, &shouted, RIGHT))
            .await
            .unwrap();
        assert_eq!(begun.actor.member.id, actor.member.id);
        let other = address(&without);
        for (email, password) in [
            (email.as_str(), "correct horse batterz"),
            (email.as_str(), ""),
            (other.as_str(), RIGHT),
            ("nobody@acme.example", RIGHT),
            ("no address", RIGHT),
        ] {
            let refused = log_in(&t.app, asked(&actor, email, password)).await;
            assert!(
                matches!(refused, Err(LogInError::Wrong)),
                "{email} {password}"
            );
        }
        let now = t.app.now();
        t.change_member(&actor.member, |member| member.left_at = Some(now))
            .await;
        let refused = log_in(&t.app, asked(&actor, &email, RIGHT)).await;
        assert!(matches!(refused, Err(LogInError::Wrong)), "who left");
    })
    .await;
}

#[tokio::test]
async fn the_password_of_one_organization_opens_no_other() {
    on_both(async |t: TestApp| {
        let actor = member_with_password(&t, &[]).await;
        let elsewhere = t.organization().await;
        let email = address(&actor);
        let there = Asked {
            slug: &elsewhere.slug,
            ..asked(&actor, &email, RIGHT)
        };
        assert!(matches!(
            log_in(&t.app, there).await,
            Err(LogInError::Wrong)
        ));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_tried_ten_times_in_a_quarter_of_an_hour_on_whichever_replica() {
    on_both(async |t: TestApp| {
        let actor = member_with_password(&t, &[]).await;
        let email = address(&actor);
        let replica = t.another(8).await;
        for at in 0..TRIES_PER_ACCOUNT {
            let app = if at % 2 == 0 { &t.app } else { &replica };
            let refused = log_in(app, asked(&actor, &email, "guess")).await;
            assert!(matches!(refused, Err(LogInError::Wrong)), "{at}");
        }
        for app in [&t.app, &replica] {
            let refused = log_in(app, asked(&actor, &email, RIGHT)).await;
            let Err(LogInError::TooMany { retry_after }) = refused else {
                panic!("the right password, too, has to wait");
            };
            assert!((1..=900).contains(&retry_after));
        }
        t.clock.advance(TimeDelta::minutes(15));
        log_in(&t.app, asked(&actor, &email, RIGHT)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_address_cannot_try_one_account_after_another() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let other = async |at: i64| {
            let email = format!("person-{at}@acme.example");
            log_in(&t.app, asked(&actor, &email, "guess")).await
        };
        // The limit is counted without hashing sixty passwords.
        let key = t.app.keys.mac(PURPOSE, &[b"address", b"192.0.2.7"]);
        let txn = t.app.store.begin().await.unwrap();
        for _ in 0..TRIES_PER_ADDRESS - 1 {
            login_attempts::count(&*txn, &key, period(t.app.now()))
                .await
                .unwrap();
        }
        txn.commit().await.unwrap();
        assert!(matches!(other(1).await, Err(LogInError::Wrong)));
        assert!(matches!(other(2).await, Err(LogInError::TooMany { .. })));
    })
    .await;
}

#[test]
fn a_line_with_many_addresses_is_counted_as_one() {
    let of = |text: &str| place(text.parse().unwrap());
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
}

#[tokio::test]
async fn neither_addresses_nor_accounts_are_kept_and_tries_are_forgotten() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let email = address(&actor);
        log_in(&t.app, asked(&actor, &email, "guess")).await.ok();
        let db = t.app.store.reader();
        let kept = entity::login_attempt::Entity::find().all(db).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|row| row.subject.len() == 32));
        t.clock.advance(TimeDelta::minutes(15));
        assert_eq!(sweep(&t.app).await.unwrap(), 2);
    })
    .await;
}
