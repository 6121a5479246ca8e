//! The organization itself: its name, its clock, its language, who joins, and whom strangers ask.

use askama::Template;
use chrono_tz::{TZ_VARIANTS, Tz};
use entity::enums::{JoinPolicy, Language};
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::settings::Change;

/// Where places that have a clock lie; other names are former ones, or no places.
const REGIONS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

#[derive(Template)]
#[template(path = "console/settings_organization.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    /// Regions, and the zones of each.
    zones: Vec<(&'static str, Vec<&'static str>)>,
    /// The zone where it is none of those.
    other_zone: Option<String>,
    languages: Vec<(&'static str, String)>,
    policies: Vec<(&'static str, String, String)>,
    /// The time that its clock shows.
    clock: String,
    /// From which clock to which, where a change waits for its yes.
    becomes: String,
}

/// The section.
pub(super) enum Organization {}

impl Section for Organization {
    const PATH: &'static str = "organization";
    const TITLE: &'static str = "settings-organization";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        Fields::of([
            ("name", row.name.clone()),
            ("time_zone", row.time_zone.clone()),
            ("language", named::language::word(row.language).to_owned()),
            (
                "join_policy",
                named::join_policy::word(row.join_policy).to_owned(),
            ),
            ("contact", row.settings.contact.clone().unwrap_or_default()),
        ])
    }

    fn typed(look: &Look, fields: &Fields) -> Result<Change, Faults> {
        let language = named::language::read(fields.text("language"));
        let policy = named::join_policy::read(fields.text("join_policy"));
        let (Some(language), Some(join_policy)) = (language, policy) else {
            let field = language.map_or("language", |_: Language| "join_policy");
            return Err(Faults::none().and(field, look.say("settings-fault-choice")));
        };
        Ok(Change {
            name: Some(fields.text("name").to_owned()),
            time_zone: Some(fields.text("time_zone").to_owned()),
            language: Some(language),
            join_policy: Some(join_policy),
            contact: Some(fields.text("contact").to_owned()),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, fault: &Fault) -> (String, String) {
        let key = match fault.field.as_str() {
            "name" => "settings-fault-name",
            "time_zone" => "settings-fault-zone",
            _ => "settings-fault-contact",
        };
        (fault.field.clone(), look.say(key))
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        let contact = row.settings.contact.clone();
        vec![
            (look.say("settings-name"), row.name.clone()),
            (look.say("settings-zone"), row.time_zone.clone()),
            (
                look.say("settings-language"),
                look.say(named::language::key(row.language)),
            ),
            (
                look.say("settings-join"),
                look.say(named::join_policy::key(row.join_policy)),
            ),
            (
                look.say("settings-contact"),
                contact.unwrap_or_else(|| look.say("settings-nobody")),
            ),
        ]
    }

    fn asks(row: &house::Model, change: &Change) -> bool {
        change.time_zone.as_ref() != Some(&row.time_zone)
    }

    fn page(_: &App, around: Around, row: &house::Model, form: Form) -> Page {
        let look: &Look = &around.frame;
        let zones = zones();
        let chosen = form.fields.text("time_zone");
        let is_listed = zones.iter().any(|(_, of)| of.contains(&chosen));
        let languages = named::language::ALL.iter();
        Page {
            other_zone: (!is_listed).then(|| chosen.to_owned()),
            zones,
            languages: languages
                .map(|one| {
                    let name = look.say(named::language::key(*one));
                    (named::language::word(*one), name)
                })
                .collect(),
            policies: (named::join_policy::ALL.iter())
                .map(|one| {
                    (
                        named::join_policy::word(*one),
                        told(look, *one),
                        help(look, *one),
                    )
                })
                .collect(),
            clock: clock(look, &row.time_zone),
            becomes: becomes(look, &row.time_zone, chosen),
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}

fn told(look: &Look, policy: JoinPolicy) -> String {
    look.say(named::join_policy::key(policy))
}

fn help(look: &Look, policy: JoinPolicy) -> String {
    look.say(match policy {
        JoinPolicy::Workspace => "settings-join-workspace-help",
        JoinPolicy::List => "settings-join-list-help",
    })
}

/// The time that a zone's clock shows.
fn clock(look: &Look, zone: &str) -> String {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    look.now.with_timezone(&zone).format("%H:%M").to_string()
}

/// A change of the clock, with the time that both show.
fn becomes(look: &Look, from: &str, to: &str) -> String {
    let fills = [
        ("from", from.into()),
        ("was", clock(look, from).into()),
        ("to", to.into()),
        ("is", clock(look, to).into()),
    ];
    look.words.tell("settings-zone-becomes", &fills)
}

/// The places of each region, and the clock of the world.
fn zones() -> Vec<(&'static str, Vec<&'static str>)> {
    let all = TZ_VARIANTS.iter().map(|zone| zone.name());
    let all: Vec<&'static str> = all.collect();
    let regions = REGIONS.iter().map(|region| {
        let is_there = |name: &&&str| {
            name.strip_prefix(region)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        (*region, all.iter().filter(is_there).copied().collect())
    });
    std::iter::once(("UTC", vec!["UTC"]))
        .chain(regions)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_that_is_offered_is_one() {
        let zones = zones();
        let all: Vec<&str> = zones.iter().flat_map(|(_, of)| of.clone()).collect();
        assert!(all.len() > 400, "{}", all.len());
        assert!(all.contains(&"Europe/Berlin") && all.contains(&"UTC"));
        assert!(!all.contains(&"US/Eastern") && !all.contains(&"EST"));
        for zone in all {
            assert!(zone.parse::<Tz>().is_ok(), "{zone}");
        }
    }
}
