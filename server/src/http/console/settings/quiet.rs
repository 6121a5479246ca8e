//! Quiet hours: when members who chose none of their own are left in peace.

use askama::Template;
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::quiet::QuietHours;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::service::settings::Change;

#[derive(Template)]
#[template(path = "console/settings_quiet.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
}

/// The section.
pub(super) enum Quiet {}

impl Section for Quiet {
    const PATH: &'static str = "quiet";
    const TITLE: &'static str = "settings-quiet";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        let quiet = QuietHours::of_house(row);
        let weekends = if quiet.weekends { "yes" } else { "" };
        Fields::of([
            ("quiet-from", clock(quiet.from)),
            ("quiet-to", clock(quiet.to)),
            ("quiet-weekends", weekends.to_owned()),
        ])
    }

    fn typed(look: &Look, fields: &Fields) -> Result<Change, Faults> {
        let mut faults = Faults::none();
        let mut minutes = [0; 2];
        for (minute, name) in minutes.iter_mut().zip(["quiet-from", "quiet-to"]) {
            match read(fields.text(name)) {
                Some(read) => *minute = read,
                None => faults = faults.and(name, look.say("settings-fault-clock")),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let [from, to] = minutes;
        Ok(Change {
            quiet_hours: Some(QuietHours {
                from,
                to,
                weekends: fields.is_on("quiet-weekends"),
            }),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, _: &Fault) -> (String, String) {
        ("quiet-from".to_owned(), look.say("settings-fault-clock"))
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        vec![(
            look.say("settings-quiet"),
            told(look, QuietHours::of_house(row)),
        )]
    }

    fn page(_: &App, around: Around, _: &house::Model, form: Form) -> Page {
        Page {
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}

/// Quiet hours as a sentence.
pub(super) fn told(look: &Look, quiet: QuietHours) -> String {
    let key = match (quiet.from == quiet.to, quiet.weekends) {
        (true, true) => "settings-quiet-weekends-only",
        (true, false) => "settings-quiet-never",
        (false, true) => "settings-quiet-both",
        (false, false) => "settings-quiet-hours",
    };
    let fills = [
        ("from", clock(quiet.from).into()),
        ("to", clock(quiet.to).into()),
    ];
    look.words.tell(key, &fills)
}

/// A minute of the day as a clock shows it.
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A time of day as browsers send it.
fn read(typed: &str) -> Option<u16> {
    let (hours, minutes) = typed.trim().split_once(':')?;
    let minutes = minutes.split(':').next()?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_browsers_send_them() {
        for (typed, expected) in [
            ("18:00", Some(1080)),
            (" 09:05 ", Some(545)),
            ("23:59:59", Some(1439)),
            ("24:00", None),
            ("12:60", None),
            ("-1:00", None),
            ("noon", None),
            ("", None),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
        assert_eq!(clock(545), "09:05");
    }
}
