//! How a page learns that it is to be drawn anew, by server-sent events.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Tells the page that something changed; what, it asks for itself. The first is told at once:
/// nobody knows what happened after the page was drawn and before it listened.
pub fn told(
    mut changes: watch::Receiver<u64>,
    stopping: CancellationToken,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    changes.mark_changed();
    let state = (changes, stopping);
    let stream = futures::stream::unfold(state, |(mut changes, stopping)| async move {
        tokio::select! {
            outcome = changes.changed() => outcome.ok()?,
            () = stopping.cancelled() => return None,
        }
        let number = *changes.borrow_and_update();
        let event = Event::default().data(number.to_string());
        Some((Ok(event), (changes, stopping)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;
    use futures::StreamExt as _;

    use super::*;

    #[tokio::test]
    async fn a_page_that_begins_to_listen_is_told_at_once_and_then_of_each_change() {
        let (tell, changes) = watch::channel(7);
        let stopping = CancellationToken::new();
        let answer = told(changes, stopping.clone()).into_response();
        let mut events = answer.into_body().into_data_stream();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!(first, "data: 7\n\n");
        tell.send_replace(8);
        let second = events.next().await.unwrap().unwrap();
        assert_eq!(second, "data: 8\n\n");
        stopping.cancel();
        assert!(events.next().await.is_none());
    }
}
