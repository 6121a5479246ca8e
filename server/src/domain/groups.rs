//! Which teams' figures may be shown: those of five active members and more, and none from which
//! those of fewer could be told by taking shown figures from each other.
//!
//! A team's figures are those of its own people and of all teams below it. Where the figures of
//! a team and of all but some of its parts are shown, the rest tells those parts together: so the
//! parts that are not shown must have five active members together as well. Where they have
//! fewer, the smallest part that could be shown is kept back with them. Below a team that is not
//! shown, nothing is. Teams also count what the sums of the organization leave out, and so are
//! never shown all together where there is such. Posts for some people that are told themselves
//! can be taken from the teams of who shared them, so that what these leave has to be a group's as
//! well.

mod networks;

use std::collections::{BTreeMap, BTreeSet};

use entity::ids::{MemberId, PostId, TeamId};
use uuid::Uuid;

pub use networks::{ByNetwork, OnNetworks};

/// Active members below which a figure could be one person's.
pub const GROUP: usize = 5;

/// Stands for who belongs to no team.
pub const NO_TEAM: TeamId = TeamId(Uuid::nil());

/// The months of which a post for some people tells, of those with so many who shared it, each by
/// its first day: those that were over before the month `until`, and in which a group shared it.
/// What else it did, also by day, would be what few did whom many can name.
pub fn told_months(sharers: &BTreeMap<String, usize>, until: &str) -> BTreeSet<String> {
    let told = sharers
        .iter()
        .filter(|(month, count)| month.as_str() < until && **count >= GROUP);
    told.map(|(month, _)| month.clone()).collect()
}

/// An organization's teams, as far as their figures are concerned.
#[derive(Clone, Debug, Default)]
pub struct Teams {
    /// The teams below each; below none, those that have none above them.
    below: BTreeMap<Option<TeamId>, Vec<TeamId>>,
    /// Each with all below it.
    wholes: BTreeMap<TeamId, BTreeSet<TeamId>>,
    /// Who was active, by the team that they belonged to themselves.
    active: BTreeMap<TeamId, BTreeSet<MemberId>>,
    /// Teams without people and figures of their own, of which nothing could be told.
    vacant: BTreeSet<TeamId>,
    /// Whether the teams hold figures that the whole organization's leave out.
    hold_more: bool,
}

/// Who shared what in a month, by the team that they belonged to themselves.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Posts for everybody.
    open: BTreeMap<TeamId, BTreeSet<MemberId>>,
    /// These, and posts for some people that are not told themselves.
    rest: BTreeMap<TeamId, BTreeSet<MemberId>>,
    /// Posts for some people that are not told themselves.
    hidden: BTreeMap<TeamId, BTreeSet<MemberId>>,
    /// Posts for some people that are told, each.
    told: BTreeMap<PostId, BTreeMap<TeamId, BTreeSet<MemberId>>>,
}

impl Shared {
    /// That members, in the teams that were theirs, shared posts, of which some are for some
    /// people. These are told where a group shared them.
    pub fn new(shares: &[(TeamId, MemberId, PostId)], for_some: &BTreeSet<PostId>) -> Self {
        let mut by_post: BTreeMap<PostId, BTreeSet<MemberId>> = BTreeMap::new();
        for (_, member, post) in shares {
            by_post.entry(*post).or_default().insert(*member);
        }
        let is_told = |post: &PostId| by_post.get(post).is_some_and(|all| all.len() >= GROUP);
        let mut sets = Self::default();
        for (team, member, post) in shares {
            let is_open = !for_some.contains(post);
            if is_open {
                sets.open.entry(*team).or_default().insert(*member);
            }
            let of = if is_open || !is_told(post) {
                &mut sets.rest
            } else {
                sets.told.entry(*post).or_default()
            };
            of.entry(*team).or_default().insert(*member);
            if !is_open && !is_told(post) {
                sets.hidden.entry(*team).or_default().insert(*member);
            }
        }
        sets
    }

    /// Whether told posts, taken from what these teams did together, leave nobody or a group.
    fn leaves_groups(&self, teams: &BTreeSet<TeamId>) -> bool {
        match members_of(&self.rest, teams) {
            0 => (self.told.values()).all(|of| is_nobody_or_group(members_of(of, teams))),
            count => count >= GROUP,
        }
    }

    /// Whether what the whole organization did of posts for everybody tells nothing where these
    /// teams are told: not of the others, and where these did nothing, not what of posts for some
    /// people is in what is told, also less such posts that are told themselves.
    fn hides_what_is_told_of(&self, teams: &BTreeSet<TeamId>) -> bool {
        let others = self.open.iter().filter(|(team, _)| !teams.contains(team));
        let others: BTreeSet<&MemberId> = others.flat_map(|(_, members)| members).collect();
        if !others.is_empty() {
            return others.len() >= GROUP;
        }
        let is_safe = |of: &BTreeMap<TeamId, BTreeSet<MemberId>>| {
            let all: BTreeSet<TeamId> = of.keys().copied().collect();
            let outside = all.difference(teams).copied().collect();
            is_nobody_or_group(members_of(of, teams))
                && is_nobody_or_group(members_of(of, &outside))
        };
        is_nobody_or_group(members_of(&self.hidden, teams)) && self.told.values().all(is_safe)
    }
}

fn whole(below: &BTreeMap<Option<TeamId>, Vec<TeamId>>, team: TeamId) -> BTreeSet<TeamId> {
    let mut all = BTreeSet::new();
    let mut open = vec![team];
    while let Some(next) = open.pop() {
        // A tree that bites its own tail is walked once.
        if all.insert(next) {
            open.extend(below.get(&Some(next)).into_iter().flatten());
        }
    }
    all
}

fn members_of(by_team: &BTreeMap<TeamId, BTreeSet<MemberId>>, teams: &BTreeSet<TeamId>) -> usize {
    let sets = teams.iter().filter_map(|team| by_team.get(team));
    sets.flatten().collect::<BTreeSet<&MemberId>>().len()
}

fn is_nobody_or_group(count: usize) -> bool {
    count == 0 || count >= GROUP
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
        let wholes = parents.keys().map(|team| (*team, whole(&below, *team)));
        Self {
            wholes: wholes.collect(),
            below,
            active,
            vacant,
            hold_more: false,
        }
    }

    /// The same where they hold figures that the whole organization's leave out: all teams
    /// together less the organization would tell just these.
    pub fn holding_more(self) -> Self {
        Self {
            hold_more: true,
            ..self
        }
    }

    /// The teams below a team, or those above which there is none.
    pub fn below(&self, team: Option<TeamId>) -> &[TeamId] {
        self.below.get(&team).map_or(&[], Vec::as_slice)
    }

    /// A team and all below it.
    pub fn whole(&self, team: TeamId) -> BTreeSet<TeamId> {
        let known = self.wholes.get(&team);
        known.cloned().unwrap_or_else(|| [team].into())
    }

    fn is_within(&self, team: TeamId, whole: TeamId) -> bool {
        (self.wholes.get(&whole)).is_some_and(|whole| whole.contains(&team))
    }

    /// Who was active in a team and below it.
    pub fn active_in(&self, team: TeamId) -> BTreeSet<MemberId> {
        self.active_of(self.whole(team))
    }

    fn active_of(&self, teams: impl IntoIterator<Item = TeamId>) -> BTreeSet<MemberId> {
        let sets = teams.into_iter().filter_map(|team| self.active.get(&team));
        sets.flatten().copied().collect()
    }

    /// The teams in parts.
    fn within(&self, parts: &[Part]) -> BTreeSet<TeamId> {
        let teams = parts.iter().map(|part| match part {
            Part::Below(team) => self.whole(*team),
            Part::Own(team) => [*team].into(),
        });
        teams.flatten().collect()
    }

    fn size(&self, part: Part) -> usize {
        self.active_of(self.within(&[part])).len()
    }

    fn is_vacant(&self, part: Part) -> bool {
        let mut teams = self.within(&[part]).into_iter();
        teams.all(|team| self.vacant.contains(&team))
    }

    /// The teams whose figures may be shown, beside those of the whole organization.
    pub fn shown(&self) -> BTreeSet<TeamId> {
        self.shown_where(|_| true)
    }

    /// The same where the figures of some teams together may be shown only if more holds of them
    /// than that a group was active in them.
    fn shown_where(&self, may: impl Fn(&BTreeSet<TeamId>) -> bool) -> BTreeSet<TeamId> {
        let may = |parts: &[Part]| {
            let teams = self.within(parts);
            self.active_of(teams.iter().copied()).len() >= GROUP && may(&teams)
        };
        let mut shown = BTreeSet::new();
        let mut open = vec![None];
        while let Some(above) = open.pop() {
            for team in self.shown_below(above, &may) {
                if shown.insert(team) {
                    open.push(Some(team));
                }
            }
        }
        shown
    }

    /// The same beside the posts for some people that are told themselves: without teams of which
    /// such posts, taken away, would leave fewer than a group; nor are those that are not shown so
    /// few by what they did of posts for everybody, which is what the whole organization leaves.
    pub fn shown_beside(&self, shared: &Shared) -> BTreeSet<TeamId> {
        self.none_too_close(self.shown(), shared)
    }

    /// Those of some shown teams that may be shown beside such posts.
    fn none_too_close(&self, mut shown: BTreeSet<TeamId>, shared: &Shared) -> BTreeSet<TeamId> {
        while let Some(team) = self.too_close(&shown, shared) {
            let whole = self.whole(team);
            shown.retain(|one| !whole.contains(one));
        }
        shown
    }

    /// A shown team that has to be kept back because of what would be left of others.
    fn too_close(&self, shown: &BTreeSet<TeamId>, shared: &Shared) -> Option<TeamId> {
        let below = |team: TeamId| -> BTreeSet<TeamId> {
            let others = shown.iter().filter(|one| **one != team);
            let others = others.filter(|one| self.is_within(**one, team));
            let wholes = others.filter_map(|one| self.wholes.get(one));
            wholes.flatten().copied().collect()
        };
        let close = shown.iter().copied().find(|team| {
            let without = below(*team);
            let own = self.whole(*team).into_iter();
            let own = own.filter(|one| !without.contains(one)).collect();
            !shared.leaves_groups(&own)
        });
        if close.is_some() {
            return close;
        }
        let told: BTreeSet<TeamId> = shown.iter().flat_map(|one| self.whole(*one)).collect();
        if shared.hides_what_is_told_of(&told) {
            return None;
        }
        let top = self.below(None).iter().filter(|team| shown.contains(team));
        top.copied()
            .min_by_key(|team| (self.active_in(*team).len(), *team))
    }

    /// Those of the teams below a team that is shown which may be shown, too.
    fn shown_below(&self, above: Option<TeamId>, may: &impl Fn(&[Part]) -> bool) -> Vec<TeamId> {
        let own = Part::Own(above.unwrap_or(NO_TEAM));
        let below = self.below(above).iter().copied().map(Part::Below);
        let parts = below.chain([own]).filter(|part| !self.is_vacant(*part));
        let may_stand_alone = |part: &Part| matches!(part, Part::Below(_)) && may(&[*part]);
        let (mut shown, mut kept): (Vec<Part>, Vec<Part>) = parts.partition(may_stand_alone);
        // The smallest comes last, and is kept back first.
        shown.sort_by_cached_key(|part| std::cmp::Reverse((self.size(*part), *part)));
        let has_to_keep = above.is_none() && self.hold_more;
        while (has_to_keep || !kept.is_empty()) && !may(&kept) {
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

#[cfg(test)]
mod tests;
