//! Changing members: nobody gives or takes what they do not hold, and an owner stays.

use sea_orm::EntityTrait;

use super::*;
use crate::domain::audit::Wanted;
use crate::domain::page::Paging;
use crate::service::teams::create_team;
use crate::test_support::{TestApp, on_both};

/// What the log says was done, in the order of the alphabet: all at one time of the test's clock.
async fn done(t: &TestApp, actor: &Actor) -> Vec<String> {
    let page = Paging {
        after: None,
        limit: 100,
    };
    let all = audit::list(&t.app, actor, &Wanted::default(), page).await;
    let all = all.unwrap().items.into_iter();
    let mut done: Vec<String> = all.map(|event| event.action).collect();
    done.sort_unstable();
    done
}

#[tokio::test]
async fn the_last_owner_cannot_lose_the_role_also_not_of_two_at_once() {
    on_both(async |t: TestApp| {
        let one = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let alone = set_roles(app, &one, one.member.id, vec![Role::Admin]).await;
        assert!(matches!(alone, Err(MemberError::LastOwner)), "{alone:?}");
        let other = t.actor_in(&one.organization, &[Role::Owner]).await;
        let (first, second) = tokio::join!(
            set_roles(app, &one, one.member.id, Vec::new()),
            set_roles(app, &other, other.member.id, Vec::new()),
        );
        let lost = [first, second].into_iter().flatten().count();
        assert_eq!(lost, 1, "of two who step down at once, one stays");
        // Somebody who left is nobody's owner.
        let owners = members::of_role(app.store.reader(), one.organization.id, Role::Owner).await;
        assert_eq!(owners.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_or_takes_what_they_do_not_hold() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let plain = t.actor_in(&owner.organization, &[]).await;
        let app = &t.app;
        for roles in [vec![Role::Owner], vec![Role::Approver]] {
            let given = set_roles(app, &admin, plain.member.id, roles).await;
            assert!(matches!(given, Err(MemberError::Forbidden(_))), "{given:?}");
        }
        let taken = set_roles(app, &admin, owner.member.id, vec![Role::Admin]).await;
        assert!(matches!(taken, Err(MemberError::Forbidden(_))), "{taken:?}");
        let curator = vec![Role::Curator, Role::Curator];
        let given = set_roles(app, &admin, plain.member.id, curator.clone()).await;
        assert_eq!(given.unwrap().member.roles.0, [Role::Curator]);
        set_roles(app, &admin, plain.member.id, curator)
            .await
            .unwrap();
        let by_curator = set_roles(app, &plain, admin.member.id, Vec::new()).await;
        assert!(matches!(by_curator, Err(MemberError::Forbidden(_))));
        let log = done(&t, &owner).await;
        assert_eq!(log, ["member.roles"], "the same again is nothing");
    })
    .await;
}

#[tokio::test]
async fn who_may_do_more_is_let_in_by_nothing_that_was_made_while_they_might_do_less() {
    on_both(async |t: TestApp| {
        use crate::service::login_links::{self, EnterError};
        use crate::service::pairing as codes;
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let admin = t.actor_in(house, &[Role::Admin]).await;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let browser = t.log_in(&ada).await;
        let own = t.log_in(&owner).await;
        let link = login_links::invite(app, &admin, ada.member.id).await;
        let link = link.unwrap().url;
        let (_, token) = link.rsplit_once("/enter/").unwrap();
        codes::invite(app, &admin, ada.member.id).await.unwrap();
        let counts = async || {
            let found = entity::pairing_code::Entity::find()
                .all(app.store.reader())
                .await;
            let now = t.clock.now();
            found.unwrap().iter().any(|code| code.expires_at > now)
        };
        // A role less lets nobody do more.
        let both = vec![Role::Curator, Role::Analyst];
        t.change_member(&ada.member, |row| row.roles = Roles(both))
            .await;
        let id = ada.member.id;
        set_roles(app, &owner, id, vec![Role::Curator])
            .await
            .unwrap();
        assert!(login_links::look(app, token).await.is_ok() && counts().await);
        assert_eq!(browser.get("").await.status, 200);

        set_roles(app, &owner, id, vec![Role::Owner]).await.unwrap();
        let gone = login_links::look(app, token).await;
        assert!(matches!(gone, Err(EnterError::Gone)));
        assert!(!counts().await);
        assert_eq!(browser.get("").await.status, 303, "the session has ended");

        let more = vec![Role::Owner, Role::Analyst];
        set_roles(app, &owner, owner.member.id, more).await.unwrap();
        assert_eq!(own.get("").await.status, 200, "one's own goes on");
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_password_that_was_chosen_by_an_invitation_ends_where_its_member_may_do_more() {
    on_both(async |t: TestApp| {
        use crate::service::login_links::{self, Form};
        use crate::service::sessions::{self, Browser};
        use crate::service::tokens::{self, NewToken};
        use crate::service::{access, credentials};
        use secrecy::{ExposeSecret, SecretString};
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let admin = t.actor_in(house, &[Role::Admin]).await;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let bob = t.actor_in(house, &[Role::Curator]).await;
        let first = SecretString::from("correct horse battery");
        let second = SecretString::from("another horse battery");
        let enter = async |url: &str| {
            let (_, token) = url.rsplit_once("/enter/").unwrap();
            let form = Form {
                organization: String::new(),
                name: "Grace Hopper".to_owned(),
                email: "grace@acme.example".to_owned(),
                password: Some(first.clone()),
            };
            let browser = Browser {
                user_agent: "",
                before: None,
            };
            let begun = login_links::enter(app, token, form, browser).await;
            let begun = begun.unwrap();
            let found = sessions::find(app, begun.token.expose_secret()).await;
            found.unwrap().unwrap()
        };
        let link = login_links::invite(app, &admin, ada.member.id).await;
        let invited = enter(&link.unwrap().url).await;
        let own = enter(&login_links::issue(app, &bob).await.unwrap().url).await;
        // Whose word it was goes along with whatever is made by it.
        let word = Some(admin.member.id);
        assert_eq!((invited.actor.issuer, own.actor.issuer), (word, None));
        let wanted = NewToken {
            name: "Reader".to_owned(),
            scopes: vec![Permission::ReadPosts],
            expires_at: None,
        };
        let (_, secret) = tokens::create(app, &invited.actor, wanted).await.unwrap();
        let by_token = access::by_token(app, secret.expose_secret()).await;
        assert_eq!(by_token.unwrap().issuer, word);
        let both = (first.clone(), second.clone());
        credentials::change(app, &invited.actor, both, None)
            .await
            .unwrap();
        let is = async |who: &Actor, password: &SecretString| {
            let whose = Some((house.id, who.member.id));
            credentials::verify(app, whose, password).await.unwrap()
        };
        assert!(is(&ada, &second).await && is(&bob, &first).await);

        for who in [&ada, &bob] {
            let more = vec![Role::Curator, Role::Approver];
            set_roles(app, &owner, who.member.id, more).await.unwrap();
        }
        assert!(!is(&ada, &second).await && !is(&ada, &first).await);
        assert!(is(&bob, &first).await, "it was his own from the first");
        let log = done(&t, &owner).await;
        let ended = log.iter().filter(|one| *one == "member.unset_password");
        assert_eq!(ended.count(), 1);
        // She is invited anew, and chooses another.
        let link = login_links::invite(app, &owner, ada.member.id).await;
        enter(&link.unwrap().url).await;
        assert!(is(&ada, &first).await);
    })
    .await;
}

#[tokio::test]
async fn a_member_is_put_into_a_team_of_their_own_organization_or_into_none() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let app = &t.app;
        let team = create_team(app, &owner, ("Design", None)).await.unwrap();
        let other = create_team(app, &stranger, ("Design", None)).await.unwrap();
        let id = owner.member.id;
        let seen = set_team(app, &owner, id, Some(team.id)).await.unwrap();
        assert_eq!(seen.team.as_deref(), Some("Design"));
        let foreign = set_team(app, &owner, id, Some(other.id)).await;
        assert!(
            matches!(foreign, Err(MemberError::Invalid(_))),
            "{foreign:?}"
        );
        let foreign = set_team(app, &stranger, id, None).await;
        assert!(matches!(foreign, Err(MemberError::NotFound)), "{foreign:?}");
        let seen = set_team(app, &owner, id, None).await.unwrap();
        assert_eq!((seen.team, seen.member.team_id), (None, None));
        let log = done(&t, &owner).await;
        assert_eq!(log, ["member.team", "member.team", "team.create"]);
    })
    .await;
}

#[tokio::test]
async fn name_and_address_are_changed_unless_they_are_somebody_elses() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let ada = t.actor_in(&owner.organization, &[]).await;
        let app = &t.app;
        let details = |name: &str, email: &str| Details {
            display_name: Some(name.to_owned()),
            email: Some(email.to_owned()),
        };
        let seen = update(
            app,
            &owner,
            ada.member.id,
            details(" Ada ", "ADA@acme.example"),
        );
        let seen = seen.await.unwrap().member;
        assert_eq!(seen.display_name, "Ada");
        assert_eq!(seen.email.as_deref(), Some("ada@acme.example"));
        let taken = update(
            app,
            &owner,
            owner.member.id,
            details("Olga", "ada@acme.example"),
        );
        assert!(matches!(taken.await, Err(MemberError::AddressTaken)));
        let wrong = update(app, &owner, ada.member.id, details("=1", "?")).await;
        let Err(MemberError::Invalid(faults)) = wrong else {
            panic!("{wrong:?}");
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["display_name", "email"]);
        // An address is a way in, so an admin does not change an owner's.
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let upwards = update(
            app,
            &admin,
            owner.member.id,
            details("Olga", "x@acme.example"),
        );
        assert!(matches!(upwards.await, Err(MemberError::Forbidden(_))));
    })
    .await;
}
