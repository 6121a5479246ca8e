//! What travels and nobody may read who sees it written down.

use std::fmt::Debug;

use chrono::DateTime;
use uuid::Uuid;

use crate::console::ConsoleLink;
use crate::enums::{Language, Platform};
use crate::examination::ExaminedChat;
use crate::identity::{AccountKind, Introduction, Pair, PairingCode};
use crate::ids::{ApiTokenId, InstallationId};
use crate::installation::{Installation, InstallationList};
use crate::organization::SetupWorkspace;
use crate::session::ChangePassword;
use crate::token::{ApiToken, NewApiToken};

const SECRET: &str = "S3CRET-and-more";

fn installation() -> Installation {
    Installation {
        id: InstallationId(Uuid::nil()),
        platform: Platform::Slack,
        external_id: "T1".to_owned(),
        name: "Acme".to_owned(),
        bot_user_ref: None,
        bot_token: SECRET.to_owned(),
        language: Language::En,
    }
}

fn new_token() -> NewApiToken {
    NewApiToken {
        token: ApiToken {
            id: ApiTokenId(Uuid::nil()),
            name: "Reports".to_owned(),
            scopes: Vec::new(),
            expires_at: None,
            last_used_at: None,
            created_at: DateTime::UNIX_EPOCH,
        },
        secret: SECRET.to_owned(),
    }
}

fn pair() -> Pair {
    Pair {
        code: SECRET.to_owned(),
        introduction: Introduction {
            display_name: "Ada".to_owned(),
            email: None,
            email_confirmed: false,
            account: AccountKind::Full,
            time_zone: None,
            language: None,
            roles: Vec::new(),
        },
    }
}

#[test]
fn what_holds_secrets_does_not_show_them() {
    let (secret, expires_at) = (SECRET.to_owned(), DateTime::UNIX_EPOCH);
    let all: [&dyn Debug; 9] = [
        &installation(),
        &InstallationList {
            items: vec![installation()],
        },
        &ExaminedChat {
            platform: Platform::Slack,
            external_id: "T1".to_owned(),
            name: "Acme".to_owned(),
            bot_token: Some(secret.clone()),
            channels: Vec::new(),
        },
        &SetupWorkspace {
            platform: Platform::Slack,
            external_id: "T1".to_owned(),
            name: "Acme".to_owned(),
            bot_user_ref: None,
            bot_token: secret.clone(),
            channels: Vec::new(),
            roles: Vec::new(),
        },
        &new_token(),
        &ConsoleLink {
            url: secret.clone(),
            expires_at,
        },
        &PairingCode {
            code: secret.clone(),
            expires_at,
        },
        &pair(),
        &ChangePassword {
            current: Some(secret.clone()),
            password: secret,
        },
    ];
    for one in all {
        let shown = format!("{one:?} {one:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[cfg(feature = "client")]
#[test]
fn a_client_does_not_show_its_token() {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = crate::client::Client::new(http, "http://127.0.0.1:1", SECRET);
    let shown = format!("{client:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}
