//! What actions earn: entries of an append-only ledger, valued by the rules of
//! the moment and never rewritten.

use chrono::{DateTime, Utc};
use entity::enums::PointKind;
use entity::ids::{ClickId, ShareId};
use entity::json::PointRules;
use entity::organization;

use super::fault::Fault;

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

/// The rules that held when something happened: it is valued by them also where it is counted
/// later. Of several changes the last is remembered.
pub fn rules_at(organization: &organization::Model, at: DateTime<Utc>) -> &PointRules {
    let now = &organization.settings.points;
    let is_before = organization.points_since.is_some_and(|since| at < since);
    let before = organization.points_before.as_ref();
    before.filter(|_| is_before).unwrap_or(now)
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

/// Points of one kind, at most.
pub const MOST: i64 = 1_000;
/// Shares of a day that earn, at most.
pub const MOST_SHARES: i64 = 100;

/// Refuses rules that no ledger should hold.
pub fn check(rules: &PointRules) -> Result<(), Vec<Fault>> {
    let fields = [
        ("share_confirmed", rules.share_confirmed, 0, MOST),
        ("share_proven", rules.share_proven, 0, MOST),
        ("click", rules.click, 0, MOST),
        (
            "clicks_per_share_and_day",
            rules.clicks_per_share_and_day,
            0,
            MOST,
        ),
        ("shares_per_day", rules.shares_per_day, 1, MOST_SHARES),
    ];
    let faults: Vec<Fault> = (fields.into_iter())
        .filter_map(|(name, value, least, most)| within(name, value, (least, most)))
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Refuses what a proposal is to earn, where no ledger should hold it.
pub fn check_proposal(points: i64) -> Result<(), Fault> {
    within("proposal", points, (0, MOST)).map_or(Ok(()), Err)
}

fn within(name: &str, value: i64, (least, most): (i64, i64)) -> Option<Fault> {
    let reason = format!("is {least} to {most}");
    let is_within = (least..=most).contains(&value);
    (!is_within).then(|| Fault::new(format!("points.{name}"), reason))
}

/// What a share earns that is confirmed, proven and clicked so often on one day.
pub fn worth(rules: &PointRules, clicks: i64) -> i64 {
    let earning = clicks.clamp(0, rules.clicks_per_share_and_day.max(0));
    rules.share_confirmed + rules.share_proven + rules.click.saturating_mul(earning)
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

    #[test]
    fn rules_are_whole_numbers_that_a_ledger_can_hold() {
        let usual = PointRules::default();
        assert_eq!(check(&usual), Ok(()));
        let fields = |rules: PointRules| -> Vec<String> {
            let faults = check(&rules).unwrap_err();
            faults.into_iter().map(|fault| fault.field).collect()
        };
        let all = PointRules {
            share_confirmed: -1,
            share_proven: 1_001,
            click: i64::MAX,
            clicks_per_share_and_day: i64::MIN,
            shares_per_day: 0,
        };
        assert_eq!(fields(all).len(), 5);
        let none = PointRules {
            shares_per_day: 101,
            ..usual.clone()
        };
        assert_eq!(fields(none), ["points.shares_per_day"]);
        let nothing = PointRules {
            share_confirmed: 0,
            share_proven: 0,
            click: 0,
            clicks_per_share_and_day: 0,
            shares_per_day: 1,
        };
        assert_eq!(check(&nothing), Ok(()));
        for (proposal, is_kept) in [(-1, false), (0, true), (MOST, true), (MOST + 1, false)] {
            assert_eq!(check_proposal(proposal).is_ok(), is_kept, "{proposal}");
        }
    }

    #[test]
    fn a_share_is_worth_its_steps_and_the_clicks_that_earn() {
        let usual = PointRules::default();
        for (clicks, expected) in [(0, 15), (3, 18), (20, 35), (30, 35), (-1, 15)] {
            assert_eq!(worth(&usual, clicks), expected, "{clicks}");
        }
        let generous = PointRules {
            click: 2,
            clicks_per_share_and_day: 25,
            ..usual
        };
        assert_eq!(worth(&generous, 30), 65);
    }
}
