//! What the organization pays on networks: a table, and a form for the next rate.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::Permission;
use entity::rate;

use super::figures::{network, since};
use super::{Tab, tabs, told};
use crate::app::App;
use crate::domain::currency::{digits, typed, written};
use crate::domain::fault::Fault;
use crate::http::auth::permissions::{ManageOrganization, ReadFigures};
use crate::http::console::door::{Console, Door};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::look::Look;
use crate::http::console::named;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::rates::{self, Rate, RateError};

#[derive(Template)]
#[template(path = "console/insight_rates.html")]
struct RatesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    networks: Vec<(&'static str, String)>,
    may_change: bool,
    fields: Fields,
    faults: Faults,
}

/// A rate.
struct Row {
    name: String,
    since: String,
    cpc: Option<String>,
    cpm: Option<String>,
    currency: String,
    /// Its own fields, to be taken away by.
    network: &'static str,
    month: String,
}

/// Shows them.
pub async fn show(console: Console<ReadFigures>, State(app): State<App>) -> Answer {
    let zone = crate::domain::leaderboard::zone(&console.actor.organization.time_zone);
    let month = console.look.now.with_timezone(&zone).format("%Y-%m");
    let fields = Fields::of([("valid_from", month.to_string())]);
    let shown = shown(&app, &console, (fields, Faults::none())).await?;
    Ok(console.page(&shown))
}

async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    (fields, faults): (Fields, Faults),
) -> Result<RatesPage, Response> {
    let rows = rates::list_rates(app, &console.actor).await;
    let rows = rows.or_page(console)?;
    let look = &console.look;
    let offered = named::network::ALL.iter();
    Ok(RatesPage {
        frame: console.frame("insight-title"),
        tabs: tabs(console, "insight/rates"),
        rows: rows.iter().map(|rate| row(look, rate)).collect(),
        networks: offered
            .map(|one| (named::network::word(*one), network(look, *one)))
            .collect(),
        may_change: console
            .actor
            .require(Permission::ManageOrganization)
            .is_ok(),
        fields,
        faults,
    })
}

fn row(look: &Look, rate: &rate::Model) -> Row {
    let price = |price: Option<i64>| price.map(|price| told::amount(look, price, &rate.currency));
    Row {
        name: network(look, rate.network),
        since: since(look, &rate.valid_from),
        cpc: price(rate.cpc),
        cpm: price(rate.cpm),
        currency: rate.currency.clone(),
        network: named::network::word(rate.network),
        month: rate.valid_from.get(..7).unwrap_or_default().to_owned(),
    }
}

/// Sets a rate, or takes it away where it has no price.
pub async fn set(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let read = rate_of(&console.look, &fields);
    let faults = match read {
        Ok(rate) => {
            let is_less = rate.cpc.is_none() && rate.cpm.is_none();
            let before = there(&app, &console, &rate).await;
            // Taken away twice it is gone; typed without a price there is nothing to set.
            if is_less && before.is_none() && !fields.is_on("remove") {
                let sentence = console.look.say("rate-fault-none");
                let faults = Faults::none().and("cpc", sentence);
                let shown = shown(&app, &console, (fields, faults)).await?;
                return Ok(console.again(&shown));
            }
            match rates::set_rate(&app, &console.actor, rate).await {
                Ok(after) => {
                    let former = before.filter(|before| !after.contains(before));
                    return Ok(done(&console, is_less, former));
                }
                Err(RateError::Invalid(faults)) => {
                    Faults::of(&faults, |fault| sentence(&console.look, fault))
                }
                Err(RateError::Forbidden(_)) => return Err(console.forbidden()),
                Err(RateError::Internal(error)) => return Err(console.failed(&error)),
            }
        }
        Err(faults) => faults,
    };
    let shown = shown(&app, &console, (fields, faults)).await?;
    Ok(console.again(&shown))
}

/// The rate of that network and month before it changes.
async fn there(
    app: &App,
    console: &Console<ManageOrganization>,
    rate: &Rate,
) -> Option<rate::Model> {
    // Who may set rates and not read figures sees no former one.
    let rows = rates::list_rates(app, &console.actor).await.ok()?;
    rows.into_iter().find(|one| {
        one.network == rate.network && one.valid_from.get(..7) == Some(rate.valid_from.as_str())
    })
}

/// What was taken away or overwritten can be brought back: either values past figures anew.
fn done(
    console: &Console<ManageOrganization>,
    is_less: bool,
    former: Option<rate::Model>,
) -> Response {
    let toast = Toast::of(if is_less {
        "toast-rate-removed"
    } else {
        "toast-rate-set"
    });
    let toast = match former {
        Some(rate) => toast.undo(undo(console, &rate)),
        None => toast,
    };
    console.go("insight/rates", Some(toast))
}

/// The path that sets a rate as it was.
fn undo(console: &Console<ManageOrganization>, rate: &rate::Model) -> String {
    let places = digits(&rate.currency).unwrap_or_default();
    let price =
        |price: Option<i64>| price.map_or_else(String::new, |price| written(price, places, "."));
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("network", named::network::word(rate.network).to_owned()),
        (
            "valid_from",
            rate.valid_from.get(..7).unwrap_or_default().to_owned(),
        ),
        ("currency", rate.currency.clone()),
        ("cpc", price(rate.cpc)),
        ("cpm", price(rate.cpm)),
    ] {
        query.append_pair(name, &value);
    }
    format!("{}?{}", console.path("insight/rates/undo"), query.finish())
}

/// Brings back what was taken away or overwritten: the rate stands in the address.
pub async fn bring_back(
    console: Console<ManageOrganization>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let Ok(rate) = rate_of(&console.look, &fields) else {
        return Err(console.not_found());
    };
    match rates::set_rate(&app, &console.actor, rate).await {
        Ok(_) => Ok(console.go("insight/rates", Some(Toast::of("toast-rate-set")))),
        Err(RateError::Invalid(_)) => Err(console.not_found()),
        Err(RateError::Forbidden(_)) => Err(console.forbidden()),
        Err(RateError::Internal(error)) => Err(console.failed(&error)),
    }
}

/// The rate that was typed.
fn rate_of(look: &Look, fields: &Fields) -> Result<Rate, Faults> {
    let currency = fields.text("currency").trim().to_uppercase();
    let places = digits(&currency);
    let mut faults = Faults::none();
    let network = named::network::read(fields.text("network"));
    if network.is_none() {
        faults = faults.and("network", look.say("rate-fault-network"));
    }
    if places.is_none() {
        faults = faults.and("currency", look.say("rate-fault-currency"));
    }
    let mut prices = [None; 2];
    for (price, name) in prices.iter_mut().zip(["cpc", "cpm"]) {
        let text = fields.text(name).trim();
        if text.is_empty() {
            continue;
        }
        *price = typed(text, places.unwrap_or(2));
        if price.is_none() {
            faults = faults.and(name, look.say("rate-fault-price"));
        }
    }
    let [cpc, cpm] = prices;
    match network {
        Some(network) if faults.is_empty() => Ok(Rate {
            network,
            valid_from: fields.text("valid_from").trim().to_owned(),
            currency,
            cpc,
            cpm,
        }),
        Some(_) | None => Err(faults),
    }
}

fn sentence(look: &Look, fault: &Fault) -> String {
    look.say(match fault.field.as_str() {
        "valid_from" => "rate-fault-month",
        "currency" => "rate-fault-currency",
        _ => "rate-fault-price",
    })
}
