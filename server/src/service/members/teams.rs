//! The teams of an organization, looked up by name and made where there is none.

use std::collections::HashMap;

use entity::ids::{OrganizationId, TeamId};
use entity::{member, team};

use super::Seen;
use crate::app::App;
use crate::store::{Reader, StoreError, Txn, teams};

/// Ids of teams by name.
#[derive(Clone, Debug)]
pub struct Teams {
    organization: OrganizationId,
    by_name: HashMap<String, TeamId>,
}

impl Teams {
    /// The teams of an organization.
    pub async fn load(db: &impl Reader, organization: OrganizationId) -> Result<Self, StoreError> {
        let by_name = teams::of_organization(db, organization)
            .await?
            .into_iter()
            .map(|team| (team.name, team.id))
            .collect();
        Ok(Self {
            organization,
            by_name,
        })
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
        if let Some(id) = self.by_name.get(name) {
            return Ok(Some(*id));
        }
        let row = team::Model {
            id: TeamId(app.uuid()),
            organization_id: self.organization,
            parent_id: None,
            name: name.to_owned(),
            created_at: app.now(),
        };
        let team = teams::insert(&**txn, row).await?;
        self.by_name.insert(team.name, team.id);
        Ok(Some(team.id))
    }

    /// A member with the name of their team.
    pub fn seen(&self, member: member::Model) -> Seen {
        let team = self
            .by_name
            .iter()
            .find(|(_, id)| Some(**id) == member.team_id)
            .map(|(name, _)| name.clone());
        Seen { member, team }
    }
}
