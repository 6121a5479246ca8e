//! What teams did in a month, in all and by network.

use std::collections::BTreeMap;

use entity::enums::{Measure, Network};
use entity::json::Networks;
use entity::rate;

use crate::domain::sums::{Sums, is_of_other_shares};
use crate::domain::worth::{Told, Worth, worth};

/// What a team and those below it did in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFigures {
    /// In all.
    pub sums: Sums,
    /// By network; none where that is kept back.
    pub by_network: Option<TeamNetworks>,
}

/// What a team did by network, and what that is worth: an amount names the networks that have a
/// price, and so is told beside them alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamNetworks {
    /// Networks that are named, the one with most clicks first.
    pub named: Vec<(Network, Sums)>,
    /// All others together; none where there was nothing on them.
    pub others: Option<Sums>,
    /// What was done on those that are named is worth this.
    pub worth: Worth,
}

impl TeamFigures {
    /// What was measured in the month that begins on a day, told by the networks that may be named.
    pub fn of(
        rows: impl Iterator<Item = (Network, Measure, i64)>,
        named: Option<&Networks>,
        (rates, day): (&[rate::Model], &str),
    ) -> Self {
        let rows: Vec<(Network, Measure, i64)> = rows.collect();
        let sums = rows.iter().map(|(_, measure, value)| (*measure, *value));
        Self {
            sums: sums.collect(),
            by_network: named.map(|named| TeamNetworks::of(&rows, &named.0, (rates, day))),
        }
    }
}

impl TeamNetworks {
    fn of(
        rows: &[(Network, Measure, i64)],
        networks: &[Network],
        (rates, day): (&[rate::Model], &str),
    ) -> Self {
        let mut named: BTreeMap<Network, Sums> = BTreeMap::new();
        let mut others = Sums::default();
        let mut told: Vec<Told> = Vec::new();
        // Shares in other states are nobody's yet, or nobody's any more, and make no group.
        for (network, measure, value) in rows.iter().filter(|row| !is_of_other_shares(row.1)) {
            if networks.contains(network) {
                named.entry(*network).or_default().add(*measure, *value);
                told.push((day.to_owned(), *network, *measure, *value));
            } else {
                others.add(*measure, *value);
            }
        }
        let mut named: Vec<(Network, Sums)> = named.into_iter().collect();
        named.retain(|(_, sums)| !sums.is_empty());
        named.sort_by_key(|(_, sums)| std::cmp::Reverse((sums.clicks(), sums.hits())));
        Self {
            named,
            others: (!others.is_empty()).then_some(others),
            worth: worth(rates, &told, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::OrganizationId;

    use super::*;
    use crate::domain::worth::Money;

    #[test]
    fn worth_is_told_of_named_networks_alone_and_beside_them() {
        let rates = [Network::X, Network::Linkedin].map(|network| rate::Model {
            organization_id: OrganizationId(uuid::Uuid::nil()),
            network,
            valid_from: "2026-11-01".to_owned(),
            currency: "EUR".to_owned(),
            cpc: Some(100),
            cpm: None,
            updated_at: DateTime::UNIX_EPOCH,
        });
        let rows = [
            (Network::X, Measure::Click, 7),
            (Network::X, Measure::ShareOpened, 1),
            (Network::Linkedin, Measure::Click, 3),
        ];
        let of = |named| TeamFigures::of(rows.into_iter(), named, (&rates, "2026-11-01"));
        let untold = of(None);
        assert_eq!((untold.sums.clicks(), untold.by_network), (10, None));
        let told = of(Some(&Networks(vec![Network::X]))).by_network.unwrap();
        let named: Vec<_> = told
            .named
            .iter()
            .map(|(network, sums)| (*network, sums.clicks(), sums.get(Measure::ShareOpened)))
            .collect();
        assert_eq!(named, [(Network::X, 7, 0)]);
        assert_eq!(told.others.map(|sums| sums.clicks()), Some(3));
        let euros = |minor| Money {
            currency: "EUR".to_owned(),
            minor,
        };
        assert_eq!(told.worth.headline, [euros(700)]);
    }
}
