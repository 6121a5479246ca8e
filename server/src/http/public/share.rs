//! `/s/{token}`: a member's own way to share a post on a network. The token is
//! the permission; no name and no number is on the page.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entity::enums::Network;
use serde::Deserialize;

use super::assets;
use super::page::{failure, notice, page};
use super::visit::{InPath, Visit, own_cookie};
use super::words::{Notice, Words};
use crate::app::App;
use crate::domain::intent::{self, Carries, Message};
use crate::domain::signed::ShareToken;
use crate::service::actor::Actor;
use crate::service::me::{self, UpdateMeError};
use crate::service::shares::{self, Opened, Parties, ShareError};
use crate::service::suggestions::{self, DismissError};

#[derive(Template)]
#[template(path = "share.html")]
struct SharePage<'a> {
    words: &'static Words,
    network: Network,
    title: &'a str,
    text: &'a str,
    path: String,
    step: Step,
    /// The style of the organization's colour.
    accent: Option<String>,
}

/// What the member is to do next.
enum Step {
    /// Tell the Mastodon instance; it was misspelt before if `fault`.
    Instance { fault: bool },
    /// Copy, and open the network's page.
    Open { href: String, label: String },
    /// Copy.
    Copy,
}

impl Step {
    fn is_ready(&self) -> bool {
        match self {
            Self::Instance { .. } => false,
            Self::Open { .. } | Self::Copy => true,
        }
    }
}

/// The form that asks for the Mastodon instance.
#[derive(Debug, Deserialize)]
pub struct InstanceForm {
    instance: String,
}

/// Opens the share, and goes straight on where the network's page takes the words.
pub async fn open(app: State<App>, InPath(token): InPath, visit: Visit) -> Response {
    let mut asked = match Asked::read(&app, token, &visit).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    if visit.is_program() {
        return notice(asked.words, Notice::Preview);
    }
    if let Err(refusal) = asked.open(&visit).await {
        return refusal;
    }
    match asked.target() {
        Some(target) if intent::goes_straight_on(asked.network) => {
            asked.with_cookie(onward(&target))
        }
        Some(_) | None => asked.with_cookie(asked.share_page(false)),
    }
}

/// "Done".
pub async fn done(app: State<App>, InPath(token): InPath, visit: Visit) -> Response {
    let asked = match Asked::read(&app, token, &visit).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    match shares::confirm(&app, &asked.parties, asked.network).await {
        Ok(_) => notice(asked.words, Notice::Thanks),
        Err(error) => refused(asked.words, error),
    }
}

/// "Not for me".
pub async fn dismiss(app: State<App>, InPath(token): InPath, visit: Visit) -> Response {
    let asked = match Asked::read(&app, token, &visit).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    match suggestions::dismiss(&app, &asked.actor(), asked.parties.post.id).await {
        Ok(()) => notice(asked.words, Notice::Dismissed),
        Err(DismissError::NotFound) => notice(asked.words, Notice::NoAddress),
        Err(DismissError::Internal(error)) => failure(asked.words, &error),
    }
}

/// Remembers the Mastodon instance and shows the way there. It does not
/// redirect: a browser lets a form lead to ourselves only.
pub async fn set_instance(
    app: State<App>,
    InPath(token): InPath,
    visit: Visit,
    form: Result<Form<InstanceForm>, FormRejection>,
) -> Response {
    let instance = match form {
        Ok(Form(form)) => form.instance,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        }
        // Nothing that the page sends: as if nothing had been typed.
        Err(_) => String::new(),
    };
    let mut asked = match Asked::read(&app, token, &visit).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    if let Err(refusal) = asked.open(&visit).await {
        return refusal;
    }
    match me::set_mastodon_instance(&app, &asked.actor(), &instance).await {
        Ok(me) => {
            asked.parties.member = me.member;
            asked.share_page(false)
        }
        Err(UpdateMeError::Invalid(_)) => asked.share_page(true),
        Err(UpdateMeError::NotFound) => notice(asked.words, Notice::NoAddress),
        Err(UpdateMeError::Internal(error)) => failure(asked.words, &error),
    }
}

/// What a good token asks for.
struct Asked<'a> {
    app: &'a App,
    token: String,
    words: &'static Words,
    network: Network,
    parties: Parties,
    opened: Option<Opened>,
}

impl<'a> Asked<'a> {
    async fn read(app: &'a App, token: String, visit: &Visit) -> Result<Self, Response> {
        let guessed = Words::asked_for(visit.headers());
        let claim = ShareToken::verify(&token, &app.addresses().keys, app.now())
            .map_err(|_| notice(guessed, Notice::NoAddress))?;
        let parties = shares::parties_of(app, claim)
            .await
            .map_err(|error| refused(guessed, error))?;
        let language = parties.member.language;
        Ok(Self {
            app,
            token,
            words: Words::of(language.unwrap_or(parties.organization.language)),
            network: claim.network,
            parties,
            opened: None,
        })
    }

    async fn open(&mut self, visit: &Visit) -> Result<(), Response> {
        let visitor = visit.visitor().await;
        let opened = shares::open(self.app, &self.parties, self.network, visitor)
            .await
            .map_err(|error| refused(self.words, error))?;
        self.opened = Some(opened);
        Ok(())
    }

    fn actor(&self) -> Actor {
        Actor::of(
            self.parties.organization.clone(),
            self.parties.member.clone(),
        )
    }

    fn text(&self) -> &str {
        self.opened
            .as_ref()
            .map_or("", |opened| opened.share.text.as_str())
    }

    /// The network's page with the message filled in.
    fn target(&self) -> Option<String> {
        let link = self.opened.as_ref().and_then(|opened| opened.link.as_ref());
        let house = &self.parties.organization;
        let addresses = self.app.addresses();
        let link = link.map(|link| addresses.link_in(house, &link.code, self.text()));
        let message = Message {
            title: &self.parties.post.title,
            text: self.text(),
            link: link.as_deref(),
        };
        let instance = self.parties.member.mastodon_instance.as_deref();
        intent::target(self.network, &self.app.addresses().sites, instance, message)
    }

    fn share_page(&self, fault: bool) -> Response {
        let template = SharePage {
            words: self.words,
            network: self.network,
            title: &self.parties.post.title,
            text: self.text(),
            path: format!("/s/{}", self.token),
            step: self.step(fault),
            accent: (self.parties.organization.accent.as_deref()).and_then(assets::accent),
        };
        page(StatusCode::OK, &template)
    }

    fn step(&self, fault: bool) -> Step {
        match (self.network, self.target()) {
            (Network::Mastodon, None) => Step::Instance { fault },
            (Network::Mastodon, Some(href)) => Step::Open {
                href,
                label: self.words.open_instance(
                    self.parties
                        .member
                        .mastodon_instance
                        .as_deref()
                        .unwrap_or("Mastodon"),
                ),
            },
            (Network::Email, Some(href)) => Step::Open {
                href,
                label: self.words.open_mail(),
            },
            (network, Some(href)) if intent::carries(network) != Carries::Nothing => Step::Open {
                href,
                label: self.words.copy_and_open(network),
            },
            (_, Some(_) | None) => Step::Copy,
        }
    }

    /// Marks the browser as the member's own for this link.
    fn with_cookie(&self, mut response: Response) -> Response {
        let link = self.opened.as_ref().and_then(|opened| opened.link.as_ref());
        let cookie = link.map(|link| own_cookie(self.app, &link.code));
        if let Some(Ok(cookie)) = cookie.map(|cookie| HeaderValue::from_str(&cookie)) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// On to the network, which does not learn where the member came from.
fn onward(target: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(target) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("no-referrer"),
            ),
        ],
    )
        .into_response()
}

fn refused(words: &'static Words, error: ShareError) -> Response {
    let told = match error {
        ShareError::NotFound => Notice::NoAddress,
        ShareError::Withdrawn => Notice::Withdrawn,
        ShareError::Expired => Notice::Expired,
        ShareError::CannotCarry => Notice::CannotCarry,
        ShareError::NotOffered => Notice::NotOffered,
        ShareError::MemberLeft => Notice::Left,
        ShareError::Internal(error) => return failure(words, &error),
    };
    notice(words, told)
}

#[cfg(test)]
mod tests;
