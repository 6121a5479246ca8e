//! Importing members from a CSV file: rows that are wrong are refused with
//! their line and reason, the rest goes on.
//!
//! An empty cell says nothing: it changes nothing of a member who is known. Short files are
//! taken over at once by [`import`]; long ones in batches by `service::imports`, which asks the
//! same [`Known`] what each row does.

pub mod known;
pub mod rows;

use entity::enums::Permission;
use serde_json::json;

use crate::app::App;
use crate::domain::csv_file::{self, FileFault};
use crate::service::actor::{Actor, LookError};
use crate::service::audit;
use known::{Known, Verdict};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that added a member.
    pub added: u64,
    /// Rows that changed a member.
    pub updated: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: Vec<Refused>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why, and what would be right.
    pub reason: String,
}

impl From<csv_file::Refused> for Refused {
    fn from(refused: csv_file::Refused) -> Self {
        Self {
            line: refused.line,
            reason: csv_file::reason(&refused.fault),
        }
    }
}

impl From<FileFault> for Report {
    fn from(fault: FileFault) -> Self {
        let refused = Refused {
            line: 1,
            reason: fault.to_string(),
        };
        Self {
            refused: vec![refused],
            ..Self::default()
        }
    }
}

/// Lines of a list that is taken over while its sender waits; a longer one is for
/// `service::imports`.
const AT_ONCE: usize = 500;

/// Adds and changes the members that a short CSV file lists; again changes nothing.
pub async fn import(app: &App, actor: &Actor, file: &[u8]) -> Result<Report, LookError> {
    import_at_most(app, actor, file, AT_ONCE).await
}

/// The same of a file of so many lines, at most.
pub async fn import_at_most(
    app: &App,
    actor: &Actor,
    file: &[u8],
    most: usize,
) -> Result<Report, LookError> {
    actor.require(Permission::ManageMembers)?;
    let rows = match read(file.to_vec()).await {
        Ok(rows) if rows.len() > most => return Ok(FileFault::TooLong(most).into()),
        Ok(rows) => rows,
        Err(fault) => return Ok(fault.into()),
    };
    let mut report = Report::default();
    let txn = app.store.begin().await?;
    let mut known = Known::of_everybody(&txn, actor).await?;
    for row in rows::permitted(actor, rows) {
        match row.map(|row| (row.line, known.judge(app, row))) {
            Ok((_, Verdict::Added)) => report.added += 1,
            Ok((_, Verdict::Updated(_))) => report.updated += 1,
            Ok((_, Verdict::Unchanged)) => report.unchanged += 1,
            Ok((line, Verdict::Refused(fault))) => {
                let refused = csv_file::Refused { line, fault };
                report.refused.push(refused.into());
            }
            Err(refused) => report.refused.push(refused.into()),
        }
    }
    known.write(&txn, app).await?;
    if report.added + report.updated > 0 {
        let event = audit::Event {
            action: "member.import",
            subject: format!("organization:{}", actor.organization.id),
            detail: json!({"added": report.added, "updated": report.updated}),
        };
        audit::record(&txn, app, actor, event).await?;
    }
    txn.commit().await?;
    Ok(report)
}

/// Reading is work, and a file that makes the reader panic has no lines.
async fn read(file: Vec<u8>) -> Result<Vec<Result<rows::Row, csv_file::Refused>>, FileFault> {
    let read = tokio::task::spawn_blocking(move || rows::read(&file));
    read.await.unwrap_or(Err(FileFault::Empty))
}

#[cfg(test)]
mod tests;
