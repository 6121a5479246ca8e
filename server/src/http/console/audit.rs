//! The audit log: who changed what, found by member, kind, object and day. What is looked for
//! stands in the address, so that it can be kept and sent.

mod told;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::audit_event;
use entity::ids::MemberId;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::door::Console;
use super::form::Fields;
use super::frame::Frame;
use super::look::Look;
use super::page::{Answer, OrPage};
use crate::app::App;
use crate::domain::audit::{Wanted, is_kind, is_subject};
use crate::domain::cadence::instant;
use crate::domain::folding;
use crate::domain::page::Paging;
use crate::http::auth::permissions::ReadAudit;
use crate::http::extract::{cursor, position};
use crate::service::audit;

/// Entries of one page.
const LIMIT: u64 = 50;

/// Kinds that can be chosen, and the keys of their names.
const KINDS: [(&str, &str); 16] = [
    ("post", "audit-kind-post"),
    ("proposal", "audit-kind-proposal"),
    ("media", "audit-kind-media"),
    ("content_rules", "audit-kind-content-rules"),
    ("campaign", "audit-kind-campaign"),
    ("topic", "audit-kind-topic"),
    ("feed", "audit-kind-feed"),
    ("member", "audit-kind-member"),
    ("team", "audit-kind-team"),
    ("rate", "audit-kind-rate"),
    ("retention", "audit-kind-retention"),
    ("session", "audit-kind-session"),
    ("token", "audit-kind-token"),
    ("share", "audit-kind-share"),
    ("installation", "audit-kind-installation"),
    ("organization", "audit-kind-organization"),
];

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    frame: Frame,
    fields: Fields,
    kinds: Vec<(&'static str, String)>,
    /// Who did something of late, and whose doings are shown; ids and names, by name.
    members: Vec<(String, String)>,
    rows: Vec<Row>,
    /// The page after this one.
    next: Option<String>,
    is_filtered: bool,
}

/// An entry as it is shown.
struct Row {
    at: DateTime<Utc>,
    who: String,
    by_path: Option<String>,
    /// What was done, in words and as it is written down.
    action: String,
    code: String,
    subject: String,
    /// What it is, and the end of its id, in which ids differ.
    subject_name: String,
    subject_path: String,
    detail: String,
}

/// Shows the log.
pub async fn show(
    console: Console<ReadAudit>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let wanted = wanted(&console.look, &fields);
    let paging = Paging {
        after: position(fields.text("cursor")).ok(),
        limit: LIMIT,
    };
    let listed = audit::list(&app, &console.actor, &wanted, paging).await;
    let slice = listed.or_page(&console)?;
    let lately = audit::latest_actors(&app, &console.actor).await;
    let offered: Vec<MemberId> = (lately.or_page(&console)?.into_iter())
        .chain(wanted.actor)
        .collect();
    let mut ids: Vec<MemberId> = slice.items.iter().filter_map(|row| row.actor_id).collect();
    ids.extend(&offered);
    ids.extend(
        slice
            .items
            .iter()
            .filter_map(|row| told::issuer(&row.detail)),
    );
    ids.sort_unstable();
    ids.dedup();
    let names = audit::names(&app, &console.actor, &ids).await;
    let names = names.or_page(&console)?;
    let path = console.path("audit");
    let look = &console.look;
    let rows = slice.items.into_iter();
    let rows = rows
        .map(|row| Row::of(look, row, (&path, &names)))
        .collect();
    let shown = AuditPage {
        kinds: Vec::from(KINDS.map(|(kind, key)| (kind, look.say(key)))),
        members: members(look, offered, &names),
        rows,
        next: slice.next.map(|row| next(&path, &fields, row)),
        is_filtered: !wanted.is_all(),
        frame: console.frame("audit-title"),
        fields,
    };
    Ok(console.page(&shown))
}

/// Members to choose from, by name.
fn members(
    look: &Look,
    mut ids: Vec<MemberId>,
    names: &HashMap<MemberId, String>,
) -> Vec<(String, String)> {
    ids.sort_unstable();
    ids.dedup();
    let mut members: Vec<(String, String)> = ids
        .into_iter()
        .map(|id| (id.to_string(), name(look, Some(id), names)))
        .collect();
    members.sort_by_key(|(_, name)| folding::fold(name));
    members
}

/// What the address asks for; what it cannot ask for is left out.
fn wanted(look: &Look, fields: &Fields) -> Wanted {
    let text = |name: &str| Some(fields.text(name)).filter(|text| !text.is_empty());
    let day = |name: &str| text(name)?.parse::<NaiveDate>().ok();
    let start = |day: NaiveDate| instant(look.zone, day.and_time(chrono::NaiveTime::MIN));
    Wanted {
        actor: text("member")
            .and_then(|id| id.parse::<Uuid>().ok())
            .map(MemberId),
        kind: text("kind").filter(|kind| is_kind(kind)).map(str::to_owned),
        subject: text("subject")
            .filter(|subject| is_subject(subject))
            .map(str::to_owned),
        since: day("since").and_then(start),
        until: day("until")
            .and_then(|last| last.checked_add_days(Days::new(1)))
            .and_then(start),
    }
}

/// The address of the page after a row, with what is looked for.
fn next(path: &str, fields: &Fields, row: Uuid) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in fields.iter() {
        if name != "cursor" && name != "toast" && !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.append_pair("cursor", &cursor(row));
    format!("{path}?{}", query.finish())
}

impl Row {
    fn of(
        look: &Look,
        row: audit_event::Model,
        (path, names): (&str, &HashMap<MemberId, String>),
    ) -> Self {
        let subject: String =
            url::form_urlencoded::byte_serialize(row.subject.as_bytes()).collect();
        Self {
            at: row.at,
            who: name(look, row.actor_id, names),
            by_path: row.actor_id.map(|id| format!("{path}?member={id}")),
            action: told::action(look, &row.action),
            subject_path: format!("{path}?subject={subject}"),
            subject_name: short(&row.subject),
            subject: row.subject,
            detail: told::facts(look, (&row.action, &row.detail), names),
            code: row.action,
        }
    }
}

/// A kind, and the end of the id behind it.
fn short(subject: &str) -> String {
    match subject.split_once(':') {
        Some((kind, id)) => {
            let end = id.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
            format!("{kind} …{}", id.get(end..).unwrap_or(id))
        }
        None => subject.to_owned(),
    }
}

fn name(look: &Look, id: Option<MemberId>, names: &HashMap<MemberId, String>) -> String {
    match id {
        None => look.say("audit-system"),
        Some(id) => names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| look.say("audit-somebody")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_its_object_by_kind_and_end() {
        let id = "session:01a21b75-c96c-706d-a74f-4e83458be2bc";
        assert_eq!(short(id), "session …458be2bc");
        assert_eq!(short("feed:ä"), "feed …ä");
        assert_eq!(short("nothing"), "nothing");
    }
}
