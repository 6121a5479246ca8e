//! `/metrics`: the figures of this process, for Prometheus.
//!
//! It asks for no token, since scrapers have none of ours: it stands on the internal listener,
//! and on one of its own where `metrics.listen` names one. It says nothing about a person.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use server_api::metrics::{Families, MEDIA_TYPE};

use super::Routes;
use crate::app::App;
use crate::jobs::periodic;
use crate::metrics::process::{self, Process};
use crate::metrics::{Source, sampled};
use crate::service::gauges;

/// Where it is.
pub const PATH: &str = "/metrics";

/// The figures of the server, and of what else runs in this process.
pub fn router() -> Router<App> {
    Router::new().route(
        PATH,
        get(async |State(app): State<App>| told(text(&app).await)),
    )
}

/// The same on a listener of its own.
pub fn alone(app: &App) -> Routes {
    router().with_state(app.clone()).into()
}

/// A listener of its own for a process in which no part of the server runs.
pub fn elsewhere(source: Source) -> Routes {
    let tell = async move || {
        let mut families = Families::default();
        process::describe(&mut families, Process::look());
        let mut text = String::new();
        families.write(&mut text);
        source(&mut text);
        told(text)
    };
    Router::new().route(PATH, get(tell)).into()
}

fn told(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], text)
}

/// Everything that is counted and looked at.
async fn text(app: &App) -> String {
    let sample = gauges::sample(app, periodic::leases()).await;
    let mut text = String::new();
    app.metrics().write(&mut text);
    sampled::families(&sample).write(&mut text);
    text
}

#[cfg(test)]
mod tests;
