//! What the tests of this folder share, and what none of its types may show.

use std::fmt::Debug;
use std::net::TcpListener;
use std::sync::Arc;

use chrono::DateTime;
use secrecy::SecretString;

use super::examination::SlackExamination;
use super::inbound::Origin;
use super::{SlackConfig, SlackMode};

pub(super) mod stand_in;

#[test]
fn what_holds_secrets_does_not_show_them() {
    const SECRET: &str = "S3CRET-and-more";
    let secret = || SecretString::from(SECRET);
    let http = SlackMode::Http {
        listener: Arc::new(TcpListener::bind("127.0.0.1:0").unwrap()),
        signing_secret: secret(),
    };
    let all: [&dyn Debug; 4] = [
        &SlackConfig::new(SlackMode::socket(secret())),
        &SlackConfig::new(http),
        &SlackExamination {
            api_base_url: None,
            app_token: Some(secret()),
            chats: Vec::new(),
            now: DateTime::UNIX_EPOCH,
        },
        &Origin {
            response_url: Some(SECRET.to_owned()),
            ..Origin::default()
        },
    ];
    for one in all {
        let shown = format!("{one:?} {one:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}
