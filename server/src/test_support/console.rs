//! A browser in which a member is logged in to the console, as far as tests need one.

use std::collections::BTreeSet;

use reqwest::Method;

use super::TestApp;
use super::server::{Answer, TestServer};
use crate::service::actor::Actor;
use crate::service::sessions::{self, Way};

/// A browser of a member, without script: it keeps its cookie and follows no redirect.
#[derive(Clone, Debug)]
pub struct Browser {
    server: std::sync::Arc<TestServer>,
    /// Where the console of the member's organization begins, with a slash at its end.
    pub home: String,
    /// Its session's cookie.
    pub cookie: String,
}

impl TestApp {
    /// A browser in which the member is logged in, on a server of its own.
    pub async fn log_in(&self, actor: &Actor) -> Browser {
        let server = std::sync::Arc::new(self.server().await);
        self.log_in_on(&server, actor).await
    }

    /// The same on a server that is there.
    pub async fn log_in_on(&self, server: &std::sync::Arc<TestServer>, actor: &Actor) -> Browser {
        use secrecy::ExposeSecret;
        let browser = sessions::Browser {
            user_agent: super::traffic::FIREFOX,
            before: None,
        };
        let txn = self.app.store.begin().await.expect("a transaction");
        let begun = sessions::begin(&txn, &self.app, actor.clone(), (Way::Password, browser))
            .await
            .expect("a session");
        txn.commit().await.expect("a commit");
        Browser {
            server: std::sync::Arc::clone(server),
            home: format!("/o/{}/", actor.organization.slug),
            cookie: format!("chorus={}", begun.token.expose_secret()),
        }
    }
}

impl Browser {
    /// The same browser with other cookies.
    pub fn with_cookie(&self, cookie: String) -> Self {
        Self {
            cookie,
            ..self.clone()
        }
    }

    /// Opens a page: a path below the console's beginning, or a whole path.
    pub async fn get(&self, page: &str) -> Answer {
        let path = self.path(page);
        let headers = [("cookie", self.cookie.as_str())];
        self.server.visit(Method::GET, &path, &headers).await
    }

    /// Sends a form, as a browser does from a page of ours.
    pub async fn post(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let url = format!("{}{}", self.server.public, self.path(page));
        let request = self
            .server
            .http
            .post(url)
            .header("cookie", &self.cookie)
            .header("origin", &self.server.public)
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", super::traffic::FIREFOX)
            .form(fields);
        Answer::to(request).await
    }

    /// Sends a body of another type, as a script of ours does.
    pub async fn send(&self, page: &str, media_type: &str, body: Vec<u8>) -> Answer {
        let url = format!("{}{}", self.server.public, self.path(page));
        let request = self
            .server
            .http
            .post(url)
            .header("cookie", &self.cookie)
            .header("origin", &self.server.public)
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .header("content-type", media_type)
            .body(body);
        Answer::to(request).await
    }

    /// Sends a form that is encoded otherwise, as a browser does.
    pub async fn upload(&self, page: &str, media_type: &str, body: Vec<u8>) -> Answer {
        let url = format!("{}{}", self.server.public, self.path(page));
        let request = self
            .server
            .http
            .post(url)
            .header("cookie", &self.cookie)
            .header("origin", &self.server.public)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", media_type)
            .body(body);
        Answer::to(request).await
    }

    /// Sends a form and opens the page that it leads to.
    pub async fn post_and_follow(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let sent = self.post(page, fields).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        self.get(sent.header("location")).await
    }

    /// Opens every page to which pages lead, from Home on; the paths, without what is asked of
    /// them. None of them is refused.
    pub async fn walk(&self) -> BTreeSet<String> {
        let mut open = vec![self.home.clone()];
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop() {
            if seen.contains(&path) {
                continue;
            }
            let answer = self.get(&path).await;
            match answer.status {
                200 => open.extend(links(&answer.text(), &self.home)),
                303 => open.push(answer.header("location").to_owned()),
                status => panic!("{path}: {status}"),
            }
            seen.insert(path);
        }
        seen
    }

    /// Presses "Undo" on a page that offers it.
    pub async fn undo(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let actions = page.split("action=\"").skip(1);
        let action = actions
            .filter_map(|form| form.split('"').next())
            .find(|action| action.contains("library/undo"))
            .expect("a form that undoes");
        let action = action.replace("&#38;", "&").replace("&amp;", "&");
        self.post_and_follow(&action, fields).await
    }

    fn path(&self, page: &str) -> String {
        if page.starts_with('/') {
            page.to_owned()
        } else {
            format!("{}{page}", self.home)
        }
    }
}

/// Where a page leads within a console, without what is asked there.
fn links(page: &str, home: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let links = links.filter_map(|link| link.split(['"', '?', '#']).next());
    let links = links.filter(|path| path.starts_with(home));
    links.map(str::to_owned).collect()
}
