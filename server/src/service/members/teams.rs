//! The teams of an organization, looked up by name and made where there is none.

use std::collections::HashMap;

use entity::ids::{OrganizationId, TeamId};
use entity::{member, team};

use super::Seen;
use crate::app::App;
use crate::domain::team::{MOST, with_below};
use crate::store::{Reader, StoreError, Txn, teams};

/// Teams by name.
#[derive(Clone, Debug)]
pub struct Teams {
    organization: OrganizationId,
    all: Vec<team::Model>,
    by_name: HashMap<String, TeamId>,
}

impl Teams {
    /// The teams of an organization.
    pub async fn load(db: &impl Reader, organization: OrganizationId) -> Result<Self, StoreError> {
        let all = teams::of_organization(db, organization).await?;
        let by_name = all.iter().map(|team| (team.name.clone(), team.id));
        Ok(Self {
            organization,
            by_name: by_name.collect(),
            all,
        })
    }

    /// Whether there is a team of that name, or room for it.
    pub fn has_room_for(&self, name: &str) -> bool {
        self.all.len() < MOST || self.by_name.contains_key(name.trim())
    }

    /// The team of that name, made if there is none.
    pub async fn find_or_make(
        &mut self,
        txn: &Txn,
        app: &App,
        name: Option<&str>,
    ) -> Result<Option<TeamId>, StoreError> {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        if let Some(known) = self.by_name.get(name) {
            return Ok(Some(*known));
        }
        let team = teams::insert(&**txn, self.planned(app, name)).await?;
        Ok(Some(self.add(team)))
    }

    fn planned(&self, app: &App, name: &str) -> team::Model {
        team::Model {
            id: TeamId(app.uuid()),
            organization_id: self.organization,
            parent_id: None,
            name: name.to_owned(),
            created_at: app.now(),
        }
    }

    fn add(&mut self, team: team::Model) -> TeamId {
        let id = team.id;
        self.by_name.insert(team.name.clone(), id);
        self.all.push(team);
        id
    }

    /// The name of a team.
    pub fn name(&self, id: TeamId) -> Option<&str> {
        let found = self.all.iter().find(|team| team.id == id);
        found.map(|team| team.name.as_str())
    }

    /// Teams and all that are below them.
    pub fn with_below(&self, named: &[TeamId]) -> Vec<TeamId> {
        let mut all: Vec<TeamId> = named
            .iter()
            .flat_map(|one| with_below(&self.all, *one))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The team of that name; where there is none, its row is left to write. None where there are
    /// as many as there may be.
    pub(super) fn find_or_plan(
        &mut self,
        app: &App,
        name: &str,
    ) -> Option<(TeamId, Option<team::Model>)> {
        let name = name.trim();
        if let Some(known) = self.by_name.get(name) {
            return Some((*known, None));
        }
        if !self.has_room_for(name) {
            return None;
        }
        let row = self.planned(app, name);
        Some((self.add(row.clone()), Some(row)))
    }

    /// A member with the name of their team.
    pub fn seen(&self, member: member::Model) -> Seen {
        let team = member.team_id.and_then(|id| self.name(id));
        Seen {
            team: team.map(str::to_owned),
            member,
        }
    }
}
