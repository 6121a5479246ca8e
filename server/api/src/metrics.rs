//! How a part names, keeps and writes its figures for Prometheus: alike in the server and in
//! the bots, in a registry that each part owns.
//!
//! To add a figure: its family where the part keeps its figures, its line in
//! `server/METRICS.md`. Labels are few and of closed sets: no member, code, token, address or
//! free text ever stands in one.

use std::borrow::Cow;

use prometheus_client::encoding::{EncodeMetric, prometheus_text};
use prometheus_client::metrics::TypedMetric;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::registry::Registry;

/// What only grows.
pub type Counter = prometheus_client::metrics::counter::Counter;
/// What goes up and down.
pub type Gauge = prometheus_client::metrics::gauge::Gauge<f64, std::sync::atomic::AtomicU64>;
/// How often something was how large.
pub type Histogram = prometheus_client::metrics::histogram::Histogram;
/// The value of a label.
pub type Label = Cow<'static, str>;

/// What a scraper is told that the text is.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Seconds of what somebody waits for.
pub const ANSWERS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];
/// Seconds of work that nobody waits for.
pub const WORK: &[f64] = &[
    0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0,
];

/// The kind of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A counter.
    Counter,
    /// A gauge.
    Gauge,
    /// A histogram.
    Histogram,
}

impl Kind {
    /// Its name in the text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// What a family is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Described {
    /// Its full name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its labels.
    pub labels: Vec<&'static str>,
}

/// A family of figures, told apart by labels.
#[derive(Clone, Debug)]
pub struct Labelled<const N: usize, M: 'static> {
    names: [&'static str; N],
    family: Family<Labels<N>, M, Make<M>>,
}

type Labels<const N: usize> = [(&'static str, Label); N];

impl<const N: usize, M: Clone> Labelled<N, M> {
    /// The figure of these labels, in the order in which the family names them; there from
    /// now on.
    pub fn of(&self, values: [Label; N]) -> M {
        let mut values = values.into_iter();
        let labels = self
            .names
            .map(|name| (name, values.next().unwrap_or_default()));
        self.family.get_or_create_owned(&labels)
    }

    /// The same of values that are never made up at run time.
    pub fn at(&self, values: [&'static str; N]) -> M {
        self.of(values.map(Cow::Borrowed))
    }
}

/// How the figures of a family begin.
#[derive(Debug)]
struct Make<M> {
    make: fn(&'static [f64]) -> M,
    buckets: &'static [f64],
}

impl<M> Clone for Make<M> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<M> MetricConstructor<M> for Make<M> {
    fn new_metric(&self) -> M {
        (self.make)(self.buckets)
    }
}

/// The families of a part.
#[derive(Debug, Default)]
pub struct Families {
    registry: Registry,
    described: Vec<Described>,
}

impl Families {
    /// A counter; its name ends in `_total`.
    pub fn counter(&mut self, name: &'static str, help: &'static str) -> Counter {
        let counter = Counter::default();
        self.keep(name, help, (Kind::Counter, &[]), counter.clone());
        counter
    }

    /// Counters by label; their name ends in `_total`.
    pub fn counters<const N: usize>(
        &mut self,
        name: &'static str,
        help: &'static str,
        labels: [&'static str; N],
    ) -> Labelled<N, Counter> {
        self.family(
            (name, help, Kind::Counter),
            labels,
            |_| Counter::default(),
            &[],
        )
    }

    /// A gauge.
    pub fn gauge(&mut self, name: &'static str, help: &'static str) -> Gauge {
        let gauge = Gauge::default();
        self.keep(name, help, (Kind::Gauge, &[]), gauge.clone());
        gauge
    }

    /// Gauges by label.
    pub fn gauges<const N: usize>(
        &mut self,
        name: &'static str,
        help: &'static str,
        labels: [&'static str; N],
    ) -> Labelled<N, Gauge> {
        self.family((name, help, Kind::Gauge), labels, |_| Gauge::default(), &[])
    }

    /// A histogram.
    pub fn histogram(
        &mut self,
        name: &'static str,
        help: &'static str,
        buckets: &'static [f64],
    ) -> Histogram {
        let histogram = of_buckets(buckets);
        self.keep(name, help, (Kind::Histogram, &[]), histogram.clone());
        histogram
    }

    /// Histograms by label.
    pub fn histograms<const N: usize>(
        &mut self,
        name: &'static str,
        help: &'static str,
        labels: [&'static str; N],
        buckets: &'static [f64],
    ) -> Labelled<N, Histogram> {
        self.family((name, help, Kind::Histogram), labels, of_buckets, buckets)
    }

    /// What all of them are.
    pub fn described(&self) -> &[Described] {
        &self.described
    }

    /// Adds all of them to a text, as Prometheus reads it. A family without figures is left out.
    pub fn write(&self, text: &mut String) {
        // A string takes everything.
        let _ = prometheus_text::encode(text, &self.registry);
    }

    fn family<const N: usize, M>(
        &mut self,
        (name, help, kind): (&'static str, &'static str, Kind),
        labels: [&'static str; N],
        make: fn(&'static [f64]) -> M,
        buckets: &'static [f64],
    ) -> Labelled<N, M>
    where
        M: EncodeMetric + TypedMetric + Clone + Send + Sync + std::fmt::Debug + 'static,
    {
        let family = Family::new_with_constructor(Make { make, buckets });
        self.keep(name, help, (kind, &labels), family.clone());
        Labelled {
            names: labels,
            family,
        }
    }

    fn keep(
        &mut self,
        name: &'static str,
        help: &'static str,
        (kind, labels): (Kind, &[&'static str]),
        metric: impl prometheus_client::registry::Metric,
    ) {
        self.described.push(Described {
            name: name.to_owned(),
            kind,
            labels: labels.to_vec(),
        });
        // The library adds the ending of a counter by itself.
        let name = name.strip_suffix("_total").unwrap_or(name);
        self.registry.register(name, help, metric);
    }
}

fn of_buckets(buckets: &'static [f64]) -> Histogram {
    Histogram::new(buckets.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_written_as_prometheus_reads_them() {
        let mut families = Families::default();
        families.counter("chorus_a_total", "How many").inc_by(3);
        families.gauge("chorus_b_seconds", "How old").set(1.5);
        let kinds = families.counters("chorus_c_total", "By kind", ["kind"]);
        kinds.at(["one"]).inc();
        kinds.at(["one"]).inc();
        families.counters("chorus_d_total", "Never met", ["kind"]);
        families
            .histogram("chorus_e_seconds", "How long", &[0.5, 1.0])
            .observe(0.7);
        let mut text = String::new();
        families.write(&mut text);
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            lines,
            [
                "chorus_a_total 3",
                "chorus_b_seconds 1.5",
                "chorus_c_total{kind=\"one\"} 2",
                "chorus_e_seconds_bucket{le=\"0.5\"} 0",
                "chorus_e_seconds_bucket{le=\"1\"} 1",
                "chorus_e_seconds_bucket{le=\"+Inf\"} 1",
                "chorus_e_seconds_sum 0.7",
                "chorus_e_seconds_count 1",
            ]
        );
        assert!(text.contains("# HELP chorus_a_total How many.\n# TYPE chorus_a_total counter\n"));
        assert_eq!(families.described().len(), 5);
    }
}
