//! Columns over time, drawn on the server: an SVG of plain shapes, labels that stand at what they
//! name, a sentence for who does not see it, and the same numbers as a table.

use super::{hidden, told};
use crate::domain::span::Stretch;
use crate::http::console::look::Look;

/// How high the drawing is.
const HEIGHT: i64 = 100;
/// How wide a column is, with the gap behind it.
const STEP: i64 = 10;
/// How wide the gap is.
const GAP: i64 = 2;
/// So many columns have each its own number and name; more have some.
const FEW: usize = 14;
/// Of many columns, each so many has its name.
const EVERY: usize = 7;

/// Columns over time.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What is counted.
    pub title: String,
    /// The same in a sentence.
    pub summary: String,
    /// How wide the drawing is.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// The columns.
    pub columns: Vec<Column>,
    /// The head of the table: what its lines are called, and what is counted.
    pub head: (String, String),
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Where it stands.
    pub x: i64,
    /// Where it begins, from above.
    pub y: i64,
    /// How wide it is.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// Its number where that stands at it.
    pub label: Option<String>,
    /// Its name where that stands below it.
    pub tick: Option<String>,
    /// Its whole name, for the table.
    pub name: String,
    /// Its number, for the table.
    pub number: String,
}

/// What is drawn: days, weeks or months, each with its number.
pub struct Drawn<'d> {
    /// The key of what is counted.
    pub title: &'static str,
    /// The key of what a column is.
    pub unit: &'static str,
    /// The columns; without a number where that is kept back.
    pub points: &'d [(Stretch, Option<i64>)],
}

impl Chart {
    /// Draws columns.
    pub fn of(look: &Look, drawn: &Drawn<'_>) -> Self {
        let points = drawn.points;
        let most = points.iter().filter_map(|(_, number)| *number);
        let most = most.max().unwrap_or(0);
        let is_few = points.len() <= FEW;
        let top = points
            .iter()
            .position(|(_, number)| *number == Some(most) && most > 0);
        let columns: Vec<Column> = points
            .iter()
            .enumerate()
            .map(|(at, (stretch, number))| {
                let x = i64::try_from(at).unwrap_or_default() * STEP;
                let height = height(number.unwrap_or(0), most);
                let shown = number.map(|number| told::number(look, number));
                let has_label = number.is_none_or(|number| number > 0);
                let has_label = has_label && (is_few || top == Some(at));
                let (label, exact) = shown.map_or_else(
                    || (hidden(look), hidden(look)),
                    |told| (told.shown, told.exact),
                );
                Column {
                    x,
                    y: HEIGHT - height,
                    width: STEP - GAP,
                    height,
                    label: has_label.then_some(label),
                    tick: (is_few || at.is_multiple_of(EVERY)).then(|| tick(look, *stretch)),
                    name: name(look, *stretch),
                    number: exact,
                }
            })
            .collect();
        let title = look.say(drawn.title);
        Self {
            summary: summary(look, points, top),
            width: i64::try_from(columns.len()).unwrap_or_default() * STEP,
            height: HEIGHT,
            columns,
            head: (look.say(drawn.unit), title.clone()),
            title,
        }
    }
}

/// What is there is seen, however little it is.
fn height(number: i64, most: i64) -> i64 {
    if number <= 0 || most <= 0 {
        return 0;
    }
    (number.saturating_mul(HEIGHT) / most).max(1)
}

fn summary(look: &Look, points: &[(Stretch, Option<i64>)], top: Option<usize>) -> String {
    let all: i64 = points.iter().filter_map(|(_, number)| *number).sum();
    let Some((stretch, Some(most))) = top.and_then(|at| points.get(at)) else {
        return look.say("chart-nothing");
    };
    let fills = [
        ("all", look.number(all).into()),
        ("most", look.number(*most).into()),
        ("when", name(look, *stretch).into()),
    ];
    look.words.tell("chart-summary", &fills)
}

fn tick(look: &Look, stretch: Stretch) -> String {
    if is_month(stretch) {
        told::short_month(look, stretch.from)
    } else {
        told::day(look, stretch.from)
    }
}

fn name(look: &Look, stretch: Stretch) -> String {
    if is_month(stretch) {
        told::month(look, stretch.from)
    } else if stretch.from == stretch.until {
        told::day(look, stretch.from)
    } else {
        let (from, until) = (
            told::day(look, stretch.from),
            told::day(look, stretch.until),
        );
        format!("{from} – {until}")
    }
}

fn is_month(stretch: Stretch) -> bool {
    use chrono::Datelike;
    let next = stretch.until.succ_opt();
    stretch.from.day() == 1 && next.is_some_and(|next| next.day() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_high_as_its_part_of_the_highest() {
        for (number, most, expected) in [
            (0, 0, 0),
            (0, 7, 0),
            (7, 7, 100),
            (1, 1_000_000, 1),
            (i64::MAX, i64::MAX, 1),
        ] {
            assert_eq!(height(number, most), expected, "{number} of {most}");
        }
        assert_eq!(height(1, 4), 25);
    }
}
