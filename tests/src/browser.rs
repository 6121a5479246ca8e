//! A browser as far as a story needs one: an address and user agent of its
//! own, cookies, and redirects that are looked at before they are followed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};

/// User agent of an ordinary browser on a computer.
pub const DESKTOP: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
/// User agent of an ordinary browser on a phone.
pub const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 \
     (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1";

/// Somebody's browser.
#[derive(Debug)]
pub struct Browser {
    http: reqwest::Client,
    address: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Answer {
    /// Where it redirects to.
    pub fn location(&self) -> Option<&str> {
        self.headers
            .get("location")
            .and_then(|value| value.to_str().ok())
    }
}

impl Browser {
    /// A browser that reaches us from `address` by way of a proxy on this machine.
    pub fn new(user_agent: &str, address: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .no_proxy()
            .build()?;
        Ok(Self {
            http,
            address: address.to_owned(),
            cookies: Mutex::default(),
        })
    }

    /// Opens an address.
    pub async fn opens(&self, url: &str) -> reqwest::Result<Answer> {
        self.asks(Method::GET, url, &[], &[]).await
    }

    /// Opens an address with further headers.
    pub async fn opens_with(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
    ) -> reqwest::Result<Answer> {
        self.asks(Method::GET, url, headers, &[]).await
    }

    /// Submits a form of a page at the same origin.
    pub async fn submits(&self, url: &str, fields: &[(&str, &str)]) -> reqwest::Result<Answer> {
        self.asks(
            Method::POST,
            url,
            &[("sec-fetch-site", "same-origin")],
            fields,
        )
        .await
    }

    /// Any request.
    pub async fn asks(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, &str)],
        fields: &[(&str, &str)],
    ) -> reqwest::Result<Answer> {
        let mut request = self
            .http
            .request(method.clone(), url)
            .header("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
            .header("accept-language", "en")
            .header("x-forwarded-for", &self.address);
        if let Some(cookies) = self.cookie_header() {
            request = request.header("cookie", cookies);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if method == Method::POST {
            request = request.form(fields);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep_cookies(&headers);
        Ok(Answer {
            status,
            headers,
            body: response.text().await?,
        })
    }

    fn cookie_header(&self) -> Option<HeaderValue> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if pairs.is_empty() {
            None
        } else {
            HeaderValue::from_str(&pairs.join("; ")).ok()
        }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let set = headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok());
        for cookie in set {
            let pair = cookie.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}
