//! Networks that members may share to, and in which order they are offered.

use askama::Template;
use entity::enums::Network;
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::intent::NETWORKS;
use crate::domain::networks::offered;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::settings::Change;

#[derive(Template)]
#[template(path = "console/settings_networks.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    rows: Vec<Row>,
    /// What is no longer offered, where a change waits for its yes.
    ends: String,
}

/// A network in the form.
struct Row {
    word: &'static str,
    name: String,
    is_offered: bool,
    /// Its place, as it was typed.
    place: String,
}

/// The section.
pub(super) enum Networks {}

impl Section for Networks {
    const PATH: &'static str = "networks";
    const TITLE: &'static str = "settings-networks";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        let offered = offered(row);
        let rest = NETWORKS.iter().filter(|one| !offered.contains(one));
        let all = offered.iter().chain(rest).enumerate();
        let mut fields = Vec::new();
        for (at, network) in all {
            let word = named::network::word(*network);
            if offered.contains(network) {
                fields.push(("offered".to_owned(), word.to_owned()));
            }
            fields.push((place(word), (at + 1).to_string()));
        }
        Fields::from(fields)
    }

    fn typed(look: &Look, fields: &Fields) -> Result<Change, Faults> {
        let mut chosen = Vec::new();
        for network in NETWORKS {
            let word = named::network::word(network);
            if !fields.is("offered", word) {
                continue;
            }
            let typed = fields.text(&place(word)).trim();
            match typed.parse::<u16>() {
                Ok(place) => chosen.push((place, network)),
                // What has no place comes last.
                Err(_) if typed.is_empty() => chosen.push((u16::MAX, network)),
                Err(_) => {
                    let sentence = look.say("settings-fault-place");
                    return Err(Faults::none().and(&place(word), sentence));
                }
            }
        }
        // Of two in one place, the one that usually comes first does.
        chosen.sort_by_key(|(place, _)| *place);
        let networks = chosen.into_iter().map(|(_, network)| network);
        Ok(Change {
            networks: Some(networks.collect()),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, _: &Fault) -> (String, String) {
        ("networks".to_owned(), look.say("settings-fault-networks"))
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        vec![(
            look.say("settings-networks-offered"),
            told(look, &offered(row)),
        )]
    }

    fn asks(row: &house::Model, change: &Change) -> bool {
        let kept = change.networks.as_deref().unwrap_or_default();
        offered(row).iter().any(|network| !kept.contains(network))
    }

    fn page(_: &App, around: Around, row: &house::Model, form: Form) -> Page {
        let look: &Look = &around.frame;
        let mut ended = offered(row);
        ended.retain(|one| !form.fields.is("offered", named::network::word(*one)));
        let ends = told(look, &ended);
        let mut rows: Vec<Row> = (NETWORKS.iter())
            .map(|network| line(look, *network, &form.fields))
            .collect();
        rows.sort_by_key(|row| row.place.trim().parse::<u16>().unwrap_or(u16::MAX));
        Page {
            rows,
            ends,
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}

fn line(look: &Look, network: Network, fields: &Fields) -> Row {
    let word = named::network::word(network);
    Row {
        word,
        name: look.say(named::network::key(network)),
        is_offered: fields.is("offered", word),
        place: fields.text(&place(word)).to_owned(),
    }
}

/// The field of a network's place.
fn place(word: &str) -> String {
    format!("place-{word}")
}

/// Networks by their names.
pub(super) fn told(look: &Look, networks: &[Network]) -> String {
    let names: Vec<String> = (networks.iter())
        .map(|network| look.say(named::network::key(*network)))
        .collect();
    names.join(", ")
}
