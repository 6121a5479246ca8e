//! The newcomer's first command: Chorus and everything around it in one process,
//! with sample data. See [`tests::demo`].

use std::process::ExitCode;

fn main() -> ExitCode {
    tests::demo::run(std::env::args().skip(1))
}
