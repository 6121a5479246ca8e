//! From the bytes of a CSV file to records, each good or refused with its line.
//!
//! Files as spreadsheets write them are read: with or without a byte order mark, separated by
//! commas, semicolons or tabs. Cells are text and stay text.

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use entity::json::LineFault;
use thiserror::Error;

use super::plain_text::shorten;

/// What spreadsheets put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Letters of an unknown word that are repeated to whoever is to correct it.
pub const REPEATED: usize = 40;
/// Bytes of a record, at most: longer ones come of a quotation mark that was left open.
const LONGEST: usize = 64 * 1024;

/// The columns that a file may have.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// All of them.
    pub known: &'static [&'static str],
    /// Those that must be there.
    pub needed: &'static [&'static str],
}

/// A record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its line in the file, from 1.
    pub line: u64,
    cells: Vec<(&'static str, String)>,
}

impl Record {
    /// What a cell holds; none where it is empty or there is no such column.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells
            .iter()
            .find(|(name, _)| *name == column)
            .map(|(_, text)| text.as_str())
    }
}

/// A record that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Why.
    pub fault: LineFault,
}

/// Why a file is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileFault {
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// Its first line is not in UTF-8.
    #[error("is not UTF-8: save the file as “CSV UTF-8”")]
    NotUtf8,
    /// A column is called otherwise.
    #[error("the column `{0}` is unknown: there are {1}")]
    Unknown(String, String),
    /// A column is there more than once.
    #[error("the column `{0}` is there twice")]
    Twice(String),
    /// A column is not there.
    #[error("the column `{0}` is missing")]
    Missing(String),
    /// It has more lines than are taken at once.
    #[error("has more than {0} lines: cut it into parts")]
    TooManyLines(usize),
    /// It has more lines than are taken while its sender waits.
    #[error("has more than {0} lines: send it to /member-imports, which tries it first")]
    TooLong(usize),
}

/// Reads every record of a file.
pub fn read(file: &[u8], columns: Columns) -> Result<Vec<Result<Record, Refused>>, FileFault> {
    // What a spreadsheet calls “Unicode text” is UTF-16.
    if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
        return Err(FileFault::NotUtf8);
    }
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(file))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file);
    let header = reader.headers().map_err(|_| FileFault::NotUtf8)?;
    let places = places(header, columns)?;
    // Each record begins in a line of its own, after that of the header.
    let mut last = 1;
    let read = |record: Result<ByteRecord, csv::Error>| -> Result<Record, Refused> {
        let begins = record.as_ref().ok().and_then(ByteRecord::position);
        let line = begins.map_or(0, |at| line(file, at)).max(last + 1);
        last = line;
        let refused = |fault| Refused { line, fault };
        let record = record.map_err(|_| refused(LineFault::Unreadable))?;
        let cells = cells(&places, record).map_err(refused)?;
        Ok(Record { line, cells })
    };
    Ok(reader.byte_records().map(read).collect())
}

/// The line in which a record begins. The reader says that it begins where the one before ended:
/// with the second half of an end as on Windows, and with the empty lines between them.
fn line(file: &[u8], begins: &csv::Position) -> u64 {
    let at = usize::try_from(begins.byte()).unwrap_or(usize::MAX);
    let rest = file.get(at..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let passed = ends.filter(|byte| **byte == b'\n').count();
    begins.line() + u64::try_from(passed).unwrap_or(u64::MAX)
}

/// What separates the cells of a file.
pub fn separator(file: &[u8]) -> u8 {
    delimiter(file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file))
}

/// What the first line has most of.
fn delimiter(file: &[u8]) -> u8 {
    let header = file.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| memchr::memchr_iter(separator, header).count();
    // Of two that are as frequent the last is taken.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',')
}

/// Where each column is.
type Places = Vec<(&'static str, usize)>;

fn places(header: &StringRecord, columns: Columns) -> Result<Places, FileFault> {
    if header.iter().all(str::is_empty) {
        return Err(FileFault::Empty);
    }
    let mut places = Places::new();
    for (at, title) in header.iter().enumerate() {
        let title = title.to_lowercase();
        let known = columns.known.iter().find(|name| **name == title);
        let Some(name) = known else {
            let all = columns.known.join(", ");
            return Err(FileFault::Unknown(shorten(&title, REPEATED), all));
        };
        if places.iter().any(|(other, _)| other == name) {
            return Err(FileFault::Twice((*name).to_owned()));
        }
        places.push((*name, at));
    }
    let missing = columns
        .needed
        .iter()
        .find(|needed| places.iter().all(|(name, _)| name != *needed));
    match missing {
        Some(name) => Err(FileFault::Missing((*name).to_owned())),
        None => Ok(places),
    }
}

fn cells(
    places: &[(&'static str, usize)],
    record: ByteRecord,
) -> Result<Vec<(&'static str, String)>, LineFault> {
    if record.as_slice().len() > LONGEST {
        return Err(LineFault::Endless);
    }
    let record = StringRecord::from_byte_record(record).map_err(|_| LineFault::NotUtf8)?;
    let cell = |(name, at): &(&'static str, usize)| {
        let text = record.get(*at)?.trim();
        (!text.is_empty()).then(|| (*name, text.to_owned()))
    };
    Ok(places.iter().filter_map(cell).collect())
}

/// Why a line is refused, and what would be right, for who writes programs.
pub fn reason(fault: &LineFault) -> String {
    match fault {
        LineFault::NotUtf8 => "is not UTF-8: save the file as “CSV UTF-8”".to_owned(),
        LineFault::Endless => "has no end: is a quotation mark left open?".to_owned(),
        LineFault::Unreadable => "cannot be read".to_owned(),
        LineFault::Missing { column } => format!("{column} is missing"),
        LineFault::Long { column, most } => format!("{column} has at most {most} letters"),
        LineFault::Control { column } => format!("{column} contains control characters"),
        LineFault::Formula { column } => {
            format!("{column} begins like a formula of a spreadsheet")
        }
        LineFault::Email => "email is no e-mail address".to_owned(),
        LineFault::Role { word } => format!("roles names the unknown role `{word}`"),
        LineFault::Language => "language is `en` or `de`".to_owned(),
        LineFault::PostKind => "kind is `share`, `engage`, `job` or `story`".to_owned(),
        LineFault::Time { column } => {
            format!("{column} is a time such as 2026-12-01 09:30 or 2026-12-01T08:30:00Z")
        }
        LineFault::Same { line } => format!("line {line} has the same address"),
        LineFault::Grants => "names a role that may do more than you".to_owned(),
        LineFault::Holds => "has a role that may do more than you".to_owned(),
        LineFault::LastOwner => "is the last owner".to_owned(),
        LineFault::Left => "this member left the organization".to_owned(),
        LineFault::Teams { most } => format!("team would be one more than {most}"),
        LineFault::Post { column, reason } => format!("{column} {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: Columns = Columns {
        known: &["email", "name", "team"],
        needed: &["email"],
    };

    fn lines(file: &[u8]) -> Vec<Result<(u64, String), LineFault>> {
        let records = read(file, COLUMNS).unwrap();
        let told = |record: Record| (record.line, record.cell("email").unwrap_or("-").to_owned());
        records
            .into_iter()
            .map(|one| one.map(told).map_err(|refused| refused.fault))
            .collect()
    }

    #[test]
    fn files_are_read_as_spreadsheets_write_them() {
        for file in [
            &b"email,name\na,A\n\nb,B\n"[..],
            b"\xef\xbb\xbfEMAIL;Name\r\na;A\r\n\r\nb;B\r\n",
            b"email\tname\na\tA\n\nb\t\"B\nb\"\n",
        ] {
            let told = lines(file);
            assert_eq!(told[0], Ok((2, "a".to_owned())));
            assert_eq!(told[1], Ok((4, "b".to_owned())));
        }
    }

    #[test]
    fn a_bad_line_is_refused_and_the_rest_goes_on() {
        let mut file = b"email,name\na,\xe9\nb,B\n\"c,".to_vec();
        file.extend_from_slice(&vec![b'x'; LONGEST]);
        let told = lines(&file);
        assert_eq!(told[0], Err(LineFault::NotUtf8));
        assert_eq!(told[1], Ok((3, "b".to_owned())));
        assert_eq!(told[2], Err(LineFault::Endless));
    }

    #[test]
    fn formulas_stay_the_text_that_they_are() {
        let told = lines(b"email,name\n\"=HYPERLINK(\"\"x\"\")\",A\n");
        assert_eq!(told[0], Ok((2, "=HYPERLINK(\"x\")".to_owned())));
    }

    #[test]
    fn a_file_that_cannot_be_meant_is_refused_as_a_whole() {
        for (file, fault) in [
            (&b""[..], FileFault::Empty),
            (b"\xff\xfee\0m\0", FileFault::NotUtf8),
            (b"email,n\xe4me\n", FileFault::NotUtf8),
            (b"name\n", FileFault::Missing("email".to_owned())),
            (b"email,email\n", FileFault::Twice("email".to_owned())),
            (
                b"email,salary\n",
                FileFault::Unknown("salary".to_owned(), "email, name, team".to_owned()),
            ),
        ] {
            assert_eq!(read(file, COLUMNS).unwrap_err(), fault);
        }
    }

    /// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where
    /// that is more.
    fn many() -> ProptestConfig {
        ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
    }

    proptest! {
        #![proptest_config(many())]

        #[test]
        fn no_hostile_bytes_harm(rest in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&rest, COLUMNS);
            let file = [b"email,name\n".as_slice(), &rest].concat();
            prop_assert!(read(&file, COLUMNS).is_ok());
        }
    }
}
