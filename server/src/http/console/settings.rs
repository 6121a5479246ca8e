//! Settings: what an organization settles for itself, a page for each section of it.
//!
//! A further section is a line in [`SECTIONS`] and its route; one that is settled by
//! [`settings::update_settings`] is a [`Section`], and everything else here serves it.

mod branding;
mod content;
mod links;
mod networks;
mod organization;
mod overview;
mod points;
mod quiet;
mod undo;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::Permission;
use entity::organization as house;

use super::door::{Console, Door};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::page::{Answer, OrPage};
use super::toast::Toast;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::http::auth::permissions::{ManageOrganization, ReadPosts};
use crate::service::settings::{self, Change, SettingsError};

/// Where they lie below the console's beginning.
const BASE: &str = "settings";

/// The sections in their order: the path below [`BASE`], and the key of the name.
const SECTIONS: &[(&str, &str)] = &[
    ("organization", "settings-organization"),
    ("content", "settings-content"),
    ("networks", "settings-networks"),
    ("links", "settings-links"),
    ("points", "settings-points"),
    ("quiet", "settings-quiet"),
    ("branding", "settings-branding"),
];

/// Sections with pages of their own elsewhere, for who may change settings.
const BESIDE: &[(&str, &str)] = &[
    ("connections", "settings-connections"),
    ("retention", "settings-retention"),
];

/// The pages of settings.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/settings", get(overview::show))
        .merge(pages::<organization::Organization>())
        .route(
            "/o/{slug}/settings/content",
            get(content::show).post(content::change),
        )
        .route("/o/{slug}/settings/content/undo", post(content::undo))
        .route("/o/{slug}/settings/content/expiry", post(content::limit))
        .route(
            "/o/{slug}/settings/content/expiry/undo",
            post(content::undo_limit),
        )
        .merge(pages::<networks::Networks>())
        .merge(pages::<links::Links>())
        .merge(pages::<points::Points>())
        .merge(pages::<quiet::Quiet>())
        .merge(pages::<branding::Branding>())
}

fn pages<S: Section>() -> Pages {
    let path = format!("/o/{{slug}}/{BASE}/{}", S::PATH);
    let undone = format!("{path}/undo");
    Pages::default()
        .route(path, get(show::<S>).post(change::<S>))
        .route(undone, post(take_back::<S>))
}

/// A line of the sub-navigation.
pub(super) struct Part {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) is_here: bool,
}

/// The sub-navigation of a section, by its path below settings.
pub(super) fn parts<P: Door>(console: &Console<P>, here: &str) -> Vec<Part> {
    let overview = Part {
        path: console.path(BASE),
        name: console.look.say("settings-overview"),
        is_here: here.is_empty(),
    };
    let beside = if may_change(console) { BESIDE } else { &[] };
    let sections = SECTIONS.iter().chain(beside).map(|(path, key)| Part {
        path: console.path(&format!("{BASE}/{path}")),
        name: console.look.say(key),
        is_here: *path == here,
    });
    std::iter::once(overview).chain(sections).collect()
}

fn may_change<P: Door>(console: &Console<P>) -> bool {
    let needed = Permission::ManageOrganization;
    console.actor.require(needed).is_ok()
}

/// What was settled, as a label and what it says.
type Facts = Vec<(String, String)>;

/// A form of a section, and what is to be said about it.
struct Form {
    fields: Fields,
    faults: Faults,
    /// The version that was seen when it was filled in.
    version: i64,
    may_change: bool,
    /// What stands, for who may not change it or was overtaken.
    stands: Facts,
    /// Whether somebody else was faster.
    overtaken: bool,
    /// Whether it waits for a second yes.
    asks: bool,
}

impl Form {
    fn of<P: Door>(console: &Console<P>, fields: Fields, version: i64) -> Self {
        Self {
            fields,
            faults: Faults::none(),
            version,
            may_change: may_change(console),
            stands: Facts::new(),
            overtaken: false,
            asks: false,
        }
    }

    /// What a question carries on until it has its yes.
    fn carried(&self) -> Vec<(&str, &str)> {
        let fields = self.fields.iter();
        fields
            .filter(|(name, _)| !["version", "confirmed"].contains(name))
            .collect()
    }
}

/// A section whose form changes settings.
trait Section: 'static {
    /// Below [`BASE`].
    const PATH: &'static str;
    /// The key of its title.
    const TITLE: &'static str;
    /// Its page.
    type Page: Template;

    /// The form as what stands fills it in.
    fn filled(look: &Look, row: &house::Model) -> Fields;

    /// What was typed.
    fn typed(look: &Look, fields: &Fields) -> Result<Change, Faults>;

    /// What is to be done about a fault: the field of the form, and a sentence.
    fn sentence(look: &Look, fault: &Fault) -> (String, String);

    /// What stands, in words.
    fn facts(look: &Look, row: &house::Model) -> Facts;

    /// Whether this change waits for a second yes.
    fn asks(_row: &house::Model, _change: &Change) -> bool {
        false
    }

    /// Its page: the frame and the sections around the form.
    fn page(app: &App, around: Around, row: &house::Model, form: Form) -> Self::Page;
}

/// What stands around a form.
struct Around {
    frame: Frame,
    nav: Vec<Part>,
    /// What changed before, for who may read it.
    log: Option<String>,
}

fn around<S: Section, P: Door>(console: &Console<P>) -> Around {
    Around {
        frame: console.frame(S::TITLE),
        nav: parts(console, S::PATH),
        log: (console.actor.require(Permission::ReadAudit).is_ok())
            .then(|| console.path("audit?kind=organization")),
    }
}

/// Shows a section as it stands.
async fn show<S: Section>(console: Console<ReadPosts>, State(app): State<App>) -> Answer {
    let row = settings::show_settings(&app, &console.actor).await;
    let row = row.or_page(&console)?;
    let fields = S::filled(&console.look, &row);
    let form = Form {
        stands: S::facts(&console.look, &row),
        ..Form::of(&console, fields, row.settings_version)
    };
    let page = S::page(&app, around::<S, _>(&console), &row, form);
    Ok(console.page(&page))
}

/// Changes a section; whoever was overtaken or mistaken finds what they typed.
async fn change<S: Section>(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    settle::<S>(&app, &console, fields, Act::Save).await
}

/// Puts the former values of a section back.
async fn take_back<S: Section>(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let row = standing(&app, &console).await?;
    let stands = S::filled(&console.look, &row);
    let fields = undo::restored(&stands, &undo::asked(query));
    settle::<S>(&app, &console, fields, Act::TakeBack).await
}

/// Why a section changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Somebody wants it so.
    Save,
    /// They want it as it was: what stood before needs no second yes.
    TakeBack,
}

async fn settle<S: Section>(
    app: &App,
    console: &Console<ManageOrganization>,
    fields: Fields,
    act: Act,
) -> Answer {
    let row = standing(app, console).await?;
    let seen = version(&fields);
    let mut form = Form::of(console, fields, seen.unwrap_or(row.settings_version));
    let change = match S::typed(&console.look, &form.fields) {
        Ok(change) => change,
        Err(faults) => {
            form.faults = faults;
            let page = S::page(app, around::<S, _>(console), &row, form);
            return Ok(console.again(&page));
        }
    };
    let is_sure = act == Act::TakeBack || form.fields.is_on("confirmed");
    let asks = S::asks(&row, &change) && !is_sure;
    let outcome = if asks {
        settings::would_change(&console.actor, &row, seen, change)
    } else {
        settings::update_settings(app, &console.actor, seen, change).await
    };
    match outcome {
        Ok(after) if asks && after != row => {
            form.asks = true;
            let page = S::page(app, around::<S, _>(console), &row, form);
            Ok(console.page(&page))
        }
        Ok(after) if after.settings_version == row.settings_version => {
            Ok(saved(console, S::PATH, unchanged()))
        }
        Ok(after) => {
            let filled = |row| S::filled(&console.look, row);
            let way = undo::way((&filled(&row), &filled(&after)), after.settings_version);
            let path = way.map(|query| console.path(&format!("{BASE}/{}/undo?{query}", S::PATH)));
            Ok(saved(console, S::PATH, done(act, path)))
        }
        Err(SettingsError::Invalid(faults)) => {
            form.faults = Faults::of_fields(&faults, |fault| S::sentence(&console.look, fault));
            let page = S::page(app, around::<S, _>(console), &row, form);
            Ok(console.again(&page))
        }
        Err(SettingsError::VersionMismatch) => {
            let row = standing(app, console).await?;
            form.version = row.settings_version;
            form.stands = S::facts(&console.look, &row);
            form.overtaken = true;
            let page = S::page(app, around::<S, _>(console), &row, form);
            Ok(console.overtaken(&page))
        }
        Err(SettingsError::Forbidden(_)) => Err(console.forbidden()),
        Err(SettingsError::Internal(error)) => Err(console.failed(&error)),
    }
}

/// The settings for who changes them, and may lack what reading them takes.
async fn standing(
    app: &App,
    console: &Console<ManageOrganization>,
) -> Result<house::Model, Response> {
    let row = settings::to_change(app, &console.actor).await;
    row.or_page(console)
}

/// The version that a form carries.
fn version(fields: &Fields) -> Option<i64> {
    fields.text("version").parse().ok()
}

/// On to the section, with a word on what was done.
fn saved<P: Door>(console: &Console<P>, section: &str, toast: Toast) -> Response {
    console.go(&format!("{BASE}/{section}"), Some(toast))
}

/// The word on a form that was sent as it stood.
fn unchanged() -> Toast {
    Toast::of("toast-settings-same")
}

/// The word on a change, with the way back where there is one. What was taken back is not offered
/// again: whoever wants it types it.
fn done(act: Act, undo: Option<String>) -> Toast {
    let toast = match act {
        Act::Save => Toast::of("toast-settings-saved"),
        Act::TakeBack => return Toast::of("toast-undone"),
    };
    match undo {
        Some(path) => toast.undo(path),
        None => toast,
    }
}

/// A whole number that was typed; what is none is beyond every limit.
fn number(fields: &Fields, name: &str) -> i64 {
    fields.text(name).trim().parse().unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests;
