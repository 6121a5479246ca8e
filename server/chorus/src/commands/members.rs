//! `chorus import members` and `chorus member …`.

use std::path::Path;

use super::Desk;
use crate::failure::Failure;
use crate::output::{count, relative, table};

/// Brings in the people that a CSV file lists.
pub async fn import(desk: &Desk, file: &Path) -> Result<(), Failure> {
    let csv = std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    let report = desk.client.import_members(csv).await?;
    desk.format.show(&report, || {
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
    })?;
    if report.refused.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(
        "Some lines were refused. Mend them and import the file again: what is known stays as it is.",
    ))
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
