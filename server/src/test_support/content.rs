//! Builders of posts, and couriers that carry what they plan.

use entity::enums::{DeliveryOperation, Platform, Role};
use entity::organization;
use entity::post;

use super::TestApp;
use crate::domain::delivery::{ENDED, Outcome};
use crate::domain::post::Draft;
use crate::service::deliveries::{self, Claim, Claimed, Content};
use crate::service::posts;

/// Whom [`TestApp::claim`] claims for.
pub const COURIER: &str = "test-courier";

/// A draft that passes every check.
pub fn draft(title: &str) -> Draft {
    Draft {
        title: title.to_owned(),
        summary: "Two neutral sentences. Here is the second.".to_owned(),
        url: Some(format!(
            "https://acme.example/{}",
            title.to_lowercase().replace(' ', "-")
        )),
        ..Draft::default()
    }
}

/// Whether a courier lets a new message pass in its turn, because its member wants none.
pub fn is_let_pass(claimed: &Claimed) -> bool {
    let is_unwanted = matches!(
        claimed.content,
        Content::PersonalPost {
            dismissed: true,
            ..
        }
    );
    claimed.delivery.operation == DeliveryOperation::Post && !claimed.reconcile && is_unwanted
}

/// What a courier says in a chat that takes everything.
pub fn smooth(claimed: &Claimed) -> Outcome {
    if is_let_pass(claimed) {
        Outcome::Failed(ENDED.to_owned())
    } else {
        Outcome::Sent(format!("ref-{}", claimed.delivery.id))
    }
}

impl TestApp {
    /// A live post of the organization, written and approved by a new owner.
    pub async fn published_post(
        &self,
        organization: &organization::Model,
        title: &str,
    ) -> post::Model {
        self.published(organization, draft(title)).await
    }

    /// The draft as a post that was approved: live, or scheduled for its time.
    pub async fn published(&self, organization: &organization::Model, draft: Draft) -> post::Model {
        let owner = self.actor_in(organization, &[Role::Owner]).await;
        let written = posts::create_post(&self.app, &owner, draft)
            .await
            .expect("a draft");
        posts::approve_post(&self.app, &owner, written.post.id, None, None)
            .await
            .expect("an approval")
            .post
    }

    /// What a Slack courier may do now, held for 30 seconds.
    pub async fn claim(&self) -> Vec<Claimed> {
        self.claim_on(Platform::Slack).await
    }

    /// What a courier of a platform may do now, held for 30 seconds.
    pub async fn claim_on(&self, platform: Platform) -> Vec<Claimed> {
        let form = Claim {
            platform,
            courier: COURIER.to_owned(),
            limit: 100,
            wait_seconds: 0,
            lease_seconds: 30,
        };
        deliveries::claim(&self.app, &form).await.expect("a claim")
    }

    /// Settles what was claimed by [`TestApp::claim`].
    pub async fn settle(&self, claimed: &Claimed, outcome: Outcome) {
        let delivery = &claimed.delivery;
        deliveries::settle(&self.app, delivery.platform, delivery.id, COURIER, outcome)
            .await
            .expect("a settled delivery");
    }

    /// Claims everything and says that it was sent, or let pass; what was sent.
    pub async fn deliver(&self) -> Vec<Claimed> {
        self.deliver_on(Platform::Slack).await
    }

    /// The same for the courier of a platform.
    pub async fn deliver_on(&self, platform: Platform) -> Vec<Claimed> {
        let mut claimed = self.claim_on(platform).await;
        for one in &claimed {
            self.settle(one, smooth(one)).await;
        }
        claimed.retain(|one| !is_let_pass(one));
        claimed
    }
}
