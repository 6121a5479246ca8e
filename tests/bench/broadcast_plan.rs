//! Planning a post's direct messages for an audience, against writing as many rows of the
//! same columns at once into a table without any index but its key.

use std::time::{Duration, Instant};

use entity::enums::{DeliveryPreference, Platform};
use entity::{delivery, organization, post};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _,
    TransactionTrait as _,
};
use server::service::deliveries::{PlanPersonalPosts, plan_personal_posts};
use server::test_support::TestApp;

use crate::databases::name;
use crate::report::Figure;
use crate::samples::Pairs;
use crate::{Bench, seed};

/// Measures the row.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let audience = bench.size(100_000, 300);
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let t = bench.databases.app(kind, "").await?;
        let organization = gather(&t, audience).await?;
        // Before it counts, for the rows of the reference and with a cold cache.
        let rows = {
            let post = t.live_post(&organization).await;
            plan(&t, &organization, &post).await?;
            of_post(&t, &post).await?
        };
        anyhow::ensure!(rows.len() == audience, "{} were planned", rows.len());
        let pairs = Pairs::take(
            bench.size(3, 1),
            async |_| {
                let post = t.live_post(&organization).await;
                plan(&t, &organization, &post).await
            },
            async |_| bare(&t, &rows).await,
        )
        .await?;
        let case = format!("{}, audience of {audience}", name(kind));
        let whole = Figure::at_most(
            ("broadcast plan", case),
            pairs.medians(),
            (pairs.median_of_ratios(), 3.0),
        );
        let what = "the bulk insert into the table with its indexes and references";
        let part = whole.part_of(what, (indexed(&t, &rows).await?, pairs.ours.median()));
        figures.extend([whole, part]);
    }
    Ok(figures)
}

/// An organization whose members all want a message for each post, on Slack.
async fn gather(t: &TestApp, audience: usize) -> anyhow::Result<organization::Model> {
    let organization = t.organization().await;
    t.workspace(&organization).await;
    let template = t.member(&organization, &[]).await;
    let template = t
        .change_member(&template, |row| {
            row.delivery = DeliveryPreference::EachPost;
            row.delivery_platform = Some(Platform::Slack);
        })
        .await;
    let account = t.slack_account(&template, "U0").await;
    seed::members(&t.app, &template, audience).await?;
    seed::accounts(&t.app, &account).await?;
    seed::settle(&t.app).await?;
    Ok(organization)
}

async fn plan(
    t: &TestApp,
    organization: &organization::Model,
    post: &post::Model,
) -> anyhow::Result<Duration> {
    let task = PlanPersonalPosts {
        organization: organization.id,
        post: post.id,
    };
    let began = Instant::now();
    plan_personal_posts(&t.app, &task).await?;
    Ok(began.elapsed())
}

async fn of_post(t: &TestApp, post: &post::Model) -> anyhow::Result<Vec<delivery::Model>> {
    Ok(delivery::Entity::find()
        .filter(delivery::Column::PostId.eq(post.id))
        .all(t.app.store.reader())
        .await?)
}

/// One bulk insert of these rows into a bare table of the same columns.
async fn bare(t: &TestApp, rows: &[delivery::Model]) -> anyhow::Result<Duration> {
    let db = t.app.store.reader();
    // On one connection: SQLite's others may still remember the index of the round before.
    let txn = db.begin().await?;
    for sql in [
        "DROP TABLE IF EXISTS bare",
        "CREATE TABLE bare AS SELECT * FROM delivery WHERE 1 = 0",
        "CREATE UNIQUE INDEX bare_id ON bare (id)",
    ] {
        txn.execute_unprepared(sql).await?;
    }
    txn.commit().await?;
    let began = Instant::now();
    let txn = db.begin().await?;
    seed::write::<delivery::Entity>(&txn, "bare", rows).await?;
    txn.commit().await?;
    Ok(began.elapsed())
}

/// The same into the table of deliveries, from which they were taken out before.
async fn indexed(t: &TestApp, rows: &[delivery::Model]) -> anyhow::Result<Duration> {
    let of_post = delivery::Column::PostId.is_in(rows.first().map(|row| row.post_id));
    seed::forget::<delivery::Entity>(t, of_post).await?;
    let began = Instant::now();
    let txn = t.app.store.begin().await?;
    seed::write::<delivery::Entity>(&*txn, "delivery", rows).await?;
    txn.commit().await?;
    Ok(began.elapsed())
}
