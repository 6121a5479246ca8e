//! How long things are kept, as a browser without script sees it.

use chrono::TimeDelta;
use entity::enums::Role;

use crate::service::members::leaving::mark_left;
use crate::service::retention;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_shorter_time_is_asked_about_before_it_takes_anything_away() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        mark_left(&t.app, &owner, ada.member.id).await.unwrap();
        t.clock.advance(TimeDelta::days(31));
        let browser = t.log_in(&owner).await;
        let page = browser.get("settings/retention").await.text();
        for word in [
            "Names of who left",
            "396 days",
            "for good",
            "Not looked at yet",
        ] {
            assert!(page.contains(word), "{word}: {page}");
        }
        let names = "settings/retention/leaver_names";
        let typed = [("version", "0"), ("days", "30")];
        let asked = browser.post(names, &typed).await;
        assert_eq!(asked.status, 422);
        let asked = asked.text();
        assert!(
            asked.contains("1 person who left would be erased."),
            "{asked}"
        );
        assert!(asked.contains("Keep 30 days, and remove what is older for good"));
        let standing = retention::show_retention(&t.app, &owner).await.unwrap();
        assert_eq!(standing.version, 0, "nothing is done yet");
        let sure = [("version", "0"), ("days", "30"), ("sure", "on")];
        let saved = browser.post_and_follow(names, &sure).await.text();
        assert!(saved.contains("Saved."), "{saved}");
        // The same once more is harmless; something else over what stands now is not.
        assert_eq!(browser.post(names, &sure).await.status, 303);
        let other = [("version", "0"), ("days", "40"), ("sure", "on")];
        assert_eq!(browser.post(names, &other).await.status, 409);
        // Longer is saved at once.
        let longer = [("version", "1"), ("days", ""), ("forever", "on")];
        browser.post_and_follow(names, &longer).await;
        for wrong in ["x", "-1", "99999"] {
            let typed = [("version", "2"), ("days", wrong)];
            let answer = browser.post(names, &typed).await;
            assert_eq!(answer.status, 422);
            let kept = format!("value=\"{wrong}\"");
            assert!(answer.text().contains(&kept), "{wrong}");
        }
        retention::run(&t.app).await.unwrap();
        let page = browser.get("settings/retention").await.text();
        assert!(page.contains("Last looked at"), "{page}");
        let unknown = browser.post("settings/retention/clicks", &typed).await;
        assert_eq!(unknown.status, 404);
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let curator = t.log_in(&curator).await;
        assert_eq!(curator.get("settings/retention").await.status, 403);
    })
    .await;
}
