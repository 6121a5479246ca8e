//! Short links with millions of hits already stored, against the same with none:
//! a reader must not wait longer because others came before.

use std::time::Duration;

use anyhow::ensure;

use crate::databases::name;
use crate::redirect::load::{Load, Outcome, Question};
use crate::redirect::scene::Scene;
use crate::redirect::server::Chorus;
use crate::report::Figure;
use crate::{Bench, Effort};

/// Hits that are already stored.
const STORED: u64 = 10_000_000;
/// Connections under which is measured.
const CONNECTIONS: usize = 256;
/// Rounds in which the two are measured in turn.
const ROUNDS: u32 = 4;
/// Part of the rate without any that is left at least.
const LEAST: f64 = 0.95;

/// Both databases.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (stored, rounds) = match bench.effort {
        Effort::Full => (STORED, ROUNDS),
        Effort::Quick => (1_000, 1),
    };
    let mut figures = Vec::new();
    for &kind in &bench.kinds {
        let (empty, full) = (
            Scene::make(bench, kind).await?,
            Scene::make(bench, kind).await?,
        );
        full.store_hits(stored).await?;
        let (without, with) = (Chorus::start(&empty)?, Chorus::start(&full)?);
        let (mut few, mut many) = (Outcome::default(), Outcome::default());
        load(&without, &empty, bench.effort).once()?;
        let first = load(&with, &full, bench.effort).once()?;
        for _ in 0..rounds {
            few.add(load(&without, &empty, bench.effort).run(|| Ok(Duration::ZERO))?);
            many.add(load(&with, &full, bench.effort).run(|| Ok(Duration::ZERO))?);
        }
        ensure!(
            full.hits().await? == stored + first + many.all,
            "hits are missing or too many"
        );
        let ratio = many.rate() / few.rate();
        figures.push(Figure {
            row: "redirect growth",
            case: format!(
                "{}, {CONNECTIONS} connections, {stored} hits stored",
                name(kind)
            ),
            measured: format!("{:.0}/s", many.rate()),
            reference: format!("{:.0}/s with none", few.rate()),
            outcome: format!("{:.0} %", 100.0 * ratio),
            bar: "≥ 95 %".to_owned(),
            met: ratio >= LEAST,
        });
    }
    Ok(figures)
}

fn load(chorus: &Chorus, scene: &Scene, effort: Effort) -> Load {
    let quick = effort == Effort::Quick;
    Load {
        question: Question::Link,
        address: chorus.address,
        connections: CONNECTIONS,
        codes: scene.codes,
        warm_up: Duration::from_millis(if quick { 0 } else { 1_000 }),
        time: Duration::from_millis(if quick { 200 } else { 2_500 }),
        requests: quick.then_some(400),
    }
}
