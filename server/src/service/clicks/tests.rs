//! Tests of counting: whatever the order of hits, the same clicks and points.

use entity::enums::{HitClass, HitReason, Network, Role, ShareState};
use entity::json::PointRules;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::service::shares::{self, Parties};
use crate::service::{leaderboard, me, settings, visitors};
use crate::store::point_events;
use crate::test_support::{Kind, TestApp, on_both};

struct Scene {
    parties: Parties,
    share: entity::share::Model,
    link: link::Model,
}

async fn scene(t: &TestApp) -> Scene {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    let parties = Parties {
        organization: actor.organization,
        member: actor.member,
        post,
    };
    let opened = shares::open(&t.app, &parties, Network::Linkedin, None)
        .await
        .unwrap();
    Scene {
        parties,
        share: opened.share,
        link: opened.link.unwrap(),
    }
}

fn hit(t: &TestApp, scene: &Scene, visitor: u8, minutes: i64) -> hit::Model {
    let at = t.app.now() + TimeDelta::minutes(minutes);
    hit::Model {
        id: HitId(t.app.chance.uuid(at)),
        organization_id: scene.link.organization_id,
        link_id: scene.link.id,
        at,
        class: HitClass::Human,
        reason: HitReason::Browser,
        visitor: Some(vec![visitor; 16]),
        network_key: Some(vec![visitor % 4; 8]),
        country: None,
        device: None,
        referrer_host: None,
    }
}

#[tokio::test]
async fn an_id_tells_when_its_hit_came_also_where_it_only_begins_a_range() {
    let t = TestApp::new(Kind::Sqlite).await;
    let at = t.app.now();
    for id in [clicks::first_hit_at(at), HitId(t.app.chance.uuid(at))] {
        assert_eq!(time_of(id), at, "{id}");
    }
    assert_eq!(time_of(HitId(uuid::Uuid::nil())), DateTime::UNIX_EPOCH);
}

async fn store(t: &TestApp, rows: &[hit::Model]) {
    let txn = t.app.store.begin().await.unwrap();
    hits::append(&txn, rows).await.unwrap();
    txn.commit().await.unwrap();
}

async fn share_now(t: &TestApp, scene: &Scene) -> (ShareState, i64, i64) {
    let db = t.app.store.reader();
    let organization = scene.share.organization_id;
    let share = crate::store::shares::find_many(db, &[scene.share.id])
        .await
        .unwrap()
        .remove(0);
    let points = point_events::of_share(db, organization, share.id)
        .await
        .unwrap();
    let clicks = links::clicks_of_share(db, organization, share.id)
        .await
        .unwrap();
    (share.state, points, clicks)
}

#[tokio::test]
async fn the_first_click_of_another_proves_an_opened_share_and_earns_all_at_once() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        store(
            &t,
            &[
                hit(&t, &scene, 1, 0),
                hit(&t, &scene, 1, 10),
                hit(&t, &scene, 2, 0),
            ],
        )
        .await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 2);
        assert_eq!(share_now(&t, &scene).await, (ShareState::Proven, 17, 2));
        // What was counted is not counted again.
        assert_eq!(count_clicks(&t.app).await.unwrap(), 0);
        assert_eq!(share_now(&t, &scene).await, (ShareState::Proven, 17, 2));
        // Done, said late, changes nothing.
        let receipt = shares::confirm(&t.app, &scene.parties, Network::Linkedin)
            .await
            .unwrap();
        assert_eq!((receipt.points, receipt.week.points), (17, 17));
    })
    .await;
}

#[tokio::test]
async fn a_click_is_worth_what_it_was_when_it_happened_however_late_it_counts() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let house = &scene.parties.organization;
        let owner = t.actor_in(house, &[Role::Owner]).await;
        let clicks = [(1, 0), (2, 0), (3, 120)];
        let clicks = clicks.map(|(visitor, minutes)| hit(&t, &scene, visitor, minutes));
        store(&t, &clicks).await;
        t.clock.advance(TimeDelta::minutes(60));
        let dear = settings::Change {
            points: Some(PointRules {
                share_confirmed: 50,
                share_proven: 60,
                click: 7,
                ..PointRules::default()
            }),
            ..settings::Change::default()
        };
        let changed = settings::update_settings(&t.app, &owner, None, dear).await;
        assert_eq!(changed.unwrap().points_since, Some(t.app.now()));
        t.clock.advance(TimeDelta::minutes(90));
        assert_eq!(count_clicks(&t.app).await.unwrap(), 3);
        // 5 and 10 for the share and 1 for two clicks as it was, 7 for one as it is.
        assert_eq!(share_now(&t, &scene).await, (ShareState::Proven, 24, 3));
    })
    .await;
}

#[tokio::test]
async fn twenty_clicks_a_day_earn_however_many_are_counted() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        shares::confirm(&t.app, &scene.parties, Network::Linkedin)
            .await
            .unwrap();
        let crowd: Vec<_> = (0..25).map(|visitor| hit(&t, &scene, visitor, 0)).collect();
        store(&t, &crowd).await;
        count_clicks(&t.app).await.unwrap();
        assert_eq!(share_now(&t, &scene).await, (ShareState::Proven, 35, 25));
    })
    .await;
}

#[tokio::test]
async fn the_members_own_visits_and_programs_are_no_clicks() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let address = "192.0.2.9".parse().unwrap();
        let visitor = visitors::today(&t.app, address, "Firefox").await;
        shares::open(
            &t.app,
            &scene.parties,
            Network::Linkedin,
            Some(visitor.clone()),
        )
        .await
        .unwrap();
        let own = hit::Model {
            visitor: Some(visitor.key),
            ..hit(&t, &scene, 1, 0)
        };
        let bot = hit::Model {
            class: HitClass::Bot,
            ..hit(&t, &scene, 2, 0)
        };
        store(&t, &[own, bot]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 0);
        assert_eq!(share_now(&t, &scene).await, (ShareState::Opened, 0, 0));
        let start = HitId(uuid::Uuid::nil());
        let classes = hits::by_class(t.app.store.reader(), &[scene.link.id], start)
            .await
            .unwrap();
        assert!(classes.contains(&(HitClass::Own, 1)), "{classes:?}");
    })
    .await;
}

#[tokio::test]
async fn hits_that_another_replica_commits_late_are_counted() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        store(&t, &[hit(&t, &scene, 1, 1)]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
        // Its id is twenty seconds older than what was read already.
        t.clock.advance(TimeDelta::minutes(1));
        let late = hit::Model {
            id: HitId(t.app.chance.uuid(t.app.now() - TimeDelta::seconds(20))),
            ..hit(&t, &scene, 2, 0)
        };
        store(&t, &[late]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
        assert_eq!(share_now(&t, &scene).await.2, 2);
    })
    .await;
}

#[tokio::test]
async fn hits_are_counted_also_after_a_clock_that_was_ahead_is_set_back() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        store(&t, &[hit(&t, &scene, 1, 60)]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
        store(&t, &[hit(&t, &scene, 2, 0)]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn any_order_and_grouping_of_hits_give_the_same_clicks_and_points() {
    let mut runner = TestRunner::new(Config::default());
    let plan = proptest::collection::vec((0u8..30, 0i64..100), 1..60);
    for _ in 0..4 {
        let plan = plan.new_tree(&mut runner).unwrap().current();
        on_both(async |t: TestApp| {
            let (one, two) = (scene(&t).await, scene(&t).await);
            let forwards: Vec<_> = plan
                .iter()
                .map(|(visitor, minutes)| hit(&t, &one, *visitor, *minutes))
                .collect();
            store(&t, &forwards).await;
            count_clicks(&t.app).await.unwrap();
            // The same readers on the other link: last first, counted after every few,
            // by batches of their own, as if each came from another replica.
            let links = BTreeMap::from([(two.link.id, two.link.clone())]);
            let backwards: Vec<_> = plan
                .iter()
                .rev()
                .map(|(visitor, minutes)| hit(&t, &two, *visitor, *minutes))
                .collect();
            for batch in backwards.chunks(7) {
                store(&t, batch).await;
                for _ in 0..2 {
                    let mut known = known(&t.app, batch, &links).await.unwrap();
                    let outcome = rule::count(batch, &mut known, 30);
                    write(&t.app, &links, outcome, None).await.unwrap();
                }
            }
            assert_eq!(
                share_now(&t, &one).await,
                share_now(&t, &two).await,
                "{plan:?}"
            );
            let week = |scene: &Scene| {
                let actor = crate::service::actor::Actor::of(
                    scene.parties.organization.clone(),
                    scene.parties.member.clone(),
                );
                let app = t.app.clone();
                async move { me::show(&app, &actor).await.unwrap().week }
            };
            let expected = leaderboard::Standing {
                points: share_now(&t, &one).await.1,
                rank: Some(1),
            };
            assert_eq!((week(&one).await, week(&two).await), (expected, expected));
        })
        .await;
    }
}
