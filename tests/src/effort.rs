//! How much a test that could go on for hours is to try: a short form in every
//! run, the long one by command.

/// Environment variable that asks for the long form; any value but `0`.
const LONG: &str = "CHORUS_TEST_LONG";

/// `long` where the long form is asked for, else `short`.
#[expect(
    clippy::disallowed_methods,
    reason = "how much to try is no part of the configuration"
)]
pub fn rounds(short: usize, long: usize) -> usize {
    match std::env::var(LONG) {
        Ok(value) if value != "0" => long,
        Ok(_) | Err(_) => short,
    }
}
