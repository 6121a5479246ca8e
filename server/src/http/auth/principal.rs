//! The person named by `On-Behalf-Of`.

use std::str::FromStr;

use entity::enums::Platform;
use thiserror::Error;

use crate::domain::account::{Account, NOWHERE};

/// Letters of a reference, at most: far more than any platform uses.
const MAX_REFERENCE: usize = 64;

/// The person for whom a part or the operator acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The owner of an organization, of the only one if none is named.
    Owner {
        /// Its name in addresses.
        slug: Option<String>,
    },
    /// The member with this e-mail address.
    Email(String),
    /// A chat account.
    Account(Account),
}

/// The header names nobody.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error(
    "write `slack/<workspace>/<user>`, `discord/<guild or ->/<user>`, `email/<address>`, `owner` or `owner/<organization>`"
)]
pub struct Malformed;

impl FromStr for Principal {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            ["owner"] => Ok(Self::Owner { slug: None }),
            ["owner", slug] => Ok(Self::Owner {
                slug: Some((*slug).to_owned()),
            }),
            ["email", address] if address.contains('@') => Ok(Self::Email((*address).to_owned())),
            ["slack", workspace, user] => account(Platform::Slack, workspace, user),
            ["discord", workspace, user] => account(Platform::Discord, workspace, user),
            _ => Err(Malformed),
        }
    }
}

fn account(platform: Platform, workspace: &str, user: &str) -> Result<Principal, Malformed> {
    let is_reference = |text: &str| {
        (1..=MAX_REFERENCE).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let is_nowhere = platform == Platform::Discord && workspace == NOWHERE;
    if !(is_nowhere || is_reference(workspace)) || !is_reference(user) {
        return Err(Malformed);
    }
    Ok(Principal::Account(Account {
        platform,
        workspace_ref: workspace.to_owned(),
        user_ref: user.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_named_in_four_ways() {
        assert_eq!("owner".parse(), Ok(Principal::Owner { slug: None }));
        assert_eq!(
            "owner/acme".parse(),
            Ok(Principal::Owner {
                slug: Some("acme".into())
            })
        );
        assert_eq!(
            "email/ada@acme.example".parse(),
            Ok(Principal::Email("ada@acme.example".into()))
        );
        assert_eq!(
            "slack/T1/U1".parse(),
            Ok(Principal::Account(Account {
                platform: Platform::Slack,
                workspace_ref: "T1".into(),
                user_ref: "U1".into()
            }))
        );
    }

    #[test]
    fn discord_knows_people_outside_any_guild() {
        let account = Account {
            platform: Platform::Discord,
            workspace_ref: "-".into(),
            user_ref: "80351110224678912".into(),
        };
        assert!(account.is_nowhere());
        assert_eq!(
            "discord/-/80351110224678912".parse(),
            Ok(Principal::Account(account))
        );
        assert_eq!("slack/-/U1".parse::<Principal>(), Err(Malformed));
        assert_eq!("discord/-/-".parse::<Principal>(), Err(Malformed));
    }

    #[test]
    fn anything_else_names_nobody() {
        for text in [
            "",
            "slack/T1",
            "slack//U1",
            "slack/T1/U 1",
            "email/ada",
            "irc/a/b",
        ] {
            assert_eq!(text.parse::<Principal>(), Err(Malformed), "{text}");
        }
    }
}
