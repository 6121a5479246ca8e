//! What happened, as a plain list with an entry for each share, hit and click. It is made of the
//! rows alone, and of which day and team each of them was noted for when it was new: nothing here
//! asks the sums, or the rules by which they are kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{HitReason, Network, ShareState};
use entity::ids::{HitId, LinkId, MemberId, PostId, ShareId, TeamId};
use entity::{click, hit, link, share};
use sea_orm::EntityTrait;

use crate::test_support::TestApp;

/// Networks on which something is shared.
pub const NETWORKS: [Network; 3] = [Network::X, Network::Linkedin, Network::Email];
/// The states of a share, as the columns of a file follow each other.
pub const STATES: [ShareState; 7] = [
    ShareState::Opened,
    ShareState::Confirmed,
    ShareState::Proven,
    ShareState::Published,
    ShareState::Scheduled,
    ShareState::Failed,
    ShareState::Withdrawn,
];
/// The reasons of a hit's class, as the columns of a file follow each other.
pub const REASONS: [HitReason; 10] = [
    HitReason::Browser,
    HitReason::Crawler,
    HitReason::LinkScanner,
    HitReason::Prefetch,
    HitReason::HeadRequest,
    HitReason::NoUserAgent,
    HitReason::OwnVisit,
    HitReason::OwnCookie,
    HitReason::DoNotTrack,
    HitReason::GlobalPrivacyControl,
];
/// So many who shared are a group.
const GROUP: usize = 5;

/// What was noted of rows when they were new.
#[derive(Debug, Default)]
pub struct Noted {
    /// The local day on which a share began, and the team of its member then.
    pub shares: BTreeMap<ShareId, (NaiveDate, Option<TeamId>)>,
    /// The local day of a hit, and before which summing up it was there.
    pub hits: BTreeMap<HitId, (NaiveDate, usize)>,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A share in a state, with followers, of a member.
    Share(ShareState, i64, MemberId),
    /// A hit.
    Hit(HitReason),
    /// A counted click.
    Click,
    /// A click above what a network may count.
    Capped,
    /// The first counted click of a reader on a link and UTC day.
    Visit,
}

/// Something that happened, and where.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// The local day.
    pub day: NaiveDate,
    /// The post.
    pub post: PostId,
    /// The team at the time.
    pub team: Option<TeamId>,
    /// The network.
    pub network: Network,
    /// What it was.
    pub what: What,
}

/// Every row of a table.
pub async fn all<E: EntityTrait>(t: &TestApp) -> Vec<E::Model> {
    E::find().all(t.app.store.reader()).await.unwrap()
}

/// Everything that happened.
pub async fn facts(t: &TestApp, noted: &Noted) -> Vec<Fact> {
    let mut facts = Vec::new();
    for share in all::<share::Entity>(t).await {
        let (day, team) = noted.shares[&share.id];
        let followers = share.followers.unwrap_or(0);
        facts.push(Fact {
            day,
            post: share.post_id,
            team,
            network: share.network,
            what: What::Share(share.state, followers, share.member_id),
        });
    }
    let links = all::<link::Entity>(t).await.into_iter();
    let links: BTreeMap<LinkId, link::Model> = links.map(|link| (link.id, link)).collect();
    let clicks = all::<click::Entity>(t).await.into_iter();
    let clicks: BTreeMap<HitId, bool> = clicks.map(|click| (click.hit_id, click.counted)).collect();
    let mut hits = all::<hit::Entity>(t).await;
    // A visit belongs to the day of that of its clicks which was summed up first.
    hits.sort_by_key(|hit| (noted.hits[&hit.id].1, hit.id));
    let mut visits = BTreeSet::new();
    for hit in hits {
        let link = &links[&hit.link_id];
        let mut note = |what| {
            facts.push(Fact {
                day: noted.hits[&hit.id].0,
                post: link.post_id,
                team: link.share_id.and_then(|share| noted.shares[&share].1),
                network: link.network,
                what,
            });
        };
        note(What::Hit(hit.reason));
        match clicks.get(&hit.id) {
            Some(true) => {
                note(What::Click);
                let visit = (hit.link_id, hit.visitor.clone(), hit.at.date_naive());
                if visits.insert(visit) {
                    note(What::Visit);
                }
            }
            Some(false) => note(What::Capped),
            None => {}
        }
    }
    facts
}

/// Some of what happened.
#[derive(Clone, Debug)]
pub struct Part(Vec<Fact>);

impl Part {
    /// What of all fits.
    pub fn of(facts: &[Fact], fits: impl Fn(&Fact) -> bool) -> Self {
        Self(facts.iter().filter(|fact| fits(fact)).copied().collect())
    }

    /// What of it fits.
    pub fn only(&self, fits: impl Fn(&Fact) -> bool) -> Self {
        Self::of(&self.0, fits)
    }

    /// All of it.
    pub fn facts(&self) -> &[Fact] {
        &self.0
    }

    fn count(&self, fits: impl Fn(What) -> bool) -> i64 {
        let found = self.0.iter().filter(|fact| fits(fact.what)).count();
        i64::try_from(found).unwrap()
    }

    fn state(&self, state: ShareState) -> i64 {
        self.count(|what| matches!(what, What::Share(one, ..) if one == state))
    }

    fn reason(&self, reason: HitReason) -> i64 {
        self.count(|what| matches!(what, What::Hit(one) if one == reason))
    }

    /// Shares by state, as far as there are any.
    pub fn states(&self) -> Vec<(ShareState, i64)> {
        let states = STATES.map(|state| (state, self.state(state)));
        states.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// Shares that count.
    pub fn shares(&self) -> i64 {
        self.count(|what| matches!(what, What::Share(state, ..) if counts(state)))
    }

    /// Followers of shares that count.
    pub fn reach(&self) -> i64 {
        let followers = self.0.iter().filter_map(|fact| {
            let What::Share(state, followers, _) = fact.what else {
                return None;
            };
            counts(state).then_some(followers)
        });
        followers.sum()
    }

    /// Hits of every class.
    pub fn hits(&self) -> i64 {
        self.count(|what| matches!(what, What::Hit(_)))
    }

    /// Hits by readers.
    pub fn human_hits(&self) -> i64 {
        self.reason(HitReason::Browser)
    }

    /// Hits of members on their own links.
    pub fn own_hits(&self) -> i64 {
        self.reason(HitReason::OwnVisit) + self.reason(HitReason::OwnCookie)
    }

    /// Counted clicks.
    pub fn clicks(&self) -> i64 {
        self.count(|what| matches!(what, What::Click))
    }

    /// Readers with a counted click, by link and UTC day.
    pub fn visits(&self) -> i64 {
        self.count(|what| matches!(what, What::Visit))
    }

    /// The columns of a file that tell of shares and reach.
    pub fn of_members(&self) -> Vec<i64> {
        let mut row = vec![self.shares()];
        row.extend(STATES.map(|state| self.state(state)));
        row.push(self.reach());
        row
    }

    /// The columns of a file that tell of hits and clicks.
    pub fn of_hits(&self) -> Vec<i64> {
        let mut row = vec![self.hits()];
        row.extend(REASONS.map(|reason| self.reason(reason)));
        let capped = self.count(|what| matches!(what, What::Capped));
        row.push(self.human_hits() - self.clicks() - capped);
        row.extend([capped, self.clicks(), self.visits()]);
        row
    }

    /// Members with a share that counts.
    pub fn sharers(&self) -> BTreeSet<MemberId> {
        let sharers = self.0.iter().filter_map(|fact| {
            let What::Share(state, _, member) = fact.what else {
                return None;
            };
            counts(state).then_some(member)
        });
        sharers.collect()
    }

    /// Whether on each network either a group or nobody did anything, so that nothing of it has to
    /// be kept back.
    pub fn is_plain(&self) -> bool {
        NETWORKS.iter().all(|network| {
            let part = self.only(|fact| fact.network == *network);
            part.sharers().len() >= GROUP || part.of_members().iter().all(|one| *one == 0)
        })
    }
}

/// Whether a share in a state is one.
fn counts(state: ShareState) -> bool {
    matches!(
        state,
        ShareState::Confirmed | ShareState::Proven | ShareState::Published
    )
}

/// A rate as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The network.
    pub network: Network,
    /// The first day.
    pub from: NaiveDate,
    /// The currency.
    pub currency: &'static str,
    /// What a click costs.
    pub cpc: Option<i64>,
    /// What a thousand views cost.
    pub cpm: Option<i64>,
}

/// What something is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// Clicks by their price, by currency, what is nothing left out.
    pub clicks: BTreeMap<String, i64>,
    /// Reach by its price, by currency, what is nothing left out.
    pub reach: BTreeMap<String, i64>,
    /// Clicks without a price.
    pub unpriced: i64,
}

impl Part {
    /// What it is worth by the rates that are typed by now.
    pub fn value(&self, rates: &[Typed]) -> Value {
        let mut value = Value::default();
        let mut thousandths: BTreeMap<String, i64> = BTreeMap::new();
        for fact in &self.0 {
            let rates = rates.iter().filter(|rate| rate.network == fact.network);
            let rate = rates
                .filter(|rate| rate.from <= fact.day)
                .max_by_key(|rate| rate.from);
            match fact.what {
                What::Click => match rate.and_then(|rate| Some((rate.currency, rate.cpc?))) {
                    Some((currency, price)) => {
                        *value.clicks.entry(currency.to_owned()).or_default() += price;
                    }
                    None => value.unpriced += 1,
                },
                What::Share(state, followers, _) if counts(state) => {
                    if let Some((currency, price)) =
                        rate.and_then(|rate| Some((rate.currency, rate.cpm?)))
                    {
                        *thousandths.entry(currency.to_owned()).or_default() += followers * price;
                    }
                }
                What::Share(..) | What::Hit(_) | What::Capped | What::Visit => {}
            }
        }
        let rounded = thousandths.into_iter();
        value.reach = rounded
            .map(|(currency, sum)| (currency, (sum + 500) / 1_000))
            .collect();
        value.clicks.retain(|_, minor| *minor != 0);
        value.reach.retain(|_, minor| *minor != 0);
        value
    }
}
