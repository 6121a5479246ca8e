//! From a code to its link. The database is asked each time, so that a
//! withdrawal takes hold at once; what it said is remembered, within bounds,
//! for when it cannot answer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use entity::enums::PostState;
use entity::ids::{LinkId, OrganizationId};
use entity::{link, post};

use crate::app::App;
use crate::store::{StoreError, links};

/// Links that are remembered. At some 300 bytes each they take 6 MB.
const CAPACITY: usize = 20_000;
/// Letters of a code: what is no code is not asked for.
const CODE_LETTERS: std::ops::RangeInclusive<usize> = 6..=16;

/// Where a reader is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// On to this address.
    On(String),
    /// Nowhere: the post was withdrawn, and its curator chose no other page.
    Gone,
}

/// A link as far as a reader is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The link.
    pub link: LinkId,
    /// Its tenant.
    pub organization: OrganizationId,
    /// Where it leads.
    pub target: Target,
}

/// Links as they were last read.
#[derive(Debug, Default)]
pub struct Memory(Mutex<HashMap<String, Known>>);

impl Memory {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<String, Known>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn get(&self, code: &str) -> Option<Known> {
        self.with(|known| known.get(code).cloned())
    }

    fn set(&self, code: &str, link: &Known) {
        self.with(|known| {
            if known.get(code) == Some(link) {
                return;
            }
            // Any one makes room: it costs a popular link nothing to come back.
            if known.len() >= CAPACITY
                && let Some(other) = known.keys().next().cloned()
            {
                known.remove(&other);
            }
            known.insert(code.to_owned(), link.clone());
        });
    }
}

/// The link of a code; none if there is no such code.
pub async fn resolve(app: &App, code: &str) -> Result<Option<Known>, StoreError> {
    let is_code = CODE_LETTERS.contains(&code.len())
        && code.bytes().all(|letter| letter.is_ascii_alphanumeric());
    if !is_code {
        return Ok(None);
    }
    let memory = &app.ingest().0.links;
    match links::by_code(app.store.reader(), code).await {
        Ok(Some((link, post))) => {
            let known = known(link, post);
            memory.set(code, &known);
            Ok(Some(known))
        }
        Ok(None) => Ok(None),
        // Whatever ails the database, a reader is better served by what it said last.
        Err(error) => memory.get(code).map_or(Err(error), |known| Ok(Some(known))),
    }
}

fn known(link: link::Model, post: post::Model) -> Known {
    let target = match (post.state, post.withdrawn_url) {
        (PostState::Withdrawn, Some(other)) => Target::On(other),
        (PostState::Withdrawn, None) => Target::Gone,
        // Expiry ends suggesting and sharing; links lead on for good.
        (
            PostState::Draft
            | PostState::InReview
            | PostState::Approved
            | PostState::Scheduled
            | PostState::Live
            | PostState::Expired
            | PostState::Archived,
            _,
        ) => Target::On(link.destination),
    };
    Known {
        link: link.id,
        organization: link.organization_id,
        target,
    }
}
