//! Members and what an import did.

use server_api::ids::MemberId;
use server_api::member::{CreateMember, ImportReport, Member, RefusedRow};

use super::enums::{language, language_row, role, role_row};
use crate::service::members::import::Report;
use crate::service::members::{NewMember, Seen};

/// A member as it travels.
pub fn member(seen: Seen) -> Member {
    let row = seen.member;
    Member {
        id: MemberId(row.id.0),
        email: row.email,
        display_name: row.display_name,
        team: seen.team,
        roles: row.roles.0.into_iter().map(role).collect(),
        language: row.language.map(language),
        created_at: row.created_at,
        left_at: row.left_at,
    }
}

/// A member to add, as the use case takes it.
pub fn new_member(form: CreateMember) -> NewMember {
    NewMember {
        email: form.email,
        display_name: form.display_name,
        team: form.team,
        roles: form.roles.into_iter().map(role_row).collect(),
        language: form.language.map(language_row),
    }
}

/// What an import did, as it travels.
pub fn import_report(report: Report) -> ImportReport {
    ImportReport {
        added: report.added,
        updated: report.updated,
        unchanged: report.unchanged,
        refused: report
            .refused
            .into_iter()
            .map(|refused| RefusedRow {
                line: refused.line,
                reason: refused.reason,
            })
            .collect(),
    }
}
