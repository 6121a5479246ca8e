//! Calls of the couriers, of the running parts themselves, and of who examines them.

use reqwest::Method;

use super::{CallError, Client};
use crate::delivery::{ClaimDeliveries, ClaimedDeliveries, SettleDelivery};
use crate::enums::Platform;
use crate::examination::{Examination, ExaminedChats};
use crate::ids::{DeliveryId, InstallationId};
use crate::installation::{InstallationList, NoteRemoval};
use crate::lease::{AcquireLease, Lease};

impl Client {
    /// `POST /deliveries/claim`: waits up to the asked time for work.
    pub async fn claim_deliveries(
        &self,
        claim: &ClaimDeliveries,
    ) -> Result<ClaimedDeliveries, CallError> {
        self.send(Method::POST, "/deliveries/claim", claim).await
    }

    /// `PUT /deliveries/{delivery}/outcome`: settles a claimed delivery; again changes nothing.
    pub async fn settle_delivery(
        &self,
        delivery: DeliveryId,
        settle: &SettleDelivery,
    ) -> Result<(), CallError> {
        self.command(
            Method::PUT,
            &format!("/deliveries/{delivery}/outcome"),
            settle,
        )
        .await
    }

    /// `GET /installations`: those of one platform, tokens decrypted.
    pub async fn installations(&self, platform: Platform) -> Result<InstallationList, CallError> {
        self.list("/installations", &[("platform", platform)]).await
    }

    /// `POST /installations/{installation}/revoke`: the platform took the app away.
    pub async fn revoke_installation(&self, id: InstallationId) -> Result<(), CallError> {
        self.command(Method::POST, &format!("/installations/{id}/revoke"), &())
            .await
    }

    /// `POST /installations/{installation}/removals`: the platform says that an account was removed
    /// from the workspace; again changes nothing.
    pub async fn note_removal(
        &self,
        id: InstallationId,
        removal: &NoteRemoval,
    ) -> Result<(), CallError> {
        let path = format!("/installations/{id}/removals");
        self.command(Method::POST, &path, removal).await
    }

    /// `GET /examination`: what the server found out about itself, for the operator.
    pub async fn examination(&self) -> Result<Examination, CallError> {
        self.get("/examination").await
    }

    /// `GET /examination/chats`: every workspace and guild, tokens decrypted, for the operator.
    pub async fn examined_chats(&self) -> Result<ExaminedChats, CallError> {
        self.get("/examination/chats").await
    }

    /// `POST /leases/{name}`: takes or prolongs a lease.
    pub async fn acquire_lease(
        &self,
        name: &str,
        lease: &AcquireLease,
    ) -> Result<Lease, CallError> {
        self.send(Method::POST, &format!("/leases/{name}"), lease)
            .await
    }
}
