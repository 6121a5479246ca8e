//! What a member sees and chooses of themselves.

use std::collections::BTreeMap;

use entity::enums::{BoardVisibility, Language, Network};
use entity::json::Networks;
use entity::{member, organization};
use thiserror::Error;

use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::intent::mastodon_host;
use crate::domain::leaderboard::{Board, Period, zone};
use crate::domain::share::COUNTING;
use crate::service::actor::Actor;
use crate::service::leaderboard::{self, Standing};
use crate::service::{addresses, points};
use crate::store::{StoreError, links, members, shares};

/// Followers that an account may have: more than any account has.
const MAX_FOLLOWERS: i64 = 1_000_000_000;

/// The member in person.
#[derive(Clone, Debug)]
pub struct Me {
    /// The member.
    pub member: member::Model,
    /// Their organization.
    pub organization: organization::Model,
    /// Points and rank this week.
    pub week: Standing,
    /// Points in all.
    pub points_all_time: i64,
    /// Shares that count.
    pub shares: i64,
    /// Counted clicks on their links.
    pub clicks: i64,
    /// Sum of followers over their shares; not de-duplicated.
    pub potential_reach: i64,
    /// Their board page.
    pub board_url: String,
}

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

/// The member in person.
pub async fn show(app: &App, actor: &Actor) -> Result<Me, StoreError> {
    let Actor {
        organization,
        member,
        ..
    } = actor;
    let db = app.store.reader();
    let zone = zone(&organization.time_zone);
    let week = Board::at(Period::Week, app.now(), zone);
    let all_time = Board::at(Period::AllTime, app.now(), zone);
    let (count, potential_reach) =
        shares::sums_of_member(db, organization.id, member.id, &COUNTING).await?;
    Ok(Me {
        week: leaderboard::standing(db, organization, &week, member.id).await?,
        points_all_time: leaderboard::points_of(db, organization, &all_time, member.id).await?,
        shares: count,
        clicks: links::clicks_of_member(db, organization.id, member.id).await?,
        potential_reach,
        board_url: addresses::board_url(app, member.id),
        member: member.clone(),
        organization: organization.clone(),
    })
}

/// Changes one's own choices. The first choice of a board visibility finishes onboarding.
pub async fn update(app: &App, actor: &Actor, change: Change) -> Result<Me, UpdateMeError> {
    let change = change.checked().map_err(UpdateMeError::Invalid)?;
    let txn = app.store.begin().await?;
    let locked = shares::lock_members(&txn, &[actor.member.id]).await?;
    let before = locked.into_iter().next().ok_or(UpdateMeError::NotFound)?;
    let was_shown = points::is_shown(&before);
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

fn apply(
    mut member: member::Model,
    change: Change,
    now: chrono::DateTime<chrono::Utc>,
) -> member::Model {
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
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(faults)
        }
    }
}
