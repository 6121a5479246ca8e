//! Tests of keeping sums: whatever happens in whatever order, they are what a slow recount of the
//! rows gives.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::enums::{FigureScope, HitClass, HitReason, Measure, Network, ShareState};
use entity::ids::{HitId, LateHitsId, LinkId, MemberId, OrganizationId, ShareId, TeamId};
use entity::{
    click, figure_day, hit, late_hits, link, member_activity, share, share_sum, team_active,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::*;
use crate::domain::groups::NO_TEAM;
use crate::domain::leaderboard::{local_day, zone};
use crate::domain::share::counts;
use crate::domain::span::month_of;
use crate::domain::sums::{of_reason, of_state};
use crate::service::actor::Actor;
use crate::service::shares::{self, Parties};
use crate::service::visitors::Visitor;
use crate::store;
use crate::test_support::{TestApp, on_both};

/// Plans of one run.
const ROUNDS: usize = 5;

/// What happens, and to what; the numbers choose among what there is.
type Step = (u8, u8, u8, u16);

struct Scene {
    people: Vec<Actor>,
    posts: Vec<entity::post::Model>,
    teams: Vec<TeamId>,
}

impl Scene {
    async fn of(t: &TestApp) -> Self {
        let organization = t.organization().await;
        let sales = t.team(&organization, "Sales", None).await;
        let north = t.team(&organization, "North", Some(sales)).await;
        let mut people = t.people(&organization, Some(sales), 2).await;
        people.extend(t.people(&organization, Some(north), 2).await);
        people.extend(t.people(&organization, None, 2).await);
        for (at, person) in people.iter_mut().enumerate() {
            // Of one the shares name nobody; of others followers are known.
            person.member = t
                .change_member(&person.member, |row| {
                    row.attribution = at != 5;
                    row.followers
                        .0
                        .insert(Network::X, 100 + i64::try_from(at).unwrap());
                })
                .await;
        }
        let posts = vec![
            t.lasting_post(&organization).await,
            t.lasting_post(&organization).await,
        ];
        Self {
            people,
            posts,
            teams: vec![sales, north],
        }
    }

    fn parties(&self, person: u8, post: u8) -> Parties {
        let person = &self.people[usize::from(person) % self.people.len()];
        Parties {
            organization: person.organization.clone(),
            member: person.member.clone(),
            post: self.posts[usize::from(post) % self.posts.len()].clone(),
        }
    }

    async fn take(&mut self, t: &TestApp, (kind, one, other, minutes): Step) {
        let network = [Network::X, Network::Linkedin, Network::Email][usize::from(other) % 3];
        match kind {
            0..=2 => {
                let parties = self.parties(one, other);
                let visitor = Visitor {
                    key: vec![one % 5; 16],
                    network_key: vec![one % 2; 8],
                    day: t.app.now().date_naive(),
                };
                let visitor = (kind == 0).then_some(visitor);
                shares::open(&t.app, &parties, network, visitor)
                    .await
                    .unwrap();
            }
            3 => {
                let parties = self.parties(one, other);
                shares::confirm(&t.app, &parties, network).await.unwrap();
            }
            4 => {
                let team = self.teams.get(usize::from(other) % 3).copied();
                let at = usize::from(one) % self.people.len();
                let member = &self.people[at].member;
                let member = t.change_member(member, |row| row.team_id = team).await;
                self.people[at].member = member;
            }
            5 => keep(&t.app).await.unwrap(),
            6 => {
                t.clock.advance(TimeDelta::minutes(i64::from(minutes)));
            }
            7 => {
                // What lay in a journal comes late, and perhaps twice.
                let at = t.app.now() - TimeDelta::minutes(i64::from(minutes));
                if let Some(hit) = self.hit(t, (one, other), at).await {
                    store_late(t, std::slice::from_ref(&hit)).await;
                    if one.is_multiple_of(2) {
                        store_late(t, &[hit]).await;
                    }
                }
            }
            _ => {
                if let Some(hit) = self.hit(t, (one, other), t.app.now()).await {
                    let txn = t.app.store.begin().await.unwrap();
                    store::hits::append(&txn, &[hit]).await.unwrap();
                    txn.commit().await.unwrap();
                }
            }
        }
    }

    /// A hit on one of the links that there are at that time.
    async fn hit(
        &self,
        t: &TestApp,
        (one, other): (u8, u8),
        at: DateTime<Utc>,
    ) -> Option<hit::Model> {
        let links = all::<link::Entity>(t).await;
        let links: Vec<_> = links.iter().filter(|link| link.created_at <= at).collect();
        let link = links.get(usize::from(one) % links.len().max(1))?;
        let (class, reason) = match other % 8 {
            0 => (HitClass::Bot, HitReason::Crawler),
            1 => (HitClass::Private, HitReason::DoNotTrack),
            _ => (HitClass::Human, HitReason::Browser),
        };
        let is_private = class == HitClass::Private;
        Some(hit::Model {
            id: HitId(t.app.chance.uuid(at)),
            organization_id: link.organization_id,
            link_id: link.id,
            at,
            class,
            reason,
            visitor: (!is_private).then(|| vec![other % 5; 16]),
            network_key: (!is_private).then(|| vec![other % 2; 8]),
            country: None,
            device: None,
            referrer_host: None,
        })
    }
}

/// As `ingest::drain` stores what lay in a journal.
async fn store_late(t: &TestApp, rows: &[hit::Model]) {
    let txn = t.app.store.begin().await.unwrap();
    let new = store::hits::append(&txn, rows).await.unwrap();
    store::late_hits::note(&txn, &new).await.unwrap();
    let range = late_hits::Model {
        id: LateHitsId(t.app.uuid()),
        first_hit: rows[0].id,
        last_hit: rows[0].id,
    };
    store::late_hits::insert(&txn, range).await.unwrap();
    txn.commit().await.unwrap();
}

async fn all<E: EntityTrait>(t: &TestApp) -> Vec<E::Model> {
    E::find().all(t.app.store.reader()).await.unwrap()
}

type Sums = BTreeMap<(OrganizationId, FigureScope, Uuid, String, Network, Measure), i64>;

fn enter(sums: &mut Sums, place: (&belonging::Place, &str), measure: Measure, value: i64) {
    let (place, day) = place;
    // A visit belongs to the day on which it was entered, which its order decides.
    let day = if measure == Measure::VisitorDay {
        ""
    } else {
        day
    };
    let month = if day.is_empty() {
        String::new()
    } else {
        month_of(day)
    };
    for (scope, subject, day) in [
        (
            FigureScope::Organization,
            place.organization.0,
            day.to_owned(),
        ),
        (FigureScope::Post, place.post.0, day.to_owned()),
        (FigureScope::Team, place.team.0, month),
    ] {
        let key = (
            place.organization,
            scope,
            subject,
            day,
            place.network,
            measure,
        );
        *sums.entry(key).or_default() += value;
    }
}

mod belonging {
    //! Where a share or a hit belongs.

    use entity::enums::Network;
    use entity::ids::{OrganizationId, PostId, TeamId};

    pub struct Place {
        pub organization: OrganizationId,
        pub post: PostId,
        pub team: TeamId,
        pub network: Network,
    }
}

/// What the sums say they hold of each share: which team and day it belongs to.
async fn held(t: &TestApp) -> BTreeMap<ShareId, share_sum::Model> {
    let sums = all::<share_sum::Entity>(t).await.into_iter();
    sums.map(|sum| (sum.share_id, sum)).collect()
}

fn team_of(held: &BTreeMap<ShareId, share_sum::Model>, share: Option<ShareId>) -> TeamId {
    let sum = share.and_then(|share| held.get(&share));
    sum.and_then(|sum| sum.team_id).unwrap_or(NO_TEAM)
}

/// Everything counted anew, row by row.
async fn recount(t: &TestApp) -> Sums {
    let mut sums = Sums::new();
    let held = held(t).await;
    recount_shares(t, &held, &mut sums).await;
    recount_hits(t, &held, &mut sums).await;
    sums.retain(|_, value| *value != 0);
    sums
}

async fn recount_shares(t: &TestApp, held: &BTreeMap<ShareId, share_sum::Model>, sums: &mut Sums) {
    for share in all::<share::Entity>(t).await {
        let place = belonging::Place {
            organization: share.organization_id,
            post: share.post_id,
            team: team_of(held, Some(share.id)),
            network: share.network,
        };
        let day = local_day(share.created_at, zone("Europe/Berlin"));
        assert_eq!(held[&share.id].day, day);
        enter(sums, (&place, &day), of_state(share.state), 1);
        if counts(share.state) {
            let followers = share.followers.unwrap_or_default();
            enter(sums, (&place, &day), Measure::Reach, followers);
        }
    }
}

async fn recount_hits(t: &TestApp, held: &BTreeMap<ShareId, share_sum::Model>, sums: &mut Sums) {
    let links = all::<link::Entity>(t).await.into_iter();
    let links: BTreeMap<LinkId, link::Model> = links.map(|link| (link.id, link)).collect();
    let clicks = all::<click::Entity>(t).await.into_iter();
    let clicks: BTreeMap<HitId, click::Model> = clicks.map(|click| (click.hit_id, click)).collect();
    let mut visits = BTreeMap::new();
    for hit in all::<hit::Entity>(t).await {
        let link = &links[&hit.link_id];
        let place = belonging::Place {
            organization: link.organization_id,
            post: link.post_id,
            team: team_of(held, link.share_id),
            network: link.network,
        };
        let day = local_day(hit.at, zone("Europe/Berlin"));
        enter(sums, (&place, &day), of_reason(hit.reason), 1);
        match clicks.get(&hit.id) {
            Some(click) if click.counted => {
                enter(sums, (&place, &day), Measure::Click, 1);
                let visit = (hit.link_id, hit.visitor, click.hour.div_euclid(24));
                visits.insert(visit, place);
            }
            Some(_) => enter(sums, (&place, &day), Measure::ClickCapped, 1),
            None => {}
        }
    }
    for place in visits.values() {
        enter(sums, (place, ""), Measure::VisitorDay, 1);
    }
}

async fn kept(t: &TestApp) -> Sums {
    let mut sums = Sums::new();
    for row in all::<figure_day::Entity>(t).await {
        let day = if row.measure == Measure::VisitorDay {
            String::new()
        } else {
            row.day
        };
        let key = (
            row.organization_id,
            row.scope,
            row.subject_id,
            day,
            row.network,
            row.measure,
        );
        *sums.entry(key).or_default() += row.value;
    }
    sums.retain(|_, value| *value != 0);
    sums
}

/// Who shared in which month, and when last, counted anew and as it is kept.
async fn who_shared(t: &TestApp) {
    let teams = held(t).await;
    let mut months: BTreeMap<(String, TeamId, MemberId), i64> = BTreeMap::new();
    let mut last: BTreeMap<MemberId, DateTime<Utc>> = BTreeMap::new();
    for share in all::<share::Entity>(t).await {
        let sum = &teams[&share.id];
        if counts(share.state) {
            let team = sum.team_id.unwrap_or(NO_TEAM);
            *months
                .entry((month_of(&sum.day), team, share.member_id))
                .or_default() += 1;
            let at = share.confirmed_at.or(share.proven_at).unwrap();
            let entry = last.entry(share.member_id).or_insert(at);
            *entry = (*entry).max(at);
        }
    }
    let kept: BTreeMap<_, _> = all::<team_active::Entity>(t)
        .await
        .into_iter()
        .filter(|row| row.shares != 0)
        .map(|row| ((row.month, row.team_id, row.member_id), row.shares))
        .collect();
    assert_eq!(kept, months);
    let kept: BTreeMap<_, _> = all::<member_activity::Entity>(t)
        .await
        .into_iter()
        .map(|row| (row.member_id, row.last_shared_at))
        .collect();
    assert_eq!(kept, last);
}

#[tokio::test]
async fn sums_are_what_a_slow_recount_of_the_rows_gives() {
    let mut runner = TestRunner::new(Config::default());
    let plan = proptest::collection::vec((0u8..16, 0u8..60, 0u8..60, 0u16..900), 20..70);
    for _ in 0..ROUNDS {
        let plan = plan.new_tree(&mut runner).unwrap().current();
        on_both(async |t: TestApp| {
            let mut scene = Scene::of(&t).await;
            for step in &plan {
                scene.take(&t, *step).await;
            }
            t.sum_up().await;
            assert_eq!(kept(&t).await, recount(&t).await, "{plan:?}");
            who_shared(&t).await;
            // Whatever is repeated changes nothing.
            let before = kept(&t).await;
            t.sum_up().await;
            assert_eq!(kept(&t).await, before, "{plan:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn two_workers_at_once_enter_everything_once() {
    on_both(async |t: TestApp| {
        let mut scene = Scene::of(&t).await;
        for person in 0..6 {
            scene.take(&t, (1, person, 0, 0)).await;
        }
        t.clock.advance(TimeDelta::minutes(1));
        for visitor in 0..40 {
            scene.take(&t, (9, visitor, visitor, 0)).await;
        }
        t.clock.advance(TimeDelta::minutes(1));
        // Of two who count at once one gives up, and comes again in its next turn.
        clicks::count_clicks(&t.app).await.unwrap();
        let other = t.another(11).await;
        let (one, two) = futures::join!(keep_all(&t.app), keep_all(&other));
        one.unwrap();
        two.unwrap();
        assert_eq!(kept(&t).await, recount(&t).await);
        who_shared(&t).await;
    })
    .await;
}

#[tokio::test]
async fn sums_are_complete_up_to_the_oldest_hit_that_is_not_in_them() {
    on_both(async |t: TestApp| {
        let complete = async || complete_until(&t.app).await.unwrap();
        assert_eq!(complete().await, DateTime::UNIX_EPOCH, "nothing was read");
        let scene = Scene::of(&t).await;
        let (parties, network) = (scene.parties(0, 0), Network::X);
        shares::open(&t.app, &parties, network, None).await.unwrap();
        let shared = t.app.now();
        t.clock.advance(TimeDelta::hours(1));
        let read = t.app.now();
        let hit = scene.hit(&t, (0, 0), read).await.unwrap();
        let txn = t.app.store.begin().await.unwrap();
        store::hits::append(&txn, &[hit]).await.unwrap();
        txn.commit().await.unwrap();
        t.clock.advance(TimeDelta::hours(1));
        let began = t.app.now();
        assert!(super::shares::sum_up(&t.app, began).await.unwrap());
        let until = complete().await;
        assert_eq!(
            until, read,
            "the hit is not in the sums, the share of {shared} is"
        );
        t.sum_up().await;
        assert_eq!(complete().await, began - TimeDelta::minutes(1));

        // One that lay in a journal takes back what came after it, and nothing before.
        let late = scene.hit(&t, (0, 0), read).await.unwrap();
        store_late(&t, &[late]).await;
        assert_eq!(complete().await, read);
        t.sum_up().await;
        assert_eq!(complete().await, began - TimeDelta::minutes(1));
    })
    .await;
}

#[tokio::test]
async fn who_changes_teams_takes_no_past_figure_along() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let sales = t.team(&organization, "Sales", None).await;
        let people = t.people(&organization, Some(sales), 1).await;
        let post = t.lasting_post(&organization).await;
        t.all_share(&people, &post, Network::X).await;
        t.sum_up().await;
        let before = kept(&t).await;
        t.change_member(&people[0].member, |row| row.team_id = None)
            .await;
        t.sum_up().await;
        assert_eq!(kept(&t).await, before);
        assert!(before.keys().any(|key| key.2 == sales.0));
    })
    .await;
}

#[tokio::test]
async fn a_share_that_counts_no_more_moves_the_sums_back() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let people = t.people(&organization, None, 1).await;
        let posts = [
            t.lasting_post(&organization).await,
            t.lasting_post(&organization).await,
        ];
        for post in &posts {
            t.all_share(&people, post, Network::X).await;
            t.sum_up().await;
        }
        for left in (0..2_u8).rev() {
            let share = all::<share::Entity>(&t).await;
            let share = share
                .into_iter()
                .filter(|share| counts(share.state))
                .max_by_key(|share| share.confirmed_at)
                .unwrap();
            let txn = t.app.store.begin().await.unwrap();
            let taken_back = share::Model {
                state: ShareState::Withdrawn,
                updated_at: t.app.now(),
                ..share
            };
            store::shares::update(&txn, taken_back).await.unwrap();
            txn.commit().await.unwrap();
            t.sum_up().await;
            assert_eq!(kept(&t).await, recount(&t).await);
            who_shared(&t).await;
            let known = all::<member_activity::Entity>(&t).await;
            assert_eq!(known.len(), usize::from(left));
        }
    })
    .await;
}

#[tokio::test]
async fn days_are_those_of_the_organizations_zone() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let people = t.people(&organization, None, 1).await;
        let post = t.lasting_post(&organization).await;
        // 23:00 in London is the next day in Berlin.
        t.clock.advance(TimeDelta::hours(13));
        t.all_share(&people, &post, Network::X).await;
        t.sum_up().await;
        let days: Vec<String> = kept(&t).await.into_keys().map(|key| key.3).collect();
        assert!(days.contains(&"2026-11-17".to_owned()), "{days:?}");
    })
    .await;
}
