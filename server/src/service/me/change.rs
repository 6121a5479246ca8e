//! Changing one's own choices. Nothing of this is audited.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{BoardVisibility, DeliveryPreference, Language, Network, Platform};
use entity::ids::MemberId;
use entity::json::Networks;
use entity::{identity, member};
use thiserror::Error;

use super::{Me, show};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::intent::mastodon_host;
use crate::domain::quiet::QuietHours;
use crate::service::actor::Actor;
use crate::service::points;
use crate::store::{StoreError, Txn, identities, members, shares};

/// Followers that an account may have: more than any account has.
const MAX_FOLLOWERS: i64 = 1_000_000_000;
/// Days of a pause, at most.
const LONGEST_PAUSE: u32 = 365;

/// A change of one's own choices; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// How to appear on boards.
    pub board_visibility: Option<BoardVisibility>,
    /// The language to be spoken to in.
    pub language: Option<Language>,
    /// Whether shares name their member in links.
    pub attribution: Option<bool>,
    /// Preferred networks, in order.
    pub networks: Option<Vec<Network>>,
    /// Followers per network; others stay.
    pub followers: Option<BTreeMap<Network, i64>>,
    /// The Mastodon instance; empty for none.
    pub mastodon_instance: Option<String>,
    /// Which messages of their own they want.
    pub delivery: Option<DeliveryPreference>,
    /// Days without them from now on; 0 ends a pause.
    pub pause_days: Option<u32>,
    /// When they are not to be disturbed.
    pub quiet_hours: Option<QuietHours>,
}

/// Why a change is refused.
#[derive(Debug, Error)]
pub enum UpdateMeError {
    /// Fields are invalid.
    #[error("a field is invalid")]
    Invalid(Vec<Fault>),
    /// The member is gone.
    #[error("there is no such member")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Changes one's own choices. The first choice of a board visibility finishes onboarding.
pub async fn update(app: &App, actor: &Actor, change: Change) -> Result<Me, UpdateMeError> {
    let change = change.checked().map_err(UpdateMeError::Invalid)?;
    let txn = app.store.begin().await?;
    let locked = shares::lock_members(&txn, &[actor.member.id]).await?;
    let before = locked.into_iter().find(|one| one.erased_at.is_none());
    let before = before.ok_or(UpdateMeError::NotFound)?;
    let was_shown = points::is_shown(&before);
    let before = match change.delivery {
        Some(wanted) => {
            let accounts = identities::of_member(&*txn, before.organization_id, before.id).await?;
            let asked_on = asked_on(actor, &before, &accounts);
            deliver(before, wanted, asked_on)?
        }
        None => before,
    };
    let after = apply(before, change, app.now());
    let after = members::update(&*txn, after).await?;
    let shown = points::is_shown(&after);
    if shown != was_shown {
        points::show(&txn, after.organization_id, after.id, shown).await?;
    }
    txn.commit().await?;
    let actor = Actor {
        member: after,
        ..actor.clone()
    };
    Ok(show(app, &actor).await?)
}

/// Remembers a member's Mastodon instance as typed; none if it is no host name.
pub async fn set_mastodon_instance(
    app: &App,
    actor: &Actor,
    typed: &str,
) -> Result<Me, UpdateMeError> {
    let change = Change {
        // An empty text would mean "none" here, and nobody asks to share to none.
        mastodon_instance: Some(if typed.trim().is_empty() {
            "-".to_owned()
        } else {
            typed.to_owned()
        }),
        ..Change::default()
    };
    update(app, actor, change).await
}

/// The chat in which messages are asked for: the one that the member asks in. From elsewhere
/// it is the one that they chose before, or Slack; Discord's only who asked there.
fn asked_on(
    actor: &Actor,
    member: &member::Model,
    accounts: &[identity::Model],
) -> Option<Platform> {
    let here = actor.account.as_ref().map(|account| account.platform);
    let has = |platform: &Platform| accounts.iter().any(|one| one.platform == *platform);
    here.or(member.delivery_platform)
        .into_iter()
        .chain([Platform::Slack])
        .find(has)
}

fn deliver(
    member: member::Model,
    wanted: DeliveryPreference,
    asked_on: Option<Platform>,
) -> Result<member::Model, UpdateMeError> {
    let delivery_platform = match (wanted, asked_on) {
        (DeliveryPreference::EachPost, Some(platform)) => Some(platform),
        (DeliveryPreference::EachPost, None) => {
            let reason = "is asked for in a chat, which the messages then come in";
            return Err(UpdateMeError::Invalid(vec![Fault::new("delivery", reason)]));
        }
        (DeliveryPreference::ChannelOnly, _) => None,
    };
    Ok(member::Model {
        delivery: wanted,
        delivery_platform,
        delivery_refused_on: None,
        ..member
    })
}

/// A chat would not take the member's messages: they are asked for no more, and the member's
/// own page says so until they choose again.
pub(in crate::service) async fn stop_messages(
    txn: &Txn,
    app: &App,
    member: MemberId,
    platform: Platform,
) -> Result<(), StoreError> {
    let locked = shares::lock_members(txn, &[member]).await?;
    for member in locked {
        if member.delivery_platform == Some(platform) {
            let row = member::Model {
                delivery: DeliveryPreference::ChannelOnly,
                delivery_platform: None,
                delivery_refused_on: Some(platform),
                updated_at: app.now(),
                ..member
            };
            members::update(&**txn, row).await?;
        }
    }
    Ok(())
}

fn apply(mut member: member::Model, change: Change, now: DateTime<Utc>) -> member::Model {
    if let Some(visibility) = change.board_visibility {
        member.board_visibility = visibility;
        member.joined_at = member.joined_at.or(Some(now));
    }
    if let Some(language) = change.language {
        member.language = Some(language);
    }
    if let Some(attribution) = change.attribution {
        member.attribution = attribution;
    }
    if let Some(networks) = change.networks {
        member.networks = Networks(networks);
    }
    if let Some(followers) = change.followers {
        member.followers.0.extend(followers);
    }
    if let Some(instance) = change.mastodon_instance {
        member.mastodon_instance = Some(instance).filter(|instance| !instance.is_empty());
    }
    if let Some(days) = change.pause_days {
        member.paused_until = (days > 0).then(|| now + TimeDelta::days(days.into()));
    }
    if let Some(quiet) = change.quiet_hours {
        member.quiet_from = quiet.from.into();
        member.quiet_to = quiet.to.into();
        member.quiet_weekends = quiet.weekends;
        member.quiet_own = true;
    }
    member.updated_at = now;
    member
}

impl Change {
    /// The same with a normalised instance; or every fault in it.
    fn checked(mut self) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let networks = self.networks.as_deref().unwrap_or_default();
        for (index, network) in networks.iter().enumerate() {
            if networks.iter().take(index).any(|before| before == network) {
                faults.push(Fault::new(format!("networks.{index}"), "is named twice"));
            }
        }
        for (network, followers) in self.followers.iter().flatten() {
            if !(0..=MAX_FOLLOWERS).contains(followers) {
                let field = format!(
                    "followers.{}",
                    crate::domain::destination::network_word(*network)
                );
                faults.push(Fault::new(field, format!("is 0 to {MAX_FOLLOWERS}")));
            }
        }
        if let Some(typed) = self.mastodon_instance.take() {
            if typed.trim().is_empty() {
                self.mastodon_instance = Some(String::new());
            } else if let Some(host) = mastodon_host(&typed) {
                self.mastodon_instance = Some(host);
            } else {
                let reason = "is the host of an instance, such as mastodon.social";
                faults.push(Fault::new("mastodon_instance", reason));
            }
        }
        if self.pause_days.is_some_and(|days| days > LONGEST_PAUSE) {
            faults.push(Fault::new("pause_days", format!("is 0 to {LONGEST_PAUSE}")));
        }
        if self.quiet_hours.is_some_and(|quiet| quiet.check().is_err()) {
            let reason = "begins and ends at a minute of the day, 0 to 1439";
            faults.push(Fault::new("quiet_hours", reason));
        }
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }
}
