//! What the pages of figures ask, held against the plain list of what happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use entity::enums::ShareState;
use entity::ids::MemberId;
use entity::{member, post, share};

use super::model::{NETWORKS, Part, REASONS, STATES, Value, all, facts};
use super::plan::Scene;
use crate::domain::page::Paging;
use crate::domain::span::Span;
use crate::domain::sums::Sums;
use crate::domain::worth::{Money, Worth};
use crate::service::figures;
use crate::service::insight::{
    PostSums, Report, Subject, TeamNetworks, compare_campaigns, health, list_campaigns, list_posts,
    report, sums_of, teams, two_months,
};
use crate::test_support::TestApp;

/// The spans that are asked for.
pub const SPANS: [&str; 7] = [
    "2026-11", "2026-12", "2027-01", "2026-Q4", "2027-Q1", "2026", "2027",
];
/// Members who are active, below which nothing is told of them.
const GROUP: usize = 5;

/// Whether a day lies in the span of a name.
pub fn is_in(name: &str, day: NaiveDate) -> bool {
    match name.split_once("-Q") {
        Some((year, quarter)) => {
            let is_quarter = (day.month0() / 3 + 1).to_string() == quarter;
            day.year().to_string() == year && is_quarter
        }
        None => day.to_string().starts_with(name),
    }
}

/// How often something was told of members and compared.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Figures of posts, campaigns and everything in a span.
    pub reports: usize,
    /// Shares of a part of a span.
    pub points: usize,
    /// Figures of a post since it went live.
    pub posts: usize,
    /// Figures of a campaign since its first post went live.
    pub campaigns: usize,
    /// Shares and clicks of a campaign, asked for by themselves.
    pub campaigns_beside: usize,
    /// Figures of a month on Home.
    pub months: usize,
    /// Figures of a team.
    pub teams: usize,
    /// Figures of a team on a network.
    pub networks: usize,
    /// Shares of a week.
    pub weeks: usize,
    /// Amounts of money.
    pub amounts: usize,
}

/// What happened in the eyes of the pages.
pub struct Pages<'s> {
    t: &'s TestApp,
    scene: &'s Scene,
    /// Everything.
    pub all: Part,
    compared: Compared,
}

impl<'s> Pages<'s> {
    /// Those of a programme whose sums are up to date.
    pub async fn of(t: &'s TestApp, scene: &'s Scene) -> Self {
        let facts = facts(t, &scene.noted).await;
        Self {
            t,
            scene,
            all: Part::of(&facts, |_| true),
            compared: Compared::default(),
        }
    }

    /// Asks every page and compares; how much was told.
    pub async fn compare(mut self) -> Compared {
        for subject in self.subjects() {
            for name in SPANS {
                self.compare_report(subject, name).await;
            }
        }
        self.compare_lists().await;
        self.compare_campaigns().await;
        self.compare_home().await;
        self.compare_teams().await;
        self.compare_health().await;
        self.compared
    }

    /// Of what there are reports.
    pub fn subjects(&self) -> Vec<Subject> {
        let posts = self.scene.posts.iter().map(|post| Subject::Post(post.id));
        let mut subjects = vec![
            Subject::Organization,
            Subject::Campaign(self.scene.campaign),
        ];
        subjects.extend(posts);
        subjects
    }

    /// What is of a subject in a span.
    pub fn part(&self, subject: Subject, name: &str) -> Part {
        let campaign = self.scene.of_campaign();
        self.all.only(|fact| {
            let is_of = match subject {
                Subject::Organization => true,
                Subject::Post(post) => fact.post == post,
                Subject::Campaign(_) => campaign.contains(&fact.post),
            };
            is_of && is_in(name, fact.day)
        })
    }

    async fn compare_report(&mut self, subject: Subject, name: &str) {
        let span = Span::named(name).unwrap();
        let told = report(&self.t.app, &self.scene.owner, subject, span).await;
        let told = told.unwrap();
        let part = self.part(subject, name);
        let what = format!("{subject:?} in {name}");
        let is_told = told.is_group && part.is_plain();
        same(&told.sums, &part, is_told, &what);
        for network in NETWORKS {
            let found = told.networks.iter().find(|(one, _)| *one == network);
            let sums = found.map(|(_, sums)| sums.clone()).unwrap_or_default();
            let part = part.only(|fact| fact.network == network);
            same(&sums, &part, is_told, &format!("{what} on {network:?}"));
        }
        self.compare_course(&told, &part, &what);
        let value = part.value(&self.scene.rates);
        self.compare_worth(&told.worth, &value, is_told, &what);
        if subject == Subject::Organization && !part.sharers().is_empty() {
            assert!(told.is_group, "{what}: there are enough");
        }
        self.compared.reports += usize::from(is_told && part.shares() > 0);
    }

    fn compare_course(&mut self, told: &Report, part: &Part, what: &str) {
        let mut days = BTreeSet::new();
        for point in &told.course {
            let stretch = point.stretch;
            let within = part.only(|fact| (stretch.from..=stretch.until).contains(&fact.day));
            assert_eq!(point.clicks, within.clicks(), "{what}: {stretch:?}");
            if let Some(shares) = point.shares {
                assert_eq!(shares, within.shares(), "{what}: {stretch:?}");
                self.compared.points += usize::from(shares > 0);
            }
            days.extend(within.facts().iter().map(|fact| fact.day));
        }
        let all: BTreeSet<NaiveDate> = part.facts().iter().map(|fact| fact.day).collect();
        assert_eq!(days, all, "{what}: every day is in one of its parts");
    }

    fn compare_worth(&mut self, told: &Worth, value: &Value, is_told: bool, what: &str) {
        assert_eq!(by_currency(&told.headline), value.clicks, "{what}");
        assert_eq!(told.unpriced_clicks, value.unpriced, "{what}");
        self.compared.amounts += value.clicks.len();
        if is_told {
            assert_eq!(by_currency(&told.upper_bound), value.reach, "{what}");
            self.compared.amounts += value.reach.len();
        }
    }

    /// The list of posts, and the numbers in the library.
    async fn compare_lists(&mut self) {
        let (app, owner) = (&self.t.app, &self.scene.owner);
        let paging = Paging {
            after: None,
            limit: 100,
        };
        let listed = list_posts(app, owner, paging).await.unwrap().items;
        let rows = all::<post::Entity>(self.t).await;
        assert_eq!(listed.len(), rows.len());
        let library = sums_of(app, owner, rows).await.unwrap();
        for told in listed.iter().chain(&library) {
            self.compare_post(told);
        }
    }

    /// The list of campaigns for files, and that for the page, which is asked for otherwise.
    async fn compare_campaigns(&mut self) {
        let (app, owner) = (&self.t.app, &self.scene.owner);
        let listed = list_campaigns(app, owner).await.unwrap();
        let beside = compare_campaigns(app, owner).await.unwrap();
        assert_eq!((listed.len(), beside.len()), (1, 1));
        let posts = self.scene.of_campaign();
        let part = self.all.only(|fact| posts.contains(&fact.post));
        for told in listed {
            let is_told = told.is_group && part.is_plain();
            same(&told.sums, &part, is_told, "the list of campaigns");
            self.compared.campaigns += usize::from(is_told && part.shares() > 0);
        }
        for told in beside {
            let what = "campaigns beside each other";
            assert_eq!(told.sums.clicks(), part.clicks(), "{what}: clicks");
            if told.is_group && part.is_plain() {
                assert_eq!(told.sums.shares(), part.shares(), "{what}: shares");
                self.compared.campaigns_beside += usize::from(part.shares() > 0);
            }
        }
    }

    /// The month that runs where the organization is now, and the one before.
    async fn compare_home(&mut self) {
        let (app, owner) = (&self.t.app, &self.scene.owner);
        let (running, before) = two_months(app, owner).await.unwrap();
        let today = app.now().with_timezone(&self.scene.zone).date_naive();
        let first = today.with_day(1).unwrap();
        for (told, day) in [(running, first), (before, first - Days::new(1))] {
            let name = day.format("%Y-%m").to_string();
            let what = format!("{name} on Home");
            assert_eq!(Some(told.month), Span::named(&name), "{what}");
            let part = self.all.only(|fact| is_in(&name, fact.day));
            let is_told = told.is_group && part.is_plain();
            same(&told.sums, &part, is_told, &what);
            if !part.sharers().is_empty() {
                assert!(told.is_group, "{what}: there are enough");
            }
            self.compared.months += usize::from(is_told && part.shares() > 0);
        }
    }

    fn compare_post(&mut self, told: &PostSums) {
        let part = self.all.only(|fact| fact.post == told.post);
        let is_told = told.is_group && part.is_plain();
        let what = format!("post {}", told.post);
        same(&told.sums, &part, is_told, &what);
        self.compared.posts += usize::from(is_told && part.shares() > 0);
    }

    async fn compare_teams(&mut self) {
        let [sales, north] = self.scene.teams;
        let months = SPANS
            .iter()
            .filter(|name| name.len() == 7 && !name.contains('Q'));
        for name in months {
            let month = Span::named(name).unwrap();
            let told = teams(&self.t.app, &self.scene.owner, month).await.unwrap();
            for team in told.teams {
                let Some(told) = team.told else {
                    continue;
                };
                let whole = if team.team == sales {
                    vec![Some(sales), Some(north)]
                } else {
                    vec![Some(team.team)]
                };
                let part = self
                    .all
                    .only(|fact| whole.contains(&fact.team) && is_in(name, fact.day));
                let what = format!("{} in {name}", team.name);
                same(&told.sums, &part, true, &what);
                self.compared.teams += usize::from(part.shares() > 0);
                if let Some(told) = told.by_network {
                    self.compare_networks(&told, &part, &what);
                }
            }
        }
    }

    /// What a team did by network in a month, and what that is worth.
    fn compare_networks(&mut self, told: &TeamNetworks, part: &Part, what: &str) {
        let is_named = |network| told.named.iter().any(|(one, _)| *one == network);
        for (network, sums) in &told.named {
            let on = part.only(|fact| fact.network == *network);
            same_of_group(sums, &on, &format!("{what} on {network:?}"));
            self.compared.networks += usize::from(on.shares() > 0);
        }
        let others = told.others.clone().unwrap_or_default();
        let on_others = part.only(|fact| !is_named(fact.network));
        same_of_group(&others, &on_others, &format!("{what} on others"));
        let named = part.only(|fact| is_named(fact.network));
        let value = named.value(&self.scene.rates);
        self.compare_worth(&told.worth, &value, true, what);
    }

    async fn compare_health(&mut self) {
        let told = health(&self.t.app, &self.scene.owner).await.unwrap();
        let members = all::<member::Entity>(self.t).await.len();
        let members = u64::try_from(members).unwrap();
        assert_eq!((told.invited, told.joined), (members, members));
        assert_eq!(told.connected, 0);
        let active = active(self.t).await;
        assert!(active.len() >= GROUP);
        let active = u64::try_from(active.len()).unwrap();
        assert_eq!(told.active, Some(active));
        let percent = i64::try_from(active * 100 / members).unwrap();
        assert_eq!(told.adoption, Some(percent));
        let today = self
            .t
            .app
            .now()
            .with_timezone(&self.scene.zone)
            .date_naive();
        let since_monday = u64::from(today.weekday().num_days_from_monday());
        let monday = today - Days::new(since_monday);
        assert_eq!(told.weeks.len(), 8);
        for (back, (week, shares)) in told.weeks.into_iter().rev().enumerate() {
            let before = Days::new(7 * u64::try_from(back).unwrap());
            let last = monday - Days::new(1) - before;
            assert_eq!((week.from, week.until), (last - Days::new(6), last));
            let Some(shares) = shares else { continue };
            let within = self.all.only(|fact| (week.from..=last).contains(&fact.day));
            assert_eq!(shares, within.shares(), "{week:?}");
            self.compared.weeks += usize::from(shares > 0);
        }
    }
}

/// Asks for the page of each post, where hits need not be summed up yet, but shares are told by the
/// sums; how often they were compared.
pub async fn compare_pages_of_posts(t: &TestApp, scene: &Scene, is_summed: bool) -> usize {
    let facts = facts(t, &scene.noted).await;
    let mut compared = 0;
    for post in &scene.posts {
        let told = figures::of_post(&t.app, &scene.owner, post.id).await;
        let told = told.unwrap();
        let part = Part::of(&facts, |fact| fact.post == post.id);
        let what = format!("page of {}", post.id);
        let is_told = told.potential_reach.is_some();
        let untold = if is_told { 0 } else { part.own_hits() };
        assert_eq!(told.hits, part.hits() - untold, "{what}");
        assert_eq!(told.human_hits, part.human_hits(), "{what}");
        assert_eq!(told.clicks, part.clicks(), "{what}");
        if is_summed && is_told && part.is_plain() {
            assert_eq!(told.potential_reach, Some(part.reach()), "{what}");
            assert_eq!(by_state(&told.shares), by_state(&part.states()), "{what}");
            compared += 1;
        }
    }
    compared
}

fn by_state(states: &[(ShareState, i64)]) -> BTreeMap<String, i64> {
    let states = states.iter();
    states
        .map(|(state, count)| (format!("{state:?}"), *count))
        .collect()
}

/// Who shared in the last thirty days.
async fn active(t: &TestApp) -> BTreeSet<MemberId> {
    let since = t.app.now() - TimeDelta::days(30);
    let rows = all::<share::Entity>(t).await.into_iter();
    let shared = rows.filter(|share| {
        let at = share.confirmed_at.or(share.proven_at);
        let counts = [
            ShareState::Confirmed,
            ShareState::Proven,
            ShareState::Published,
        ];
        counts.contains(&share.state) && at.is_some_and(|at| at >= since)
    });
    shared.map(|share| share.member_id).collect()
}

/// Compares sums with what happened; what members did only where it is told.
fn same(sums: &Sums, part: &Part, is_told: bool, what: &str) {
    let reasons = REASONS.map(|reason| sums.reason(reason));
    let mut hits = vec![sums.hits()];
    hits.extend(reasons);
    hits.extend([
        sums.repeats(),
        sums.capped(),
        sums.clicks(),
        sums.visitor_days(),
    ]);
    let mut expected = part.of_hits();
    if is_told {
        let mut members = vec![sums.shares()];
        members.extend(STATES.map(|state| sums.state(state)));
        members.push(sums.reach());
        assert_eq!(members, part.of_members(), "{what}: shares and reach");
    } else {
        // That members came to their own links is told of a group alone, and counts in all hits.
        for at in [0, 7, 8] {
            hits[at] = 0;
            expected[at] = 0;
        }
    }
    assert_eq!(hits, expected, "{what}: hits and clicks");
}

/// Compares what is told of teams by network: shares that count alone.
fn same_of_group(sums: &Sums, part: &Part, what: &str) {
    let told = (sums.shares(), sums.reach(), sums.hits());
    assert_eq!(told, (part.shares(), part.reach(), part.hits()), "{what}");
    let told = (sums.human_hits(), sums.clicks(), sums.visitor_days());
    let expected = (part.human_hits(), part.clicks(), part.visits());
    assert_eq!(told, expected, "{what}");
}

fn by_currency(amounts: &[Money]) -> BTreeMap<String, i64> {
    let amounts = amounts.iter().filter(|money| money.minor != 0);
    amounts
        .map(|money| (money.currency.clone(), money.minor))
        .collect()
}
