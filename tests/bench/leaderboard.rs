//! A board as a member sees it, against a sorted set of Redis with the same scores: its rank
//! and then its neighbours and the first ten, in two round trips.

use std::time::{Duration, Instant};

use entity::ids::MemberId;
use entity::{organization, score};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use server::domain::leaderboard::{Board, Period, zone};
use server::service::leaderboard::board;
use server::test_support::{Kind, TestApp};

use crate::databases::{name, nothing};
use crate::redis::{Answer, Connection, Server, command};
use crate::report::Figure;
use crate::samples::{Pairs, Samples, ratio};
use crate::{Bench, seed};

/// Scores that Redis is given at once.
const CHUNK: usize = 1_000;

/// An organization with its members, and the set of Redis beside it.
struct Crowd {
    organization: organization::Model,
    size: usize,
    set: String,
    /// Members at the ranks that are asked for.
    seekers: Vec<MemberId>,
}

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let Some(server) = Server::start().await? else {
        eprintln!("  skipped: install Debian's package redis-server to compare with it");
        return Ok(Vec::new());
    };
    let mut redis = server.connect().await?;
    let sizes = [bench.size(100_000, 500), bench.size(1_000_000, 1_000)];
    let rounds = bench.size(600, 6);
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let t = bench.databases.app(kind, "").await?;
        let mut crowds = Vec::new();
        for size in sizes {
            crowds.push(gather((kind, &t), &mut redis, size).await?);
        }
        seed::settle(&t.app).await?;
        let mut taken = vec![Pairs::default(); crowds.len()];
        // Prepared and cached before it counts.
        for round in 0..rounds + 12 {
            for (crowd, pairs) in crowds.iter().zip(&mut taken) {
                let me = crowd.seekers.get(round % crowd.seekers.len());
                let me = *me.unwrap_or(&MemberId(uuid::Uuid::nil()));
                let (theirs, expected) = by_redis(&mut redis, crowd, me).await?;
                let (ours, found) = by_us(&t, crowd, me).await?;
                anyhow::ensure!(
                    found == expected,
                    "the boards differ: {found:?} {expected:?}"
                );
                if round >= 12 {
                    pairs.ours.push(ours);
                    pairs.reference.push(theirs);
                }
            }
        }
        let mut trips = Samples::default();
        for _ in 0..rounds {
            trips.push(round_trip(&t).await?);
        }
        let judged = judged(kind, &crowds, &taken, &trips);
        let board = judged.get(crowds.len().saturating_sub(1)).cloned();
        figures.extend(judged);
        if let ([.., large], Some(board)) = (&crowds[..], board) {
            let again = async |round: usize| {
                let me = large.seekers.get(round % large.seekers.len());
                let me = *me.unwrap_or(&MemberId(uuid::Uuid::nil()));
                by_us(&t, large, me).await.map(drop)
            };
            let share = bench.databases.share(kind, rounds, again).await?;
            figures.push(board.part_of("the database's processor time, on average", share));
        }
    }
    Ok(figures)
}

/// A question that asks for nothing, on the pool that boards are read from.
async fn round_trip(t: &TestApp) -> anyhow::Result<Duration> {
    let db = t.app.store.reader();
    let began = Instant::now();
    db.query_one_raw(nothing(db)).await?;
    Ok(began.elapsed())
}

fn judged(kind: Kind, crowds: &[Crowd], taken: &[Pairs], trips: &Samples) -> Vec<Figure> {
    let bar = match kind {
        Kind::Sqlite => 0.4,
        Kind::Postgres => 1.2,
    };
    let mut figures: Vec<Figure> = crowds
        .iter()
        .zip(taken)
        .map(|(crowd, pairs)| {
            let case = format!("{}, {} members, p50", name(kind), crowd.size);
            Figure::at_most(
                ("leaderboard", case),
                pairs.medians(),
                (pairs.of_medians(), bar),
            )
        })
        .collect();
    if let ([.., last], [.., board]) = (taken, figures.as_slice()) {
        let parts = (trips.median(), last.ours.median());
        figures.push(board.part_of("a question that asks for nothing", parts));
    }
    if let [small, large] = taken {
        let growth = ratio(large.ours.median(), small.ours.median());
        let case = format!("{}, ten times the members, p50", name(kind));
        let medians = (large.medians().0, small.medians().0);
        figures.push(Figure::at_most(
            ("leaderboard", case),
            medians,
            (growth, 1.3),
        ));
    }
    figures
}

/// Makes an organization whose members have points this week, and tells Redis.
async fn gather(
    (kind, t): (Kind, &TestApp),
    redis: &mut Connection,
    size: usize,
) -> anyhow::Result<Crowd> {
    let organization = t.organization().await;
    let template = t.member(&organization, &[]).await;
    seed::members(&t.app, &template, size).await?;
    let week = Board::at(Period::Week, t.app.now(), zone(&organization.time_zone));
    seed::scores(&t.app, &organization, week.key()).await?;
    let scores: Vec<(MemberId, i64)> = score::Entity::find()
        .select_only()
        .column(score::Column::MemberId)
        .column(score::Column::Points)
        .filter(score::Column::OrganizationId.eq(organization.id))
        .order_by_desc(score::Column::Points)
        .order_by_desc(score::Column::MemberId)
        .into_tuple()
        .all(t.app.store.reader())
        .await?;
    // Ids of tests repeat from one database to the next.
    let set = format!("{} {}", name(kind), organization.id);
    for part in scores.chunks(CHUNK) {
        let mut add = command(&["ZADD", &set]);
        for (member, points) in part {
            add.extend([points.to_string(), member.to_string()]);
        }
        redis.ask(&[add]).await?;
    }
    let ranks = [100, size / 20, size * 9 / 10];
    let seekers = ranks
        .iter()
        .filter_map(|rank| scores.get(rank.saturating_sub(1)));
    Ok(Crowd {
        organization,
        size,
        set,
        seekers: seekers.map(|(member, _)| *member).collect(),
    })
}

/// The first ten and the neighbours by their points.
type Points = (Vec<i64>, Vec<i64>);

async fn by_us(t: &TestApp, crowd: &Crowd, me: MemberId) -> anyhow::Result<(Duration, Points)> {
    let began = Instant::now();
    let board = board(&t.app, &crowd.organization, me, Period::Week).await?;
    let took = began.elapsed();
    let points = |rows: &[server::service::leaderboard::Row]| -> Vec<i64> {
        rows.iter().map(|row| row.points).collect()
    };
    Ok((took, (points(&board.top), points(&board.around))))
}

async fn by_redis(
    redis: &mut Connection,
    crowd: &Crowd,
    me: MemberId,
) -> anyhow::Result<(Duration, Points)> {
    let me = me.to_string();
    let began = Instant::now();
    let rank = redis
        .ask(&[command(&["ZREVRANK", &crowd.set, &me])])
        .await?;
    let [Answer::Number(rank)] = rank[..] else {
        anyhow::bail!("Redis knows no rank: {rank:?}");
    };
    let (first, last) = ((rank - 2).max(0).to_string(), (rank + 2).to_string());
    let lists = redis
        .ask(&[
            command(&["ZREVRANGE", &crowd.set, "0", "9", "WITHSCORES"]),
            command(&["ZREVRANGE", &crowd.set, &first, &last, "WITHSCORES"]),
        ])
        .await?;
    let took = began.elapsed();
    let [top, around] = &lists[..] else {
        anyhow::bail!("Redis gives no lists: {lists:?}");
    };
    Ok((took, (top.scores(), around.scores())))
}
