//! The world that Chorus lives in: emulators, people, and everything that tests need.

pub mod browser;
pub mod newsroom;
