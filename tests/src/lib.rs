//! The world that Chorus lives in: emulators, people, and everything that tests need.

pub mod browser;
pub mod clock;
pub mod demo;
pub mod effort;
pub mod emulator;
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "where a test's surroundings fail, the test stops at once"
)]
pub mod estate;
pub mod inspector;
pub mod links;
pub mod newsroom;
pub mod outside;
#[expect(
    clippy::panic,
    reason = "where somebody waits in vain, the story stops at once"
)]
pub mod people;
pub mod proxy;
pub mod recorder;
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "where a story's world fails, the story stops at once"
)]
pub mod world;
