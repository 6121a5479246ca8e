//! The library as a browser without script sees it.

use entity::enums::{Network, Role};

use crate::service::posts;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn posts_are_found_kept_as_a_view_and_stepped_with_and_back() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let empty = browser.get("library").await;
        assert_eq!(empty.status, 200);
        assert!(empty.text().contains("There are no posts yet"));
        let mut ids = Vec::new();
        for title in ["Green tea", "Black <coffee>"] {
            let written = posts::create_post(&t.app, &actor, draft(title))
                .await
                .unwrap();
            ids.push(written.post.id.to_string());
        }
        let page = browser.get("library").await.text();
        assert!(
            page.contains("Green tea") && page.contains("Black &#60;coffee&#62;"),
            "{page}"
        );
        let found = browser.get("library?q=TEA&state=draft").await.text();
        assert!(
            found.contains("Green tea") && !found.contains("coffee&#62;"),
            "{found}"
        );
        let none = browser.get("library?state=live").await.text();
        assert!(none.contains("Nothing fits"));
        let board = browser.get("library?view=board").await.text();
        assert!(board.contains("In review") && board.contains("Green tea"));

        let kept = [("name", "Tea"), ("query", "q=tea")];
        let page = browser.post_and_follow("library/views", &kept).await.text();
        assert!(page.contains("The view is kept.") && page.contains("?q=tea"));

        let here = format!("{}library", browser.home);
        let ticked = [
            ("next", here.as_str()),
            ("post", ids[0].as_str()),
            ("post", ids[1].as_str()),
            ("step", "archive"),
        ];
        let page = browser
            .post_and_follow("library/steps", &ticked)
            .await
            .text();
        assert!(page.contains("2 posts were changed."), "{page}");
        let page = browser.undo(&page, &[("next", &here)]).await.text();
        assert!(page.contains("2 posts were changed."), "{page}");
        let drafts = browser.get("library?state=draft").await.text();
        assert!(drafts.contains("Green tea") && drafts.contains("coffee"));
    })
    .await;
}

#[tokio::test]
async fn a_board_has_a_column_for_every_state_and_keeps_its_filter() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        for at in 0..17 {
            let title = format!("Tea {at}");
            posts::create_post(&t.app, &actor, draft(&title))
                .await
                .unwrap();
        }
        let away = posts::create_post(&t.app, &actor, draft("Old coffee"))
            .await
            .unwrap();
        posts::archive_post(&t.app, &actor, away.post.id)
            .await
            .unwrap();
        let archived = browser.get("library?view=board&state=archived").await;
        let page = archived.text();
        assert!(page.contains("Old coffee"), "{page}");
        let all = browser.get("library?view=board").await.text();
        assert!(!all.contains("Old coffee"), "{all}");
        let number = |count: &str| format!("<span class=\"number muted\">{count}</span>");
        assert!(all.contains(&number("17")), "{all}");
        let teas = browser.get("library?view=board&q=tea").await.text();
        assert!(teas.contains(&number("15+")), "{teas}");
        let more = "library?q=tea&#38;state=draft\"";
        assert!(
            teas.contains(more),
            "the list of all keeps the filter: {teas}"
        );
        let one = browser.get("library?view=board&q=coffee").await.text();
        assert!(
            one.contains(&number("0")) && !one.contains(&number("17")),
            "{one}"
        );
    })
    .await;
}

#[tokio::test]
async fn posts_that_do_not_take_a_step_are_told_with_the_reason() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let mut ids = Vec::new();
        for title in ["Green <tea>", "Black coffee"] {
            let written = posts::create_post(&t.app, &actor, draft(title))
                .await
                .unwrap();
            ids.push(written.post.id);
        }
        posts::archive_post(&t.app, &actor, ids[0]).await.unwrap();
        let (one, two) = (ids[0].to_string(), ids[1].to_string());
        let list = format!("{}library?q=e", browser.home);
        let ticked = [
            ("next", list.as_str()),
            ("post", one.as_str()),
            ("post", two.as_str()),
            ("post", "00000000-0000-7000-8000-000000000000"),
            ("step", "submit"),
        ];
        let told = browser.post_and_follow("library/steps", &ticked).await;
        let page = told.text();
        assert!(page.contains("Green &#60;tea&#62;"), "{page}");
        assert!(
            page.contains("a state that does not allow this step"),
            "{page}"
        );
        assert!(
            !page.contains("Black coffee"),
            "that one was handed in: {page}"
        );
        assert!(page.contains("One post was changed"), "{page}");
        assert!(
            page.contains("library/undo"),
            "what was done is undone: {page}"
        );
        assert!(page.contains(&format!("href=\"{list}\"")), "{page}");
        // Nobody's link puts words on the page, or leads away.
        let odd = format!("library/steps?not={one}.x&not=y&next=https://evil.example/");
        let page = browser.get(&odd).await.text();
        assert!(!page.contains("evil") && !page.contains("Green"), "{page}");
        // What cannot be undone is asked twice, by name.
        let page = browser.get("library").await.text();
        assert!(page.contains("Withdraw the ticked posts"), "{page}");
        assert!(page.contains("data-many=\"Withdraw # posts\""), "{page}");
        let stranger = t.actor(&[Role::Owner]).await;
        let theirs = t.log_in(&stranger).await;
        let page = theirs.get(&format!("library/steps?not={one}.state")).await;
        assert!(!page.text().contains("Green"));
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_is_offered_no_steps_and_takes_none() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let written = posts::create_post(&t.app, &owner, draft("Tea"))
            .await
            .unwrap();
        let approver = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let browser = t.log_in(&approver).await;
        let page = browser.get("library").await.text();
        assert!(
            page.contains("Tea") && !page.contains("name=\"step\""),
            "{page}"
        );
        let id = written.post.id.to_string();
        let sent = browser
            .post("library/steps", &[("post", &id), ("step", "archive")])
            .await;
        assert_eq!(sent.status, 403);
        let plain = t.actor_in(&owner.organization, &[]).await;
        assert_eq!(t.log_in(&plain).await.get("library").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_post_tells_what_it_brought_to_who_may_read_figures() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let post = t.lasting_post(house).await;
        let people = t.people(house, None, 5).await;
        t.all_share(&people[..4], &post, Network::X).await;
        t.sum_up().await;
        let browser = t.log_in(&owner).await;
        let few = browser.get("library").await.text();
        assert!(
            few.contains("0 clicks") && !few.contains("shares →"),
            "{few}"
        );
        t.all_share(&people[4..], &post, Network::X).await;
        t.sum_up().await;
        let all = browser.get("library").await.text();
        assert!(all.contains("5 shares → 0 clicks"), "{all}");
        let approver = t.actor_in(house, &[Role::Approver]).await;
        let page = t.log_in(&approver).await.get("library").await.text();
        assert!(!page.contains("0 clicks"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_recruiter_reads_the_library_and_changes_nothing() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let written = posts::create_post(&t.app, &owner, draft("Green tea")).await;
        let post = format!("posts/{}", written.unwrap().post.id);
        t.live_post(house).await;
        let recruiter = t.actor_in(house, &[Role::Recruiter]).await;
        let browser = t.log_in(&recruiter).await;
        let page = browser.get("library").await.text();
        for title in ["Green tea", "Tea &#38; coffee"] {
            assert!(page.contains(title), "{title}: {page}");
        }
        let shown = browser.walk().await;
        let is_shown = |page: &str| shown.contains(&format!("{}{page}", browser.home));
        for page in ["library", "calendar", "settings", &post] {
            assert!(is_shown(page), "{page}: {shown:?}");
        }
        for page in [
            "audit",
            "compose/new",
            "insight",
            "insight/teams",
            "library/feeds",
            "library/imports",
            "people",
            "proposals",
            "review",
        ] {
            assert!(!is_shown(page), "{page}: {shown:?}");
            assert_eq!(browser.get(page).await.status, 403, "{page}");
        }
        for page in [
            "library/steps",
            "library/topics",
            "settings/quiet",
            &format!("{post}/submit"),
            &format!("{post}/publish"),
        ] {
            assert_eq!(browser.post(page, &[]).await.status, 403, "{page}");
        }
    })
    .await;
}
