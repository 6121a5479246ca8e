//! Organizations, members, what lets them in, chats.

use entity::enums::{EndedBy, Language, Platform, Role};
use entity::json::Audience;
use entity::role_team;

use super::{ask, change, pages};
use crate::domain::account::Account;
use crate::domain::audience::Rule;
use crate::domain::audit;
use crate::domain::people::{Standing, Wanted};
use crate::store::tests::sample::people::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    organizations(watch).await;
    members(watch).await;
    audiences(watch).await;
    tokens(watch).await;
    installations(watch).await;
    channels(watch).await;
    identities(watch).await;
    pairing(watch).await;
}

async fn organizations(watch: &Watch) {
    ask!(watch, organizations::find(tenant(1)));
    ask!(watch, organizations::by_slug("acme-3"));
    change!(watch, organizations::find_to_change(tenant(1)));
    change!(watch, organizations::by_slug_to_change("acme-3"));
    ask!(watch, organizations::all());
    ask!(watch, organizations::insert(an_organization(90)));
    ask!(watch, organizations::update(an_organization(90)));
    ask!(watch, teams::of_organization(tenant(1)));
    ask!(watch, teams::insert(a_team(9_000)));
    change!(watch, teams::of_organization_to_change(tenant(1)));
    change!(watch, teams::update(a_team(1)));
    change!(watch, teams::delete(tenant(1), team(1)));
}

async fn members(watch: &Watch) {
    ask!(watch, members::find(tenant(1), member(1)));
    ask!(watch, members::by_email(tenant(1), "person-1@acme.example"));
    change!(
        watch,
        members::by_email_to_change(tenant(1), "person-1@acme.example")
    );
    ask!(watch, members::by_email_anywhere("person-1@acme.example"));
    change!(watch, members::with_address_to_change(tenant(1)));
    ask!(watch, members::with_address(tenant(1)));
    let addresses = ["person-1@acme.example", "person-19@acme.example"];
    change!(watch, members::by_emails_to_change(tenant(1), &addresses));
    change!(
        watch,
        members::by_emails_and_owners_to_change(tenant(1), &addresses)
    );
    ask!(watch, members::present(tenant(1)));
    for page in pages(member(20).0) {
        for wanted in wanted() {
            ask!(watch, members::list(tenant(1), &wanted, page));
        }
    }
    ask!(watch, members::of_role(tenant(1), Role::Owner));
    ask!(watch, members::count_by_team(tenant(1)));
    for after in [None, Some(member(20))] {
        ask!(watch, members::joined(tenant(1), (after, 50)));
    }
    change!(watch, members::hold(tenant(1), member(1)));
    ask!(
        watch,
        members::is_pseudonym_taken(tenant(1), "Quiet Otter 1")
    );
    ask!(watch, members::pseudonyms(tenant(1)));
    change!(
        watch,
        members::insert_all(&[a_member(9_002), a_member(9_003)])
    );
    ask!(watch, members::insert(a_member(9_001)));
    ask!(watch, members::update(a_member(9_001)));
}

/// Every way to look for people.
fn wanted() -> Vec<Wanted> {
    let standing = |standing| Wanted {
        standing: Some(standing),
        ..Wanted::default()
    };
    vec![
        Wanted::default(),
        Wanted {
            search: Some("Person 1".to_owned()),
            ..Wanted::default()
        },
        Wanted {
            role: Some(Role::Curator),
            ..Wanted::default()
        },
        Wanted {
            teams: Some(vec![team(1), team(2)]),
            ..Wanted::default()
        },
        Wanted {
            hidden_from: Some(member(1)),
            ..Wanted::default()
        },
        standing(Standing::Invited),
        standing(Standing::Joined),
        standing(Standing::Left),
    ]
}

async fn audiences(watch: &Watch) {
    let teams = Audience {
        teams: vec![team(1), team(2)],
        ..Audience::default()
    };
    let languages = |language| Audience {
        languages: vec![language],
        ..Audience::default()
    };
    let roles = Audience {
        roles: vec![Role::Curator, Role::Approver],
        ..Audience::default()
    };
    let platforms = Audience {
        platforms: vec![Platform::Slack, Platform::Discord],
        ..Audience::default()
    };
    let all = Audience {
        languages: vec![Language::En],
        roles: roles.roles.clone(),
        platforms: platforms.platforms.clone(),
        ..teams.clone()
    };
    for audience in [
        Audience::default(),
        teams,
        languages(Language::En),
        languages(Language::De),
        roles,
        platforms,
        all,
    ] {
        let rule = Rule::new(&audience, &[], Language::En);
        ask!(watch, audiences::some_meant(tenant(1), &rule, 5));
    }
}

async fn tokens(watch: &Watch) {
    ask!(watch, api_tokens::by_hash(&hash(3)));
    for page in pages(token(20).0) {
        ask!(watch, api_tokens::of_member(tenant(1), member(1), page));
    }
    ask!(watch, api_tokens::insert(a_token(9_000)));
    ask!(watch, api_tokens::touch(token(1), now()));
    ask!(
        watch,
        api_tokens::revoke((tenant(1), member(1)), token(1), now())
    );
    change!(watch, api_tokens::delete_all((tenant(1), member(1))));
    ask!(watch, audit_events::insert(an_audit_event(9_000)));
    ask!(watch, audit_events::latest_actors(tenant(1), 1_000));
    for page in pages(audit_event(20).0) {
        ask!(
            watch,
            audit_events::list(tenant(1), &audit::Wanted::default(), page)
        );
        let wanted = audit::Wanted {
            actor: Some(member(1)),
            kind: Some("post".to_owned()),
            subject: Some("post:1".to_owned()),
            since: Some(ago(900)),
            until: Some(now()),
        };
        ask!(watch, audit_events::list(tenant(1), &wanted, page));
    }
    ask!(
        watch,
        audit_events::actors(tenant(1), &[member(1), member(3)])
    );
}

async fn installations(watch: &Watch) {
    ask!(watch, installations::by_workspace(Platform::Slack, "T1"));
    ask!(watch, installations::active_on(Platform::Slack));
    change!(watch, installations::all_to_change());
    ask!(watch, installations::of(tenant(1)));
    ask!(watch, installations::active_of(tenant(1)));
    ask!(watch, installations::insert(an_installation(9_000)));
    ask!(watch, installations::update(an_installation(9_000)));
    ask!(
        watch,
        installations::revoke(
            (Platform::Slack, installation(1)),
            EndedBy::Uninstalled,
            now()
        )
    );
    change!(watch, installations::seen(Platform::Slack, (now(), ago(1))));
    ask!(watch, installations::to_renew(now()));
    change!(
        watch,
        installations::find_to_change(tenant(1), installation(1))
    );
    change!(
        watch,
        installations::by_workspace_to_change(Platform::Slack, "T1")
    );
    ask!(
        watch,
        installations::by_id(Platform::Slack, installation(1))
    );
}

async fn channels(watch: &Watch) {
    for page in pages(channel(20).0) {
        ask!(watch, channels::list(tenant(1), page));
    }
    ask!(watch, channels::active_of(tenant(1)));
    ask!(watch, channels::of_installation(tenant(1), installation(1)));
    let row = entity::channel::Model {
        id: channel(9_000),
        organization_id: tenant(1),
        installation_id: installation(1),
        external_id: "C9000".to_owned(),
        name: "news".to_owned(),
        removed_at: None,
        paused_at: None,
        chooses_topics: false,
        version: 1,
        created_at: now(),
    };
    ask!(watch, channels::of_organization(tenant(1)));
    ask!(watch, channels::find(tenant(1), channel(1)));
    change!(watch, channels::find_to_change(tenant(1), channel(1)));
    change!(watch, channels::grow_versions(tenant(1), &[channel(1)]));
    ask!(watch, channels::insert(row.clone()));
    ask!(watch, channels::update(row));
    ask!(
        watch,
        role_teams::of_installation(tenant(1), installation(1))
    );
    let row = role_team::Model {
        installation_id: installation(1),
        ..a_role_team(1)
    };
    change!(
        watch,
        role_teams::replace(tenant(1), installation(1), vec![row])
    );
}

async fn identities(watch: &Watch) {
    let slack = Account {
        platform: Platform::Slack,
        workspace_ref: "T6".to_owned(),
        user_ref: "U6".to_owned(),
    };
    let discord = Account {
        platform: Platform::Discord,
        ..slack.clone()
    };
    ask!(watch, identities::of_account(tenant(1), &slack));
    ask!(watch, identities::of_account(tenant(1), &discord));
    ask!(watch, identities::anywhere(Platform::Discord, "U2"));
    ask!(watch, identities::find(tenant(1), identity(1)));
    change!(watch, identities::delete(tenant(1), identity(1)));
    ask!(watch, identities::of_member(tenant(1), member(1)));
    ask!(watch, identities::of_members(&[member(1), member(19)]));
    ask!(watch, identities::find_many(&[identity(1), identity(19)]));
    let row = entity::identity::Model {
        id: identity(9_000),
        user_ref: "U9000".to_owned(),
        ..an_identity(1)
    };
    ask!(watch, identities::insert(row));
}

async fn pairing(watch: &Watch) {
    ask!(watch, pairing::by_hashes(vec![hash(1), hash(2)]));
    change!(watch, pairing::find_to_change(&a_pairing_code(1)));
    change!(watch, pairing::insert(a_pairing_code(9_000)));
    change!(watch, pairing::update(a_pairing_code(1)));
    change!(watch, pairing::void(tenant(1), member(1), now()));
    change!(watch, pairing::count_try("discord/1", 99));
    change!(watch, pairing::lock_tries("discord/1", 1));
    change!(watch, pairing::forget(ago(900), 2));
}
