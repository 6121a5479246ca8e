//! One connection of Socket Mode: frames of the model out, acknowledgements in.
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Skin;
use crate::emulator::slack::state::Chat;
use crate::emulator::slack::state::envelopes::Frame;

#[derive(Deserialize)]
pub(super) struct Link {
    ticket: String,
}

/// Opens the connection for which `apps.connections.open` gave the ticket.
pub(super) async fn connect(
    State(skin): State<Skin>,
    Query(link): Query<Link>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if skin.chat.change(|state| state.tickets.remove(&link.ticket)) {
        upgrade.on_upgrade(move |socket| serve(skin.chat, socket))
    } else {
        (StatusCode::FORBIDDEN, "unknown or used ticket").into_response()
    }
}

async fn serve(chat: Chat, mut socket: WebSocket) {
    let (number, mut frames) = chat.open_socket();
    loop {
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(Frame::Text(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        break;
                    }
                }
                Some(Frame::Close) | None => {
                    let _gone = socket.send(Message::Close(None)).await;
                    break;
                }
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => chat.acknowledge(text.as_str()),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
            },
        }
    }
    chat.close_socket(number);
}
