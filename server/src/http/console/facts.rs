//! What is decided about a post beside its words: for whom it is, where and from when to when it
//! goes, and how it may be changed. Whoever judges a post reads it, not only who writes one.

use axum::response::Response;
use chrono::{DateTime, Utc};

use super::door::{Console, Door};
use super::look::Look;
use super::named;
use super::page::OrPage;
use crate::app::App;
use crate::domain::audience::chooses_people;
use crate::service::audiences::{self, Named};
use crate::service::posts::PostDetail;
use crate::service::proposals;
use crate::service::routing::About;

/// Channels that are named one by one; the others are counted.
const NAMED: usize = 12;

/// Something that is decided about a post.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub name: String,
    /// A time, if it is one.
    pub at: Option<DateTime<Utc>>,
    /// What else is to be said of it, in lines.
    pub lines: Vec<String>,
}

/// What is decided about a post.
pub(super) async fn facts<P: Door>(
    app: &App,
    console: &Console<P>,
    detail: &PostDetail,
) -> Result<Vec<Fact>, Response> {
    let audience = detail.post.audience.as_ref();
    let whom = (audience, About::Post(detail.post.id));
    let named = audiences::name_terms(app, &console.actor, whom).await;
    let named = named.or_page(console)?;
    let days = console.actor.organization.settings.expiry_days;
    let mut told = told(&console.look, detail, (&named, days));
    let proposer = proposals::proposer_of(app, &console.actor, detail.post.id).await;
    told.extend(proposer.or_page(console)?.map(|name| Fact {
        name: console.look.say("facts-proposed-by"),
        at: None,
        lines: vec![name],
    }));
    Ok(told)
}

fn told(look: &Look, detail: &PostDetail, (named, days): (&Named, i64)) -> Vec<Fact> {
    let post = &detail.post;
    let lines = |key, lines| Fact {
        name: look.say(key),
        at: None,
        lines,
    };
    let time = |key, at| Fact {
        name: look.say(key),
        at: Some(at),
        lines: Vec::new(),
    };
    let mut told = vec![lines("facts-goes-to", goes_to(look, detail, named))];
    told.extend(post.embargo_until.map(|at| time("facts-not-before", at)));
    told.push(match post.expires_at {
        Some(at) => time("facts-ends", at),
        None => lines("facts-ends", vec![look.count("facts-ends-after", days)]),
    });
    let mode = look.say(named::edit_mode::key(post.edit_mode));
    told.push(lines("facts-change", vec![mode]));
    if !detail.topics.is_empty() {
        told.push(lines("facts-topics", vec![detail.topics.join(", ")]));
    }
    told
}

/// Whom it is for, and which channels show it.
fn goes_to(look: &Look, detail: &PostDetail, named: &Named) -> Vec<String> {
    let rule = detail.post.audience.clone().unwrap_or_default();
    let is_for_everybody = !chooses_people(&rule);
    let gone = rule.teams.len().saturating_sub(named.teams.len());
    let one = |key, names: Vec<String>| {
        (!names.is_empty()).then(|| look.with(key, "names", names.join(", ")))
    };
    let said = |keys: Vec<&'static str>| -> Vec<String> {
        keys.into_iter().map(|key| look.say(key)).collect()
    };
    let languages = rule.languages.into_iter().map(named::language::key);
    let roles = rule.roles.into_iter().map(named::role::key);
    let platforms = rule.platforms.into_iter().map(named::platform::key);
    let mut lines: Vec<String> = [
        one("facts-teams", named.teams.clone()),
        one("facts-readers", said(languages.collect())),
        one("facts-roles", said(roles.collect())),
        one("facts-chats", said(platforms.collect())),
    ]
    .into_iter()
    .flatten()
    .collect();
    if gone > 0 {
        lines.push(look.count("facts-gone-teams", gone));
    }
    if is_for_everybody {
        lines.push(look.say("facts-everybody"));
    }
    lines.push(channels(look, named));
    lines
}

fn channels(look: &Look, named: &Named) -> String {
    if named.channels.is_empty() {
        return look.say("facts-no-channel");
    }
    let shown = named.channels.iter().take(NAMED).map(|(name, platform)| {
        let chat = look.say(named::platform::key(*platform));
        format!("#{} ({chat})", name.trim_start_matches('#'))
    });
    let shown: Vec<String> = shown.collect();
    let mut told = shown.join(", ");
    let others = named.channels.len().saturating_sub(NAMED);
    if others > 0 {
        told = format!("{told} {}", look.count("facts-more-channels", others));
    }
    look.with("facts-channels", "names", told)
}
