//! Exports and erasing over HTTP.

use entity::enums::{Network, Permission, Role};
use serde_json::{Value, json};
use server_api::export::{ExportPart, MemberExport};
use server_api::problem::Code;

use crate::service::actor::Actor;
use crate::service::shares::{confirm, parties};
use crate::service::{exports, suggestions};
use crate::test_support::{TestApp, on_both};

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_member_gets_everything_and_others_hand_out_what_promises_allow() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let actor = t.actor(&[Role::Owner]).await;
        let house = &actor.organization;
        t.workspace(house).await;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        t.slack_account(&ada.member, "U0ADA").await;
        let tea = t.published_post(house, "Tea").await;
        let coffee = t.published_post(house, "Coffee").await;
        let known = parties(app, &ada, tea.id).await.unwrap();
        confirm(app, &known, Network::X).await.unwrap();
        suggestions::dismiss(app, &ada, coffee.id).await.unwrap();
        let until = t.clock.now() + chrono::TimeDelta::days(3);
        t.change_member(&ada.member, |row| row.paused_until = Some(until))
            .await;
        let server = t.server().await;
        let secret = t.token(&ada).await;
        let own = server.member(&secret);
        let answer = own.get("/me/export").await;
        assert!(
            answer
                .header("content-disposition")
                .starts_with("attachment")
        );
        assert!(!answer.text().contains(&secret));
        let mine: MemberExport = answer.json();
        assert_eq!((mine.version, mine.left_out.len()), (1, 0));
        assert_eq!(mine.identities[0].user, "U0ADA");
        let shares = mine.shares.unwrap();
        assert_eq!((shares.len(), shares[0].post_id), (1, tea.id.0));
        assert_eq!(mine.dismissals.unwrap()[0].post_id, coffee.id.0);
        assert!(!mine.points.unwrap().is_empty());
        assert!(mine.preferences.unwrap().paused_until.is_some());
        assert_eq!(mine.tokens.unwrap().len(), 1);

        let owner = server.member(&t.token(&actor).await);
        let path = format!("/members/{}/export", ada.member.id);
        let answer = owner.get(&path).await;
        let theirs: MemberExport = answer.json();
        assert_eq!(theirs.identities, mine.identities);
        assert!(theirs.left_out.contains(&ExportPart::Dismissals));
        let raw: Value = answer.json();
        for part in [
            "preferences",
            "sessions",
            "tokens",
            "views",
            "dismissals",
            "messages",
            "shares",
            "points",
            "supported",
        ] {
            assert_eq!(raw.get(part), None, "{part}");
        }
        for word in [
            coffee.id.0.to_string(),
            "paused".into(),
            ada.member.pseudonym.clone(),
        ] {
            assert!(!answer.text().contains(&word), "{word}");
        }
        assert_eq!(own.get(&path).await.status, 403);
        assert_eq!(server.anonymous().get("/me/export").await.status, 401);
        let narrow = server.member(&t.narrow_token(&ada).await);
        assert_eq!(narrow.get("/me/export").await.status, 403);
        let log: Value = owner.get("/audit-events").await.json();
        let exports = log["items"].as_array().unwrap().iter();
        let exports = exports.filter(|one| one["action"] == "member.export");
        assert_eq!(exports.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_hands_a_file_out_gives_nothing_that_they_may_not_read() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let written = crate::test_support::content::draft("Not out yet");
        crate::service::posts::create_post(&t.app, &ada, written)
            .await
            .unwrap();
        let export = async |actor: &Actor| {
            let known = exports::export_member(&t.app, actor, ada.member.id);
            let known = known.await.unwrap();
            let left_out = crate::http::wire::export::head(&known)["left_out"].clone();
            (known.lists(), left_out.to_string())
        };
        let (lists, left_out) = export(&owner).await;
        assert!(lists.contains(&exports::List::Posts));
        assert!(lists.contains(&exports::List::Proposals));
        assert!(!left_out.contains("posts"), "{left_out}");
        let script = Actor {
            permissions: vec![Permission::ManageMembers, Permission::ReadMembers],
            ..owner.clone()
        };
        let (lists, left_out) = export(&script).await;
        assert!(lists.is_empty(), "{lists:?}");
        for part in ["posts", "notes", "proposals", "actions"] {
            assert!(left_out.contains(part), "{left_out}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_whole() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let txn = t.app.store.begin().await.unwrap();
        for n in 0..1_100 {
            let event = crate::service::audit::Event {
                action: "post.create",
                subject: format!("post:{n}"),
                detail: json!({}),
            };
            crate::service::audit::record(&txn, &t.app, &actor, event)
                .await
                .unwrap();
        }
        txn.commit().await.unwrap();
        let server = t.server().await;
        let own = server.member(&t.token(&actor).await);
        let mine: MemberExport = own.get("/me/export").await.json();
        let written = mine.actions.unwrap().into_iter();
        let written = written.filter(|one| one.action == "post.create");
        assert_eq!(written.count(), 1_100);
    })
    .await;
}

#[tokio::test]
async fn somebody_is_erased_by_name_once() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&actor.organization, &[]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let path = format!("/members/{}/erase", ada.member.id);
        let wrong = owner.post(&path, &json!({"name": "Bob"})).await.problem();
        assert_eq!(wrong.fields[0].field, "name");
        assert_eq!(owner.post(&path, &json!({})).await.status, 422);
        let secret = t.token(&ada).await;
        let own = server.member(&secret);
        let named = json!({"name": ada.member.display_name});
        assert_eq!(own.post(&path, &named).await.status, 403);
        assert_eq!(server.anonymous().post(&path, &named).await.status, 401);
        assert_eq!(owner.post(&path, &named).await.status, 204);
        assert_eq!(owner.post(&path, &named).await.status, 204);
        assert_eq!(own.get("/me").await.status, 401);
        let shown = owner.get(&format!("/members/{}", ada.member.id)).await;
        assert_eq!(shown.problem().code, Code::NotFound);
        let last = format!("/members/{}/erase", actor.member.id);
        let own = json!({"name": actor.member.display_name});
        let last = owner.post(&last, &own).await;
        assert_eq!(last.problem().code, Code::WrongState);
    })
    .await;
}
