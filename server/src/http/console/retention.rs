//! How long the organization keeps what it has, kind by kind: what it is, what became of it, and
//! what a shorter time would take away, before it does.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::RetentionKind;

use super::door::{Console, Door, InPath};
use super::form::Fields;
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::page::Answer;
use super::settings::{Part, parts};
use super::toast::Toast;
use crate::app::App;
use crate::domain::retention::{kind, name};
use crate::http::auth::permissions::ManageOrganization;
use crate::service::retention::{self, COUNTED, Kept, RetentionError, Standing};

/// Below the settings.
const BASE: &str = "settings/retention";

/// What has a time of its own that nobody chooses, and the keys of that.
const FIXED: [&str; 6] = [
    "kept-sessions",
    "kept-links",
    "kept-imports",
    "kept-dismissals",
    "kept-answers",
    "kept-salts",
];

/// The pages of how long things are kept.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/settings/retention", get(show))
        .route("/o/{slug}/settings/retention/{kind}", post(change))
}

#[derive(Template)]
#[template(path = "console/retention.html")]
struct RetentionPage {
    frame: Frame,
    nav: Vec<Part>,
    version: i64,
    rows: Vec<Row>,
    fixed: Vec<String>,
}

/// A kind as the page shows it.
struct Row {
    /// Its name in addresses.
    word: &'static str,
    title: String,
    text: String,
    /// How long it is kept.
    now: String,
    /// What may be chosen.
    help: String,
    run_at: Option<DateTime<Utc>>,
    removed: i64,
    /// What stands in the form.
    days: String,
    is_forever: bool,
    may_stay: bool,
    fault: Option<String>,
    ask: Option<Ask>,
}

/// What is asked before something is removed for good.
struct Ask {
    text: String,
    button: String,
}

/// What was typed for a kind, and what is to be said of it.
struct Typed {
    kind: RetentionKind,
    days: String,
    is_forever: bool,
    fault: Option<String>,
    ask: Option<Ask>,
}

/// Shows every kind.
pub async fn show(console: Console<ManageOrganization>, State(app): State<App>) -> Answer {
    let standing = retention::show_retention(&app, &console.actor).await;
    let standing = standing.map_err(|error| page_of(&console, error))?;
    Ok(console.page(&shown(&console, standing, None)))
}

/// Chooses how long a kind is kept; where that takes something away, it is asked first.
pub async fn change(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    InPath(word): InPath<String>,
    fields: Fields,
) -> Answer {
    let Some(kind) = kind(&word) else {
        return Err(console.not_found());
    };
    let typed = Typed {
        kind,
        days: fields.text("days").trim().to_owned(),
        is_forever: fields.is_on("forever"),
        fault: None,
        ask: None,
    };
    let days = match (typed.is_forever, typed.days.parse::<i64>()) {
        (true, _) => None,
        (false, Ok(days)) => Some(days),
        (false, Err(_)) => return at_fault(&app, &console, typed).await,
    };
    let Ok(version) = fields.text("version").parse::<i64>() else {
        return Err(console.changed());
    };
    let lost = match retention::lost_by(&app, &console.actor, (kind, days)).await {
        Ok(lost) => lost,
        Err(RetentionError::Invalid(_)) => return at_fault(&app, &console, typed).await,
        Err(error) => return Err(page_of(&console, error)),
    };
    if let (Some((days, count)), false) = (lost, fields.is_on("sure")) {
        let ask = Some(ask(&console.look, kind, (days, count)));
        return again(&app, &console, Typed { ask, ..typed }).await;
    }
    match retention::keep(&app, &console.actor, Some(version), (kind, days)).await {
        Ok(_) => Ok(console.go(BASE, Some(Toast::of("toast-retention")))),
        Err(error) => Err(page_of(&console, error)),
    }
}

/// The keys of what a kind is called, what it is, and how much of it would go.
fn said(kind: RetentionKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        RetentionKind::VisitDetails => (
            "kept-visit-details",
            "kept-visit-details-text",
            "kept-visit-details-lost",
        ),
        RetentionKind::Deliveries => (
            "kept-deliveries",
            "kept-deliveries-text",
            "kept-deliveries-lost",
        ),
        RetentionKind::AuditLog => (
            "kept-audit-log",
            "kept-audit-log-text",
            "kept-audit-log-lost",
        ),
        RetentionKind::LeaverNames => (
            "kept-leaver-names",
            "kept-leaver-names-text",
            "kept-leaver-names-lost",
        ),
    }
}

fn ask(look: &Look, kind: RetentionKind, (days, count): (i64, u64)) -> Ask {
    let (_, _, what) = said(kind);
    let text = if count > COUNTED {
        look.count("kept-lost-many", COUNTED)
    } else {
        look.count(what, count)
    };
    Ask {
        text: format!("{text} {}", look.say("kept-lost-warning")),
        button: look.count("kept-lose", days),
    }
}

async fn at_fault(app: &App, console: &Console<ManageOrganization>, typed: Typed) -> Answer {
    let fault = Some(console.look.say("kept-fault"));
    again(app, console, Typed { fault, ..typed }).await
}

/// The page once more, with what was typed for a kind.
async fn again(app: &App, console: &Console<ManageOrganization>, typed: Typed) -> Answer {
    let standing = retention::show_retention(app, &console.actor).await;
    let standing = standing.map_err(|error| page_of(console, error))?;
    Ok(console.again(&shown(console, standing, Some(typed))))
}

fn shown(
    console: &Console<ManageOrganization>,
    standing: Standing,
    mut typed: Option<Typed>,
) -> RetentionPage {
    let look = &console.look;
    let rows = standing.kinds.into_iter().map(|kept| {
        let theirs = typed.take_if(|typed| typed.kind == kept.kind);
        row(look, kept, theirs)
    });
    RetentionPage {
        version: standing.version,
        rows: rows.collect(),
        fixed: FIXED.into_iter().map(|key| look.say(key)).collect(),
        nav: parts(console, "retention"),
        frame: console.frame("retention-title"),
    }
}

/// How long each kind is kept, in a line.
pub(super) async fn in_short<P: Door>(app: &App, console: &Console<P>) -> Result<String, Response> {
    let standing = retention::show_retention(app, &console.actor).await;
    let standing = standing.map_err(|error| page_of(console, error))?;
    let look = &console.look;
    let kinds = standing.kinds.iter().map(|kept| {
        let (title, ..) = said(kept.kind);
        format!("{}: {}", look.say(title), long(look, kept.days))
    });
    let kinds: Vec<String> = kinds.collect();
    Ok(kinds.join(" · "))
}

fn long(look: &Look, days: Option<i64>) -> String {
    match days {
        Some(0) => look.say("kept-at-once"),
        Some(days) => look.count("kept-days", days),
        None => look.say("kept-forever"),
    }
}

fn row(look: &Look, kept: Kept, typed: Option<Typed>) -> Row {
    let (title, text, _) = said(kept.kind);
    let days = kept.days.or(kept.bounds.default);
    let typed = typed.unwrap_or_else(|| Typed {
        kind: kept.kind,
        days: days.map(|days| days.to_string()).unwrap_or_default(),
        is_forever: kept.days.is_none(),
        fault: None,
        ask: None,
    });
    let bounds = kept.bounds;
    Row {
        word: name(kept.kind),
        title: look.say(title),
        text: look.say(text),
        now: long(look, kept.days),
        help: format!(
            "{}–{}. {}",
            look.number(bounds.shortest),
            look.count("kept-days", bounds.longest),
            look.with("kept-default", "days", long(look, bounds.default))
        ),
        run_at: kept.run_at,
        removed: kept.removed,
        days: typed.days,
        is_forever: typed.is_forever,
        may_stay: bounds.may_stay,
        fault: typed.fault,
        ask: typed.ask,
    }
}

fn page_of<P: Door>(console: &Console<P>, error: RetentionError) -> Response {
    match error {
        RetentionError::Forbidden(_) => console.forbidden(),
        RetentionError::Invalid(_) | RetentionError::VersionMismatch => console.changed(),
        RetentionError::Internal(error) => console.failed(&error),
    }
}

#[cfg(test)]
mod tests;
