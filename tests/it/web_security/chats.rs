//! Words of anybody in the cards of both chats: nobody is called, nothing is linked under
//! another text, nothing becomes markup.

use bots::{discord, slack};
use conversation::{Dialog, View};
use serde_json::Value;

use crate::parity::filled;

const SAID: [&str; 14] = [
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S1>",
    "<@U0ADA>",
    "<#C0NEWS>",
    "<https://evil.example|https://acme.example>",
    "&lt;!channel&gt;",
    "@everyone",
    "@here",
    "<@110000000000000001>",
    "<@&110000000000000001>",
    "[https://acme.example](https://evil.example)",
    "</chorus:1><a:x:5>",
];

/// Every text within that Slack reads as markup: `mrkdwn`, and what it shows where no
/// blocks are.
fn read_by_slack<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => {
            for item in items {
                read_by_slack(item, found);
            }
        }
        Value::Object(fields) => {
            if fields.get("type").and_then(Value::as_str) == Some("mrkdwn") {
                found.extend(fields["text"].as_str());
            }
            for field in fields.values() {
                read_by_slack(field, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every text of an embed or a message, which Discord reads as markdown.
fn read_by_discord<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => {
            for item in items {
                read_by_discord(item, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field) {
                    // Titles, names, footers and what controls bear are shown as they are.
                    ("description" | "content" | "value", Value::String(text)) => {
                        found.push(text);
                    }
                    ("components", _) => {}
                    (_, field) => read_by_discord(field, found),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What Slack would act upon, save our own times.
fn acts_on_slack(text: &str) -> bool {
    text.replace("<!date^", "").contains('<')
}

/// Whether some character that Discord acts upon stands there without its backslash.
fn acts_on_discord(text: &str) -> bool {
    let mut before = ' ';
    let mut open = false;
    let own_times = text.replace("<t:", "(");
    own_times.chars().any(|letter| {
        let escaped = before == '\\';
        before = if escaped && letter == '\\' {
            ' '
        } else {
            letter
        };
        if letter == '`' && !escaped {
            open = !open;
        }
        // Between backquotes nothing formats or calls.
        !open && !escaped && matches!(letter, '<' | '@' | '[')
    })
}

fn all() -> Vec<(String, View)> {
    let mut all = Vec::new();
    for said in SAID {
        for (name, mut view) in View::samples() {
            filled::view(&mut view, said);
            all.push((format!("{name}: {said}"), view));
        }
    }
    all
}

#[test]
fn no_words_call_anybody_or_become_markup_on_slack() {
    for (name, view) in all() {
        let message = slack::render::message(&view);
        let home = slack::render::home(&view);
        let mut texts = vec![message.text.as_str()];
        for block in &message.blocks {
            read_by_slack(block, &mut texts);
        }
        read_by_slack(&home, &mut texts);
        assert!(!texts.is_empty());
        for text in texts {
            assert!(!acts_on_slack(text), "{name}: {text}");
        }
    }
    for said in SAID {
        for (name, mut dialog) in Dialog::samples() {
            filled::dialog(&mut dialog, said);
            let modal = slack::render::modal(&dialog, "{}");
            let mut texts = Vec::new();
            read_by_slack(&modal, &mut texts);
            for text in texts {
                assert!(!acts_on_slack(text), "{name}: {text}");
            }
        }
    }
}

#[test]
fn no_words_call_anybody_or_become_markup_on_discord() {
    for (name, view) in all() {
        let body = discord::render::message(&view, None).body();
        let nobody = serde_json::json!({ "parse": [] });
        assert_eq!(body["allowed_mentions"], nobody, "{name}");
        let mut texts = Vec::new();
        read_by_discord(&body, &mut texts);
        for text in texts {
            assert!(!acts_on_discord(text), "{name}: {text}");
        }
    }
}
