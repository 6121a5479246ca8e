//! Inviting people: each once, with a link where a role opens the console.

use chrono::TimeDelta;

use super::*;
use crate::domain::people::{Standing, standing, typed};
use crate::service::members::leaving::mark_left;
use crate::service::teams::create_team;
use crate::test_support::{TestApp, on_both};

fn invitation(people: &str, roles: &[Role]) -> Invitation {
    Invitation {
        people: typed(people),
        roles: roles.to_vec(),
        ..Invitation::default()
    }
}

/// What became of each, as one word.
fn told(invited: &[Invited]) -> Vec<&'static str> {
    let word = |one: &Invited| match &one.outcome {
        Outcome::Added(_, Some(_)) => "added with a link",
        Outcome::Added(_, None) => "added",
        Outcome::Known(_) => "known",
        Outcome::Refused(_) => "refused",
    };
    invited.iter().map(word).collect()
}

#[tokio::test]
async fn several_are_invited_at_once_and_again_nobody_is_added_twice() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let team = create_team(&t.app, &owner, ("Design", None)).await.unwrap();
        let wanted = Invitation {
            team: Some(team.id),
            ..invitation(
                "ada.lovelace@acme.example\nBob Bauer <BOB@acme.example>, nonsense\nada.lovelace@ACME.example",
                &[],
            )
        };
        let first = invite_people(&t.app, &owner, wanted.clone()).await.unwrap();
        assert_eq!(told(&first), ["added", "added", "refused", "known"]);
        let Outcome::Added(ada, _) = &first[0].outcome else {
            panic!("she is new");
        };
        assert_eq!(ada.member.display_name, "Ada Lovelace");
        assert_eq!(ada.team.as_deref(), Some("Design"));
        assert_eq!(standing(&ada.member), Standing::Invited);
        let Outcome::Added(bob, _) = &first[1].outcome else {
            panic!("he is new");
        };
        assert_eq!(bob.member.display_name, "Bob Bauer");
        let again = invite_people(&t.app, &owner, wanted).await.unwrap();
        assert_eq!(told(&again), ["known", "known", "refused", "known"]);
        // Who left is not brought back by the way.
        mark_left(&t.app, &owner, bob.member.id).await.unwrap();
        let bob = invitation("bob@acme.example", &[]);
        let again = invite_people(&t.app, &owner, bob).await.unwrap();
        let Outcome::Known(seen) = &again[0].outcome else {
            panic!("he is known");
        };
        assert_eq!(standing(&seen.member), Standing::Left);
    })
    .await;
}

#[tokio::test]
async fn who_gets_a_role_that_opens_the_console_gets_a_link_that_lets_in_once_within_a_day() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curators = invitation("a@acme.example, b@acme.example", &[Role::Curator]);
        let invited = invite_people(&t.app, &owner, curators).await.unwrap();
        assert_eq!(told(&invited), ["added with a link"; 2]);
        let link = |one: &Invited| match &one.outcome {
            Outcome::Added(_, Some(link)) => link.url.rsplit_once('/').unwrap().1.to_owned(),
            _ => panic!("a link"),
        };
        let (first, second) = (link(&invited[0]), link(&invited[1]));
        t.clock.advance(TimeDelta::hours(23));
        let seen = login_links::look(&t.app, &first).await.unwrap();
        assert_eq!(
            seen.member.unwrap().email.as_deref(),
            Some("a@acme.example")
        );
        t.clock.advance(TimeDelta::hours(1));
        assert!(login_links::look(&t.app, &second).await.is_err());
        let lead = invitation("c@acme.example", &[Role::TeamLead]);
        let invited = invite_people(&t.app, &owner, lead).await.unwrap();
        assert_eq!(told(&invited), ["added with a link"]);
        // Who has no role needs none.
        let plain = invitation("d@acme.example", &[]);
        let invited = invite_people(&t.app, &owner, plain).await.unwrap();
        assert_eq!(told(&invited), ["added"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_invites_who_may_do_more_than_they_or_nobody_or_too_many() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let upwards = invitation("x@acme.example", &[Role::Owner]);
        let refused = invite_people(&t.app, &admin, upwards).await;
        assert!(matches!(refused, Err(InvitePeopleError::Forbidden(_))));
        let many = "x@acme.example,".repeat(INVITED_AT_ONCE + 1);
        let elsewhere = t.actor(&[Role::Owner]).await;
        let team = create_team(&t.app, &elsewhere, ("Design", None))
            .await
            .unwrap();
        let foreign = Invitation {
            team: Some(team.id),
            ..invitation("y@acme.example", &[])
        };
        for (wanted, field) in [
            (invitation(" ", &[]), "people"),
            (invitation(&many, &[]), "people"),
            (foreign, "team_id"),
        ] {
            let refused = invite_people(&t.app, &admin, wanted).await;
            let Err(InvitePeopleError::Invalid(faults)) = refused else {
                panic!("{field} is refused");
            };
            assert_eq!(faults[0].field, field);
        }
    })
    .await;
}
