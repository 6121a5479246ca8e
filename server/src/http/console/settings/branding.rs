//! How the organization's pages look: their colour.

use askama::Template;
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section};
use crate::app::App;
use crate::domain::accent::{Accent, AccentFault};
use crate::domain::fault::Fault;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::service::settings::Change;

#[derive(Template)]
#[template(path = "console/settings_branding.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    /// What is typed, in light and in dark.
    shades: Option<Shades>,
}

/// A colour as it is drawn.
struct Shades {
    light: String,
    on_light: String,
    dark: String,
    on_dark: String,
}

/// The section.
pub(super) enum Branding {}

impl Section for Branding {
    const PATH: &'static str = "branding";
    const TITLE: &'static str = "settings-branding";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        Fields::of([("accent", row.accent.clone().unwrap_or_default())])
    }

    fn typed(look: &Look, fields: &Fields) -> Result<Change, Faults> {
        let typed = fields.text("accent").trim();
        // How much it differs is told by the rule in words for a developer; here in ours.
        if let Err(AccentFault::TooPale(ratio)) = Accent::parse(typed) {
            // Rounded down: what falls short is not told as enough.
            let ratio = format!("{:.1}", (ratio * 10.0).floor() / 10.0);
            let ratio = ratio.replace('.', &look.say("settings-point-sign"));
            let sentence = look.with("settings-fault-pale", "ratio", ratio);
            return Err(Faults::none().and("accent", sentence));
        }
        Ok(Change {
            accent: Some(typed.to_owned()),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, fault: &Fault) -> (String, String) {
        (fault.field.clone(), look.say("settings-fault-colour"))
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        let accent = row.accent.clone();
        vec![(
            look.say("settings-accent"),
            accent.unwrap_or_else(|| look.say("settings-own-colour")),
        )]
    }

    fn page(_: &App, around: Around, _: &house::Model, form: Form) -> Page {
        let accent = Accent::parse(form.fields.text("accent")).ok();
        let (on_light, on_dark) = Accent::letters();
        Page {
            shades: accent.map(|accent| Shades {
                light: accent.light.hex(),
                on_light: on_light.hex(),
                dark: accent.dark.hex(),
                on_dark: on_dark.hex(),
            }),
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}
