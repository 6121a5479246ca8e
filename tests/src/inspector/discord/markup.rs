//! Discord's markup as HTML.
use std::fmt::Write as _;

use crate::emulator::discord::markdown::{self, Inline};
use crate::inspector::markup::escape;

/// How text is read: when and where, and the names behind ids.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) time: markdown::Reader,
    pub(super) name: &'a dyn Fn(&str) -> String,
}

/// Markup as HTML.
pub(super) fn html(source: &str, reader: Reader<'_>) -> String {
    write_all(&markdown::parse(source, reader.time), reader.name)
}

fn write_all(inlines: &[Inline], name: &dyn Fn(&str) -> String) -> String {
    let mut page = String::new();
    let mention = |sign: &str, words: &str| {
        format!(r#"<span class="mention">{sign}{}</span>"#, escape(words))
    };
    for inline in inlines {
        let inner = |tag: &str, inner: &[Inline]| {
            let words = write_all(inner, name);
            format!("<{tag}>{words}</{tag}>")
        };
        let written = match inline {
            Inline::Text(text) => escape(text),
            Inline::Time(words) => format!("<time>{}</time>", escape(words)),
            Inline::Bold(words) => inner("strong", words),
            Inline::Italic(words) => inner("em", words),
            Inline::Underline(words) => inner("u", words),
            Inline::Strike(words) => inner("s", words),
            Inline::Spoiler(words) => inner("mark", words),
            Inline::Heading(words) => {
                format!(r#"<span class="heading">{}</span>"#, write_all(words, name))
            }
            Inline::Small(words) => inner("small", words),
            Inline::Quote(words) => {
                format!(r#"<span class="quote">{}</span>"#, write_all(words, name))
            }
            Inline::Code(code) => format!("<code>{}</code>", escape(code)),
            Inline::Link { url, label } => format!(
                r#"<a href="{}" target="_blank" rel="noopener">{}</a>"#,
                escape(url),
                escape(label)
            ),
            Inline::User(id) | Inline::Role(id) => mention("@", &name(id)),
            Inline::Channel(id) => mention("#", &name(id)),
            Inline::Command(command) => mention("/", command),
            Inline::Broadcast(word) => mention("@", word),
            Inline::Break => "<br>".to_owned(),
        };
        // Writing to a string cannot fail.
        let done = write!(page, "{written}");
        debug_assert!(done.is_ok());
    }
    page
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn markup_becomes_html_and_everything_else_is_escaped() {
        let now = DateTime::UNIX_EPOCH;
        let time = markdown::Reader { offset: 0, now };
        let name = |id: &str| format!("<{id}>");
        let shown = |source: &str| html(source, Reader { time, name: &name });
        assert_eq!(
            shown("**a** _b_ ~~c~~ `<d>`"),
            "<strong>a</strong> <em>b</em> <s>c</s> <code>&lt;d&gt;</code>"
        );
        assert_eq!(shown("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(shown("<@1>"), r#"<span class="mention">@&lt;1&gt;</span>"#);
        assert_eq!(
            shown("[x<y](https://a.example/?a=1&b)"),
            r#"<a href="https://a.example/?a=1&amp;b" target="_blank" rel="noopener">x&lt;y</a>"#
        );
        assert!(!shown("[x](javascript:alert(1))").contains("href"));
    }
}
