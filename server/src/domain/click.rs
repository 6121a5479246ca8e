//! From hits to clicks: the first human hit of a visitor on a link within a
//! UTC clock hour, whatever the order in which hits arrive and however often.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::HitClass;
use entity::hit;
use entity::ids::LinkId;

/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// What makes a click unique.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The link.
    pub link: LinkId,
    /// The visitor of that day.
    pub visitor: Vec<u8>,
    /// Hours since 1970-01-01T00Z.
    pub hour: i64,
}

/// A network on a link on a UTC day. The network's key is salted by day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The link.
    pub link: LinkId,
    /// Days since 1970-01-01.
    pub day: i64,
    /// The network.
    pub network_key: Vec<u8>,
}

/// What is stored already about the links of a batch.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Clicks there are.
    pub clicks: HashSet<Key>,
    /// How many of them were counted, by network.
    pub counted: HashMap<Source, i64>,
    /// Visitors who opened the share's own address that day.
    pub own: HashSet<(LinkId, Vec<u8>)>,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// New clicks; the flag says whether it is below the network's cap.
    pub clicks: Vec<(hit::Model, Key, bool)>,
    /// Hits that turn out to be the sharing member's own.
    pub own: Vec<hit::Model>,
}

/// The clock hour of a time, in hours since 1970-01-01T00Z.
pub fn hour(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(HOUR)
}

/// Counts a batch and enters it into `known`. From one network (/24 or /48)
/// `cap` clicks count per link and day; more are likelier forged than read, and
/// are stored, but not counted.
pub fn count(hits: &[hit::Model], known: &mut Known, cap: u64) -> Counted {
    let mut counted = Counted::default();
    let cap = i64::try_from(cap).unwrap_or(i64::MAX);
    for hit in hits.iter().filter(|hit| hit.class == HitClass::Human) {
        let (Some(visitor), Some(network_key)) = (&hit.visitor, &hit.network_key) else {
            continue;
        };
        let key = Key {
            link: hit.link_id,
            visitor: visitor.clone(),
            hour: hour(hit.at),
        };
        // What was decided once stays so, also where the member opens the share's own address
        // later: sums hold it already.
        if known.clicks.contains(&key) {
            continue;
        }
        if known.own.contains(&(hit.link_id, visitor.clone())) {
            counted.own.push(hit.clone());
            continue;
        }
        known.clicks.insert(key.clone());
        let source = known
            .counted
            .entry(Source {
                link: hit.link_id,
                day: key.hour.div_euclid(24),
                network_key: network_key.clone(),
            })
            .or_default();
        let below = *source < cap;
        *source += i64::from(below);
        counted.clicks.push((hit.clone(), key, below));
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use entity::enums::HitReason;
    use entity::ids::{HitId, OrganizationId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn hit(link: u8, visitor: u8, minutes: i64, network: u8) -> hit::Model {
        hit::Model {
            id: HitId(Uuid::nil()),
            organization_id: OrganizationId(Uuid::nil()),
            link_id: LinkId(Uuid::from_u128(u128::from(link))),
            at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes),
            class: HitClass::Human,
            reason: HitReason::Browser,
            visitor: Some(vec![visitor; 16]),
            network_key: Some(vec![network; 8]),
            country: None,
            device: None,
            referrer_host: None,
        }
    }

    fn counted(hits: &[hit::Model], known: &mut Known) -> usize {
        let counted = count(hits, known, 30);
        counted.clicks.iter().filter(|(_, _, below)| *below).count()
    }

    #[test]
    fn a_visitor_clicks_once_per_link_and_clock_hour() {
        let hits = [
            hit(1, 1, 0, 1),
            hit(1, 1, 59, 1),
            hit(1, 1, 60, 1),
            hit(2, 1, 0, 1),
            hit(1, 2, 0, 1),
        ];
        assert_eq!(counted(&hits, &mut Known::default()), 4);
    }

    #[test]
    fn only_people_other_than_the_member_click() {
        let mut known = Known::default();
        known.own.insert((hit(1, 9, 0, 1).link_id, vec![9; 16]));
        let mut hits = vec![hit(1, 9, 0, 1)];
        for class in [HitClass::Bot, HitClass::Own, HitClass::Private] {
            hits.push(hit::Model {
                class,
                ..hit(1, 1, 0, 1)
            });
        }
        let outcome = count(&hits, &mut known, 30);
        assert!(outcome.clicks.is_empty());
        assert_eq!(outcome.own.len(), 1);
    }

    #[test]
    fn what_was_counted_stays_so_when_the_member_visits_later() {
        let mut known = Known::default();
        let hits = [hit(1, 9, 0, 1)];
        assert_eq!(counted(&hits, &mut known), 1);
        known.own.insert((hit(1, 9, 0, 1).link_id, vec![9; 16]));
        assert_eq!(count(&hits, &mut known, 30), Counted::default());
        assert_eq!(count(&[hit(1, 9, 60, 1)], &mut known, 30).own.len(), 1);
    }

    #[test]
    fn a_network_counts_up_to_its_cap_each_day() {
        let crowd: Vec<_> = (0..40).map(|visitor| hit(1, visitor, 0, 1)).collect();
        let mut known = Known::default();
        assert_eq!(counted(&crowd, &mut known), 30);
        assert_eq!(counted(&[hit(1, 200, 5, 1)], &mut known), 0);
        assert_eq!(counted(&[hit(1, 201, 5, 2)], &mut known), 1);
        assert_eq!(counted(&[hit(1, 200, 24 * 60, 1)], &mut known), 1);
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_count_the_same(
            hits in proptest::collection::vec((0u8..3, 0u8..60, 0i64..180), 0..150),
            order in any::<u64>(),
            size in 1usize..40,
        ) {
            // A visitor's network follows from its address, as the visitor itself does.
            let hits: Vec<_> = hits
                .into_iter()
                .map(|(link, visitor, minute)| hit(link, visitor, minute, visitor % 2))
                .collect();
            let whole = counted(&hits, &mut Known::default());
            let mut shuffled = hits.clone();
            let length = shuffled.len().max(1) as u64;
            for index in 0..shuffled.len() {
                let other = order.wrapping_mul(index as u64 + 7).rotate_left(11) % length;
                shuffled.swap(index, usize::try_from(other).unwrap());
            }
            let mut known = Known::default();
            let mut parts = 0;
            for batch in shuffled.chunks(size) {
                parts += counted(batch, &mut known);
                parts += counted(batch, &mut known);
            }
            prop_assert_eq!(parts, whole);
        }
    }
}
