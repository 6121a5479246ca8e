//! Slack's markup as HTML. Everything that is not our own tag is escaped here and nowhere else.
use std::fmt::Write as _;

use serde_json::Value;

use crate::emulator::slack::mrkdwn::{self, Inline};

/// Escapes text for HTML, in content and in attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// A text object as HTML; `name` gives the name behind an id.
pub(super) fn text(object: &Value, offset: i32, name: &dyn Fn(&str) -> String) -> String {
    let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    if field("type") == "mrkdwn" {
        markup(field("text"), offset, name)
    } else {
        escape(&mrkdwn::with_emoji(field("text"))).replace('\n', "<br>")
    }
}

/// Markup as HTML.
pub(super) fn markup(source: &str, offset: i32, name: &dyn Fn(&str) -> String) -> String {
    html(&mrkdwn::parse(source, offset), name)
}

fn html(inlines: &[Inline], name: &dyn Fn(&str) -> String) -> String {
    let mut page = String::new();
    for inline in inlines {
        let written = match inline {
            Inline::Text(text) => write!(page, "{}", escape(text)),
            Inline::Date(words) => write!(page, "<time>{}</time>", escape(words)),
            Inline::Bold(inner) => write!(page, "<strong>{}</strong>", html(inner, name)),
            Inline::Italic(inner) => write!(page, "<em>{}</em>", html(inner, name)),
            Inline::Strike(inner) => write!(page, "<s>{}</s>", html(inner, name)),
            Inline::Code(code) => write!(page, "<code>{}</code>", escape(code)),
            Inline::Link { url, label } => {
                let (url, label) = (escape(url), escape(label));
                write!(
                    page,
                    r#"<a href="{url}" target="_blank" rel="noopener">{label}</a>"#
                )
            }
            Inline::User(id) => {
                write!(
                    page,
                    r#"<span class="mention">@{}</span>"#,
                    escape(&name(id))
                )
            }
            Inline::Channel(id) => {
                write!(
                    page,
                    r#"<span class="mention">#{}</span>"#,
                    escape(&name(id))
                )
            }
            Inline::Broadcast(word) => {
                write!(page, r#"<span class="mention">@{}</span>"#, escape(word))
            }
            Inline::Break => write!(page, "<br>"),
        };
        // Writing to a string cannot fail.
        debug_assert!(written.is_ok());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_html_and_everything_else_is_escaped() {
        let name = |id: &str| format!("<{id}>");
        let shown = |source: &str| markup(source, 0, &name);
        assert_eq!(
            shown("*a* _b_ ~c~ `d`"),
            "<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>"
        );
        assert_eq!(shown("<script>\"'&amp;"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(
            shown("<@U1>"),
            r#"<span class="mention">@&lt;U1&gt;</span>"#
        );
        let link = shown("<https://a.example/?a=\"&amp;b|x<y>");
        assert_eq!(
            link,
            r#"<a href="https://a.example/?a=&quot;&amp;b" target="_blank" rel="noopener">x&lt;y</a>"#
        );
        assert!(
            !shown("<javascript://x|y>").contains("href"),
            "only web links are links"
        );
    }
}
