//! Values of JSON columns; beside enums, the only types here that are serialised.

mod member;
mod organization;

pub use member::{Followers, Networks, Roles, Scopes};
pub use organization::{OrganizationSettings, PointRules, UtmTemplate};
