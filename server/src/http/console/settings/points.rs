//! Points: what actions earn, and what a change of it means before it is made.

use askama::Template;
use entity::json::PointRules;
use entity::organization as house;

use super::{Around, Facts, Form, Part, Section, number};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::points::{MOST, MOST_SHARES, worth};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::service::settings::Change;

/// Clicks of the worked example.
const CLICKS: i64 = 30;

/// The rules in their order: the field, and the keys of its name and of what it means.
const RULES: [(&str, &str, &str); 6] = [
    (
        "share_confirmed",
        "settings-point-confirmed",
        "settings-point-confirmed-help",
    ),
    (
        "share_proven",
        "settings-point-proven",
        "settings-point-proven-help",
    ),
    ("click", "settings-point-click", "settings-point-click-help"),
    (
        "proposal",
        "settings-point-proposal",
        "settings-point-proposal-help",
    ),
    (
        "clicks_per_share_and_day",
        "settings-point-clicks-cap",
        "settings-point-clicks-cap-help",
    ),
    (
        "shares_per_day",
        "settings-point-shares-cap",
        "settings-point-shares-cap-help",
    ),
];

#[derive(Template)]
#[template(path = "console/settings_points.html")]
pub(super) struct Page {
    frame: Frame,
    nav: Vec<Part>,
    form: Form,
    rules: Vec<Rule>,
    /// What a share earns by what stands, as a sentence.
    example: String,
    /// What it earned and will earn, where a change waits for its yes.
    becomes: String,
    /// What changed before, for who may read it.
    log: Option<String>,
}

/// A rule in the form, and as it stands.
struct Rule {
    field: &'static str,
    name: String,
    help: String,
    /// From what to what, where it changes.
    from: String,
    to: String,
    changes: bool,
}

/// The section.
pub(super) enum Points {}

impl Section for Points {
    const PATH: &'static str = "points";
    const TITLE: &'static str = "settings-points";
    type Page = Page;

    fn filled(_: &Look, row: &house::Model) -> Fields {
        let values = values(&row.settings.points, row.proposal_points);
        Fields::of(values.map(|(field, value)| (field, value.to_string())))
    }

    fn typed(_: &Look, fields: &Fields) -> Result<Change, Faults> {
        Ok(Change {
            points: Some(rules(fields)),
            proposal_points: Some(proposal(fields)),
            ..Change::default()
        })
    }

    fn sentence(look: &Look, fault: &Fault) -> (String, String) {
        let field = fault.field.strip_prefix("points.").unwrap_or_default();
        let sentence = if field == "shares_per_day" {
            look.count("settings-fault-shares", MOST_SHARES)
        } else {
            look.count("settings-fault-points", MOST)
        };
        (field.to_owned(), sentence)
    }

    fn facts(look: &Look, row: &house::Model) -> Facts {
        let values = values(&row.settings.points, row.proposal_points).into_iter();
        let names = RULES.iter().map(|(_, key, _)| look.say(key));
        names
            .zip(values)
            .map(|(name, (_, value))| (name, look.number(value)))
            .collect()
    }

    fn asks(row: &house::Model, change: &Change) -> bool {
        change.points.as_ref() != Some(&row.settings.points)
            || change.proposal_points != Some(row.proposal_points)
    }

    fn page(_: &App, around: Around, row: &house::Model, form: Form) -> Page {
        let look: &Look = &around.frame;
        let (before, after) = (&row.settings.points, rules(&form.fields));
        let was = worth(before, CLICKS);
        let will = if form.asks {
            worth(&after, CLICKS)
        } else {
            was
        };
        let told = |key: &str| {
            look.words.tell(
                key,
                &[
                    ("clicks", CLICKS.into()),
                    ("before", was.into()),
                    ("after", will.into()),
                ],
            )
        };
        let new = values(&after, proposal(&form.fields));
        let pairs = values(before, row.proposal_points).into_iter().zip(new);
        let rules = RULES
            .iter()
            .zip(pairs)
            .map(|((field, key, help), (from, to))| Rule {
                field,
                name: look.say(key),
                help: look.say(help),
                changes: from != to,
                from: look.number(from.1),
                to: look.number(to.1),
            });
        Page {
            rules: rules.collect(),
            example: told("settings-points-example"),
            becomes: told(if was == will {
                "settings-points-example"
            } else {
                "settings-points-becomes"
            }),
            log: around.log,
            frame: around.frame,
            nav: around.nav,
            form,
        }
    }
}

/// The rules that were typed; what is no number is beyond every limit.
fn rules(fields: &Fields) -> PointRules {
    PointRules {
        share_confirmed: number(fields, "share_confirmed"),
        share_proven: number(fields, "share_proven"),
        click: number(fields, "click"),
        clicks_per_share_and_day: number(fields, "clicks_per_share_and_day"),
        shares_per_day: number(fields, "shares_per_day"),
    }
}

/// What an accepted proposal is to earn.
fn proposal(fields: &Fields) -> i64 {
    number(fields, "proposal")
}

/// The rules in the order of [`RULES`].
fn values(rules: &PointRules, proposal: i64) -> [(&'static str, i64); 6] {
    let PointRules {
        share_confirmed,
        share_proven,
        click,
        clicks_per_share_and_day,
        shares_per_day,
    } = rules;
    let values = [
        share_confirmed,
        share_proven,
        click,
        &proposal,
        clicks_per_share_and_day,
        shares_per_day,
    ];
    let mut all = RULES.map(|(field, ..)| (field, 0));
    for (one, value) in all.iter_mut().zip(values) {
        one.1 = *value;
    }
    all
}
