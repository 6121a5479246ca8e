//! Tests of what may be told of teams by network: by cases, and by solving what is told for what is
//! not.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::{GROUP, NO_TEAM};
use super::*;

const NETWORKS: [Network; 3] = [Network::Linkedin, Network::X, Network::Email];

/// A team with the number of the one above it (0 for none), and how many of its own shared on each
/// network. The team 0 is those who belong to none.
type Row = (u128, u128, [usize; 3]);

/// A post for everybody, and one for some people.
const POSTS: [PostId; 2] = [PostId(Uuid::from_u128(1)), PostId(Uuid::from_u128(2))];

fn team(number: u128) -> TeamId {
    TeamId(Uuid::from_u128(number))
}

/// The first so many of a team share a post on a network.
fn shares(rows: &[Row], post: PostId) -> Vec<(Network, TeamId, MemberId, PostId)> {
    let mut shares = Vec::new();
    for (id, _, shared) in rows {
        for (network, count) in NETWORKS.into_iter().zip(shared) {
            let people = (0..*count).map(|n| Uuid::from_u128(id * 1_000 + n as u128 + 1));
            shares.extend(people.map(|person| (network, team(*id), MemberId(person), post)));
        }
    }
    shares
}

/// Teams of which everybody holds people, in a month in which they shared posts for everybody and
/// for some people.
fn month(rows: &[Row], for_some: &[Row]) -> (Teams, OnNetworks) {
    let mut month = OnNetworks {
        shares: shares(rows, POSTS[0]),
        for_some: [POSTS[1]].into(),
        ..OnNetworks::default()
    };
    month.shares.extend(shares(for_some, POSTS[1]));
    let (mut parents, mut active) = (BTreeMap::new(), BTreeMap::new());
    for (id, above, _) in rows.iter().filter(|(id, ..)| *id != 0) {
        parents.insert(team(*id), (*above != 0).then(|| team(*above)));
    }
    for (network, team, member, _) in &month.shares {
        let of: &mut BTreeSet<MemberId> = active.entry(*team).or_default();
        of.insert(*member);
        month.measured.insert(*network);
    }
    let teams = Teams::new(&parents, active, BTreeSet::new());
    let holds_more = month.shares.iter().any(|(.., post)| *post == POSTS[1]);
    let teams = if holds_more {
        teams.holding_more()
    } else {
        teams
    };
    (teams, month)
}

fn told(rows: &[Row]) -> (Vec<Network>, Vec<u128>) {
    let (teams, month) = month(rows, &[]);
    let shown = teams.shown_beside(&month.on_all());
    let told = teams.by_network(&shown, &month);
    let of = told.teams.into_iter().map(|team| team.0.as_u128());
    (told.named, of.collect())
}

#[test]
fn a_network_is_named_where_five_of_a_team_shared_on_it() {
    let rows = [(0, 0, [6, 5, 0]), (1, 0, [7, 5, 0])];
    assert_eq!(told(&rows), (NETWORKS[..2].to_vec(), vec![1]));
}

#[test]
fn a_team_is_told_by_network_where_five_shared_on_each() {
    let rows = [(0, 0, [6, 6, 0]), (1, 0, [7, 4, 0])];
    assert_eq!(told(&rows), (vec![], vec![]));
}

#[test]
fn networks_that_few_used_stand_together() {
    let rows = [(0, 0, [9, 5, 2]), (1, 0, [9, 4, 6])];
    let (named, of) = told(&rows);
    assert_eq!((named, of), (vec![Network::Linkedin], vec![1]));
}

#[test]
fn one_network_among_others_is_not_told_by_the_sum_of_all() {
    // Team 1 could be told on one network, and in all; the rest would be the three on the other.
    let rows = [(0, 0, [9, 9, 0]), (1, 0, [9, 3, 0]), (2, 0, [9, 9, 0])];
    assert_eq!(told(&rows), (NETWORKS[..2].to_vec(), vec![2]));
}

#[test]
fn a_team_is_kept_back_on_all_networks_where_it_hides_another_on_one() {
    let rows = [(0, 0, [9, 2, 0]), (1, 0, [9, 9, 0]), (2, 0, [8, 8, 0])];
    // Of who belongs to no team, two shared on the second: all but teams 1 and 2 would say what.
    assert_eq!(told(&rows), (NETWORKS[..2].to_vec(), vec![1]));
}

#[test]
fn that_nobody_of_a_team_shared_on_a_network_is_not_told() {
    assert_eq!(
        told(&[(0, 0, [9, 0, 0]), (1, 0, [0, 5, 0])]),
        (vec![], vec![])
    );
    // Clicks on what was shared in another month are a network, too.
    let (teams, mut month) = month(&[(0, 0, [9, 0, 0]), (1, 0, [9, 0, 0])], &[]);
    month.measured.insert(Network::X);
    let told = teams.by_network(&teams.shown(), &month);
    assert_eq!(told, ByNetwork::default());
}

#[test]
fn a_team_is_told_by_network_only_where_those_below_it_that_are_told_are_as_well() {
    let rows = [(0, 0, [6, 6, 6]), (1, 0, [6, 6, 6]), (2, 1, [9, 9, 5])];
    assert_eq!(told(&rows), (NETWORKS.to_vec(), vec![1, 2]));
    // Team 1 less what team 2 did in all would be what some did less what few did.
    let rows = [(0, 0, [6, 6, 6]), (1, 0, [6, 6, 6]), (2, 1, [9, 1, 1])];
    assert_eq!(told(&rows), (vec![], vec![]));
}

#[test]
fn what_a_post_for_some_did_on_a_network_does_not_follow_from_teams() {
    let rows = [(0, 0, [6, 6, 0]), (1, 0, [6, 6, 0])];
    // One of team 1 shared it: all teams less the organization would tell that.
    let (teams, month) = month(&rows, &[(1, 0, [1, 0, 0])]);
    let shown = teams.shown_beside(&month.on_all());
    let told = teams.by_network(&shown, &month);
    assert_eq!(
        (shown.len(), told.teams.len()),
        (1, 1),
        "who has no team hides it"
    );
    let rows = [(0, 0, [0, 0, 0]), (1, 0, [6, 6, 0])];
    for (of_team, of_none) in [(1, 5), (5, 1)] {
        let for_some = [(1, 0, [of_team, 0, 0]), (0, 0, [of_none, 0, 0])];
        let (teams, month) = self::month(&rows, &for_some);
        let shown = teams.shown_beside(&month.on_all());
        assert!(shown.is_empty(), "who has no team shared nothing else");
    }
}

#[test]
fn a_team_is_not_told_on_a_network_where_a_told_post_leaves_few_of_it() {
    let for_some = [(1, 0, [6, 6, 0])];
    // All of team 1 on the first network, less the post that is told, is what so many did.
    for (count, expected) in [(1, vec![]), (5, vec![team(1)])] {
        let rows = [(0, 0, [6, 6, 0]), (1, 0, [count, 6, 0])];
        let (teams, month) = month(&rows, &for_some);
        let shown = teams.shown_beside(&month.on_all());
        assert_eq!(shown.len(), 1, "in all, six are left");
        let told: Vec<TeamId> = teams.by_network(&shown, &month).teams.into_iter().collect();
        assert_eq!(told, expected, "{count}");
    }
}

/// A random forest: each team lies below one of a smaller number, or below none.
fn forest() -> impl Strategy<Value = Vec<Row>> {
    let shared = || [0usize..11, 0usize..9, 0usize..7];
    let row = (any::<prop::sample::Index>(), shared());
    (shared(), proptest::collection::vec(row, 1..6)).prop_map(|(own, drawn)| {
        let rows = drawn.iter().enumerate().map(|(at, (above, shared))| {
            let above = above.index(at + 1) as u128;
            (at as u128 + 1, above, *shared)
        });
        std::iter::once((0, 0, own)).chain(rows).collect()
    })
}

/// What a team by itself did of a post on a network has a place of its own in an equation.
struct Places(Vec<(TeamId, Network, PostId)>);

impl Places {
    fn of(&self, teams: &BTreeSet<TeamId>, networks: &[Network], posts: &[PostId]) -> Vec<f64> {
        let places = self.0.iter().map(|(team, network, post)| {
            let is_in = teams.contains(team) && networks.contains(network) && posts.contains(post);
            f64::from(u8::from(is_in))
        });
        places.collect()
    }
}

/// Equations that hold all that is told, each but once.
#[derive(Default)]
struct Told(Vec<Vec<f64>>);

impl Told {
    /// What is left of an equation that does not follow from others.
    fn reduced(&self, mut row: Vec<f64>) -> Vec<f64> {
        for known in &self.0 {
            let Some(at) = known.iter().position(|one| one.abs() > 1e-9) else {
                continue;
            };
            let factor = row[at] / known[at];
            row.iter_mut()
                .zip(known)
                .for_each(|(one, other)| *one -= factor * other);
        }
        row
    }

    fn add(&mut self, row: Vec<f64>) {
        let row = self.reduced(row);
        if row.iter().any(|one| one.abs() > 1e-9) {
            self.0.push(row);
        }
    }

    fn tells(&self, row: Vec<f64>) -> bool {
        self.reduced(row).iter().all(|one| one.abs() <= 1e-9)
    }
}

/// Who shared one of some posts on one of some networks and belongs to one of some teams.
fn sharers(
    month: &OnNetworks,
    (of, on, posts): (&BTreeSet<TeamId>, &[Network], &[PostId]),
) -> usize {
    let here = month.shares.iter().filter(|(network, team, _, post)| {
        of.contains(team) && on.contains(network) && posts.contains(post)
    });
    here.map(|(_, _, member, _)| *member)
        .collect::<BTreeSet<_>>()
        .len()
}

/// Every choice of some of these but none.
fn choices<T: Copy>(all: &[T]) -> Vec<Vec<T>> {
    let choices = (1..1usize << all.len()).map(|set| {
        let chosen = all.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        chosen.map(|(_, one)| *one).collect()
    });
    choices.collect()
}

proptest! {
    /// Known are each network of the whole organization without the post for some people, that post
    /// where it is told, all of each shown team, and what is told of teams by network. No team, no
    /// rest of one, and nobody's own part can be solved for on a network or on several, of one post
    /// or of both, where fewer than five shared.
    #[test]
    fn nothing_that_is_told_by_network_solves_for_fewer_than_five(
        rows in forest(),
        for_some in proptest::option::of(forest()),
    ) {
        let for_some: Vec<Row> = for_some.unwrap_or_default();
        let for_some = for_some.into_iter().filter(|(id, ..)| (*id as usize) < rows.len());
        let for_some: Vec<Row> = for_some.collect();
        let (teams, month) = month(&rows, &for_some);
        let shown = teams.shown_beside(&month.on_all());
        let by_network = teams.by_network(&shown, &month);
        if by_network.teams.is_empty() {
            return Ok(());
        }
        let everybody: BTreeSet<TeamId> = rows.iter().map(|(id, ..)| team(*id)).collect();
        let places = everybody.iter().flat_map(|team| NETWORKS.map(|network| (*team, network)));
        let places = places.flat_map(|(team, network)| POSTS.map(|post| (team, network, post)));
        let places = Places(places.collect());
        let mut known = Told::default();
        for network in NETWORKS {
            known.add(places.of(&everybody, &[network], &POSTS[..1]));
        }
        if sharers(&month, (&everybody, &NETWORKS, &POSTS[1..])) >= GROUP {
            known.add(places.of(&everybody, &NETWORKS, &POSTS[1..]));
            let on = NETWORKS.map(|network| sharers(&month, (&everybody, &[network], &POSTS[1..])));
            if on.into_iter().all(|count| count == 0 || count >= GROUP) {
                for network in NETWORKS {
                    known.add(places.of(&everybody, &[network], &POSTS[1..]));
                }
            }
        }
        for one in &shown {
            known.add(places.of(&teams.whole(*one), &NETWORKS, &POSTS));
        }
        let is_other = |network: &Network| !by_network.named.contains(network);
        let others: Vec<Network> = NETWORKS.into_iter().filter(is_other).collect();
        for one in &by_network.teams {
            let whole = teams.whole(*one);
            for network in &by_network.named {
                known.add(places.of(&whole, &[*network], &POSTS));
            }
            known.add(places.of(&whole, &others, &POSTS));
        }
        let mut asked: Vec<BTreeSet<TeamId>> = vec![[NO_TEAM].into()];
        for one in everybody.iter().filter(|one| **one != NO_TEAM) {
            asked.push([*one].into());
            let whole = teams.whole(*one);
            let below = teams.below(Some(*one)).iter();
            let below = below.filter(|below| shown.contains(below));
            let below: BTreeSet<TeamId> = below.flat_map(|one| teams.whole(*one)).collect();
            asked.push(whole.difference(&below).copied().collect());
            asked.push(whole);
        }
        // A network that nobody uses hides nothing, and nor does a post that nobody shared.
        let used = |on: &[Network], posts: &[PostId]| sharers(&month, (&everybody, on, posts)) > 0;
        let networks: Vec<Network> = NETWORKS.into_iter().filter(|one| used(&[*one], &POSTS)).collect();
        let posts: Vec<PostId> = POSTS.into_iter().filter(|one| used(&NETWORKS, &[*one])).collect();
        for of in &asked {
            for on in &choices(&networks) {
                for posts in &choices(&posts) {
                    let is_few = sharers(&month, (of, on, posts)) < GROUP;
                    let row = places.of(of, on, posts);
                    prop_assert!(
                        !(is_few && known.tells(row)),
                        "{of:?} on {on:?} of {posts:?} in {by_network:?}"
                    );
                }
            }
        }
    }
}
