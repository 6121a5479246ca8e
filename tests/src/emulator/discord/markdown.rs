//! Discord's markup as a reader sees it: parsed once, shown as plain text here and as HTML by the
//! inspector.
use chrono::{DateTime, FixedOffset, Utc};

/// A piece of formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// `**bold**`.
    Bold(Vec<Inline>),
    /// `*italic*` or `_italic_`.
    Italic(Vec<Inline>),
    /// `__underlined__`.
    Underline(Vec<Inline>),
    /// `~~struck~~`.
    Strike(Vec<Inline>),
    /// `||hidden until pressed||`.
    Spoiler(Vec<Inline>),
    /// `` `code` `` or a block of it.
    Code(String),
    /// `[label](url)`, or an address by itself.
    Link {
        /// The target.
        url: String,
        /// What is shown.
        label: String,
    },
    /// `<@…>`.
    User(String),
    /// `<@&…>`.
    Role(String),
    /// `<#…>`.
    Channel(String),
    /// `</name:…>`, a command to press.
    Command(String),
    /// `@everyone` or `@here`.
    Broadcast(String),
    /// `<t:…>`, already in words.
    Time(String),
    /// A line that begins with one to three `#`.
    Heading(Vec<Inline>),
    /// A line that begins with `-#`.
    Small(Vec<Inline>),
    /// A line that begins with `>`.
    Quote(Vec<Inline>),
    /// A line's end.
    Break,
}

/// For whom text is shown, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The distance of their clock from UTC, in seconds.
    pub offset: i32,
    /// The moment at which they read.
    pub now: DateTime<Utc>,
}

/// The marks that stand around words, longest first, since `**` is not two `*`.
const MARKS: [&str; 7] = ["***", "**", "__", "~~", "||", "*", "_"];

/// Parses markup.
pub fn parse(source: &str, reader: Reader) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut fence: Option<String> = None;
    for (number, line) in source.split('\n').enumerate() {
        if let Some(code) = &mut fence {
            if let Some((last, _)) = line.split_once("```") {
                code.push_str(last);
                found.push(Inline::Code(code.trim_matches('\n').to_owned()));
                fence = None;
            } else {
                code.push_str(line);
                code.push('\n');
            }
            continue;
        }
        if number > 0 {
            found.push(Inline::Break);
        }
        // What stands behind the fence names a language.
        if line
            .strip_prefix("```")
            .is_some_and(|rest| !rest.contains("```"))
        {
            fence = Some(String::new());
            continue;
        }
        found.extend(parse_line(line, reader));
    }
    if let Some(code) = fence {
        found.push(Inline::Text(format!("```\n{code}")));
    }
    found
}

fn parse_line(line: &str, reader: Reader) -> Vec<Inline> {
    for heading in ["### ", "## ", "# "] {
        if let Some(rest) = line.strip_prefix(heading) {
            return vec![Inline::Heading(parse_inline(rest, reader))];
        }
    }
    if let Some(rest) = line.strip_prefix("-# ") {
        return vec![Inline::Small(parse_inline(rest, reader))];
    }
    if let Some(rest) = line.strip_prefix("> ") {
        return vec![Inline::Quote(parse_inline(rest, reader))];
    }
    parse_inline(line, reader)
}

fn parse_inline(source: &str, reader: Reader) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut words = String::new();
    let mut rest = source;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let piece = match first {
            '\\' => escaped(rest),
            '<' => angle(rest, reader),
            '`' => code(rest),
            '[' => labelled(rest),
            'h' if !is_word(before) => bare_address(rest),
            '@' => broadcast(rest),
            '*' | '~' | '|' => styled(rest, reader),
            '_' if !is_word(before) => styled(rest, reader),
            _ => None,
        };
        let length = match piece {
            Some((Inline::Text(text), length)) => {
                words.push_str(&text);
                length
            }
            Some((inline, length)) => {
                if !words.is_empty() {
                    found.push(Inline::Text(std::mem::take(&mut words)));
                }
                found.push(inline);
                length
            }
            None => {
                words.push(first);
                first.len_utf8()
            }
        };
        let (eaten, left) = rest.split_at(length);
        before = eaten.chars().last();
        rest = left;
    }
    if !words.is_empty() {
        found.push(Inline::Text(words));
    }
    found
}

/// The words alone; `name` gives the name behind an id.
pub fn plain(inlines: &[Inline], name: &dyn Fn(&str) -> String) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Time(text) => text.clone(),
            Inline::Bold(inner)
            | Inline::Italic(inner)
            | Inline::Underline(inner)
            | Inline::Strike(inner)
            | Inline::Spoiler(inner)
            | Inline::Heading(inner)
            | Inline::Small(inner)
            | Inline::Quote(inner) => plain(inner, name),
            Inline::Link { label, .. } => label.clone(),
            Inline::User(id) | Inline::Role(id) => format!("@{}", name(id)),
            Inline::Channel(id) => format!("#{}", name(id)),
            Inline::Command(command) => format!("/{command}"),
            Inline::Broadcast(word) => format!("@{word}"),
            Inline::Break => "\n".to_owned(),
        })
        .collect()
}

fn is_word(before: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric)
}

fn escaped(rest: &str) -> Option<(Inline, usize)> {
    let next = rest.chars().nth(1).filter(char::is_ascii_punctuation)?;
    Some((Inline::Text(next.to_string()), 2))
}

/// Where `mark` stands next, not behind a backslash and not within a longer mark of the same sign.
fn closing(inner: &str, mark: &str) -> Option<usize> {
    let mut skip = 0;
    while let Some(found) = inner.get(skip..)?.find(mark) {
        let at = skip + found;
        let is_escaped = inner.get(..at)?.ends_with('\\');
        let sign = mark.chars().next()?;
        let run = inner.get(at..)?.chars().take_while(|c| *c == sign).count();
        if !is_escaped && (run == mark.len() || run > 2) {
            return Some(at);
        }
        skip = at + if is_escaped { mark.len() } else { run };
    }
    None
}

fn styled(rest: &str, reader: Reader) -> Option<(Inline, usize)> {
    let mark = MARKS.into_iter().find(|mark| rest.starts_with(mark))?;
    let inner = rest.get(mark.len()..)?;
    let end = closing(inner, mark)?;
    let (inside, after) = inner.split_at(end);
    let tight = !inside.trim().is_empty() && !inside.starts_with(' ');
    let in_a_word = mark == "_" && is_word(after.chars().nth(1));
    if !tight || in_a_word {
        return None;
    }
    let inlines = parse_inline(inside, reader);
    let inline = match mark {
        "***" => Inline::Bold(vec![Inline::Italic(inlines)]),
        "**" => Inline::Bold(inlines),
        "__" => Inline::Underline(inlines),
        "~~" => Inline::Strike(inlines),
        "||" => Inline::Spoiler(inlines),
        _ => Inline::Italic(inlines),
    };
    Some((inline, end + 2 * mark.len()))
}

fn code(rest: &str) -> Option<(Inline, usize)> {
    let fence: String = rest.chars().take_while(|c| *c == '`').collect();
    let inner = rest.get(fence.len()..)?;
    let end = inner.find(&fence).filter(|end| *end > 0)?;
    let (inside, _) = inner.split_at(end);
    Some((Inline::Code(inside.to_owned()), end + 2 * fence.len()))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains([' ', '<', '"'])
}

fn labelled(rest: &str) -> Option<(Inline, usize)> {
    let inner = rest.strip_prefix('[')?;
    let middle = inner.find("](").filter(|middle| *middle > 0)?;
    let label = inner.get(..middle)?;
    let behind = inner.get(middle + 2..)?;
    let end = behind.find(')')?;
    let url = behind.get(..end)?;
    let shown = url.trim_start_matches('<').trim_end_matches('>');
    if label.contains('[') || !is_address(shown) {
        return None;
    }
    let label = label.replace('\\', "");
    Some((
        Inline::Link {
            url: shown.to_owned(),
            label,
        },
        middle + end + 4,
    ))
}

fn bare_address(rest: &str) -> Option<(Inline, usize)> {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ')' | '"'))
        .unwrap_or(rest.len());
    let url = rest
        .get(..end)?
        .trim_end_matches(['.', ',', ';', '!', '?', '*']);
    let has_host = url
        .split_once("://")
        .is_some_and(|(_, host)| !host.is_empty());
    (is_address(url) && has_host).then(|| {
        (
            Inline::Link {
                url: url.to_owned(),
                label: url.to_owned(),
            },
            url.len(),
        )
    })
}

fn broadcast(rest: &str) -> Option<(Inline, usize)> {
    let word = ["everyone", "here"]
        .into_iter()
        .find(|word| rest.get(1..).is_some_and(|rest| rest.starts_with(word)))?;
    Some((Inline::Broadcast(word.to_owned()), word.len() + 1))
}

fn angle(rest: &str, reader: Reader) -> Option<(Inline, usize)> {
    let inner = rest.strip_prefix('<')?;
    let end = inner.find('>')?;
    let (inside, _) = inner.split_at(end);
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let id = |prefix: &str| {
        inside
            .strip_prefix(prefix)
            .filter(|id| is_id(id))
            .map(str::to_owned)
    };
    let inline = if let Some(role) = id("@&") {
        Inline::Role(role)
    } else if let Some(user) = id("@!").or_else(|| id("@")) {
        Inline::User(user)
    } else if let Some(channel) = id("#") {
        Inline::Channel(channel)
    } else if let Some(time) = inside.strip_prefix("t:") {
        Inline::Time(time_words(time, reader)?)
    } else if let Some(command) = inside.strip_prefix('/') {
        Inline::Command(
            command
                .rsplit_once(':')
                .filter(|(_, id)| is_id(id))?
                .0
                .to_owned(),
        )
    } else if let Some(emoji) = inside
        .strip_prefix(':')
        .or_else(|| inside.strip_prefix("a:"))
    {
        Inline::Text(format!(":{}:", emoji.split_once(':')?.0))
    } else if is_address(inside) {
        Inline::Link {
            url: inside.to_owned(),
            label: inside.to_owned(),
        }
    } else {
        return None;
    };
    Some((inline, end + 2))
}

/// The words of `<t:seconds:style>` (discord.com/developers, "Timestamp Styles").
fn time_words(source: &str, reader: Reader) -> Option<String> {
    let (seconds, style) = source.split_once(':').unwrap_or((source, "f"));
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let there = at.with_timezone(&FixedOffset::east_opt(reader.offset)?);
    let pattern = match style {
        "t" => "%H:%M",
        "T" => "%H:%M:%S",
        "d" => "%d/%m/%Y",
        "D" => "%-d %B %Y",
        "f" => "%-d %B %Y %H:%M",
        "F" => "%A, %-d %B %Y %H:%M",
        "R" => return Some(relative(at, reader.now)),
        _ => return None,
    };
    Some(there.format(pattern).to_string())
}

fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (at - now).num_seconds();
    let (count, unit) = match seconds.unsigned_abs() {
        away @ 0..60 => (away, "second"),
        away @ 60..3_600 => (away / 60, "minute"),
        away @ 3_600..86_400 => (away / 3_600, "hour"),
        away => (away / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let reader = Reader {
            offset: 3_600,
            now: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        };
        plain(&parse(source, reader), &|id| format!("name{id}"))
    }

    #[test]
    fn markup_reads_as_words() {
        assert_eq!(
            shown("**a** *b* _c_ __d__ ~~e~~ ||f|| `g*`"),
            "a b c d e f g*"
        );
        assert_eq!(shown("***both*** and **a *b* c**"), "both and a b c");
        assert_eq!(shown("# Title\n-# small\n> quoted"), "Title\nsmall\nquoted");
        assert_eq!(
            shown("[Read](https://a.example/b_c) https://x.example/y."),
            "Read https://x.example/y."
        );
        assert_eq!(
            shown("<@12> <@&3> <#4> </chorus me:5> <:wave:6>"),
            "@name12 @name3 #name4 /chorus me :wave:"
        );
        assert_eq!(shown("```rust\nlet a = *b;\n```"), "let a = *b;");
    }

    #[test]
    fn times_are_told_in_the_readers_zone() {
        assert_eq!(shown("<t:1800000000:t>"), "09:00");
        assert_eq!(
            shown("<t:1800172800:R> <t:1799996400:R>"),
            "in 2 days 1 hour ago"
        );
        assert_eq!(shown("<t:soon:R>"), "<t:soon:R>");
    }

    #[test]
    fn escapes_and_loose_marks_are_just_signs() {
        assert_eq!(
            shown("\\*not\\* \\<@12\\> a_b_c 2 * 3 * 4"),
            "*not* <@12> a_b_c 2 * 3 * 4"
        );
        assert_eq!(
            shown("[x](javascript:y) <script>"),
            "[x](javascript:y) <script>"
        );
        assert_eq!(shown("**open and `half"), "**open and `half");
    }
}
