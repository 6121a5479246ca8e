//! What lines of a file of members do.

use std::collections::HashSet;

use entity::enums::LineOutcome;

use super::run::Told;
use crate::app::App;
use crate::domain::csv_file::Refused;
use crate::service::actor::Actor;
use crate::service::members::import::known::{Known, Verdict};
use crate::service::members::import::rows::{self, Row};
use crate::store::{Reader, StoreError, Txn, members};

/// A row, or why there is none.
pub(super) type Line = Result<Row, Refused>;

/// Reads a file; one that cannot be meant has no lines.
pub(super) fn read(actor: &Actor, file: &[u8]) -> Vec<Line> {
    let rows = rows::read(file).unwrap_or_default();
    rows::permitted(actor, rows).collect()
}

/// What lines would do, each after those before it.
pub(super) async fn tell(
    db: &impl Reader,
    app: &App,
    actor: &Actor,
    lines: Vec<Line>,
) -> Result<Vec<Told>, StoreError> {
    let mut known = Known::to_try(db, actor).await?;
    Ok(judged(&mut known, app, lines))
}

/// Does what lines say. The pseudonyms that are taken go from one batch to the next.
pub(super) async fn write(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (lines, pseudonyms): (&[Line], &mut HashSet<String>),
) -> Result<Vec<Told>, StoreError> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    if pseudonyms.is_empty() {
        *pseudonyms = members::pseudonyms(&**txn, actor.organization.id).await?;
    }
    let rows: Vec<&Row> = lines.iter().filter_map(|line| line.as_ref().ok()).collect();
    let mut known = Known::of_some(txn, actor, &rows, std::mem::take(pseudonyms)).await?;
    let told = judged(&mut known, app, lines.to_vec());
    *pseudonyms = known.write(txn, app).await?;
    Ok(told)
}

fn judged(known: &mut Known<'_>, app: &App, lines: Vec<Line>) -> Vec<Told> {
    let judge = |line: Line| match line {
        Err(Refused { line, fault }) => Told {
            line,
            label: String::new(),
            outcome: LineOutcome::Refused,
            fault: Some(fault),
            changes: None,
        },
        Ok(row) => {
            let (line, label) = (row.line, format!("{} · {}", row.name, row.email));
            let (outcome, fault, changes) = match known.judge(app, row) {
                Verdict::Added => (LineOutcome::Added, None, None),
                Verdict::Updated(changes) => (LineOutcome::Updated, None, Some(changes)),
                Verdict::Unchanged => (LineOutcome::Unchanged, None, None),
                Verdict::Refused(fault) => (LineOutcome::Refused, Some(fault), None),
            };
            Told {
                line,
                label,
                outcome,
                fault,
                changes,
            }
        }
    };
    lines.into_iter().map(judge).collect()
}
