//! Home, the library and every page of Insight over a programme that ran for a year: 20,000
//! members, a million shares, ten million hits on SQLite and twenty on PostgreSQL, summed up by the
//! work that does so in production.
//! Ten campaigns have all posts, one in ten posts is for some people, and one was shared by
//! everybody on each network.

mod programme;

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::TimeDelta;
use entity::ids::TeamId;
use entity::{hit, link, post, team};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::service::actor::Actor;
use server::service::sums;
use server::test_support::console::Browser;
use server::test_support::{Kind, TestApp};

use self::programme::{Size, a_hit, programme, write};
use crate::databases::name;
use crate::report::Figure;
use crate::samples::{Samples, shown};
use crate::{Bench, Effort, seed};

/// Longest that a page takes, by 95 of a hundred.
const LONGEST: Duration = Duration::from_millis(200);
/// Oldest that a figure is.
const OLDEST: Duration = Duration::from_mins(1);
/// What a hit waits until it may be summed up, and until the next turn of the work that does so.
const WAIT: Duration = Duration::from_secs(32);

/// Both databases.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let size = size(bench.effort, kind);
        let t = bench.databases.app(kind, "").await?;
        let owner = programme(&t, size).await?;
        if kind == Kind::Postgres {
            seed::settle(&t.app).await?;
        }
        let began = Instant::now();
        sums::keep_all(&t.app).await?;
        eprintln!("  summed up in {}", shown(began.elapsed()));
        seed::settle(&t.app).await?;
        figures.extend(pages(kind, &t, (&owner, size)).await?);
        figures.push(age(kind, &t, &owner).await?);
    }
    Ok(figures)
}

/// How much is on a database of this kind: PostgreSQL is for the larger programmes.
fn size(effort: Effort, kind: Kind) -> Size {
    match effort {
        Effort::Full => Size {
            members: 20_000,
            teams: 400,
            // A prime, so that nobody shares a post twice on a network.
            posts: 1_999,
            shares: 1_000_000,
            hits: match kind {
                Kind::Sqlite => 10_000_000,
                Kind::Postgres => 20_000_000,
            },
            rounds: 40,
        },
        Effort::Quick => Size {
            members: 60,
            teams: 6,
            posts: 13,
            shares: 120,
            hits: 600,
            rounds: 2,
        },
    }
}

/// Each page, by turns with the others.
async fn pages(
    kind: Kind,
    t: &TestApp,
    (owner, size): (&Actor, Size),
) -> anyhow::Result<Vec<Figure>> {
    let browser = t.log_in(owner).await;
    let post = entity::post::Entity::find()
        .filter(post::Column::OrganizationId.eq(owner.organization.id))
        .filter(post::Column::CampaignId.is_not_null())
        .filter(post::Column::Title.eq("What everybody shared"))
        .one(t.app.store.reader())
        .await?
        .context("a post")?;
    let campaign = post.campaign_id.context("a campaign")?;
    let team = above_all(t, owner).await?;
    let pages = [
        String::new(),
        "library".to_owned(),
        "insight".to_owned(),
        "insight?span=2026-Q3".to_owned(),
        "insight?span=2026".to_owned(),
        "insight/posts".to_owned(),
        "insight/campaigns".to_owned(),
        format!("insight/posts/{}?span=2026", post.id),
        format!("insight/campaigns/{campaign}?span=2026"),
        "insight/teams".to_owned(),
        format!("insight/teams/{team}"),
        "insight/health".to_owned(),
        "leaderboard".to_owned(),
    ];
    let mut taken = vec![Samples::default(); pages.len()];
    for round in 0..=size.rounds {
        for (page, samples) in pages.iter().zip(&mut taken) {
            let took = open(&browser, page).await?;
            // The first finds nothing prepared.
            if round > 0 {
                samples.push(took);
            }
        }
    }
    let figures = pages.iter().zip(&taken).map(|(page, samples)| {
        let p95 = samples.percentile(95);
        let page = page.split(['?']).next().unwrap_or_default();
        let page = page.replace(&post.id.to_string(), "one");
        let page = page.replace(&campaign.to_string(), "one");
        let page = page.replace(&team.to_string(), "one");
        Figure {
            row: "dashboard",
            case: format!("{}, /{page}, {} hits, p95", name(kind), size.hits),
            measured: shown(p95),
            reference: String::new(),
            outcome: shown(p95),
            bar: "≤ 200 ms".to_owned(),
            met: p95 <= LONGEST,
        }
    });
    Ok(figures.collect())
}

/// The team above all others: of all teams its page adds up the most.
async fn above_all(t: &TestApp, owner: &Actor) -> anyhow::Result<TeamId> {
    let found = entity::team::Entity::find()
        .filter(team::Column::OrganizationId.eq(owner.organization.id))
        .filter(team::Column::ParentId.is_null())
        .one(t.app.store.reader())
        .await?;
    Ok(found.context("a team")?.id)
}

async fn open(browser: &Browser, page: &str) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let answer = browser.get(page).await;
    ensure!(answer.status == 200, "{page}: {}", answer.text());
    Ok(began.elapsed())
}

/// How old figures are at most: until new hits are summed up.
async fn age(kind: Kind, t: &TestApp, owner: &Actor) -> anyhow::Result<Figure> {
    let links = link::Entity::find()
        .filter(link::Column::OrganizationId.eq(owner.organization.id))
        .one(t.app.store.reader())
        .await?
        .context("a link")?;
    let now = t.clock.now();
    let rows: Vec<hit::Model> = (0..1_000)
        .map(|number| a_hit(t, &links, (number, now)))
        .collect();
    write::<hit::Entity>(t, rows).await?;
    t.clock.advance(TimeDelta::seconds(40));
    let began = Instant::now();
    sums::keep(&t.app).await?;
    let age = WAIT + began.elapsed();
    Ok(Figure {
        row: "dashboard",
        case: format!(
            "{}, until a thousand new hits are in every figure",
            name(kind)
        ),
        measured: shown(age),
        reference: String::new(),
        outcome: shown(age),
        bar: "≤ 60 s".to_owned(),
        met: age <= OLDEST,
    })
}
