//! What is looked for in the library, as it stands in the address: filters, chips, choices.

use entity::{campaign, topic};
use url::form_urlencoded::Serializer;

use crate::http::console::form::Fields;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::service::posts::Library;

/// What may be looked for, each a chip once it is.
const FILTERS: [&str; 7] = [
    "q", "state", "kind", "network", "topic", "campaign", "language",
];

/// What is folded away until it is used.
const FOLDED: [&str; 6] = ["kind", "network", "topic", "campaign", "language", "sort"];

/// A part of the filter, and the view without it.
pub(super) struct Chip {
    pub(super) name: String,
    pub(super) without: String,
}

/// What the lists of the filter offer: word and name of each.
pub(super) struct Choices {
    pub(super) kinds: Vec<(&'static str, String)>,
    pub(super) networks: Vec<(&'static str, String)>,
    pub(super) languages: Vec<(&'static str, String)>,
    pub(super) sorts: Vec<(&'static str, String)>,
    pub(super) topics: Vec<String>,
    pub(super) campaigns: Vec<(String, String)>,
}

/// What the address asks for; what it cannot ask for is left out.
pub(super) fn wanted(fields: &Fields) -> Library {
    let text = |name: &str| {
        let text = fields.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    Library {
        search: text("q"),
        state: named::state::read(fields.text("state")),
        kind: named::kind::read(fields.text("kind")),
        network: named::network::read(fields.text("network")),
        campaign: text("campaign"),
        topic: text("topic"),
        author: None,
        language: named::language::read(fields.text("language")),
        from: None,
        until: None,
        sort: named::sort::read(fields.text("sort")).unwrap_or_default(),
    }
}

/// The query of a view: what is looked for, in the order of the form, with some parts changed.
pub(super) fn query_of(fields: &Fields, changed: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    let names = FILTERS.into_iter().chain(["sort", "view", "cursor"]);
    for name in names {
        let value = match changed.iter().find(|(other, _)| *other == name) {
            Some(&(_, value)) => value,
            // A page is one of a list, and no view.
            None if name == "cursor" => "",
            None => fields.text(name),
        };
        if !value.trim().is_empty() {
            query.append_pair(name, value.trim());
        }
    }
    query.finish()
}

pub(super) fn address(path: &str, fields: &Fields, changed: &[(&str, &str)]) -> String {
    let query = query_of(fields, changed);
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

pub(super) fn chips(look: &Look, path: &str, fields: &Fields) -> Vec<Chip> {
    FILTERS
        .into_iter()
        .filter_map(|name| {
            let value = fields.text(name).trim();
            let key = match name {
                "state" => named::state::read(value).map(named::state::key),
                "kind" => named::kind::read(value).map(named::kind::key),
                "network" => named::network::read(value).map(named::network::key),
                "language" => named::language::read(value).map(named::language::key),
                _ => None,
            };
            let named = key.map_or_else(|| value.to_owned(), |key| look.say(key));
            (!value.is_empty()).then(|| Chip {
                name: named,
                without: address(path, fields, &[(name, "")]),
            })
        })
        .collect()
}

pub(super) fn choices(
    look: &Look,
    topics: Vec<topic::Model>,
    campaigns: Vec<campaign::Model>,
) -> Choices {
    macro_rules! offered {
        ($name:ident) => {
            named::$name::ALL
                .iter()
                .map(|one| (named::$name::word(*one), look.say(named::$name::key(*one))))
                .collect()
        };
    }
    Choices {
        kinds: offered!(kind),
        networks: offered!(network),
        languages: offered!(language),
        sorts: offered!(sort),
        topics: topics.into_iter().map(|topic| topic.name).collect(),
        campaigns: (campaigns.into_iter())
            .map(|campaign| (campaign.slug, campaign.name))
            .collect(),
    }
}

/// Whether more is looked for than a state.
pub(super) fn is_narrowed(fields: &Fields) -> bool {
    let mut others = FILTERS.iter().filter(|name| **name != "state");
    others.any(|name| !fields.text(name).trim().is_empty())
}

/// Whether a part of the filter that is folded away has a say.
pub(super) fn is_filtered(fields: &Fields) -> bool {
    FOLDED.iter().any(|name| !fields.text(name).is_empty())
}
