//! Which teams' figures somebody may see: whoever reads all figures those of every team, and
//! whoever reads those of teams only those of their own and of the teams below it, by the tree as
//! it is today. It takes rows away and changes none, so that of a team nobody is told more or less
//! than others are.

use std::collections::BTreeMap;

use entity::enums::Permission;
use entity::ids::TeamId;
use entity::team;

use super::{TeamReport, TeamSums};
use crate::domain::team::{Branch, tree};
use crate::service::actor::Actor;

/// The teams whose figures an actor may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All of them.
    Everything,
    /// The actor's own and those below it, in the order of the tree, as if it were the root; none
    /// where they belong to no team.
    Own(Vec<Branch>),
}

impl Scope {
    /// That of an actor.
    pub(super) fn of(actor: &Actor, all: &[team::Model]) -> Self {
        if actor.require(Permission::ReadFigures).is_ok() {
            Self::Everything
        } else {
            Self::Own(subtree(all, actor.member.team_id))
        }
    }

    /// Whether a team is among them.
    pub(super) fn holds(&self, team: TeamId) -> bool {
        match self {
            Self::Everything => true,
            Self::Own(branches) => branches.iter().any(|branch| branch.team.id == team),
        }
    }

    /// What is told of them. A team that is younger than the month is kept back in it.
    pub(super) fn narrow(&self, report: TeamReport) -> TeamReport {
        let Self::Own(branches) = self else {
            return report;
        };
        let told = report.teams.into_iter().map(|team| (team.team, team.told));
        let mut told: BTreeMap<_, _> = told.collect();
        let teams = branches.iter().map(|branch| TeamSums {
            team: branch.team.id,
            name: branch.team.name.clone(),
            depth: branch.depth,
            told: told.remove(&branch.team.id).flatten(),
        });
        TeamReport {
            month: report.month,
            teams: teams.collect(),
        }
    }
}

/// A team and those below it, each with how many of them are above it.
fn subtree(all: &[team::Model], root: Option<TeamId>) -> Vec<Branch> {
    let mut branches = tree(all)
        .into_iter()
        .skip_while(|branch| Some(branch.team.id) != root);
    let Some(top) = branches.next() else {
        return Vec::new();
    };
    let above = top.depth;
    let below = branches.take_while(|branch| branch.depth > above);
    let branches = std::iter::once(top).chain(below).map(|branch| Branch {
        depth: branch.depth - above,
        ..branch
    });
    branches.collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::OrganizationId;
    use uuid::Uuid;

    use super::*;
    use crate::domain::span::Span;

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

    fn house() -> Vec<team::Model> {
        vec![
            team(1, None),
            team(2, Some(1)),
            team(3, Some(2)),
            team(4, Some(2)),
            team(5, Some(1)),
            team(6, None),
        ]
    }

    fn read(root: Option<u128>) -> Vec<(TeamId, usize)> {
        let branches = subtree(&house(), root.map(id)).into_iter();
        branches
            .map(|branch| (branch.team.id, branch.depth))
            .collect()
    }

    #[test]
    fn a_team_and_those_below_it_are_counted_from_it() {
        assert_eq!(read(Some(2)), [(id(2), 0), (id(3), 1), (id(4), 1)]);
        assert_eq!(read(Some(6)), [(id(6), 0)]);
        assert!(read(None).is_empty());
        assert!(read(Some(9)).is_empty(), "a team that is gone");
    }

    #[test]
    fn others_are_told_nothing_of_and_one_that_is_new_is_kept_back() {
        let of = |number: u128| TeamSums {
            team: id(number),
            name: format!("Team {number}"),
            depth: 2,
            told: None,
        };
        let report = TeamReport {
            month: Span::named("2026-11").unwrap(),
            teams: vec![of(1), of(2), of(3), of(5)],
        };
        let own = Scope::Own(subtree(&house(), Some(id(2))));
        let told = own.narrow(report.clone()).teams.into_iter();
        let told: Vec<_> = told.map(|team| (team.team, team.depth)).collect();
        assert_eq!(told, [(id(2), 0), (id(3), 1), (id(4), 1)]);
        assert!(own.holds(id(4)) && !own.holds(id(1)) && !own.holds(id(6)));
        assert_eq!(Scope::Everything.narrow(report.clone()), report);
        assert!(Scope::Everything.holds(id(6)));
    }
}
