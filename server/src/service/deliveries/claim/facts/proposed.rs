//! What became of proposals, for who made them.

use entity::enums::{DeliverySubject, PostState, ProposalState};
use entity::{delivery, organization};

use super::{Facts, Said};
use crate::domain::leaderboard::zone;
use crate::domain::quiet::QuietHours;
use crate::service::deliveries::personal::time_zone;
use crate::service::deliveries::{Content, Told};
use crate::service::proposals as proposing;
use crate::store::{StoreError, Txn, proposals};

impl Facts<'_> {
    pub(super) async fn add_proposals(
        &mut self,
        txn: &Txn,
        rows: &[delivery::Model],
    ) -> Result<(), StoreError> {
        let named: Vec<_> = rows.iter().filter_map(|row| row.proposal_id).collect();
        for proposal in proposals::find_many(&**txn, &named).await? {
            let points = proposing::earned(&**txn, &proposal).await?;
            self.proposals.insert(proposal.id, (proposal, points));
        }
        Ok(())
    }

    /// What became of a proposal, for who made it; nothing where that was taken back.
    pub(super) fn proposal(
        &self,
        row: &delivery::Model,
        reconcile: bool,
        organization: &organization::Model,
    ) -> Option<Said> {
        let member = self.present(row).filter(|_| self.is_theirs(row))?;
        let (proposal, points) = self.proposals.get(&row.proposal_id?)?;
        let is_published = row.subject == DeliverySubject::ProposalPublished;
        let is_so = match proposal.state {
            ProposalState::Accepted => true,
            ProposalState::Declined => !is_published,
            ProposalState::New | ProposalState::Withdrawn => false,
        };
        if !is_so || proposal.member_id != Some(member.id) {
            return None;
        }
        if !reconcile {
            if is_published && self.cards.get(&row.post_id?)?.post.state != PostState::Live {
                return None;
            }
            let free = member.paused_until.map_or(self.now, |at| at.max(self.now));
            let zone = zone(time_zone(member, organization));
            let quiet_until = QuietHours::of(member, organization).end(free, zone);
            if quiet_until > self.now {
                return Some(Said::Later(quiet_until));
            }
        }
        let told = Told {
            proposal: proposal.clone(),
            // What it earned is said once, with the decision.
            points: if is_published { 0 } else { *points },
            is_published,
        };
        let language = member.language.unwrap_or(organization.language);
        Some(Said::Now(Content::Proposal(Box::new(told)), language))
    }
}
