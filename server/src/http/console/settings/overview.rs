//! All sections, each with what it settled in a sentence.

use askama::Template;
use axum::extract::State;
use entity::enums::Permission;
use entity::organization as house;

use super::{BASE, BESIDE, Part, SECTIONS, content, may_change, networks, parts, quiet};
use crate::app::App;
use crate::domain::networks::offered;
use crate::domain::quiet::QuietHours;
use crate::http::auth::permissions::ReadPosts;
use crate::http::console::door::Console;
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::{connections, retention};
use crate::service::content_rules::{self, Rules, RulesError};
use crate::service::settings;

#[derive(Template)]
#[template(path = "console/settings.html")]
struct OverviewPage {
    frame: Frame,
    nav: Vec<Part>,
    rows: Vec<Row>,
    may_change: bool,
}

/// A section: where it lies, what it is called, and what it settled.
struct Row {
    path: String,
    name: String,
    state: String,
}

/// Shows them.
pub(super) async fn show(console: Console<ReadPosts>, State(app): State<App>) -> Answer {
    let row = settings::show_settings(&app, &console.actor).await;
    let row = row.or_page(&console)?;
    let rules = match content_rules::show_rules(&app, &console.actor).await {
        Ok(standing) => standing.rules,
        Err(RulesError::Internal(error)) => return Err(console.failed(&error)),
        Err(_) => return Err(console.forbidden()),
    };
    let own = app.addresses().base.clone();
    let mut rows: Vec<Row> = (SECTIONS.iter())
        .map(|(path, key)| Row {
            path: console.path(&format!("{BASE}/{path}")),
            name: console.look.say(key),
            state: state(&console.look, path, (&row, &rules), &own),
        })
        .collect();
    if may_change(&console) {
        for (path, key) in BESIDE {
            let state = if *path == "connections" {
                connections::in_short(&app, &console).await?
            } else {
                retention::in_short(&app, &console).await?
            };
            rows.push(Row {
                path: console.path(&format!("{BASE}/{path}")),
                name: console.look.say(key),
                state,
            });
        }
    }
    // Settled elsewhere, and looked for here.
    if console.actor.require(Permission::ReadFigures).is_ok() {
        rows.push(Row {
            path: console.path("insight/rates"),
            name: console.look.say("insight-rates"),
            state: console.look.say("settings-state-rates"),
        });
    }
    Ok(console.page(&OverviewPage {
        frame: console.frame("settings-title"),
        nav: parts(&console, ""),
        rows,
        may_change: may_change(&console),
    }))
}

/// What a section settled; one that tells nothing of itself is named only.
fn state(look: &Look, section: &str, (row, rules): (&house::Model, &Rules), own: &str) -> String {
    let settled = &row.settings;
    let tell = |key: &str, fills: [(&'static str, String); 2]| {
        let fills = fills.map(|(name, text)| (name, text.into()));
        look.words.tell(key, &fills)
    };
    match section {
        "organization" => tell(
            "settings-state-organization",
            [
                ("zone", row.time_zone.clone()),
                ("language", look.say(named::language::key(row.language))),
            ],
        ),
        "content" => content::told(look, rules, settled.expiry_days),
        "networks" => networks::told(look, &offered(row)),
        "links" => look.with(
            "settings-state-links",
            "base",
            row.short_url.as_deref().unwrap_or(own),
        ),
        "points" => tell(
            "settings-state-points",
            [
                ("confirmed", look.number(settled.points.share_confirmed)),
                ("proven", look.number(settled.points.share_proven)),
            ],
        ),
        "quiet" => quiet::told(look, QuietHours::of_house(row)),
        "branding" => match &row.accent {
            Some(accent) => look.with("settings-state-accent", "accent", accent),
            None => look.say("settings-own-colour"),
        },
        _ => String::new(),
    }
}
