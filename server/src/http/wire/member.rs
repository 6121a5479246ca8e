//! Members, whom one invites, and what an import did.

use entity::identity;
use server_api::console::ConsoleLink;
use server_api::ids::{IdentityId, MemberId, TeamId};
use server_api::member::{
    CreateMember, ImportReport, InvitationOutcome, InvitePeople, Member, MemberDetail,
    MemberIdentity, MemberQuery, PeopleInvited, PersonInvited, RefusedRow, Standing, UpdateMember,
};
use server_api::problem::FieldProblem;

use super::enums::{self, language, language_row, role, role_row};
use crate::domain::fault::Fault;
use crate::domain::people::{self, Typed, Wanted};
use crate::service::login_links::Issued;
use crate::service::members::change::Details;
use crate::service::members::import::Report;
use crate::service::members::invite::{Invitation, Invited, Outcome};
use crate::service::members::{NewMember, Seen};

/// How far a member has come, as it travels.
fn standing(standing: people::Standing) -> Standing {
    match standing {
        people::Standing::Invited => Standing::Invited,
        people::Standing::Joined => Standing::Joined,
        people::Standing::Left => Standing::Left,
    }
}

/// The same, as it is asked for.
fn standing_row(standing: Standing) -> people::Standing {
    match standing {
        Standing::Invited => people::Standing::Invited,
        Standing::Joined => people::Standing::Joined,
        Standing::Left => people::Standing::Left,
    }
}

/// A member as it travels.
pub fn member(seen: Seen) -> Member {
    let row = seen.member;
    Member {
        id: MemberId(row.id.0),
        standing: standing(people::standing(&row)),
        email: row.email,
        display_name: row.display_name,
        team: seen.team,
        team_id: row.team_id.map(|id| TeamId(id.0)),
        roles: row.roles.0.into_iter().map(role).collect(),
        language: row.language.map(language),
        created_at: row.created_at,
        left_at: row.left_at,
    }
}

/// A member and their accounts as they travel.
pub fn detail((seen, accounts): (Seen, Vec<identity::Model>)) -> MemberDetail {
    let identity = |row: identity::Model| MemberIdentity {
        id: IdentityId(row.id.0),
        platform: enums::platform(row.platform),
        workspace: row.workspace_ref,
        name: row.account_name,
        created_at: row.created_at,
    };
    MemberDetail {
        member: member(seen),
        identities: accounts.into_iter().map(identity).collect(),
    }
}

/// Who is looked for.
pub fn wanted(query: MemberQuery) -> Wanted {
    Wanted {
        search: query.q,
        role: query.role.map(role_row),
        teams: query.team.map(|id| vec![entity::ids::TeamId(id.0)]),
        standing: query.standing.map(standing_row),
        hidden_from: None,
    }
}

/// A member to add, as the use case takes it.
pub fn new_member(form: CreateMember) -> NewMember {
    NewMember {
        email: form.email,
        display_name: form.display_name,
        team: form.team,
        roles: form.roles.into_iter().map(role_row).collect(),
        language: form.language.map(language_row),
    }
}

/// What a member is called, as the use case takes it.
pub fn details(form: UpdateMember) -> Details {
    Details {
        display_name: form.display_name,
        email: form.email,
    }
}

/// People to invite, as the use case takes them.
pub fn invitation(form: InvitePeople) -> Invitation {
    let invited = form.people.into_iter().map(|one| Typed {
        email: one.email,
        name: one.display_name,
    });
    Invitation {
        people: invited.collect(),
        team: form.team_id.map(|id| entity::ids::TeamId(id.0)),
        roles: form.roles.into_iter().map(role_row).collect(),
        language: form.language.map(language_row),
    }
}

/// What became of an invitation, as it travels.
pub fn invited(all: Vec<Invited>) -> PeopleInvited {
    PeopleInvited {
        items: all.into_iter().map(person).collect(),
    }
}

fn person(one: Invited) -> PersonInvited {
    let mut told = PersonInvited {
        email: one.email,
        outcome: InvitationOutcome::Refused,
        member: None,
        console_link: None,
        fields: Vec::new(),
    };
    match one.outcome {
        Outcome::Added(seen, link) => {
            told.outcome = InvitationOutcome::Added;
            told.member = Some(member(seen));
            told.console_link = link.map(console_link);
        }
        Outcome::Known(seen) => {
            told.outcome = InvitationOutcome::Known;
            told.member = Some(member(seen));
        }
        Outcome::Refused(faults) => {
            let field = |fault: Fault| FieldProblem {
                field: fault.field,
                reason: fault.reason,
            };
            told.fields = faults.into_iter().map(field).collect();
        }
    }
    told
}

/// A link into the console as it travels.
pub fn console_link(issued: Issued) -> ConsoleLink {
    ConsoleLink {
        url: issued.url,
        expires_at: issued.expires_at,
    }
}

/// What an import did, as it travels.
pub fn import_report(report: Report) -> ImportReport {
    ImportReport {
        added: report.added,
        updated: report.updated,
        unchanged: report.unchanged,
        refused: report
            .refused
            .into_iter()
            .map(|refused| RefusedRow {
                line: refused.line,
                reason: refused.reason,
            })
            .collect(),
    }
}
