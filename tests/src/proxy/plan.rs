//! Which requests meet which fault: a shuffled deck that is dealt to its end, so that each
//! kind comes equally often and the share of faults is exact.

use std::time::Duration;

use server::chance::Chance;

/// What may become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// 429 that says when to come again; nothing was done.
    TooMany,
    /// 429 that says nothing: no headers, no JSON; nothing was done.
    TooManyUnsaid,
    /// 500; nothing was done.
    ServerError,
    /// It is done, and instead of the answer comes 502 with a page.
    BadGateway,
    /// The request is taken and never answered; nothing was done.
    Silence,
    /// It is done, and the answer never comes.
    Swallowed,
    /// The connection is reset before anything was done.
    ResetBefore,
    /// The connection is reset after it was done.
    ResetAfter,
    /// The answer's body comes piece by piece.
    SlowBody,
    /// The request arrives twice; the answer to the first comes back.
    Duplicate,
    /// The request waits until a later one has passed it.
    Overtaken,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::TooMany,
        Self::TooManyUnsaid,
        Self::ServerError,
        Self::BadGateway,
        Self::Silence,
        Self::Swallowed,
        Self::ResetBefore,
        Self::ResetAfter,
        Self::SlowBody,
        Self::Duplicate,
        Self::Overtaken,
    ];
}

/// What is to happen on a line.
#[derive(Clone, Debug)]
pub struct Plan {
    /// From which the order of the deck and the delays follow.
    pub seed: u64,
    /// The kinds of faults; none for a line without any.
    pub faults: Vec<Fault>,
    /// How many of a hundred requests meet one.
    pub percent: usize,
    /// Each request and each answer takes at most so long on its way.
    pub lag: Duration,
    /// Paths that are never struck end so.
    pub spared: &'static [&'static str],
    /// Requests are struck that have one of these in method and path; any, where none is named.
    pub on: &'static [&'static str],
    /// How many are struck at most.
    pub strikes: usize,
    /// Seconds that a 429 says to wait, which Discord says a little more exactly.
    pub wait: u64,
    /// Paths whose requests never arrive twice end so: the platform would do what they ask twice.
    pub once: &'static [&'static str],
}

impl Plan {
    /// A line without faults or delays.
    pub fn quiet() -> Self {
        Self {
            seed: 0,
            faults: Vec::new(),
            percent: 0,
            lag: Duration::ZERO,
            spared: &[],
            on: &[],
            strikes: usize::MAX,
            wait: 1,
            once: &[],
        }
    }

    /// A line on which everything takes up to `lag` each way.
    pub fn slow(seed: u64, lag: Duration) -> Self {
        Self {
            seed,
            lag,
            ..Self::quiet()
        }
    }

    /// A line on which every request meets this fault.
    pub fn only(fault: Fault) -> Self {
        Self {
            faults: vec![fault],
            percent: 100,
            ..Self::quiet()
        }
    }
}

/// The cards that are left.
pub(super) struct Deck {
    plan: Plan,
    chance: Chance,
    cards: Vec<Option<Fault>>,
}

impl Deck {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            chance: Chance::seeded(plan.seed),
            plan,
            cards: Vec::new(),
        }
    }

    /// What happens to a request of this method and path. A card that it cannot meet waits for
    /// the next request that can.
    pub(super) fn deal(&mut self, request: &str) -> Option<Fault> {
        let ends = |among: &[&str]| among.iter().any(|end| request.ends_with(end));
        let mut on = self.plan.on.iter();
        let is_meant = self.plan.on.is_empty() || on.any(|part| request.contains(part));
        let is_over = self.plan.percent == 0 || self.plan.strikes == 0;
        if is_over || !is_meant || ends(self.plan.spared) {
            return None;
        }
        if self.cards.is_empty() {
            self.shuffle();
        }
        let is_once = ends(self.plan.once);
        let mut cards = self.cards.iter();
        let at = cards.rposition(|card| !is_once || *card != Some(Fault::Duplicate))?;
        let dealt = self.cards.remove(at);
        self.plan.strikes -= usize::from(dealt.is_some());
        dealt
    }

    /// How many seconds a 429 says to wait.
    pub(super) fn wait(&self) -> u64 {
        self.plan.wait
    }

    /// How long the next stretch of the way takes.
    pub(super) fn lag(&self) -> Duration {
        let longest = u64::try_from(self.plan.lag.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.chance.below(longest + u64::from(longest > 0)))
    }

    fn shuffle(&mut self) {
        let faults = self.plan.faults.iter().copied().map(Some);
        let all = self.plan.faults.len() * 100 / self.plan.percent.max(1);
        let blanks = all.saturating_sub(self.plan.faults.len());
        self.cards = faults.chain((0..blanks).map(|_| None)).collect();
        for last in (1..self.cards.len()).rev() {
            let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let other = usize::try_from(self.chance.below(bound)).unwrap_or(last);
            self.cards.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_holds_the_exact_share_and_each_kind_equally_often() {
        let plan = Plan {
            seed: 7,
            faults: Fault::ALL.to_vec(),
            percent: 20,
            ..Plan::quiet()
        };
        let mut deck = Deck::new(plan.clone());
        let dealt: Vec<_> = (0..110).map(|_| deck.deal("POST /x")).collect();
        for fault in Fault::ALL {
            assert_eq!(dealt.iter().filter(|card| **card == Some(fault)).count(), 2);
        }
        let mut same = Deck::new(plan);
        let again: Vec<_> = (0..110).map(|_| same.deal("POST /x")).collect();
        assert_eq!(again, dealt, "the same seed, the same trouble");
    }

    #[test]
    fn what_is_spared_meets_no_fault_and_takes_no_card() {
        let plan = Plan {
            spared: &["/gateway"],
            ..Plan::only(Fault::Silence)
        };
        let mut deck = Deck::new(plan);
        assert_eq!(deck.deal("GET /api/v10/gateway"), None);
        assert_eq!(deck.deal("POST /x"), Some(Fault::Silence));
    }

    #[test]
    fn what_is_meant_is_struck_as_often_as_planned_and_nothing_else_is() {
        let plan = Plan {
            on: &["POST /answer"],
            strikes: 2,
            ..Plan::only(Fault::Silence)
        };
        let mut deck = Deck::new(plan);
        assert_eq!(deck.deal("GET /answer/1"), None);
        assert_eq!(deck.deal("POST /answer/1"), Some(Fault::Silence));
        assert_eq!(deck.deal("POST /answer/2"), Some(Fault::Silence));
        assert_eq!(deck.deal("POST /answer/3"), None, "enough");
    }

    #[test]
    fn what_would_be_done_twice_never_arrives_twice_and_leaves_that_to_the_next() {
        let plan = Plan {
            seed: 7,
            faults: vec![Fault::Duplicate, Fault::Silence],
            percent: 50,
            once: &["/post"],
            ..Plan::quiet()
        };
        let mut deck = Deck::new(plan);
        let mut dealt: Vec<_> = (0..3).map(|_| deck.deal("POST /post")).collect();
        dealt.sort_unstable();
        assert_eq!(dealt, [None, None, Some(Fault::Silence)]);
        assert_eq!(deck.deal("POST /post"), None, "only that is left");
        assert_eq!(deck.deal("POST /change"), Some(Fault::Duplicate));
    }
}
