//! On which networks a month may be told of teams.
//!
//! A network is told by itself or together with others, alike for all teams of a month: were each
//! team's others different ones, two of them taken from each other would tell single networks. Of
//! each of these parts, teams may be told as of everything: where five shared, and nothing follows
//! for fewer elsewhere, nor that nobody of a team shared there. A team is told by network where it
//! may be told of all parts, since what it did in all is known, and all parts but one would tell
//! that one; and where the teams below it that are told in all are told by network as well, since
//! their sums can be taken from its parts.
//!
//! What the whole organization did on one of the others, less what a team did on all of them, is
//! what one group did less what another did; it tells of neither by itself.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::Network;
use entity::ids::{MemberId, PostId, TeamId};

use super::{GROUP, Shared, Teams, members_of};

/// What happened on networks in a month, by the team that people belonged to themselves.
#[derive(Clone, Debug, Default)]
pub struct OnNetworks {
    /// Who shared what.
    pub shares: Vec<(Network, TeamId, MemberId, PostId)>,
    /// Networks on which anything was measured: also clicks on what was shared in earlier months.
    pub measured: BTreeSet<Network>,
    /// Posts for some people.
    pub for_some: BTreeSet<PostId>,
}

/// How a month is told by network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByNetwork {
    /// Networks that are told by themselves; all others are told together.
    pub named: Vec<Network>,
    /// The teams of which they are told.
    pub teams: BTreeSet<TeamId>,
}

/// Some networks as if there were no others.
struct Slice {
    shared: Shared,
    /// The teams that may be told of them.
    shown: BTreeSet<TeamId>,
}

impl OnNetworks {
    /// Networks on which anything happened, the one with most people first.
    fn used(&self) -> Vec<Network> {
        let mut people: BTreeMap<Network, BTreeSet<MemberId>> = BTreeMap::new();
        for network in &self.measured {
            people.entry(*network).or_default();
        }
        for (network, _, member, _) in &self.shares {
            people.entry(*network).or_default().insert(*member);
        }
        let mut used: Vec<_> = people.into_iter().collect();
        used.sort_by_key(|(network, people)| (std::cmp::Reverse(people.len()), *network));
        used.into_iter().map(|(network, _)| network).collect()
    }

    /// Who shared what, on any of them.
    pub fn on_all(&self) -> Shared {
        Shared::new(&self.shares_on(|_| true), &self.for_some)
    }

    fn shares_on(&self, is_meant: impl Fn(Network) -> bool) -> Vec<(TeamId, MemberId, PostId)> {
        let shares = self.shares.iter();
        let shares = shares.filter(|(network, ..)| is_meant(*network));
        shares
            .map(|(_, team, member, post)| (*team, *member, *post))
            .collect()
    }

    fn slice(&self, all: &Teams, networks: &[Network]) -> Slice {
        let here = self.shares_on(|network| networks.contains(&network));
        let mut people: BTreeMap<TeamId, BTreeSet<MemberId>> = BTreeMap::new();
        for (team, member, _) in &here {
            people.entry(*team).or_default().insert(*member);
        }
        let shown = all.shown_where(|teams| members_of(&people, teams) >= GROUP);
        let shared = Shared::new(&here, &self.for_some);
        Slice {
            shown: all.none_too_close(shown, &shared),
            shared,
        }
    }
}

impl Teams {
    /// How a month is told by network of those of some shown teams of which it may be: by the
    /// networks with most people by themselves, as many as let the most be told, and by all others
    /// together.
    pub fn by_network(&self, shown: &BTreeSet<TeamId>, month: &OnNetworks) -> ByNetwork {
        if shown.is_empty() {
            return ByNetwork::default();
        }
        let used = month.used();
        let alone: Vec<Slice> = used
            .iter()
            .map(|network| month.slice(self, &[*network]))
            .collect();
        let mut best = ByNetwork::default();
        let mut most = 0;
        for count in 1..=used.len() {
            let (named, others) = used.split_at(count);
            // One that is alone among the others is told by its name.
            if others.len() == 1 {
                continue;
            }
            let rest = (!others.is_empty()).then(|| month.slice(self, others));
            let parts: Vec<&Slice> = alone.iter().take(count).chain(&rest).collect();
            let teams = self.told_of_all(shown, &parts);
            if teams.len() * parts.len() > most {
                most = teams.len() * parts.len();
                let named = named.to_vec();
                best = ByNetwork { named, teams };
            }
        }
        best
    }

    /// Those of some teams that may be told of each part.
    fn told_of_all(&self, shown: &BTreeSet<TeamId>, parts: &[&Slice]) -> BTreeSet<TeamId> {
        let mut told = shown.clone();
        for part in parts {
            told.retain(|team| part.shown.contains(team));
        }
        // What one part keeps back may be too little to hide the rest of another.
        loop {
            let before = told.len();
            let untold: BTreeSet<TeamId> = shown.difference(&told).copied().collect();
            told.retain(|team| !untold.iter().any(|below| self.is_within(*below, *team)));
            for part in parts {
                told = self.none_too_close(told, &part.shared);
            }
            if told.len() == before {
                return told;
            }
        }
    }
}

#[cfg(test)]
mod tests;
