//! The calendar as a browser without script uses it.

use chrono::TimeDelta;
use entity::enums::Role;

use crate::domain::post::Draft;
use crate::service::posts;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn posts_stand_on_their_days_and_are_moved_and_moved_back() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let empty = browser.get("calendar").await;
        assert_eq!(empty.status, 200, "{}", empty.text());
        assert!(empty.text().contains("November 2026"), "{}", empty.text());
        let at = t.clock.now() + TimeDelta::days(2);
        let planned = Draft {
            publish_at: Some(at),
            ..draft("Tea at eleven")
        };
        let post = t.published(&actor.organization, planned).await;
        for view in ["month", "week", "agenda"] {
            let page = browser.get(&format!("calendar?view={view}")).await.text();
            assert!(
                page.contains("Tea at eleven") && page.contains("11:00"),
                "{view}: {page}"
            );
        }
        let other = browser
            .get("calendar?view=week&day=2026-12-20")
            .await
            .text();
        assert!(!other.contains("Tea at eleven"));

        let version = post.version.to_string();
        let path = format!("calendar/{}", post.id);
        let typed = [("at", "2026-11-25T09:30"), ("version", version.as_str())];
        let page = browser.post_and_follow(&path, &typed).await.text();
        assert!(page.contains("The post is moved."), "{page}");
        let moved = posts::show_post(&t.app, &actor, post.id)
            .await
            .unwrap()
            .post;
        let expected = chrono::DateTime::parse_from_rfc3339("2026-11-25T09:30:00+01:00").unwrap();
        assert_eq!(moved.publish_at, Some(expected.to_utc()));
        browser.undo(&page, &[]).await;
        let back = posts::show_post(&t.app, &actor, post.id)
            .await
            .unwrap()
            .post;
        assert_eq!(back.publish_at, Some(at));

        let gone_by = [("at", "2026-11-01T09:00")];
        let page = browser.post_and_follow(&path, &gone_by).await.text();
        assert!(page.contains("cannot go out then"), "{page}");
        let nonsense = browser
            .post_and_follow(&path, &[("at", "soon")])
            .await
            .text();
        assert!(nonsense.contains("Choose a date and a time."));
    })
    .await;
}

#[tokio::test]
async fn what_was_put_away_or_taken_back_before_its_time_stands_on_no_day() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let planned = |title: &str| Draft {
            publish_at: Some(t.clock.now() + TimeDelta::days(2)),
            ..draft(title)
        };
        let away = posts::create_post(&t.app, &actor, planned("Put away"))
            .await
            .unwrap();
        posts::archive_post(&t.app, &actor, away.post.id)
            .await
            .unwrap();
        let back = t
            .published(&actor.organization, planned("Taken back"))
            .await;
        posts::withdraw_post(&t.app, &actor, back.id, None)
            .await
            .unwrap();
        let live = t.published(&actor.organization, draft("Was there")).await;
        posts::withdraw_post(&t.app, &actor, live.id, None)
            .await
            .unwrap();
        let page = browser.get("calendar?view=agenda").await.text();
        assert!(
            !page.contains("Put away") && !page.contains("Taken back"),
            "{page}"
        );
        assert!(page.contains("Was there"), "it did go out: {page}");
    })
    .await;
}
