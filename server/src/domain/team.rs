//! The tree of teams: its order for people to read, what lies below a team, and which moves
//! would bend it into a circle.

use std::collections::HashSet;

use entity::ids::TeamId;
use entity::team;

/// Teams of an organization, at most: a tree that people can still read.
pub const MOST: usize = 1_000;

/// A team and how many teams are above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The team.
    pub team: team::Model,
    /// How many are above it.
    pub depth: usize,
}

/// The teams in the order of their tree: each before those below it, beside each other in the
/// order in which they are given. What hangs on nothing, or in a circle, stands at the root.
pub fn tree(teams: &[team::Model]) -> Vec<Branch> {
    let mut placed = HashSet::new();
    let mut order = Vec::with_capacity(teams.len());
    let known: HashSet<TeamId> = teams.iter().map(|team| team.id).collect();
    let is_root = |team: &&team::Model| team.parent_id.is_none_or(|above| !known.contains(&above));
    for root in teams.iter().filter(is_root) {
        climb(teams, root, &mut placed, &mut order);
    }
    for left in teams {
        if !placed.contains(&left.id) {
            climb(teams, left, &mut placed, &mut order);
        }
    }
    order
}

/// Places a team and what is below it, without recursion: a tree may be deep.
fn climb(
    teams: &[team::Model],
    root: &team::Model,
    placed: &mut HashSet<TeamId>,
    order: &mut Vec<Branch>,
) {
    let mut next = vec![(root, 0)];
    while let Some((team, depth)) = next.pop() {
        if !placed.insert(team.id) {
            continue;
        }
        order.push(Branch {
            team: team.clone(),
            depth,
        });
        let below = teams.iter().filter(|one| one.parent_id == Some(team.id));
        // The last that is pushed comes first.
        next.extend(below.rev().map(|one| (one, depth + 1)));
    }
}

/// A team and all that are below it.
pub fn with_below(teams: &[team::Model], root: TeamId) -> Vec<TeamId> {
    let mut found = vec![root];
    let mut at = 0;
    while let Some(above) = found.get(at).copied() {
        let below = teams.iter().filter(|one| one.parent_id == Some(above));
        for one in below {
            if !found.contains(&one.id) {
                found.push(one.id);
            }
        }
        at += 1;
    }
    found
}

/// Whether a team would be above itself if it hung on `parent`.
pub fn would_circle(teams: &[team::Model], id: TeamId, parent: TeamId) -> bool {
    with_below(teams, id).contains(&parent)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::OrganizationId;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> TeamId {
        TeamId(Uuid::from_u128(number))
    }

    fn team(number: u128, above: Option<u128>) -> team::Model {
        team::Model {
            id: id(number),
            organization_id: OrganizationId(Uuid::nil()),
            parent_id: above.map(id),
            name: format!("Team {number}"),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_tree_is_read_from_its_root_down_each_team_before_those_below() {
        let teams = [
            team(1, None),
            team(2, Some(3)),
            team(3, None),
            team(4, Some(1)),
            team(5, Some(4)),
            team(6, Some(1)),
        ];
        let read: Vec<_> = tree(&teams)
            .into_iter()
            .map(|one| (one.team.id, one.depth))
            .collect();
        let expected = [(1, 0), (4, 1), (5, 2), (6, 1), (3, 0), (2, 1)];
        assert_eq!(read, expected.map(|(team, depth)| (id(team), depth)));
    }

    #[test]
    fn a_team_cannot_hang_on_itself_or_on_what_is_below_it() {
        let teams = [
            team(1, None),
            team(2, Some(1)),
            team(3, Some(2)),
            team(4, None),
        ];
        for (moved, onto, circles) in [
            (1, 1, true),
            (1, 2, true),
            (1, 3, true),
            (3, 1, false),
            (2, 4, false),
            (4, 3, false),
        ] {
            assert_eq!(
                would_circle(&teams, id(moved), id(onto)),
                circles,
                "{moved} on {onto}"
            );
        }
    }

    proptest! {
        #[test]
        fn each_team_is_read_once_whatever_hangs_on_what(above in prop::collection::vec(prop::option::of(0..12_u128), 12)) {
            let teams: Vec<_> = (0..12).zip(&above).map(|(number, above)| team(number, *above)).collect();
            let mut read: Vec<_> = tree(&teams).into_iter().map(|one| one.team.id).collect();
            read.sort_unstable();
            prop_assert_eq!(read, (0..12).map(id).collect::<Vec<_>>());
        }

        #[test]
        fn moves_that_are_allowed_never_make_a_circle(moves in prop::collection::vec((0..8_usize, 0..8_u128), 0..40)) {
            let mut teams: Vec<_> = (0..8).map(|number| team(number, None)).collect();
            for (moved, onto) in moves {
                if !would_circle(&teams, teams[moved].id, id(onto)) {
                    teams[moved].parent_id = Some(id(onto));
                }
            }
            for team in &teams {
                let mut above = team.parent_id;
                for _ in 0..8 {
                    above = above.and_then(|one| teams.iter().find(|team| team.id == one)?.parent_id);
                }
                prop_assert_eq!(above, None);
            }
        }
    }
}
