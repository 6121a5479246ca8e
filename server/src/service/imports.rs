//! Files of posts and of members: tried line by line, confirmed by somebody, taken over in
//! batches, each of which is counted in the transaction that writes it. Whoever goes on with a
//! file goes on where it stands, so that no line is taken over twice.

mod member_lines;
mod post_lines;
mod run;

use chrono::{DateTime, TimeDelta, Utc};
use entity::csv_import;
use entity::enums::{ImportKind, ImportState, LineOutcome, Permission};
use entity::ids::{CsvImportId, OrganizationId};
use entity::json::Scopes;
use entity::{csv_file, csv_line};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::jobs::Task;
use super::{audit, jobs};
use crate::app::App;
use crate::domain::csv_file::{Columns, FileFault};
use crate::domain::page::{Paging, Slice};
use crate::domain::permission::within;
use crate::store::{StoreError, Txn, csv_imports};

pub use run::{Gone, go_on};

/// Lines of a file of members, at most.
const MEMBER_LINES: usize = 200_000;
/// Lines of a file of posts, at most: nobody reviews more.
const POST_LINES: usize = 5_000;
/// A file of so many lines is dealt with while its sender waits; a longer one by a worker.
const SHORT: i64 = 500;
/// Files of an organization that wait or are under way at once, at most.
const OPEN: u64 = 10;
/// A file that is being taken over and came no further for so long was given up.
const GIVEN_UP: TimeDelta = TimeDelta::minutes(10);
/// How long a file is remembered, and what its lines did: they hold people's names.
const KEPT: TimeDelta = TimeDelta::days(7);

/// Try a file, or take it over, whichever is its next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCsv {
    /// The tenant.
    pub organization: OrganizationId,
    /// The import.
    pub import: CsvImportId,
}

impl Task for ImportCsv {
    const KIND: &'static str = "import_csv";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Why a file is not taken.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such import of this kind in the organization.
    #[error("there is no such import")]
    NotFound,
    /// The file cannot be meant.
    #[error("the file {0}")]
    File(FileFault),
    /// As many files as may wait or be under way do so.
    #[error("{0} files wait or are under way already: confirm or discard one of them")]
    TooMany(u64),
    /// The step does not follow on how far it has come.
    #[error("the import is {0:?}")]
    WrongState(ImportState),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl From<FileFault> for ImportError {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

/// What it takes to import files of a kind.
pub fn permission(kind: ImportKind) -> Permission {
    match kind {
        ImportKind::Posts => Permission::WritePosts,
        ImportKind::Members => Permission::ManageMembers,
    }
}

/// The columns that a file of a kind may have.
pub fn columns(kind: ImportKind) -> Columns {
    match kind {
        ImportKind::Posts => post_lines::COLUMNS,
        ImportKind::Members => super::members::import::rows::COLUMNS,
    }
}

/// Takes a file and tries it: says what each line would do, and writes nothing of it.
pub async fn upload(
    app: &App,
    actor: &Actor,
    kind: ImportKind,
    file: Vec<u8>,
) -> Result<csv_import::Model, ImportError> {
    actor.require(permission(kind))?;
    let counted = tokio::task::spawn_blocking(move || {
        let records = crate::domain::csv_file::read(&file, columns(kind));
        (records.map(|records| records.len()), file)
    });
    // A file that makes the reader panic is none.
    let Ok((total, content)) = counted.await else {
        return Err(FileFault::Empty.into());
    };
    let total = total?;
    let most = match kind {
        ImportKind::Posts => POST_LINES,
        ImportKind::Members => MEMBER_LINES,
    };
    if total == 0 {
        return Err(FileFault::Empty.into());
    }
    if total > most {
        return Err(FileFault::TooManyLines(most).into());
    }
    let row = blank(app, actor, kind, total);
    let (organization_id, import_id) = (row.organization_id, row.id);
    let file = csv_file::Model {
        import_id,
        organization_id,
        content,
    };
    let txn = app.store.begin().await?;
    if csv_imports::count_open(&*txn, organization_id).await? >= OPEN {
        return Err(ImportError::TooMany(OPEN));
    }
    let row = csv_imports::insert(&txn, row, file).await?;
    plan(&txn, app, &row).await?;
    txn.commit().await?;
    now_if_short(app, row).await
}

fn blank(app: &App, actor: &Actor, kind: ImportKind, total: usize) -> csv_import::Model {
    csv_import::Model {
        id: CsvImportId(app.uuid()),
        organization_id: actor.organization.id,
        member_id: Some(actor.member.id),
        permissions: Scopes(actor.permissions.clone()),
        kind,
        state: ImportState::Checking,
        total: i64::try_from(total).unwrap_or(i64::MAX),
        seen: 0,
        added: 0,
        updated: 0,
        unchanged: 0,
        refused: 0,
        created_at: app.now(),
        confirmed_at: None,
        done_at: None,
        cleaned_at: None,
        updated_at: app.now(),
    }
}

/// Whether an import is being taken over and comes no further: whoever did so gave up.
pub fn is_given_up(row: &csv_import::Model, now: DateTime<Utc>) -> bool {
    row.state == ImportState::Running && row.updated_at + GIVEN_UP <= now
}

/// Takes over what was tried, in the actor's name; again changes nothing, but that what was given
/// up goes on from where it stands.
pub async fn confirm(
    app: &App,
    actor: &Actor,
    (kind, id): (ImportKind, CsvImportId),
) -> Result<csv_import::Model, ImportError> {
    actor.require(permission(kind))?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let row = csv_imports::find_to_change(&txn, organization, id).await?;
    let row = of_kind(row, kind)?;
    match row.state {
        ImportState::Ready => {}
        ImportState::Running if is_given_up(&row, app.now()) => {
            return again(app, txn, row).await;
        }
        ImportState::Running | ImportState::Done => return Ok(row),
        ImportState::Checking | ImportState::Failed => {
            return Err(ImportError::WrongState(row.state));
        }
    }
    let row = csv_import::Model {
        state: ImportState::Running,
        member_id: Some(actor.member.id),
        // A file that a token of less brought in does no more for who confirms it.
        permissions: Scopes(within(&row.permissions.0, &actor.permissions)),
        seen: 0,
        added: 0,
        updated: 0,
        unchanged: 0,
        refused: 0,
        confirmed_at: Some(app.now()),
        updated_at: app.now(),
        ..row
    };
    let row = csv_imports::update(&txn, row).await?;
    plan(&txn, app, &row).await?;
    let event = audit::Event {
        action: match kind {
            ImportKind::Posts => "post.import",
            ImportKind::Members => "member.import",
        },
        subject: format!("import:{id}"),
        detail: json!({ "lines": row.total }),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    now_if_short(app, row).await
}

/// Plans anew what was given up.
async fn again(
    app: &App,
    txn: Txn,
    row: csv_import::Model,
) -> Result<csv_import::Model, ImportError> {
    let row = csv_import::Model {
        updated_at: app.now(),
        ..row
    };
    let row = csv_imports::update(&txn, row).await?;
    plan(&txn, app, &row).await?;
    txn.commit().await?;
    now_if_short(app, row).await
}

/// Plans the next step for a worker, who finds nothing to do where it was done meanwhile.
pub(super) async fn plan(txn: &Txn, app: &App, row: &csv_import::Model) -> Result<(), StoreError> {
    let task = ImportCsv {
        organization: row.organization_id,
        import: row.id,
    };
    jobs::enqueue(txn, app, &task, app.now(), None).await?;
    Ok(())
}

/// Takes the next step at once where that is short. What fails now is the worker's.
async fn now_if_short(app: &App, row: csv_import::Model) -> Result<csv_import::Model, ImportError> {
    if row.total > SHORT {
        return Ok(row);
    }
    if let Err(Gone::Internal(cause)) = go_on(app, row.organization_id, row.id).await {
        tracing::warn!(%cause, "an import is left to a worker: {cause}");
    }
    let now = csv_imports::find(app.store.reader(), row.organization_id, row.id).await?;
    now.ok_or(ImportError::NotFound)
}

/// Forgets an import that is not being taken over.
pub async fn discard(
    app: &App,
    actor: &Actor,
    (kind, id): (ImportKind, CsvImportId),
) -> Result<(), ImportError> {
    actor.require(permission(kind))?;
    let txn = app.store.begin().await?;
    let row = csv_imports::find_to_change(&txn, actor.organization.id, id).await?;
    let row = of_kind(row, kind)?;
    if row.state == ImportState::Running && !is_given_up(&row, app.now()) {
        return Err(ImportError::WrongState(row.state));
    }
    csv_imports::delete(&txn, actor.organization.id, id).await?;
    txn.commit().await?;
    Ok(())
}

/// One import.
pub async fn show(
    app: &App,
    actor: &Actor,
    (kind, id): (ImportKind, CsvImportId),
) -> Result<csv_import::Model, ImportError> {
    actor.require(permission(kind))?;
    let row = csv_imports::find(app.store.reader(), actor.organization.id, id).await?;
    of_kind(row, kind)
}

/// The organization's imports of a kind, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    kind: ImportKind,
    paging: Paging,
) -> Result<Slice<csv_import::Model>, ImportError> {
    actor.require(permission(kind))?;
    let db = app.store.reader();
    Ok(csv_imports::list(db, actor.organization.id, kind, paging).await?)
}

/// Which lines of an import are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Those of an outcome; none for all.
    pub outcome: Option<LineOutcome>,
    /// Those after this one.
    pub after: i64,
    /// So many, at most.
    pub limit: u64,
}

/// What lines of an import do or did.
pub async fn lines(
    app: &App,
    actor: &Actor,
    import: (ImportKind, CsvImportId),
    wanted: Wanted,
) -> Result<Vec<csv_line::Model>, ImportError> {
    show(app, actor, import).await?;
    let (organization, id) = (actor.organization.id, import.1);
    let which = (wanted.outcome, wanted.after, wanted.limit);
    Ok(csv_imports::lines(app.store.reader(), organization, id, which).await?)
}

/// Forgets the imports of some time ago; says how many.
pub async fn forget(app: &App) -> Result<u64, StoreError> {
    let txn = app.store.begin().await?;
    let forgotten = csv_imports::forget_before(&txn, app.now() - KEPT).await?;
    txn.commit().await?;
    Ok(forgotten)
}

fn of_kind(
    row: Option<csv_import::Model>,
    kind: ImportKind,
) -> Result<csv_import::Model, ImportError> {
    row.filter(|row| row.kind == kind)
        .ok_or(ImportError::NotFound)
}

#[cfg(test)]
mod tests;
