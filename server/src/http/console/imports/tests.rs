//! The pages of files, as a browser without script uses them.

use entity::enums::{Language, Role};

use crate::store::members;
use crate::test_support::console::Browser;
use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

/// Sends a file as the form on the page does.
async fn send(browser: &Browser, page: &str, file: &[u8]) -> Answer {
    let mut body = b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n"
        .to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    browser
        .upload(page, "multipart/form-data; boundary=xyz", body)
        .await
}

#[tokio::test]
async fn a_list_with_bad_rows_is_tried_confirmed_and_told() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        let begin = browser.get("people/imports").await.text();
        assert!(
            begin.contains("Import members") && begin.contains("type=\"file\""),
            "{begin}"
        );
        let file = b"email,name\nada@acme.example,Ada <b>\nnobody,Nobody\n\xff,X\n";
        let sent = send(&browser, "people/imports", file).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let path = sent.header("location").to_owned();
        let tried = browser.get(&path).await.text();
        for words in [
            "Waits for you",
            "Take over one line",
            "2 lines are refused; the others are taken over without them.",
            "email is no e-mail address.",
            "Its letters are written in another way than UTF-8.",
            "Ada &#60;b&#62; · ada@acme.example",
        ] {
            assert!(tried.contains(words), "{words} in {tried}");
        }
        let refused = browser.get(&format!("{path}?outcome=refused")).await.text();
        assert!(!refused.contains("ada@acme.example"), "{refused}");
        for _ in 0..2 {
            let done = browser
                .post_and_follow(&format!("{path}/confirm"), &[])
                .await
                .text();
            assert!(done.contains("One line was taken over."), "{done}");
            assert!(done.contains("Taken over"), "{done}");
        }
        let organization = actor.organization.id;
        let all = members::present(t.app.store.reader(), organization).await;
        assert_eq!(all.unwrap().len(), 2);
        let forgotten = browser
            .post_and_follow(&format!("{path}/discard"), &[])
            .await;
        assert!(forgotten.text().contains("The file is forgotten."));
        assert_eq!(browser.get(&path).await.status, 404);
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn the_dry_run_says_what_would_change_of_a_person() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let ada = t.member(&owner.organization, &[]).await;
        let bob = t.member(&owner.organization, &[]).await;
        let (ada_at, bob_at) = (ada.email.unwrap(), bob.email.unwrap());
        let file = format!(
            "email,name,team,roles,language\n{ada_at},{},,curator,\n\
             {bob_at},Robert,Research,,de\nnew@acme.example,New,,,\n",
            ada.display_name
        );
        let sent = send(&browser, "people/imports", file.as_bytes()).await;
        let path = sent.header("location").to_owned();
        let tried = browser.get(&path).await.text();
        for words in [
            "<td role=\"cell\">Changes: roles</td>",
            "<td role=\"cell\">Changes: name, team, language</td>",
        ] {
            assert!(tried.contains(words), "{words} in {tried}");
        }
        assert_eq!(tried.matches("Changes: ").count(), 2, "{tried}");
        t.change_member(&owner.member, |row| row.language = Some(Language::De))
            .await;
        let done = browser
            .post_and_follow(&format!("{path}/confirm"), &[])
            .await
            .text();
        for words in ["Ändert: Rollen<", "Ändert: Name, Team, Sprache<"] {
            assert!(done.contains(words), "{words} in {done}");
        }
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn posts_come_by_a_file_and_the_page_leads_to_them() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        t.change_member(&actor.member, |row| row.language = Some(Language::De))
            .await;
        let browser = t.log_in(&actor).await;
        let file = "title,url,expires_at\nTee,https://acme.example/tee,\n\
            Alt,https://acme.example/alt,2020-01-01 09:00\n";
        let sent = send(&browser, "library/imports", file.as_bytes()).await;
        let path = sent.header("location").to_owned();
        let tried = browser.get(&path).await.text();
        assert!(tried.contains("Eine Zeile übernehmen"), "{tried}");
        assert!(tried.contains("expires_at: "), "{tried}");
        let done = browser
            .post_and_follow(&format!("{path}/confirm"), &[])
            .await
            .text();
        assert!(done.contains("Zu den Entwürfen"), "{done}");
        let drafts = browser.get("library?state=draft").await.text();
        assert!(drafts.contains("Tee"), "{drafts}");
        let example = browser.get("library/imports/example").await;
        assert!(example.header("content-type").starts_with("text/csv"));
        let tried = send(&browser, "library/imports", &example.body).await;
        assert_eq!(tried.status, 303, "the example is a good file");
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_none_is_said_so_where_it_is_chosen() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        for (file, words) in [
            (&b""[..], "Choose a file first."),
            (b"mail,name\nx,y\n", "The column “mail” is not known."),
            (b"name\nx\n", "The column “email” is missing"),
            (b"\xff\xfee\0", "Save it as “CSV UTF-8”"),
        ] {
            let refused = send(&browser, "people/imports", file).await;
            assert_eq!(refused.status, 422);
            let page = refused.text();
            assert!(page.contains(words), "{words} in {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_is_seen_only_by_who_may_import_such_files_in_the_same_house() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let sent = send(
            &browser,
            "people/imports",
            b"email,name\na@acme.example,A\n",
        )
        .await;
        let path = sent.header("location").to_owned();
        let id = path.rsplit('/').next().unwrap().to_owned();
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let curator = t.log_in(&curator).await;
        assert_eq!(curator.get(&path).await.status, 403);
        let as_posts = format!("library/imports/{id}");
        assert_eq!(
            curator.get(&as_posts).await.status,
            404,
            "it is no file of posts"
        );
        assert_eq!(
            curator
                .post(&format!("{as_posts}/confirm"), &[])
                .await
                .status,
            404
        );
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = t.log_in(&stranger).await;
        let theirs = format!("people/imports/{id}");
        assert_eq!(stranger.get(&theirs).await.status, 404);
        assert_eq!(
            stranger
                .post(&format!("{theirs}/confirm"), &[])
                .await
                .status,
            404
        );
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_with_nothing_to_do_says_so_and_asks_for_nothing() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let file = b"email,name\nnobody,No Address\n";
        let sent = send(&browser, "people/imports", file).await;
        let page = browser.get(sent.header("location")).await.text();
        for words in [
            "Nothing to do",
            "No line would change anything",
            "Forget this file",
            "email is no e-mail address.",
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
        for words in ["Waits for you", "Taken over", "This is what happened."] {
            assert!(!page.contains(words), "{words} in {page}");
        }
        let listed = browser.get("people/imports").await.text();
        assert!(listed.contains("Nothing to do"), "{listed}");
        t.work().await;
    })
    .await;
}
