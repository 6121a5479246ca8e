//! The real listeners on free ports, and sessions that ask them.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use secrecy::ExposeSecret;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_api::enums::Platform;
use server_api::problem::Problem;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::TestApp;
use crate::app::App;
use crate::http::{self, auth, internal, listen, public};

/// Both listeners of an application; they stop when dropped.
#[derive(Debug)]
pub struct TestServer {
    /// Base URL of what the world reaches.
    pub public: String,
    /// Base URL of what the parts reach.
    pub internal: String,
    /// A client that follows no redirect.
    pub http: Client,
    app: App,
    _stop: DropGuard,
}

impl TestApp {
    /// Serves the application on two free ports.
    pub async fn server(&self) -> TestServer {
        let stop = CancellationToken::new();
        let public = start(public(&self.app), &stop).await;
        let internal = start(internal(&self.app), &stop).await;
        TestServer {
            public,
            internal,
            http: Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(Duration::from_mins(1))
                .build()
                .expect("an HTTP client"),
            app: self.app.clone(),
            _stop: stop.drop_guard(),
        }
    }
}

async fn start(router: http::Routes, stop: &CancellationToken) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(listen::serve(listener, router, stop.clone()));
    format!("http://{address}")
}

impl TestServer {
    /// Somebody without a token, on the public listener.
    pub fn anonymous(&self) -> Session {
        self.session(&self.public, None, None)
    }

    /// A member with an API token, on the public listener.
    pub fn member(&self, token: &str) -> Session {
        self.session(&self.public, Some(token), None)
    }

    /// The Slack part, acting for `person` (`slack/T…/U…`) or for itself.
    pub fn slack(&self, person: Option<&str>) -> Session {
        let token = self.app.service_token(Platform::Slack);
        self.session(&self.internal, Some(token.expose_secret()), person)
    }

    /// The Discord part, acting for `person` (`discord/<guild>/<user>`) or for itself.
    pub fn discord(&self, person: Option<&str>) -> Session {
        let token = self.app.service_token(Platform::Discord);
        self.session(&self.internal, Some(token.expose_secret()), person)
    }

    /// The operator, acting for `person` or for themselves.
    pub fn operator(&self, person: Option<&str>) -> Session {
        let token = self.app.tokens.operator().clone();
        self.session(&self.internal, Some(token.expose_secret()), person)
    }

    fn session(&self, base: &str, token: Option<&str>, person: Option<&str>) -> Session {
        Session {
            http: self.http.clone(),
            base: base.to_owned(),
            token: token.map(str::to_owned),
            on_behalf_of: person.map(str::to_owned),
        }
    }
}

/// Somebody who asks the API.
#[derive(Clone, Debug)]
pub struct Session {
    http: Client,
    base: String,
    token: Option<String>,
    on_behalf_of: Option<String>,
}

impl Session {
    /// A request to `path` under `/api/v1`, with token and person; to be changed and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(person) = &self.on_behalf_of {
            request = request.header(auth::ON_BEHALF_OF, person);
        }
        request
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    /// `PUT` with a JSON body.
    pub async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(body)).await
    }

    /// `PATCH` with a JSON body.
    pub async fn patch(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::to(self.request(Method::PATCH, path).json(body)).await
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Sends a request.
    pub async fn to(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.expect("a body").to_vec(),
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as what the operation promises.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|cause| panic!("{} {}: {cause}", self.status, self.text()))
    }

    /// The body as a problem.
    pub fn problem(&self) -> Problem {
        assert_eq!(
            self.headers
                .get("content-type")
                .and_then(|value| value.to_str().ok()),
            Some(server_api::problem::MEDIA_TYPE),
            "{} {}",
            self.status,
            self.text()
        );
        self.json()
    }
}
