//! Files of posts and of members: chosen, tried, looked at line by line, confirmed, followed while
//! they are taken over. The same pages for both, each behind its own door.

mod told;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use entity::csv_import;
use entity::enums::{ImportKind, ImportState, LineOutcome};
use entity::ids::CsvImportId;
use uuid::Uuid;

use super::door::{Console, Door, InPath};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::look::Look;
use super::multipart::Sent;
use super::page::{Answer, OrPage};
use super::toast::Toast;
use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::permissions::{ManageMembers, Needed, WritePosts};
use crate::service::imports::{self, ImportError, Wanted};

/// Imports that are listed.
const LISTED: u64 = 10;
/// Lines of one page.
const LINES: u64 = 50;

/// Who may import what, and where that is done.
pub trait Importing: Needed {
    /// What the lines of their files are.
    const KIND: ImportKind;
    /// Path below the console's beginning.
    const PLACE: &'static str;
}

impl Importing for WritePosts {
    const KIND: ImportKind = ImportKind::Posts;
    const PLACE: &'static str = "library/imports";
}

impl Importing for ManageMembers {
    const KIND: ImportKind = ImportKind::Members;
    const PLACE: &'static str = "people/imports";
}

#[derive(Template)]
#[template(path = "console/imports.html")]
struct ImportsPage {
    frame: Frame,
    lead: String,
    text: String,
    faults: Faults,
    path: String,
    past: Vec<Past>,
    /// What else the member may import: where, and how that is called.
    other: Option<(String, String)>,
}

/// A file of the last days.
struct Past {
    path: String,
    at: DateTime<Utc>,
    lines: String,
    state: (String, &'static str),
}

#[derive(Template)]
#[template(path = "console/import.html")]
struct ImportPage {
    frame: Frame,
    row: csv_import::Model,
    /// Whether it came no further for long: it can go on, or be put aside.
    is_given_up: bool,
    state: (String, &'static str),
    text: String,
    added: String,
    path: String,
    place: String,
    /// Which lines are shown.
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: Option<String>,
    drafts: Option<String>,
}

/// Lines of an outcome.
struct Tab {
    name: String,
    count: String,
    path: String,
    is_here: bool,
}

/// A line as it is shown.
struct Line {
    number: String,
    label: String,
    outcome: (String, &'static str),
    why: String,
}

impl ImportPage {
    /// Whether a step is under way.
    fn is_under_way(&self) -> bool {
        matches!(self.row.state, ImportState::Checking | ImportState::Running) && !self.is_given_up
    }

    fn is_ready(&self) -> bool {
        self.row.state == ImportState::Ready
    }

    fn is_running(&self) -> bool {
        self.row.state == ImportState::Running && !self.is_given_up
    }

    fn is_done(&self) -> bool {
        self.row.state == ImportState::Done
    }

    /// Lines that do something.
    fn busy_lines(&self) -> i64 {
        self.row.added + self.row.updated
    }

    /// How far the step has come, in thousandths.
    fn part(&self) -> i64 {
        self.row.seen.saturating_mul(1_000) / self.row.total.max(1)
    }

    /// The same as a percentage.
    fn percent(&self) -> i64 {
        self.part() / 10
    }
}

/// Shows where a file is chosen, and those of the last days.
pub async fn begin<P: Importing>(console: Console<P>, State(app): State<App>) -> Answer {
    let page = chooser(&console, &app, Faults::none()).await?;
    Ok(console.page(&page))
}

async fn chooser<P: Importing>(
    console: &Console<P>,
    app: &App,
    faults: Faults,
) -> Result<ImportsPage, Response> {
    let paging = Paging {
        after: None,
        limit: LISTED,
    };
    let listed = imports::list(app, &console.actor, P::KIND, paging).await;
    let slice = listed.or_page(console)?;
    let (look, path) = (&console.look, console.path(P::PLACE));
    let (title, lead, text) = match P::KIND {
        ImportKind::Posts => (
            "imports-posts-title",
            "imports-posts-lead",
            "imports-posts-text",
        ),
        ImportKind::Members => (
            "imports-members-title",
            "imports-members-lead",
            "imports-members-text",
        ),
    };
    let past = slice.items.into_iter().map(|row| Past {
        path: format!("{path}/{}", row.id),
        at: row.created_at,
        lines: look.count("import-lines", row.total),
        state: told::state(look, &row),
    });
    Ok(ImportsPage {
        past: past.collect(),
        other: other(console),
        lead: look.say(lead),
        text: look.say(text),
        frame: console.frame(title),
        faults,
        path,
    })
}

/// The page for files of the other kind, for who may import those, too.
fn other<P: Importing>(console: &Console<P>) -> Option<(String, String)> {
    let (needs, place, name) = match P::KIND {
        ImportKind::Posts => (
            ManageMembers::PERMISSION,
            ManageMembers::PLACE,
            "imports-members-title",
        ),
        ImportKind::Members => (
            WritePosts::PERMISSION,
            WritePosts::PLACE,
            "imports-posts-title",
        ),
    };
    let may = console.actor.require(needs).is_ok();
    may.then(|| (console.path(place), console.look.say(name)))
}

/// Takes a file and tries it.
pub async fn upload<P: Importing>(
    console: Console<P>,
    State(app): State<App>,
    sent: Sent,
) -> Answer {
    let look = &console.look;
    let sentence = match sent.file {
        None => look.say("imports-fault-none"),
        Some(file) => match imports::upload(&app, &console.actor, P::KIND, file).await {
            Ok(row) => return Ok(console.go(&format!("{}/{}", P::PLACE, row.id), None)),
            Err(ImportError::File(fault)) => told::file_fault(look, &fault),
            Err(ImportError::TooMany(most)) => look.count("imports-fault-many", most),
            Err(other) => return Err(other).or_page(&console),
        },
    };
    let faults = Faults::none().and("file", sentence);
    let page = chooser(&console, &app, faults).await?;
    Ok(console.again(&page))
}

/// Shows a file: how far it has come, and what its lines do.
pub async fn show<P: Importing>(
    console: Console<P>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let import = (P::KIND, CsvImportId(id));
    let row = imports::show(&app, &console.actor, import).await;
    let row = row.or_page(&console)?;
    let outcome = told::outcome_of(fields.text("outcome"));
    let wanted = Wanted {
        outcome,
        after: fields.text("after").parse().unwrap_or(0),
        limit: LINES,
    };
    let found = imports::lines(&app, &console.actor, import, wanted).await;
    let found = found.or_page(&console)?;
    let path = console.path(&format!("{}/{id}", P::PLACE));
    let look = &console.look;
    let is_given_up = imports::is_given_up(&row, look.now);
    let is_full = u64::try_from(found.len()).is_ok_and(|count| count == LINES);
    let last = found.last().filter(|_| is_full).map(|row| row.line);
    let word = outcome.map(told::outcome_word).unwrap_or_default();
    let title = match P::KIND {
        ImportKind::Posts => "imports-posts-title",
        ImportKind::Members => "imports-members-title",
    };
    let page = ImportPage {
        state: told::state(look, &row),
        text: if is_given_up {
            look.say("import-stalled-text")
        } else {
            told::text(look, &row)
        },
        is_given_up,
        added: look.say(match P::KIND {
            ImportKind::Posts => "import-added-posts",
            ImportKind::Members => "import-added-members",
        }),
        tabs: tabs(look, &path, &row, outcome),
        lines: found.iter().map(|one| line(look, one)).collect(),
        next: last.map(|last| format!("{path}?outcome={word}&after={last}")),
        drafts: drafts(&console, &row),
        place: console.path(P::PLACE),
        path,
        row,
        frame: console.frame(title),
    };
    Ok(console.page(&page))
}

/// Where the drafts are that a file became.
fn drafts<P: Importing>(console: &Console<P>, row: &csv_import::Model) -> Option<String> {
    let became = row.state == ImportState::Done && row.added > 0;
    match P::KIND {
        ImportKind::Posts => became.then(|| console.path("library?state=draft")),
        ImportKind::Members => None,
    }
}

fn tabs(look: &Look, path: &str, row: &csv_import::Model, here: Option<LineOutcome>) -> Vec<Tab> {
    let counted = [
        (LineOutcome::Refused, row.refused),
        (LineOutcome::Added, row.added),
        (LineOutcome::Updated, row.updated),
        (LineOutcome::Unchanged, row.unchanged),
    ];
    let all = Tab {
        name: look.say("import-lines-all"),
        count: look.number(row.seen),
        path: path.to_owned(),
        is_here: here.is_none(),
    };
    let some = counted.into_iter().filter(|(_, count)| *count > 0);
    let some = some.map(|(outcome, count)| Tab {
        name: told::outcome(look, outcome).0,
        count: look.number(count),
        path: format!("{path}?outcome={}", told::outcome_word(outcome)),
        is_here: here == Some(outcome),
    });
    std::iter::once(all).chain(some).collect()
}

fn line(look: &Look, row: &entity::csv_line::Model) -> Line {
    Line {
        number: look.number(row.line),
        label: row.label.clone(),
        outcome: told::outcome(look, row.outcome),
        why: told::why(look, row),
    }
}

/// Takes a file over.
pub async fn confirm<P: Importing>(
    console: Console<P>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let import = (P::KIND, CsvImportId(id));
    let row = imports::confirm(&app, &console.actor, import).await;
    let row = row.or_page(&console)?;
    let toast = if row.state == ImportState::Done {
        Toast::of("toast-import-done").count(row.added + row.updated)
    } else {
        Toast::of("toast-import-running")
    };
    Ok(console.go(&format!("{}/{id}", P::PLACE), Some(toast)))
}

/// Forgets a file.
pub async fn discard<P: Importing>(
    console: Console<P>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let import = (P::KIND, CsvImportId(id));
    let toast = match imports::discard(&app, &console.actor, import).await {
        // Gone already stays gone.
        Ok(()) | Err(ImportError::NotFound) => "toast-import-discarded",
        Err(ImportError::WrongState(_)) => "toast-import-busy",
        Err(other) => return Err(other).or_page(&console),
    };
    Ok(console.go(P::PLACE, Some(Toast::of(toast))))
}

/// A file to begin with.
pub async fn example<P: Importing>(_console: Console<P>) -> Answer {
    let (name, text) = match P::KIND {
        ImportKind::Posts => (
            "attachment; filename=\"posts.csv\"",
            "\u{feff}title,url,summary,text,topics,campaign,language,publish_at\r\n\
             A bridge of wood,https://www.example.org/bridge,How forty people built it.,\
             \"I was there, and it holds.\",\"Craft, Teams\",spring,en,2027-01-11 09:00\r\n",
        ),
        ImportKind::Members => (
            "attachment; filename=\"members.csv\"",
            "\u{feff}email,name,team,roles,language\r\n\
             ada@example.org,Ada Example,Research,curator approver,en\r\n\
             bob@example.org,Bob Example,Sales,,de\r\n",
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

impl<T> OrPage<T> for Result<T, ImportError> {
    fn or_page<P: Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| match error {
            ImportError::Forbidden(_) => console.forbidden(),
            ImportError::NotFound => console.not_found(),
            ImportError::File(_) | ImportError::WrongState(_) | ImportError::TooMany(_) => {
                console.changed()
            }
            ImportError::Internal(error) => console.failed(&error),
        })
    }
}

#[cfg(test)]
mod tests;
