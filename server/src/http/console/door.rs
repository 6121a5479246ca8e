//! `Console<ReadPosts>`: a member who is logged in and holds a permission, with the frame
//! around the page that they asked for.

use std::marker::PhantomData;

use askama::Template;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use entity::enums::Permission;
use serde::de::value::{Error as NoValue, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use server_api::problem::Code;

use super::asker::Known;
use super::form::Fields;
use super::frame::{Frame, Waits};
use super::look::Look;
use super::page::{self, Kind};
use super::toast::Toast;
use crate::app::App;
use crate::http::auth::permissions::Needed;
use crate::http::error::ApiError;
use crate::service::Failure;
use crate::service::actor::Actor;
use crate::service::sessions::LoggedIn;

/// Whom a page lets in.
pub trait Door: Send + Sync + 'static {
    /// The permission that it takes; none for every member.
    const NEEDS: Option<Permission>;
}

impl<P: Needed> Door for P {
    const NEEDS: Option<Permission> = Some(P::PERMISSION);
}

/// Every member.
#[derive(Clone, Copy, Debug)]
pub enum Anyone {}

impl Door for Anyone {
    const NEEDS: Option<Permission> = None;
}

/// A member who is logged in and may see the page.
#[derive(Debug)]
pub struct Console<P: Door> {
    /// Who asks.
    pub actor: Actor,
    /// By which session.
    pub logged_in: LoggedIn,
    /// How the page looks and speaks.
    pub look: Look,
    app: App,
    /// Path and query that were asked for.
    asked: String,
    /// How much waits for them.
    waits: Waits,
    door: PhantomData<P>,
}

impl<P: Door> FromRequestParts<App> for Console<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        // Whoever is not logged in was answered before, where the routes are layered so.
        let Some(known) = parts.extensions.get::<Known>().cloned() else {
            return Err(ApiError::new(Code::Unauthenticated).into_response());
        };
        let asked = parts.uri.path_and_query().map(ToString::to_string);
        let console = Self {
            actor: known.logged_in.actor.clone(),
            look: known.look.clone(),
            logged_in: known.logged_in,
            waits: known.waits,
            app: app.clone(),
            asked: asked.unwrap_or_default(),
            door: PhantomData,
        };
        match P::NEEDS {
            Some(permission) if console.actor.require(permission).is_err() => {
                Err(console.forbidden())
            }
            Some(_) | None => Ok(console),
        }
    }
}

impl<P: Door> Console<P> {
    /// The same member at a narrower door, if they may pass it.
    pub(super) fn holding<Q: Door>(self) -> Option<Console<Q>> {
        let may = Q::NEEDS.is_none_or(|needed| self.actor.require(needed).is_ok());
        may.then_some(Console {
            actor: self.actor,
            logged_in: self.logged_in,
            look: self.look,
            app: self.app,
            asked: self.asked,
            waits: self.waits,
            door: PhantomData,
        })
    }

    /// The frame around the page whose title has this key, for the field `frame` of its template.
    pub fn frame(&self, title: &str) -> Frame {
        self.frame_of(self.look.say(title))
    }

    /// The same under a title that is no sentence of ours, such as a post's.
    pub fn frame_of(&self, title: String) -> Frame {
        let query = self.asked.split_once('?').map(|(_, query)| query);
        let toast = Toast::read(&self.app, &self.actor, query.unwrap_or_default());
        let asked = (self.asked.as_str(), title, toast);
        Frame::of(&self.look, &self.actor, asked, self.waits)
    }

    /// The path of a page of this console, such as `library`.
    pub fn path(&self, page: &str) -> String {
        format!("/o/{}/{page}", self.actor.organization.slug)
    }

    /// The page that was asked for.
    pub fn page(&self, template: &impl Template) -> Response {
        page::page(Kind::Good, template)
    }

    /// The page of a form once more, with what was typed and what is wrong.
    pub fn again(&self, template: &impl Template) -> Response {
        page::page(Kind::Faulty, template)
    }

    /// The same where somebody else was faster.
    pub fn overtaken(&self, template: &impl Template) -> Response {
        page::page(Kind::Changed, template)
    }

    /// On to a page of this console, such as `library`, with a word on what was done.
    pub fn go(&self, page: &str, toast: Option<Toast>) -> Response {
        self.go_to(&self.path(page), toast)
    }

    /// On to a path that [`Console::onward`] gave.
    pub fn go_to(&self, path: &str, toast: Option<Toast>) -> Response {
        let Some(toast) = toast else {
            return page::see_other(path);
        };
        let mark = if path.contains('?') { '&' } else { '?' };
        let signed = toast.sign(&self.app, &self.actor);
        page::see_other(&format!("{path}{mark}toast={signed}"))
    }

    /// The path that a form names in its field `next`, if it is one of this console.
    pub fn onward(&self, fields: &Fields) -> String {
        crate::domain::login::onward(&self.actor.organization.slug, Some(fields.text("next")))
    }

    /// There is no such thing.
    pub fn not_found(&self) -> Response {
        page::notice(&self.look, Kind::NotFound, Some(&self.path("")))
    }

    /// The member may not.
    pub fn forbidden(&self) -> Response {
        page::notice(&self.look, Kind::Forbidden, Some(&self.path("")))
    }

    /// Somebody else was faster.
    pub fn changed(&self) -> Response {
        page::notice(&self.look, Kind::Changed, Some(&self.path("")))
    }

    /// The database failed.
    pub fn failed(&self, error: &Failure) -> Response {
        page::failure(&self.look, Some(&self.path("")), error)
    }
}

/// The last parameter of the path as an id; what is none gets the page of what is not there.
#[derive(Clone, Copy, Debug)]
pub struct InPath<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for InPath<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let named = RawPathParams::from_request_parts(parts, app).await.ok();
        let last = named.as_ref().and_then(|all| all.iter().last());
        let read = last.and_then(|(_, text)| {
            let source: StrDeserializer<'_, NoValue> = text.into_deserializer();
            T::deserialize(source).ok()
        });
        read.map(Self).ok_or_else(|| {
            parts.extensions.get::<Known>().map_or_else(
                || ApiError::new(Code::NotFound).into_response(),
                |known| page::notice(&known.look, Kind::NotFound, Some(&known.home())),
            )
        })
    }
}
