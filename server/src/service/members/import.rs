//! Importing members from a CSV file: rows that are wrong are refused with
//! their line and reason, the rest goes on.
//!
//! Files as spreadsheets write them are read: with or without a byte order
//! mark, separated by commas or semicolons. An empty cell says nothing: it
//! changes nothing of a member who is known.

pub mod rows;

use std::collections::{HashMap, HashSet};

use entity::enums::{Permission, Role};
use entity::member;
use serde_json::json;

use super::teams::Teams;
use super::{candidates, long_pseudonym, may_grant, named, roles};
use crate::app::App;
use crate::service::actor::{Actor, LookError};
use crate::service::audit;
use crate::store::{StoreError, Txn, members};
use rows::Row;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that added a member.
    pub added: u64,
    /// Rows that changed a member.
    pub updated: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: Vec<Refused>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why, and what would be right.
    pub reason: String,
}

/// Adds and changes the members that a CSV file lists; again changes nothing.
pub async fn import(app: &App, actor: &Actor, file: &[u8]) -> Result<Report, LookError> {
    actor.require(Permission::ManageMembers)?;
    let mut report = Report::default();
    let mut rows = Vec::new();
    for row in rows::read(file) {
        match row.and_then(|row| permitted(actor, row)) {
            Ok(row) => rows.push(row),
            Err(refused) => report.refused.push(refused),
        }
    }
    let txn = app.store.begin().await?;
    let mut known = Known::load(&txn, actor).await?;
    for row in rows {
        let line = row.line;
        match known.apply(&txn, app, row).await? {
            Change::Added => report.added += 1,
            Change::Updated => report.updated += 1,
            Change::Nothing => report.unchanged += 1,
            Change::Refused(reason) => report.refused.push(Refused { line, reason }),
        }
    }
    members::insert_all(&txn, &known.added).await?;
    report.refused.sort_by_key(|refused| refused.line);
    if report.added + report.updated > 0 {
        let event = audit::Event {
            action: "member.import",
            subject: format!("organization:{}", actor.organization.id),
            detail: json!({"added": report.added, "updated": report.updated}),
        };
        audit::record(&txn, app, actor, event).await?;
    }
    txn.commit().await?;
    Ok(report)
}

fn permitted(actor: &Actor, row: Row) -> Result<Row, Refused> {
    let roles = row.roles.clone().unwrap_or_default();
    match may_grant(actor, &roles) {
        Ok(()) => Ok(row),
        Err(_) => Err(Refused {
            line: row.line,
            reason: "names a role that may do more than you".to_owned(),
        }),
    }
}

enum Change {
    Added,
    Updated,
    Nothing,
    Refused(String),
}

/// What is known before the import, and what the import adds.
struct Known<'a> {
    actor: &'a Actor,
    teams: Teams,
    members: HashMap<String, member::Model>,
    pseudonyms: HashSet<String>,
    lines: HashMap<String, u64>,
    /// New members, who are written together at the end.
    added: Vec<member::Model>,
}

impl<'a> Known<'a> {
    async fn load(txn: &Txn, actor: &'a Actor) -> Result<Self, StoreError> {
        let organization = actor.organization.id;
        let members = members::with_address_to_change(txn, organization).await?;
        Ok(Self {
            actor,
            teams: Teams::load(&**txn, organization).await?,
            members: members
                .into_iter()
                .filter_map(|member| Some((member.email.clone()?, member)))
                .collect(),
            pseudonyms: members::pseudonyms(&**txn, organization).await?,
            lines: HashMap::new(),
            added: Vec::new(),
        })
    }

    async fn apply(&mut self, txn: &Txn, app: &App, row: Row) -> Result<Change, StoreError> {
        if let Some(line) = self.lines.insert(row.email.clone(), row.line) {
            return Ok(Change::Refused(format!("line {line} has the same address")));
        }
        let past = self.members.get(&row.email).cloned();
        if let Some(reason) = past.as_ref().and_then(|past| self.refusal(past, &row)) {
            return Ok(Change::Refused(reason.to_owned()));
        }
        let team_id = self
            .teams
            .find_or_make(txn, app, row.team.as_deref())
            .await?;
        let base = if let Some(past) = &past {
            past.clone()
        } else {
            let who = (row.email.clone(), row.name.clone());
            let pseudonym = self.draw(app);
            named(app, self.actor.organization.id, who, pseudonym)
        };
        let wanted = member::Model {
            display_name: row.name,
            team_id: team_id.or(base.team_id),
            roles: row.roles.map_or_else(|| base.roles.clone(), roles),
            language: row.language.or(base.language),
            ..base
        };
        match past {
            None => {
                self.added.push(wanted.clone());
                self.members.insert(row.email, wanted);
                Ok(Change::Added)
            }
            Some(past) if past == wanted => Ok(Change::Nothing),
            Some(_) => {
                let updated_at = app.now();
                let wanted = member::Model {
                    updated_at,
                    ..wanted
                };
                let changed = members::update(&**txn, wanted).await?;
                self.members.insert(row.email, changed);
                Ok(Change::Updated)
            }
        }
    }

    /// A pseudonym that nobody in the organization has, and now somebody will.
    fn draw(&mut self, app: &App) -> String {
        let name = candidates(app)
            .find(|name| !self.pseudonyms.contains(name))
            .unwrap_or_else(|| long_pseudonym(app));
        self.pseudonyms.insert(name.clone());
        name
    }

    /// Why this member may not become what the row says. Nobody takes away
    /// what they could not give, and an organization keeps an owner.
    fn refusal(&self, past: &member::Model, row: &Row) -> Option<&'static str> {
        if past.left_at.is_some() {
            return Some("this member left the organization");
        }
        let kept = row.roles.as_ref()?;
        let lost: Vec<Role> = (past.roles.0.iter().copied())
            .filter(|role| !kept.contains(role))
            .collect();
        if may_grant(self.actor, &lost).is_err() {
            return Some("has a role that may do more than you");
        }
        // Everybody is looked at, so only where it matters.
        if !lost.contains(&Role::Owner) {
            return None;
        }
        let is_owner = |member: &&member::Model| {
            member.left_at.is_none() && member.roles.0.contains(&Role::Owner)
        };
        let owners = self.members.values().filter(is_owner).count();
        (owners <= 1).then_some("is the last owner")
    }
}

#[cfg(test)]
mod tests;
