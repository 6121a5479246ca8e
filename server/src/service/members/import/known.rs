//! What is known of an organization's people, what a row of a list says to it, and what is
//! written in the end. Judging waits for nobody and writes nothing, so that a list can be tried.

use std::collections::{HashMap, HashSet};

use entity::enums::Role;
use entity::json::{LineChange, LineChanges, LineFault, Roles};
use entity::{member, team};
use serde_json::json;

use super::rows::Row;
use crate::app::App;
use crate::domain::team::MOST;
use crate::service::actor::Actor;
use crate::service::audit;
use crate::service::members::change::{gains, shut_out_others};
use crate::service::members::teams::Teams;
use crate::service::members::{candidates, long_pseudonym, may_grant, named, roles};
use crate::store::{Reader, StoreError, Txn, members, teams};

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It adds a member.
    Added,
    /// It changes this of a member.
    Updated(LineChanges),
    /// It says what is known.
    Unchanged,
    /// It is refused.
    Refused(LineFault),
}

/// What is known, and what rows do to it.
#[derive(Debug)]
pub struct Known<'a> {
    actor: &'a Actor,
    teams: Teams,
    members: HashMap<String, member::Model>,
    /// Owners who are not among the members.
    other_owners: usize,
    pseudonyms: HashSet<String>,
    new_teams: Vec<team::Model>,
    added: Vec<member::Model>,
    /// Members who change, with the roles that they held.
    updated: Vec<(Vec<Role>, member::Model)>,
}

impl<'a> Known<'a> {
    /// Everybody who has an address, held against other writers.
    pub async fn of_everybody(txn: &Txn, actor: &'a Actor) -> Result<Self, StoreError> {
        let organization = actor.organization.id;
        let found = members::with_address_to_change(txn, organization).await?;
        let pseudonyms = members::pseudonyms(&**txn, organization).await?;
        Self::of(&**txn, actor, found, pseudonyms).await
    }

    /// Everybody who has an address, for a list that is only tried.
    pub async fn to_try(db: &impl Reader, actor: &'a Actor) -> Result<Self, StoreError> {
        let organization = actor.organization.id;
        let found = members::with_address(db, organization).await?;
        Self::of(db, actor, found, HashSet::new()).await
    }

    /// The members of some rows, held against other writers.
    pub async fn of_some(
        txn: &Txn,
        actor: &'a Actor,
        rows: &[&Row],
        pseudonyms: HashSet<String>,
    ) -> Result<Self, StoreError> {
        let organization = actor.organization.id;
        let addresses: Vec<&str> = rows.iter().map(|row| row.email.as_str()).collect();
        let found = if rows.iter().any(|row| leaves_no_owner(row)) {
            members::by_emails_and_owners_to_change(txn, organization, &addresses).await?
        } else {
            members::by_emails_to_change(txn, organization, &addresses).await?
        };
        Self::of(&**txn, actor, found, pseudonyms).await
    }

    async fn of(
        db: &impl Reader,
        actor: &'a Actor,
        found: Vec<member::Model>,
        pseudonyms: HashSet<String>,
    ) -> Result<Self, StoreError> {
        let nameless = found.iter().filter(|one| one.email.is_none());
        let other_owners = nameless.filter(|one| is_owner(one)).count();
        Ok(Self {
            actor,
            teams: Teams::load(db, actor.organization.id).await?,
            members: found
                .into_iter()
                .filter_map(|member| Some((member.email.clone()?, member)))
                .collect(),
            other_owners,
            pseudonyms,
            new_teams: Vec::new(),
            added: Vec::new(),
            updated: Vec::new(),
        })
    }

    /// What a row does to what is known, and to the rows after it.
    pub fn judge(&mut self, app: &App, row: Row) -> Verdict {
        let past = self.members.get(&row.email).cloned();
        if let Some(fault) = past.as_ref().and_then(|past| self.refusal(past, &row)) {
            return Verdict::Refused(fault);
        }
        let team_id = match row.team.as_deref() {
            Some(name) => {
                let Some((id, new)) = self.teams.find_or_plan(app, name) else {
                    let most = u64::try_from(MOST).unwrap_or(u64::MAX);
                    return Verdict::Refused(LineFault::Teams { most });
                };
                self.new_teams.extend(new);
                Some(id)
            }
            None => None,
        };
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
        let (verdict, wanted) = match past {
            None => {
                self.added.push(wanted.clone());
                (Verdict::Added, wanted)
            }
            Some(past) if past == wanted => return Verdict::Unchanged,
            Some(past) => {
                let verdict = Verdict::Updated(changes(&past, &wanted));
                let updated = member::Model {
                    updated_at: app.now(),
                    ..wanted
                };
                self.updated.push((past.roles.0, updated.clone()));
                (verdict, updated)
            }
        };
        self.members.insert(row.email, wanted);
        verdict
    }

    /// Writes what the rows did, and in the log who may do something else now; gives the pseudonyms
    /// that are somebody's now.
    pub async fn write(self, txn: &Txn, app: &App) -> Result<HashSet<String>, StoreError> {
        for team in self.new_teams {
            teams::insert(&**txn, team).await?;
        }
        members::insert_all(txn, &self.added).await?;
        for (before, mut member) in self.updated {
            let is_more = gains(&before, &member.roles.0);
            if is_more {
                member = shut_out_others(txn, app, self.actor, member).await?;
            }
            if is_more || gains(&member.roles.0, &before) {
                let event = audit::Event {
                    action: "member.roles",
                    subject: format!("member:{}", member.id),
                    detail: json!({"before": Roles(before), "after": member.roles}),
                };
                audit::record(txn, app, self.actor, event).await?;
            }
            members::update(&**txn, member).await?;
        }
        Ok(self.pseudonyms)
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
    fn refusal(&self, past: &member::Model, row: &Row) -> Option<LineFault> {
        if past.left_at.is_some() {
            return Some(LineFault::Left);
        }
        // A name is what others know them by: it is changed by who could be them.
        if past.display_name != row.name && may_grant(self.actor, &past.roles.0).is_err() {
            return Some(LineFault::Holds);
        }
        let kept = row.roles.as_ref()?;
        let lost: Vec<Role> = (past.roles.0.iter().copied())
            .filter(|role| !kept.contains(role))
            .collect();
        if may_grant(self.actor, &lost).is_err() {
            return Some(LineFault::Holds);
        }
        // Everybody is looked at, so only where it matters.
        if !(leaves_no_owner(row) && is_owner(past)) {
            return None;
        }
        let owners = self.members.values().filter(|one| is_owner(one)).count();
        (owners + self.other_owners <= 1).then_some(LineFault::LastOwner)
    }
}

/// In which columns what is wanted of somebody differs from what is known.
fn changes(past: &member::Model, wanted: &member::Model) -> LineChanges {
    let columns = [
        (LineChange::Name, past.display_name != wanted.display_name),
        (LineChange::Team, past.team_id != wanted.team_id),
        (LineChange::Roles, past.roles != wanted.roles),
        (LineChange::Language, past.language != wanted.language),
    ];
    let differing = columns.into_iter().filter(|(_, differs)| *differs);
    LineChanges(differing.map(|(column, _)| column).collect())
}

/// Whether a row says what roles somebody has, and that of an owner is none of them.
fn leaves_no_owner(row: &Row) -> bool {
    let kept = row.roles.as_ref();
    kept.is_some_and(|kept| !kept.contains(&Role::Owner))
}

fn is_owner(member: &member::Model) -> bool {
    member.left_at.is_none() && member.roles.0.contains(&Role::Owner)
}
