//! Sessions, passwords, one-time links and tries.

use entity::enums::{LoginPurpose, Platform};
use entity::{connect_state, credential, login_attempt, login_link, session};

use super::put;
use super::rows::*;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<session::Entity>(txn, OTHERS, a_session).await;
    put::<connect_state::Entity>(txn, OTHERS, a_connect_state).await;
    put::<credential::Entity>(txn, OTHERS, a_credential).await;
    put::<login_link::Entity>(txn, OTHERS, a_login_link).await;
    put::<login_attempt::Entity>(txn, OTHERS, a_login_attempt).await;
}

pub fn a_session(n: usize) -> session::Model {
    session::Model {
        id: session(n),
        organization_id: organization(n),
        member_id: member(n % MEMBERS),
        issuer_id: None,
        token_hash: hash(n),
        browser: "Firefox, Linux".to_owned(),
        last_seen_at: ago(n),
        expires_at: ago(n),
        created_at: ago(n),
    }
}

pub fn a_connect_state(n: usize) -> connect_state::Model {
    connect_state::Model {
        state_hash: hash(n),
        organization_id: organization(n),
        session_id: session(n % OTHERS),
        platform: Platform::Slack,
        expires_at: ago(n),
        created_at: ago(n),
    }
}

pub fn a_credential(n: usize) -> credential::Model {
    credential::Model {
        member_id: member(n % MEMBERS),
        organization_id: organization(n),
        password_hash: "$argon2id$".to_owned(),
        issuer_id: n.is_multiple_of(2).then(|| member(n)),
        changed_at: ago(n),
    }
}

pub fn a_login_link(n: usize) -> login_link::Model {
    login_link::Model {
        id: login_link(n),
        organization_id: Some(organization(n)),
        member_id: Some(member(n % MEMBERS)),
        purpose: LoginPurpose::Chat,
        issuer_id: None,
        token_hash: hash(n),
        expires_at: ago(n),
        consumed_at: n.is_multiple_of(2).then(|| ago(n)),
        created_at: ago(n),
    }
}

fn a_login_attempt(n: usize) -> login_attempt::Model {
    login_attempt::Model {
        subject: hash(n),
        period: i64::try_from(n / 500).unwrap(),
        attempts: 1,
    }
}
