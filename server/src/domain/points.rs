//! What actions earn: entries of an append-only ledger, valued by the rules of
//! the moment and never rewritten.

use entity::enums::PointKind;
use entity::ids::{ClickId, ShareId};
use entity::json::PointRules;

/// An entry to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What earned the points.
    pub kind: PointKind,
    /// How many.
    pub points: i64,
    /// What it is for, so that nothing is awarded twice.
    pub dedupe_key: String,
}

/// Whether a share is among those of its day that earn. Decided once, at its first award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It earns.
    Earning,
    /// The day's places were taken: it never earns.
    OverCap,
}

/// What happened to a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member said done.
    Confirmed,
    /// Another visitor clicked.
    Proven,
}

/// The ledger's key of a share's first award.
pub fn confirmed_key(share: ShareId) -> String {
    format!("share:{share}:confirmed")
}

/// Whether it is the key of a share's first award.
pub fn is_confirmed_key(key: &str) -> bool {
    key.starts_with("share:") && key.ends_with(":confirmed")
}

/// The ledger's key of the note that the day's cap kept a share from earning.
pub fn over_cap_key(share: ShareId) -> String {
    format!("share:{share}:over_cap")
}

/// The place of a share that takes its first award when `earning_today` others
/// of its member took theirs on this day of the organization.
pub fn place(rules: &PointRules, earning_today: i64) -> Place {
    if earning_today < rules.shares_per_day {
        Place::Earning
    } else {
        Place::OverCap
    }
}

/// Entries for a step of a share that had its first award already and holds `place`.
pub fn later(rules: &PointRules, share: ShareId, place: Place, step: Step) -> Vec<Entry> {
    match (place, step) {
        (Place::Earning, Step::Proven) => vec![proven(rules, share)],
        (Place::Earning, Step::Confirmed) | (Place::OverCap, _) => Vec::new(),
    }
}

/// Entries for the first award of a share: proven from opened, it earns both at once.
/// Over the cap, the ledger keeps a line that says so.
pub fn first(rules: &PointRules, share: ShareId, place: Place, step: Step) -> Vec<Entry> {
    let confirmed = Entry {
        kind: PointKind::ShareConfirmed,
        points: rules.share_confirmed,
        dedupe_key: confirmed_key(share),
    };
    match (place, step) {
        (Place::Earning, Step::Confirmed) => vec![confirmed],
        (Place::Earning, Step::Proven) => vec![confirmed, proven(rules, share)],
        (Place::OverCap, _) => vec![Entry {
            kind: PointKind::ShareConfirmed,
            points: 0,
            dedupe_key: over_cap_key(share),
        }],
    }
}

/// The entry for a counted click; `earned_today` clicks of the share earned on
/// that day of the organization before it.
pub fn click(rules: &PointRules, click: ClickId, place: Place, earned_today: i64) -> Option<Entry> {
    let earns = place == Place::Earning && earned_today < rules.clicks_per_share_and_day;
    earns.then(|| Entry {
        kind: PointKind::ClickCounted,
        points: rules.click,
        dedupe_key: format!("click:{click}"),
    })
}

fn proven(rules: &PointRules, share: ShareId) -> Entry {
    Entry {
        kind: PointKind::ShareProven,
        points: rules.share_proven,
        dedupe_key: format!("share:{share}:proven"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SHARE: ShareId = ShareId(Uuid::nil());

    fn points(entries: &[Entry]) -> Vec<i64> {
        entries.iter().map(|entry| entry.points).collect()
    }

    #[test]
    fn a_share_earns_at_each_step_once() {
        let rules = PointRules::default();
        let earning = Place::Earning;
        assert_eq!(points(&first(&rules, SHARE, earning, Step::Confirmed)), [5]);
        assert!(is_confirmed_key(&confirmed_key(SHARE)));
        assert!(!is_confirmed_key(&over_cap_key(SHARE)));
        assert_eq!(points(&later(&rules, SHARE, earning, Step::Proven)), [10]);
        assert_eq!(
            points(&first(&rules, SHARE, earning, Step::Proven)),
            [5, 10]
        );
        assert!(later(&rules, SHARE, earning, Step::Confirmed).is_empty());
    }

    #[test]
    fn a_share_over_the_days_cap_never_earns_and_the_ledger_says_why() {
        let rules = PointRules::default();
        assert_eq!(place(&rules, 4), Place::Earning);
        assert_eq!(place(&rules, 5), Place::OverCap);
        for step in [Step::Confirmed, Step::Proven] {
            let entries = first(&rules, SHARE, Place::OverCap, step);
            assert_eq!(points(&entries), [0]);
            assert_eq!(entries[0].dedupe_key, over_cap_key(SHARE));
            assert!(later(&rules, SHARE, Place::OverCap, step).is_empty());
        }
        assert_eq!(click(&rules, ClickId(Uuid::nil()), Place::OverCap, 0), None);
    }

    #[test]
    fn twenty_clicks_of_a_share_earn_on_a_day() {
        let rules = PointRules::default();
        let earns = |before| click(&rules, ClickId(Uuid::nil()), Place::Earning, before);
        assert_eq!(earns(19).map(|entry| entry.points), Some(1));
        assert_eq!(earns(20), None);
    }
}
