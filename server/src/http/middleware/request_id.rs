//! The id of the request that is being answered, for the log and for problems.

use std::future::Future;

use axum::http::HeaderName;

tokio::task_local! {
    static CURRENT: String;
}

/// Header that carries it back.
pub static HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request that this task answers.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Answers a request under its id.
pub async fn under<F: Future>(id: String, answer: F) -> F::Output {
    CURRENT.scope(id, answer).await
}
