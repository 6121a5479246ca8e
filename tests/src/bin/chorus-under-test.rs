//! The real binary, as tests start and kill it.

use std::process::ExitCode;

fn main() -> ExitCode {
    chorus::run(std::env::args_os())
}
