//! Tests of what may be told of months, and of every difference of what is told.

use entity::ids::{MemberId, TeamId};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::groups::{NO_TEAM, Teams};

fn months(active: &[(&str, usize)], is_group_now: bool) -> Months {
    Months {
        active: active
            .iter()
            .map(|(month, count)| (format!("{month}-01"), *count))
            .collect(),
        running: "2026-11-01".to_owned(),
        is_group_now,
    }
}

#[test]
fn every_month_of_a_span_with_anybody_needs_a_group() {
    let is_group = |active: &[(&str, usize)], first: &str, last: &str| {
        months(active, true).is_group(first, last)
    };
    let many = [("2026-08", 5), ("2026-10", 9)];
    assert!(is_group(&many, "2026-07-01", "2026-10-31"));
    assert!(is_group(&many, "2026-08-15", "2026-08-16"));
    assert!(is_group(&many, "2026-10-01", "2026-12-31"));
    assert!(!is_group(&many, "2026-09-01", "2026-09-30"), "nobody");
    assert!(!is_group(&many, "2026-12-01", "2026-12-31"), "ahead");
    assert!(!is_group(&many, "2026-10-31", "2026-08-01"), "backwards");
    let few = [("2026-08", 5), ("2026-09", 4), ("2026-10", 9)];
    assert!(!is_group(&few, "2026-07-01", "2026-10-31"));
    assert!(is_group(&few, "2026-10-01", "2026-10-31"));
}

#[test]
fn days_before_anybody_shared_are_told_and_those_of_few_are_not() {
    let active = [("2026-09", 4), ("2026-10", 9)];
    let now = months(&active, true);
    assert!(now.is_group_till_now("2026-08-03", "2026-08-09"));
    assert!(!now.is_group_till_now("2026-08-31", "2026-09-06"));
    assert!(now.is_group_till_now("2026-10-26", "2026-11-01"));
    let later = months(&active, false);
    assert!(!later.is_group_till_now("2026-10-05", "2026-10-11"));
    let first = months(&[("2026-10", 9), ("2026-11", 1)], true);
    assert!(!first.is_group_till_now("2026-10-26", "2026-11-01"));
}

#[test]
fn the_month_that_runs_is_judged_by_who_shared_in_it_and_left_out_of_longer_spans() {
    let october = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap();
    for (active, expected) in [
        (vec![], Extent::Nothing),
        (vec![("2026-11", 1)], Extent::Nothing),
        (vec![("2026-11", 5)], Extent::Whole),
        (vec![("2026-10", 9)], Extent::Whole),
        (vec![("2026-10", 9), ("2026-11", 1)], Extent::Until(october)),
        (vec![("2026-10", 9), ("2026-11", 5)], Extent::Whole),
        (vec![("2026-10", 2), ("2026-11", 9)], Extent::Nothing),
        (vec![("2026-10", 2), ("2026-11", 1)], Extent::Nothing),
    ] {
        // Whether thirty days had a group does not matter: they are mostly those of October.
        for is_group_now in [false, true] {
            let months = months(&active, is_group_now);
            assert_eq!(months.extent_since("2026-10-05"), expected, "{active:?}");
        }
    }
}

#[test]
fn of_a_post_for_some_whole_months_in_which_five_shared_it_are_told() {
    let sharers = [
        ("2026-08-01", 5),
        ("2026-09-01", 4),
        ("2026-10-01", 9),
        ("2026-11-01", 9),
    ];
    let sharers = sharers.map(|(month, count)| (month.to_owned(), count));
    let told = groups::told_months(&sharers.into(), "2026-11-01");
    let told: Vec<String> = told.into_iter().collect();
    assert_eq!(told, ["2026-08-01", "2026-10-01"]);
}

/// Posts: the first two are for everybody, the others for some.
const POSTS: usize = 4;
const OPEN: usize = 2;
/// Teams of the tree: 1 and 2 at the top, 3 and 4 below 1; 0 stands for none.
const ABOVE: [usize; 5] = [0, 0, 0, 1, 1];
/// Months: the last one runs.
const MONTHS: [&str; 4] = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"];
const RUNNING: usize = 3;

/// That a member shared a post in a month, out of the team that was theirs then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    member: u128,
    team: usize,
    post: usize,
    month: usize,
}

fn team(number: usize) -> TeamId {
    TeamId(Uuid::from_u128(number as u128))
}

fn id(post: usize) -> PostId {
    PostId(Uuid::from_u128(post as u128))
}

fn sharers<'s>(shares: impl IntoIterator<Item = &'s Shared>) -> usize {
    let members = shares.into_iter().map(|share| share.member);
    members.collect::<BTreeSet<u128>>().len()
}

fn by_month<'s>(shares: impl IntoIterator<Item = &'s Shared>) -> BTreeMap<String, usize> {
    let mut members: BTreeMap<String, BTreeSet<u128>> = BTreeMap::new();
    for share in shares {
        let month = MONTHS[share.month].to_owned();
        members.entry(month).or_default().insert(share.member);
    }
    let counted = members.into_iter();
    counted.map(|(month, all)| (month, all.len())).collect()
}

/// What a month tells: of each post for some people, and of each team with those below it.
struct Told {
    posts: BTreeSet<usize>,
    teams: BTreeSet<TeamId>,
    /// Whether everybody of the month stands below a team that is shown.
    is_all_of_teams: bool,
    tree: Teams,
}

fn told(shares: &BTreeSet<Shared>, month: usize) -> Told {
    let posts = (OPEN..POSTS).filter(|post| {
        let of_post = by_month(shares.iter().filter(|share| share.post == *post));
        groups::told_months(&of_post, MONTHS[RUNNING]).contains(MONTHS[month])
    });
    let within = || shares.iter().filter(move |share| share.month == month);
    let mut active: BTreeMap<TeamId, BTreeSet<MemberId>> = BTreeMap::new();
    for share in within() {
        let member = MemberId(Uuid::from_u128(share.member));
        active.entry(team(share.team)).or_default().insert(member);
    }
    let parents = (1..ABOVE.len()).map(|one| {
        let above = ABOVE[one];
        (team(one), (above != 0).then(|| team(above)))
    });
    let all = (0..ABOVE.len()).map(team);
    let vacant = all.filter(|one| !active.contains_key(one)).collect();
    let tree = Teams::new(&parents.collect(), active.clone(), vacant);
    let tree = if within().any(|share| share.post >= OPEN) {
        tree.holding_more()
    } else {
        tree
    };
    let posts: BTreeSet<usize> = posts.collect();
    let by_team: Vec<_> = within()
        .map(|share| {
            (
                team(share.team),
                MemberId(Uuid::from_u128(share.member)),
                id(share.post),
            )
        })
        .collect();
    let teams = tree.shown_beside(&groups::Shared::new(
        &by_team,
        &(OPEN..POSTS).map(id).collect(),
    ));
    let top: BTreeSet<TeamId> = [1, 2].map(team).into();
    let below: BTreeSet<TeamId> = top
        .intersection(&teams)
        .flat_map(|one| tree.whole(*one))
        .collect();
    Told {
        posts,
        is_all_of_teams: active.keys().all(|one| below.contains(one)),
        teams,
        tree,
    }
}

/// Members who each share some posts in some months, and change teams in between.
fn history() -> impl Strategy<Value = BTreeSet<Shared>> {
    let one = (0_u128..24, 0..ABOVE.len(), 0..POSTS, 0..MONTHS.len());
    // Whole teams that share one post in one month make what is told common.
    let many = (0_u128..12, 5_u128..12, one.clone());
    let ones = proptest::collection::vec(one, 0..30);
    let manys = proptest::collection::vec(many, 0..12);
    (ones, manys).prop_map(|(ones, manys)| {
        let shared = |(member, team, post, month)| Shared {
            member,
            team,
            post,
            month,
        };
        let manys = manys.into_iter().flat_map(|(first, count, one)| {
            (first..first + count).map(move |member| (member, one.1, one.2, one.3))
        });
        let mut all: BTreeSet<Shared> = BTreeSet::new();
        // A member shares a post once, and is in one team in a month.
        let (mut known, mut teams) = (BTreeSet::new(), BTreeMap::new());
        for one in ones.into_iter().chain(manys).map(shared) {
            if known.insert((one.member, one.post)) {
                let team = *teams.entry((one.member, one.month)).or_insert(one.team);
                all.insert(Shared { team, ..one });
            }
        }
        all
    })
}

/// Every choice of the months.
fn choices() -> impl Iterator<Item = Vec<usize>> {
    (1_u32..1 << MONTHS.len()).map(|bits| {
        let chosen = (0..MONTHS.len()).filter(|month| bits & (1 << month) != 0);
        chosen.collect()
    })
}

fn is_nobody_or_a_group(count: usize) -> bool {
    count == 0 || count >= GROUP
}

proptest! {
    /// Periods: the figures of a post for some people over any span are those of its told months,
    /// so that spans taken from each other leave whole months, each of five and more.
    #[test]
    fn no_difference_of_periods_tells_of_fewer_than_five_who_shared(shares in history()) {
        let told: Vec<Told> = (0..MONTHS.len()).map(|month| told(&shares, month)).collect();
        prop_assert!(told[RUNNING].posts.is_empty(), "the month that runs");
        for post in OPEN..POSTS {
            for chosen in choices() {
                let left = shares.iter().filter(|share| {
                    let is_told = told[share.month].posts.contains(&post);
                    share.post == post && is_told && chosen.contains(&share.month)
                });
                prop_assert!(is_nobody_or_a_group(sharers(left)), "{post} in {chosen:?}");
            }
        }
        // What all did together stands on five who were active, in any months less any others.
        // It holds what posts for everybody did, and so whoever shared others counts for nothing.
        let open = || shares.iter().filter(|share| share.post < OPEN);
        let all = Months {
            active: by_month(open()),
            running: MONTHS[RUNNING].to_owned(),
            is_group_now: true,
        };
        for (first, from) in MONTHS.iter().enumerate() {
            for (last, to) in MONTHS.iter().enumerate().skip(first) {
                let last = match all.extent(from, to) {
                    Extent::Nothing => continue,
                    Extent::Until(_) => RUNNING - 1,
                    Extent::Whole => last,
                };
                for month in first..=last {
                    let left = open().filter(|share| share.month == month);
                    prop_assert!(is_nobody_or_a_group(sharers(left)), "{month}");
                }
            }
        }
    }

    /// Siblings, and a team less those below it: the shown teams cut a month into pieces, and
    /// whatever is added and taken away leaves pieces whole.
    #[test]
    fn no_difference_of_teams_tells_of_fewer_than_five_whoever_moves(shares in history()) {
        for month in 0..RUNNING {
            let told = told(&shares, month);
            if told.teams.is_empty() {
                continue;
            }
            let mut pieces: BTreeMap<Vec<bool>, Vec<&Shared>> = BTreeMap::new();
            for share in shares.iter().filter(|share| share.month == month) {
                let own = team(share.team);
                let within = told.teams.iter().map(|one| told.tree.whole(*one).contains(&own));
                pieces.entry(within.collect()).or_default().push(share);
            }
            for piece in pieces.into_values() {
                prop_assert!(is_nobody_or_a_group(sharers(piece)), "{month}");
            }
        }
    }

    /// A team less told posts that its people alone shared, also where teams below it are taken
    /// away first; and the whole organization less the shown teams, of posts for everybody.
    #[test]
    fn no_team_less_told_posts_tells_of_fewer_than_five(shares in history()) {
        for month in 0..RUNNING {
            let told = told(&shares, month);
            let within = || shares.iter().filter(move |share| share.month == month);
            for one in &told.teams {
                let whole = told.tree.whole(*one);
                let below = told.teams.iter().filter(|other| *other != one && whole.contains(other));
                let below: BTreeSet<TeamId> = below.flat_map(|other| told.tree.whole(*other)).collect();
                for without in [BTreeSet::new(), below] {
                    let is_in = |share: &&Shared| {
                        let team = team(share.team);
                        whole.contains(&team) && !without.contains(&team)
                    };
                    let alone: Vec<usize> = told.posts.iter().copied()
                        .filter(|post| within().filter(|share| share.post == *post).all(|share| is_in(&share)))
                        .collect();
                    for bits in 0_u32..1 << alone.len() {
                        let taken = |post: usize| {
                            alone.iter().position(|one| *one == post).is_some_and(|at| bits & (1 << at) != 0)
                        };
                        let left = within().filter(is_in).filter(|share| !taken(share.post));
                        prop_assert!(is_nobody_or_a_group(sharers(left)), "{month}");
                    }
                }
            }
            let shown: BTreeSet<TeamId> = told.teams.iter().flat_map(|one| told.tree.whole(*one)).collect();
            let left = within().filter(|share| share.post < OPEN && !shown.contains(&team(share.team)));
            prop_assert!(shown.is_empty() || is_nobody_or_a_group(sharers(left)), "{month}");
        }
    }

    /// The total less what is told: all teams together hold what posts for some people did, which
    /// the whole organization leaves out, and so all of them are never shown where there is such.
    #[test]
    fn no_total_less_what_is_told_tells_of_fewer_than_five(shares in history()) {
        for month in 0..RUNNING {
            let told = told(&shares, month);
            let within = || shares.iter().filter(move |share| share.month == month);
            if told.is_all_of_teams {
                let left = within().filter(|share| share.post >= OPEN);
                let left = left.filter(|share| !told.posts.contains(&share.post));
                prop_assert!(is_nobody_or_a_group(sharers(left)), "{month}");
            }
        }
    }
}

#[test]
fn months_of_teams_and_posts_are_told_at_all_so_that_the_properties_hold_something() {
    let shared = |member, team, post| Shared {
        member,
        team,
        post,
        month: 0,
    };
    let open: BTreeSet<Shared> = (0..12)
        .map(|member| shared(member, 1 + usize::from(member >= 6), 0))
        .collect();
    let all = told(&open, 0);
    assert_eq!(all.teams, [team(1), team(2)].into());
    assert!(all.is_all_of_teams && all.posts.is_empty());
    // One who shared a post for some would be what all teams hold more than the organization.
    let mut with_one = open.clone();
    with_one.insert(shared(0, 1, OPEN));
    let one = told(&with_one, 0);
    assert_eq!(one.teams.len(), 1);
    assert!(!one.is_all_of_teams && one.posts.is_empty());
    let five = (0..5).map(|member| shared(member, 1, OPEN));
    let with_five: BTreeSet<Shared> = open.into_iter().chain(five).collect();
    assert_eq!(told(&with_five, 0).posts, [OPEN].into());
    assert_eq!(team(0), NO_TEAM);
}
