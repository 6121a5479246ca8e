//! What was posted, and who clicked: no HTTP in here.
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::site::Site;
use crate::clock::Clock;

/// A post on a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its number, from 1.
    pub id: u64,
    /// Where it stands.
    pub site: Site,
    /// Under whose name.
    pub author: String,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// The words.
    pub words: String,
    /// The link, beside the words or found in them.
    pub link: Option<String>,
    /// What the network's crawler found behind the link.
    pub card: Option<Card>,
    /// Readers who clicked.
    pub visits: Vec<Visit>,
}

/// The card of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its picture.
    pub image: Option<String>,
    /// The host that the card names.
    pub host: String,
}

/// One click by another reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Their browser, in a word or two.
    pub browser: String,
    /// Their address, from a range kept for documentation.
    pub address: String,
    /// The HTTP status that they got; 0 if there was no answer.
    pub status: u16,
    /// Where they were sent.
    pub went_to: Option<String>,
}

/// Why a post was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Over the network's limit.
    #[error("{site} takes at most {most} characters, and this counts {count}.")]
    TooLong {
        /// The network's name.
        site: &'static str,
        /// Its limit.
        most: usize,
        /// What the post counts.
        count: usize,
    },
    /// Neither words nor a link.
    #[error("There is nothing to post yet. Write something, or come with a link.")]
    Empty,
}

#[derive(Debug, Default)]
struct Inner {
    posts: Vec<Post>,
    readers: usize,
    cards: HashMap<String, Card>,
}

/// A handle to all networks; cheap to clone.
#[derive(Clone, Debug)]
pub struct Networks {
    inner: Arc<Mutex<Inner>>,
    clock: Clock,
    author: Arc<str>,
}

impl Networks {
    /// Networks on which this person writes.
    pub fn new(clock: Clock, author: &str) -> Self {
        Self {
            inner: Arc::default(),
            clock,
            author: author.into(),
        }
    }

    /// Under whose name posts stand.
    pub fn author(&self) -> &str {
        &self.author
    }

    fn with<R>(&self, act: impl FnOnce(&mut Inner) -> R) -> R {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// All posts, oldest first.
    pub fn posts(&self) -> Vec<Post> {
        self.with(|inner| inner.posts.clone())
    }

    /// One post.
    pub fn post(&self, id: u64) -> Option<Post> {
        self.with(|inner| inner.posts.iter().find(|post| post.id == id).cloned())
    }

    /// Posts, if the network takes it.
    pub fn publish(&self, site: Site, words: &str, link: Option<String>) -> Result<Post, Refused> {
        let words = words.trim().replace("\r\n", "\n");
        let (count, most) = (
            site.limit().count(&words, link.as_deref()),
            site.limit().most(),
        );
        if count > most {
            return Err(Refused::TooLong {
                site: site.name(),
                most,
                count,
            });
        }
        if words.is_empty() && link.is_none() {
            return Err(Refused::Empty);
        }
        let link = link.or_else(|| first_link(&words));
        let at = self.clock.now();
        let author = self.author.to_string();
        Ok(self.with(|inner| {
            let card = link
                .as_ref()
                .and_then(|link| inner.cards.get(link).cloned());
            let id = inner.posts.last().map_or(1, |post| post.id + 1);
            let post = Post {
                id,
                site,
                author,
                at,
                words,
                link,
                card,
                visits: Vec::new(),
            };
            inner.posts.push(post.clone());
            post
        }))
    }

    /// Counts readers, so that each is another one.
    pub(super) fn next_reader(&self) -> usize {
        self.with(|inner| {
            inner.readers += 1;
            inner.readers
        })
    }

    /// Notes a click.
    pub(super) fn note_visit(&self, id: u64, visit: Visit) {
        self.with(|inner| {
            if let Some(post) = inner.posts.iter_mut().find(|post| post.id == id) {
                post.visits.push(visit);
            }
        });
    }

    /// The card found for a link.
    pub(super) fn known_card(&self, link: &str) -> Option<Card> {
        self.with(|inner| inner.cards.get(link).cloned())
    }

    /// Keeps the card found for a link.
    pub(super) fn keep_card(&self, link: &str, card: Card) {
        self.with(|inner| inner.cards.insert(link.to_owned(), card));
    }

    pub(super) fn save(&self, path: &Path) -> std::io::Result<()> {
        let json = self.with(|inner| serde_json::to_vec(&(inner.readers, &inner.posts)))?;
        let beside = path.with_extension("new");
        std::fs::write(&beside, json)?;
        std::fs::rename(beside, path)
    }

    pub(super) fn load(&self, path: &Path) -> std::io::Result<()> {
        let (readers, posts) = serde_json::from_slice(&std::fs::read(path)?)?;
        self.with(|inner| {
            inner.readers = readers;
            inner.posts = posts;
        });
        Ok(())
    }
}

/// The first link within words.
pub(super) fn first_link(words: &str) -> Option<String> {
    let is_link = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    let found = words.split_whitespace().find(is_link)?;
    Some(found.trim_end_matches(['.', ',', ')', '!', '?']).to_owned())
}
