//! `chorus import members` and `chorus member …`.

use std::path::Path;

use server_api::client::CallError;
use server_api::member::{ImportReport, RefusedRow};

use super::Desk;
use crate::failure::Failure;
use crate::output::{count, relative, table};

/// Lines that the server takes at once.
const AT_ONCE: usize = 500;
/// What some spreadsheets put before the first line.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Brings in the people that a CSV file lists. Where it goes no further, what was done until then
/// is told nevertheless.
pub async fn import(desk: &Desk, file: &Path) -> Result<(), Failure> {
    let csv = std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    let send = async |part: String| desk.client.import_members(part).await;
    let (report, stopped) = send_all(parts(&csv), send).await;
    if stopped.is_none() || report != ImportReport::default() {
        desk.format.show(&report, || words(&report))?;
    }
    if let Some(stopped) = stopped {
        return Err(stopped);
    }
    if report.refused.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(
        "Some lines were refused. Mend them and import the file again: what is known stays as it is.",
    ))
}

/// Sends one part after another; says what they did, and why it went no further if it did not.
async fn send_all(
    parts: Vec<(u64, String)>,
    send: impl AsyncFn(String) -> Result<ImportReport, CallError>,
) -> (ImportReport, Option<Failure>) {
    let mut report = ImportReport::default();
    for (before, part) in parts {
        let told = match send(part).await {
            Ok(told) => told,
            Err(error) => return (report, Some(stopped(before, error))),
        };
        report.added += told.added;
        report.updated += told.updated;
        report.unchanged += told.unchanged;
        let refused = told.refused.into_iter().map(|row| RefusedRow {
            line: row.line + before,
            ..row
        });
        report.refused.extend(refused);
    }
    (report, None)
}

/// Why it went no further than the lines `before` the part that failed.
fn stopped(before: u64, error: CallError) -> Failure {
    let failure = Failure::from(error);
    if before == 0 {
        return failure;
    }
    // The list's first line stands before every part, and is one of the lines of the file.
    Failure::refused(format!(
        "{failure}\n\nThe file was taken over until line {}. Import it again once that is mended: \
         what is known stays as it is.",
        before + 1
    ))
}

/// What an import did, in words.
fn words(report: &ImportReport) -> String {
    let mut words = format!(
        "{} added, {} changed, {} as before, {} refused.",
        count(report.added, "person", "people"),
        report.updated,
        report.unchanged,
        report.refused.len()
    );
    if !report.refused.is_empty() {
        let rows: Vec<[String; 2]> = report
            .refused
            .iter()
            .map(|row| [row.line.to_string(), row.reason.clone()])
            .collect();
        words.push_str("\n\n");
        words.push_str(&table(["line", "why it was refused"], &rows));
    }
    words
}

/// A list in parts that the server takes at once, each with the list's first line; and how many
/// lines further down in the list its lines stand.
fn parts(csv: &str) -> Vec<(u64, String)> {
    let records = records(csv);
    let (head, rest) = match records.split_first() {
        Some((head, rest)) if rest.len() > AT_ONCE => (*head, rest),
        Some(_) | None => return vec![(0, csv.to_owned())],
    };
    let mut before = 0;
    let parts = rest.chunks(AT_ONCE).map(|part| {
        let text = part.concat();
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        let told = (before, format!("{head}{text}"));
        before += u64::try_from(lines).unwrap_or_default();
        told
    });
    parts.collect()
}

/// Where a reader of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// Before the first letter of a cell.
    Begin,
    /// In a cell, or behind its quotation.
    Cell,
    /// Between quotation marks.
    Quotation,
    /// Behind the mark that ends a quotation, or the first of two that stand for one.
    Mark,
}

/// The records of a list with the ends of their lines: a quoted cell may hold such ends, too. As
/// for the server, a quotation mark in the midst of a cell is a letter like others.
fn records(csv: &str) -> Vec<&str> {
    let mut records = Vec::new();
    let (mut begins, mut within) = (0, Within::Begin);
    let separator = separator(csv);
    let skipped = csv.chars().next().filter(|first| *first == BYTE_ORDER_MARK);
    let skipped = skipped.map_or(0, char::len_utf8);
    for (at, byte) in csv.bytes().enumerate().skip(skipped) {
        within = match (within, byte) {
            (Within::Quotation, b'"') => Within::Mark,
            (Within::Begin | Within::Mark, b'"') | (Within::Quotation, _) => Within::Quotation,
            (Within::Begin | Within::Cell | Within::Mark, b'\n') => {
                records.extend(csv.get(begins..=at));
                begins = at + 1;
                Within::Begin
            }
            (Within::Begin | Within::Cell | Within::Mark, _) => {
                if byte == separator || byte == b'\r' {
                    Within::Begin
                } else {
                    Within::Cell
                }
            }
        };
    }
    records.extend(csv.get(begins..).filter(|rest| !rest.is_empty()));
    records
}

/// What parts the cells: what the first line has most of, as the server takes it.
fn separator(csv: &str) -> u8 {
    let head = csv.lines().next().unwrap_or_default();
    let often = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(often)
        .unwrap_or(b',')
}

/// Prints a code for another account of the member with an address.
pub async fn pair(desk: &Desk, email: &str) -> Result<(), Failure> {
    let found = desk.client.members_by_email(email).await?;
    let Some(member) = found.items.first() else {
        return Err(Failure::refused(format!(
            "No member has the address {email}. `chorus import members` adds people."
        )));
    };
    let issued = desk.client.invite(member.id).await?;
    desk.format.show(&issued, || {
        format!(
            "{}\n\nHand it to {}: typed as `/chorus pair {}` where they are not known yet, it makes \
             that account theirs. It works once and stops {}.",
            issued.code,
            member.display_name,
            issued.code,
            relative(issued.expires_at, desk.now)
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn a_short_list_is_sent_as_it_is() {
        for csv in ["", "email,name", "email,name\na,A\n"] {
            assert_eq!(parts(csv), [(0, csv.to_owned())]);
        }
    }

    #[test]
    fn a_long_list_is_sent_in_parts_that_know_where_their_lines_stand() {
        let mut csv = "email,name\n".to_owned();
        for n in 0..AT_ONCE {
            writeln!(csv, "p{n},\"Two\nlines\"").unwrap();
        }
        csv.push_str("last,Last");
        let parts = parts(&csv);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].0, 0);
        assert!(parts[0].1.starts_with("email,name\np0,"));
        // Its line 2 is line 1,002 of the list.
        assert_eq!(parts[1], (1_000, "email,name\nlast,Last".to_owned()));
        assert_eq!(csv.lines().nth(1_001), Some("last,Last"));
    }

    #[test]
    fn only_a_mark_that_begins_a_cell_quotes_it() {
        for (csv, count) in [
            ("email,name\na,12\" screen\nb,B\nc,C\n", 4),
            ("email;name\na;\"Two\nlines, \"\"said\"\" so\"\nb;B\n", 3),
            ("\u{feff}\"email\"\t\"name\"\r\n\"a\"\t\"\"\r\n", 2),
            ("email,name\na,\"Ada\" \"Lovelace\nb,B", 3),
            ("email,name\na,\"left open\nb,B\nc,C\n", 2),
        ] {
            let records = records(csv);
            assert_eq!(records.len(), count, "{records:?}");
            assert_eq!(records.concat(), csv);
        }
    }

    fn added(added: u64, refused: Vec<RefusedRow>) -> ImportReport {
        ImportReport {
            added,
            refused,
            ..ImportReport::default()
        }
    }

    #[tokio::test]
    async fn what_was_done_is_told_also_where_a_later_part_fails() {
        let parts = |count: u64| -> Vec<(u64, String)> {
            (0..count).map(|n| (500 * n, n.to_string())).collect()
        };
        let send = async |part: String| match part.as_str() {
            "0" => Ok(added(499, Vec::new())),
            "1" => {
                let reason = "email is no e-mail address".to_owned();
                Ok(added(1, vec![RefusedRow { line: 3, reason }]))
            }
            _ => Err(CallError::Unexpected { status: 413 }),
        };
        let (report, stopped) = send_all(parts(4), &send).await;
        let Some(Failure::Refused(why)) = stopped else {
            panic!("nothing failed");
        };
        assert!(
            why.contains("413") && why.contains("until line 1001"),
            "{why}"
        );
        let told = words(&report);
        assert!(told.contains("500 people added"), "{told}");
        assert!(told.contains("503"), "{told}");

        let (report, stopped) = send_all(parts(2), &send).await;
        assert_eq!((report.added, stopped), (500, None));
        // Where nothing was done, nothing is told but why.
        let none = async |_: String| -> Result<ImportReport, CallError> {
            Err(CallError::Unexpected { status: 502 })
        };
        let (report, stopped) = send_all(parts(2), none).await;
        assert_eq!(report, ImportReport::default());
        assert!(!stopped.unwrap().to_string().contains("until line"));
    }
}
