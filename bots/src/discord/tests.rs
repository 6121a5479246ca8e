//! What the tests of this folder share, and what none of its types may show.

use std::fmt::Debug;

use chrono::DateTime;
use secrecy::SecretString;

use super::client::call::Call;
use super::examination::DiscordExamination;
use super::inbound::Origin;
use super::{DiscordConfig, DiscordMode};

pub(super) mod interactions;
pub(super) mod stand_in;

#[test]
fn what_holds_secrets_does_not_show_them() {
    const SECRET: &str = "S3CRET-and-more";
    let secret = || SecretString::from(SECRET);
    let config = DiscordConfig::new(secret(), "1".to_owned(), DiscordMode::Gateway);
    let access = config.access().unwrap();
    let all: [&dyn Debug; 5] = [
        &config,
        &access,
        &DiscordExamination {
            api_base_url: None,
            bot_token: secret(),
            application_id: "1".to_owned(),
            public_key: None,
            chats: Vec::new(),
            now: DateTime::UNIX_EPOCH,
        },
        &Origin {
            token: SECRET.to_owned(),
            is_own: false,
        },
        &Call::EditAnswer { token: SECRET },
    ];
    for one in all {
        let shown = format!("{one:?} {one:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}
