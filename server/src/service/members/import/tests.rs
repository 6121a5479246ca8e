//! Importing members: rows added, changed, unchanged and refused by line.

use std::collections::HashSet;
use std::time::Duration;

use entity::enums::{BoardVisibility, Language, Role};
use entity::member;

use super::*;
use crate::store::members;
use crate::store::members::by_email;
use crate::store::shares::lock_members;
use crate::test_support::{TestApp, on_both};

/// Long enough for an import that does not wait to be done.
const MOMENT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_list_is_imported_and_importing_it_again_changes_nothing() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let file = "\u{feff}Email;Name;Team;Roles;Language\r\n\
                    ADA@acme.example;Ada Lovelace;Research;curator approver;en\r\n\
                    bob@acme.example;\"Bob; the Builder\";Research;;de\r\n";
        let report = import(&t.app, &actor, file.as_bytes()).await.unwrap();
        assert_eq!((report.added, report.refused.len()), (2, 0), "{report:?}");
        let db = t.app.store.reader();
        let ada = by_email(db, actor.organization.id, "ada@acme.example")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(ada.roles.0, [Role::Curator, Role::Approver]);
        assert_eq!(ada.language, Some(Language::En));
        assert!(ada.team_id.is_some() && ada.joined_at.is_none());
        let again = import(&t.app, &actor, file.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 2));
    })
    .await;
}

#[tokio::test]
async fn everybody_on_a_list_gets_a_pseudonym_that_nobody_else_has() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        // Among so many, names drawn from 1,024 meet.
        for round in 0..2 {
            let rows = (0..150).map(|n| format!("p{round}.{n}@acme.example,Person {n}\n"));
            let file = format!("email,name\n{}", rows.collect::<String>());
            let report = import(&t.app, &actor, file.as_bytes()).await.unwrap();
            assert_eq!(report.added, 150);
        }
        let everybody = members::present(t.app.store.reader(), actor.organization.id).await;
        let everybody = everybody.unwrap();
        let pseudonyms: HashSet<&str> = (everybody.iter())
            .map(|member| member.pseudonym.as_str())
            .collect();
        assert_eq!((everybody.len(), pseudonyms.len()), (301, 301));
    })
    .await;
}

#[tokio::test]
async fn wrong_rows_are_refused_with_their_line_and_the_rest_goes_on() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Admin]).await;
        let mut file = b"email,name,roles\n\
            nobody,No Address,\n\
            a@acme.example,=HYPERLINK(1),\n\
            b@acme.example,,\n\
            c@acme.example,Cee,boss\n\
            d@acme.example,Dee,owner\n\
            e@acme.example,Eve,\n\
            E@acme.example,Eve Again,\n"
            .to_vec();
        file.extend_from_slice(b"f@acme.example,\xe9,\n\n\ng@acme.example,Gus,analyst\n");
        let report = import(&t.app, &actor, &file).await.unwrap();
        let lines: Vec<u64> = report.refused.iter().map(|refused| refused.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 8, 9], "{report:?}");
        assert_eq!(report.added, 2);
    })
    .await;
}

#[tokio::test]
async fn an_empty_cell_takes_nothing_away_and_who_left_stays_away() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let own = actor.member.email.clone().unwrap();
        let file = format!("name,email,roles\nNew Name,{own},\n");
        let report = import(&t.app, &actor, file.as_bytes()).await.unwrap();
        assert_eq!(report.updated, 1);
        let db = t.app.store.reader();
        let member = by_email(db, actor.organization.id, &own)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(member.roles.0, [Role::Owner]);
        assert_eq!(member.display_name, "New Name");

        let txn = t.app.store.begin().await.unwrap();
        let gone = member::Model {
            left_at: Some(t.app.now()),
            ..member
        };
        members::update(&*txn, gone).await.unwrap();
        txn.commit().await.unwrap();
        let report = import(&t.app, &actor, file.as_bytes()).await.unwrap();
        assert_eq!(report.refused.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_file_without_the_needed_columns_is_refused_as_a_whole() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        for file in [
            "",
            "name\nAda\n",
            "email,name,salary\n",
            "email,name,name\n",
        ] {
            let report = import(&t.app, &actor, file.as_bytes()).await.unwrap();
            assert_eq!(report.refused.len(), 1, "{file}");
            assert_eq!(report.refused[0].line, 1, "{file}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_admin_takes_no_role_away_that_they_could_not_give() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let other = t.actor_in(&owner.organization, &[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let file = format!(
            "name,email,roles,team\nNew Name,{},analyst,Sales\n",
            other.member.email.clone().unwrap()
        );
        let report = import(&t.app, &admin, file.as_bytes()).await.unwrap();
        assert_eq!((report.updated, report.refused.len()), (0, 1), "{report:?}");
        // Another owner may.
        let report = import(&t.app, &owner, file.as_bytes()).await.unwrap();
        assert_eq!(report.updated, 1, "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays_owner_until_another_is_named() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let own = owner.member.email.clone().unwrap();
        let file = format!("name,email,roles\nOwn Name,{own},analyst\n");
        let report = import(&t.app, &owner, file.as_bytes()).await.unwrap();
        assert_eq!(report.refused[0].reason, "is the last owner");
        let file =
            format!("name,email,roles\nHeir,heir@acme.example,owner\nOwn Name,{own},analyst\n");
        let report = import(&t.app, &owner, file.as_bytes()).await.unwrap();
        assert_eq!((report.added, report.updated), (1, 1), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_member_chooses_while_a_list_is_imported_is_kept() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let ada = t.member(&actor.organization, &[]).await;
        let address = ada.email.clone().unwrap();
        let txn = t.app.store.begin().await.unwrap();
        let mut choosing = lock_members(&txn, &[ada.id]).await.unwrap().remove(0);
        let (app, importer) = (t.app.clone(), actor.clone());
        let file = format!("email,name\n{address},Ada Renamed\n");
        let mut importing =
            tokio::spawn(async move { import(&app, &importer, file.as_bytes()).await.unwrap() });
        let early = tokio::time::timeout(MOMENT, &mut importing).await;
        assert!(early.is_err(), "the import waits for who was there first");
        choosing.board_visibility = BoardVisibility::Hidden;
        members::update(&*txn, choosing).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(importing.await.unwrap().updated, 1);
        let db = t.app.store.reader();
        let ada = by_email(db, actor.organization.id, &address).await;
        let ada = ada.unwrap().unwrap();
        assert_eq!(ada.display_name, "Ada Renamed");
        assert_eq!(ada.board_visibility, BoardVisibility::Hidden);
    })
    .await;
}

#[tokio::test]
async fn nobody_renames_by_a_list_who_may_do_more_than_they() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let address = owner.member.email.clone().unwrap();
        let file = format!("email,name\n{address},Nobody\n");
        let report = import(&t.app, &admin, file.as_bytes()).await.unwrap();
        assert_eq!((report.updated, report.refused.len()), (0, 1), "{report:?}");
        let file = format!("email,name\n{address},{}\n", owner.member.display_name);
        let report = import(&t.app, &admin, file.as_bytes()).await.unwrap();
        assert_eq!(report.unchanged, 1, "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn each_whose_roles_a_list_changes_is_in_the_log_and_let_in_by_nothing_older() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let browser = t.log_in(&ada).await;
        let (address, name) = (ada.member.email.clone().unwrap(), &ada.member.display_name);
        let file = format!("email,name,roles\n{address},{name},curator\n");
        for updated in [1, 0] {
            let report = import(&t.app, &owner, file.as_bytes()).await.unwrap();
            assert_eq!(report.updated, updated);
        }
        assert_eq!(browser.get("").await.status, 303, "the session has ended");
        let wanted = crate::domain::audit::Wanted {
            subject: Some(format!("member:{}", ada.member.id)),
            ..crate::domain::audit::Wanted::default()
        };
        let page = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let log = audit::list(&t.app, &owner, &wanted, page).await.unwrap();
        let log: Vec<_> = log
            .items
            .iter()
            .map(|one| (one.action.as_str(), &one.detail))
            .collect();
        let moved = json!({"before": [], "after": ["curator"]});
        assert_eq!(log, [("member.roles", &moved)]);
    })
    .await;
}

#[tokio::test]
async fn a_list_makes_no_more_teams_than_there_may_be_and_has_at_most_500_lines() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let most = crate::domain::team::MOST;
        let rows = (0..=most).map(|n| format!("p{n}@acme.example,Person {n},Team {n}\n"));
        let file = format!("email,name,team\n{}", rows.collect::<String>());
        let long = import(&t.app, &owner, file.as_bytes()).await.unwrap();
        assert_eq!((long.added, long.refused.len()), (0, 1));
        assert!(long.refused[0].reason.contains("/member-imports"));
        let report = import_at_most(&t.app, &owner, file.as_bytes(), usize::MAX).await;
        let report = report.unwrap();
        assert_eq!(usize::try_from(report.added).unwrap(), most);
        assert_eq!(report.refused.len(), 1);
        assert!(report.refused[0].reason.contains("team"));
        let more = format!("email,name,team\nq@acme.example,Q,Team {}\n", most - 1);
        let known = import(&t.app, &owner, more.as_bytes()).await.unwrap();
        assert_eq!(known.added, 1, "into a team that is there");
    })
    .await;
}
