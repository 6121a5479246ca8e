//! Your data and erasing, as a browser without script sees them.

use entity::enums::Role;
use serde_json::Value;

use crate::service::actor::Actor;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn who_is_here_takes_their_data_along_and_is_erased() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let browser = t.log_in(&ada).await;
        let you = browser.get("you").await.text();
        assert!(you.contains("/you/data\""), "{you}");
        let page = browser.get("you/data").await.text();
        let button = format!("Erase {}", ada.member.display_name);
        assert!(page.contains(&button), "{page}");
        let file = browser.post("you/data/export", &[]).await;
        assert!(file.header("content-disposition").contains(".json"));
        let all: Value = file.json();
        assert_eq!(
            all["member"]["display_name"],
            ada.member.display_name.as_str()
        );
        assert!(all["dismissals"].is_array());

        let wrong = browser.post("you/data/erase", &[("name", "Bob")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("value=\"Bob\""), "{}", wrong.text());
        let typed = [("name", ada.member.display_name.as_str())];
        let gone = browser.post("you/data/erase", &typed).await;
        assert_eq!(gone.status, 303);
        let goodbye = browser.get(gone.header("location")).await;
        assert_eq!(goodbye.status, 200);
        let text = goodbye.text();
        assert!(text.contains("You are erased"), "{text}");
        assert!(!text.contains(&ada.member.display_name));
        // Pressed twice, it asks nobody to log in and carries nothing along.
        let again = browser.post("you/data/erase", &typed).await;
        assert_eq!(again.status, 303);
        assert!(!again.text().contains(&ada.member.display_name));
    })
    .await;
}

#[tokio::test]
async fn a_log_in_by_another_s_link_gets_less_and_erases_nobody() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let issued = Actor {
            issuer: Some(owner.member.id),
            ..ada.clone()
        };
        let browser = t.log_in(&issued).await;
        let page = browser.get("you/data").await.text();
        assert!(!page.contains("you/data/erase"), "{page}");
        let file: Value = browser.post("you/data/export", &[]).await.json();
        assert_eq!(file.get("dismissals"), None);
        assert_eq!(file.get("shares"), None);
        let typed = [("name", ada.member.display_name.as_str())];
        let refused = browser.post("you/data/erase", &typed).await;
        assert_eq!(refused.status, 422);
        assert_eq!(browser.get("you").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn who_looks_after_members_hands_out_and_erases() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let browser = t.log_in(&owner).await;
        let page = format!("people/{}", ada.member.id);
        let name = ada.member.display_name.as_str();
        let shown = browser.get(&page).await.text();
        assert!(shown.contains(&format!("Erase {name}")), "{shown}");
        let file: Value = browser.post(&format!("{page}/export"), &[]).await.json();
        assert_eq!(file["member"]["display_name"], name);
        assert_eq!(file.get("shares"), None);
        let erase = format!("{page}/erase");
        let wrong = browser.post(&erase, &[("name", "Bob")]).await;
        assert_eq!(wrong.status, 422);
        let after = browser.post_and_follow(&erase, &[("name", name)]).await;
        let after = after.text();
        assert!(after.contains("Erased."), "{after}");
        assert!(!after.contains(name));
        assert_eq!(browser.get(&page).await.status, 404);
        let again = browser.post(&erase, &[("name", name)]).await;
        assert_eq!(again.status, 303, "a second click");
        let own = format!("people/{}/erase", owner.member.id);
        let typed = [("name", owner.member.display_name.as_str())];
        let last = browser.post(&own, &typed).await;
        assert_eq!(last.status, 422);
        assert!(last.text().contains("Make somebody else an owner first"));
    })
    .await;
}
