//! What members proposed.

use entity::enums::{ProposalSource, Role};
use server::domain::proposal::Proposed;
use server::service::proposals;
use server::test_support::TestApp;

use super::Estate;

impl Estate {
    /// A proposal that waits and has a supporter, one that became a post, and one that did not.
    pub(super) async fn propose(&self, t: &TestApp) {
        let (app, owner) = (&t.app, &self.owner().actor);
        let analyst = &self.of(Some(Role::Analyst)).actor;
        let mut made = Vec::new();
        for page in ["declined", "accepted", "waiting"] {
            let form = Proposed {
                url: format!("https://{}.example/proposed/{page}", self.word),
                // Whose words these are stands in them.
                why: format!("Why, says Plain of {}", self.word),
                words: format!("Words of {}", self.word),
            };
            let (source, plain) = (ProposalSource::Slack, &self.plain().actor);
            let told = proposals::propose(app, plain, source, &form).await;
            if let proposals::Standing::First(own) = told.expect("a proposal").standing {
                made.push(own.proposal.id);
            }
            let supported = proposals::propose(app, analyst, source, &form).await;
            supported.expect("support");
        }
        let [declined, accepted, _] = made.try_into().expect("three of them");
        let note = format!("Not now, says {}.", self.word);
        let told = proposals::decline(app, owner, declined, &note).await;
        told.expect("a refusal");
        let told = proposals::accept(app, owner, accepted).await;
        told.expect("a draft");
    }
}
