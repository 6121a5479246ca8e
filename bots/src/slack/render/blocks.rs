//! Building blocks that fit Slack's limits by construction.

use conversation::view::{Button, Choice, Control, Fact, Link, Phrase, Picture, Weight};
use serde_json::{Value, json};
use url::Url;

use crate::slack::{limits, text};

/// A message under construction. Numbers its controls, so that each has an id of its own.
#[derive(Default)]
pub(super) struct Blocks {
    blocks: Vec<Value>,
    controls: usize,
}

impl Blocks {
    /// A headline of anybody's words.
    pub(super) fn header(&mut self, words: &str) {
        let words = text::plain_text(words, limits::HEADER_TEXT);
        if !words.is_empty() {
            self.blocks
                .push(json!({ "type": "header", "text": plain(&words) }));
        }
    }

    /// A paragraph of anybody's words, with a picture at its side.
    pub(super) fn paragraph(&mut self, words: &str, picture: Option<&Picture>) {
        let words = text::plain_text(words, limits::SECTION_TEXT);
        let picture = picture.filter(|picture| is_address(&picture.url, limits::IMAGE_URL));
        match (words.is_empty(), picture) {
            (true, None) => {}
            (true, Some(picture)) => self.blocks.push(image("image", picture)),
            (false, None) => self
                .blocks
                .push(json!({ "type": "section", "text": plain(&words) })),
            (false, Some(picture)) => self.blocks.push(json!({
                "type": "section",
                "text": plain(&words),
                "accessory": image("image", picture),
            })),
        }
    }

    /// A paragraph of ready `mrkdwn`.
    pub(super) fn section(&mut self, mrkdwn: &str) {
        if !mrkdwn.trim().is_empty() {
            self.blocks
                .push(json!({ "type": "section", "text": marked(mrkdwn) }));
        }
    }

    /// A paragraph of our own words.
    pub(super) fn phrase(&mut self, phrase: &Phrase) {
        self.section(&text::phrase(phrase, limits::SECTION_TEXT));
    }

    /// Small print.
    pub(super) fn context<'a>(&mut self, phrases: impl IntoIterator<Item = &'a Phrase>) {
        let elements: Vec<Value> = phrases
            .into_iter()
            .map(|phrase| text::phrase(phrase, limits::CONTEXT_TEXT))
            .filter(|words| !words.trim().is_empty())
            .take(limits::CONTEXT_ELEMENTS)
            .map(|words| marked(&words))
            .collect();
        if !elements.is_empty() {
            self.blocks
                .push(json!({ "type": "context", "elements": elements }));
        }
    }

    /// Figures with their labels, side by side.
    pub(super) fn facts(&mut self, facts: &[Fact]) {
        let fields: Vec<Value> = facts
            .iter()
            .take(limits::FIELDS)
            .map(|fact| marked(&figure(fact)))
            .collect();
        if !fields.is_empty() {
            self.blocks
                .push(json!({ "type": "section", "fields": fields }));
        }
    }

    /// A line between things.
    pub(super) fn divider(&mut self) {
        self.blocks.push(json!({ "type": "divider" }));
    }

    /// Things to press: choices one below the other with their labels, buttons and links
    /// in rows.
    pub(super) fn controls(&mut self, controls: &[Control]) {
        let mut row = Vec::new();
        for control in controls {
            match control {
                Control::Button(button) => row.push(self.button(button)),
                Control::Link(link) => row.extend(self.link(link)),
                Control::Choice(choice) => {
                    self.row(std::mem::take(&mut row));
                    self.labelled(choice);
                }
            }
        }
        self.row(row);
    }

    /// A row of elements made by [`Self::button`], [`Self::link`] and [`Self::select`].
    pub(super) fn row(&mut self, elements: Vec<Value>) {
        let mut rest = elements;
        while !rest.is_empty() {
            let next = rest.split_off(rest.len().min(limits::ACTIONS));
            self.blocks
                .push(json!({ "type": "actions", "elements": rest }));
            rest = next;
        }
    }

    pub(super) fn button(&mut self, button: &Button) -> Value {
        let mut element = json!({
            "type": "button",
            "action_id": self.id(),
            "text": plain(&text::label(&button.label, limits::BUTTON_TEXT)),
            "value": button.action.encode(),
        });
        if button.weight == Weight::Primary
            && let Some(fields) = element.as_object_mut()
        {
            fields.insert("style".to_owned(), json!("primary"));
        }
        element
    }

    /// None for what is no address: Slack would refuse the whole message for it.
    pub(super) fn link(&mut self, link: &Link) -> Option<Value> {
        is_address(&link.url, limits::BUTTON_URL).then(|| {
            json!({
                "type": "button",
                "action_id": self.id(),
                "text": plain(&text::label(&link.label, limits::BUTTON_TEXT)),
                "url": link.url,
            })
        })
    }

    pub(super) fn select(&mut self, choice: &Choice) -> Value {
        let options: Vec<Value> = choice
            .options
            .iter()
            .take(limits::OPTIONS)
            .map(|(label, action)| {
                json!({
                    "text": plain(&text::label(label, limits::OPTION_TEXT)),
                    "value": action.encode(),
                })
            })
            .collect();
        let chosen = choice.chosen.and_then(|index| options.get(index)).cloned();
        let mut element = json!({
            "type": "static_select",
            "action_id": self.id(),
            "placeholder": plain(&text::label(&choice.label, limits::PLACEHOLDER)),
            "options": options,
        });
        if let (Some(chosen), Some(fields)) = (chosen, element.as_object_mut()) {
            fields.insert("initial_option".to_owned(), chosen);
        }
        element
    }

    fn labelled(&mut self, choice: &Choice) {
        let label = text::or_nothing(text::mrkdwn(&choice.label, limits::FIELD_TEXT));
        let select = self.select(choice);
        self.blocks.push(json!({
            "type": "section",
            "text": marked(&label),
            "accessory": select,
        }));
    }

    fn id(&mut self) -> String {
        self.controls += 1;
        format!("control.{}", self.controls)
    }

    /// The blocks, at most `limit`: views are small, so the limit only guards. What says
    /// nothing at all would be none to Slack.
    pub(super) fn finish(mut self, limit: usize) -> Vec<Value> {
        if self.blocks.is_empty() {
            self.section(text::NOTHING);
        }
        self.blocks.truncate(limit);
        self.blocks
    }
}

pub(super) fn plain(words: &str) -> Value {
    json!({ "type": "plain_text", "text": words, "emoji": false })
}

fn is_address(text: &str, limit: usize) -> bool {
    text::length(text) <= limit
        && Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn marked(mrkdwn: &str) -> Value {
    json!({ "type": "mrkdwn", "text": mrkdwn, "verbatim": true })
}

fn image(kind: &str, picture: &Picture) -> Value {
    json!({
        "type": kind,
        "image_url": picture.url,
        "alt_text": text::label(&picture.alt, limits::IMAGE_ALT),
    })
}

fn figure(fact: &Fact) -> String {
    let third = limits::FIELD_TEXT / 3;
    let label = text::or_nothing(text::mrkdwn(&fact.label, third - 2));
    let value = text::or_nothing(text::phrase(&fact.value, third - 2));
    match &fact.how {
        Some(how) => format!("{label}\n*{value}*\n{}", text::phrase(how, third)),
        None => format!("{label}\n*{value}*"),
    }
}
