//! A chat's message as parts that a page can show: read from what the bots' renderers drew, so
//! that the page shows what the chat will.

use serde_json::Value;

/// Parts of a message, at most.
const PARTS: usize = 60;

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A headline.
    Heading(String),
    /// Words.
    Text(String),
    /// A picture and what it shows.
    Picture(String, String),
    /// Small print.
    Small(String),
    /// What can be pressed.
    Buttons(Vec<String>),
}

/// Slack's blocks.
pub fn slack(message: &Value) -> Vec<Part> {
    let blocks = message["blocks"].as_array();
    let mut parts = Vec::new();
    for block in blocks.into_iter().flatten().take(PARTS) {
        match block["type"].as_str().unwrap_or_default() {
            "header" => parts.extend(text(&block["text"]).map(Part::Heading)),
            "section" => {
                parts.extend(text(&block["text"]).map(Part::Text));
                parts.extend(slack_picture(&block["accessory"]));
            }
            "image" => parts.extend(slack_picture(block)),
            "context" => {
                let elements = block["elements"].as_array().into_iter().flatten();
                let words: Vec<String> = elements.filter_map(text).collect();
                parts.push(Part::Small(words.join(" · ")));
            }
            "actions" => {
                let elements = block["elements"].as_array().into_iter().flatten();
                let buttons: Vec<String> = elements.filter_map(|one| text(&one["text"])).collect();
                parts.push(Part::Buttons(buttons));
            }
            _ => {}
        }
    }
    parts
}

fn slack_picture(value: &Value) -> Option<Part> {
    let url = value["image_url"].as_str()?;
    let alt = value["alt_text"].as_str().unwrap_or_default();
    Some(Part::Picture(url.to_owned(), alt.to_owned()))
}

/// A text object of Slack's as people read it.
fn text(value: &Value) -> Option<String> {
    let text = value["text"].as_str()?;
    Some(if value["type"] == "mrkdwn" {
        from_mrkdwn(text)
    } else {
        text.to_owned()
    })
}

/// Links and times by their words, and the three signs that are escaped.
fn from_mrkdwn(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        read.push_str(before);
        let (inside, behind) = after.split_once('>').unwrap_or((after, ""));
        read.push_str(inside.split_once('|').map_or(inside, |(_, words)| words));
        rest = behind;
    }
    read.push_str(rest);
    let unescaped = read.replace("&lt;", "<").replace("&gt;", ">");
    unescaped.replace("&amp;", "&").replace('*', "")
}

/// Discord's embed and rows.
pub fn discord(message: &Value) -> Vec<Part> {
    let mut parts = Vec::new();
    let embeds = message["embeds"].as_array().into_iter().flatten();
    for embed in embeds.take(PARTS) {
        let words = |name: &str| embed[name].as_str().map(from_markdown);
        parts.extend(words("title").map(Part::Heading));
        parts.extend(words("description").map(Part::Text));
        for field in embed["fields"].as_array().into_iter().flatten().take(PARTS) {
            let name = field["name"].as_str().unwrap_or_default();
            let value = field["value"].as_str().unwrap_or_default();
            let line = format!("{} {}", from_markdown(name), from_markdown(value));
            parts.push(Part::Small(line));
        }
        if let Some(url) = embed.get("image").unwrap_or(&Value::Null)["url"].as_str() {
            parts.push(Part::Picture(url.to_owned(), String::new()));
        }
        let footer = embed.get("footer").unwrap_or(&Value::Null)["text"].as_str();
        parts.extend(footer.map(|text| Part::Small(from_markdown(text))));
    }
    let rows = message["components"].as_array().into_iter().flatten();
    for row in rows.take(PARTS) {
        let controls = row["components"].as_array().into_iter().flatten();
        let labels = controls.filter_map(|one| one["label"].as_str().map(str::to_owned));
        let labels: Vec<String> = labels.collect();
        if !labels.is_empty() {
            parts.push(Part::Buttons(labels));
        }
    }
    parts
}

/// Without the signs that escape others; a time by its date, as in `<t:1794823200:D>`.
fn from_markdown(text: &str) -> String {
    let mut read = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => read.extend(letters.next()),
            '<' if letters.peek() == Some(&'t') => {
                let inside: String = letters.by_ref().take_while(|one| *one != '>').collect();
                let seconds = inside.split(':').nth(1).and_then(|part| part.parse().ok());
                let at = seconds.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
                read.extend(at.map(|at| at.format("%Y-%m-%d").to_string()));
            }
            '*' => {}
            other => read.push(other),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_are_read_as_people_see_them() {
        let message = json!({"text": "x", "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Tea & more"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Fine* &lt;tea&gt; &amp; <https://a.example|more>"},
             "accessory": {"type": "image", "image_url": "https://a.example/a.png", "alt_text": "A pot"}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "until <!date^1^{date}|Monday>"}]},
            {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Share"}}]},
            {"type": "unknown"}
        ]});
        assert_eq!(
            slack(&message),
            [
                Part::Heading("Tea & more".into()),
                Part::Text("Fine <tea> & more".into()),
                Part::Picture("https://a.example/a.png".into(), "A pot".into()),
                Part::Small("until Monday".into()),
                Part::Buttons(vec!["Share".into()]),
            ]
        );
        assert_eq!(slack(&json!(null)), []);
    }

    #[test]
    fn embeds_are_read_as_people_see_them() {
        let message = json!({
            "embeds": [{"title": "Tea \\*now\\*", "description": "**Fine**",
                "image": {"url": "https://a.example/a.png"},
                "footer": {"text": "until <t:1794823200:D>"}}],
            "components": [{"components": [{"label": "Share"}, {"label": "Not for me"}]}]
        });
        assert_eq!(
            discord(&message),
            [
                Part::Heading("Tea *now*".into()),
                Part::Text("Fine".into()),
                Part::Picture("https://a.example/a.png".into(), String::new()),
                Part::Small("until 2026-11-16".into()),
                Part::Buttons(vec!["Share".into(), "Not for me".into()]),
            ]
        );
        assert_eq!(discord(&json!([1, 2])), []);
    }
}
