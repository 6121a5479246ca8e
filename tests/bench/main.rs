//! The project's benchmarks: one module per row, each measured against a
//! reference in the same run, and one table of what came out.
//!
//! `cargo run --release -p tests --bin bench -- [--quick] [ROW…]`
//!
//! To add a row: a module with `pub async fn measure(effort: Effort) ->
//! anyhow::Result<Vec<Figure>>`, and its line in [`ROWS`].

mod report;

use std::process::ExitCode;

use futures::future::BoxFuture;

use crate::report::Figure;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// As BARS asks: sizes and times that tell something.
    Full,
    /// Just enough to prove that the benchmark still runs.
    Quick,
}

type Measure = fn(Effort) -> BoxFuture<'static, anyhow::Result<Vec<Figure>>>;

/// Every row by its name, in the order of the table.
const ROWS: &[(&str, Measure)] = &[];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let effort = if arguments.iter().any(|argument| argument == "--quick") {
        Effort::Quick
    } else {
        Effort::Full
    };
    let wanted: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if let Some(unknown) = wanted
        .iter()
        .find(|name| !ROWS.iter().any(|(row, _)| row == *name))
    {
        let known: Vec<&str> = ROWS.iter().map(|(row, _)| *row).collect();
        eprintln!("there is no row {unknown}; there are {}", known.join(", "));
        return ExitCode::from(2);
    }
    match run(effort, &wanted) {
        Ok(figures) => {
            print!("{}", report::table(&figures));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(effort: Effort, wanted: &[&str]) -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut figures = Vec::new();
    for (name, measure) in ROWS {
        if wanted.is_empty() || wanted.contains(name) {
            eprintln!("{name} …");
            figures.extend(runtime.block_on(measure(effort))?);
        }
    }
    Ok(figures)
}
