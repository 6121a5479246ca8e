//! Values of JSON columns; beside enums, the only types here that are serialised.

mod line;
mod member;
mod organization;
mod post;
mod retention;

pub use line::{LineChange, LineChanges, LineFault};
pub use member::{Followers, Networks, Roles, Scopes};
pub use organization::{OrganizationSettings, PointRules, UtmTemplate};
pub use post::{Audience, Phrases, PostContent, Words};
pub use retention::Periods;
