//! What is summed up of shares and hits, and what the sums say.

use std::collections::BTreeMap;

use entity::enums::{HitReason, Measure, ShareState};

use super::share::{COUNTING, counts};

/// Sums by what is summed up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Measure, i64>);

/// Every state of a share, in the order of its life.
pub const STATES: [ShareState; 7] = [
    ShareState::Opened,
    ShareState::Confirmed,
    ShareState::Proven,
    ShareState::Published,
    ShareState::Scheduled,
    ShareState::Failed,
    ShareState::Withdrawn,
];

/// Every reason of a hit's class; readers first.
pub const REASONS: [HitReason; 10] = [
    HitReason::Browser,
    HitReason::Crawler,
    HitReason::LinkScanner,
    HitReason::Prefetch,
    HitReason::HeadRequest,
    HitReason::NoUserAgent,
    HitReason::OwnVisit,
    HitReason::OwnCookie,
    HitReason::DoNotTrack,
    HitReason::GlobalPrivacyControl,
];

/// What a share in a state is summed up as.
pub fn of_state(state: ShareState) -> Measure {
    match state {
        ShareState::Opened => Measure::ShareOpened,
        ShareState::Confirmed => Measure::ShareConfirmed,
        ShareState::Proven => Measure::ShareProven,
        ShareState::Published => Measure::SharePublished,
        ShareState::Scheduled => Measure::ShareScheduled,
        ShareState::Failed => Measure::ShareFailed,
        ShareState::Withdrawn => Measure::ShareWithdrawn,
    }
}

/// What a hit of a class is summed up as, by the reason for its class.
pub fn of_reason(reason: HitReason) -> Measure {
    match reason {
        HitReason::Browser => Measure::HitBrowser,
        HitReason::HeadRequest => Measure::HitHeadRequest,
        HitReason::Prefetch => Measure::HitPrefetch,
        HitReason::Crawler => Measure::HitCrawler,
        HitReason::LinkScanner => Measure::HitLinkScanner,
        HitReason::NoUserAgent => Measure::HitNoUserAgent,
        HitReason::OwnCookie => Measure::HitOwnCookie,
        HitReason::OwnVisit => Measure::HitOwnVisit,
        HitReason::DoNotTrack => Measure::HitDoNotTrack,
        HitReason::GlobalPrivacyControl => Measure::HitGlobalPrivacyControl,
    }
}

/// Whether a sum tells what members did, and so only of a group: also that they came to their own
/// links.
pub fn is_of_members(measure: Measure) -> bool {
    match measure {
        Measure::ShareOpened
        | Measure::ShareConfirmed
        | Measure::ShareProven
        | Measure::SharePublished
        | Measure::ShareScheduled
        | Measure::ShareFailed
        | Measure::ShareWithdrawn
        | Measure::Reach
        | Measure::HitOwnCookie
        | Measure::HitOwnVisit => true,
        Measure::HitBrowser
        | Measure::HitHeadRequest
        | Measure::HitPrefetch
        | Measure::HitCrawler
        | Measure::HitLinkScanner
        | Measure::HitNoUserAgent
        | Measure::HitDoNotTrack
        | Measure::HitGlobalPrivacyControl
        | Measure::Click
        | Measure::ClickCapped
        | Measure::VisitorDay => false,
    }
}

/// Whether a sum is of shares in a state that does not count: opened, planned, failed, taken back.
/// Such a share stands on the day on which it was opened, and leaves when its state changes.
pub fn is_of_other_shares(measure: Measure) -> bool {
    let mut states = STATES.into_iter().filter(|state| !counts(*state));
    states.any(|state| of_state(state) == measure)
}

/// Whether hits of a reason tell what members did.
pub fn is_reason_of_members(reason: HitReason) -> bool {
    is_of_members(of_reason(reason))
}

/// What the course of a span and its worth are told by.
pub const COURSE: [Measure; 5] = [
    Measure::ShareConfirmed,
    Measure::ShareProven,
    Measure::SharePublished,
    Measure::Reach,
    Measure::Click,
];

impl Sums {
    /// Adds to a sum.
    pub fn add(&mut self, measure: Measure, value: i64) {
        *self.0.entry(measure).or_default() += value;
    }

    /// A sum.
    pub fn get(&self, measure: Measure) -> i64 {
        self.0.get(&measure).copied().unwrap_or_default()
    }

    /// Adds all sums of another.
    pub fn join(&mut self, other: &Self) {
        for (measure, value) in &other.0 {
            self.add(*measure, *value);
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|value| *value == 0)
    }

    /// The same without what tells what members did.
    pub fn without_members(self) -> Self {
        let kept = self.0.into_iter();
        Self(
            kept.filter(|(measure, _)| !is_of_members(*measure))
                .collect(),
        )
    }

    /// The same with what others tell of members instead of what these do.
    pub fn with_members_of(self, others: &Self) -> Self {
        let mut sums = self.without_members();
        for (measure, value) in &others.0 {
            if is_of_members(*measure) {
                sums.add(*measure, *value);
            }
        }
        sums
    }

    /// Shares in a state.
    pub fn state(&self, state: ShareState) -> i64 {
        self.get(of_state(state))
    }

    /// Shares that count as such.
    pub fn shares(&self) -> i64 {
        COUNTING.into_iter().map(|state| self.state(state)).sum()
    }

    /// Hits of a reason.
    pub fn reason(&self, reason: HitReason) -> i64 {
        self.get(of_reason(reason))
    }

    /// Hits, of every class.
    pub fn hits(&self) -> i64 {
        REASONS.into_iter().map(|reason| self.reason(reason)).sum()
    }

    /// Hits by readers.
    pub fn human_hits(&self) -> i64 {
        self.reason(HitReason::Browser)
    }

    /// Hits by readers who had been on the link in the same hour already.
    pub fn repeats(&self) -> i64 {
        self.human_hits() - self.clicks() - self.capped()
    }

    /// First hits of a reader in an hour beyond what one network may count a day.
    pub fn capped(&self) -> i64 {
        self.get(Measure::ClickCapped)
    }

    /// Counted clicks.
    pub fn clicks(&self) -> i64 {
        self.get(Measure::Click)
    }

    /// Readers with a counted click, per link and UTC day.
    pub fn visitor_days(&self) -> i64 {
        self.get(Measure::VisitorDay)
    }

    /// Followers of the accounts of shares that count.
    pub fn reach(&self) -> i64 {
        self.get(Measure::Reach)
    }
}

/// Sums of what is told one after another.
impl FromIterator<(Measure, i64)> for Sums {
    fn from_iter<I: IntoIterator<Item = (Measure, i64)>>(told: I) -> Self {
        let mut sums = Self::default();
        for (measure, value) in told {
            sums.add(measure, value);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn each_state_and_each_reason_has_a_sum_of_its_own() {
        assert_eq!(STATES.len(), ShareState::iter().count());
        assert_eq!(REASONS.len(), HitReason::iter().count());
        let mut measures: Vec<Measure> = STATES.into_iter().map(of_state).collect();
        measures.extend(REASONS.into_iter().map(of_reason));
        measures.sort_unstable();
        measures.dedup();
        assert_eq!(measures.len(), STATES.len() + REASONS.len());
        assert_eq!(Measure::iter().count(), measures.len() + 4);
    }

    #[test]
    fn what_members_did_can_be_left_out() {
        let sums: Sums = Measure::iter().map(|measure| (measure, 2)).collect();
        let left = sums.clone().without_members();
        assert_eq!((left.shares(), left.reach()), (0, 0));
        // Nor is told how often members came to their own links.
        let own = [HitReason::OwnVisit, HitReason::OwnCookie];
        assert_eq!(own.map(|reason| left.reason(reason)), [0, 0]);
        assert_eq!((left.hits(), left.clicks()), (sums.hits() - 4, 2));
        assert_eq!((sums.shares(), sums.hits()), (6, 20));
    }

    #[test]
    fn shares_that_do_not_count_are_told_apart() {
        let others: Vec<Measure> = Measure::iter()
            .filter(|one| is_of_other_shares(*one))
            .collect();
        let expected = [
            Measure::ShareOpened,
            Measure::ShareScheduled,
            Measure::ShareFailed,
            Measure::ShareWithdrawn,
        ];
        assert_eq!(others.len(), expected.len());
        assert!(expected.iter().all(|one| others.contains(one)));
    }

    #[test]
    fn what_members_did_can_be_that_of_others() {
        let of = |value: i64| -> Sums { Measure::iter().map(|measure| (measure, value)).collect() };
        let mixed = of(3).with_members_of(&of(2));
        assert_eq!((mixed.shares(), mixed.reach(), mixed.clicks()), (6, 2, 3));
        assert_eq!(mixed.reason(HitReason::OwnVisit), 2);
    }

    #[test]
    fn what_readers_did_falls_into_clicks_repeats_and_what_is_above_the_cap() {
        let sums: Sums = [
            (Measure::HitBrowser, 10),
            (Measure::Click, 6),
            (Measure::ClickCapped, 1),
        ]
        .into_iter()
        .collect();
        assert_eq!(sums.repeats(), 3);
    }
}
