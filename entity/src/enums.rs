//! Enumerations as the database stores them: snake-case text on both databases.

mod content;
mod flow;
mod people;
mod traffic;

pub use content::{EditMode, FeedItemOutcome, FeedMode, Network, PostKind, PostState};
pub use flow::{DeliveryOperation, DeliveryState, DeliverySubject, PointKind, ShareState};
pub use people::{
    BoardVisibility, DeliveryPreference, JoinPolicy, Language, Permission, Platform, Role,
};
pub use traffic::{DeviceClass, HitClass, HitReason};
