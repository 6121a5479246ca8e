//! Calls about posts that members propose.

use reqwest::Method;

use super::{CallError, Client, answer};
use crate::ids::ProposalId;
use crate::page::{Page, PageQuery};
use crate::proposal::{
    DeclineProposal, MyProposal, Proposal, ProposalQuery, ProposalReceipt, Propose,
};

impl Client {
    /// `POST /me/proposals`.
    pub async fn propose(&self, form: &Propose) -> Result<ProposalReceipt, CallError> {
        self.send(Method::POST, "/me/proposals", form).await
    }

    /// `GET /me/proposals`: one's own, the newest first.
    pub async fn my_proposals(&self, page: &PageQuery) -> Result<Page<MyProposal>, CallError> {
        self.list("/me/proposals", page).await
    }

    /// `POST /me/proposals/{proposal}/withdraw`.
    pub async fn withdraw_proposal(&self, id: ProposalId) -> Result<MyProposal, CallError> {
        self.send(Method::POST, &format!("/me/proposals/{id}/withdraw"), &())
            .await
    }

    /// `GET /proposals`: the newest first.
    pub async fn proposals(
        &self,
        query: &ProposalQuery,
        page: &PageQuery,
    ) -> Result<Page<Proposal>, CallError> {
        let request = self.request(Method::GET, "/proposals");
        answer(request.query(query).query(page)).await
    }

    /// `GET /proposals/{proposal}`.
    pub async fn proposal(&self, id: ProposalId) -> Result<Proposal, CallError> {
        self.get(&format!("/proposals/{id}")).await
    }

    /// `POST /proposals/{proposal}/accept`: makes a draft of it.
    pub async fn accept_proposal(&self, id: ProposalId) -> Result<Proposal, CallError> {
        self.send(Method::POST, &format!("/proposals/{id}/accept"), &())
            .await
    }

    /// `POST /proposals/{proposal}/decline`.
    pub async fn decline_proposal(
        &self,
        id: ProposalId,
        form: &DeclineProposal,
    ) -> Result<Proposal, CallError> {
        self.send(Method::POST, &format!("/proposals/{id}/decline"), form)
            .await
    }

    /// `POST /proposals/{proposal}/reopen`: takes the decision back before it is told.
    pub async fn reopen_proposal(&self, id: ProposalId) -> Result<Proposal, CallError> {
        self.send(Method::POST, &format!("/proposals/{id}/reopen"), &())
            .await
    }
}
