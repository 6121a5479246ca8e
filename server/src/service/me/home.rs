//! All that a member's own page shows: themselves, what to share now, this week's board.

use super::{Me, show};
use crate::app::App;
use crate::domain::leaderboard::Period;
use crate::service::actor::Actor;
use crate::service::leaderboard::{self, Leaderboard};
use crate::service::proposals::{self, Own};
use crate::service::shares::{self, Choices};
use crate::service::suggestions;
use crate::store::StoreError;

/// Posts to share that the page shows: what fits above the member's figures.
const TO_SHARE: u64 = 3;

/// A member's own page.
#[derive(Clone, Debug)]
pub struct Home {
    /// The member in person.
    pub me: Me,
    /// Posts to share now, best first, with their ways to share each.
    pub to_share: Vec<Choices>,
    /// This week's board.
    pub board: Leaderboard,
    /// What they proposed last.
    pub proposal: Option<Own>,
}

/// The calling member's own page.
pub async fn home(app: &App, actor: &Actor) -> Result<Home, StoreError> {
    let Actor {
        organization,
        member,
        ..
    } = actor;
    let cards = suggestions::best(app, actor, TO_SHARE).await?;
    Ok(Home {
        me: show(app, actor).await?,
        to_share: shares::choices_of(app, (organization, member), cards).await?,
        board: leaderboard::board_with_movement(app, organization, member.id, Period::Week).await?,
        proposal: proposals::latest(app, actor).await?,
    })
}
