//! `Allowed<ReviewPosts>`: a member who holds a permission, as a type.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use entity::enums::Permission;

use super::Member;
use crate::app::App;
use crate::http::error::ApiError;
use crate::service::actor::Actor;

/// A permission as a type.
pub trait Needed: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

/// A member who holds the permission `P`.
#[derive(Debug)]
pub struct Allowed<P: Needed> {
    /// The member.
    pub actor: Actor,
    permission: PhantomData<P>,
}

impl<P: Needed> FromRequestParts<App> for Allowed<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Member(actor) = Member::from_request_parts(parts, app).await?;
        actor.require(P::PERMISSION)?;
        Ok(Self {
            actor,
            permission: PhantomData,
        })
    }
}

/// Declares one type per permission.
macro_rules! needed {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = concat!("The permission of the same name, [`Permission::", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}

        impl Needed for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+};
}

needed! {
    ReadPosts,
    WritePosts,
    ReviewPosts,
    CommentPosts,
    PublishPosts,
    ManageFeeds,
    ReadMembers,
    ManageMembers,
    ManageOrganization,
    ManageTokens,
    ReadAudit,
    ReadFigures,
    ReadTeamFigures,
    ReadOperations,
}
