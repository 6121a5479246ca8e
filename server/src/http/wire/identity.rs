//! Introductions of chat accounts.

use server_api::identity::{AccountKind, Introduced, Introduction, Paired, PairingCode};
use server_api::ids::{IdentityId, MemberId};

use super::enums::language_row;
use crate::domain::joining;
use crate::service::{identities, pairing};

/// An introduction as the use case takes it.
pub fn introduction(form: Introduction) -> identities::Introduction {
    identities::Introduction {
        display_name: form.display_name,
        email: form.email,
        email_confirmed: form.email_confirmed,
        kind: match form.account {
            AccountKind::Full => joining::AccountKind::Full,
            AccountKind::Guest => joining::AccountKind::Guest,
            AccountKind::Stranger => joining::AccountKind::Stranger,
            AccountKind::NotAPerson => joining::AccountKind::NotAPerson,
        },
        time_zone: form.time_zone,
        language: form.language.map(language_row),
        roles: form.roles,
    }
}

/// The member that an account belongs to, as it travels.
pub fn introduced(introduced: &identities::Introduced) -> Introduced {
    Introduced {
        member_id: MemberId(introduced.member.id.0),
        created: introduced.created,
    }
}

/// A code as it travels, this once.
pub fn issued(issued: &pairing::Issued) -> PairingCode {
    PairingCode {
        code: issued.code.shown(),
        expires_at: issued.expires_at,
    }
}

/// An account that was joined to a member, as it travels.
pub fn paired(paired: pairing::Paired) -> Paired {
    Paired {
        identity_id: IdentityId(paired.identity.id.0),
        member_id: MemberId(paired.member.id.0),
        display_name: paired.member.display_name,
        organization: paired.organization.name,
    }
}
