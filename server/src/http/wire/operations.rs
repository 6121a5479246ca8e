//! What an operator sees: the audit log, dead jobs, installations, leases.

use entity::{audit_event, job};
use secrecy::ExposeSecret as _;
use server_api::examination::{ExaminedChannel, ExaminedChat};
use server_api::ids::{AuditEventId, InstallationId, JobId, MemberId};
use server_api::installation::Installation;
use server_api::lease::Lease;
use server_api::operations::{AuditEvent, DeadJob};

use super::enums::{language, platform};
use crate::service::examination::Chat;
use crate::service::installations::Opened;
use crate::service::leases::Outcome;

/// An entry of the audit log as it travels.
pub fn audit_event(row: audit_event::Model) -> AuditEvent {
    AuditEvent {
        id: AuditEventId(row.id.0),
        actor_id: row.actor_id.map(|id| MemberId(id.0)),
        action: row.action,
        subject: row.subject,
        detail: row.detail,
        at: row.at,
    }
}

/// A dead job as it travels; one that lives has no such form.
pub fn dead_job(row: job::Model) -> DeadJob {
    DeadJob {
        id: JobId(row.id.0),
        kind: row.kind,
        attempts: row.attempts,
        last_error: row.last_error,
        dead_at: row.dead_at.unwrap_or(row.created_at),
    }
}

/// An installation with its token, for the part that serves its platform.
pub fn installation(opened: Opened) -> Installation {
    Installation {
        id: InstallationId(opened.row.id.0),
        platform: platform(opened.row.platform),
        external_id: opened.row.external_id,
        name: opened.row.name,
        bot_user_ref: opened.row.bot_user_ref,
        bot_token: opened.bot_token.expose_secret().to_owned(),
        language: language(opened.language),
    }
}

/// An installation as the chats' own examination takes it.
pub fn examined_chat(chat: Chat) -> ExaminedChat {
    let channels = chat.channels.into_iter().map(|channel| ExaminedChannel {
        external_id: channel.external_id,
        name: channel.name,
    });
    ExaminedChat {
        platform: platform(chat.row.platform),
        external_id: chat.row.external_id,
        name: chat.row.name,
        bot_token: chat.bot_token.map(|token| token.expose_secret().to_owned()),
        channels: channels.collect(),
    }
}

/// What came of asking for a lease.
pub fn lease(outcome: &Outcome) -> Lease {
    Lease {
        held: outcome.held,
        until: outcome.lease.until,
        fence: outcome.lease.fence,
    }
}
