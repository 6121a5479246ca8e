//! What the proxy itself answers, as each platform and what stands before it would.

use super::plan::Fault;
use crate::people::Chat;

/// The answer in place of the platform's; none for faults without one.
pub(super) fn of(fault: Fault, chat: Chat) -> Option<Vec<u8>> {
    let text = match fault {
        Fault::TooMany => match chat {
            Chat::Slack => answer(
                "429 Too Many Requests",
                "Content-Type: application/json\r\nRetry-After: 1\r\n",
                r#"{"ok":false,"error":"ratelimited"}"#,
            ),
            // `shared` counts as no invalid request, `user` does: the worse of the two.
            Chat::Discord => answer(
                "429 Too Many Requests",
                "Content-Type: application/json\r\nRetry-After: 1\r\n\
                 X-RateLimit-Scope: user\r\n",
                r#"{"message":"You are being rate limited.","retry_after":0.7,"global":false}"#,
            ),
        },
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

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
