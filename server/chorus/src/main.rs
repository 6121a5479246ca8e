//! The binary `chorus`.

fn main() -> std::process::ExitCode {
    chorus::run(std::env::args_os())
}
