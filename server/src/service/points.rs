//! Awarding: entries of the ledger, the scores of all running boards and their
//! rank structure, in the transaction of the fact that earned them.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::{BoardVisibility, PointKind};
use entity::ids::{MemberId, OrganizationId, PointEventId, ShareId};
use entity::{member, organization, point_event, score, score_bucket, share};

use crate::app::App;
use crate::domain::leaderboard::{Board, buckets, local_day, zone};
use crate::domain::points::{self, Entry, Place, Step};
use crate::store::{Reader, StoreError, Txn, point_events, scores};

/// An entry to be appended for a member.
#[derive(Clone, Debug)]
pub struct Award {
    /// Whose points.
    pub member: MemberId,
    /// Whether the member stands on boards.
    pub shown: bool,
    /// The share that earned them, where one did.
    pub share: Option<ShareId>,
    /// What and how much.
    pub entry: Entry,
    /// When it was earned.
    pub at: DateTime<Utc>,
}

/// Whether a member stands on boards and is counted in ranks. Who left stands there no more by
/// name; a pseudonym stays, because that it goes and comes with its member would tell whose it is.
pub fn is_shown(member: &member::Model) -> bool {
    match member.board_visibility {
        BoardVisibility::Name => member.left_at.is_none(),
        BoardVisibility::Pseudonym => true,
        BoardVisibility::Hidden => false,
    }
}

/// The place that a share took at its first award; none before it.
pub async fn place_of(
    db: &impl Reader,
    organization: OrganizationId,
    share: ShareId,
) -> Result<Option<Place>, StoreError> {
    let earning = points::confirmed_key(share);
    if point_events::by_key(db, organization, &earning)
        .await?
        .is_some()
    {
        return Ok(Some(Place::Earning));
    }
    let over_cap = points::over_cap_key(share);
    let noted = point_events::by_key(db, organization, &over_cap).await?;
    Ok(noted.map(|_| Place::OverCap))
}

/// What a step of a share earns at `at`, and the place that it holds from now on.
///
/// The member's row must be locked: the day's places are counted here.
/// `pending` are awards of the same transaction that are not written yet.
pub async fn step(
    txn: &Txn,
    organization: &organization::Model,
    share: &share::Model,
    taken: (Step, DateTime<Utc>),
    pending: &[Entry],
) -> Result<(Place, Vec<Entry>), StoreError> {
    let (step, at) = taken;
    let rules = points::rules_at(organization, at);
    if let Some(place) = place_of(&**txn, organization.id, share.id).await? {
        return Ok((place, points::later(rules, share.id, place, step)));
    }
    let day = local_day(at, zone(&organization.time_zone));
    let earlier = point_events::of_day(
        &**txn,
        organization.id,
        share.member_id,
        &day,
        PointKind::ShareConfirmed,
    )
    .await?;
    let earning = earlier
        .iter()
        .map(|event| event.dedupe_key.as_str())
        .chain(pending.iter().map(|entry| entry.dedupe_key.as_str()))
        .filter(|key| points::is_confirmed_key(key))
        .count();
    let place = points::place(rules, i64::try_from(earning).unwrap_or(i64::MAX));
    Ok((place, points::first(rules, share.id, place, step)))
}

/// Appends entries that are not in the ledger yet, and adds them to the scores.
///
/// Called once in a transaction, after everything else that it locks: scores
/// are written in the order of their keys and buckets after all scores, so
/// that transactions side by side never wait for each other in a circle. Each
/// is one statement however much is awarded.
pub async fn award(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    awards: Vec<Award>,
) -> Result<(), StoreError> {
    let zone = zone(&organization.time_zone);
    let events = awards.iter().map(|award| point_event::Model {
        id: PointEventId(app.uuid()),
        organization_id: organization.id,
        member_id: award.member,
        kind: award.entry.kind,
        points: award.entry.points,
        share_id: award.share,
        dedupe_key: award.entry.dedupe_key.clone(),
        day: local_day(award.at, zone),
        at: award.at,
    });
    let events: Vec<point_event::Model> = events.collect();
    let written: HashSet<_> = (point_events::append_unless_there(txn, &events).await?)
        .into_iter()
        .collect();
    let mut gains: BTreeMap<(String, MemberId), (i64, bool)> = BTreeMap::new();
    for (event, award) in events.iter().zip(&awards) {
        if event.points == 0 || !written.contains(&event.id) {
            continue;
        }
        for board in Board::running(award.at, zone) {
            let place = (board.key().to_owned(), award.member);
            let gain = gains.entry(place).or_insert((0, false));
            gain.0 += event.points;
            gain.1 = award.shown;
        }
    }
    let rows = gains.iter().map(|((board, member), (points, shown))| {
        let (board, member_id) = (board.clone(), *member);
        score::Model {
            organization_id: organization.id,
            board,
            member_id,
            points: *points,
            shown: *shown,
        }
    });
    let mut moves = Moves::default();
    for after in scores::add(txn, rows.collect()).await? {
        let place = (after.board, after.member_id);
        let gained = gains.get(&place).map_or(0, |(points, _)| *points);
        if after.shown {
            moves.leave(&place.0, after.points - gained);
            moves.enter(&place.0, after.points);
        }
    }
    moves.write(txn, organization.id).await
}

/// Shows or hides a member on all boards: their scores and the rank structure at once.
///
/// The member's row must be locked, so that no award comes between.
pub async fn show(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    shown: bool,
) -> Result<(), StoreError> {
    let mut moves = Moves::default();
    for score in scores::of_member(&**txn, organization, member).await? {
        match (score.shown, shown) {
            (false, true) => moves.enter(&score.board, score.points),
            (true, false) => moves.leave(&score.board, score.points),
            (true, true) | (false, false) => {}
        }
    }
    scores::set_shown(txn, organization, member, shown).await?;
    moves.write(txn, organization).await
}

/// Members who move between buckets, summed up before they are written.
#[derive(Debug, Default)]
struct Moves(BTreeMap<(String, i64, i64), i64>);

impl Moves {
    fn leave(&mut self, board: &str, points: i64) {
        self.shift(board, points, -1);
    }

    fn enter(&mut self, board: &str, points: i64) {
        self.shift(board, points, 1);
    }

    fn shift(&mut self, board: &str, points: i64, members: i64) {
        for (width, bucket) in buckets(points).into_iter().flatten() {
            let bucket = (board.to_owned(), width, bucket);
            *self.0.entry(bucket).or_default() += members;
        }
    }

    async fn write(self, txn: &Txn, organization_id: OrganizationId) -> Result<(), StoreError> {
        let moved = self.0.into_iter().filter(|(_, members)| *members != 0);
        let rows = moved.map(|((board, width, bucket), members)| score_bucket::Model {
            organization_id,
            board,
            width,
            bucket,
            members,
        });
        scores::shift_buckets(txn, rows.collect()).await
    }
}
