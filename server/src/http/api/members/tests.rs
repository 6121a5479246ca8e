//! Members over HTTP: who may see and add them, and what is refused.

use entity::enums::Role;
use reqwest::Method;
use serde_json::json;
use server_api::member::InvitationOutcome::{Added, Known, Refused};
use server_api::problem::Code;

use super::*;
use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn members_are_added_once_and_listed_page_by_page() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let ada = json!({"email": "ada@acme.example", "display_name": "Ada", "roles": ["curator"]});
        // Within a millisecond, the order of ids is chance.
        t.clock.advance(chrono::TimeDelta::milliseconds(1));
        assert_eq!(session.post("/members", &ada).await.status, 200);
        let again = session.post("/members", &ada).await;
        assert_eq!(
            (again.status, again.problem().code),
            (409, Code::AlreadyExists)
        );
        let first: Page<Member> = session.get("/members?limit=1").await.json();
        let path = format!("/members?limit=1&cursor={}", first.next.unwrap());
        let second: Page<Member> = session.get(&path).await.json();
        assert_eq!(first.items[0].display_name, "Ada");
        assert_eq!(second.items[0].id.0, owner.member.id.0);
        assert_eq!(second.next, None);
        let of = async |address: &str| {
            let path = format!("/members?email={address}");
            let page: Page<Member> = session.get(&path).await.json();
            page.items.len()
        };
        assert_eq!(of("Ada@Acme.example").await, 1);
        assert_eq!(of("nobody@acme.example").await, 0);
        for query in ["limit=0", "limit=101", "cursor=x"] {
            let answer = session.get(&format!("/members?{query}")).await;
            assert_eq!(answer.problem().code, Code::InvalidField, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_members_are_refused_field_by_field_and_nobody_grants_more_than_they_hold() {
    on_both(async |t: TestApp| {
        let admin = t.actor(&[Role::Admin]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&admin).await);
        let wrong = json!({"email": "ada", "display_name": "=1+1"});
        let problem = session.post("/members", &wrong).await.problem();
        let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["email", "display_name"]);
        let owner = json!({"email": "b@acme.example", "display_name": "B", "roles": ["owner"]});
        assert_eq!(session.post("/members", &owner).await.status, 403);
        let unknown = json!({"email": "b@acme.example", "display_name": "B", "salary": 1});
        assert_eq!(session.post("/members", &unknown).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_once_and_refuses_another_body() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |email: &str| {
            let body = json!({"email": email, "display_name": "Ada"});
            let request = session.request(Method::POST, "/members");
            Answer::to(request.header("idempotency-key", "k1").json(&body)).await
        };
        let first = send("ada@acme.example").await;
        assert_eq!(first.status, 200);
        let again = send("ada@acme.example").await;
        assert_eq!((again.status, &again.body), (200, &first.body));
        assert!(again.headers.contains_key("idempotency-replayed"));
        let other = send("bob@acme.example").await;
        assert_eq!(other.problem().code, Code::IdempotencyMismatch);
        t.clock.advance(chrono::TimeDelta::hours(25));
        assert_eq!(send("ada@acme.example").await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_imported_and_one_too_large_is_not_read() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |file: String| {
            Answer::to(session.request(Method::POST, "/members/import").body(file)).await
        };
        let report: ImportReport = send("email,name\na@acme.example,A\nx,X\n".into())
            .await
            .json();
        assert_eq!((report.added, report.refused[0].line), (1, 3));
        let large = send("x".repeat(MAX_IMPORT_BYTES + 1)).await;
        assert_eq!(large.problem().code, Code::BodyTooLarge);
    })
    .await;
}

#[tokio::test]
async fn members_are_found_by_name_role_and_how_far_they_have_come_and_by_nothing_else() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let ada = json!({"email": "ada@acme.example", "display_name": "Ada Özil", "roles": ["curator"]});
        let ada: Member = session.post("/members", &ada).await.json();
        let lead = json!({"email": "lea_d@acme.example", "display_name": "100% Lea", "roles": ["team_lead"]});
        let lead: Member = session.post("/members", &lead).await.json();
        let found = async |query: &str| {
            let page: Page<Member> = session.get(&format!("/members?{query}")).await.json();
            let mut ids: Vec<_> = page.items.into_iter().map(|one| one.id).collect();
            ids.sort_unstable();
            ids
        };
        for query in ["q=özil", "q=ÖZIL+ada", "q=ADA@acme", "role=curator"] {
            assert_eq!(found(query).await, [ada.id], "{query}");
        }
        for query in ["q=100%25", "q=a_d", "role=team_lead", "q=lea&standing=invited"] {
            assert_eq!(found(query).await, [lead.id], "{query}");
        }
        let me = server_api::ids::MemberId(owner.member.id.0);
        assert_eq!(found("standing=joined").await, [me]);
        assert_eq!(found("standing=invited").await.len(), 2);
        assert_eq!(found("standing=left").await, []);
        assert_eq!(found("q=%25").await, [lead.id], "a sign stands for itself");
        assert_eq!(found("q=nobody").await, []);
        // What somebody did or did not do is nothing to look for.
        for query in ["sort=last_seen", "active=false"] {
            let page: Page<Member> = session.get(&format!("/members?{query}")).await.json();
            assert_eq!(page.items.len(), 3, "{query}");
        }
        let text = session.get("/members").await.text();
        for word in ["seen", "active", "share", "click", "dismiss", "greeted"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_member_is_shown_given_roles_let_go_and_brought_back() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let account = t.slack_account(&ada.member, "U0ADA").await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let path = format!("/members/{}", ada.member.id);
        let shown: MemberDetail = session.get(&path).await.json();
        assert_eq!(shown.identities[0].id.0, account.id.0);
        let change = json!({"display_name": "Ada", "email": "ada@acme.example"});
        assert_eq!(
            session
                .patch(&path, &change)
                .await
                .json::<Member>()
                .display_name,
            "Ada"
        );

        let roles = format!("{path}/roles");
        let given: Member = session
            .put(&roles, &json!({"roles": ["curator"]}))
            .await
            .json();
        assert_eq!(given.roles, [server_api::enums::Role::Curator]);
        let last = format!("/members/{}/roles", owner.member.id);
        let last = session.put(&last, &json!({"roles": []})).await;
        assert_eq!((last.status, last.problem().code), (409, Code::WrongState));

        let link: ConsoleLink = session
            .post(&format!("{path}/console-link"), &json!(null))
            .await
            .json();
        assert!(link.url.contains("/enter/"));
        let identity = format!("{path}/identities/{}", account.id);
        assert_eq!(session.delete(&identity).await.status, 204);
        assert_eq!(session.delete(&identity).await.status, 404);
        let shown: MemberDetail = session.get(&path).await.json();
        assert!(shown.identities.is_empty());

        let left: Member = session
            .post(&format!("{path}/leave"), &json!(null))
            .await
            .json();
        assert_eq!(left.standing, server_api::member::Standing::Left);
        let again: Member = session
            .post(&format!("{path}/leave"), &json!(null))
            .await
            .json();
        assert_eq!(again, left);
        for refused in ["console-link", "pairing-code"] {
            let answer = session
                .post(&format!("{path}/{refused}"), &json!(null))
                .await;
            assert_eq!(answer.problem().code, Code::MemberLeft, "{refused}");
        }
        let back: Member = session
            .post(&format!("{path}/return"), &json!(null))
            .await
            .json();
        assert_eq!((back.left_at, back.roles), (None, given.roles));
        let log: serde_json::Value = session
            .get(&format!("/audit-events?subject=member:{}", ada.member.id))
            .await
            .json();
        // All of it at one time of the test's clock, and so in no order.
        let log: std::collections::BTreeSet<_> = log["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["action"].as_str())
            .collect();
        assert_eq!(
            log.into_iter().collect::<Vec<_>>(),
            [
                "member.invite_console",
                "member.leave",
                "member.return",
                "member.roles",
                "member.unpair",
                "member.update"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn people_are_invited_and_each_hears_what_became_of_it() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let form = json!({
            "people": [{"email": "ada@acme.example"}, {"email": "?", "display_name": "Bob"}],
            "roles": ["analyst"]
        });
        let told: PeopleInvited = session.post("/invitations", &form).await.json();
        let outcomes: Vec<_> = told.items.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Added, Refused]);
        assert!(told.items[0].console_link.is_some());
        assert_eq!(told.items[1].fields[0].field, "email");
        let again: PeopleInvited = session.post("/invitations", &form).await.json();
        assert_eq!(
            (again.items[0].outcome, &again.items[0].console_link),
            (Known, &None)
        );
        let nobody = session.post("/invitations", &json!({"people": []})).await;
        assert_eq!(nobody.problem().fields[0].field, "people");
    })
    .await;
}

#[tokio::test]
async fn who_has_not_joined_is_told_to_nobody_but_who_looks_after_members() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let curator = t.actor_in(house, &[Role::Curator]).await;
        let gone = t.actor_in(house, &[]).await;
        let ada = t.actor_in(house, &[]).await;
        t.change_member(&gone.member, |row| row.left_at = Some(row.created_at))
            .await;
        t.change_member(&ada.member, |row| row.joined_at = None)
            .await;
        let server = t.server().await;
        let address = ada.member.email.clone().unwrap();
        let name = ada.member.display_name.replace(' ', "+");
        let queries = [
            "limit=50".to_owned(),
            format!("q={name}"),
            format!("email={address}"),
            "standing=invited".to_owned(),
        ];
        for (actor, may) in [(&owner, true), (&curator, false)] {
            let session = server.member(&t.token(actor).await);
            for query in &queries {
                let answer = session.get(&format!("/members?{query}")).await.text();
                assert_eq!(answer.contains(&address), may, "{query}: {answer}");
                assert_eq!(answer.contains("\"invited\""), may, "{query}: {answer}");
            }
            let shown = session.get(&format!("/members/{}", ada.member.id)).await;
            assert_eq!(shown.status, if may { 200 } else { 404 });
            // Who joined, and who left, is there for both.
            let page: Page<Member> = session.get("/members").await.json();
            assert_eq!(page.items.len(), if may { 4 } else { 3 });
            let left: Page<Member> = session.get("/members?standing=left").await.json();
            assert_eq!(left.items.len(), 1);
        }
        // Everybody knows of themselves.
        t.change_member(&curator.member, |row| row.joined_at = None)
            .await;
        let session = server.member(&t.token(&curator).await);
        let own: MemberDetail = session
            .get(&format!("/members/{}", curator.member.id))
            .await
            .json();
        assert_eq!(own.member.standing, server_api::member::Standing::Invited);
        let page: Page<Member> = session.get("/members").await.json();
        assert_eq!(page.items.len(), 3);
    })
    .await;
}
