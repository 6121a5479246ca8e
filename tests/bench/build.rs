//! How long the compiler takes: after a change to one file of the server, and from nothing.
//! It says something about the machine and its load, so it runs only where it is named.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;

use crate::report::Figure;
use crate::samples::{Samples, shown};
use crate::{Bench, Effort};

/// The file that is touched.
const TOUCHED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../server/src/domain/points.rs"
);

/// Measures the row, in a folder that is removed afterwards.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let effort = bench.effort;
    tokio::task::spawn_blocking(move || build(effort)).await?
}

fn build(effort: Effort) -> anyhow::Result<Vec<Figure>> {
    let target = tempfile::tempdir()?;
    if effort == Effort::Quick {
        cargo(&["check", "--help"], target.path())?;
        return Ok(Vec::new());
    }
    let clean = cargo(&["build", "--workspace"], target.path())?;
    cargo(&["check", "--workspace"], target.path())?;
    let mut checks = Samples::default();
    for _ in 0..3 {
        let file = std::fs::File::open(TOUCHED)?;
        file.set_modified(SystemTime::now())?;
        checks.push(cargo(&["check", "--workspace"], target.path())?);
    }
    let figure = |case: &str, took: Duration, bar: (&str, Duration)| Figure {
        row: "build",
        case: case.to_owned(),
        measured: shown(took),
        reference: String::new(),
        outcome: shown(took),
        bar: bar.0.to_owned(),
        met: took <= bar.1,
    };
    Ok(vec![
        figure(
            "cargo check after a change to the server, median of 3",
            checks.median(),
            ("≤ 15 s", Duration::from_secs(15)),
        ),
        figure(
            "clean debug build",
            clean,
            ("≤ 10 min", Duration::from_mins(10)),
        ),
    ])
}

fn cargo(arguments: &[&str], target: &Path) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let ended = Command::new(option_env!("CARGO").unwrap_or("cargo"))
        .args(arguments)
        .args(if arguments.contains(&"--help") {
            [].as_slice()
        } else {
            ["--quiet"].as_slice()
        })
        .env("CARGO_TARGET_DIR", target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(std::process::Stdio::null())
        .status()
        .context("cargo")?;
    anyhow::ensure!(ended.success(), "cargo {arguments:?} failed");
    Ok(began.elapsed())
}
