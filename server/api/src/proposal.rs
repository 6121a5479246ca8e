//! Posts that members propose.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::PostState;
use crate::ids::{PostId, ProposalId};

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for the comms team.
    New,
    /// It became a post.
    Accepted,
    /// It did not.
    Declined,
    /// Its proposer took it back.
    Withdrawn,
}

/// Where a proposal was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// In Slack.
    Slack,
    /// In Discord.
    Discord,
    /// In the console.
    Console,
    /// By the API.
    Api,
}

/// What a member proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// Address of a page, with `http://` or `https://`.
    pub url: String,
    /// Why it is worth sharing: at most 500 characters.
    #[serde(default)]
    pub why: String,
    /// Words for the post: at most 2,000 characters.
    #[serde(default)]
    pub words: String,
}

/// A member's own proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyProposal {
    /// Its id.
    pub id: ProposalId,
    /// The page.
    pub url: String,
    /// Why.
    pub why: String,
    /// Words for the post.
    pub words: String,
    /// What the page calls itself, once it was read.
    pub title: Option<String>,
    /// How far it has come.
    pub state: ProposalState,
    /// What the comms team said with a refusal.
    pub note: Option<String>,
    /// What it earned.
    pub points: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// How a proposal stands to others of the same page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalStanding {
    /// Nobody proposed the page before.
    First,
    /// The caller had proposed it.
    Again,
    /// Somebody else had: it counts as support of theirs.
    Supports,
}

/// What a member is told who proposed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalReceipt {
    /// How it stands to others.
    pub standing: ProposalStanding,
    /// The caller's proposal; none where somebody else had proposed the page.
    pub proposal: Option<MyProposal>,
    /// What a proposal earns when it becomes a post.
    pub points: i64,
}

/// A proposal as those see it who decide on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Name of who proposed it; none once they are gone.
    pub proposer: Option<String>,
    /// Names of those who proposed the same after.
    pub supporters: Vec<String>,
    /// Where it was made.
    pub source: ProposalSource,
    /// The page.
    pub url: String,
    /// Why.
    pub why: String,
    /// Words for the post.
    pub words: String,
    /// What the page calls itself, once it was read.
    pub title: Option<String>,
    /// What the page is about, by its own words.
    pub summary: Option<String>,
    /// The page's picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// How far it has come.
    pub state: ProposalState,
    /// What its proposer is told with a refusal.
    pub note: Option<String>,
    /// The draft that it became.
    pub post_id: Option<PostId>,
    /// Another post that leads to the same page; the oldest.
    pub twin: Option<ProposalTwin>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Name of who decided.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A post that leads to the page of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalTwin {
    /// The post.
    pub post_id: PostId,
    /// Its headline.
    pub title: String,
    /// Where it stands in its life.
    pub state: PostState,
}

/// Which proposals are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ProposalQuery {
    /// Those in this state; those that wait unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ProposalState>,
}

/// Why a proposal does not become a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclineProposal {
    /// What its proposer is told: 1 to 1,000 characters.
    pub note: String,
}

/// What became of a proposal, as its proposer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalOutcome {
    /// The page.
    pub url: String,
    /// What the page calls itself.
    pub title: Option<String>,
    /// What was decided.
    pub state: ProposalState,
    /// What was said with a refusal.
    pub note: Option<String>,
    /// What it earned.
    pub points: i64,
    /// Whether its post went out.
    pub published: bool,
}
