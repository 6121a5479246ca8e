//! What a benchmark found, and the table that README shows of it.

use std::fmt::Write as _;
use std::time::Duration;

use crate::samples::{ratio, shown};

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The row of the bars that it belongs to.
    pub row: &'static str,
    /// What exactly was measured: database, size, connections.
    pub case: String,
    /// What was measured of ours, with its unit.
    pub measured: String,
    /// The reference in the same run, with its unit; empty without one.
    pub reference: String,
    /// The ratio that the bar is about, or the figure itself; as it is to be read.
    pub outcome: String,
    /// The bar, as in `≥ 60 %`; empty where a figure is only told.
    pub bar: String,
    /// Whether the bar is reached.
    pub met: bool,
}

impl Figure {
    /// One of ours against its reference, where less is better.
    pub fn at_most(
        (row, case): (&'static str, String),
        (measured, reference): (String, String),
        (ratio, bar): (f64, f64),
    ) -> Self {
        Self {
            row,
            case,
            measured,
            reference,
            outcome: format!("{ratio:.2} ×"),
            bar: format!("≤ {bar} ×"),
            met: ratio <= bar,
        }
    }

    /// A part of what the line before measured: told, and held against no bar.
    pub fn part_of(&self, what: &str, (part, whole): (Duration, Duration)) -> Self {
        Self {
            case: format!("{}, of it {what}", self.case),
            measured: shown(part),
            reference: shown(whole),
            outcome: format!("{:.0} %", 100.0 * ratio(part, whole)),
            bar: String::new(),
            ..self.clone()
        }
    }

    /// As it is told on the way.
    pub fn line(&self) -> String {
        format!(
            "{}: {} against {} = {} ({}) {}",
            self.case,
            self.measured,
            self.reference,
            self.outcome,
            self.bar,
            self.verdict()
        )
    }

    fn verdict(&self) -> &'static str {
        match (self.bar.is_empty(), self.met) {
            (true, _) => "",
            (false, true) => "yes",
            (false, false) => "no",
        }
    }
}

/// All lines as a Markdown table.
pub fn table(figures: &[Figure]) -> String {
    let mut text = String::from(
        "| row | case | measured | reference | outcome | bar | met |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for figure in figures {
        let met = figure.verdict();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {met} |",
            figure.row, figure.case, figure.measured, figure.reference, figure.outcome, figure.bar
        );
    }
    text
}
