//! What the console leaves: a password, a session, a link to log in, a broadcast that was stopped,
//! and the number of messages of it that are forgotten.

use entity::enums::{BroadcastHold, Platform, PostState};
use entity::{broadcast, forgotten_delivery};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use server::service::sessions::{self, Browser, Way};
use server::service::{credentials, login_links};
use server::test_support::TestApp;
use server::test_support::traffic::FIREFOX;

use super::Estate;

impl Estate {
    /// The owner has logged in, and has stopped what is archived by now.
    pub(super) async fn use_the_console(&self, t: &TestApp) {
        let (app, owner) = (&t.app, &self.owner().actor);
        let issued = login_links::issue(app, owner).await;
        issued.expect("a link");
        let stopped = broadcast::Model {
            post_id: self.post(t, PostState::Archived).await,
            organization_id: self.organization.id,
            hold: BroadcastHold::Stopped,
            created_at: t.clock.now(),
        };
        let forgotten = forgotten_delivery::Model {
            post_id: stopped.post_id,
            platform: Platform::Slack,
            organization_id: self.organization.id,
            messages: 3,
        };
        let browser = Browser {
            user_agent: FIREFOX,
            before: None,
        };
        let txn = app.store.begin().await.expect("a transaction");
        // No password has this hash: nobody logs in with it.
        let set = credentials::set(&txn, app, owner, format!("hash of {}", self.word)).await;
        set.expect("a password");
        let begun = sessions::begin(&txn, app, owner.clone(), (Way::Chat, browser)).await;
        begun.expect("a session");
        let row = stopped.into_active_model().insert(&*txn).await;
        row.expect("a broadcast");
        let row = forgotten.into_active_model().insert(&*txn).await;
        row.expect("what is forgotten of it");
        txn.commit().await.expect("a commit");
    }
}
