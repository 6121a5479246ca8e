//! An award with its scores on all running boards and their rank structure, in one
//! transaction, against an insert of one row into a table without anything else.

use std::time::{Duration, Instant};

use entity::enums::{Network, PointKind};
use entity::ids::ShareId;
use entity::{member, organization};
use sea_orm::ConnectionTrait as _;
use server::domain::leaderboard::{Board, zone};
use server::domain::points::Entry;
use server::service::points::{self, Award};
use server::service::shares::{Parties, open};
use server::test_support::{Kind, TestApp};

use crate::databases::{name, nothing};
use crate::report::Figure;
use crate::samples::{Pairs, Samples};
use crate::{Bench, seed};

/// Members who are awarded in turn.
const EARNERS: usize = 50;
/// What each award is worth.
const WORTH: i64 = 5;

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let bar = match kind {
            Kind::Sqlite => 2.0,
            Kind::Postgres => 1.9,
        };
        let t = bench.databases.app(kind, "").await?;
        let (organization, earners) = gather(&t, bench.size(20_000, 200)).await?;
        let bare = "CREATE TABLE bare (id uuid PRIMARY KEY, points bigint, at text)";
        t.app.store.reader().execute_unprepared(bare).await?;
        let rounds = bench.size(2_000, 20);
        let pairs = Pairs::take(
            rounds,
            async |round| {
                let earner = earners.get(round % earners.len());
                let (member, share) = earner.ok_or_else(|| anyhow::anyhow!("nobody earns"))?;
                award(&t, &organization, (member, *share), round).await
            },
            async |_| bare_insert(&t).await,
        )
        .await?;
        let case = format!("{}, p50", name(kind));
        let whole = Figure::at_most(("award", case), pairs.medians(), (pairs.of_medians(), bar));
        let mut trips = Samples::default();
        for _ in 0..rounds {
            trips.push(round_trips(&t).await?);
        }
        let (trips, ours) = (trips.median(), pairs.ours.median());
        let part = whole.part_of("a transaction of as many empty statements", (trips, ours));
        let again = async |round: usize| {
            let earner = earners.get(round % earners.len());
            let (member, share) = earner.ok_or_else(|| anyhow::anyhow!("nobody earns"))?;
            award(&t, &organization, (member, *share), rounds + round).await?;
            Ok(())
        };
        let share = bench.databases.share(kind, rounds, again).await?;
        let database = whole.part_of("the database's processor time, on average", share);
        let bare = async |_| bare_insert(&t).await.map(drop);
        let share = bench.databases.share(kind, rounds, bare).await?;
        let reference = whole.part_of("the same of the reference", share);
        figures.extend([whole, part, database, reference]);
    }
    Ok(figures)
}

type Earner = (member::Model, ShareId);

/// An organization of `size` members with points on every board, some of whom have a share.
async fn gather(t: &TestApp, size: usize) -> anyhow::Result<(organization::Model, Vec<Earner>)> {
    let organization = t.organization().await;
    let post = t.live_post(&organization).await;
    let template = t.member(&organization, &[]).await;
    seed::members(&t.app, &template, size).await?;
    let mut earners = Vec::new();
    for _ in 0..EARNERS {
        let parties = Parties {
            organization: organization.clone(),
            member: t.member(&organization, &[]).await,
            post: post.clone(),
        };
        let opened = open(&t.app, &parties, Network::X, None).await?;
        earners.push((parties.member, opened.share.id));
    }
    for board in Board::running(t.app.now(), zone(&organization.time_zone)) {
        seed::scores(&t.app, &organization, board.key()).await?;
    }
    seed::settle(&t.app).await?;
    Ok((organization, earners))
}

async fn award(
    t: &TestApp,
    organization: &organization::Model,
    (member, share): (&member::Model, ShareId),
    round: usize,
) -> anyhow::Result<Duration> {
    let award = Award {
        member: member.id,
        shown: points::is_shown(member),
        share: Some(share),
        entry: Entry {
            kind: PointKind::ShareConfirmed,
            points: WORTH,
            dedupe_key: format!("bench:{round}"),
        },
        at: t.app.now(),
    };
    let began = Instant::now();
    let txn = t.app.store.begin().await?;
    points::award(&txn, &t.app, organization, vec![award]).await?;
    txn.commit().await?;
    Ok(began.elapsed())
}

/// What an award asks of the database, without anything in it: the ledger, scores, buckets.
async fn round_trips(t: &TestApp) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let txn = t.app.store.begin().await?;
    for _ in 0..3 {
        txn.query_one_raw(nothing(&*txn)).await?;
    }
    txn.commit().await?;
    Ok(began.elapsed())
}

async fn bare_insert(t: &TestApp) -> anyhow::Result<Duration> {
    let values = [t.app.uuid().into(), WORTH.into(), "2026-11-16".into()];
    let began = Instant::now();
    let sql = "INSERT INTO bare (id, points, at) VALUES ($1, $2, $3)";
    seed::run(t.app.store.reader(), sql, values).await?;
    Ok(began.elapsed())
}
