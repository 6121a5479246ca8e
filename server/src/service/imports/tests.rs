//! Files of posts and of members: tried, confirmed once, taken over in batches.

use std::fmt::Write as _;

use entity::enums::{Permission, PostState, Role};
use entity::json::{LineChange, LineChanges, Roles};
use entity::member;

use super::*;
use crate::domain::page::Paging;
use crate::service::posts::{Library, list_posts};
use crate::store::members;
use crate::test_support::{TestApp, on_both};

const MEMBERS: ImportKind = ImportKind::Members;
const POSTS: ImportKind = ImportKind::Posts;

/// A list of so many people.
fn people(count: usize) -> Vec<u8> {
    let mut file = "email,name,team\n".to_owned();
    for n in 0..count {
        writeln!(file, "p{n}@acme.example,Person {n},Team {}", n % 7).unwrap();
    }
    file.into_bytes()
}

async fn every_line(
    t: &TestApp,
    actor: &Actor,
    import: (ImportKind, CsvImportId),
) -> Vec<csv_line::Model> {
    let wanted = Wanted {
        outcome: None,
        after: 0,
        limit: 100,
    };
    lines(&t.app, actor, import, wanted).await.unwrap()
}

async fn headcount(t: &TestApp, actor: &Actor) -> usize {
    let all = members::present(t.app.store.reader(), actor.organization.id).await;
    all.unwrap().len()
}

#[tokio::test]
async fn a_file_is_tried_first_and_changes_nothing_until_it_is_confirmed() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let own = actor.member.email.clone().unwrap();
        let file = format!(
            "email,name,roles\nada@acme.example,Ada,curator\n{own},Renamed,\n\
             nobody,No Address,\nada@acme.example,Ada Again,\nbob@acme.example,Bob,boss\n"
        );
        let row = upload(&t.app, &actor, MEMBERS, file.into_bytes())
            .await
            .unwrap();
        assert_eq!(
            row.state,
            ImportState::Ready,
            "a short file is tried at once"
        );
        assert_eq!(
            (row.total, row.added, row.updated, row.refused),
            (5, 1, 1, 3)
        );
        assert_eq!(headcount(&t, &actor).await, 1, "nobody was added");
        let told = every_line(&t, &actor, (MEMBERS, row.id)).await;
        let refused: Vec<_> = told.iter().filter_map(|one| one.fault.clone()).collect();
        assert_eq!(
            refused,
            [
                entity::json::LineFault::Email,
                entity::json::LineFault::Same { line: 2 },
                entity::json::LineFault::Role {
                    word: "boss".to_owned()
                },
            ]
        );
        assert_eq!(
            told.iter().map(|one| one.line).collect::<Vec<_>>(),
            [2, 3, 4, 5, 6]
        );

        let done = confirm(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
        assert_eq!(done.state, ImportState::Done);
        assert_eq!((done.added, done.updated, done.refused), (1, 1, 3));
        assert_eq!(headcount(&t, &actor).await, 2);
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn a_line_notes_which_columns_change_a_person() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let ada = t.member(&actor.organization, &[Role::Curator]).await;
        let (at, name) = (ada.email.unwrap(), ada.display_name);
        let all = [
            LineChange::Name,
            LineChange::Team,
            LineChange::Roles,
            LineChange::Language,
        ];
        for (cells, changes) in [
            (format!("{at},{name},,curator,"), None),
            (format!("{at},Ada,,,"), Some(&all[..1])),
            (format!("{at},{name},Sales,,"), Some(&all[1..2])),
            (format!("{at},{name},,analyst,"), Some(&all[2..3])),
            (format!("{at},{name},,,de"), Some(&all[3..])),
            (format!("{at},Ada,Sales,analyst,de"), Some(&all[..])),
            ("new@acme.example,New,Sales,analyst,de".to_owned(), None),
            (format!("{at},=A1,Sales,analyst,de"), None),
        ] {
            let file = format!("email,name,team,roles,language\n{cells}\n");
            let row = upload(&t.app, &actor, MEMBERS, file.into_bytes())
                .await
                .unwrap();
            let told = every_line(&t, &actor, (MEMBERS, row.id)).await.remove(0);
            let expected = changes.map(|changes| LineChanges(changes.to_vec()));
            assert_eq!(told.changes, expected, "{cells}");
            discard(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
        }
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn confirming_twice_and_working_beside_each_other_changes_nothing_twice() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let row = upload(&t.app, &actor, MEMBERS, people(1_203))
            .await
            .unwrap();
        assert_eq!(
            row.state,
            ImportState::Checking,
            "a long file is left to a worker"
        );
        t.work().await;
        let import = (MEMBERS, row.id);
        let tried = show(&t.app, &actor, import).await.unwrap();
        assert_eq!((tried.state, tried.added), (ImportState::Ready, 1_203));
        let other = t.another(9).await;
        let (one, two) = tokio::join!(
            confirm(&t.app, &actor, import),
            confirm(&other, &actor, import)
        );
        assert_eq!(one.unwrap().state, ImportState::Running);
        two.unwrap();
        let organization = actor.organization.id;
        let (one, two) = tokio::join!(
            go_on(&t.app, organization, row.id),
            go_on(&other, organization, row.id)
        );
        one.unwrap();
        two.unwrap();
        t.work().await;
        let done = show(&t.app, &actor, import).await.unwrap();
        assert_eq!(
            (done.state, done.added, done.unchanged, done.refused),
            (ImportState::Done, 1_203, 0, 0)
        );
        assert_eq!(headcount(&t, &actor).await, 1_204);
        let again = confirm(&t.app, &actor, import).await.unwrap();
        assert_eq!(again, done);
        let file = crate::store::csv_imports::file(t.app.store.reader(), organization, row.id);
        assert_eq!(file.await.unwrap(), None, "the bytes are forgotten");
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_dies_leaves_the_rest_to_the_next() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let row = upload(&t.app, &actor, MEMBERS, people(1_100))
            .await
            .unwrap();
        t.work().await;
        confirm(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
        // As far as a batch, and no further.
        let half = {
            let (app, organization) = (t.app.clone(), actor.organization.id);
            let going = tokio::spawn(async move { go_on(&app, organization, row.id).await });
            loop {
                let seen = show(&t.app, &actor, (MEMBERS, row.id)).await.unwrap().seen;
                if seen > 0 {
                    going.abort();
                    break seen;
                }
                tokio::task::yield_now().await;
            }
        };
        assert!(half >= 500);
        t.work().await;
        let done = show(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
        assert_eq!((done.state, done.added), (ImportState::Done, 1_100));
        assert_eq!(headcount(&t, &actor).await, 1_101);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays_also_where_the_heir_comes_in_another_batch() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let own = actor.member.email.clone().unwrap();
        let with_roles = |rest: &str| {
            let mut file = "email,name,roles\n".to_owned();
            file.push_str(rest);
            for n in 0..600 {
                writeln!(file, "p{n}@acme.example,Person {n},").unwrap();
            }
            writeln!(file, "{own},Own Name,analyst").unwrap();
            file.into_bytes()
        };
        for (rest, refused) in [("", 1), ("heir@acme.example,Heir,owner\n", 0)] {
            let row = upload(&t.app, &actor, MEMBERS, with_roles(rest))
                .await
                .unwrap();
            t.work().await;
            let import = (MEMBERS, row.id);
            let tried = show(&t.app, &actor, import).await.unwrap();
            assert_eq!(tried.refused, refused, "what is tried tells the truth");
            confirm(&t.app, &actor, import).await.unwrap();
            t.work().await;
            let done = show(&t.app, &actor, import).await.unwrap();
            assert_eq!((done.state, done.refused), (ImportState::Done, refused));
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_any_more_imports_nothing_and_a_token_imports_no_more_than_it_may() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let row = upload(&t.app, &admin, MEMBERS, people(600)).await.unwrap();
        t.work().await;
        confirm(&t.app, &admin, (MEMBERS, row.id)).await.unwrap();
        t.change_member(&admin.member, |row| row.roles = Roles::default())
            .await;
        t.work().await;
        let failed = show(&t.app, &owner, (MEMBERS, row.id)).await.unwrap();
        assert_eq!((failed.state, failed.added), (ImportState::Failed, 0));

        // A token of an owner that may manage members grants no role beyond that.
        let narrow = Actor {
            permissions: vec![Permission::ManageMembers],
            ..owner.clone()
        };
        let mut file = people(600);
        file.extend_from_slice(b"new@acme.example,New,Team 1\n");
        let text = String::from_utf8(file).unwrap();
        let text = text
            .replacen("team\n", "roles\n", 1)
            .replace("Team 1\n", "owner\n");
        let text: String = text
            .lines()
            .map(|line| match line.rsplit_once(',') {
                Some((rest, cell)) if cell.starts_with("Team") => format!("{rest},\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let row = upload(&t.app, &narrow, MEMBERS, text.into_bytes())
            .await
            .unwrap();
        t.work().await;
        confirm(&t.app, &narrow, (MEMBERS, row.id)).await.unwrap();
        t.work().await;
        let everybody = members::present(t.app.store.reader(), owner.organization.id).await;
        let owners = everybody.unwrap().into_iter();
        let owners = owners.filter(|one: &member::Model| one.roles.0.contains(&Role::Owner));
        assert_eq!(owners.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn lines_become_drafts_once_for_each_page() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let file = "\u{feff}Title;url;text;topics;campaign;publish_at;language\r\n\
            =1+1;https://acme.example/sum;\"Look, \"\"sums\"\"\";Tea, New Work;spring;2027-01-11 09:00;de\r\n\
            ;https://acme.example/untitled;;;;;\r\n\
            Twice;https://acme.example/sum?utm_source=x;;;;;\r\n\
            Late;https://acme.example/late;;;;soon;\r\n\
            Only words;;Words;;;;\r\n";
        let row = upload(&t.app, &actor, POSTS, file.as_bytes().to_vec()).await.unwrap();
        assert_eq!((row.total, row.added, row.refused), (5, 2, 3));
        let faults: Vec<_> = every_line(&t, &actor, (POSTS, row.id)).await.into_iter().collect();
        let lines: Vec<i64> = faults
            .iter()
            .filter(|one| one.outcome == LineOutcome::Refused)
            .map(|one| one.line)
            .collect();
        assert_eq!(lines, [3, 4, 5]);
        let done = confirm(&t.app, &actor, (POSTS, row.id)).await.unwrap();
        assert_eq!((done.state, done.added), (ImportState::Done, 2));
        let all = Library::default();
        let paging = || Paging {
            after: None,
            limit: 10,
        };
        let drafts = list_posts(&t.app, &actor, &all, paging()).await.unwrap().items;
        let sum = drafts.iter().find(|one| one.post.title == "=1+1");
        let sum = sum.expect("a formula stays the text that it is");
        assert_eq!(sum.post.state, PostState::Draft);
        assert_eq!(sum.post.author_id, Some(actor.member.id));
        assert_eq!(sum.topics, ["New Work", "Tea"]);
        assert_eq!(sum.campaign.as_deref(), Some("spring"));
        assert_eq!(sum.variants[0].text, "Look, \"sums\"");
        let at = sum.post.publish_at.unwrap().to_rfc3339();
        assert!(at.starts_with("2027-01-11T"), "{at}");

        let again = upload(&t.app, &actor, POSTS, file.as_bytes().to_vec()).await.unwrap();
        assert_eq!((again.added, again.unchanged), (1, 1), "a page has one post");
        discard(&t.app, &actor, (POSTS, again.id)).await.unwrap();
        let gone = show(&t.app, &actor, (POSTS, again.id)).await;
        assert!(matches!(gone, Err(ImportError::NotFound)));
        t.work().await;
        assert_eq!(list_posts(&t.app, &actor, &all, paging()).await.unwrap().items.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_meant_is_refused_as_a_whole_and_not_kept() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        for file in [
            &b""[..],
            b"email,name\n",
            b"\xff\xfee\0m\0",
            b"mail,name\nx,y\n",
            b"\x89PNG\r\n\x1a\n\0\0\0",
        ] {
            let refused = upload(&t.app, &actor, MEMBERS, file.to_vec()).await;
            assert!(matches!(refused, Err(ImportError::File(_))), "{file:?}");
        }
        let mut endless = "title\n".to_owned();
        endless.push_str(&"x\n".repeat(POST_LINES + 1));
        let refused = upload(&t.app, &actor, POSTS, endless.into_bytes()).await;
        assert!(matches!(
            refused,
            Err(ImportError::File(FileFault::TooManyLines(POST_LINES)))
        ));
        let paging = Paging {
            after: None,
            limit: 10,
        };
        assert!(
            list(&t.app, &actor, MEMBERS, paging)
                .await
                .unwrap()
                .items
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn files_are_forgotten_after_a_week() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let row = upload(&t.app, &actor, MEMBERS, people(3)).await.unwrap();
        t.work().await;
        assert_eq!(forget(&t.app).await.unwrap(), 0);
        t.clock.advance(KEPT + TimeDelta::hours(1));
        assert_eq!(forget(&t.app).await.unwrap(), 1);
        let gone = show(&t.app, &actor, (MEMBERS, row.id)).await;
        assert!(matches!(gone, Err(ImportError::NotFound)));
    })
    .await;
}

/// As it is where whoever took it over died, and their worker with them.
async fn abandon(t: &TestApp, row: &csv_import::Model) {
    let txn = t.app.store.begin().await.unwrap();
    let running = csv_import::Model {
        state: ImportState::Running,
        updated_at: t.app.now(),
        ..row.clone()
    };
    csv_imports::update(&txn, running).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_given_up_goes_on_or_is_put_aside_and_is_forgotten_after_all() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let row = upload(&t.app, &actor, MEMBERS, people(3)).await.unwrap();
        t.work().await;
        let import = (MEMBERS, row.id);
        abandon(&t, &row).await;
        let busy = confirm(&t.app, &actor, import).await.unwrap();
        assert_eq!((busy.state, busy.added), (ImportState::Running, 3));
        let refused = discard(&t.app, &actor, import).await;
        assert!(matches!(refused, Err(ImportError::WrongState(_))));
        assert_eq!(headcount(&t, &actor).await, 1);

        // It counts lines from where it stands, and these were only tried.
        let txn = t.app.store.begin().await.unwrap();
        let fresh = csv_import::Model {
            seen: 0,
            added: 0,
            ..busy
        };
        csv_imports::update(&txn, fresh).await.unwrap();
        txn.commit().await.unwrap();
        t.clock.advance(GIVEN_UP);
        let done = confirm(&t.app, &actor, import).await.unwrap();
        assert_eq!((done.state, done.added), (ImportState::Done, 3));
        assert_eq!(headcount(&t, &actor).await, 4);

        for forgets in [false, true] {
            let row = upload(&t.app, &actor, MEMBERS, people(3)).await.unwrap();
            t.work().await;
            abandon(&t, &row).await;
            if forgets {
                t.clock.advance(KEPT + TimeDelta::hours(1));
                assert!(forget(&t.app).await.unwrap() > 0);
            } else {
                t.clock.advance(GIVEN_UP);
                discard(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
            }
            let gone = show(&t.app, &actor, (MEMBERS, row.id)).await;
            assert!(matches!(gone, Err(ImportError::NotFound)));
        }
    })
    .await;
}

#[tokio::test]
async fn an_organization_has_at_most_ten_files_under_way() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let mut last = None;
        for _ in 0..OPEN {
            last = Some(upload(&t.app, &actor, MEMBERS, people(1)).await.unwrap());
        }
        let refused = upload(&t.app, &actor, MEMBERS, people(1)).await;
        assert!(matches!(refused, Err(ImportError::TooMany(OPEN))));
        let other = t.actor(&[Role::Owner]).await;
        upload(&t.app, &other, MEMBERS, people(1)).await.unwrap();
        confirm(&t.app, &actor, (MEMBERS, last.unwrap().id))
            .await
            .unwrap();
        upload(&t.app, &actor, MEMBERS, people(1)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_narrow_token_brought_in_grants_no_more_when_an_owner_confirms_it() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let narrow = Actor {
            permissions: vec![Permission::ManageMembers],
            ..owner.clone()
        };
        let file = b"email,name,roles\nnew@acme.example,New,owner\n".to_vec();
        let row = upload(&t.app, &narrow, MEMBERS, file).await.unwrap();
        assert_eq!((row.added, row.refused), (0, 1));
        let done = confirm(&t.app, &owner, (MEMBERS, row.id)).await.unwrap();
        assert_eq!((done.added, done.refused), (0, 1));
        assert_eq!(headcount(&t, &owner).await, 1);
    })
    .await;
}

#[tokio::test]
async fn of_two_files_at_once_that_each_take_one_of_two_owners_one_leaves_the_other() {
    on_both(async |t: TestApp| {
        let one = t.actor(&[Role::Owner]).await;
        let two = t.actor_in(&one.organization, &[Role::Owner]).await;
        let mut rows = Vec::new();
        for owner in [&one, &two] {
            let own = owner.member.email.clone().unwrap();
            let name = &owner.member.display_name;
            let file = format!("email,name,roles\n{own},{name},analyst\n");
            let row = upload(&t.app, &one, MEMBERS, file.into_bytes()).await;
            rows.push((MEMBERS, row.unwrap().id));
        }
        let other = t.another(9).await;
        let (first, second) = tokio::join!(
            confirm(&t.app, &one, rows[0]),
            confirm(&other, &one, rows[1])
        );
        first.unwrap();
        second.unwrap();
        t.work().await;
        let db = t.app.store.reader();
        let owners = members::of_role(db, one.organization.id, Role::Owner).await;
        assert_eq!(owners.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_file_with_nothing_to_do_waits_for_nobody_and_keeps_no_other_out() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let (own, name) = (actor.member.email.clone(), &actor.member.display_name);
        let known = format!("email,name\n{},{name}\n", own.unwrap());
        let organization = actor.organization.id;
        for n in 0..=OPEN {
            let file = if n.is_multiple_of(2) {
                known.clone()
            } else {
                "email,name\nnobody,No Address\n".to_owned()
            };
            let row = upload(&t.app, &actor, MEMBERS, file.into_bytes())
                .await
                .unwrap();
            assert_eq!(
                (row.state, row.added, row.updated),
                (ImportState::Done, 0, 0)
            );
            assert_eq!(row.unchanged + row.refused, 1, "what its line does is told");
            assert_eq!((row.confirmed_at, row.done_at), (None, Some(t.app.now())));
            let file = csv_imports::file(t.app.store.reader(), organization, row.id).await;
            assert_eq!(file.unwrap(), None, "the bytes are forgotten");
            let again = confirm(&t.app, &actor, (MEMBERS, row.id)).await.unwrap();
            assert_eq!(again, row, "there is nothing to confirm");
        }
        assert_eq!(headcount(&t, &actor).await, 1);
    })
    .await;
}
