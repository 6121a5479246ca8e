//! The world that Chorus lives in: emulators, people, and everything that tests need.

pub mod browser;
pub mod clock;
pub mod emulator;
pub mod inspector;
pub mod newsroom;
