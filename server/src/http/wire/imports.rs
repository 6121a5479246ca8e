//! Files of posts and of members, both ways.

use entity::{csv_import, csv_line, enums as rows};
use server_api::ids::ImportId;
use server_api::import::{
    Import, ImportLine, ImportLines, ImportLinesQuery, ImportState, LineOutcome,
};
use server_api::page::{DEFAULT_LIMIT, MAX_LIMIT};

use crate::domain::csv_file::reason;
use crate::http::error::ApiError;
use crate::service::imports::Wanted;

/// An import as it travels.
#[expect(
    clippy::needless_pass_by_value,
    reason = "rows are converted as they come"
)]
pub fn import(row: csv_import::Model) -> Import {
    Import {
        id: ImportId(row.id.0),
        state: state(row.state),
        total: row.total,
        seen: row.seen,
        added: row.added,
        updated: row.updated,
        unchanged: row.unchanged,
        refused: row.refused,
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
        done_at: row.done_at,
    }
}

/// Which lines are wanted.
pub fn wanted(query: &ImportLinesQuery) -> Result<Wanted, ApiError> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(ApiError::field("limit", format!("is 1 to {MAX_LIMIT}")));
    }
    Ok(Wanted {
        outcome: query.outcome.map(outcome_row),
        after: query.after.unwrap_or(0),
        limit,
    })
}

/// Lines as they travel; a full page may have another behind it.
pub fn lines(found: Vec<csv_line::Model>, wanted: Wanted) -> ImportLines {
    let is_full = u64::try_from(found.len()).is_ok_and(|count| count == wanted.limit);
    let last = found.last().map(|row| row.line);
    ImportLines {
        items: found.into_iter().map(line).collect(),
        next: last.filter(|_| is_full),
    }
}

fn line(row: csv_line::Model) -> ImportLine {
    ImportLine {
        line: row.line,
        label: row.label,
        outcome: match row.outcome {
            rows::LineOutcome::Added => LineOutcome::Added,
            rows::LineOutcome::Updated => LineOutcome::Updated,
            rows::LineOutcome::Unchanged => LineOutcome::Unchanged,
            rows::LineOutcome::Refused => LineOutcome::Refused,
        },
        reason: row.fault.as_ref().map(reason),
    }
}

fn outcome_row(outcome: LineOutcome) -> rows::LineOutcome {
    match outcome {
        LineOutcome::Added => rows::LineOutcome::Added,
        LineOutcome::Updated => rows::LineOutcome::Updated,
        LineOutcome::Unchanged => rows::LineOutcome::Unchanged,
        LineOutcome::Refused => rows::LineOutcome::Refused,
    }
}

fn state(state: rows::ImportState) -> ImportState {
    match state {
        rows::ImportState::Checking => ImportState::Checking,
        rows::ImportState::Ready => ImportState::Ready,
        rows::ImportState::Running => ImportState::Running,
        rows::ImportState::Done => ImportState::Done,
        rows::ImportState::Failed => ImportState::Failed,
    }
}
