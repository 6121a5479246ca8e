//! From the records of a CSV file to rows, each good or refused.

use std::collections::HashMap;

use entity::enums::{Language, Role};
use entity::json::LineFault;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::domain::csv_file::{self, Columns, FileFault, REPEATED, Record, Refused};
use crate::domain::email;
use crate::domain::plain_text::shorten;
use crate::service::actor::Actor;
use crate::service::members::{NameFault, may_grant, name_fault};

/// Columns that are read; the first two must be there.
pub const COLUMNS: Columns = Columns {
    known: &["email", "name", "team", "roles", "language"],
    needed: &["email", "name"],
};

/// A good row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The address, in the form in which it is kept.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name of a team.
    pub team: Option<String>,
    /// Roles; none where the cell is empty.
    pub roles: Option<Vec<Role>>,
    /// The language.
    pub language: Option<Language>,
}

/// Reads every row of a file.
pub fn read(file: &[u8]) -> Result<Vec<Result<Row, Refused>>, FileFault> {
    let records = csv_file::read(file, COLUMNS)?;
    let rows = records.into_iter().map(|record| {
        let record = record?;
        row(&record).map_err(|fault| Refused {
            line: record.line,
            fault,
        })
    });
    Ok(rows.collect())
}

/// Refuses the rows that whoever imports may not bring in, and those whose address a row before
/// had.
pub fn permitted(
    actor: &Actor,
    rows: Vec<Result<Row, Refused>>,
) -> impl Iterator<Item = Result<Row, Refused>> {
    let mut lines: HashMap<String, u64> = HashMap::new();
    rows.into_iter().map(move |row| {
        let row = row?;
        let refused = |fault| Refused {
            line: row.line,
            fault,
        };
        if may_grant(actor, row.roles.as_deref().unwrap_or_default()).is_err() {
            return Err(refused(LineFault::Grants));
        }
        match lines.insert(row.email.clone(), row.line) {
            Some(line) => Err(refused(LineFault::Same { line })),
            None => Ok(row),
        }
    })
}

fn row(record: &Record) -> Result<Row, LineFault> {
    let display_name = record.cell("name").unwrap_or_default();
    named("name", display_name)?;
    if let Some(team) = record.cell("team") {
        named("team", team)?;
    }
    let address = record.cell("email").unwrap_or_default();
    let language = record.cell("language").map(word);
    Ok(Row {
        line: record.line,
        email: email::normal(address).ok_or(LineFault::Email)?,
        name: display_name.to_owned(),
        team: record.cell("team").map(str::to_owned),
        roles: record.cell("roles").map(roles).transpose()?,
        language: match language {
            Some(None) => return Err(LineFault::Language),
            Some(language) => language,
            None => None,
        },
    })
}

fn named(column: &str, text: &str) -> Result<(), LineFault> {
    let column = column.to_owned();
    Err(match name_fault(text) {
        None => return Ok(()),
        Some(NameFault::Missing) => LineFault::Missing { column },
        Some(NameFault::Long(most)) => LineFault::Long {
            column,
            most: u64::try_from(most).unwrap_or(u64::MAX),
        },
        Some(NameFault::Control) => LineFault::Control { column },
        Some(NameFault::Formula) => LineFault::Formula { column },
    })
}

fn roles(cell: &str) -> Result<Vec<Role>, LineFault> {
    let role = |text: &str| {
        word(text).ok_or_else(|| LineFault::Role {
            word: shorten(text, REPEATED),
        })
    };
    cell.split(|c: char| c.is_whitespace() || ",;|+/".contains(c))
        .filter(|text| !text.is_empty())
        .map(role)
        .collect()
}

/// A word of a closed enumeration, in its one spelling.
pub fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let text = text.to_lowercase();
    let source: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
    T::deserialize(source).ok()
}
