//! Enumerations as the database stores them: snake-case text on both databases, a number where
//! the order counts.

mod content;
mod flow;
mod insight;
mod people;
mod proposal;
mod retention;
mod traffic;

pub use content::{
    CampaignArea, CampaignGoal, EditMode, FeedItemOutcome, FeedMode, FeedTrouble, ImportKind,
    ImportState, LineOutcome, Network, PostKind, PostState, Priority, ReviewStep,
};
pub use flow::{
    BroadcastHold, DeliveryOperation, DeliveryState, DeliverySubject, PointKind, ShareState,
};
pub use insight::{FigureScope, Measure};
pub use people::{
    BoardVisibility, DeliveryPreference, EndedBy, JoinPolicy, Language, LoginPurpose, Permission,
    Platform, Role,
};
pub use proposal::{ProposalSource, ProposalState};
pub use retention::RetentionKind;
pub use traffic::{DeviceClass, HitClass, HitReason};
