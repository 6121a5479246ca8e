//! Requests by route, method and status, with their latencies.
//!
//! What a member does for themselves alone is folded into one route: looking at suggestions and
//! at one's own page, dismissing, taking that back, pausing, choosing. Counted apart, a single
//! dismissal in a small organization would be a figure, and no figure may tell of one. For the same
//! reason a courier's own requests are counted only where they are refused or fail: each message is
//! one of them, also that by which a person's own card changes.

use std::borrow::Cow;
use std::time::Duration;

use server_api::metrics::{ANSWERS, Counter, Families, Histogram, Label, Labelled};

/// The route of a short link, the one that is hot.
pub const LINK: &str = "/l/{code}";
/// How a reader who is sent on is answered.
const FOUND: u16 = 302;

/// The route that private acts are folded into.
pub const PRIVATE: &str = "private";
/// A member's own operations that are, or stand beside, a silent no.
const PRIVATE_ROUTES: [&str; 5] = [
    "/api/v1/me",
    "/api/v1/me/home",
    "/api/v1/me/suggestions",
    "/api/v1/me/posts/{post}/choices",
    "/api/v1/me/posts/{post}/dismissal",
];
/// The pages of a card's own address, among them the one that says no.
const PRIVATE_PAGES: &str = "/s/{token}";

/// How couriers take messages and say what became of them.
const COURIERS: [&str; 2] = [
    "/api/v1/deliveries/claim",
    "/api/v1/deliveries/{delivery}/outcome",
];

/// Methods that routes here have; another is told by none of its letters.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What is counted of requests.
#[derive(Debug)]
pub struct Requests {
    answered: Labelled<4, Counter>,
    durations: Labelled<2, Histogram>,
    redirects: Counter,
    redirect_durations: Histogram,
    refused_tokens: Counter,
}

/// An answered request.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The listener that it came by.
    pub listener: &'static str,
    /// Its method.
    pub method: &'a str,
    /// The template of its path.
    pub route: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// How long the answer took.
    pub took: Duration,
}

impl Requests {
    /// The families of requests.
    pub fn of(families: &mut Families) -> Self {
        let answered = families.counters(
            "chorus_http_requests_total",
            "Requests that were answered",
            ["listener", "method", "route", "status"],
        );
        let durations = families.histograms(
            "chorus_http_request_duration_seconds",
            "Time from a request to its answer",
            ["method", "route"],
            ANSWERS,
        );
        Self {
            redirects: answered.at(["public", "GET", LINK, "302"]),
            redirect_durations: durations.at(["GET", LINK]),
            answered,
            durations,
            refused_tokens: families.counter(
                "chorus_api_tokens_refused_total",
                "Requests whose API token is unknown, expired, revoked or of somebody who left",
            ),
        }
    }

    /// Counts an answered request.
    pub fn answered(&self, request: Answered<'_>) {
        let seconds = request.took.as_secs_f64();
        // The hot path has its figures in hand.
        if request.route == LINK && request.status == FOUND && request.method == "GET" {
            self.redirects.inc();
            self.redirect_durations.observe(seconds);
            return;
        }
        let is_of_courier = COURIERS.contains(&request.route);
        if is_of_courier && is_success(request.status) {
            return;
        }
        let (method, route, status) = labels(request);
        self.answered
            .of([
                request.listener.into(),
                method.clone(),
                route.clone(),
                status,
            ])
            .inc();
        // How long failures alone take says nothing of all.
        if !is_of_courier {
            self.durations.of([method, route]).observe(seconds);
        }
    }

    /// Counts an API token that opened no door.
    pub fn refused_token(&self) {
        self.refused_tokens.inc();
    }
}

/// Method, route and status as they are told.
fn labels(request: Answered<'_>) -> (Label, Label, Label) {
    if is_private(request.route) {
        let class = match request.status {
            100..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            _ => "5xx",
        };
        return ("any".into(), PRIVATE.into(), class.into());
    }
    let method = METHODS
        .into_iter()
        .find(|method| *method == request.method)
        .unwrap_or("other");
    (
        method.into(),
        Cow::Owned(request.route.to_owned()),
        Cow::Owned(request.status.to_string()),
    )
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

fn is_private(route: &str) -> bool {
    PRIVATE_ROUTES.contains(&route) || route.starts_with(PRIVATE_PAGES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered<'a>(method: &'a str, route: &'a str, status: u16) -> Answered<'a> {
        Answered {
            listener: "public",
            method,
            route,
            status,
            took: Duration::from_millis(3),
        }
    }

    #[test]
    fn a_silent_no_is_counted_like_any_look_at_ones_own_page() {
        let look = labels(answered("GET", "/api/v1/me", 200));
        for (method, route, status) in [
            ("PUT", "/api/v1/me/posts/{post}/dismissal", 204),
            ("DELETE", "/api/v1/me/posts/{post}/dismissal", 200),
            ("PATCH", "/api/v1/me", 200),
            ("POST", "/s/{token}/dismiss", 200),
            ("GET", "/s/{token}", 200),
            ("GET", "/api/v1/me/suggestions", 200),
        ] {
            assert_eq!(
                labels(answered(method, route, status)),
                look,
                "{method} {route}"
            );
        }
    }

    #[test]
    fn a_couriers_requests_are_counted_where_they_fail_alone() {
        let mut families = Families::default();
        let requests = Requests::of(&mut families);
        for route in COURIERS {
            requests.answered(answered("POST", route, 200));
            requests.answered(answered("POST", route, 503));
        }
        let mut text = String::new();
        families.write(&mut text);
        let counts = text.lines().filter(|line| !line.starts_with('#'));
        let told: Vec<_> = counts
            .filter(|line| {
                line.starts_with("chorus_http_requests_total{") && line.contains("/deliv")
            })
            .collect();
        assert_eq!(told.len(), COURIERS.len(), "{told:?}");
        assert!(
            told.iter().all(|line| line.ends_with("status=\"503\"} 1")),
            "{told:?}"
        );
    }

    #[test]
    fn no_letter_of_a_clients_own_invention_becomes_a_label() {
        let (method, route, status) = labels(answered("BREW", "unmatched", 405));
        assert_eq!((&*method, &*route, &*status), ("other", "unmatched", "405"));
    }

    #[test]
    fn a_redirect_counts_like_every_other_request() {
        let mut families = Families::default();
        let requests = Requests::of(&mut families);
        requests.answered(answered("GET", LINK, FOUND));
        requests.answered(answered("GET", LINK, 404));
        let mut text = String::new();
        families.write(&mut text);
        for status in ["302", "404"] {
            let line = format!(
                "chorus_http_requests_total{{listener=\"public\",method=\"GET\",\
                 route=\"/l/{{code}}\",status=\"{status}\"}} 1"
            );
            assert!(text.contains(&line), "{text}");
        }
    }
}
