//! Proposals, for those who decide on them.

use entity::enums::ProposalState;
use entity::ids::ProposalId;
use server::app::App;
use server::service::actor::Actor;
use server::service::proposals;
use server_api::problem::Code;

use super::{NOTHING, code, page};

/// How the use case of an operation refuses; none where it does what was asked.
pub async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let id = ProposalId(NOTHING);
    match operation {
        "list_proposals" => {
            let waiting = code(proposals::waiting(app, actor).await);
            let listed = code(proposals::list(app, actor, ProposalState::New, page()).await);
            assert_eq!(waiting, listed);
            listed
        }
        "show_proposal" => code(proposals::show(app, actor, id).await),
        "accept_proposal" => code(proposals::accept(app, actor, id).await),
        "decline_proposal" => code(proposals::decline(app, actor, id, "Not now.").await),
        _ => code(proposals::reopen(app, actor, id).await),
    }
}
