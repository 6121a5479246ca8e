//! A programme over three months and what happens in it: people share and take back, readers come,
//! also late, people change teams, rates change, and the organization moves to another zone.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::enums::{HitClass, HitReason, Network, Role, ShareState};
use entity::ids::{CampaignId, HitId, LateHitsId, PostId, TeamId};
use entity::{hit, late_hits, link, organization, post, share};

use super::model::{NETWORKS, Noted, Typed, all};
use crate::service::actor::Actor;
use crate::service::rates::{Rate, set_rate};
use crate::service::shares::{self, Parties};
use crate::service::visitors::Visitor;
use crate::store;
use crate::test_support::{TestApp, content};

/// Where the organization may be.
const ZONES: [Tz; 3] = [
    Tz::Europe__Berlin,
    Tz::Pacific__Auckland,
    Tz::America__Los_Angeles,
];
/// People of each team, and of none.
const PEOPLE: usize = 8;
/// Those of them who share each post at once, so that there is a group on each network.
const EAGER: usize = 6;

/// What happens, and to what; the numbers choose among what there is.
pub type Step = (u8, u8, u8, u16);

/// The programme.
pub struct Scene {
    /// Who looks at figures and types rates.
    pub owner: Actor,
    /// Where the organization is now.
    pub zone: Tz,
    /// Posts, the first and the last of one campaign.
    pub posts: Vec<post::Model>,
    /// A team, and one below it.
    pub teams: [TeamId; 2],
    /// The campaign.
    pub campaign: CampaignId,
    /// The rates that are typed.
    pub rates: Vec<Typed>,
    /// What was noted of rows when they were new.
    pub noted: Noted,
    /// Everybody: those of the first team, of the second, of none.
    people: Vec<Actor>,
    /// Where those of them stand who share now and then.
    others: Vec<usize>,
    turns: usize,
}

impl Scene {
    /// A programme without a share.
    pub async fn of(t: &TestApp) -> Self {
        let owner = t.actor(&[Role::Owner]).await;
        let house = owner.organization.clone();
        let sales = t.team(&house, "Sales", None).await;
        let north = t.team(&house, "North", Some(sales)).await;
        let mut people = Vec::new();
        for team in [Some(sales), Some(north), None] {
            people.extend(t.people(&house, team, PEOPLE).await);
        }
        for (person, followers) in people.iter_mut().zip(101..) {
            let row = &person.member;
            person.member = t
                .change_member(row, |row| {
                    for network in NETWORKS {
                        row.followers.0.insert(network, followers);
                    }
                })
                .await;
        }
        let mut draft = content::draft("Spring");
        draft.campaign = Some("spring".to_owned());
        let campaign = t.published(&house, draft).await.campaign_id.unwrap();
        let mut scene = Self {
            owner,
            zone: Tz::Europe__Berlin,
            posts: Vec::new(),
            teams: [sales, north],
            campaign,
            rates: Vec::new(),
            noted: Noted::default(),
            others: (0..people.len())
                .filter(|at| at % PEOPLE >= EAGER)
                .collect(),
            people,
            turns: 0,
        };
        scene.price(t, (Network::X, 0), (120, 900)).await;
        scene
    }

    /// The posts of the campaign.
    pub fn of_campaign(&self) -> BTreeSet<PostId> {
        [self.posts.first(), self.posts.get(2)]
            .into_iter()
            .flatten()
            .map(|post| post.id)
            .collect()
    }

    /// A new post, which most people share on each network.
    pub async fn begin(&mut self, t: &TestApp) {
        let mut post = t.lasting_post(&self.owner.organization).await;
        if self.posts.len() != 1 {
            post.campaign_id = Some(self.campaign);
            t.change_post(&post, |_| {}).await;
        }
        self.posts.push(post);
        for person in 0..self.people.len() {
            if self.others.contains(&person) {
                continue;
            }
            for network in NETWORKS {
                let parties = self.parties(person, self.posts.len() - 1);
                shares::confirm(&t.app, &parties, network).await.unwrap();
            }
        }
    }

    fn parties(&self, person: usize, post: usize) -> Parties {
        Parties {
            organization: self.owner.organization.clone(),
            member: self.people[person].member.clone(),
            post: self.posts[post].clone(),
        }
    }

    /// Takes a step.
    pub async fn take(&mut self, t: &TestApp, (kind, one, other, minutes): Step) {
        let network = NETWORKS[usize::from(other) % NETWORKS.len()];
        let person = self.others[usize::from(one) % self.others.len()];
        let parties = self.parties(person, usize::from(other / 3) % self.posts.len());
        match kind {
            0 => {
                let visitor = Visitor {
                    key: vec![one % 5; 16],
                    network_key: vec![one % 2; 8],
                    day: t.app.now().date_naive(),
                };
                let opened = shares::open(&t.app, &parties, network, Some(visitor)).await;
                opened.unwrap();
            }
            1 | 2 => {
                shares::confirm(&t.app, &parties, network).await.unwrap();
            }
            3 => self.take_back(t, one).await,
            4 => self.change_team(t, one, other).await,
            5 => self.move_to(t, ZONES[usize::from(one) % ZONES.len()]).await,
            6 => {
                let prices = (i64::from(minutes), i64::from(one) * 20 + 1);
                let from = usize::from(minutes) % 3;
                self.price(t, (network, from), prices).await;
            }
            7 | 8 => t.clock.advance(TimeDelta::minutes(i64::from(minutes))),
            9 => {
                self.come_late(t, (one, other), i64::from(minutes) * 4)
                    .await;
            }
            _ => {
                if let Some(hit) = hit(t, (one, other), t.app.now()).await {
                    let txn = t.app.store.begin().await.unwrap();
                    store::hits::append(&txn, &[hit]).await.unwrap();
                    txn.commit().await.unwrap();
                }
            }
        }
    }

    async fn take_back(&self, t: &TestApp, one: u8) {
        let all = all::<share::Entity>(t).await;
        let share = all[usize::from(one) % all.len()].clone();
        let taken_back = share::Model {
            state: ShareState::Withdrawn,
            updated_at: t.app.now(),
            ..share
        };
        let txn = t.app.store.begin().await.unwrap();
        store::shares::update(&txn, taken_back).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Sums are kept every few seconds: before somebody moves they are, too.
    async fn change_team(&mut self, t: &TestApp, one: u8, other: u8) {
        self.sum_up(t).await;
        let team = self.teams.get(usize::from(other) % 3).copied();
        let at = usize::from(one) % self.people.len();
        let member = &self.people[at].member;
        let member = t.change_member(member, |row| row.team_id = team).await;
        self.people[at].member = member;
    }

    async fn move_to(&mut self, t: &TestApp, zone: Tz) {
        self.sum_up(t).await;
        let txn = t.app.store.begin().await.unwrap();
        let id = self.owner.organization.id;
        let row = store::organizations::find(&*txn, id).await.unwrap();
        let moved = organization::Model {
            time_zone: zone.name().to_owned(),
            ..row.unwrap()
        };
        let moved = store::organizations::update(&*txn, moved).await.unwrap();
        txn.commit().await.unwrap();
        self.owner.organization = moved;
        self.zone = zone;
    }

    /// Types a rate, of which a price may be left out; without both, it is taken away.
    async fn price(
        &mut self,
        t: &TestApp,
        (network, from): (Network, usize),
        (cpc, cpm): (i64, i64),
    ) {
        let (year, month) = [(2026, 11), (2026, 12), (2027, 1)][from];
        let currency = ["EUR", "USD"][usize::from(cpm % 3 == 1)];
        // From the first month on there is always a price, so that something is worth money.
        let typed = Typed {
            network,
            from: NaiveDate::from_ymd_opt(year, month, 1).unwrap(),
            currency,
            cpc: (cpc % 7 != 0).then_some(cpc),
            cpm: (from == 0 || cpm % 3 != 2).then_some(cpm),
        };
        let rate = Rate {
            network,
            valid_from: format!("{year}-{month:02}"),
            currency: currency.to_owned(),
            cpc: typed.cpc,
            cpm: typed.cpm,
        };
        set_rate(&t.app, &self.owner, rate).await.unwrap();
        self.rates
            .retain(|rate| (rate.network, rate.from) != (network, typed.from));
        if typed.cpc.is_some() || typed.cpm.is_some() {
            self.rates.push(typed);
        }
    }

    /// What lay in a journal is stored, after newer hits were summed up.
    async fn come_late(&mut self, t: &TestApp, which: (u8, u8), minutes: i64) {
        self.sum_up(t).await;
        let at = t.app.now() - TimeDelta::minutes(minutes);
        let Some(hit) = hit(t, which, at).await else {
            return;
        };
        let range = late_hits::Model {
            id: LateHitsId(t.app.uuid()),
            first_hit: hit.id,
            last_hit: hit.id,
        };
        let txn = t.app.store.begin().await.unwrap();
        let new = store::hits::append(&txn, &[hit]).await.unwrap();
        store::late_hits::note(&txn, &new).await.unwrap();
        store::late_hits::insert(&txn, range).await.unwrap();
        txn.commit().await.unwrap();
        self.sum_up(t).await;
    }

    /// Notes what is new, and sums everything up.
    pub async fn sum_up(&mut self, t: &TestApp) {
        self.note(t).await;
        t.sum_up().await;
        self.turns += 1;
    }

    /// Notes on which day and for which team that happened which is new.
    pub async fn note(&mut self, t: &TestApp) {
        let day = |at: DateTime<Utc>| at.with_timezone(&self.zone).date_naive();
        for share in all::<share::Entity>(t).await {
            let mut people = self.people.iter();
            let person = people.find(|person| person.member.id == share.member_id);
            let new = (day(share.created_at), person.unwrap().member.team_id);
            self.noted.shares.entry(share.id).or_insert(new);
        }
        for hit in all::<hit::Entity>(t).await {
            let new = (day(hit.at), self.turns);
            self.noted.hits.entry(hit.id).or_insert(new);
        }
    }
}

/// A hit on one of the links that there are at that time.
async fn hit(t: &TestApp, (one, other): (u8, u8), at: DateTime<Utc>) -> Option<hit::Model> {
    let links = all::<link::Entity>(t).await;
    let links: Vec<_> = links.iter().filter(|link| link.created_at <= at).collect();
    let link = links.get(usize::from(one) % links.len().max(1))?;
    let (class, reason) = match other % 8 {
        0 => (HitClass::Bot, HitReason::Crawler),
        1 => (HitClass::Private, HitReason::DoNotTrack),
        2 => (HitClass::Own, HitReason::OwnCookie),
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
