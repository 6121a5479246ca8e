//! What lines of a file of posts do: each becomes a draft, unless a post leads to its page already.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::{LineOutcome, PostKind};
use entity::json::LineFault;

use super::run::Told;
use crate::app::App;
use crate::domain::csv_file::{self, Columns, Record, Refused};
use crate::domain::plain_text::shorten;
use crate::domain::post::{Draft, Wording};
use crate::service::actor::Actor;
use crate::service::members::import::rows::word;
use crate::service::posts;
use crate::store::{Reader, StoreError, Txn, posts as stored_posts};

/// Columns that are read; a post is at least called something.
pub(super) const COLUMNS: Columns = Columns {
    known: &[
        "title",
        "url",
        "summary",
        "text",
        "image_url",
        "image_alt",
        "language",
        "topics",
        "campaign",
        "kind",
        "disclosure",
        "publish_at",
        "expires_at",
    ],
    needed: &["title"],
};
/// Letters of what a line is about.
const LABEL: usize = 200;
/// How a time is typed that is meant in the organization's zone.
const TYPED: [&str; 4] = [
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%d.%m.%Y %H:%M",
];
/// Addresses that are looked up at once; SQLite binds at most some thousands.
const CHUNK: usize = 500;

/// A draft on its way in.
#[derive(Clone, Debug)]
pub(super) struct Coming {
    line: u64,
    draft: Draft,
    page: Option<String>,
}

/// A draft and its line, or why there is none; with what it is about.
pub(super) type Line = (String, Result<Coming, Refused>);

/// Reads a file; one that cannot be meant has no lines.
pub(super) fn read(actor: &Actor, file: &[u8], now: DateTime<Utc>) -> Vec<Line> {
    let zone = actor.organization.time_zone.parse().unwrap_or(Tz::UTC);
    let mut lines: HashMap<String, u64> = HashMap::new();
    let records = csv_file::read(file, COLUMNS).unwrap_or_default();
    let line = |record: Result<Record, Refused>| {
        let record = match record {
            Ok(record) => record,
            Err(refused) => return (String::new(), Err(refused)),
        };
        let line = record.line;
        let label = record.cell("title").or(record.cell("url"));
        let label = shorten(label.unwrap_or_default(), LABEL);
        let refused = |fault| Refused { line, fault };
        let coming = coming(&record, zone, now).and_then(|coming| {
            let page = coming.page.clone();
            match page.and_then(|page| lines.insert(page, line)) {
                Some(line) => Err(LineFault::Same { line }),
                None => Ok(coming),
            }
        });
        (label, coming.map_err(refused))
    };
    records.into_iter().map(line).collect()
}

fn coming(record: &Record, zone: Tz, now: DateTime<Utc>) -> Result<Coming, LineFault> {
    let text = |column: &str| record.cell(column).map(str::to_owned);
    let draft = Draft {
        kind: match record.cell("kind") {
            Some(kind) => word(kind).ok_or(LineFault::PostKind)?,
            None => PostKind::Share,
        },
        title: text("title").unwrap_or_default(),
        summary: text("summary").unwrap_or_default(),
        url: text("url"),
        image_url: text("image_url"),
        image_alt: text("image_alt"),
        language: match record.cell("language") {
            Some(language) => Some(word(language).ok_or(LineFault::Language)?),
            None => None,
        },
        campaign: text("campaign"),
        topics: record
            .cell("topics")
            .unwrap_or_default()
            .split([',', ';', '|'])
            .map(str::trim)
            .filter(|topic| !topic.is_empty())
            .map(str::to_owned)
            .collect(),
        disclosure: text("disclosure"),
        variants: text("text")
            .map(|text| Wording {
                network: None,
                text,
            })
            .into_iter()
            .collect(),
        publish_at: time(record, "publish_at", zone)?,
        expires_at: time(record, "expires_at", zone)?,
        ..Draft::default()
    };
    let draft = draft.checked(now).map_err(|faults| {
        let first = faults.into_iter().next();
        first.map_or(LineFault::Unreadable, |fault| LineFault::Post {
            // A wording stands in the column of its text.
            column: if fault.field.starts_with("variants") {
                "text".to_owned()
            } else {
                fault.field
            },
            reason: fault.reason,
        })
    })?;
    Ok(Coming {
        line: record.line,
        page: draft.canonical_url(),
        draft,
    })
}

/// A moment in UTC, or a time in the organization's zone; of an hour that is there twice the first.
fn time(record: &Record, column: &str, zone: Tz) -> Result<Option<DateTime<Utc>>, LineFault> {
    let Some(text) = record.cell(column) else {
        return Ok(None);
    };
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(Some(at.to_utc()));
    }
    let mut typed = TYPED
        .into_iter()
        .filter_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let local = typed.next().map(|at| zone.from_local_datetime(&at));
    match local.and_then(chrono::LocalResult::earliest) {
        Some(at) => Ok(Some(at.to_utc())),
        None => Err(LineFault::Time {
            column: column.to_owned(),
        }),
    }
}

/// What lines would do.
pub(super) async fn tell(
    db: &impl Reader,
    actor: &Actor,
    lines: &[Line],
) -> Result<Vec<Told>, StoreError> {
    let there = there(db, actor, lines).await?;
    Ok(lines.iter().map(|line| told(line, &there)).collect())
}

/// Writes the drafts of lines.
pub(super) async fn write(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    lines: &[Line],
) -> Result<Vec<Told>, StoreError> {
    let there = there(&**txn, actor, lines).await?;
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let told = told(line, &there);
        if let (LineOutcome::Added, Ok(coming)) = (told.outcome, &line.1) {
            posts::write_draft(txn, app, actor, &coming.draft).await?;
        }
        all.push(told);
    }
    Ok(all)
}

/// The pages of lines to which a post leads already.
async fn there(
    db: &impl Reader,
    actor: &Actor,
    lines: &[Line],
) -> Result<HashSet<String>, StoreError> {
    let pages = lines.iter().filter_map(|(_, line)| {
        let coming = line.as_ref().ok()?;
        coming.page.as_deref()
    });
    let pages: Vec<&str> = pages.collect();
    let mut there = HashSet::new();
    for some in pages.chunks(CHUNK) {
        let found = stored_posts::by_canonical_urls(db, actor.organization.id, some).await?;
        there.extend(found.into_keys());
    }
    Ok(there)
}

fn told((label, line): &Line, there: &HashSet<String>) -> Told {
    let (line, outcome, fault) = match line {
        Err(refused) => (
            refused.line,
            LineOutcome::Refused,
            Some(refused.fault.clone()),
        ),
        Ok(coming) => {
            let is_there = coming
                .page
                .as_ref()
                .is_some_and(|page| there.contains(page));
            let outcome = if is_there {
                LineOutcome::Unchanged
            } else {
                LineOutcome::Added
            };
            (coming.line, outcome, None)
        }
    };
    Told {
        line,
        label: label.clone(),
        outcome,
        fault,
        // A line of posts adds one or nothing.
        changes: None,
    }
}
