//! Times that were taken, and pairs of them: ours and the reference by turns, so
//! that what else the machine does weighs on both alike.

use std::time::Duration;

/// Durations of one kind of thing, in the order in which they were taken.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Adds one.
    pub fn push(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that `percent` of them do not exceed; zero without any.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted
            .get(last * percent / 100)
            .copied()
            .unwrap_or_default()
    }

    /// The one in the middle.
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        self.percentile(100)
    }
}

impl FromIterator<Duration> for Samples {
    fn from_iter<T: IntoIterator<Item = Duration>>(iter: T) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl Extend<Duration> for Samples {
    fn extend<T: IntoIterator<Item = Duration>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

/// Ours and the reference, taken by turns.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Ours.
    pub ours: Samples,
    /// The reference.
    pub reference: Samples,
}

impl Pairs {
    /// Takes `rounds` pairs; each is given the number of its round. Which one goes first
    /// alternates, for the second finds what the first left in caches and queues.
    pub async fn take(
        rounds: usize,
        mut ours: impl AsyncFnMut(usize) -> anyhow::Result<Duration>,
        mut reference: impl AsyncFnMut(usize) -> anyhow::Result<Duration>,
    ) -> anyhow::Result<Self> {
        let mut pairs = Self::default();
        for round in 0..rounds {
            if round % 2 == 0 {
                pairs.ours.push(ours(round).await?);
                pairs.reference.push(reference(round).await?);
            } else {
                pairs.reference.push(reference(round).await?);
                pairs.ours.push(ours(round).await?);
            }
        }
        Ok(pairs)
    }

    /// The medians' ratio: for many short things.
    pub fn of_medians(&self) -> f64 {
        ratio(self.ours.median(), self.reference.median())
    }

    /// The median of each pair's ratio: for few long things.
    pub fn median_of_ratios(&self) -> f64 {
        let pairs = self.ours.0.iter().zip(&self.reference.0);
        median(pairs.map(|(ours, reference)| ratio(*ours, *reference)))
    }

    /// Both medians as text.
    pub fn medians(&self) -> (String, String) {
        (shown(self.ours.median()), shown(self.reference.median()))
    }
}

/// How many times `reference` goes into `ours`.
pub fn ratio(ours: Duration, reference: Duration) -> f64 {
    ours.as_secs_f64() / reference.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// The figure in the middle; zero without any.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// A duration in the unit in which it is read best.
pub fn shown(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else if seconds >= 0.001 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{:.0} µs", seconds * 1e6)
    }
}
