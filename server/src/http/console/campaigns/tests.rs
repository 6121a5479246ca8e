//! Campaigns as a browser without script sees them.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use entity::enums::Role;

use super::end_of;
use crate::service::campaigns;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_campaign_is_planned_changed_ended_and_taken_back() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&curator).await;
        let empty = browser.get("library/campaigns").await.text();
        assert!(empty.contains("There are no campaigns yet"), "{empty}");
        assert_eq!(browser.get("library/campaigns/new").await.status, 200);
        let wrong = [("name", "Spring"), ("target", "many"), ("ends", "soon")];
        let refused = browser.post("library/campaigns", &wrong).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(
            text.contains("value=\"many\"") && text.contains("value=\"soon\""),
            "{text}"
        );
        let plan = [
            ("name", "Spring"),
            ("slug", ""),
            ("goal", "leads"),
            ("target", "1200"),
            ("area", "sales"),
            ("ends", "2027-03-31"),
        ];
        let made = browser.post("library/campaigns", &plan).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let path = made
            .header("location")
            .split('?')
            .next()
            .unwrap()
            .to_owned();
        let page = browser.get(&path).await.text();
        assert!(
            page.contains("value=\"2027-03-31\"") && page.contains("<code>spring</code>"),
            "{page}"
        );
        let list = browser.get("library/campaigns").await.text();
        assert!(
            list.contains("Leads: 1,200") && list.contains("library?campaign=spring"),
            "{list}"
        );
        let twice = browser.post("library/campaigns", &plan).await;
        assert!(
            twice
                .text()
                .contains("Another campaign has this name in links.")
        );

        let page = browser
            .post_and_follow(&format!("{path}/end"), &[])
            .await
            .text();
        assert!(
            page.contains("The campaign has ended.") && !page.contains("End it now"),
            "{page}"
        );
        let (_, rest) = page.split_once("/end/undo?").unwrap();
        let undo = rest.split('"').next().unwrap();
        let page = browser
            .post_and_follow(&format!("{path}/end/undo?{undo}"), &[])
            .await
            .text();
        assert!(
            page.contains("value=\"2027-03-31\"") && page.contains("End it now"),
            "{page}"
        );
        let changed = [("name", "Spring"), ("goal", ""), ("target", "3")];
        let refused = browser.post(&path, &changed).await;
        assert!(
            refused
                .text()
                .contains("Choose the goal that the target counts.")
        );
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_plans_nothing_and_others_find_nothing() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let made = browser
            .post("library/campaigns", &[("name", "Spring")])
            .await;
        let path = made
            .header("location")
            .split('?')
            .next()
            .unwrap()
            .to_owned();
        let (_, page) = path.split_once("library/").unwrap();
        let page = format!("library/{page}");
        let analyst = t.actor_in(&owner.organization, &[Role::Analyst]).await;
        let looks = t.log_in(&analyst).await;
        let seen = looks.get(&page).await;
        assert_eq!(seen.status, 200);
        assert!(!seen.text().contains("<select"), "{}", seen.text());
        assert_eq!(looks.post(&page, &[("name", "Mine")]).await.status, 403);
        assert_eq!(looks.get("library/campaigns/new").await.status, 403);
        let stranger = t.actor(&[Role::Owner]).await;
        assert_eq!(t.log_in(&stranger).await.get(&page).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn saving_a_campaign_does_not_move_its_end_wherever_the_member_is() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        // Berlin's midnight is another day in Auckland.
        t.change_member(&curator.member, |row| {
            row.time_zone = Some("Pacific/Auckland".to_owned());
        })
        .await;
        let browser = t.log_in(&curator).await;
        let plan = [("name", "Spring"), ("ends", "2027-03-31")];
        let made = browser.post("library/campaigns", &plan).await;
        let path = made.header("location").split('?').next().unwrap();
        let path = path.to_owned();
        let ends = async || {
            let all = campaigns::list_campaigns(&t.app, &curator).await.unwrap();
            all[0].campaign.ends_at
        };
        let end = ends().await.unwrap();
        assert_eq!(end.to_rfc3339(), "2027-03-31T22:00:00+00:00");
        let page = browser.get(&path).await.text();
        assert!(page.contains("value=\"2027-03-31\""), "{page}");
        let renamed = [("name", "Spring again"), ("ends", "2027-03-31")];
        browser.post(&path, &renamed).await;
        assert_eq!(ends().await, Some(end));

        // What has ended today stays so when it is renamed.
        browser.post(&format!("{path}/end"), &[]).await;
        let ended = ends().await.unwrap();
        assert!(ended <= t.app.now());
        let page = browser.get(&path).await.text();
        let (_, day) = page.split_once("name=\"ends\"").unwrap();
        let day = day.split("value=\"").nth(1).unwrap().split('"').next();
        let renamed = [("name", "Spring, over"), ("ends", day.unwrap())];
        browser.post(&path, &renamed).await;
        assert_eq!(ends().await, Some(ended));
        browser
            .post(&path, &[("name", "Spring"), ("ends", "")])
            .await;
        assert_eq!(ends().await, None);
    })
    .await;
}

#[test]
fn a_day_ends_also_where_the_next_one_has_no_midnight() {
    for (zone, day, end) in [
        (
            Tz::Europe__Berlin,
            "2027-03-31",
            "2027-03-31T22:00:00+00:00",
        ),
        (
            Tz::America__Santiago,
            "2027-09-04",
            "2027-09-05T04:00:00+00:00",
        ),
        (Tz::Africa__Cairo, "2027-04-29", "2027-04-29T22:00:00+00:00"),
    ] {
        let day: NaiveDate = day.parse().unwrap();
        let told = end_of(zone, day).unwrap();
        assert_eq!(told.to_rfc3339(), end, "{zone}");
        let last = told - TimeDelta::milliseconds(1);
        assert_eq!(last.with_timezone(&zone).date_naive(), day, "{zone}");
    }
}
