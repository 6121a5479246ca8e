//! People as a browser without script sees them.

use entity::enums::{Language, Role};

use crate::service::actor::Actor;
use crate::service::members::{self, leaving};
use crate::test_support::console::Browser;
use crate::test_support::{TestApp, on_both};

/// Where a page's toast is undone.
fn undo_of(page: &str) -> String {
    let actions = page.split("action=\"").skip(1);
    let action = actions
        .filter_map(|form| form.split('"').next())
        .find(|action| action.contains("/undo?"))
        .unwrap_or_else(|| panic!("nothing to undo in {page}"));
    action.replace("&#38;", "&").replace("&amp;", "&")
}

async fn roles_of(t: &TestApp, actor: &Actor, of: &Actor) -> Vec<Role> {
    let (seen, _) = members::show(&t.app, actor, of.member.id).await.unwrap();
    seen.member.roles.0
}

async fn follow(browser: &Browser, page: &str, fields: &[(&str, &str)]) -> String {
    browser.post_and_follow(page, fields).await.text()
}

#[tokio::test]
async fn the_list_finds_people_and_never_tells_what_they_did() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let alone = browser.get("people").await;
        assert_eq!(alone.status, 200);
        assert!(
            alone.text().contains("So far it is only you"),
            "{}",
            alone.text()
        );
        let ada = t.actor_in(&owner.organization, &[Role::Curator]).await;
        t.change_member(&ada.member, |row| row.display_name = "Ada <b>".to_owned())
            .await;
        let bob = t.actor_in(&owner.organization, &[]).await;
        t.change_member(&bob.member, |row| row.joined_at = None)
            .await;
        let page = browser.get("people").await.text();
        assert!(
            page.contains("Ada &#60;b&#62;") && page.contains("Invited"),
            "{page}"
        );
        for word in [
            "last seen",
            "Last seen",
            "Shares",
            "shared",
            "Clicks",
            "silent",
        ] {
            assert!(!page.contains(word), "{word}");
        }
        let curators = browser.get("people?role=curator").await.text();
        assert!(curators.contains("Ada &#60;b&#62;"));
        assert!(!curators.contains(&bob.member.display_name));
        let invited = browser.get("people?standing=invited").await.text();
        assert!(invited.contains(&bob.member.display_name) && !invited.contains("Ada &#60;"));
        let nobody = browser.get("people?q=zzz").await.text();
        assert!(nobody.contains("Nobody was found"));
        let plain = t.log_in(&bob).await;
        assert_eq!(plain.get("people").await.status, 403);
        assert!(
            !plain.get("").await.text().contains("/people\""),
            "nor in the rail"
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_not_joined_is_listed_for_who_looks_after_members_alone() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        t.change_member(&ada.member, |row| row.joined_at = None)
            .await;
        for (who, may) in [(&owner, true), (&curator, false)] {
            let browser = t.log_in(who).await;
            let page = browser.get("people").await.text();
            assert_eq!(page.contains("standing=invited"), may, "{page}");
            assert_eq!(page.contains(&ada.member.display_name), may, "{page}");
            let own = browser.get(&format!("people/{}", ada.member.id)).await;
            assert_eq!(own.status, if may { 200 } else { 404 });
            assert_eq!(page.contains("people/imports\""), may, "{page}");
            let listed = browser.get("people?standing=invited").await.status;
            assert_eq!(listed, if may { 200 } else { 403 });
        }
    })
    .await;
}

#[tokio::test]
async fn a_team_whose_new_name_is_taken_stays_where_it_is() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let above = t.team(&owner.organization, "Above", None).await;
        let team = t.team(&owner.organization, "Team", Some(above)).await;
        let browser = t.log_in(&owner).await;
        let change = [("name", "Above"), ("above", "")];
        let refused = browser.post(&format!("people/teams/{team}"), &change).await;
        assert_eq!(refused.status, 422);
        let tree = crate::service::teams::show_tree(&t.app, &owner).await;
        let depths: Vec<usize> = tree.unwrap().iter().map(|one| one.depth).collect();
        assert_eq!(depths, [0, 1]);
    })
    .await;
}

#[tokio::test]
async fn roles_and_team_are_changed_and_taken_back() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[Role::Analyst]).await;
        let browser = t.log_in(&owner).await;
        let path = format!("people/{}", ada.member.id);
        assert_eq!(browser.get(&path).await.status, 200);
        let ticked = [("role", "curator"), ("role", "approver")];
        let page = follow(&browser, &format!("{path}/roles"), &ticked).await;
        assert!(page.contains("The roles are saved."), "{page}");
        assert_eq!(
            roles_of(&t, &owner, &ada).await,
            [Role::Curator, Role::Approver]
        );
        follow(&browser, &undo_of(&page), &[]).await;
        assert_eq!(roles_of(&t, &owner, &ada).await, [Role::Analyst]);

        let page = follow(
            &browser,
            "people/teams",
            &[("name", "Design"), ("parent", "")],
        )
        .await;
        assert!(page.contains("The team is made."), "{page}");
        let (_, rest) = page.split_once("people?team=").unwrap();
        let team = rest.split('"').next().unwrap();
        let page = follow(&browser, &format!("{path}/team"), &[("team", team)]).await;
        let undo = undo_of(&page);
        let listed = browser.get(&format!("people?team={team}")).await.text();
        assert!(listed.contains(&ada.member.display_name), "{listed}");
        follow(&browser, &undo, &[]).await;
        let listed = browser.get(&format!("people?team={team}")).await.text();
        assert!(!listed.contains(&ada.member.display_name), "{listed}");
    })
    .await;
}

#[tokio::test]
async fn every_role_is_offered_wherever_roles_are_chosen_and_says_what_it_opens() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let browser = t.log_in(&owner).await;
        let of_ada = format!("people/{}", ada.member.id);
        for page in ["people", "people/invite", &of_ada, "compose/new"] {
            let text = browser.get(page).await.text();
            for word in ["analyst", "team_lead", "recruiter"] {
                let choice = format!("value=\"{word}\"");
                assert!(text.contains(&choice), "{page}: {word}: {text}");
            }
        }
        let text = browser.get(&of_ada).await.text();
        for what in [
            "Reads all posts in the library, drafts too;",
            "Sees the figures of their own team",
        ] {
            assert!(text.contains(what), "{what}: {text}");
        }
        let ticked = [("role", "recruiter"), ("role", "team_lead")];
        follow(&browser, &format!("{of_ada}/roles"), &ticked).await;
        let held = roles_of(&t, &owner, &ada).await;
        assert_eq!(held, [Role::Recruiter, Role::TeamLead]);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_is_told_why_they_stay_and_what_was_typed_is_kept() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let path = format!("people/{}", owner.member.id);
        for page in ["roles", "leave"] {
            let refused = browser
                .post(&format!("{path}/{page}"), &[("role", "admin")])
                .await;
            assert_eq!(refused.status, 422, "{page}");
            assert!(
                refused.text().contains("Nobody else is an owner."),
                "{page}"
            );
        }
        let typed = [("display_name", "=cmd"), ("email", "not one")];
        let refused = browser.post(&path, &typed).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(
            text.contains("value=\"=cmd\"") && text.contains("value=\"not one\""),
            "{text}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_and_a_link_are_shown_once_and_never_in_an_address() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let browser = t.log_in(&owner).await;
        let path = format!("people/{}", ada.member.id);
        let page = browser.post(&format!("{path}/pairing"), &[]).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("class=\"code\""), "{}", page.text());
        let page = browser.post(&format!("{path}/link"), &[]).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("/enter/"));
        let after = browser.get(&path).await.text();
        assert!(!after.contains("/enter/") && !after.contains("class=\"code\""));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_taken_off_once_and_a_second_click_goes_back_to_the_member() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let account = t.slack_account(&ada.member, "U0ADA").await;
        let browser = t.log_in(&owner).await;
        let path = format!("people/{}/unpair", ada.member.id);
        let fields = [("identity", &*account.id.to_string())];
        let page = follow(&browser, &path, &fields).await;
        assert!(page.contains("The account is taken off."), "{page}");
        let page = follow(&browser, &path, &fields).await;
        assert!(!page.contains("The account is taken off."), "{page}");
        assert!(page.contains(&ada.member.display_name), "{page}");
    })
    .await;
}

#[tokio::test]
async fn people_are_invited_and_what_is_no_address_stays_to_be_mended() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        assert_eq!(browser.get("people/invite").await.status, 200);
        let typed = [
            ("people", "ada@acme.example\r\nnonsense"),
            ("role", "curator"),
        ];
        let page = browser.post("people/invite", &typed).await;
        assert_eq!(page.status, 422);
        let text = page.text();
        assert!(
            text.contains("/enter/") && text.contains(">nonsense</textarea>"),
            "{text}"
        );
        let nobody = browser.post("people/invite", &[("people", " ")]).await;
        assert_eq!(nobody.status, 422);
        assert!(nobody.text().contains("Write at least one address."));
        let known = browser
            .post("people/invite", &[("people", "ada@acme.example")])
            .await;
        assert_eq!(known.status, 200);
        assert!(known.text().contains("Was here already"));
    })
    .await;
}

#[tokio::test]
async fn who_is_invited_has_an_invitation_to_be_handed_to_them_in_their_language() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        let invite = async |address: &str| {
            let page = browser.post("people/invite", &[("people", address)]).await;
            assert_eq!(page.status, 200);
            page.text()
        };
        let nowhere = invite("ada@acme.example").await;
        assert!(!nowhere.contains("letter-1"), "there is no chat: {nowhere}");
        t.workspace(&owner.organization).await;
        for _ in 0..2 {
            let page = invite("ada@acme.example").await;
            assert!(
                page.contains("type /chorus me in Slack") && page.contains("by ada@acme.example"),
                "{page}"
            );
            assert!(page.contains("data-copy=\"letter-1\""), "{page}");
            assert!(!page.contains("/chorus pair"), "{page}");
        }
        t.guild(&owner.organization).await;
        let page = invite("ada@acme.example").await;
        assert!(page.contains("then /chorus pair in Discord"), "{page}");
        let new = t.actor_in(&owner.organization, &[]).await.member;
        let bob = t.change_member(&new, |row| {
            row.email = Some("bob@acme.example".to_owned());
            row.language = Some(Language::De);
            row.joined_at = None;
        });
        let bob = bob.await;
        let page = invite("bob@acme.example").await;
        assert!(
            page.contains("lang=\"de\"") && page.contains("Tipp in Slack /chorus ich"),
            "{page}"
        );
        t.change_member(&bob, |row| row.joined_at = Some(t.app.now()))
            .await;
        let joined = invite("bob@acme.example").await;
        assert!(
            joined.contains("Was here already") && !joined.contains("letter-1"),
            "{joined}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_leaver_is_named_before_and_can_be_brought_back() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let browser = t.log_in(&owner).await;
        let path = format!("people/{}", ada.member.id);
        let page = browser.get(&path).await.text();
        let named = format!("Mark {} as left", ada.member.display_name);
        assert!(page.contains(&named), "{page}");
        for _ in 0..2 {
            let page = follow(&browser, &format!("{path}/leave"), &[]).await;
            assert!(page.contains("Marked as left."), "{page}");
            assert!(
                page.contains("Bring ") && !page.contains("Save roles"),
                "{page}"
            );
        }
        let roles = browser
            .post(&format!("{path}/roles"), &[("role", "curator")])
            .await;
        assert_eq!(roles.status, 409, "who left is given nothing");
        let page = follow(&browser, &format!("{path}/return"), &[]).await;
        assert!(page.contains("They are back."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn teams_are_changed_taken_back_and_removed_when_empty() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&owner).await;
        assert!(
            browser
                .get("people/teams")
                .await
                .text()
                .contains("There are no teams yet")
        );
        follow(
            &browser,
            "people/teams",
            &[("name", "Sales"), ("parent", "")],
        )
        .await;
        let twice = browser
            .post("people/teams", &[("name", "Sales"), ("parent", "")])
            .await;
        assert_eq!(twice.status, 422);
        assert!(twice.text().contains("Another team is called that."));
        let page = browser.get("people/teams").await.text();
        let (_, rest) = page.split_once("people?team=").unwrap();
        let id = rest.split('"').next().unwrap().to_owned();
        let change = [("name", "Field & co"), ("above", "")];
        let page = follow(&browser, &format!("people/teams/{id}"), &change).await;
        assert!(page.contains("Field &#38; co"), "{page}");
        let page = follow(&browser, &undo_of(&page), &[]).await;
        assert!(page.contains("<p>Sales</p>"), "{page}");
        let itself = [("name", "Sales"), ("above", "Sales")];
        let refused = browser.post(&format!("people/teams/{id}"), &itself).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("It cannot hang there"));
        for _ in 0..2 {
            let page = follow(&browser, &format!("people/teams/{id}/remove"), &[]).await;
            assert!(page.contains("There are no teams yet"), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_curator_looks_and_another_organization_finds_nothing() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let german = t
            .change_member(&curator.member, |row| row.language = Some(Language::De))
            .await;
        let curator = Actor::of(curator.organization, german);
        let browser = t.log_in(&curator).await;
        let path = format!("people/{}", owner.member.id);
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Leitung") && !page.text().contains("<select"));
        for page in [
            "roles", "team", "leave", "pairing", "link", "unpair", "return",
        ] {
            let refused = browser.post(&format!("{path}/{page}"), &[]).await;
            assert_eq!(refused.status, 403, "{page}");
        }
        assert_eq!(browser.get("people/invite").await.status, 403);
        let stranger = t.actor(&[Role::Owner]).await;
        let elsewhere = t.log_in(&stranger).await;
        assert_eq!(elsewhere.get(&path).await.status, 404);
        assert_eq!(
            elsewhere.post(&format!("{path}/leave"), &[]).await.status,
            404
        );
        assert_eq!(elsewhere.get("people/nonsense").await.status, 404);
        let gone = leaving::mark_left(&t.app, &stranger, owner.member.id).await;
        assert!(gone.is_err());
    })
    .await;
}
