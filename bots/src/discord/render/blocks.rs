//! Building blocks that fit Discord's limits by construction.

use std::collections::BTreeSet;

use conversation::view::{Button, Choice, Control, Fact, Link, Phrase, Picture, Span, Weight};
use serde_json::{Map, Value, json};
use server_api::ids::DeliveryId;

use super::{Message, custom_id};
use crate::discord::{limits, text};
use crate::fitting::address;

/// The house's vermilion, `oklch(58% .17 25)`: a live thing.
pub(super) const ACCENT: u32 = 0x00cb_4644;
/// It is done, `oklch(58% .12 150)`.
pub(super) const DONE: u32 = 0x003d_8e53;
/// Something to know, `oklch(60% .08 245)`.
pub(super) const INFO: u32 = 0x0056_85ad;
/// It did not work, `oklch(72% .14 75)`.
pub(super) const PROBLEM: u32 = 0x00d7_9628;
/// It is over, `oklch(55% .01 265)`.
pub(super) const OVER: u32 = 0x006f_7278;

/// What a select's id begins with; what it does stands in its options.
const CHOICE: &str = "choice";

/// A message under construction. What would exceed a limit is shortened or left out, and
/// no two controls have the same id.
pub(super) struct Blocks {
    delivery: Option<DeliveryId>,
    colour: u32,
    embeds: Vec<Map<String, Value>>,
    embed: Embed,
    /// What the embeds may still hold together.
    room: usize,
    rows: Vec<Vec<Value>>,
    ids: BTreeSet<String>,
    choices: usize,
}

/// The embed that is written at the moment.
#[derive(Default)]
struct Embed {
    title: String,
    description: String,
    fields: Vec<Value>,
    footer: String,
    image: Option<String>,
    thumbnail: Option<String>,
}

impl Blocks {
    /// A message of `delivery`, or an answer.
    pub(super) fn new(delivery: Option<DeliveryId>) -> Self {
        Self {
            delivery,
            colour: ACCENT,
            embeds: Vec::new(),
            embed: Embed::default(),
            room: limits::EMBEDS_TEXT,
            rows: Vec::new(),
            ids: BTreeSet::new(),
            choices: 0,
        }
    }

    /// The colour at the message's side.
    pub(super) fn colour(&mut self, colour: u32) {
        self.colour = colour;
    }

    /// A headline of anybody's words.
    pub(super) fn header(&mut self, words: &str) {
        let words = text::markdown(words, limits::EMBED_TITLE.min(self.room));
        let words = words.trim();
        if !words.is_empty() {
            self.room -= text::length(words);
            words.clone_into(&mut self.embed.title);
        }
    }

    /// A paragraph of anybody's words, with a picture below the embed's words.
    pub(super) fn paragraph(&mut self, words: &str, picture: Option<&Picture>) {
        self.phrase(&vec![Span::Text(words.to_owned())]);
        self.embed.image = picture.and_then(|one| address(&one.url, limits::IMAGE_URL));
    }

    /// A small picture beside the embed's words.
    pub(super) fn thumbnail(&mut self, picture: Option<&Picture>) {
        self.embed.thumbnail = picture.and_then(|one| address(&one.url, limits::IMAGE_URL));
    }

    /// A paragraph of our own words.
    pub(super) fn phrase(&mut self, phrase: &Phrase) {
        let words = text::phrase(phrase, self.line_room("\n\n"));
        self.append("\n\n", &words);
    }

    /// A line right below what stands before it.
    pub(super) fn line(&mut self, phrase: &Phrase) {
        let words = text::phrase(phrase, self.line_room("\n"));
        self.append("\n", &words);
    }

    /// Small print: in the footer, except what shows a time, which Discord only does in
    /// the description.
    pub(super) fn context<'a>(&mut self, phrases: impl IntoIterator<Item = &'a Phrase>) {
        for phrase in phrases {
            if phrase.iter().any(|span| matches!(span, Span::Time(_))) {
                self.phrase(phrase);
            } else {
                self.footer(phrase);
            }
        }
    }

    fn footer(&mut self, phrase: &Phrase) {
        let separator = if self.embed.footer.is_empty() {
            ""
        } else {
            " · "
        };
        let used = text::length(&self.embed.footer) + text::length(separator);
        let room = limits::FOOTER.saturating_sub(used);
        let room = room.min(self.room.saturating_sub(text::length(separator)));
        let words = text::plain_phrase(phrase, limits::SMALL_PRINT.min(room));
        if !words.is_empty() {
            self.room -= text::length(separator) + text::length(&words);
            self.embed.footer.push_str(separator);
            self.embed.footer.push_str(&words);
        }
    }

    /// Figures with their labels, side by side.
    pub(super) fn facts(&mut self, facts: &[Fact]) {
        for fact in facts.iter().take(limits::FIELDS) {
            let half = limits::FIELD_VALUE / 2 - 1;
            let name = text::or_nothing(text::markdown(&fact.label, limits::FIELD_NAME));
            let number = text::or_nothing(text::phrase(&fact.value, half - 4));
            let mut value = format!("**{number}**");
            if let Some(how) = &fact.how {
                value.push('\n');
                value.push_str(&text::phrase(how, half));
            }
            let length = text::length(&name) + text::length(&value);
            if length <= self.room {
                self.room -= length;
                let field = json!({ "name": name, "value": value, "inline": true });
                self.embed.fields.push(field);
            }
        }
    }

    /// What follows stands in an embed of its own.
    pub(super) fn divider(&mut self) {
        let embed = std::mem::take(&mut self.embed).finish(self.colour);
        if let Some(embed) = embed
            && self.embeds.len() < limits::EMBEDS
        {
            self.embeds.push(embed);
        }
    }

    /// Things to press: choices one below the other, buttons and links in rows.
    pub(super) fn controls(&mut self, controls: &[Control]) {
        let mut row = Vec::new();
        for control in controls {
            match control {
                Control::Button(button) => row.extend(self.button(button)),
                Control::Link(link) => row.extend(link_button(link)),
                Control::Choice(choice) => {
                    self.row(std::mem::take(&mut row));
                    let select = self.select(choice);
                    self.row(select.into_iter().collect());
                }
            }
        }
        self.row(row);
    }

    /// The same for one of several things of a list: each of its buttons shows which.
    pub(super) fn numbered(&mut self, index: usize, controls: &[Control]) -> Vec<Value> {
        let mut row = Vec::new();
        for control in controls {
            let element = match control {
                Control::Button(button) => self.button(button),
                Control::Link(link) => link_button(link),
                Control::Choice(choice) => {
                    let select = self.select(choice);
                    self.row(select.into_iter().collect());
                    None
                }
            };
            row.extend(element.map(|element| with_number(element, index)));
        }
        row
    }

    /// Rows of elements made by [`Self::button`], [`Self::select`] and [`link_button`].
    pub(super) fn row(&mut self, elements: Vec<Value>) {
        let mut rest = elements;
        while !rest.is_empty() {
            let next = rest.split_off(rest.len().min(limits::BUTTONS));
            self.rows.push(rest);
            rest = next;
        }
    }

    /// One more thing to press: in a row of its own where there is one left, else at the end
    /// of the last row of buttons that has room.
    pub(super) fn one_more(&mut self, control: &Control) {
        if self.rows.len() < limits::ROWS {
            self.controls(std::slice::from_ref(control));
            return;
        }
        let element = match control {
            Control::Button(button) => self.button(button),
            Control::Link(link) => link_button(link),
            Control::Choice(_) => None,
        };
        let has_room =
            |row: &&mut Vec<Value>| row.len() < limits::BUTTONS && row.iter().all(is_button);
        if let Some(row) = self.rows.iter_mut().rev().find(has_room) {
            row.extend(element);
        }
    }

    /// None for what stands on the message already.
    pub(super) fn button(&mut self, button: &Button) -> Option<Value> {
        // "Button Styles": primary and secondary.
        let style = match button.weight {
            Weight::Primary => 1,
            Weight::Plain => 2,
        };
        self.carrying(&button.label, style, &button.action.encode())
    }

    /// A button that may carry something else than an action.
    pub(super) fn carrying(&mut self, label: &str, style: u8, carried: &str) -> Option<Value> {
        let id = self.id(carried)?;
        let label = text::label(label, limits::BUTTON_LABEL);
        Some(json!({ "type": 2, "style": style, "label": label, "custom_id": id }))
    }

    /// None where there is nothing to choose from.
    pub(super) fn select(&mut self, choice: &Choice) -> Option<Value> {
        let mut options: Vec<Value> = Vec::new();
        let mut values = BTreeSet::new();
        for (index, (label, action)) in choice.options.iter().enumerate() {
            let value = action.encode();
            if options.len() < limits::OPTIONS && values.insert(value.clone()) {
                options.push(option(choice, index, label, &value));
            }
        }
        if options.is_empty() {
            return None;
        }
        self.choices += 1;
        let id = self.id(&format!("{CHOICE}.{}", self.choices))?;
        Some(json!({
            "type": 3,
            "custom_id": id,
            "placeholder": text::plain_text(&choice.label, limits::PLACEHOLDER),
            "options": options,
        }))
    }

    /// A select of several, each carrying its own value.
    pub(super) fn several(&mut self, carried: &str, label: &str, options: &[Value], most: usize) {
        if let Some(id) = self.id(carried) {
            self.row(vec![json!({
                "type": 3,
                "custom_id": id,
                "placeholder": text::plain_text(label, limits::PLACEHOLDER),
                "min_values": 1,
                "max_values": options.len().min(most),
                "options": options,
            })]);
        }
    }

    fn id(&mut self, carried: &str) -> Option<String> {
        let id = custom_id(self.delivery, carried);
        (text::length(&id) <= limits::CUSTOM_ID && self.ids.insert(id.clone())).then_some(id)
    }

    fn line_room(&self, separator: &str) -> usize {
        let used = text::length(&self.embed.description);
        let separator = if used == 0 { 0 } else { separator.len() };
        limits::EMBED_DESCRIPTION
            .saturating_sub(used)
            .min(self.room)
            .saturating_sub(separator)
    }

    fn append(&mut self, separator: &str, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let description = &mut self.embed.description;
        let before = text::length(description);
        if before > 0 {
            description.push_str(separator);
        }
        description.push_str(words);
        self.room -= text::length(description) - before;
    }

    /// The message. A message that says nothing at all is none to Discord.
    pub(super) fn finish(mut self) -> Message {
        self.divider();
        if self.embeds.is_empty() {
            self.append("", text::NOTHING);
            self.divider();
        }
        self.rows.truncate(limits::ROWS);
        Message {
            embeds: self.embeds.into_iter().map(Value::Object).collect(),
            components: self
                .rows
                .into_iter()
                .map(|row| json!({ "type": 1, "components": row }))
                .collect(),
        }
    }
}

impl Embed {
    fn finish(self, colour: u32) -> Option<Map<String, Value>> {
        let mut embed = Map::new();
        for (name, words) in [("title", self.title), ("description", self.description)] {
            if !words.is_empty() {
                embed.insert(name.to_owned(), json!(words));
            }
        }
        if !self.fields.is_empty() {
            embed.insert("fields".to_owned(), json!(self.fields));
        }
        if !self.footer.is_empty() {
            embed.insert("footer".to_owned(), json!({ "text": self.footer }));
        }
        for (name, url) in [("image", self.image), ("thumbnail", self.thumbnail)] {
            if let Some(url) = url {
                embed.insert(name.to_owned(), json!({ "url": url }));
            }
        }
        if embed.is_empty() {
            return None;
        }
        embed.insert("color".to_owned(), json!(colour));
        Some(embed)
    }
}

/// None for what is no address: Discord would refuse the whole message for it.
pub(super) fn link_button(link: &Link) -> Option<Value> {
    let url = address(&link.url, limits::BUTTON_URL)?;
    Some(json!({
        "type": 2,
        "style": 5,
        "label": text::label(&link.label, limits::BUTTON_LABEL),
        "url": url,
    }))
}

/// A number as a sign, which also fits on buttons; none for what needs two digits.
pub(super) fn number_sign(index: usize) -> Option<String> {
    let digit = u32::try_from(index + 1).ok()?;
    char::from_digit(digit, 10).map(|digit| format!("{digit}\u{fe0f}\u{20e3}"))
}

fn with_number(mut element: Value, index: usize) -> Value {
    if let (Some(sign), Some(fields)) = (number_sign(index), element.as_object_mut()) {
        fields.insert("emoji".to_owned(), json!({ "name": sign }));
    }
    element
}

/// The option; the chosen one also says what is chosen, since Discord shows no label
/// beside a select.
fn option(choice: &Choice, index: usize, label: &str, value: &str) -> Value {
    if choice.chosen == Some(index) {
        let label = format!("{}: {label}", choice.label);
        json!({ "label": text::label(&label, limits::OPTION_LABEL), "value": value, "default": true })
    } else {
        json!({ "label": text::label(label, limits::OPTION_LABEL), "value": value })
    }
}

fn is_button(element: &Value) -> bool {
    element.get("type") == Some(&json!(2))
}
