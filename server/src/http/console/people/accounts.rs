//! What lets a member be known and let in: pairing codes, links into the console, and pairings that
//! are undone. What is secret is shown in the answer, once.

use axum::extract::State;
use axum::response::Response;
use entity::ids::{IdentityId, MemberId};
use uuid::Uuid;

use super::member::{Beside, Handed, shown};
use crate::app::App;
use crate::http::auth::permissions::ManageMembers;
use crate::http::console::door::{Console, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::page::Answer;
use crate::http::console::toast::Toast;
use crate::service::login_links;
use crate::service::pairing::{self, InviteError, UnpairError};

/// Issues a pairing code, shown this once.
pub async fn pair(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let issued = pairing::invite(&app, &console.actor, MemberId(id)).await;
    let issued = issued.map_err(|error| not_invited(&console, error))?;
    let issued = Handed {
        code: Some((issued.code.shown(), issued.expires_at)),
        link: None,
    };
    hand(&app, &console, MemberId(id), issued).await
}

/// Issues a link into the console, shown this once.
pub async fn link(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let issued = login_links::invite(&app, &console.actor, MemberId(id)).await;
    let issued = Handed {
        link: Some(issued.map_err(|error| not_invited(&console, error))?),
        code: None,
    };
    hand(&app, &console, MemberId(id), issued).await
}

/// What is secret stands in the answer itself, never in an address.
async fn hand(app: &App, console: &Console<ManageMembers>, id: MemberId, issued: Handed) -> Answer {
    let beside = Beside {
        issued,
        ..Beside::default()
    };
    let page = shown(app, console, id, beside).await?;
    Ok(console.page(&page))
}

/// Undoes a pairing.
pub async fn unpair(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let Ok(identity) = fields.text("identity").parse::<Uuid>() else {
        return Err(console.not_found());
    };
    let which = (MemberId(id), IdentityId(identity));
    match pairing::unpair_member(&app, &console.actor, which).await {
        Ok(()) => Ok(console.go(&format!("people/{id}"), Some(Toast::of("toast-unpaired")))),
        // A second click.
        Err(UnpairError::NotFound) => Ok(console.go(&format!("people/{id}"), None)),
        Err(UnpairError::Forbidden(_)) => Err(console.forbidden()),
        Err(UnpairError::LastAccount) => {
            let sentence = console.look.say("member-last-account");
            let beside = Beside {
                faults: Faults::none().and("accounts", sentence),
                ..Beside::default()
            };
            let page = shown(&app, &console, MemberId(id), beside).await?;
            Ok(console.again(&page))
        }
        Err(UnpairError::Store(error)) => Err(console.failed(&error)),
    }
}

fn not_invited(console: &Console<ManageMembers>, error: InviteError) -> Response {
    match error {
        InviteError::Forbidden(_) => console.forbidden(),
        InviteError::NotFound => console.not_found(),
        InviteError::MemberLeft | InviteError::NoConsole => console.changed(),
        InviteError::Store(error) => console.failed(&error),
    }
}
