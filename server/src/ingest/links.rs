//! From a code to its link. A link never changes, so it is remembered; what
//! changes is which posts were withdrawn and where their readers are sent
//! instead, and that is read anew every second.
//!
//! A code that is unknown is asked for each time: somebody may just have made it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::PostState;
use entity::ids::{LinkId, OrganizationId, PostId};
use entity::{link, post};

use super::bounded::Bounded;
use crate::app::App;
use crate::store::{StoreError, links, posts};

/// Links that are remembered. At some 400 bytes each they take 20 MB.
const CAPACITY: usize = 50_000;
/// Letters of a code: what is no code is not asked for.
const CODE_LETTERS: std::ops::RangeInclusive<usize> = 6..=16;
/// How long a reader waits for the database to find a link.
const PATIENCE: Duration = Duration::from_secs(6);
/// How far before the last look the next one begins: longer than a commit may
/// take and than clocks of replicas may differ.
const OVERLAP: TimeDelta = TimeDelta::seconds(60);

/// Where a reader is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// On to this address.
    On(Arc<str>),
    /// Nowhere: the post was withdrawn, and its curator chose no other page.
    Gone,
}

/// A link as far as a reader is concerned.
#[derive(Debug)]
pub struct Link {
    /// The link.
    pub id: LinkId,
    /// Its tenant.
    pub organization: OrganizationId,
    post: PostId,
    destination: Arc<str>,
}

/// Links as they were read, and what is withdrawn.
#[derive(Debug)]
pub struct Memory {
    links: Bounded<Arc<Link>>,
    withdrawn: RwLock<HashMap<PostId, Target>>,
    /// When withdrawals were last read; none before the first time.
    looked: Mutex<Option<DateTime<Utc>>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            links: Bounded::new(CAPACITY),
            withdrawn: RwLock::default(),
            looked: Mutex::default(),
        }
    }
}

impl Memory {
    /// Where a link leads now.
    pub fn target(&self, link: &Link) -> Target {
        self.withdrawn
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&link.post)
            .cloned()
            .unwrap_or_else(|| Target::On(Arc::clone(&link.destination)))
    }

    /// Sends the readers of a withdrawn post to the page that its curator chose.
    pub fn withdraw(&self, posts: impl IntoIterator<Item = (PostId, Option<String>)>) {
        let mut withdrawn = self
            .withdrawn
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for (post, other) in posts {
            withdrawn.insert(
                post,
                other.map_or(Target::Gone, |url| Target::On(url.into())),
            );
        }
    }
}

/// The link of a code; none if there is no such code.
pub async fn resolve(app: &App, code: &str) -> Result<Option<Arc<Link>>, StoreError> {
    let memory = &app.ingest().0.links;
    if let Some(link) = memory.links.get(code) {
        return Ok(Some(link));
    }
    let is_code = CODE_LETTERS.contains(&code.len())
        && code.bytes().all(|letter| letter.is_ascii_alphanumeric());
    if !is_code {
        return Ok(None);
    }
    // Apart, so that the path of what is remembered stays small.
    let found = Box::pin(links::by_code(app.store.reader(), code));
    let found = tokio::time::timeout(PATIENCE, found)
        .await
        .unwrap_or_else(|_| Err(StoreError::away("a link was not found in time")));
    let Some((link, post)) = found? else {
        return Ok(None);
    };
    let known = Arc::new(known(link));
    // Before the link is remembered: whoever finds it there finds this too.
    if let Some(withdrawal) = withdrawal(post) {
        memory.withdraw([withdrawal]);
    }
    memory.links.insert(code, Arc::clone(&known));
    Ok(Some(known))
}

fn known(link: link::Model) -> Link {
    Link {
        id: link.id,
        organization: link.organization_id,
        post: link.post_id,
        destination: link.destination.into(),
    }
}

fn withdrawal(post: post::Model) -> Option<(PostId, Option<String>)> {
    match post.state {
        PostState::Withdrawn => Some((post.id, post.withdrawn_url)),
        // Expiry ends suggesting and sharing; links lead on for good.
        PostState::Draft
        | PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Live
        | PostState::Expired
        | PostState::Archived => None,
    }
}

/// Learns what was withdrawn since the last time, by whichever process.
pub async fn look_for_withdrawals(app: &App) -> Result<(), StoreError> {
    let memory = &app.ingest().0.links;
    let looked = |set: Option<DateTime<Utc>>| {
        let mut looked = memory.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if set.is_some() {
            *looked = set;
        }
        *looked
    };
    let now = app.now();
    let since = looked(None).map_or(DateTime::UNIX_EPOCH, |last| last - OVERLAP);
    let found = posts::withdrawn_since(app.store.reader(), since).await?;
    memory.withdraw(found);
    looked(Some(now));
    Ok(())
}
