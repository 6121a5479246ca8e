//! How long each kind of data is kept: what is chosen, within which bounds, and what holds where
//! nothing was chosen.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::RetentionKind;
use entity::json::Periods;

use super::fault::Fault;

/// All kinds, in the order in which they are shown.
pub const KINDS: [RetentionKind; 4] = [
    RetentionKind::VisitDetails,
    RetentionKind::Deliveries,
    RetentionKind::AuditLog,
    RetentionKind::LeaverNames,
];

/// What may be chosen for a kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Days where nothing was chosen; none for good.
    pub default: Option<i64>,
    /// Days at least.
    pub shortest: i64,
    /// Days at most.
    pub longest: i64,
    /// Whether it may be kept for good.
    pub may_stay: bool,
}

/// What may be chosen for a kind of data.
pub fn bounds(kind: RetentionKind) -> Bounds {
    match kind {
        // Thirteen months, so that a month can be held against that of a year ago. A journal is
        // brought in long before the shortest.
        RetentionKind::VisitDetails => Bounds {
            default: Some(396),
            shortest: 30,
            longest: 3_650,
            may_stay: false,
        },
        // Two years. Whoever did something cannot take it out of sight within a quarter.
        RetentionKind::AuditLog => Bounds {
            default: Some(730),
            shortest: 90,
            longest: 3_650,
            may_stay: true,
        },
        // Half a year; a month, so that what cannot be known of a message is looked at before.
        RetentionKind::Deliveries => Bounds {
            default: Some(180),
            shortest: 30,
            longest: 3_650,
            may_stay: false,
        },
        // For good, unless the organization says otherwise; 0 is at once.
        RetentionKind::LeaverNames => Bounds {
            default: None,
            shortest: 0,
            longest: 3_650,
            may_stay: true,
        },
    }
}

/// How many days a kind is kept; none for good.
pub fn days(periods: &Periods, kind: RetentionKind) -> Option<i64> {
    let chosen = periods.0.get(&kind).copied();
    chosen.unwrap_or_else(|| bounds(kind).default)
}

/// The time before which a kind is not kept; none where it stays for good. It is a day ago at
/// least: what goes at once goes with what ends it, and a leaver who is there still left by the
/// word of a chat, which may take it back.
pub fn cutoff(periods: &Periods, kind: RetentionKind, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    days(periods, kind).map(|days| before(now, days.max(1)))
}

/// So many days ago; where there was no such time, the beginning of time.
pub fn before(now: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    let span = TimeDelta::try_days(days);
    span.and_then(|span| now.checked_sub_signed(span))
        .unwrap_or(DateTime::UNIX_EPOCH)
}

/// What is wrong with a choice, if anything is.
pub fn fault(kind: RetentionKind, days: Option<i64>) -> Option<Fault> {
    let bounds = bounds(kind);
    let within = bounds.shortest..=bounds.longest;
    let is_good = days.map_or(bounds.may_stay, |days| within.contains(&days));
    (!is_good).then(|| {
        let good = if bounds.may_stay {
            " days, or none for good"
        } else {
            " days"
        };
        let reason = format!("is {} to {}{good}", bounds.shortest, bounds.longest);
        Fault::new(name(kind), reason)
    })
}

/// Whether less is kept after a change than before it.
pub fn is_shorter(before: Option<i64>, after: Option<i64>) -> bool {
    match (before, after) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
    }
}

/// The name of a kind, as it travels and as it stands in addresses.
pub fn name(kind: RetentionKind) -> &'static str {
    match kind {
        RetentionKind::VisitDetails => "visit_details",
        RetentionKind::AuditLog => "audit_log",
        RetentionKind::Deliveries => "deliveries",
        RetentionKind::LeaverNames => "leaver_names",
    }
}

/// The kind of that name.
pub fn kind(name_of: &str) -> Option<RetentionKind> {
    KINDS.into_iter().find(|kind| name(*kind) == name_of)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_kind_has_a_name_and_a_default_within_its_bounds() {
        for one in KINDS {
            let bounds = bounds(one);
            assert_eq!(kind(name(one)), Some(one));
            assert_eq!(fault(one, bounds.default), None, "{one:?}");
            assert_eq!(fault(one, Some(bounds.shortest)), None);
            assert_eq!(fault(one, Some(bounds.longest)), None);
            assert!(fault(one, Some(bounds.longest + 1)).is_some());
            assert!(fault(one, Some(bounds.shortest - 1)).is_some());
            assert_eq!(fault(one, None).is_none(), bounds.may_stay);
        }
        assert_eq!(kind("clicks"), None);
    }

    #[test]
    fn what_is_not_chosen_has_its_default() {
        let none = Periods::default();
        assert_eq!(days(&none, RetentionKind::AuditLog), Some(730));
        assert_eq!(days(&none, RetentionKind::LeaverNames), None);
        let chosen = Periods(BTreeMap::from([
            (RetentionKind::AuditLog, None),
            (RetentionKind::LeaverNames, Some(0)),
        ]));
        let now = DateTime::from_timestamp(1_794_823_200, 0).unwrap();
        assert_eq!(cutoff(&chosen, RetentionKind::AuditLog, now), None);
        let yesterday = now - TimeDelta::days(1);
        assert_eq!(
            cutoff(&chosen, RetentionKind::LeaverNames, now),
            Some(yesterday)
        );
        assert_eq!(before(now, i64::MAX), DateTime::UNIX_EPOCH);
        assert_eq!(before(now, 1), yesterday);
    }

    #[test]
    fn less_is_kept_where_days_go_or_begin_to_count() {
        for (from, to, expected) in [
            (Some(30), Some(29), true),
            (Some(30), Some(30), false),
            (Some(30), Some(31), false),
            (Some(30), None, false),
            (None, Some(9_000), true),
            (None, None, false),
        ] {
            assert_eq!(is_shorter(from, to), expected, "{from:?} {to:?}");
        }
    }
}
