//! What is demanded of posts: words that none may contain, who speaks, how long a review waits, who
//! approves; and how long posts live.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::organization as house;

use super::{
    Act, BASE, Facts, Form, Part, done, number, parts, saved, standing, unchanged, undo as back,
    version,
};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::http::auth::permissions::{ManageOrganization, ReadPosts};
use crate::http::console::door::{Console, Door};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::page::{Answer, OrPage};
use crate::service::content_rules::{self, Rules, RulesError};
use crate::service::settings::{self, Change, LONGEST_LIFE, SettingsError};

/// The section's own path, below that of settings.
const PATH: &str = "content";
/// In a way back: a word that is to be blocked no more, and one that is to be blocked again.
const UNBLOCK: &str = "unblock";
const BLOCK: &str = "block";

#[derive(Template)]
#[template(path = "console/settings_content.html")]
struct ContentPage {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    /// The form of how long posts live.
    life: Form,
}

/// Shows the section as it stands.
pub(super) async fn show(console: Console<ReadPosts>, State(app): State<App>) -> Answer {
    let row = settings::show_settings(&app, &console.actor).await;
    let row = row.or_page(&console)?;
    let form = rules_form(&app, &console).await?;
    let page = page(&console, form, life_form(&console, &row));
    Ok(console.page(&page))
}

fn page<P: Door>(console: &Console<P>, form: Form, life: Form) -> ContentPage {
    ContentPage {
        frame: console.frame("settings-content"),
        nav: parts(console, PATH),
        form,
        life,
    }
}

async fn rules_form<P: Door>(app: &App, console: &Console<P>) -> Result<Form, Response> {
    let there = content_rules::show_rules(app, &console.actor).await;
    let there = there.map_err(|error| refused(console, error))?;
    let form = Form {
        stands: facts(&console.look, &there.rules),
        ..Form::of(console, filled(&there.rules), there.version)
    };
    Ok(form)
}

fn life_form<P: Door>(console: &Console<P>, row: &house::Model) -> Form {
    let days = row.settings.expiry_days;
    let fields = Fields::of([("expiry_days", days.to_string())]);
    let name = console.look.say("settings-expiry");
    Form {
        stands: vec![(name, console.look.count("settings-days", days))],
        ..Form::of(console, fields, row.settings_version)
    }
}

fn filled(rules: &Rules) -> Fields {
    let on = |is: bool| if is { "yes".to_owned() } else { String::new() };
    Fields::of([
        ("blocked", rules.blocked.join("\n")),
        ("disclosure_required", on(rules.disclosure_required)),
        ("disclosure", rules.disclosure.clone().unwrap_or_default()),
        ("review_hours", rules.review_hours.to_string()),
        ("second_pair_of_eyes", on(rules.second_pair_of_eyes)),
    ])
}

fn typed(fields: &Fields) -> Rules {
    let words = fields.text("blocked").lines().map(str::trim);
    Rules {
        blocked: words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        disclosure_required: fields.is_on("disclosure_required"),
        disclosure: fields.given("disclosure").map(str::to_owned),
        review_hours: number(fields, "review_hours"),
        second_pair_of_eyes: fields.is_on("second_pair_of_eyes"),
    }
}

/// What stands, in words.
fn facts(look: &Look, rules: &Rules) -> Facts {
    let yes = |is: bool| look.say(if is { "fact-yes" } else { "fact-no" });
    let none = || look.say("settings-none");
    let blocked = rules.blocked.join(", ");
    vec![
        (
            look.say("settings-blocked"),
            if blocked.is_empty() { none() } else { blocked },
        ),
        (
            look.say("settings-disclosure-required"),
            yes(rules.disclosure_required),
        ),
        (
            look.say("settings-disclosure"),
            rules.disclosure.clone().unwrap_or_else(none),
        ),
        (look.say("settings-review-hours"), hours(look, rules)),
        (
            look.say("settings-second-pair"),
            yes(rules.second_pair_of_eyes),
        ),
    ]
}

/// How long a review may wait.
fn hours(look: &Look, rules: &Rules) -> String {
    match rules.review_hours {
        0 => look.say("settings-review-any"),
        hours => look.count("settings-hours", hours),
    }
}

/// The section in a sentence.
pub(super) fn told(look: &Look, rules: &Rules, days: i64) -> String {
    let blocked = i64::try_from(rules.blocked.len()).unwrap_or(i64::MAX);
    let mut sentences = vec![
        look.count("settings-state-blocked", blocked),
        look.count("settings-state-expiry", days),
    ];
    if rules.second_pair_of_eyes {
        sentences.push(look.say("settings-state-second-pair"));
    }
    sentences.join(" ")
}

/// Changes what is demanded.
pub(super) async fn change(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    demand(&app, &console, fields, Act::Save).await
}

/// Demands again what was demanded before.
pub(super) async fn undo(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let stands = rules_form(&app, &console).await?.fields;
    let asked = back::asked(query);
    let blocked: Vec<&str> = (stands.text("blocked").lines())
        .filter(|word| !asked.is(UNBLOCK, word))
        .chain(asked.all(BLOCK))
        .collect();
    let blocked = Fields::of([("blocked", blocked.join("\n"))]);
    let fields = back::restored(&back::restored(&stands, &asked), &blocked);
    demand(&app, &console, fields, Act::TakeBack).await
}

/// The way back; of the words, which may be too many for an address, only those that changed.
fn way(before: &Rules, after: &Rules, version: i64) -> Option<String> {
    let former = filled(before);
    let now = filled(after);
    let rest = (former.iter())
        .filter(|(name, value)| *name != "blocked" && now.given(name) != Some(*value));
    let added = (after.blocked.iter())
        .filter(|word| !before.blocked.contains(word))
        .map(|word| (UNBLOCK, word.as_str()));
    let removed = (before.blocked.iter())
        .filter(|word| !after.blocked.contains(word))
        .map(|word| (BLOCK, word.as_str()));
    back::query(rest.chain(added).chain(removed), version)
}

async fn demand(
    app: &App,
    console: &Console<ManageOrganization>,
    fields: Fields,
    act: Act,
) -> Answer {
    let seen = version(&fields);
    let before = content_rules::show_rules(app, &console.actor).await;
    let before = before.map_err(|error| refused(console, error))?;
    let rules = typed(&fields);
    let outcome = content_rules::update_rules(app, &console.actor, seen, rules).await;
    let after = match outcome {
        Ok(after) if after.version == before.version => {
            return Ok(saved(console, PATH, unchanged()));
        }
        Ok(after) => after,
        Err(error) => return demanded_wrongly(app, console, fields, error).await,
    };
    let way = way(&before.rules, &after.rules, after.version);
    let path = way.map(|query| console.path(&format!("{BASE}/{PATH}/undo?{query}")));
    Ok(saved(console, PATH, done(act, path)))
}

/// The form again, as it was typed.
async fn demanded_wrongly(
    app: &App,
    console: &Console<ManageOrganization>,
    fields: Fields,
    error: RulesError,
) -> Answer {
    let seen = version(&fields);
    let stands = rules_form(app, console).await?;
    let stands_at = stands.version;
    let mut form = Form {
        version: seen.unwrap_or(stands_at),
        fields,
        ..stands
    };
    match error {
        RulesError::VersionMismatch => {
            form.version = stands_at;
            form.overtaken = true;
        }
        RulesError::Invalid(faults) => {
            form.faults = Faults::of_fields(&faults, |fault| sentence(&console.look, fault));
        }
        other @ (RulesError::Forbidden(_) | RulesError::Internal(_)) => {
            return Err(refused(console, other));
        }
    }
    let overtaken = form.overtaken;
    let row = standing(app, console).await?;
    let shown = page(console, form, life_form(console, &row));
    Ok(if overtaken {
        console.overtaken(&shown)
    } else {
        console.again(&shown)
    })
}

/// Changes how long posts live.
pub(super) async fn limit(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    live(&app, &console, fields, Act::Save).await
}

/// Lets posts live as long as before.
pub(super) async fn undo_limit(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    live(&app, &console, back::asked(query), Act::TakeBack).await
}

async fn live(
    app: &App,
    console: &Console<ManageOrganization>,
    fields: Fields,
    act: Act,
) -> Answer {
    let row = standing(app, console).await?;
    let seen = version(&fields);
    let change = Change {
        expiry_days: Some(number(&fields, "expiry_days")),
        ..Change::default()
    };
    let outcome = settings::update_settings(app, &console.actor, seen, change).await;
    let overtaken = match outcome {
        Ok(after) if after.settings_version == row.settings_version => {
            return Ok(saved(console, PATH, unchanged()));
        }
        Ok(after) => {
            let days = row.settings.expiry_days.to_string();
            let former = [("expiry_days", days.as_str())].into_iter();
            let way = back::query(former, after.settings_version);
            let path = way.map(|query| console.path(&format!("{BASE}/{PATH}/expiry/undo?{query}")));
            return Ok(saved(console, PATH, done(act, path)));
        }
        Err(SettingsError::VersionMismatch) => true,
        Err(SettingsError::Invalid(_)) => false,
        Err(SettingsError::Forbidden(_)) => return Err(console.forbidden()),
        Err(SettingsError::Internal(error)) => return Err(console.failed(&error)),
    };
    let row = standing(app, console).await?;
    let mut life = Form {
        fields,
        overtaken,
        ..life_form(console, &row)
    };
    if !overtaken {
        let sentence = console.look.count("settings-fault-expiry", LONGEST_LIFE);
        life.faults = Faults::none().and("expiry_days", sentence);
    }
    let shown = page(console, rules_form(app, console).await?, life);
    Ok(if overtaken {
        console.overtaken(&shown)
    } else {
        console.again(&shown)
    })
}

/// The field of the form, and what is to be done about it.
fn sentence(look: &Look, fault: &Fault) -> (String, String) {
    let (field, key) = match fault.field.as_str() {
        "disclosure" => ("disclosure", "settings-fault-disclosure"),
        "review_hours" => ("review_hours", "settings-fault-hours"),
        _ => ("blocked", "settings-fault-blocked"),
    };
    (field.to_owned(), look.say(key))
}

fn refused<P: Door>(console: &Console<P>, error: RulesError) -> Response {
    match error {
        RulesError::Forbidden(_) => console.forbidden(),
        RulesError::Invalid(_) | RulesError::VersionMismatch => console.changed(),
        RulesError::Internal(error) => console.failed(&error),
    }
}
