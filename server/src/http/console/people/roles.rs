//! Roles to tick: what each opens, and whether who looks may give and take it.

use entity::enums::Role;

use crate::domain::permission;
use crate::http::console::door::{Console, Door};
use crate::http::console::form::Fields;
use crate::http::console::named;

/// A role to tick.
pub(super) struct RoleTick {
    pub(super) word: &'static str,
    pub(super) name: String,
    pub(super) what: String,
    pub(super) is_on: bool,
    /// Whether who looks may give and take it.
    pub(super) may: bool,
}

/// Every role, with what it opens, and whether who looks may give it.
pub(super) fn ticks<P: Door>(console: &Console<P>, held: &[Role]) -> Vec<RoleTick> {
    let may = |role: Role| {
        permission::granted_by(role)
            .iter()
            .all(|one| console.actor.require(*one).is_ok())
    };
    let tick = |role: &Role| RoleTick {
        word: named::held::word(*role),
        name: console.look.say(named::held::key(*role)),
        what: console.look.say(what(*role)),
        is_on: held.contains(role),
        may: may(*role),
    };
    named::held::ALL.iter().map(tick).collect()
}

/// The key of what a role opens.
fn what(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-what-owner",
        Role::Admin => "role-what-admin",
        Role::Curator => "role-what-curator",
        Role::Approver => "role-what-approver",
        Role::Recruiter => "role-what-recruiter",
        Role::Analyst => "role-what-analyst",
        Role::TeamLead => "role-what-team-lead",
    }
}

/// The roles that a form ticks.
pub(super) fn ticked(fields: &Fields) -> Vec<Role> {
    fields.all("role").filter_map(named::held::read).collect()
}
