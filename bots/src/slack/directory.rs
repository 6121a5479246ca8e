//! Slack's directory: `users.info`, read raw, since the flag of a confirmed address is
//! not modelled by slack-morphism.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use conversation::Person;
use conversation::directory::{Directory, DirectoryError};
use serde::Deserialize;
use server_api::enums::Language;
use server_api::identity::{AccountKind, Introduction};
use server_api::installation::Installation;

use super::client::{ApiError, Method, SlackApi};
use super::messenger::is_about_the_token;
use crate::installations::{Accounts, Installations, Standing};

/// Slack's directory of people.
pub struct SlackDirectory {
    api: SlackApi,
    installations: Arc<Installations>,
}

impl SlackDirectory {
    /// The directory of every workspace with the app.
    pub fn new(api: SlackApi, installations: Arc<Installations>) -> Self {
        Self { api, installations }
    }
}

#[async_trait]
impl Directory for SlackDirectory {
    async fn introduction(&self, person: &Person) -> Result<Introduction, DirectoryError> {
        let installation = self
            .installations
            .in_workspace(&person.workspace)
            .await
            .ok_or_else(|| failure("workspace_unknown"))?;
        let parameters = [
            ("user", person.user.clone()),
            ("include_locale", "true".to_owned()),
        ];
        let answer = self
            .api
            .get(Method::UsersInfo, &installation.bot_token, &parameters)
            .await
            .map_err(|error| failure(&error.to_string()))?;
        let entry: Entry =
            serde_json::from_value(answer).map_err(|_| failure("unreadable_entry"))?;
        Ok(introduction(entry.user, &person.workspace))
    }
}

#[async_trait]
impl Accounts for SlackDirectory {
    async fn standing(&self, home: &Installation, user: &str) -> Standing {
        let parameters = [("user", user.to_owned())];
        let asked = self
            .api
            .get(Method::UsersInfo, &home.bot_token, &parameters)
            .await;
        match asked {
            Ok(answer) => match serde_json::from_value::<Entry>(answer) {
                Ok(entry) if is_gone(&entry.user, &home.external_id) => Standing::Gone,
                Ok(_) => Standing::There,
                Err(_) => unsaid(home, "unreadable_entry"),
            },
            Err(ApiError::Refused(code)) if code == "user_not_found" => Standing::Gone,
            // Tokens that end are renewed by the server, which is asked before the next time.
            Err(ApiError::Refused(code)) if !is_about_the_token(&code) => unsaid(home, &code),
            Err(ApiError::RateLimited(wait)) => Standing::Unsaid(wait),
            Err(error) => {
                tracing::warn!(installation.id = %home.id, %error, "an account was not looked up");
                Standing::Unsaid(Duration::ZERO)
            }
        }
    }
}

/// Nobody is let go of by a word that Slack does not repeat.
fn unsaid(home: &Installation, reason: &str) -> Standing {
    tracing::error!(
        installation.id = %home.id,
        reason,
        "Slack does not say whether an account was removed"
    );
    Standing::There
}

/// Whether an account is there no more: in an enterprise, whose ids begin with an E, once it
/// belongs to none of its workspaces.
fn is_gone(user: &Account, home: &str) -> bool {
    let belongs = (user.enterprise_user.as_ref()).is_some_and(|account| !account.teams.is_empty());
    user.deleted && !(home.starts_with('E') && belongs)
}

fn failure(reason: &str) -> DirectoryError {
    DirectoryError {
        reason: reason.to_owned(),
    }
}

#[derive(Deserialize)]
struct Entry {
    user: Account,
}

#[derive(Default, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "Slack's own shape of an account"
)]
struct Account {
    team_id: Option<String>,
    enterprise_user: Option<EnterpriseUser>,
    name: Option<String>,
    real_name: Option<String>,
    deleted: bool,
    is_bot: bool,
    is_app_user: bool,
    is_workflow_bot: bool,
    is_restricted: bool,
    is_ultra_restricted: bool,
    is_stranger: bool,
    is_email_confirmed: bool,
    tz: Option<String>,
    locale: Option<String>,
    profile: Profile,
}

/// In an enterprise, the account belongs to several workspaces.
#[derive(Default, Deserialize)]
#[serde(default)]
struct EnterpriseUser {
    enterprise_id: Option<String>,
    teams: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    display_name: Option<String>,
    real_name: Option<String>,
    email: Option<String>,
}

fn introduction(user: Account, workspace: &str) -> Introduction {
    let account = account(&user, workspace);
    let language = user.locale.as_deref().and_then(language);
    let said = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
    let display_name = said(user.profile.real_name)
        .or_else(|| said(user.real_name))
        .or_else(|| said(user.profile.display_name))
        .or_else(|| said(user.name))
        .unwrap_or_else(|| "?".to_owned());
    Introduction {
        display_name,
        email: said(user.profile.email),
        email_confirmed: user.is_email_confirmed,
        account,
        time_zone: said(user.tz),
        language,
        roles: Vec::new(),
    }
}

fn account(user: &Account, workspace: &str) -> AccountKind {
    let elsewhere = user
        .team_id
        .as_deref()
        .is_some_and(|team| team != workspace)
        && !user.enterprise_user.as_ref().is_some_and(|account| {
            account.enterprise_id.as_deref() == Some(workspace)
                || account.teams.iter().any(|team| team == workspace)
        });
    if user.deleted || user.is_bot || user.is_app_user || user.is_workflow_bot {
        AccountKind::NotAPerson
    } else if user.is_stranger || elsewhere {
        AccountKind::Stranger
    } else if user.is_restricted || user.is_ultra_restricted {
        AccountKind::Guest
    } else {
        AccountKind::Full
    }
}

fn language(locale: &str) -> Option<Language> {
    match locale.split(['-', '_']).next()? {
        "en" => Some(Language::En),
        "de" => Some(Language::De),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(fields: Value) -> Introduction {
        let mut user = json!({
            "id": "U1",
            "team_id": "T1",
            "name": "ada",
            "real_name": "Ada Example",
            "deleted": false,
            "is_email_confirmed": true,
            "tz": "Europe/Berlin",
            "locale": "de-DE",
            "profile": { "email": "ada@example.org", "display_name": "" },
        });
        let Value::Object(fields) = fields else {
            panic!("no object")
        };
        user.as_object_mut().unwrap().extend(fields);
        introduction(serde_json::from_value(user).unwrap(), "T1")
    }

    #[test]
    fn a_full_member_is_introduced_with_what_slack_confirms() {
        assert_eq!(
            read(json!({})),
            Introduction {
                display_name: "Ada Example".into(),
                email: Some("ada@example.org".into()),
                email_confirmed: true,
                account: AccountKind::Full,
                time_zone: Some("Europe/Berlin".into()),
                language: Some(Language::De),
                roles: Vec::new(),
            }
        );
    }

    #[test]
    fn guests_strangers_and_machines_are_told_apart() {
        for (fields, account) in [
            (json!({ "is_restricted": true }), AccountKind::Guest),
            (json!({ "is_ultra_restricted": true }), AccountKind::Guest),
            (json!({ "is_stranger": true }), AccountKind::Stranger),
            (json!({ "team_id": "T2" }), AccountKind::Stranger),
            (
                json!({ "team_id": "E1", "enterprise_user": { "teams": ["T1"] } }),
                AccountKind::Full,
            ),
            (
                json!({ "team_id": "T2", "enterprise_user": { "enterprise_id": "T1" } }),
                AccountKind::Full,
            ),
            (json!({ "is_bot": true }), AccountKind::NotAPerson),
            (json!({ "deleted": true }), AccountKind::NotAPerson),
        ] {
            assert_eq!(read(fields.clone()).account, account, "{fields}");
        }
    }

    #[test]
    fn an_account_is_gone_once_no_workspace_of_its_enterprise_has_it() {
        let belongs = |teams: &[&str]| {
            let account = json!({ "enterprise_id": "E1", "teams": teams });
            json!({ "deleted": true, "enterprise_user": account })
        };
        for (fields, home, expected) in [
            (json!({ "deleted": true }), "T1", true),
            (json!({ "deleted": false }), "T1", false),
            (json!({}), "T1", false),
            (json!({ "deleted": true }), "E1", true),
            (belongs(&[]), "E1", true),
            (belongs(&["T2"]), "E1", false),
            // Another workspace is none of this one's.
            (belongs(&["T2"]), "T1", true),
            (json!({ "deleted": false }), "E1", false),
        ] {
            let user: Account = serde_json::from_value(fields.clone()).unwrap();
            assert_eq!(is_gone(&user, home), expected, "{fields} {home}");
        }
    }

    #[test]
    fn an_address_without_the_flag_is_not_confirmed() {
        let mut user = Account::default();
        user.profile.email = Some("ada@example.org".into());
        assert!(!introduction(user, "T1").email_confirmed);
    }
}
