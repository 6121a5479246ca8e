//! Tests of what may be shown of teams: by cases, and by trying every difference of what is shown.

use proptest::prelude::*;

use super::*;

fn team(number: u128) -> TeamId {
    TeamId(Uuid::from_u128(number))
}

/// Teams with the number of the one above (0 for none) and how many of their own are active.
fn teams_with(rows: &[(u128, u128, usize)], vacant: BTreeSet<TeamId>) -> Teams {
    let (mut parents, mut everybody) = (BTreeMap::new(), BTreeMap::new());
    for (id, above, active) in rows {
        if *id != 0 {
            parents.insert(team(*id), (*above != 0).then(|| team(*above)));
        }
        let members = (0..*active).map(|n| MemberId(Uuid::from_u128(id * 1_000 + n as u128 + 1)));
        everybody.insert(team(*id), members.collect());
    }
    Teams::new(&parents, everybody, vacant)
}

fn teams(rows: &[(u128, u128, usize)]) -> Teams {
    teams_with(rows, BTreeSet::new())
}

fn shown(rows: &[(u128, u128, usize)]) -> Vec<u128> {
    let shown = teams(rows).shown();
    shown.into_iter().map(|team| team.0.as_u128()).collect()
}

#[test]
fn a_team_with_fewer_than_five_active_members_is_not_shown() {
    assert_eq!(shown(&[(0, 0, 9), (1, 0, 4), (2, 0, 5)]), [2]);
}

#[test]
fn a_sibling_is_kept_back_where_the_rest_would_tell_of_a_small_one() {
    // All but team 1 would tell team 1: the smaller one of the others goes with it.
    assert_eq!(shown(&[(0, 0, 0), (1, 0, 2), (2, 0, 6), (3, 0, 9)]), [3]);
    // Two small ones that are five together tell nothing of either.
    assert_eq!(
        shown(&[(0, 0, 0), (1, 0, 2), (2, 0, 3), (3, 0, 6), (4, 0, 9)]),
        [3, 4]
    );
}

#[test]
fn who_belongs_to_no_team_is_protected_like_a_team() {
    assert_eq!(shown(&[(0, 0, 1), (1, 0, 5), (2, 0, 6)]), [2]);
    assert_eq!(shown(&[(0, 0, 5), (1, 0, 5), (2, 0, 6)]), [1, 2]);
}

#[test]
fn that_nobody_was_active_is_not_told_either() {
    assert_eq!(shown(&[(0, 0, 9), (1, 0, 0), (2, 0, 6)]), [2]);
    assert_eq!(shown(&[(0, 0, 0), (1, 0, 0), (2, 0, 6), (3, 0, 7)]), [3]);
}

#[test]
fn a_team_that_holds_nobody_hides_nobody() {
    let rows = [(0, 0, 0), (1, 0, 0), (2, 0, 6), (3, 0, 7)];
    let teams = teams_with(&rows, [team(0), team(1)].into());
    let shown: Vec<_> = teams.shown().into_iter().collect();
    assert_eq!(shown, [team(2), team(3)]);
}

#[test]
fn teams_that_hold_more_than_the_organization_are_never_shown_all_together() {
    let rows = [(0, 0, 0), (1, 0, 5), (2, 0, 6), (21, 2, 6)];
    let vacant = || [team(0)].into();
    let all = teams_with(&rows, vacant()).shown();
    assert_eq!(all, [team(1), team(2), team(21)].into());
    let kept = teams_with(&rows, vacant()).holding_more().shown();
    assert_eq!(kept, [team(2), team(21)].into());
    // Who is kept back anyway is enough, where they are five.
    let rows = [(0, 0, 5), (1, 0, 5), (2, 0, 6)];
    let kept = teams(&rows).holding_more().shown();
    assert_eq!(kept, [team(1), team(2)].into());
}

#[test]
fn the_parts_of_a_team_tell_nothing_of_its_other_parts() {
    let rows = [
        (0, 0, 7),
        (1, 0, 2),
        (2, 0, 9),
        (11, 1, 6),
        (12, 1, 7),
        (21, 2, 8),
    ];
    // Of team 1 (15 active), its own two would be what 11 and 12 leave: 11 goes with them.
    assert_eq!(shown(&rows), [1, 2, 12, 21]);
}

#[test]
fn nothing_is_shown_below_a_team_that_is_not() {
    let rows = [(0, 0, 0), (1, 0, 3), (2, 0, 1), (21, 2, 6), (3, 0, 20)];
    // Team 2 is kept back with team 1, and with it team 21, which is large by itself.
    assert_eq!(shown(&rows), [3]);
}

#[test]
fn a_tree_that_bites_its_tail_ends() {
    let teams = teams(&[(1, 2, 6), (2, 1, 6), (3, 3, 6)]);
    assert_eq!(teams.whole(team(1)).len(), 2);
    teams.shown();
}

/// A random forest: each team lies below one of a smaller number, or below none.
fn forest() -> impl Strategy<Value = Vec<(u128, u128, usize)>> {
    proptest::collection::vec((any::<prop::sample::Index>(), 0usize..9), 1..9).prop_map(|drawn| {
        let rows = drawn.iter().enumerate().map(|(at, (above, active))| {
            let above = above.index(at + 1) as u128;
            (at as u128 + 1, above, *active)
        });
        std::iter::once((0, 0, drawn.len() % 4))
            .chain(rows)
            .collect()
    })
}

proptest! {
    /// The figures that are shown are sums over sets of teams. Whatever is added and taken away,
    /// the smallest sets that can be told apart are those into which the shown ones cut the
    /// whole; each of them has five active members, or is nobody.
    #[test]
    fn no_difference_of_shown_figures_tells_of_fewer_than_five(rows in forest()) {
        let teams = teams(&rows);
        let shown = teams.shown();
        let everything: BTreeSet<TeamId> = rows.iter().map(|(id, ..)| team(*id)).collect();
        let mut cut: BTreeMap<Vec<bool>, BTreeSet<TeamId>> = BTreeMap::new();
        for one in &everything {
            let within = shown.iter().map(|group| teams.whole(*group).contains(one));
            cut.entry(within.collect()).or_default().insert(*one);
        }
        if shown.is_empty() {
            return Ok(());
        }
        for piece in cut.values() {
            let active = teams.active_of(piece.iter().copied());
            prop_assert!(active.len() >= GROUP, "{piece:?} of {shown:?}");
        }
    }
}
