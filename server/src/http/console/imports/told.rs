//! Files and their lines in words.

use entity::enums::{ImportState, LineOutcome};
use entity::json::{LineChange, LineChanges, LineFault};
use entity::{csv_import, csv_line};

use crate::domain::csv_file::FileFault;
use crate::http::console::composer::faults::sentence;
use crate::http::console::look::Look;

/// How far a file has come, in a word, and the kind of chip.
pub(super) fn state(look: &Look, row: &csv_import::Model) -> (String, &'static str) {
    let (key, tone) = match row.state {
        ImportState::Checking => ("import-checking", ""),
        ImportState::Ready => ("import-ready", "warning"),
        ImportState::Running => ("import-running", ""),
        ImportState::Done if is_idle(row) => ("import-idle", "quiet"),
        ImportState::Done => ("import-done", "success"),
        ImportState::Failed => ("import-failed", "danger"),
    };
    (look.say(key), tone)
}

/// What that means.
pub(super) fn text(look: &Look, row: &csv_import::Model) -> String {
    look.say(match row.state {
        ImportState::Checking => "import-checking-text",
        ImportState::Ready => "import-ready-text",
        ImportState::Running => "import-running-text",
        ImportState::Done if is_idle(row) => "import-nothing",
        ImportState::Done => "import-done-text",
        ImportState::Failed => "import-failed-text",
    })
}

/// Whether it was over once it was tried, for no line would do anything: nobody confirmed it.
fn is_idle(row: &csv_import::Model) -> bool {
    row.confirmed_at.is_none()
}

/// What a line does, in a word, and the kind of chip.
pub(super) fn outcome(look: &Look, outcome: LineOutcome) -> (String, &'static str) {
    let (key, tone) = match outcome {
        LineOutcome::Added => ("line-added", "success"),
        LineOutcome::Updated => ("line-updated", ""),
        LineOutcome::Unchanged => ("line-unchanged", "quiet"),
        LineOutcome::Refused => ("line-refused", "danger"),
    };
    (look.say(key), tone)
}

/// The word of an outcome in addresses.
pub(super) fn outcome_word(outcome: LineOutcome) -> &'static str {
    match outcome {
        LineOutcome::Added => "added",
        LineOutcome::Updated => "updated",
        LineOutcome::Unchanged => "unchanged",
        LineOutcome::Refused => "refused",
    }
}

/// What a word of an address means.
pub(super) fn outcome_of(word: &str) -> Option<LineOutcome> {
    [
        LineOutcome::Added,
        LineOutcome::Updated,
        LineOutcome::Unchanged,
        LineOutcome::Refused,
    ]
    .into_iter()
    .find(|outcome| outcome_word(*outcome) == word)
}

/// Why a file is refused as a whole.
pub(super) fn file_fault(look: &Look, fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => look.say("imports-fault-empty"),
        FileFault::NotUtf8 => look.say("imports-fault-utf8"),
        FileFault::Unknown(column, known) => {
            let fills = [
                ("column", column.as_str().into()),
                ("known", known.as_str().into()),
            ];
            look.words.tell("imports-fault-unknown", &fills)
        }
        FileFault::Twice(column) => look.with("imports-fault-twice", "column", column),
        FileFault::Missing(column) => look.with("imports-fault-missing", "column", column),
        FileFault::TooManyLines(most) | FileFault::TooLong(most) => {
            look.count("imports-fault-lines", *most)
        }
    }
}

/// Why a line is refused, or what it changes of a person; nothing where its outcome says all.
pub(super) fn why(look: &Look, row: &csv_line::Model) -> String {
    match (&row.fault, &row.changes) {
        (Some(found), _) => fault(look, found),
        (None, Some(found)) => changes(look, found),
        (None, None) => String::new(),
    }
}

/// What of a person it is that a line changes.
fn changes(look: &Look, changes: &LineChanges) -> String {
    let names = changes.0.iter().map(|change| {
        look.say(match change {
            LineChange::Name => "line-change-name",
            LineChange::Team => "line-change-team",
            LineChange::Roles => "line-change-roles",
            LineChange::Language => "line-change-language",
        })
    });
    let names: Vec<String> = names.collect();
    look.with("line-changes", "names", names.join(", "))
}

/// Why a line is refused, and what would be right.
fn fault(look: &Look, fault: &LineFault) -> String {
    let of = |key, column: &String| look.with(key, "column", column);
    match fault {
        LineFault::NotUtf8 => look.say("line-fault-utf8"),
        LineFault::Endless => look.say("line-fault-endless"),
        LineFault::Unreadable => look.say("line-fault-unreadable"),
        LineFault::Missing { column } => of("line-fault-missing", column),
        LineFault::Long { column, most } => {
            let most = i64::try_from(*most).unwrap_or(i64::MAX);
            let fills = [("column", column.as_str().into()), ("count", most.into())];
            look.words.tell("line-fault-long", &fills)
        }
        LineFault::Control { column } => of("line-fault-control", column),
        LineFault::Formula { column } => of("line-fault-formula", column),
        LineFault::Email => look.say("line-fault-email"),
        LineFault::Role { word } => look.with("line-fault-role", "word", word),
        LineFault::Language => look.say("line-fault-language"),
        LineFault::PostKind => look.say("line-fault-kind"),
        LineFault::Time { column } => of("line-fault-time", column),
        LineFault::Same { line } => look.with("line-fault-same", "line", line.to_string()),
        LineFault::Grants => look.say("line-fault-grants"),
        LineFault::Holds => look.say("line-fault-holds"),
        LineFault::LastOwner => look.say("line-fault-owner"),
        LineFault::Left => look.say("line-fault-left"),
        LineFault::Teams { most } => {
            let most = i64::try_from(*most).unwrap_or(i64::MAX);
            look.count("line-fault-teams", most)
        }
        LineFault::Post { column, reason: _ } => {
            let fills = [
                ("column", column.as_str().into()),
                ("sentence", sentence(look, column, true).into()),
            ];
            look.words.tell("line-fault-post", &fills)
        }
    }
}
