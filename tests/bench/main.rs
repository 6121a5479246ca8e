//! The project's benchmarks: one module per row, each measured against a
//! reference in the same run, and one table of what came out.
//!
//! `cargo run --release -p tests --bin bench -- [--quick] [--sqlite | --postgres] [ROW…]`
//!
//! To add a row: a module with `pub async fn measure(bench: &Bench) ->
//! anyhow::Result<Vec<Figure>>`, its line in [`ROWS`], and two sentences in
//! `README.md`.

mod award;
mod broadcast_plan;
mod broadcast_send;
mod build;
mod dashboard;
mod databases;
mod import;
mod interaction;
mod leaderboard;
mod machine;
mod process;
mod processes;
mod redirect;
mod redirect_growth;
mod redis;
mod report;
mod samples;
mod seed;
mod stage;

use std::process::ExitCode;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;

use server::test_support::Kind;

use crate::databases::{Databases, KINDS};
use crate::report::Figure;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Sizes and times that tell something.
    Full,
    /// Just enough to prove that the benchmark still runs.
    Quick,
}

/// What every row is given.
pub struct Bench {
    /// How much to measure.
    pub effort: Effort,
    /// On which kinds of database, in the order of the table.
    pub kinds: Vec<Kind>,
    /// Durable databases of both kinds.
    pub databases: Databases,
}

impl Bench {
    /// `full` where figures are wanted, else `quick`.
    pub fn size(&self, full: usize, quick: usize) -> usize {
        match self.effort {
            Effort::Full => full,
            Effort::Quick => quick,
        }
    }
}

type Measure = for<'a> fn(&'a Bench) -> LocalBoxFuture<'a, anyhow::Result<Vec<Figure>>>;

/// Every row by its name, in the order of the table. One that takes minutes and
/// tells nothing of a change to the code runs only where it is named.
const ROWS: &[(&str, When, Measure)] = &[
    ("redirect", When::Always, |bench| {
        redirect::measure(bench).boxed_local()
    }),
    ("redirect_growth", When::Always, |bench| {
        redirect_growth::measure(bench).boxed_local()
    }),
    ("leaderboard", When::Always, |bench| {
        leaderboard::measure(bench).boxed_local()
    }),
    ("award", When::Always, |bench| {
        award::measure(bench).boxed_local()
    }),
    ("interaction", When::Always, |bench| {
        interaction::measure(bench).boxed_local()
    }),
    ("broadcast_plan", When::Always, |bench| {
        broadcast_plan::measure(bench).boxed_local()
    }),
    ("broadcast_send", When::Always, |bench| {
        broadcast_send::measure(bench).boxed_local()
    }),
    ("dashboard", When::Always, |bench| {
        dashboard::measure(bench).boxed_local()
    }),
    ("import", When::Always, |bench| {
        import::measure(bench).boxed_local()
    }),
    ("memory", When::Always, |bench| {
        process::memory(bench).boxed_local()
    }),
    ("start", When::Always, |bench| {
        process::start(bench).boxed_local()
    }),
    ("build", When::Named, |bench| {
        build::measure(bench).boxed_local()
    }),
];

/// When a row runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// With all others.
    Always,
    /// Only where it is named.
    Named,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(ended) = redirect::server::play(&arguments) {
        return ended;
    }
    let asks = |option: &str| arguments.iter().any(|argument| argument == option);
    let effort = if asks("--quick") {
        Effort::Quick
    } else {
        Effort::Full
    };
    let kinds = match (asks("--sqlite"), asks("--postgres")) {
        (true, false) => vec![Kind::Sqlite],
        (false, true) => vec![Kind::Postgres],
        (true, true) | (false, false) => KINDS.to_vec(),
    };
    let wanted: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if let Some(unknown) = wanted
        .iter()
        .find(|name| !ROWS.iter().any(|(row, _, _)| row == *name))
    {
        let known: Vec<&str> = ROWS.iter().map(|(row, _, _)| *row).collect();
        eprintln!("there is no row {unknown}; there are {}", known.join(", "));
        return ExitCode::from(2);
    }
    match run((effort, kinds), &wanted) {
        Ok(figures) => {
            println!("{}\n", machine::caption());
            print!("{}", report::table(&figures));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run((effort, kinds): (Effort, Vec<Kind>), wanted: &[&str]) -> anyhow::Result<Vec<Figure>> {
    if let Some(warning) = machine::busy() {
        eprintln!("{warning}");
    }
    let runtime = tokio::runtime::Runtime::new()?;
    let bench = Bench {
        effort,
        kinds,
        databases: Databases::default(),
    };
    runtime.block_on(async {
        tokio::select! {
            // Ended here, so that the database cluster is stopped and removed.
            _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
            figures = rows(&bench, wanted) => figures,
        }
    })
}

async fn rows(bench: &Bench, wanted: &[&str]) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (name, when, measure) in ROWS {
        if wanted.contains(name) || (wanted.is_empty() && *when == When::Always) {
            eprintln!("{name} …");
            for figure in measure(bench).await? {
                eprintln!("  {}", figure.line());
                figures.push(figure);
            }
        }
    }
    Ok(figures)
}
