//! The chats' own OAuth: a code becomes the right to be in a workspace or guild, a token is renewed
//! or given back. (docs.slack.dev/authentication/installing-with-oauth and
//! docs.slack.dev/authentication/using-token-rotation; Discord's topic "`OAuth2`".)
//!
//! Codes, secrets and tokens stay out of errors: these go to the log.

use futures::StreamExt;
use reqwest::{Method, RequestBuilder, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use thiserror::Error;
use url::Url;

use crate::ports::fetch::{FetchError, Fetcher};
use crate::ports::openid::is_word;

/// Bytes of an answer, at most.
const LONGEST_ANSWER: usize = 256 * 1024;
/// What we call ourselves.
const USER_AGENT: &str = concat!("Chorus/", env!("CARGO_PKG_VERSION"), " (connection)");

/// Asks the chats under the same rules by which everything else is fetched.
#[derive(Clone, Debug)]
pub struct ChatOauth {
    fetcher: Fetcher,
}

/// Who we are to a chat.
#[derive(Clone, Debug)]
pub struct Client {
    /// The chat's API, as the operator named it.
    pub base: Url,
    /// Our name there.
    pub id: String,
    /// How we prove it.
    pub secret: SecretString,
}

/// A bot's token at Slack.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub token: SecretString,
    /// By what it is renewed, and after how many seconds it ends; nothing where it does not.
    pub renewal: Option<(SecretString, i64)>,
}

/// What Slack granted.
#[derive(Clone, Debug)]
pub struct SlackGrant {
    /// The bot's token.
    pub token: Token,
    /// The scopes, joined by commas.
    pub scopes: String,
    /// The bot's user id.
    pub bot_user: Option<String>,
    /// Id and name of the workspace; none where all workspaces of an enterprise are meant.
    pub team: Option<(String, String)>,
    /// Id and name of the enterprise, if there is one.
    pub enterprise: Option<(String, String)>,
}

/// Why a chat grants nothing.
#[derive(Debug, Error)]
pub enum ChatOauthError {
    /// It cannot be reached.
    #[error("it is not reached: {0}")]
    Away(#[from] FetchError),
    /// It answers something else.
    #[error("it answered {0} without what is needed")]
    Unreadable(u16),
    /// It refuses.
    #[error("it refuses: {0}")]
    Refused(String),
}

impl ChatOauthError {
    /// A short word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::Away(_) => "not_reached",
            Self::Unreadable(_) => "unreadable_answer",
            Self::Refused(word) => word,
        }
    }
}

impl ChatOauth {
    /// Asks by this fetcher.
    pub fn new(fetcher: Fetcher) -> Self {
        Self { fetcher }
    }

    /// Exchanges a code for what Slack granted.
    pub async fn slack_grant(
        &self,
        client: &Client,
        (code, redirect): (&str, &str),
    ) -> Result<SlackGrant, ChatOauthError> {
        let form = [("code", code), ("redirect_uri", redirect)];
        let (status, found) = self.slack(client, "oauth.v2.access", &form).await?;
        let unreadable = || ChatOauthError::Unreadable(status);
        let named = |place: &str| {
            let id = string(&found, &format!("{place}/id"))?;
            let name = string(&found, &format!("{place}/name")).unwrap_or_else(|| id.clone());
            Some((id, name))
        };
        let is_org_wide = found.get("is_enterprise_install") == Some(&Value::Bool(true));
        let grant = SlackGrant {
            token: token(&found).ok_or_else(unreadable)?,
            scopes: string(&found, "/scope").unwrap_or_default(),
            bot_user: string(&found, "/bot_user_id"),
            team: named("/team").filter(|_| !is_org_wide),
            enterprise: named("/enterprise"),
        };
        if grant.team.is_none() && !(is_org_wide && grant.enterprise.is_some()) {
            return Err(unreadable());
        }
        Ok(grant)
    }

    /// Renews a token that ends.
    pub async fn slack_renewal(
        &self,
        client: &Client,
        refresh: &SecretString,
    ) -> Result<Token, ChatOauthError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose_secret()),
        ];
        let (status, found) = self.slack(client, "oauth.v2.access", &form).await?;
        token(&found).ok_or(ChatOauthError::Unreadable(status))
    }

    /// Gives a token back.
    pub async fn slack_revoke(
        &self,
        base: &Url,
        token: &SecretString,
    ) -> Result<(), ChatOauthError> {
        let place = below(base, "auth.revoke");
        let with = |request: RequestBuilder| request.bearer_auth(token.expose_secret());
        self.ask(base, (Method::POST, &place), with).await?;
        Ok(())
    }

    /// Asks whether a token is taken.
    pub async fn slack_test(&self, base: &Url, token: &SecretString) -> Result<(), ChatOauthError> {
        let place = below(base, "auth.test");
        let with = |request: RequestBuilder| request.bearer_auth(token.expose_secret());
        self.ask(base, (Method::POST, &place), with).await?;
        Ok(())
    }

    async fn slack(
        &self,
        client: &Client,
        method: &str,
        form: &[(&str, &str)],
    ) -> Result<(u16, Value), ChatOauthError> {
        let place = below(&client.base, method);
        let with = |request: RequestBuilder| {
            let secret = client.secret.expose_secret();
            request.basic_auth(&client.id, Some(secret)).form(form)
        };
        self.ask(&client.base, (Method::POST, &place), with).await
    }

    /// Exchanges a code for the id and name of the guild that the bot was let into.
    pub async fn discord_grant(
        &self,
        client: &Client,
        (code, redirect): (&str, &str),
    ) -> Result<(String, String), ChatOauthError> {
        let place = below(&client.base, "api/v10/oauth2/token");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
        ];
        let with = |request: RequestBuilder| {
            let secret = client.secret.expose_secret();
            request.basic_auth(&client.id, Some(secret)).form(&form)
        };
        let asked = (Method::POST, &place);
        let (status, found) = self.ask(&client.base, asked, with).await?;
        let id = string(&found, "/guild/id").filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
        let id = id.ok_or(ChatOauthError::Unreadable(status))?;
        let name = string(&found, "/guild/name").unwrap_or_else(|| id.clone());
        Ok((id, name))
    }

    /// The guild that a channel is in, as the bot sees it; none where it is in no guild.
    pub async fn discord_channel(
        &self,
        base: &Url,
        (bot_token, channel): (&SecretString, &str),
    ) -> Result<Option<String>, ChatOauthError> {
        let place = below(base, &format!("api/v10/channels/{channel}"));
        let bearer = format!("Bot {}", bot_token.expose_secret());
        let with = |request: RequestBuilder| request.header(header::AUTHORIZATION, bearer);
        let (status, found) = self.ask(base, (Method::GET, &place), with).await?;
        // Of another channel nothing follows.
        if string(&found, "/id").as_deref() != Some(channel) {
            return Err(ChatOauthError::Unreadable(status));
        }
        Ok(string(&found, "/guild_id"))
    }

    /// Asks whether the bot is in a guild.
    pub async fn discord_guild(
        &self,
        base: &Url,
        (bot_token, guild): (&SecretString, &str),
    ) -> Result<(), ChatOauthError> {
        let place = below(base, &format!("api/v10/guilds/{guild}"));
        let bearer = format!("Bot {}", bot_token.expose_secret());
        let with = |request: RequestBuilder| request.header(header::AUTHORIZATION, bearer);
        self.ask(base, (Method::GET, &place), with).await?;
        Ok(())
    }

    /// Takes the bot out of a guild.
    pub async fn discord_leave(
        &self,
        base: &Url,
        (bot_token, guild): (&SecretString, &str),
    ) -> Result<(), ChatOauthError> {
        let place = below(base, &format!("api/v10/users/@me/guilds/{guild}"));
        let bearer = format!("Bot {}", bot_token.expose_secret());
        let with = |request: RequestBuilder| request.header(header::AUTHORIZATION, bearer);
        self.ask(base, (Method::DELETE, &place), with).await?;
        Ok(())
    }

    async fn ask(
        &self,
        base: &Url,
        (method, place): (Method, &Url),
        with: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<(u16, Value), ChatOauthError> {
        let client = self.fetcher.client_by_word_of(base, place)?;
        let request = client
            .request(method, place.clone())
            .header(header::USER_AGENT, USER_AGENT)
            .header(header::ACCEPT, "application/json");
        let answer = self.fetcher.in_time(async {
            let sent = with(request).send().await;
            let response = sent.map_err(|cause| self.fetcher.failure(&cause))?;
            let status = response.status();
            Ok((status, self.body(response).await?))
        });
        let (status, body) = answer.await?;
        let code = status.as_u16();
        let value: Value = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap_or(Value::Null)
        };
        // Slack says so in the body, Discord by the status.
        if !status.is_success() || value.get("ok") == Some(&Value::Bool(false)) {
            let word = string(&value, "/error").filter(|word| is_word(word));
            let word = word.unwrap_or_else(|| format!("http_{code}"));
            return Err(ChatOauthError::Refused(word));
        }
        Ok((code, value))
    }

    async fn body(&self, response: Response) -> Result<Vec<u8>, FetchError> {
        let mut body = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|cause| self.fetcher.failure(&cause))?;
            if body.len() + piece.len() > LONGEST_ANSWER {
                return Err(FetchError::TooLarge(LONGEST_ANSWER));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

/// A place below an address, whether that ends in a slash or not.
fn below(base: &Url, rest: &str) -> Url {
    let mut place = base.clone();
    let path = format!("{}/{rest}", base.path().trim_end_matches('/'));
    place.set_path(&path);
    place
}

fn string(value: &Value, pointer: &str) -> Option<String> {
    let text = value.pointer(pointer)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The token of an answer. One that ends without anything to renew it by is none to build on.
fn token(found: &Value) -> Option<Token> {
    let token = string(found, "/access_token")?.into();
    let lasts = found.get("expires_in").and_then(Value::as_i64);
    let renewal = match (
        lasts.filter(|seconds| *seconds > 0),
        string(found, "/refresh_token"),
    ) {
        (Some(seconds), Some(refresh)) => Some((refresh.into(), seconds)),
        (None, _) => None,
        (Some(_), None) => return None,
    };
    Some(Token { token, renewal })
}
