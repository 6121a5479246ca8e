//! What a line of a file changes, and why one is refused.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// What a line of a file of members changes of a person, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct LineChanges(pub Vec<LineChange>);

/// A column of a file of members whose cell says something else than what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineChange {
    /// What the person is called.
    Name,
    /// The team.
    Team,
    /// The roles.
    Roles,
    /// The language.
    Language,
}

/// Why a line of a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineFault {
    /// Its letters are written in another way than UTF-8.
    NotUtf8,
    /// It is longer than any line: a quotation mark may be left open.
    Endless,
    /// It cannot be taken apart.
    Unreadable,
    /// A cell that has to be filled is empty.
    Missing {
        /// The column.
        column: String,
    },
    /// A cell holds more letters than it may.
    Long {
        /// The column.
        column: String,
        /// Letters, at most.
        most: u64,
    },
    /// A cell holds signs that nobody reads.
    Control {
        /// The column.
        column: String,
    },
    /// A name begins like a formula of a spreadsheet.
    Formula {
        /// The column.
        column: String,
    },
    /// What is to be an e-mail address is none.
    Email,
    /// A role is called otherwise.
    Role {
        /// What stands there.
        word: String,
    },
    /// A language is called otherwise.
    Language,
    /// A kind of post is called otherwise.
    PostKind,
    /// What is to be a time is none.
    Time {
        /// The column.
        column: String,
    },
    /// A line before has the same address or link.
    Same {
        /// The line.
        line: u64,
    },
    /// It names a role that may do more than whoever imports.
    Grants,
    /// The member holds a role that may do more than whoever imports.
    Holds,
    /// It would take the organization's last owner away.
    LastOwner,
    /// The member left.
    Left,
    /// It names a team that would be one too many.
    Teams {
        /// Teams, at most.
        most: u64,
    },
    /// A cell is not what a post can say.
    Post {
        /// The column.
        column: String,
        /// What would be right, for who writes programs.
        reason: String,
    },
}
