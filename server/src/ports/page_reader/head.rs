//! What a page's elements say, gathered in one walk.

use scraper::Html;
use scraper::node::Element;

/// Elements that are looked at: far more than any page's head and first words have.
const ELEMENTS: usize = 50_000;
/// Descriptions that are kept.
const METAS: usize = 500;
/// Blocks of JSON-LD that are kept.
const BLOCKS: usize = 20;

/// How a description is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `<meta property="…">`.
    Property(&'static str),
    /// `<meta name="…">`.
    Name(&'static str),
    /// `<meta itemprop="…">`.
    ItemProp(&'static str),
}

/// What a page's elements say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Descriptions: attribute, its value, and what they say.
    metas: Vec<(&'static str, String, String)>,
    /// The words of `<title>`.
    pub title: Option<String>,
    /// A headline in the page.
    pub heading: Option<String>,
    /// Where it says that it lies.
    pub canonical: Option<String>,
    /// The language of `<html>`.
    pub language: Option<String>,
    /// The first picture of its article.
    pub picture: Option<String>,
    /// The first time that it tells a program.
    pub time: Option<String>,
    /// Blocks of JSON-LD.
    pub linked_data: Vec<String>,
}

impl Head {
    /// Reads a page.
    pub fn of(text: &str) -> Self {
        let document = Html::parse_document(text);
        let mut head = Self::default();
        for node in document.tree.nodes().take(ELEMENTS) {
            let Some(element) = node.value().as_element() else {
                continue;
            };
            let words = || -> String {
                node.descendants()
                    .filter_map(|part| part.value().as_text().map(|text| &**text))
                    .collect()
            };
            let in_article = || {
                node.ancestors().any(|above| {
                    let above = above.value().as_element();
                    above.is_some_and(|one| one.name() == "article" || one.id() == Some("content"))
                })
            };
            match element.name() {
                "meta" => head.describe(element),
                "title" if head.title.is_none() => head.title = full(words()),
                "html" if head.language.is_none() => head.language = attribute(element, "lang"),
                "link" if head.canonical.is_none() && is_canonical(element) => {
                    head.canonical = attribute(element, "href");
                }
                "h1" if head.heading.is_none() && is_headline(element) => {
                    head.heading = full(words());
                }
                "img" if head.picture.is_none() && in_article() => {
                    head.picture = attribute(element, "src");
                }
                "time" if head.time.is_none() => head.time = attribute(element, "datetime"),
                "script" if is_linked_data(element) && head.linked_data.len() < BLOCKS => {
                    head.linked_data.push(words());
                }
                _ => {}
            }
        }
        head
    }

    fn describe(&mut self, element: &Element) {
        let Some(content) = attribute(element, "content") else {
            return;
        };
        for name in ["property", "name", "itemprop"] {
            if let Some(key) = attribute(element, name)
                && self.metas.len() < METAS
            {
                self.metas.push((name, key, content.clone()));
            }
        }
    }

    /// What is said under the first of these names that says something.
    pub fn first(&self, keys: &[Key]) -> Option<String> {
        self.all(keys).into_iter().next()
    }

    /// What is said under each of these names, in their order.
    pub fn all(&self, keys: &[Key]) -> Vec<String> {
        keys.iter()
            .filter_map(|key| {
                let (attribute, name) = match key {
                    Key::Property(name) => ("property", *name),
                    Key::Name(name) => ("name", *name),
                    Key::ItemProp(name) => ("itemprop", *name),
                };
                let found = self
                    .metas
                    .iter()
                    .find(|(kind, key, _)| *kind == attribute && key.eq_ignore_ascii_case(name));
                found.map(|(_, _, content)| content.clone())
            })
            .collect()
    }
}

/// An attribute that says something.
fn attribute(element: &Element, name: &str) -> Option<String> {
    full(element.attr(name)?.to_owned())
}

fn full(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

fn is_canonical(element: &Element) -> bool {
    let rel = element.attr("rel").unwrap_or_default();
    rel.split_ascii_whitespace()
        .any(|word| word.eq_ignore_ascii_case("canonical"))
}

fn is_headline(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or_default();
    class.to_ascii_lowercase().contains("title")
}

fn is_linked_data(element: &Element) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/ld+json")
}
