//! Discord's directory: what an interaction says of the person it comes from. Nothing is
//! looked up, since the bot may not read a guild's members without a special permission.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use conversation::Person;
use conversation::directory::{Directory, DirectoryError};
use serde_json::Value;
use server_api::identity::{AccountKind, Introduction};

use super::inbound;

/// How many people are remembered: those who do something at the same time.
const REMEMBERED: usize = 2_000;

/// The people who did something lately.
#[derive(Default)]
pub struct DiscordDirectory {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    people: HashMap<Person, Introduction>,
    order: VecDeque<Person>,
}

impl DiscordDirectory {
    /// Remembers what an interaction says of a person.
    pub fn remember(&self, person: &Person, introduction: Introduction) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.people.insert(person.clone(), introduction).is_some() {
            return;
        }
        seen.order.push_back(person.clone());
        if seen.order.len() > REMEMBERED
            && let Some(first) = seen.order.pop_front()
        {
            seen.people.remove(&first);
        }
    }
}

#[async_trait]
impl Directory for DiscordDirectory {
    async fn introduction(&self, person: &Person) -> Result<Introduction, DirectoryError> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.people
            .get(person)
            .cloned()
            .ok_or_else(|| DirectoryError {
                reason: "not_seen_lately".to_owned(),
            })
    }
}

/// What an interaction says of the person it comes from.
pub fn introduction(payload: &Value) -> Introduction {
    // In a guild the account stands in the membership, elsewhere alone.
    let user = payload
        .pointer("/member/user")
        .or_else(|| payload.get("user"))
        .unwrap_or(&Value::Null);
    let is_set = |flag: &str| user.get(flag) == Some(&Value::Bool(true));
    // Nicknames are anybody's choice, also another's name; this one is theirs alone. It is
    // what a member reads when an account was paired with theirs.
    let display_name = said(user.get("username")).unwrap_or("?").to_owned();
    Introduction {
        display_name,
        // Discord tells a bot no address, and an address proves nobody here.
        email: None,
        email_confirmed: false,
        account: if is_set("bot") || is_set("system") {
            AccountKind::NotAPerson
        } else {
            AccountKind::Full
        },
        time_zone: None,
        language: said(payload.get("locale")).and_then(inbound::language),
        roles: payload
            .pointer("/member/roles")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|role| role.bytes().all(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
            .collect(),
    }
}

fn said(text: Option<&Value>) -> Option<&str> {
    text?.as_str().filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use server_api::enums::{Language, Platform};

    use super::*;

    fn in_guild() -> Value {
        json!({
            "guild_id": "7", "locale": "de",
            "member": {
                "nick": "Ada (News)", "roles": ["11", "12"],
                "user": { "id": "1", "username": "ada", "global_name": "Ada Example" },
            },
        })
    }

    #[test]
    fn somebody_in_a_guild_is_introduced_with_name_roles_and_language() {
        assert_eq!(
            introduction(&in_guild()),
            Introduction {
                display_name: "ada".into(),
                email: None,
                email_confirmed: false,
                account: AccountKind::Full,
                time_zone: None,
                language: Some(Language::De),
                roles: vec!["11".into(), "12".into()],
            }
        );
    }

    #[test]
    fn an_account_is_named_by_what_nobody_else_can_be_called() {
        let alone = json!({ "user": { "username": "ada", "global_name": "Grace" } });
        assert_eq!(introduction(&alone).display_name, "ada");
        assert_eq!(introduction(&json!({})).display_name, "?");
    }

    #[test]
    fn machines_are_no_people() {
        for flag in ["bot", "system"] {
            let mut payload = in_guild();
            payload["member"]["user"][flag] = json!(true);
            assert_eq!(introduction(&payload).account, AccountKind::NotAPerson);
        }
    }

    #[test]
    fn languages_that_we_do_not_speak_are_not_said() {
        for (locale, expected) in [
            ("en-GB", Some(Language::En)),
            ("en-US", Some(Language::En)),
            ("fr", None),
        ] {
            let payload = json!({ "locale": locale });
            assert_eq!(introduction(&payload).language, expected, "{locale}");
        }
    }

    fn person(number: usize) -> Person {
        Person {
            platform: Platform::Discord,
            workspace: "7".into(),
            user: number.to_string(),
        }
    }

    #[tokio::test]
    async fn people_are_known_for_a_while_as_they_were_last() {
        let directory = DiscordDirectory::default();
        assert!(directory.introduction(&person(0)).await.is_err());
        let mut payload = in_guild();
        directory.remember(&person(0), introduction(&payload));
        payload["member"]["user"]["username"] = json!("ada.two");
        directory.remember(&person(0), introduction(&payload));
        let known = directory.introduction(&person(0)).await.unwrap();
        assert_eq!(known.display_name, "ada.two");
        for number in 1..=REMEMBERED {
            directory.remember(&person(number), introduction(&payload));
        }
        assert!(directory.introduction(&person(0)).await.is_err());
        assert!(directory.introduction(&person(1)).await.is_ok());
    }
}
