//! Sending a browser to a chat, to have the bot let in there.

use entity::enums::{Permission, Platform};
use url::Url;

use super::{ConnectError, discord, slack, state};
use crate::app::App;
use crate::service::actor::{Actor, Forbidden};
use crate::service::sessions::LoggedIn;

/// How a chat may be connected here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which chat.
    pub platform: Platform,
    /// Whether it is connected in the console: the server has the application's secret.
    pub is_connected_here: bool,
    /// Where the bot is let in without that; a set-up then says whose it is.
    pub invite: Option<Url>,
    /// The address that the application has to know.
    pub redirect: String,
}

/// A browser that is sent. It is never printed: its cookie and its address make a connection.
pub struct Sent {
    /// Where it goes.
    pub url: Url,
    /// What it keeps until it comes back.
    pub cookie: String,
}

/// Where a chat sends browsers back to.
pub(super) fn redirect(app: &App, platform: Platform) -> String {
    let name = match platform {
        Platform::Slack => "slack",
        Platform::Discord => "discord",
    };
    app.addresses().at(&format!("connect/{name}/callback"))
}

/// How each chat may be connected.
pub fn offers(app: &App, actor: &Actor) -> Result<[Offer; 2], Forbidden> {
    actor.require(Permission::ManageOrganization)?;
    let offer = |platform, is_connected_here, invite| Offer {
        platform,
        is_connected_here,
        invite,
        redirect: redirect(app, platform),
    };
    Ok([
        offer(Platform::Slack, slack::client(app).is_some(), None),
        offer(
            Platform::Discord,
            discord::client(app).is_some(),
            discord::invite(app),
        ),
    ])
}

/// Nobody connects a chat who may be somebody else: what is connected says who is whom.
pub(super) fn may_connect(actor: &Actor) -> Result<(), ConnectError> {
    actor.require(Permission::ManageOrganization)?;
    match actor.issuer {
        Some(_) => Err(ConnectError::ByAnothersWord),
        None => Ok(()),
    }
}

/// Sends a session's browser to a chat.
pub async fn begin(
    app: &App,
    logged_in: &LoggedIn,
    platform: Platform,
) -> Result<Sent, ConnectError> {
    may_connect(&logged_in.actor)?;
    let redirect = redirect(app, platform);
    let url = match platform {
        Platform::Slack => slack::authorize(app, &redirect),
        Platform::Discord => discord::authorize(app, &redirect),
    };
    let mut url = url.ok_or(ConnectError::NotOffered)?;
    let txn = app.store.begin().await?;
    let words = state::note(&txn, app, (&logged_in.session, platform)).await?;
    txn.commit().await?;
    url.query_pairs_mut().append_pair("state", &words.state);
    Ok(Sent {
        url,
        cookie: words.cookie,
    })
}
