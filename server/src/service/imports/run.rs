//! Going on with a file: batch by batch from where it stands, under the lock on its import.

use std::collections::HashSet;

use entity::csv_import;
use entity::csv_line;
use entity::enums::{ImportKind, ImportState, LineOutcome};
use entity::ids::{CsvImportId, OrganizationId};
use entity::json::{LineChanges, LineFault};
use thiserror::Error;

use super::{member_lines, post_lines};
use crate::app::App;
use crate::domain::permission::within;
use crate::service::actor::Actor;
use crate::store::{StoreError, Txn, csv_imports, members, organizations};

/// Lines of one transaction: many enough that its commit costs each of them little, few enough
/// that others who write are not held up.
const BATCH: usize = 500;
/// How often a batch is begun anew that met somebody who wrote the same.
const TRIES: usize = 3;

/// Why a file does not come further.
#[derive(Debug, Error)]
pub enum Gone {
    /// It or whoever wanted it is not there any more, or it is not their turn.
    #[error("there is nothing to go on with")]
    Nothing,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// What a line does or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// Its number.
    pub line: u64,
    /// What it is about.
    pub label: String,
    /// What it does.
    pub outcome: LineOutcome,
    /// Why it is refused.
    pub fault: Option<LineFault>,
    /// What it changes of a person.
    pub changes: Option<LineChanges>,
}

/// The lines of a file, read.
enum Lines {
    Posts(Vec<post_lines::Line>),
    Members(Vec<member_lines::Line>),
}

/// Takes an import's next step to its end. Two who do so at once share the batches among
/// themselves.
pub async fn go_on(app: &App, organization: OrganizationId, id: CsvImportId) -> Result<(), Gone> {
    let db = app.store.reader();
    let row = csv_imports::find(db, organization, id).await?;
    let row = row.ok_or(Gone::Nothing)?;
    match row.state {
        ImportState::Checking | ImportState::Running => {}
        ImportState::Ready | ImportState::Done | ImportState::Failed => return Ok(()),
    }
    let Some(actor) = actor(app, &row).await? else {
        return fail(app, &row).await;
    };
    let file = csv_imports::file(db, organization, id).await?;
    let lines = read(app, &actor, &row, file.ok_or(Gone::Nothing)?).await?;
    match row.state {
        ImportState::Checking => try_all(app, &actor, &row, lines).await,
        ImportState::Running => take_over(app, &actor, &row, &lines).await,
        ImportState::Ready | ImportState::Done | ImportState::Failed => Ok(()),
    }
}

/// In whose name it is done, with what they might do then, as far as they still may.
async fn actor(app: &App, row: &csv_import::Model) -> Result<Option<Actor>, StoreError> {
    let db = app.store.reader();
    let organization = organizations::find(db, row.organization_id).await?;
    let member = match row.member_id {
        Some(id) => members::find(db, row.organization_id, id).await?,
        None => None,
    };
    let (Some(organization), Some(member)) = (organization, member) else {
        return Ok(None);
    };
    if member.left_at.is_some() {
        return Ok(None);
    }
    let mut actor = Actor::of(organization, member);
    actor.permissions = within(&row.permissions.0, &actor.permissions);
    let may = actor.require(super::permission(row.kind)).is_ok();
    Ok(may.then_some(actor))
}

async fn fail(app: &App, row: &csv_import::Model) -> Result<(), Gone> {
    let txn = app.store.begin().await?;
    let Some(present) = at_step(&txn, row).await? else {
        return Ok(());
    };
    let failed = csv_import::Model {
        state: ImportState::Failed,
        updated_at: app.now(),
        ..present
    };
    csv_imports::update(&txn, failed).await?;
    csv_imports::drop_file(&txn, row.organization_id, row.id).await?;
    txn.commit().await?;
    Ok(())
}

/// Reading is work, and a file that makes the reader panic has no lines.
async fn read(
    app: &App,
    actor: &Actor,
    row: &csv_import::Model,
    file: Vec<u8>,
) -> Result<Lines, StoreError> {
    let (kind, actor, now) = (row.kind, actor.clone(), app.now());
    let read = tokio::task::spawn_blocking(move || match kind {
        ImportKind::Posts => Lines::Posts(post_lines::read(&actor, &file, now)),
        ImportKind::Members => Lines::Members(member_lines::read(&actor, &file)),
    });
    Ok(read.await.unwrap_or(match kind {
        ImportKind::Posts => Lines::Posts(Vec::new()),
        ImportKind::Members => Lines::Members(Vec::new()),
    }))
}

/// Says what each line would do.
async fn try_all(
    app: &App,
    actor: &Actor,
    row: &csv_import::Model,
    lines: Lines,
) -> Result<(), Gone> {
    let db = app.store.reader();
    let told = match lines {
        Lines::Posts(lines) => post_lines::tell(db, actor, &lines).await?,
        Lines::Members(lines) => member_lines::tell(db, app, actor, lines).await?,
    };
    loop {
        let txn = app.store.begin().await?;
        let Some(present) = at_step(&txn, row).await? else {
            return Ok(());
        };
        let batch = batch(&told, present.seen);
        if !note(&txn, app, present, batch).await? {
            return Ok(txn.commit().await?);
        }
        txn.commit().await?;
    }
}

/// Does what each line says.
async fn take_over(
    app: &App,
    actor: &Actor,
    row: &csv_import::Model,
    lines: &Lines,
) -> Result<(), Gone> {
    let mut taken = Taken::default();
    let mut tries = 0;
    loop {
        match take_batch(app, actor, row, (lines, &mut taken)).await {
            Ok(true) => tries = 0,
            Ok(false) => return Ok(()),
            // Somebody added the same member, team or name meanwhile: now it is known.
            Err(Gone::Internal(StoreError::Conflict)) if tries < TRIES => {
                tries += 1;
                taken.pseudonyms.clear();
            }
            Err(other) => return Err(other),
        }
    }
}

/// The pseudonyms that are somebody's, as far as who goes on with a file knows.
#[derive(Debug, Default)]
struct Taken {
    pseudonyms: HashSet<String>,
    /// How far the file was when they were known. Whoever brought it further drew others.
    seen: i64,
}

/// Does what the next lines say; says whether there may be more.
async fn take_batch(
    app: &App,
    actor: &Actor,
    row: &csv_import::Model,
    (lines, taken): (&Lines, &mut Taken),
) -> Result<bool, Gone> {
    let txn = app.store.begin().await?;
    let Some(present) = at_step(&txn, row).await? else {
        return Ok(false);
    };
    if taken.seen != present.seen {
        taken.pseudonyms.clear();
    }
    let seen = present.seen;
    let told = match lines {
        Lines::Posts(lines) => {
            post_lines::write(&txn, app, actor, batch(lines, present.seen)).await?
        }
        Lines::Members(lines) => {
            let lines = batch(lines, present.seen);
            member_lines::write(&txn, app, actor, (lines, &mut taken.pseudonyms)).await?
        }
    };
    let is_more = note(&txn, app, present, &told).await?;
    txn.commit().await?;
    taken.seen = seen + i64::try_from(told.len()).unwrap_or(i64::MAX);
    Ok(is_more)
}

/// The import, held, if it is still at this step.
async fn at_step(
    txn: &Txn,
    row: &csv_import::Model,
) -> Result<Option<csv_import::Model>, StoreError> {
    let present = csv_imports::find_to_change(txn, row.organization_id, row.id).await?;
    // Somebody who was taken out of the file since it was read must not come in by it.
    let is_same = |present: &csv_import::Model| {
        present.state == row.state && present.cleaned_at == row.cleaned_at
    };
    Ok(present.filter(is_same))
}

fn batch<T>(all: &[T], seen: i64) -> &[T] {
    let from = usize::try_from(seen).unwrap_or(usize::MAX);
    let rest = all.get(from..).unwrap_or_default();
    rest.get(..BATCH).unwrap_or(rest)
}

/// Notes what lines do, or, where there are none left, that the step is over; says whether there
/// may be more. A file of which no line would do anything waits for nobody.
async fn note(
    txn: &Txn,
    app: &App,
    row: csv_import::Model,
    told: &[Told],
) -> Result<bool, StoreError> {
    let now = app.now();
    if told.is_empty() {
        let does_nothing = row.added + row.updated == 0;
        let is_over = row.state == ImportState::Running || does_nothing;
        if is_over {
            csv_imports::drop_file(txn, row.organization_id, row.id).await?;
        }
        let over = csv_import::Model {
            state: if is_over {
                ImportState::Done
            } else {
                ImportState::Ready
            },
            done_at: is_over.then_some(now),
            updated_at: now,
            ..row
        };
        csv_imports::update(txn, over).await?;
        return Ok(false);
    }
    let count = |outcome| {
        let found = told.iter().filter(|one| one.outcome == outcome).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    let rows: Vec<csv_line::Model> = told.iter().map(|one| line(&row, one)).collect();
    csv_imports::replace_lines(txn, &rows).await?;
    let further = csv_import::Model {
        seen: row.seen + i64::try_from(told.len()).unwrap_or(i64::MAX),
        added: row.added + count(LineOutcome::Added),
        updated: row.updated + count(LineOutcome::Updated),
        unchanged: row.unchanged + count(LineOutcome::Unchanged),
        refused: row.refused + count(LineOutcome::Refused),
        updated_at: now,
        ..row
    };
    csv_imports::update(txn, further).await?;
    Ok(true)
}

fn line(row: &csv_import::Model, told: &Told) -> csv_line::Model {
    csv_line::Model {
        import_id: row.id,
        line: i64::try_from(told.line).unwrap_or(i64::MAX),
        organization_id: row.organization_id,
        outcome: told.outcome,
        label: told.label.clone(),
        fault: told.fault.clone(),
        changes: told.changes.clone(),
    }
}
