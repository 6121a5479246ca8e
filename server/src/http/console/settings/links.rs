//! Links: where short ones begin, and what they add to their destinations.

use askama::Template;
use entity::enums::Network;
use entity::json::UtmTemplate;
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section};
use crate::app::App;
use crate::domain::destination::{Utm, destination};
use crate::domain::fault::Fault;
use crate::domain::networks::offered;
use crate::domain::{short_address, utm};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::service::settings::Change;

/// Stands for a code, as long as one.
const CODE: &str = "aBcDeF23";
/// Stands for a post's address.
const EXAMPLE: &str = "https://example.org/news?id=7";

#[derive(Template)]
#[template(path = "console/settings_links.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    /// The server's own address.
    own: String,
    /// A short link, and where it leads, by what is typed.
    short: String,
    leads_to: Option<String>,
}

/// The section.
pub(super) enum Links {}

impl Section for Links {
    const PATH: &'static str = "links";
    const TITLE: &'static str = "settings-links";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        let utm = &row.settings.utm;
        Fields::of([
            ("short_url", row.short_url.clone().unwrap_or_default()),
            ("utm-source", utm.source.clone()),
            ("utm-medium", utm.medium.clone()),
            ("utm-campaign", utm.campaign.clone()),
        ])
    }

    fn typed(_: &Look, fields: &Fields) -> Result<Change, Faults> {
        Ok(Change {
            short_url: Some(fields.text("short_url").to_owned()),
            utm: Some(template(fields)),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, fault: &Fault) -> (String, String) {
        let key = match fault.field.as_str() {
            "short_url" => "settings-fault-short-url",
            "utm.source" => "settings-fault-utm-source",
            _ => "settings-fault-utm",
        };
        // Dots part no ids in addresses.
        (fault.field.replace('.', "-"), look.say(key))
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        let utm = &row.settings.utm;
        let short = row.short_url.clone();
        vec![
            (
                look.say("settings-short-url"),
                short.unwrap_or_else(|| look.say("settings-own-address")),
            ),
            (look.say("settings-utm-source"), utm.source.clone()),
            (look.say("settings-utm-medium"), utm.medium.clone()),
            (look.say("settings-utm-campaign"), utm.campaign.clone()),
        ]
    }

    fn asks(row: &house::Model, change: &Change) -> bool {
        let stands = row.short_url.as_deref().unwrap_or_default();
        let typed = change.short_url.as_deref().unwrap_or(stands);
        typed.trim().trim_end_matches('/') != stands
    }

    fn page(app: &App, around: Around, row: &house::Model, form: Form) -> Page {
        let typed = short_address::parse(form.fields.text("short_url")).ok();
        let house = house::Model {
            short_url: typed,
            ..row.clone()
        };
        let network = offered(row).first().copied().unwrap_or(Network::Copy);
        let template = utm::check(&template(&form.fields)).ok();
        let leads_to = template.and_then(|template| {
            let utm = Utm {
                template: &template,
                network,
                campaign: None,
                code: CODE,
            };
            destination(EXAMPLE, utm)
        });
        Page {
            own: app.addresses().base.clone(),
            short: app.addresses().link(&house, CODE),
            leads_to,
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}

fn template(fields: &Fields) -> UtmTemplate {
    UtmTemplate {
        source: fields.text("utm-source").to_owned(),
        medium: fields.text("utm-medium").to_owned(),
        campaign: fields.text("utm-campaign").to_owned(),
    }
}
