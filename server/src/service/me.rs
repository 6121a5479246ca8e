//! What a member sees and chooses of themselves.

mod change;
mod home;

use chrono::{DateTime, Utc};
use entity::{identity, installation, member, organization};

use crate::app::App;
use crate::domain::leaderboard::{Board, Period, zone};
use crate::domain::share::COUNTING;
use crate::service::actor::Actor;
use crate::service::addresses;
use crate::service::leaderboard::{self, Standing};
use crate::store::{StoreError, identities, installations, links, shares};

pub(in crate::service) use change::stop_messages;
pub use change::{Change, UpdateMeError, set_mastodon_instance, update};
pub use home::{Home, home};

/// The member in person.
#[derive(Clone, Debug)]
pub struct Me {
    /// The member.
    pub member: member::Model,
    /// Their organization.
    pub organization: organization::Model,
    /// Their accounts, oldest first.
    pub accounts: Vec<Account>,
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
    /// The present: a pause that is over is none.
    pub now: DateTime<Utc>,
    /// Their board page.
    pub board_url: String,
}

/// A member's account on a chat platform.
#[derive(Clone, Debug)]
pub struct Account {
    /// The account.
    pub identity: identity::Model,
    /// Name of the workspace or guild in which it is known.
    pub workspace: String,
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
    let installed = installations::of(db, organization.id).await?;
    let accounts = identities::of_member(db, organization.id, member.id).await?;
    Ok(Me {
        accounts: accounts
            .into_iter()
            .map(|identity| account(identity, &installed, organization))
            .collect(),
        week: leaderboard::standing(db, organization, &week, member.id).await?,
        points_all_time: leaderboard::points_of(db, organization, &all_time, member.id).await?,
        shares: count,
        clicks: links::clicks_of_member(db, organization.id, member.id).await?,
        potential_reach,
        now: app.now(),
        board_url: addresses::board_url(app, member.id),
        member: member.clone(),
        organization: organization.clone(),
    })
}

/// An account that was paired outside any workspace is shown with its organization.
fn account(
    identity: identity::Model,
    installed: &[installation::Model],
    organization: &organization::Model,
) -> Account {
    let home = installed.iter().find(|installation| {
        installation.platform == identity.platform
            && installation.external_id == identity.workspace_ref
    });
    Account {
        workspace: home.map_or(&organization.name, |home| &home.name).clone(),
        identity,
    }
}
