//! Steps with the posts that were ticked, what takes them back, and which posts did not take them.

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::DateTime;
use entity::ids::PostId;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::{Row, row};
use crate::app::App;
use crate::domain::post::campaign_slug;
use crate::http::auth::permissions::WritePosts;
use crate::http::console::door::Console;
use crate::http::console::form::Fields;
use crate::http::console::frame::Frame;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::posts::{self, Action, PostError};

/// Why a post did not take a step: its word in an address, and the key of its sentence.
const REASONS: [(&str, &str); 6] = [
    ("state", "refused-state"),
    ("fault", "refused-fault"),
    ("late", "refused-late"),
    ("own", "refused-own"),
    ("role", "refused-role"),
    ("away", "refused-away"),
];
/// Posts that are told of, at most: a page of the library has fewer.
const TOLD: usize = 100;

/// Posts that did not take a step.
#[derive(Template)]
#[template(path = "console/refusals.html")]
struct RefusalsPage {
    frame: Frame,
    rows: Vec<(Row, String)>,
    back: String,
}

/// Takes the step of the button that was pressed with each post that was ticked.
pub async fn take(console: Console<WritePosts>, State(app): State<App>, fields: Fields) -> Answer {
    let back = console.onward(&fields);
    let ids = fields.all("post").filter_map(|id| id.parse::<Uuid>().ok());
    let Some(action) = action(&fields) else {
        return Ok(console.go_to(&back, Some(Toast::of("toast-steps-what"))));
    };
    let steps: Vec<_> = ids.map(|id| (PostId(id), action.clone())).collect();
    if steps.is_empty() {
        return Ok(console.go_to(&back, Some(Toast::of("toast-steps-none"))));
    }
    act(&console, &app, steps, &back).await
}

/// Takes steps back: they stand in the address that a toast gave.
pub async fn undo(
    console: Console<WritePosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Answer {
    let back = console.onward(&fields);
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let steps: Vec<_> = asked.all("do").filter_map(read).collect();
    if steps.is_empty() {
        return Ok(console.go_to(&back, None));
    }
    act(&console, &app, steps, &back).await
}

async fn act(
    console: &Console<WritePosts>,
    app: &App,
    steps: Vec<(PostId, Action)>,
    back: &str,
) -> Answer {
    let all = steps.len();
    let done = posts::act_on_posts(app, &console.actor, steps).await;
    let done = done.or_page(console)?;
    let (mut changed, mut back_again, mut refused) = (0_i64, Vec::new(), Vec::new());
    for one in done {
        match one.outcome {
            Ok((_, undo)) => {
                changed += 1;
                back_again.extend(undo.map(|action| written(one.post, &action)));
            }
            // What is not there was never offered.
            Err(PostError::NotFound) => {}
            Err(error) => refused.push((one.post, reason(&error))),
        }
    }
    back_again.reverse();
    let is_all = usize::try_from(changed).is_ok_and(|changed| changed == all);
    let toast = if is_all {
        Toast::of("toast-steps-done").count(changed)
    } else if changed == 0 {
        Toast::of("toast-steps-refused")
    } else {
        Toast::of("toast-steps-some").count(changed)
    };
    let toast = if back_again.is_empty() {
        toast
    } else {
        let query: Vec<String> = back_again.iter().map(|step| format!("do={step}")).collect();
        toast.undo(format!(
            "{}?{}",
            console.path("library/undo"),
            query.join("&")
        ))
    };
    if refused.is_empty() {
        return Ok(console.go_to(back, Some(toast)));
    }
    let told = told(&refused, back);
    Ok(console.go(&format!("library/steps?{told}"), Some(toast)))
}

/// The word of a refusal.
fn reason(error: &PostError) -> &'static str {
    match error {
        PostError::WrongState(_) | PostError::NotFound => "state",
        PostError::Invalid(_) => "fault",
        PostError::VersionMismatch(_) => "late",
        PostError::OwnPost => "own",
        PostError::Forbidden(_) => "role",
        PostError::Internal(_) => "away",
    }
}

/// The query of the page that tells which posts did not take a step.
fn told(refused: &[(PostId, &str)], back: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("next", back);
    for (post, reason) in refused {
        query.append_pair("not", &format!("{}.{reason}", post.0.simple()));
    }
    query.finish()
}

/// Tells which posts did not take a step, and why.
pub async fn show_refusals(
    console: Console<WritePosts>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let mut rows = Vec::new();
    for (id, key) in asked.all("not").filter_map(refusal).take(TOLD) {
        match posts::show_post(&app, &console.actor, id).await {
            Ok(post) => rows.push((row(&console, &post), console.look.say(key))),
            // Meanwhile it is gone.
            Err(PostError::NotFound) => {}
            Err(error) => return Err(error).or_page(&console),
        }
    }
    let back = console.onward(&asked);
    if rows.is_empty() {
        return Ok(console.go_to(&back, None));
    }
    let shown = RefusalsPage {
        frame: console.frame("refusals-title"),
        rows,
        back,
    };
    Ok(console.page(&shown))
}

/// A post of such an address, and the key of what is said of it.
fn refusal(text: &str) -> Option<(PostId, &'static str)> {
    let (id, word) = text.split_once('.')?;
    let (_, key) = REASONS.iter().find(|(one, _)| *one == word)?;
    Some((PostId(id.parse().ok()?), key))
}

/// The step that the form's buttons stand for.
fn action(fields: &Fields) -> Option<Action> {
    let number = |name: &str| fields.text(name).trim().parse::<i64>().ok();
    match fields.text("step") {
        "submit" => Some(Action::Submit),
        "recall" => Some(Action::Recall),
        "archive" => Some(Action::Archive),
        "unarchive" => Some(Action::Unarchive),
        "withdraw" => Some(Action::Withdraw),
        "campaign" => {
            let name = fields.text("campaign").trim();
            let slug = (!name.is_empty()).then(|| campaign_slug(name));
            Some(Action::SetCampaign(slug))
        }
        "shift" => Some(Action::Shift(number("days")?.checked_mul(24 * 60)?)),
        _ => None,
    }
}

/// A step in an address: what, with which post, and whereto. None of them needs escaping.
fn written(post: PostId, action: &Action) -> String {
    let id = post.0.simple();
    match action {
        Action::Submit => format!("submit.{id}"),
        Action::Recall => format!("recall.{id}"),
        Action::Archive => format!("archive.{id}"),
        Action::Unarchive => format!("unarchive.{id}"),
        Action::Withdraw => format!("withdraw.{id}"),
        Action::SetCampaign(slug) => {
            format!("campaign.{id}.{}", slug.as_deref().unwrap_or_default())
        }
        Action::Reschedule(at) => format!("time.{id}.{}", at.timestamp_micros()),
        Action::Shift(minutes) => format!("shift.{id}.{minutes}"),
    }
}

fn read(text: &str) -> Option<(PostId, Action)> {
    let mut parts = text.splitn(3, '.');
    let (what, id, rest) = (parts.next()?, parts.next()?, parts.next());
    let id = PostId(id.parse().ok()?);
    let action = match what {
        "submit" => Action::Submit,
        "recall" => Action::Recall,
        "archive" => Action::Archive,
        "unarchive" => Action::Unarchive,
        "campaign" => {
            let slug = rest.unwrap_or_default();
            Action::SetCampaign((!slug.is_empty()).then(|| slug.to_owned()))
        }
        "time" => Action::Reschedule(DateTime::from_timestamp_micros(rest?.parse().ok()?)?),
        _ => return None,
    };
    Some((id, action))
}
