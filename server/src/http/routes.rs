//! Routes with everything around them, ready to be served; and before those of the public, readers
//! of short links. On a reader's way a look into the table of routes, with what it notes for whoever
//! stands behind it, would cost as much as finding the link.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Bytes, HttpBody};
use axum::http::Request;
use axum::response::Response;
use axum::routing::future::RouteFuture;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Either};
use tower::{BoxError, Service};

use super::public::link;
use crate::app::App;

/// Routes with everything around them, ready to be served.
#[derive(Clone, Debug)]
pub struct Routes {
    /// Where readers of short links are answered before.
    readers: Option<App>,
    routes: Router,
}

impl Routes {
    /// The same, once readers of short links are answered.
    pub(super) fn behind_readers(app: &App, routes: Router) -> Self {
        Self {
            readers: Some(app.clone()),
            routes,
        }
    }
}

impl From<Router> for Routes {
    fn from(routes: Router) -> Self {
        Self {
            readers: None,
            routes,
        }
    }
}

impl<B> Service<Request<B>> for Routes
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<BoxFuture<'static, Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        match &self.readers {
            Some(app) if link::is_followed(request.method(), request.uri()) => {
                let (head, _) = request.into_parts();
                let answer = link::follow_plainly(app.clone(), head);
                Either::Left(answer.map(Ok).boxed())
            }
            Some(_) | None => Either::Right(self.routes.call(request)),
        }
    }
}
