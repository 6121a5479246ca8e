//! Proposals: what a member may say in one, which step may follow which, and what it earns.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Platform, PointKind, PostState, ProposalSource, ProposalState};
use entity::ids::MemberId;
use entity::{point_event, post, proposal};

use super::fault::Fault;
use super::points::Entry;
use super::post::{Draft, Passage, TITLE_LIMIT, Wording, check_note, state_at};
use super::{plain_text, web_address};

/// What a proposal earns where its organization said nothing else.
pub const PROPOSAL_POINTS: i64 = 15;
/// Characters of the reason for a proposal.
pub const WHY_LIMIT: usize = 500;
/// Characters of the words for a post: what both chats let somebody type.
pub const WORDS_LIMIT: usize = 2_000;
/// Proposals of a member that may wait at once, or have been taken back, of those made within
/// [`DAY`].
pub const OPEN_A_DAY: u64 = 10;
/// The time over which these are counted.
pub const DAY: TimeDelta = TimeDelta::days(1);
/// For so long a decision can be taken back.
pub const TAKE_BACK: TimeDelta = TimeDelta::minutes(1);
/// So long after a decision its proposer hears of it: a little later, so that who takes it back at
/// the last moment, by a clock that is behind, is not too late.
pub const TELL_AFTER: TimeDelta = TimeDelta::seconds(65);

/// What a member proposes: unchecked until [`Proposed::checked`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The page.
    pub url: String,
    /// Why.
    pub why: String,
    /// Words for the post.
    pub words: String,
}

/// The same, fit to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The page.
    pub url: String,
    /// The page normalised.
    pub canonical_url: String,
    /// Why.
    pub why: String,
    /// Words for the post.
    pub words: String,
}

impl Proposed {
    /// The same with its address normalised; or every fault in it.
    pub fn checked(&self) -> Result<Checked, Vec<Fault>> {
        let mut faults = Vec::new();
        let url = match web_address::parse(&self.url) {
            Ok(url) => Some(url),
            Err(fault) => {
                faults.push(Fault::new("url", fault.to_string()));
                None
            }
        };
        let why = text(&mut faults, ("why", WHY_LIMIT), &self.why);
        let words = text(&mut faults, ("words", WORDS_LIMIT), &self.words);
        match url.filter(|_| faults.is_empty()) {
            Some(url) => Ok(Checked {
                canonical_url: web_address::canonical(&url),
                url: url.into(),
                why,
                words,
            }),
            None => Err(faults),
        }
    }
}

fn text(faults: &mut Vec<Fault>, (field, most): (&str, usize), typed: &str) -> String {
    let text = typed.trim();
    let length = text.chars().count();
    if length > most {
        let reason = format!("has {length} characters, at most {most} are allowed");
        faults.push(Fault::new(field, reason));
    } else if text.contains('\0') {
        // Postgres stores no NUL in a text.
        faults.push(Fault::new(field, "must not contain NUL"));
    }
    text.to_owned()
}

/// The note that a proposer reads with a refusal.
pub fn checked_note(note: &str) -> Result<String, Fault> {
    check_note(note)
}

/// What is done with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It becomes a post.
    Accept,
    /// It does not.
    Decline,
    /// Either is taken back.
    Reopen,
    /// Its proposer takes it back.
    Withdraw,
}

/// Whether a step may follow on a state.
pub fn passage(state: ProposalState, step: Step) -> Passage {
    match (state, step) {
        (ProposalState::New, Step::Accept | Step::Decline | Step::Withdraw)
        | (ProposalState::Accepted | ProposalState::Declined, Step::Reopen) => Passage::Open,
        (ProposalState::New, Step::Reopen)
        | (ProposalState::Accepted, Step::Accept)
        | (ProposalState::Declined, Step::Decline)
        | (ProposalState::Withdrawn, Step::Withdraw) => Passage::Done,
        (ProposalState::Accepted, Step::Decline | Step::Withdraw)
        | (ProposalState::Declined, Step::Accept | Step::Withdraw)
        | (ProposalState::Withdrawn, Step::Accept | Step::Decline | Step::Reopen) => Passage::Shut,
    }
}

/// Whether a decision can still be taken back: nobody was told of it yet.
pub fn may_be_taken_back(proposal: &proposal::Model, now: DateTime<Utc>) -> bool {
    proposal.decided_at.is_some_and(|at| now < at + TAKE_BACK)
}

/// The same as long as that may be: what its proposer sees, who was not told yet.
pub fn undecided(proposal: proposal::Model) -> proposal::Model {
    proposal::Model {
        state: ProposalState::New,
        note: None,
        post_id: None,
        decided_by: None,
        decided_at: None,
        ..proposal
    }
}

/// Whether what a proposal became is over, so that its page may be proposed once more.
pub fn is_over(post: &post::Model, now: DateTime<Utc>) -> bool {
    match state_at(post, now) {
        PostState::Draft
        | PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Live => false,
        PostState::Expired | PostState::Archived | PostState::Withdrawn => true,
    }
}

/// What keeps others from proposing the same once more: only while it waits or became a post.
pub fn open_key(state: ProposalState, canonical_url: &str) -> Option<String> {
    match state {
        ProposalState::New | ProposalState::Accepted => Some(canonical_url.to_owned()),
        ProposalState::Declined | ProposalState::Withdrawn => None,
    }
}

/// Whether its proposer earns by it: not by what they accepted themselves.
pub fn earns(proposal: &proposal::Model, accepted_by: MemberId) -> bool {
    proposal
        .member_id
        .is_some_and(|member| member != accepted_by)
}

/// The ledger's entry for a proposal that became a post: one each time that it does.
pub fn award(proposal: &proposal::Model, points: i64) -> Entry {
    Entry {
        kind: PointKind::ProposalAccepted,
        points,
        dedupe_key: award_key(proposal),
    }
}

/// The ledger's key of the award for the latest decision.
pub fn award_key(proposal: &proposal::Model) -> String {
    format!("proposal:{}:{}:accepted", proposal.id, proposal.decisions)
}

/// The entry that takes an award back.
pub fn reversal(proposal: &proposal::Model, award: &point_event::Model) -> Entry {
    Entry {
        kind: PointKind::ProposalReversed,
        points: award.points.saturating_neg(),
        dedupe_key: format!("proposal:{}:{}:reversed", proposal.id, proposal.decisions),
    }
}

/// The post that it is to become, as far as it is known.
pub fn draft(proposal: &proposal::Model) -> Draft {
    let words = (!proposal.words.is_empty()).then(|| Wording {
        network: None,
        text: proposal.words.clone(),
    });
    let title = proposal.title.as_deref().map(plain_text::one_line);
    Draft {
        title: plain_text::shorten(&title.unwrap_or_default(), TITLE_LIMIT),
        summary: proposal.summary.clone().unwrap_or_default(),
        url: Some(proposal.url.clone()),
        image_url: proposal.image_url.clone(),
        image_alt: proposal.image_alt.clone(),
        variants: words.into_iter().collect(),
        ..Draft::default()
    }
}

/// Where somebody proposes who asks by an account on a chat, or by none.
pub fn source(asked_on: Option<Platform>) -> ProposalSource {
    match asked_on {
        Some(Platform::Slack) => ProposalSource::Slack,
        Some(Platform::Discord) => ProposalSource::Discord,
        None => ProposalSource::Api,
    }
}

/// The chat in which its proposer is told what became of it; none for one that was made elsewhere.
pub fn chat(source: ProposalSource) -> Option<Platform> {
    match source {
        ProposalSource::Slack => Some(Platform::Slack),
        ProposalSource::Discord => Some(Platform::Discord),
        ProposalSource::Console | ProposalSource::Api => None,
    }
}

#[cfg(test)]
mod tests;
