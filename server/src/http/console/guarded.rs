//! Routes of who is logged in: each notes whom its page lets in, by the door that its handler
//! asks for. A handler without a door does not compile here.

use std::borrow::Cow;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};
use entity::enums::Permission;

use super::door::{Console, Door};
use crate::app::App;

/// A page of the console, and whom it lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// How it is asked for.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: Cow<'static, str>,
    /// The permission that it takes; none for every member.
    pub needs: Option<Permission>,
}

/// What a handler takes whose first argument is a door.
pub trait Admits: 'static {
    /// The permission that the door takes; none for every member.
    const NEEDS: Option<Permission>;
}

/// Declares it for handlers of so many further arguments.
macro_rules! admits {
    ($(($($further:ident),*)),+ $(,)?) => {$(
        impl<M: 'static, P: Door, $($further: 'static),*> Admits for (M, Console<P>, $($further),*) {
            const NEEDS: Option<Permission> = P::NEEDS;
        }
    )+};
}

admits! {
    (),
    (A),
    (A, B),
    (A, B, C),
    (A, B, C, D),
    (A, B, C, D, E),
}

/// What one path does by method.
#[derive(Debug)]
pub struct Guarded {
    routes: MethodRouter<App>,
    doors: Vec<(Method, Option<Permission>)>,
}

/// Shows a page.
pub fn get<H: Handler<T, App>, T: Admits>(handler: H) -> Guarded {
    Guarded {
        routes: routing::get(handler),
        doors: vec![(Method::GET, T::NEEDS)],
    }
}

/// Changes something.
pub fn post<H: Handler<T, App>, T: Admits>(handler: H) -> Guarded {
    Guarded {
        routes: routing::post(handler),
        doors: vec![(Method::POST, T::NEEDS)],
    }
}

/// Answers whatever is asked.
pub fn any<H: Handler<T, App>, T: Admits>(handler: H) -> Guarded {
    Guarded {
        routes: routing::any(handler),
        doors: vec![(Method::GET, T::NEEDS), (Method::POST, T::NEEDS)],
    }
}

impl Guarded {
    /// The same path changes something, too.
    pub fn post<H: Handler<T, App>, T: Admits>(mut self, handler: H) -> Self {
        self.doors.push((Method::POST, T::NEEDS));
        Self {
            routes: self.routes.post(handler),
            doors: self.doors,
        }
    }

    /// The same with another limit of what may come.
    pub fn layer(self, limit: DefaultBodyLimit) -> Self {
        Self {
            routes: self.routes.layer(limit),
            doors: self.doors,
        }
    }
}

/// Pages, and whom each lets in.
#[derive(Debug, Default)]
pub struct Pages {
    routes: Router<App>,
    listed: Vec<Listed>,
}

impl Pages {
    /// The same with another one.
    pub fn route(mut self, path: impl Into<Cow<'static, str>>, guarded: Guarded) -> Self {
        let path = path.into();
        let pages = guarded.doors.into_iter().map(|(method, needs)| Listed {
            method,
            path: path.clone(),
            needs,
        });
        self.listed.extend(pages);
        Self {
            routes: self.routes.route(&path, guarded.routes),
            listed: self.listed,
        }
    }

    /// These and others.
    pub fn merge(mut self, others: Self) -> Self {
        self.listed.extend(others.listed);
        Self {
            routes: self.routes.merge(others.routes),
            listed: self.listed,
        }
    }

    /// The pages as routes.
    pub fn into_routes(self) -> Router<App> {
        self.routes
    }

    /// Each of them, and whom it lets in.
    pub fn into_list(self) -> Vec<Listed> {
        self.listed
    }
}
