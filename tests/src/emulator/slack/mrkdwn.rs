//! Slack's markup as a reader sees it: parsed once, shown as plain text here and as HTML by the
//! inspector.
use chrono::{DateTime, FixedOffset};

/// A piece of formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// `*bold*`.
    Bold(Vec<Inline>),
    /// `_italic_`.
    Italic(Vec<Inline>),
    /// `~struck~`.
    Strike(Vec<Inline>),
    /// `` `code` `` or a block of it.
    Code(String),
    /// `<url|label>`.
    Link {
        /// The target.
        url: String,
        /// What is shown.
        label: String,
    },
    /// `<@U…>`.
    User(String),
    /// `<#C…>`.
    Channel(String),
    /// `<!here>` and its like.
    Broadcast(String),
    /// `<!date^…>`, already in words.
    Date(String),
    /// A line's end.
    Break,
}

/// Parses markup; `offset` is the reader's distance from UTC in seconds, for dates.
pub fn parse(source: &str, offset: i32) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut words = String::new();
    let mut rest = source;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let piece = match first {
            '<' => angle(rest, offset),
            '\n' => Some((Inline::Break, 1)),
            '`' => code(rest),
            '*' | '_' | '~' if !is_word(before) => styled(rest, first, offset),
            ':' => emoji(rest).map(|(shown, length)| (Inline::Text(shown.to_owned()), length)),
            _ => None,
        };
        let length = if let Some((inline, length)) = piece {
            if !words.is_empty() {
                found.push(Inline::Text(unescape(&words)));
                words.clear();
            }
            found.push(inline);
            length
        } else {
            words.push(first);
            first.len_utf8()
        };
        let (eaten, left) = rest.split_at(length);
        before = eaten.chars().last();
        rest = left;
    }
    if !words.is_empty() {
        found.push(Inline::Text(unescape(&words)));
    }
    found
}

/// The words alone; `name` gives the name behind a user's or channel's id.
pub fn plain(inlines: &[Inline], name: &dyn Fn(&str) -> String) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Date(text) => text.clone(),
            Inline::Bold(inner) | Inline::Italic(inner) | Inline::Strike(inner) => {
                plain(inner, name)
            }
            Inline::Link { label, .. } => label.clone(),
            Inline::User(id) => format!("@{}", name(id)),
            Inline::Channel(id) => format!("#{}", name(id)),
            Inline::Broadcast(word) => format!("@{word}"),
            Inline::Break => "\n".to_owned(),
        })
        .collect()
}

/// Undoes the three escapes that Slack asks senders for.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn is_word(before: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric)
}

fn styled(rest: &str, mark: char, offset: i32) -> Option<(Inline, usize)> {
    let inner = rest.strip_prefix(mark)?;
    let end = inner.find(mark)?;
    let (inside, after) = inner.split_at(end);
    let tight = !inside.is_empty() && !inside.starts_with(' ') && !inside.ends_with(' ');
    let closed = !is_word(after.chars().nth(1));
    if !tight || !closed || inside.contains('\n') {
        return None;
    }
    let inlines = parse(inside, offset);
    let inline = match mark {
        '*' => Inline::Bold(inlines),
        '_' => Inline::Italic(inlines),
        _ => Inline::Strike(inlines),
    };
    Some((inline, end + 2))
}

fn code(rest: &str) -> Option<(Inline, usize)> {
    let fence = if rest.starts_with("```") { "```" } else { "`" };
    let inner = rest.strip_prefix(fence)?;
    let end = inner.find(fence).filter(|end| *end > 0)?;
    let (inside, _) = inner.split_at(end);
    Some((Inline::Code(unescape(inside)), end + 2 * fence.len()))
}

fn angle(rest: &str, offset: i32) -> Option<(Inline, usize)> {
    let inner = rest.strip_prefix('<')?;
    let end = inner.find('>')?;
    let (inside, _) = inner.split_at(end);
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target, Some(unescape(label))),
        None => (inside, None),
    };
    let inline = if let Some(id) = target.strip_prefix('@') {
        Inline::User(id.to_owned())
    } else if let Some(id) = target.strip_prefix('#') {
        Inline::Channel(id.to_owned())
    } else if let Some(date) = target.strip_prefix("!date^") {
        Inline::Date(date_words(date, offset).or(label).unwrap_or_default())
    } else if let Some(word) = target.strip_prefix('!') {
        Inline::Broadcast(word.to_owned())
    } else if ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
    {
        let url = unescape(target);
        Inline::Link {
            label: label.unwrap_or_else(|| url.clone()),
            url,
        }
    } else {
        return None;
    };
    Some((inline, end + 2))
}

/// Fills a date's pattern, such as `1392734382^{date} at {time}`.
fn date_words(date: &str, offset: i32) -> Option<String> {
    let mut parts = date.split('^');
    let stamp: i64 = parts.next()?.parse().ok()?;
    let pattern = parts.next()?;
    let zone = FixedOffset::east_opt(offset)?;
    let when = DateTime::from_timestamp(stamp, 0)?.with_timezone(&zone);
    let mut words = pattern.to_owned();
    for (token, format) in [
        ("{date_num}", "%Y-%m-%d"),
        ("{date_long_pretty}", "%A, %-d %B %Y"),
        ("{date_short_pretty}", "%-d %b %Y"),
        ("{date_pretty}", "%-d %B %Y"),
        ("{date_long}", "%A, %-d %B %Y"),
        ("{date_short}", "%-d %b %Y"),
        ("{date}", "%-d %B %Y"),
        ("{time_secs}", "%H:%M:%S"),
        ("{time}", "%H:%M"),
        ("{ago}", "on %-d %b %Y at %H:%M"),
    ] {
        words = words.replace(token, &when.format(format).to_string());
    }
    Some(words)
}

/// Replaces the emoji codes in a plain text.
pub fn with_emoji(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let (symbol, length) = emoji(from).unwrap_or((":", 1));
        shown.push_str(symbol);
        rest = from.split_at(length).1;
    }
    shown.push_str(rest);
    shown
}

/// A symbol for a code, and the length of the code; codes outside this handful stay as they are.
fn emoji(rest: &str) -> Option<(&'static str, usize)> {
    const KNOWN: [(&str, &str); 30] = [
        (":wave:", "👋"),
        (":tada:", "🎉"),
        (":mega:", "📣"),
        (":trophy:", "🏆"),
        (":white_check_mark:", "✅"),
        (":heavy_check_mark:", "✔️"),
        (":warning:", "⚠️"),
        (":link:", "🔗"),
        (":first_place_medal:", "🥇"),
        (":second_place_medal:", "🥈"),
        (":third_place_medal:", "🥉"),
        (":chart_with_upwards_trend:", "📈"),
        (":bulb:", "💡"),
        (":hourglass:", "⌛"),
        (":hourglass_flowing_sand:", "⏳"),
        (":eyes:", "👀"),
        (":sparkles:", "✨"),
        (":heart:", "❤️"),
        (":star:", "⭐"),
        (":bell:", "🔔"),
        (":lock:", "🔒"),
        (":arrow_up:", "⬆️"),
        (":arrow_down:", "⬇️"),
        (":calendar:", "📆"),
        (":busts_in_silhouette:", "👥"),
        (":no_entry:", "⛔"),
        (":information_source:", "ℹ️"),
        (":speech_balloon:", "💬"),
        (":point_right:", "👉"),
        (":thumbsup:", "👍"),
    ];
    KNOWN
        .iter()
        .find(|(code, _)| rest.starts_with(code))
        .map(|(code, symbol)| (*symbol, code.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        plain(&parse(source, 3_600), &|id| format!("name of {id}"))
    }

    #[test]
    fn markup_reads_as_its_words() {
        assert_eq!(
            shown("*Bold* and _thin_, ~gone~ `x*y*`"),
            "Bold and thin, gone x*y*"
        );
        assert_eq!(
            shown("see <https://a.example/?a=1&amp;b=2|the page>"),
            "see the page"
        );
        assert_eq!(
            shown("<@U1> in <#C1> &lt;here&gt;"),
            "@name of U1 in #name of C1 <here>"
        );
        assert_eq!(
            shown("until <!date^0^{date_short} at {time}|then>"),
            "until 1 Jan 1970 at 01:00"
        );
        assert_eq!(shown(":wave: 12:30 :unknown:"), "👋 12:30 :unknown:");
    }

    #[test]
    fn marks_within_words_and_open_ones_stay_as_they_are() {
        assert_eq!(
            shown("snake_case_name 2*3*4 * a *"),
            "snake_case_name 2*3*4 * a *"
        );
        assert_eq!(shown("a < b, <script>"), "a < b, <script>");
    }
}
