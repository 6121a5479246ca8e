//! Which teams' figures may be shown: those of five active members and more, and none from which
//! those of fewer could be told by taking shown figures from each other.
//!
//! A team's figures are those of its own people and of all teams below it. Where the figures of
//! a team and of all but some of its parts are shown, the rest tells those parts together: so the
//! parts that are not shown must have five active members together as well. Where they have
//! fewer, the smallest part that could be shown is kept back with them. Below a team that is not
//! shown, nothing is.

use std::collections::{BTreeMap, BTreeSet};

use entity::ids::{MemberId, TeamId};
use uuid::Uuid;

/// Active members below which a figure could be one person's.
pub const GROUP: usize = 5;

/// Stands for who belongs to no team.
pub const NO_TEAM: TeamId = TeamId(Uuid::nil());

/// An organization's teams, as far as their figures are concerned.
#[derive(Clone, Debug, Default)]
pub struct Teams {
    /// The teams below each; below none, those that have none above them.
    below: BTreeMap<Option<TeamId>, Vec<TeamId>>,
    /// Who was active, by the team that they belonged to themselves.
    active: BTreeMap<TeamId, BTreeSet<MemberId>>,
    /// Teams without people and figures of their own, of which nothing could be told.
    vacant: BTreeSet<TeamId>,
}

/// A part of a team: a team below it with all of its own, or the people of none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Below(TeamId),
    Own(TeamId),
}

impl Teams {
    /// Teams, each with the one above it; who was active, by their own team; and the teams without
    /// people and figures of their own.
    pub fn new(
        parents: &BTreeMap<TeamId, Option<TeamId>>,
        active: BTreeMap<TeamId, BTreeSet<MemberId>>,
        vacant: BTreeSet<TeamId>,
    ) -> Self {
        let mut below: BTreeMap<Option<TeamId>, Vec<TeamId>> = BTreeMap::new();
        for (team, above) in parents {
            let above = above.filter(|above| above != team && parents.contains_key(above));
            below.entry(above).or_default().push(*team);
        }
        Self {
            below,
            active,
            vacant,
        }
    }

    /// The teams below a team, or those above which there is none.
    pub fn below(&self, team: Option<TeamId>) -> &[TeamId] {
        self.below.get(&team).map_or(&[], Vec::as_slice)
    }

    /// A team and all below it. A tree that bites its own tail is walked once.
    pub fn whole(&self, team: TeamId) -> BTreeSet<TeamId> {
        let mut all = BTreeSet::new();
        let mut open = vec![team];
        while let Some(next) = open.pop() {
            if all.insert(next) {
                open.extend(self.below(Some(next)).iter().copied());
            }
        }
        all
    }

    /// Who was active in a team and below it.
    pub fn active_in(&self, team: TeamId) -> BTreeSet<MemberId> {
        self.active_of(self.whole(team))
    }

    fn active_of(&self, teams: impl IntoIterator<Item = TeamId>) -> BTreeSet<MemberId> {
        let sets = teams.into_iter().filter_map(|team| self.active.get(&team));
        sets.flatten().copied().collect()
    }

    fn active_of_part(&self, part: Part) -> BTreeSet<MemberId> {
        match part {
            Part::Below(team) => self.active_in(team),
            Part::Own(team) => self.active_of([team]),
        }
    }

    fn is_vacant(&self, part: Part) -> bool {
        match part {
            Part::Below(team) => self
                .whole(team)
                .iter()
                .all(|team| self.vacant.contains(team)),
            Part::Own(team) => self.vacant.contains(&team),
        }
    }

    /// The teams whose figures may be shown, beside those of the whole organization.
    pub fn shown(&self) -> BTreeSet<TeamId> {
        let mut shown = BTreeSet::new();
        let mut open = vec![None];
        while let Some(above) = open.pop() {
            for team in self.shown_below(above) {
                if shown.insert(team) {
                    open.push(Some(team));
                }
            }
        }
        shown
    }

    /// Those of the teams below a team that is shown which may be shown, too.
    fn shown_below(&self, above: Option<TeamId>) -> Vec<TeamId> {
        let own = Part::Own(above.unwrap_or(NO_TEAM));
        let below = self.below(above).iter().copied().map(Part::Below);
        let parts: Vec<Part> = below
            .chain([own])
            .filter(|part| !self.is_vacant(*part))
            .collect();
        let active: BTreeMap<Part, BTreeSet<MemberId>> = parts
            .iter()
            .map(|part| (*part, self.active_of_part(*part)))
            .collect();
        let size = |part: &Part| active.get(part).map_or(0, BTreeSet::len);
        let is_large = |part: &Part| matches!(part, Part::Below(_)) && size(part) >= GROUP;
        let (mut shown, mut kept): (Vec<Part>, Vec<Part>) =
            parts.iter().copied().partition(is_large);
        // The smallest comes last, and is kept back first.
        shown.sort_unstable_by_key(|part| std::cmp::Reverse((size(part), *part)));
        while !kept.is_empty() && together(&active, &kept) < GROUP {
            let Some(next) = shown.pop() else { break };
            kept.push(next);
        }
        shown
            .into_iter()
            .filter_map(|part| match part {
                Part::Below(team) => Some(team),
                Part::Own(_) => None,
            })
            .collect()
    }
}

fn together(active: &BTreeMap<Part, BTreeSet<MemberId>>, parts: &[Part]) -> usize {
    let members: BTreeSet<&MemberId> = parts
        .iter()
        .filter_map(|part| active.get(part))
        .flatten()
        .collect();
    members.len()
}

#[cfg(test)]
mod tests;
