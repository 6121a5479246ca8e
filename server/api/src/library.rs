//! The library: what is looked for, how much there is, and steps of many posts at once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{Language, Network, PostKind, PostSort, PostState};
use crate::ids::{MemberId, PostId, SavedViewId};
use crate::post::Post;
use crate::problem::{Code, FieldProblem};

/// Which posts are listed: every part that is given counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct PostQuery {
    /// Words that all occur in title, summary, topics or wordings, whatever their case and accents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<PostState>,
    /// Only those of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PostKind>,
    /// Only those with a wording for this network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    /// Only those of the campaign of this slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Only those about the topic of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Only those that this member wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<MemberId>,
    /// Only those whose content is in this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Only those whose time (of going live, else of writing) is not before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Only those whose time is before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// `newest` unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<PostSort>,
}

/// How many posts there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostCounts {
    /// In each state, also where there are none.
    pub by_state: Vec<PostStateCount>,
    /// Reviews that wait longer than the organization wants.
    pub overdue_reviews: i64,
}

/// How many posts are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostStateCount {
    /// The state.
    pub state: PostState,
    /// How many.
    pub count: i64,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct CalendarPeriod {
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The first moment after it, at most 100 days later.
    pub until: DateTime<Utc>,
}

/// Posts that went or are to go live in a period, in the order of their times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Calendar {
    /// The posts.
    pub posts: Vec<Post>,
    /// Whether there are more than the 500 that one answer takes.
    pub cut: bool,
}

/// A filter that a member keeps under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// Its name.
    pub name: String,
    /// The filter as it stands behind the question mark of an address.
    pub query: String,
}

/// The filters that a member keeps, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedViews {
    /// The filters.
    pub items: Vec<SavedView>,
}

/// A filter to keep; one of the same name is replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// 1 to 60 characters.
    pub name: String,
    /// At most 1,000 characters.
    pub query: String,
}

/// A step of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PostAction {
    /// Hand it to the approvers.
    Submit,
    /// Take it back from them.
    Recall,
    /// Put it out of the library's way.
    Archive,
    /// Bring it back from there.
    Unarchive,
    /// Take it back everywhere.
    Withdraw,
    /// Let it serve a campaign.
    SetCampaign {
        /// The campaign's slug; none for no campaign.
        campaign: Option<String>,
    },
    /// Move it to a time.
    Reschedule {
        /// The time.
        publish_at: DateTime<Utc>,
    },
    /// Move it by minutes, to and fro; whole days keep the time of day in the organization's zone.
    Shift {
        /// How many.
        minutes: i64,
    },
}

/// A post and its step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostStep {
    /// The post.
    pub post_id: PostId,
    /// The step.
    pub action: PostAction,
}

/// Steps of many posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakeSteps {
    /// 1 to 100 of them, taken in their order.
    pub steps: Vec<PostStep>,
}

/// What became of the steps, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepsTaken {
    /// One for each step.
    pub results: Vec<StepTaken>,
    /// The steps that take back what was done and can be taken back.
    pub undo: Vec<PostStep>,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepTaken {
    /// The post.
    pub post_id: PostId,
    /// The post as it is now; none where the step was refused.
    pub post: Option<Post>,
    /// Why it was refused.
    pub code: Option<Code>,
    /// The fields that were the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}
