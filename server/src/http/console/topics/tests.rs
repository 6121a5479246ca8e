//! Topics as a browser without script sees them.

use entity::enums::Role;

use crate::domain::post::Draft;
use crate::service::{posts, topics};
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn topics_are_kept_in_order() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let browser = t.log_in(&curator).await;
        let page = browser.get("library/topics").await.text();
        assert!(page.contains("There are no topics yet"), "{page}");
        let made = [("name", "Safety")];
        let page = browser
            .post_and_follow("library/topics", &made)
            .await
            .text();
        assert!(
            page.contains("The topic is made.") && !page.contains("mandatory"),
            "{page}"
        );
        let twice = browser.post("library/topics", &[("name", "SAFETY")]).await;
        assert_eq!(twice.status, 422);
        assert!(
            twice.text().contains("value=\"SAFETY\""),
            "{}",
            twice.text()
        );
        let post = Draft {
            topics: vec!["Tea & coffee".to_owned()],
            ..draft("Tea")
        };
        posts::create_post(&t.app, &curator, post).await.unwrap();
        let all = topics::list_topics(&t.app, &curator).await.unwrap();
        let id = |name: &str| {
            let found = all.iter().find(|one| one.topic.name == name);
            found.unwrap().topic.id.to_string()
        };
        let (safety, tea) = (id("Safety"), id("Tea & coffee"));
        let page = browser.get("library/topics").await.text();
        assert!(page.contains("library?topic=Tea+%26+coffee"), "{page}");
        let used = browser
            .post(&format!("library/topics/{tea}/remove"), &[])
            .await;
        assert_eq!(used.status, 422);

        let change = [("name", "Safe work")];
        let page = browser
            .post_and_follow(&format!("library/topics/{safety}"), &change)
            .await;
        let page = page.text();
        assert!(page.contains("<p>Safe work</p>"), "{page}");
        let (_, rest) = page.split_once(&format!("{safety}/undo?")).unwrap();
        let undo = rest.split('"').next().unwrap().replace("&#38;", "&");
        let undo = format!("library/topics/{safety}/undo?{undo}");
        let page = browser.post_and_follow(&undo, &[]).await.text();
        assert!(page.contains("<p>Safety</p>"), "{page}");

        let nowhere = browser
            .post(&format!("library/topics/{tea}/merge"), &[("into", "")])
            .await;
        assert_eq!(nowhere.status, 422);
        let into = [("into", "safety")];
        for _ in 0..2 {
            let merge = format!("library/topics/{tea}/merge");
            let page = browser.post_and_follow(&merge, &into).await.text();
            assert!(
                page.contains("1 post") && !page.contains("Tea &#38; coffee"),
                "{page}"
            );
        }
        let analyst = t.actor_in(&curator.organization, &[Role::Analyst]).await;
        let looks = t.log_in(&analyst).await;
        let seen = looks.get("library/topics").await;
        assert!(seen.status == 200 && !seen.text().contains("library/topics/"));
        assert_eq!(
            looks
                .post("library/topics", &[("name", "Mine")])
                .await
                .status,
            403
        );
    })
    .await;
}
