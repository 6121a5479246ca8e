//! Earned media value: what the same attention would have cost as advertising, by the rates that
//! the organization typed. Clicks by their price are the headline; views by theirs an upper bound.
//! The two are never added together, and neither are amounts of different currencies.

use std::collections::BTreeMap;

use entity::enums::{Measure, Network};
use entity::rate;

/// Views of which a price is told.
const MILLE: i128 = 1_000;

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// ISO 4217 code.
    pub currency: String,
    /// In minor units.
    pub minor: i64,
}

/// A rate by which something was valued, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// The rate.
    pub rate: rate::Model,
    /// Counted clicks at its price.
    pub clicks: i64,
    /// Followers at its price.
    pub reach: i64,
}

/// What clicks and reach are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Counted clicks by the price of a click, by currency.
    pub headline: Vec<Money>,
    /// Potential reach by the price of a thousand views, by currency.
    pub upper_bound: Vec<Money>,
    /// The versions of rates that it was valued by.
    pub used: Vec<Used>,
    /// Clicks for which no rate has a price.
    pub unpriced_clicks: i64,
}

/// Clicks and reach of a day, or of a month by its first day.
pub type Told = (String, Network, Measure, i64);

/// The rate of a network that is valid on a day.
pub fn valid<'r>(rates: &'r [rate::Model], network: Network, day: &str) -> Option<&'r rate::Model> {
    rates
        .iter()
        .filter(|rate| rate.network == network && rate.valid_from.as_str() <= day)
        .max_by(|one, other| one.valid_from.cmp(&other.valid_from))
}

/// What clicks and reach are worth by the rates that were valid on their days. Without
/// `is_group`, reach is left out: it tells what members did.
pub fn worth(rates: &[rate::Model], told: &[Told], is_group: bool) -> Worth {
    let mut used: BTreeMap<(Network, &str), Used> = BTreeMap::new();
    let mut unpriced_clicks = 0;
    for (day, network, measure, value) in told {
        let rate = valid(rates, *network, day);
        let (clicks, reach) = if *measure == Measure::Click {
            (*value, 0)
        } else if *measure == Measure::Reach && is_group {
            (0, *value)
        } else {
            continue;
        };
        let Some(rate) = rate else {
            unpriced_clicks += clicks;
            continue;
        };
        if rate.cpc.is_none() {
            unpriced_clicks += clicks;
        }
        let entry = used
            .entry((*network, &rate.valid_from))
            .or_insert_with(|| Used {
                rate: rate.clone(),
                clicks: 0,
                reach: 0,
            });
        entry.clicks += clicks;
        entry.reach += reach;
    }
    let used: Vec<Used> = used
        .into_values()
        .filter(|used| used.clicks != 0 || used.reach != 0)
        .collect();
    let clicks = used
        .iter()
        .filter_map(|used| Some((used, i128::from(used.clicks) * i128::from(used.rate.cpc?))));
    let views = used
        .iter()
        .filter_map(|used| Some((used, i128::from(used.reach) * i128::from(used.rate.cpm?))));
    Worth {
        headline: by_currency(clicks, 1),
        upper_bound: if is_group {
            by_currency(views, MILLE)
        } else {
            Vec::new()
        },
        unpriced_clicks,
        used,
    }
}

/// Amounts by currency; each is divided once, at the end, and rounded to the nearest.
fn by_currency<'u>(amounts: impl Iterator<Item = (&'u Used, i128)>, divisor: i128) -> Vec<Money> {
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for (used, amount) in amounts {
        *sums.entry(&used.rate.currency).or_default() += amount;
    }
    let told = sums.into_iter().map(|(currency, sum)| Money {
        currency: currency.to_owned(),
        minor: i64::try_from((sum + divisor / 2).div_euclid(divisor)).unwrap_or(i64::MAX),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::OrganizationId;
    use uuid::Uuid;

    use super::*;

    fn rate(network: Network, from: &str, currency: &str, prices: (i64, i64)) -> rate::Model {
        rate::Model {
            organization_id: OrganizationId(Uuid::nil()),
            network,
            valid_from: from.to_owned(),
            currency: currency.to_owned(),
            cpc: Some(prices.0),
            cpm: Some(prices.1),
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn told(day: &str, network: Network, measure: Measure, value: i64) -> Told {
        (day.to_owned(), network, measure, value)
    }

    fn euros(minor: i64) -> Money {
        Money {
            currency: "EUR".to_owned(),
            minor,
        }
    }

    #[test]
    fn there_is_no_worth_without_a_rate() {
        let told = [told("2026-11-02", Network::X, Measure::Click, 7)];
        let worth = worth(&[], &told, true);
        assert_eq!((worth.headline, worth.upper_bound), (vec![], vec![]));
        assert_eq!(worth.unpriced_clicks, 7);
    }

    #[test]
    fn each_day_is_valued_by_the_rate_that_was_valid_then() {
        let rates = [
            rate(Network::Linkedin, "2026-11-01", "EUR", (400, 2_000)),
            rate(Network::Linkedin, "2026-10-01", "EUR", (300, 1_000)),
            rate(Network::X, "2026-10-01", "USD", (100, 500)),
        ];
        let days = [
            told("2026-09-30", Network::Linkedin, Measure::Click, 1),
            told("2026-10-31", Network::Linkedin, Measure::Click, 2),
            told("2026-11-01", Network::Linkedin, Measure::Click, 5),
            told("2026-11-02", Network::X, Measure::Click, 3),
            told("2026-11-02", Network::Linkedin, Measure::Reach, 1_250),
            told("2026-10-02", Network::Linkedin, Measure::Reach, 250),
            told("2026-11-02", Network::Linkedin, Measure::ShareProven, 9),
        ];
        let found = worth(&rates, &days, true);
        let dollars = Money {
            currency: "USD".to_owned(),
            minor: 300,
        };
        assert_eq!(found.headline, [euros(2 * 300 + 5 * 400), dollars]);
        assert_eq!(found.upper_bound.first(), Some(&euros(2_500 + 250)));
        assert_eq!(found.unpriced_clicks, 1);
        assert_eq!(found.used.len(), 3);
        let few = worth(&rates, &days, false);
        assert_eq!(few.headline, found.headline);
        assert!(few.upper_bound.is_empty());
        assert!(few.used.iter().all(|used| used.reach == 0));
    }

    #[test]
    fn a_thousandth_is_rounded_once_and_to_the_nearest() {
        let rates = [rate(Network::X, "2026-01-01", "EUR", (0, 1))];
        let days: Vec<Told> = (1..=3)
            .map(|day| told(&format!("2026-01-0{day}"), Network::X, Measure::Reach, 500))
            .collect();
        assert_eq!(worth(&rates, &days, true).upper_bound, [euros(2)]);
    }
}
