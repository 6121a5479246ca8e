//! Erasing: nothing says any more who it was, and every figure is what it was.

use chrono::TimeDelta;
use entity::enums::{DeliveryOperation, DeliveryState, ImportKind, Network, Platform, Role};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::*;
use crate::domain::delivery::Outcome;
use crate::domain::span::Span;
use crate::service::insight::{self, Subject};
use crate::service::members::leaving::{bring_back, mark_left};
use crate::service::{figures, retention};
use crate::test_support::content::draft;
use crate::test_support::server::TestServer;
use crate::test_support::{Kind, TestApp, on_both};

/// Plans of one run.
const ROUNDS: usize = 3;

async fn member(t: &TestApp, actor: &Actor) -> member::Model {
    let found = members::find(t.app.store.reader(), actor.organization.id, actor.member.id);
    found.await.unwrap().unwrap()
}

fn name(actor: &Actor) -> &str {
    &actor.member.display_name
}

#[tokio::test]
async fn who_is_erased_is_let_in_by_nothing_and_named_nowhere() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let browser = t.log_in(&ada).await;
        let email = ada.member.email.clone().unwrap();

        let wrong = erase(app, &owner, ada.member.id, "Ada").await;
        assert!(matches!(wrong, Err(EraseError::NotMeant)), "{wrong:?}");
        assert_eq!(browser.get("").await.status, 200);
        erase(app, &owner, ada.member.id, &email).await.unwrap();
        assert_eq!(browser.get("").await.status, 303);
        let stone = member(&t, &ada).await;
        assert_eq!(stone.email, None);
        assert_eq!(stone.display_name, "Somebody who is gone");
        assert!(stone.erased_at.is_some() && stone.left_at.is_some());

        // Again is the same, and nothing brings them back.
        t.clock.advance(TimeDelta::hours(1));
        erase(app, &owner, ada.member.id, "whatever").await.unwrap();
        assert_eq!(member(&t, &ada).await, stone);
        let back = bring_back(app, &owner, ada.member.id).await;
        assert!(matches!(back, Err(MemberError::NotFound)));
        let shown = crate::service::members::show(app, &owner, ada.member.id).await;
        assert!(matches!(shown, Err(MemberError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn nobody_erases_the_last_owner_nor_who_may_do_more_nor_by_another_s_word() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let admin = t.actor_in(house, &[Role::Admin]).await;
        let plain = t.actor_in(house, &[]).await;
        let last = erase_me(app, &owner, name(&owner)).await;
        assert!(matches!(last, Err(EraseError::LastOwner)), "{last:?}");
        let more = erase(app, &admin, owner.member.id, name(&owner)).await;
        assert!(matches!(more, Err(EraseError::Forbidden(_))), "{more:?}");
        let may_not = erase(app, &plain, admin.member.id, name(&admin)).await;
        assert!(matches!(may_not, Err(EraseError::Forbidden(_))));
        let issued = Actor {
            issuer: Some(owner.member.id),
            ..plain.clone()
        };
        let by_another = erase_me(app, &issued, name(&plain)).await;
        assert!(matches!(by_another, Err(EraseError::ByAnothersWord)));
        let elsewhere = t.actor(&[Role::Owner]).await;
        let stranger = erase(app, &elsewhere, plain.member.id, name(&plain)).await;
        assert!(matches!(stranger, Err(EraseError::NotFound)));
        let issued = Actor {
            issuer: Some(plain.member.id),
            ..owner.clone()
        };
        let other = t.actor_in(house, &[]).await;
        let of_another = erase(app, &issued, other.member.id, name(&other)).await;
        assert!(matches!(of_another, Err(EraseError::ByAnothersWord)));
        erase_me(app, &plain, name(&plain)).await.unwrap();

        // With another owner, one may go; of two who go at once, one stays.
        let other = t.actor_in(house, &[Role::Owner]).await;
        let (first, second) = tokio::join!(
            erase_me(app, &owner, name(&owner)),
            erase_me(app, &other, name(&other)),
        );
        assert_eq!(
            usize::from(first.is_ok()) + usize::from(second.is_ok()),
            1,
            "{first:?} {second:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn messages_are_taken_back_and_then_it_is_forgotten_where_they_lay() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.workspace(house).await;
        let mut ada = t.actor_in(house, &[]).await;
        ada.account = Some(t.slack_account(&ada.member, "U0ADA").await);
        let each_post = crate::service::me::Change {
            delivery: Some(entity::enums::DeliveryPreference::EachPost),
            ..crate::service::me::Change::default()
        };
        crate::service::me::update(app, &ada, each_post)
            .await
            .unwrap();
        t.published(house, draft("Tea")).await;
        t.work().await;
        t.deliver_on(Platform::Slack).await;
        t.published(house, draft("Coffee")).await;
        t.work().await;

        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        let of_ada = async || {
            let all = entity::delivery::Entity::find().all(app.store.reader());
            let all = all.await.unwrap().into_iter();
            let theirs = all.filter(|one| one.member_id == Some(ada.member.id));
            theirs.collect::<Vec<_>>()
        };
        let rows = of_ada().await;
        let waiting = rows.iter().find(|one| one.state == DeliveryState::Pending);
        let waiting = waiting.unwrap();
        assert_eq!(waiting.operation, DeliveryOperation::Withdraw);
        assert!(
            rows.iter()
                .any(|one| one.state == DeliveryState::Cancelled && one.place_ref.is_empty()),
            "what was not sent is not, and is forgotten at once"
        );
        let claimed = t.claim_on(Platform::Slack).await;
        let theirs = claimed.iter().find(|one| one.delivery.id == waiting.id);
        let theirs = theirs.unwrap();
        assert_eq!(theirs.delivery.place_ref, "U0ADA");
        assert!(theirs.message.is_some());
        t.settle(theirs, Outcome::Sent("D0:1".to_owned())).await;
        t.clock.advance(TimeDelta::minutes(2));
        t.work().await;
        for row in of_ada().await {
            assert_eq!((row.place_ref.as_str(), row.message_ref), ("", None));
        }
    })
    .await;
}

#[tokio::test]
async fn what_no_courier_takes_back_is_forgotten_after_a_day() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.workspace(house).await;
        let mut ada = t.actor_in(house, &[]).await;
        ada.account = Some(t.slack_account(&ada.member, "U0ADA").await);
        let each_post = crate::service::me::Change {
            delivery: Some(entity::enums::DeliveryPreference::EachPost),
            ..crate::service::me::Change::default()
        };
        crate::service::me::update(app, &ada, each_post)
            .await
            .unwrap();
        t.published(house, draft("Tea")).await;
        t.work().await;
        t.deliver_on(Platform::Slack).await;
        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        t.clock.advance(TimeDelta::minutes(2));
        t.work().await;
        let places = rows::places(app.store.reader(), (house.id, ada.member.id));
        assert!(places.await.unwrap().contains(&"U0ADA".to_owned()));
        t.clock.advance(TimeDelta::hours(24));
        t.work().await;
        let places = rows::places(app.store.reader(), (house.id, ada.member.id));
        assert_eq!(places.await.unwrap(), [String::new()]);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_came_before_brings_nobody_back() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let email = ada.member.email.clone().unwrap();
        let file = format!(
            "email,name\nbob@acme.example,Bob\n{email},Ada\ncy@acme.example,Cy\njo{email},Jo\n"
        );
        let import = imports::upload(app, &owner, ImportKind::Members, file.into_bytes());
        let import = import.await.unwrap();
        assert_eq!(import.state, ImportState::Ready);
        erase(app, &owner, ada.member.id, &email).await.unwrap();
        let lines = entity::csv_line::Entity::find().all(app.store.reader());
        let lines = lines.await.unwrap();
        let theirs = format!(" · {email}");
        assert!(lines.iter().all(|line| !line.label.ends_with(&theirs)));
        assert_eq!(lines.len(), 3, "also of an address that ends alike");
        let which = (ImportKind::Members, import.id);
        let done = imports::confirm(app, &owner, which).await.unwrap();
        assert_eq!(
            (done.state, done.added, done.refused),
            (ImportState::Done, 3, 1)
        );
        let found = members::by_email(app.store.reader(), owner.organization.id, &email).await;
        assert_eq!(found.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_log_keeps_what_was_done_without_the_name() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let words = format!("{} wins, said {}", name(&ada), name(&ada));
        let txn = app.store.begin().await.unwrap();
        let event = audit::Event {
            action: "post.create",
            subject: "post:1".to_owned(),
            detail: json!({"title": words}),
        };
        audit::record(&txn, app, &ada, event).await.unwrap();
        txn.commit().await.unwrap();
        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        let log = entity::audit_event::Entity::find().all(app.store.reader());
        let log = log.await.unwrap();
        let told = |action: &str| log.iter().find(|one| one.action == action).unwrap();
        assert_eq!(
            told("post.create").detail,
            json!({"title": "– wins, said –"})
        );
        assert_eq!(told("post.create").actor_id, Some(ada.member.id));
        assert_eq!(told("member.erase").detail, json!({"by": "another"}));
    })
    .await;
}

#[tokio::test]
async fn where_no_names_are_kept_who_leaves_is_erased_at_once() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let kept = mark_left(app, &owner, ada.member.id).await.unwrap().member;
        assert_eq!(kept.display_name, ada.member.display_name, "the default");
        bring_back(app, &owner, ada.member.id).await.unwrap();
        let at_once = (entity::enums::RetentionKind::LeaverNames, Some(0));
        retention::keep(app, &owner, None, at_once).await.unwrap();
        let gone = mark_left(app, &owner, ada.member.id).await.unwrap().member;
        assert!(gone.erased_at.is_some());
        assert_eq!(gone.email, None);
        let again = mark_left(app, &owner, ada.member.id).await.unwrap().member;
        assert_eq!(again.erased_at, gone.erased_at, "a second click");

        // What erases asks what erasing asks.
        let other = t.actor_in(&owner.organization, &[Role::Owner]).await;
        let issued = Actor {
            issuer: Some(other.member.id),
            ..owner.clone()
        };
        let bob = t.actor_in(&owner.organization, &[]).await;
        for who in [owner.member.id, bob.member.id] {
            let by_another = mark_left(app, &issued, who).await;
            assert!(matches!(by_another, Err(MemberError::ByAnothersWord)));
        }
        let narrow = Actor {
            permissions: vec![Permission::ManageMembers],
            ..owner.clone()
        };
        let by_a_script = mark_left(app, &narrow, owner.member.id).await;
        assert!(by_a_script.is_err());
        assert_eq!(member(&t, &owner).await.erased_at, None);
    })
    .await;
}

#[tokio::test]
async fn pages_that_were_proposed_stay_without_who_did_and_why() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let bob = t.actor_in(&owner.organization, &[]).await;
        let propose = async |who: &Actor, page: &str| {
            let form = crate::domain::proposal::Proposed {
                url: format!("https://acme.example/{page}"),
                why: format!("{} says so", name(who)),
                words: format!("Words of {}", name(who)),
            };
            let source = entity::enums::ProposalSource::Api;
            let told = crate::service::proposals::propose(app, who, source, &form);
            told.await.unwrap();
        };
        propose(&ada, "one").await;
        propose(&bob, "two").await;
        propose(&ada, "two").await;
        propose(&bob, "one").await;
        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        let db = app.store.reader();
        let rows = entity::proposal::Entity::find().all(db).await.unwrap();
        assert_eq!(rows.len(), 2);
        for row in &rows {
            if row.member_id.is_some() {
                assert_eq!(row.member_id, Some(bob.member.id));
                continue;
            }
            assert_eq!((row.why.as_str(), row.words.as_str()), ("", ""));
            assert_eq!(row.state, entity::enums::ProposalState::Withdrawn);
            assert_eq!(row.open_key, None, "others may propose the page");
        }
        let supporters = entity::proposal_supporter::Entity::find().all(db);
        let supporters = supporters.await.unwrap();
        assert!(supporters.iter().all(|one| one.member_id == bob.member.id));
        assert_eq!(supporters.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_planned_for_somebody_who_is_gone_is_forgotten_by_what_runs_each_hour() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.workspace(house).await;
        let mut ada = t.actor_in(house, &[]).await;
        ada.account = Some(t.slack_account(&ada.member, "U0ADA").await);
        let each_post = crate::service::me::Change {
            delivery: Some(entity::enums::DeliveryPreference::EachPost),
            ..crate::service::me::Change::default()
        };
        crate::service::me::update(app, &ada, each_post)
            .await
            .unwrap();
        t.published(house, draft("Tea")).await;
        t.work().await;
        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        // Somebody read them before and writes after; and the job of the erasure came to nothing.
        let txn = app.store.begin().await.unwrap();
        let late = entity::delivery::Entity::update_many()
            .col_expr(
                entity::delivery::Column::PlaceRef,
                sea_orm::sea_query::Expr::value("U0ADA"),
            )
            .filter(entity::delivery::Column::MemberId.eq(ada.member.id))
            .exec(&*txn);
        assert!(late.await.unwrap().rows_affected > 0);
        let jobs = entity::job::Entity::delete_many().exec(&*txn);
        jobs.await.unwrap();
        txn.commit().await.unwrap();
        let places = async || {
            let places = rows::places(app.store.reader(), (house.id, ada.member.id));
            places.await.unwrap()
        };
        retention::run(app).await.unwrap();
        assert_eq!(places().await, ["U0ADA"], "not yet");
        t.clock.advance(TimeDelta::hours(25));
        retention::run(app).await.unwrap();
        assert_eq!(places().await, [""]);
    })
    .await;
}

#[tokio::test]
async fn the_contact_goes_and_whoever_has_the_settings_open_hears_of_it() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let contact = crate::service::settings::Change {
            contact: Some(format!("{}, second floor", name(&ada))),
            ..crate::service::settings::Change::default()
        };
        let changed = crate::service::settings::update_settings(app, &owner, None, contact);
        let before = changed.await.unwrap();
        erase(app, &owner, ada.member.id, name(&ada)).await.unwrap();
        let after = organizations::find(app.store.reader(), owner.organization.id);
        let after = after.await.unwrap().unwrap();
        assert_eq!(after.settings.contact, None);
        assert_eq!(after.settings_version, before.settings_version + 1);
        let log = entity::audit_event::Entity::find().all(app.store.reader());
        let log = log.await.unwrap();
        let told = log.iter().filter(|one| one.action == "organization.update");
        assert_eq!(told.count(), 2);
    })
    .await;
}

/// Rows that are figures, or that figures are made of, as text.
async fn sums(t: &TestApp) -> Vec<String> {
    let db = t.app.store.reader();
    let mut all = Vec::new();
    macro_rules! read {
        ($($table:ident),+) => {$(
            for row in entity::$table::Entity::find().all(db).await.unwrap() {
                all.push(format!("{row:?}"));
            }
        )+};
    }
    read!(
        figure_day,
        share_sum,
        team_active,
        team_month,
        member_activity,
        point_event,
        click,
        hit,
        link
    );
    for row in entity::score::Entity::find().all(db).await.unwrap() {
        all.push(format!("{} {} {}", row.board, row.member_id, row.points));
    }
    all.sort_unstable();
    all
}

/// Everything that Insight tells but how many people there are now, which is another number once
/// somebody left.
async fn told(t: &TestApp, analyst: &Actor, posts: &[entity::post::Model]) -> String {
    let app = &t.app;
    let mut all = Vec::new();
    for span in ["2026-11", "2026-Q4", "2026"] {
        let span = Span::named(span).unwrap();
        let whole = insight::report(app, analyst, Subject::Organization, span);
        all.push(format!("{:?}", whole.await.unwrap()));
        for post in posts {
            let one = insight::report(app, analyst, Subject::Post(post.id), span);
            all.push(format!("{:?}", one.await.unwrap()));
        }
    }
    let month = Span::named("2026-11").unwrap();
    all.push(format!("{:?}", insight::teams(app, analyst, month).await));
    for post in posts {
        let figures = figures::of_post(app, analyst, post.id).await.unwrap();
        all.push(format!("{figures:?}"));
    }
    let health = insight::health(app, analyst).await.unwrap();
    all.push(format!(
        "{:?} {:?} {:?}",
        health.active, health.weeks, health.alarms
    ));
    all.join("\n")
}

async fn unchanged(kind: Kind) {
    let options = crate::test_support::traffic::BEHIND_A_PROXY;
    let mut runner = TestRunner::new(Config::default());
    let plan = proptest::collection::vec((0_usize..7, proptest::bool::ANY), 1..5);
    for _ in 0..ROUNDS {
        let plan = plan.new_tree(&mut runner).unwrap().current();
        let t = TestApp::configured(kind, options).await;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let team = t.team(house, "Sales", None).await;
        let mut people = t.people(house, Some(team), 5).await;
        people.extend(t.people(house, None, 2).await);
        let posts = [t.lasting_post(house).await, t.lasting_post(house).await];
        let server = t.server().await;
        let mut codes = t.all_share(&people, &posts[0], Network::X).await;
        codes.extend(
            t.all_share(&people[..5], &posts[1], Network::Linkedin)
                .await,
        );
        read(&server, &codes, 2).await;
        t.sum_up().await;
        let before = (sums(&t).await, told(&t, &owner, &posts).await);

        for (at, leaves_first) in &plan {
            let who = people[*at].member.id;
            if *leaves_first {
                // Who was erased before is not there to leave.
                let _ = mark_left(&t.app, &owner, who).await;
            }
            let typed = name(&people[*at]).to_owned();
            erase(&t.app, &owner, who, &typed).await.unwrap();
        }
        assert_eq!(sums(&t).await, before.0, "{plan:?}");
        assert_eq!(told(&t, &owner, &posts).await, before.1, "{plan:?}");
        t.sum_up().await;
        assert_eq!(sums(&t).await, before.0, "also once more summed up");

        // Links lead on, and what comes of them counts.
        let path = format!("/l/{}", codes[plan[0].0]);
        let led = server.browse("203.0.113.9", &path).await;
        assert_eq!(led.status, 302, "{}", led.text());
        t.sum_up().await;
        assert_ne!(told(&t, &owner, &posts).await, before.1);
    }
}

/// Readers with an address each, who click on each link.
async fn read(server: &TestServer, codes: &[String], readers: u8) {
    for code in codes {
        for reader in 0..readers {
            let path = format!("/l/{code}");
            server.browse(&format!("198.51.{reader}.7"), &path).await;
        }
    }
}

#[tokio::test]
async fn erase_leaves_totals_unchanged_on_sqlite() {
    unchanged(Kind::Sqlite).await;
}

#[tokio::test]
async fn erase_leaves_totals_unchanged_on_postgres() {
    unchanged(Kind::Postgres).await;
}
