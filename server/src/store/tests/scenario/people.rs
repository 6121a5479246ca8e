//! Organizations, members, what lets them in, chats.

use entity::enums::Platform;
use entity::role_team;

use super::{ask, change, pages};
use crate::domain::account::Account;
use crate::store::tests::sample::people::*;
use crate::store::tests::sample::rows::*;
use crate::store::tests::watch::Watch;

pub async fn play(watch: &Watch) {
    organizations(watch).await;
    members(watch).await;
    tokens(watch).await;
    installations(watch).await;
    identities(watch).await;
    pairing(watch).await;
}

async fn organizations(watch: &Watch) {
    ask!(watch, organizations::find(tenant(1)));
    ask!(watch, organizations::by_slug("acme-3"));
    ask!(watch, organizations::all());
    ask!(watch, organizations::insert(an_organization(90)));
    ask!(watch, organizations::update(an_organization(90)));
    ask!(watch, teams::of_organization(tenant(1)));
    ask!(watch, teams::insert(a_team(9_000)));
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
    ask!(watch, members::present(tenant(1)));
    for page in pages(member(20).0) {
        ask!(watch, members::list(tenant(1), page));
    }
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
    ask!(watch, audit_events::insert(an_audit_event(9_000)));
    for page in pages(audit_event(20).0) {
        ask!(watch, audit_events::list(tenant(1), page));
    }
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
        installations::revoke(Platform::Slack, installation(1), now())
    );
    ask!(
        watch,
        installations::by_id(Platform::Slack, installation(1))
    );
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
        created_at: now(),
    };
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
