//! What the proxy itself answers, as each platform and what stands before it would.

use super::plan::Fault;
use crate::people::Chat;

/// The answer in place of the platform's; none for faults without one. A 429 that says when to
/// come again names `wait` seconds.
pub(super) fn of(fault: Fault, chat: Chat, wait: u64) -> Option<Vec<u8>> {
    let text = match fault {
        Fault::TooMany => too_many(chat, wait),
        Fault::TooManyUnsaid => answer(
            "429 Too Many Requests",
            "Content-Type: text/html\r\n",
            "<html><body>error 1015</body></html>",
        ),
        Fault::ServerError => answer(
            "500 Internal Server Error",
            "Content-Type: text/plain\r\n",
            "oops",
        ),
        Fault::BadGateway => answer(
            "502 Bad Gateway",
            "Content-Type: text/html\r\n",
            "<html><h1>502 Bad Gateway</h1></html>",
        ),
        Fault::Silence
        | Fault::Swallowed
        | Fault::ResetBefore
        | Fault::ResetAfter
        | Fault::SlowBody
        | Fault::Duplicate
        | Fault::Overtaken => return None,
    };
    Some(text.into_bytes())
}

fn too_many(chat: Chat, wait: u64) -> String {
    let headers = format!("Content-Type: application/json\r\nRetry-After: {wait}\r\n");
    let (headers, body) = match chat {
        Chat::Slack => (headers, r#"{"ok":false,"error":"ratelimited"}"#.to_owned()),
        // `shared` counts as no invalid request, `user` does: the worse of the two.
        Chat::Discord => (
            headers + "X-RateLimit-Scope: user\r\n",
            format!(
                r#"{{"message":"You are being rate limited.","retry_after":{}.7,"global":false}}"#,
                wait.saturating_sub(1)
            ),
        ),
    };
    answer("429 Too Many Requests", &headers, &body)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
