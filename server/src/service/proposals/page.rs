//! What a proposed page says of itself, so that who decides sees it.

use entity::enums::ProposalState;
use entity::ids::{OrganizationId, ProposalId};
use entity::proposal;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::ports::page_reader::{self, Unfurled};
use crate::service::jobs::Task;
use crate::store::{StoreError, proposals};

/// Read the page of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadProposedPage {
    /// The tenant.
    pub organization: OrganizationId,
    /// The proposal.
    pub proposal: ProposalId,
}

impl Task for ReadProposedPage {
    const KIND: &'static str = "read_proposed_page";

    fn organization(&self) -> Option<OrganizationId> {
        Some(self.organization)
    }
}

/// Fetches the page and keeps its headline and picture. A page that cannot be read, and one that
/// lies inside the network, says nothing: the proposal stands without.
pub async fn read_page(app: &App, task: &ReadProposedPage) -> Result<(), StoreError> {
    let found = proposals::find(app.store.reader(), task.organization, task.proposal).await?;
    let Some(url) = found.filter(is_unread).map(|row| row.url) else {
        return Ok(());
    };
    let page = match app.fetcher.page(&url).await {
        Ok(page) => page,
        Err(error) => {
            tracing::debug!(%error, "a proposed page says nothing");
            return Ok(());
        }
    };
    // Reading is work, and a page that makes the reader panic says nothing.
    let read = tokio::task::spawn_blocking(move || page_reader::read(&page)).await;
    match read {
        Ok(said) => keep(app, task, said).await,
        Err(_) => Ok(()),
    }
}

async fn keep(app: &App, task: &ReadProposedPage, said: Unfurled) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    let held = proposals::find_to_change(&txn, task.organization, task.proposal).await?;
    let Some(held) = held.filter(is_unread) else {
        return Ok(());
    };
    let row = proposal::Model {
        title: said.title,
        summary: said.description,
        image_alt: said.image_alt.filter(|_| said.image.is_some()),
        image_url: said.image,
        updated_at: app.now(),
        ..held
    };
    proposals::update(&txn, row).await?;
    txn.commit().await
}

fn is_unread(row: &proposal::Model) -> bool {
    row.state == ProposalState::New && row.title.is_none()
}
