//! What is known of a member, as it travels.

use chrono::{DateTime, Utc};
use entity::enums::ProposalState;
use entity::{
    dismissal, identity, point_event, post, proposal, proposal_supporter, review_note, saved_view,
    session,
};
use serde::Serialize;
use serde_json::{Map, Value};
use server_api::export::{
    ExportPart, ExportedDismissal, ExportedIdentity, ExportedMessages, ExportedNote,
    ExportedPoints, ExportedPost, ExportedPreferences, ExportedProposal, ExportedSession,
    ExportedShare, ExportedSupport, ExportedToken, ExportedView, VERSION,
};
use server_api::ids::IdentityId;
use server_api::me::QuietHours as WireQuiet;
use server_api::member::MemberIdentity;

use super::enums::{
    board_visibility, delivery_preference, network, permission, platform, post_state,
    proposal_state, review_step, share_state,
};
use super::operations::audit_event;
use crate::domain::proposal::may_be_taken_back;
use crate::domain::quiet::QuietHours;
use crate::service::exports::{Export, List, Messages, Private, Rows, Shared};

/// Everything but the long lists, by the names of its parts.
pub fn head(export: &Export) -> Map<String, Value> {
    let mut head = Map::new();
    let mut put = |name: &str, value: Value| {
        head.insert(name.to_owned(), value);
    };
    put("version", json(&VERSION));
    put("exported_at", json(&export.at));
    put("organization", json(&export.organization.name));
    put("left_out", json(&left_out(export)));
    put("member", json(&super::member::member(export.seen.clone())));
    let identities = export.identities.iter().cloned().map(identity);
    put("identities", json(&identities.collect::<Vec<_>>()));
    if let Some(private) = &export.private {
        put("preferences", json(&preferences(export)));
        private_parts(private, put);
    }
    head
}

fn private_parts(private: &Private, mut put: impl FnMut(&str, Value)) {
    let sessions = private.sessions.iter().map(session);
    put("sessions", json(&sessions.collect::<Vec<_>>()));
    let tokens = private.tokens.iter().map(|row| ExportedToken {
        name: row.name.clone(),
        scopes: row.scopes.0.iter().copied().map(permission).collect(),
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        created_at: row.created_at,
    });
    put("tokens", json(&tokens.collect::<Vec<_>>()));
    let views = private.views.iter().map(view);
    put("views", json(&views.collect::<Vec<_>>()));
    let dismissals = private.dismissals.iter().map(dismissal);
    put("dismissals", json(&dismissals.collect::<Vec<_>>()));
    let messages = private.messages.iter().map(messages);
    put("messages", json(&messages.collect::<Vec<_>>()));
    let supported = private.supported.iter().map(support);
    put("supported", json(&supported.collect::<Vec<_>>()));
}

/// What is for the member alone or for who may read it, and not in this file.
fn left_out(export: &Export) -> Vec<ExportPart> {
    let mut left_out = Vec::new();
    if export.private.is_none() {
        left_out.extend([
            ExportPart::Preferences,
            ExportPart::Sessions,
            ExportPart::Tokens,
            ExportPart::Views,
            ExportPart::Dismissals,
            ExportPart::Messages,
            ExportPart::Shares,
            ExportPart::Points,
            ExportPart::Supported,
        ]);
    }
    if !export.has_content {
        left_out.extend([ExportPart::Posts, ExportPart::Notes]);
    }
    if !export.has_proposals {
        left_out.push(ExportPart::Proposals);
    }
    if !export.has_actions {
        left_out.push(ExportPart::Actions);
    }
    left_out
}

/// The name of a long list in the file.
pub fn list(list: List) -> &'static str {
    match list {
        List::Shares => "shares",
        List::Points => "points",
        List::Posts => "posts",
        List::Notes => "notes",
        List::Proposals => "proposals",
        List::Actions => "actions",
    }
}

/// Rows of a long list.
pub fn rows(export: &Export, rows: Rows) -> Vec<Value> {
    match rows {
        Rows::Shares(rows) => rows.iter().map(|row| json(&share(row))).collect(),
        Rows::Points(rows) => rows.iter().map(|row| json(&points(row))).collect(),
        Rows::Posts(rows) => rows.iter().map(|row| json(&post(row))).collect(),
        Rows::Notes(rows) => rows.iter().map(|row| json(&note(row))).collect(),
        Rows::Proposals(rows) => (rows.iter())
            .map(|row| json(&proposed(row, export.at)))
            .collect(),
        Rows::Actions(rows) => (rows.into_iter())
            .map(|row| json(&audit_event(row)))
            .collect(),
    }
}

/// These types have no maps with keys that JSON has not.
fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The word of an enum that is told as it is kept.
fn word<T: Serialize>(value: &T) -> String {
    json(value).as_str().unwrap_or_default().to_owned()
}

fn identity(row: identity::Model) -> ExportedIdentity {
    ExportedIdentity {
        user: row.user_ref,
        identity: MemberIdentity {
            id: IdentityId(row.id.0),
            platform: platform(row.platform),
            workspace: row.workspace_ref,
            name: row.account_name,
            created_at: row.created_at,
        },
    }
}

fn preferences(export: &Export) -> ExportedPreferences {
    let member = &export.seen.member;
    let quiet = QuietHours::of(member, &export.organization);
    let followers = member.followers.0.iter();
    ExportedPreferences {
        time_zone: member.time_zone.clone(),
        board_visibility: board_visibility(member.board_visibility),
        pseudonym: member.pseudonym.clone(),
        attribution: member.attribution,
        networks: member.networks.0.iter().copied().map(network).collect(),
        followers: followers
            .map(|(on, followers)| (network(*on), *followers))
            .collect(),
        mastodon_instance: member.mastodon_instance.clone(),
        delivery: delivery_preference(member.delivery),
        delivery_platform: member.delivery_platform.map(platform),
        quiet_hours: (!quiet.are_none()).then_some(WireQuiet {
            from_minute: quiet.from,
            to_minute: quiet.to,
            weekends: quiet.weekends,
        }),
        paused_until: member.paused_until,
        joined_at: member.joined_at,
    }
}

fn session(row: &session::Model) -> ExportedSession {
    ExportedSession {
        browser: row.browser.clone(),
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
        created_at: row.created_at,
    }
}

fn view(row: &saved_view::Model) -> ExportedView {
    ExportedView {
        name: row.name.clone(),
        query: row.query.clone(),
    }
}

fn dismissal(row: &dismissal::Model) -> ExportedDismissal {
    ExportedDismissal {
        post_id: row.post_id.0,
        created_at: row.created_at,
    }
}

fn messages(row: &Messages) -> ExportedMessages {
    ExportedMessages {
        platform: platform(row.platform),
        subject: word(&row.subject),
        count: row.count,
        first_at: row.first,
        last_at: row.last,
    }
}

fn share(row: &Shared) -> ExportedShare {
    let (share, link) = (&row.share, row.link.as_ref());
    ExportedShare {
        post_id: share.post_id.0,
        network: network(share.network),
        state: share_state(share.state),
        text: share.text.clone(),
        followers: share.followers,
        link: link.map(|link| link.code.clone()),
        clicks: link.map_or(0, |link| link.clicks),
        created_at: share.created_at,
        confirmed_at: share.confirmed_at,
        proven_at: share.proven_at,
    }
}

fn points(row: &point_event::Model) -> ExportedPoints {
    ExportedPoints {
        kind: word(&row.kind),
        points: row.points,
        day: row.day.clone(),
        at: row.at,
    }
}

fn post(row: &post::Model) -> ExportedPost {
    ExportedPost {
        id: row.id.0,
        title: row.title.clone(),
        summary: row.summary.clone(),
        url: row.url.clone(),
        state: post_state(row.state),
        created_at: row.created_at,
    }
}

fn note(row: &review_note::Model) -> ExportedNote {
    ExportedNote {
        post_id: row.post_id.0,
        step: review_step(row.step),
        text: row.text.clone(),
        created_at: row.created_at,
    }
}

/// A decision that can still be taken back is none yet.
fn proposed(row: &proposal::Model, at: DateTime<Utc>) -> ExportedProposal {
    let is_told = !may_be_taken_back(row, at);
    let state = if is_told {
        row.state
    } else {
        ProposalState::New
    };
    ExportedProposal {
        id: row.id.0,
        url: row.url.clone(),
        why: row.why.clone(),
        words: row.words.clone(),
        state: proposal_state(state),
        note: row.note.clone().filter(|_| is_told),
        created_at: row.created_at,
        decided_at: row.decided_at.filter(|_| is_told),
    }
}

fn support(row: &proposal_supporter::Model) -> ExportedSupport {
    ExportedSupport {
        proposal_id: row.proposal_id.0,
        created_at: row.created_at,
    }
}
