//! A file for Compose as a tree: mappings and lists, two spaces deeper each. Whatever else YAML could
//! say is refused, so that nothing is read here otherwise than Compose reads it.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::vec::IntoIter;

/// What stands at a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    /// What follows on the same line, as it is written.
    Word(String),
    /// Items, each on a line of its own.
    List(Vec<String>),
    /// Keys; none where nothing follows.
    Map(BTreeMap<String, Node>),
}

impl Node {
    /// What stands at these keys, each below the one before.
    pub fn at(&self, keys: &[&str]) -> &Self {
        keys.iter().fold(self, |node, key| {
            let below = node.map().get(*key);
            below.unwrap_or_else(|| panic!("no {key} of {keys:?}"))
        })
    }

    /// The keys, and what stands there.
    pub fn map(&self) -> &BTreeMap<String, Self> {
        let Self::Map(keys) = self else {
            panic!("no keys: {self:?}");
        };
        keys
    }

    /// The items.
    pub fn list(&self) -> &[String] {
        let Self::List(items) = self else {
            panic!("no list: {self:?}");
        };
        items
    }

    /// The word.
    pub fn word(&self) -> &str {
        let Self::Word(word) = self else {
            panic!("no word: {self:?}");
        };
        word
    }
}

/// Lines that say something, each with its depth.
type Lines<'t> = Peekable<IntoIter<(usize, &'t str)>>;

/// Reads a file.
pub fn read(text: &str) -> Node {
    let said = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    });
    let lines = said.map(|line| {
        let words = line.trim_start_matches(' ');
        let is_plain = words == words.trim() && !words.contains(" #");
        assert!(is_plain, "more than a key, a word or an item: {line}");
        (line.len() - words.len(), words)
    });
    let mut lines = lines.collect::<Vec<_>>().into_iter().peekable();
    let tree = block(&mut lines, 0);
    assert_eq!(lines.next(), None, "at another depth than it should be");
    tree
}

/// What stands at this depth, as far as it goes.
fn block(lines: &mut Lines<'_>, depth: usize) -> Node {
    let begins = lines.peek().filter(|(at, _)| *at == depth);
    if begins.is_some_and(|(_, words)| words.starts_with("- ")) {
        return Node::List(items(lines, depth));
    }
    let mut keys = BTreeMap::new();
    while let Some((_, words)) = lines.next_if(|(at, _)| *at == depth) {
        let (key, node) = if let Some((key, word)) = words.split_once(": ") {
            (key, Node::Word(word.to_owned()))
        } else {
            let key = words.strip_suffix(':');
            let key = key.unwrap_or_else(|| panic!("no key: {words}"));
            (key, block(lines, depth + 2))
        };
        let before = keys.insert(key.to_owned(), node);
        assert_eq!(before, None, "{key} stands there twice");
    }
    Node::Map(keys)
}

fn items(lines: &mut Lines<'_>, depth: usize) -> Vec<String> {
    let mut items = Vec::new();
    while let Some((_, words)) = lines.next_if(|(at, _)| *at == depth) {
        let item = words.strip_prefix("- ");
        let item = item.unwrap_or_else(|| panic!("no item: {words}"));
        assert!(!item.contains(": "), "an item is a word: {words}");
        items.push(item.to_owned());
    }
    items
}
