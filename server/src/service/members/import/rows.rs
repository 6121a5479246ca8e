//! From the bytes of a CSV file to rows, each good or refused.

use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use entity::enums::{Language, Role};
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::Refused;
use crate::domain::email;
use crate::domain::plain_text::shorten;
use crate::service::members::name;

/// What spreadsheets put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Letters of an unknown word that are repeated to whoever is to correct it.
const REPEATED: usize = 40;
/// Columns that are read; the first two must be there.
const COLUMNS: [&str; 5] = ["email", "name", "team", "roles", "language"];

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

/// Where each column is.
type Columns = HashMap<&'static str, usize>;

/// Reads every row of a file.
pub fn read(file: &[u8]) -> Vec<Result<Row, Refused>> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(file))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file);
    let columns = match reader.headers().cloned().map(|header| columns(&header)) {
        Ok(Ok(columns)) => columns,
        Ok(Err(reason)) => return vec![Err(Refused { line: 1, reason })],
        Err(_) => {
            return vec![refused(1, "is not UTF-8: save the file as “CSV UTF-8”")];
        }
    };
    reader
        .byte_records()
        .enumerate()
        .map(|(at, record)| {
            let counted = u64::try_from(at).unwrap_or(u64::MAX).saturating_add(2);
            let record = record.map_err(|cause| Refused {
                line: counted,
                reason: cause.to_string(),
            })?;
            let line = record.position().map_or(counted, |at| line(file, at));
            row(&columns, record, line)
        })
        .collect()
}

/// The line in which a record begins. After a line that ends as on Windows, the reader
/// says that it begins with the second half of that end, which is still the line before.
fn line(file: &[u8], begins: &csv::Position) -> u64 {
    let at = usize::try_from(begins.byte()).unwrap_or(usize::MAX);
    let is_early = file.get(at) == Some(&b'\n');
    begins.line() + u64::from(is_early)
}

/// Semicolons, where the first line has more of them than commas.
fn delimiter(file: &[u8]) -> u8 {
    let header = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let cells = |separator: u8| header.split(|byte| *byte == separator).count();
    if cells(b';') > cells(b',') {
        b';'
    } else {
        b','
    }
}

fn columns(header: &StringRecord) -> Result<Columns, String> {
    let mut columns = Columns::new();
    for (at, title) in header.iter().enumerate() {
        let title = title.to_lowercase();
        let Some(name) = COLUMNS.into_iter().find(|name| *name == title) else {
            return Err(format!(
                "the column `{}` is unknown: there are {}",
                shorten(&title, REPEATED),
                COLUMNS.join(", ")
            ));
        };
        if columns.insert(name, at).is_some() {
            return Err(format!("the column `{name}` is there twice"));
        }
    }
    for needed in ["email", "name"] {
        if !columns.contains_key(needed) {
            return Err(format!("the column `{needed}` is missing"));
        }
    }
    Ok(columns)
}

fn row(columns: &Columns, record: ByteRecord, line: u64) -> Result<Row, Refused> {
    let record = StringRecord::from_byte_record(record)
        .map_err(|_| refused_at(line, "is not UTF-8: save the file as “CSV UTF-8”"))?;
    let cell = |name: &str| {
        columns
            .get(name)
            .and_then(|at| record.get(*at))
            .map(str::trim)
            .filter(|text| !text.is_empty())
    };
    let fault = |column: &str, reason: &str| refused_at(line, &format!("{column} {reason}"));
    let address = cell("email").unwrap_or_default();
    let display_name = cell("name").unwrap_or_default();
    name(display_name).map_err(|reason| fault("name", &reason))?;
    if let Some(team) = cell("team") {
        name(team).map_err(|reason| fault("team", &reason))?;
    }
    Ok(Row {
        line,
        email: email::normal(address).ok_or_else(|| fault("email", "is no e-mail address"))?,
        name: display_name.to_owned(),
        team: cell("team").map(str::to_owned),
        roles: cell("roles")
            .map(roles)
            .transpose()
            .map_err(|word| fault("roles", &format!("names the unknown role `{word}`")))?,
        language: cell("language")
            .map(|text| word(text).ok_or_else(|| fault("language", "is `en` or `de`")))
            .transpose()?,
    })
}

fn roles(cell: &str) -> Result<Vec<Role>, String> {
    cell.split(|c: char| c.is_whitespace() || ",;|+/".contains(c))
        .filter(|text| !text.is_empty())
        .map(|text| word(text).ok_or_else(|| shorten(text, REPEATED)))
        .collect()
}

/// A word of a closed enumeration, in its one spelling.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let text = text.to_lowercase();
    let source: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
    T::deserialize(source).ok()
}

fn refused_at(line: u64, reason: &str) -> Refused {
    Refused {
        line,
        reason: reason.to_owned(),
    }
}

fn refused(line: u64, reason: &str) -> Result<Row, Refused> {
    Err(refused_at(line, reason))
}
