//! `chorus token …`.

use server_api::token::{ApiToken, CreateApiToken};

use super::{Desk, collect};
use crate::cli::{NewToken, TokenCommand};
use crate::failure::Failure;
use crate::output::{relative, say, table, word};

/// Tokens that a list shows at most.
const MOST: u64 = 1_000;

/// Does what `command` says.
pub async fn run(desk: &Desk, command: TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Create(form) => create(desk, form).await,
        TokenCommand::List => list(desk).await,
        TokenCommand::Revoke { token } => {
            desk.client.revoke_token(token).await?;
            say("It is revoked, and refused from now on.")
        }
    }
}

async fn create(desk: &Desk, form: NewToken) -> Result<(), Failure> {
    let form = CreateApiToken {
        name: form.name,
        scopes: form.scopes,
        expires_at: form.expires_at,
    };
    let made = desk.client.create_token(&form).await?;
    desk.format.show(&made, || {
        format!(
            "{}\n\nKeep it now: it is not shown again. Send it as `Authorization: Bearer …`.\n\
             It works for {} and stops {}. To revoke it: chorus token revoke {}",
            made.secret,
            scopes(&made.token),
            end(desk, &made.token),
            made.token.id
        )
    })
}

async fn list(desk: &Desk) -> Result<(), Failure> {
    let tokens = collect(MOST, async |page| desk.client.tokens(&page).await).await?;
    desk.format.show(&tokens, || {
        if tokens.is_empty() {
            return "There are no tokens. `chorus token create` makes one.".to_owned();
        }
        let rows: Vec<[String; 5]> = tokens
            .iter()
            .map(|token| {
                [
                    token.id.to_string(),
                    token.name.clone(),
                    scopes(token),
                    token
                        .last_used_at
                        .map_or_else(|| "never".to_owned(), |at| relative(at, desk.now)),
                    end(desk, token),
                ]
            })
            .collect();
        table(["id", "name", "may", "last used", "stops"], &rows)
    })
}

fn scopes(token: &ApiToken) -> String {
    token.scopes.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn end(desk: &Desk, token: &ApiToken) -> String {
    token
        .expires_at
        .map_or_else(|| "never".to_owned(), |at| relative(at, desk.now))
}
