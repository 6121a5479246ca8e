//! What the bots say: intents, flows, views and words; pure, without I/O.
//!
//! A platform's adapter decodes a payload into an [`Incoming`] (person, place,
//! [`Intent`]); [`Conversation::handle`] answers with a [`Reply`] made of
//! semantic [`View`]s; the adapter renders them natively. What is neutral is the
//! meaning, never the layout.
//!
//! # Invariants
//! 1. [`Intent`], [`View`], [`Dialog`] and [`Answer`] are closed and matched
//!    without `_`: a new view does not compile until every adapter and the plain
//!    text render it.
//! 2. No platform limit, colour, block name or id format appears here. Limits are
//!    the renderer's, and it fits what it is given.
//! 3. Stateless: whatever the second step needs travels in the [`Action`] or lies
//!    in the server. A restart loses nothing.
//! 4. An [`Action`] encodes to at most 76 bytes with a version; an unknown version
//!    becomes a notice, never an error. Every delivered message has at least one
//!    control with an action, so that history can be reconciled. The press of a
//!    [`view::Control::Link`] is acknowledged and means nothing.
//! 5. [`Conversation::handle`] never fails and never panics; a person always gets
//!    an answer; the error is logged once, here, without saying whose it was.
//! 6. Only an [`Pace::Immediate`] intent may answer [`Answer::Open`] or
//!    [`Answer::Refuse`], with at most one call to the backend within its budget.
//! 7. Views are values built from data already fetched; a view for a channel
//!    carries nothing about one person.
//!
//! # How to add
//! - *an intent*: a variant in `intent.rs`; if a control carries it, one in
//!   `action.rs` with its letter; its arm in `flow.rs` and its file in `flow/`; a
//!   word in `command.rs` if people can type it.
//! - *a view*: a file in `view/` with its constructor and `samples()`; a variant in
//!   `view.rs`; then the compiler names every renderer that lacks it.
//! - *a sentence*: a message in both `locales/*.ftl` and its accessor in `words/`.

pub mod action;
pub mod backend;
pub mod command;
pub mod dialog;
pub mod directory;
pub mod flow;
pub mod intent;
pub mod person;
pub mod plain;
pub mod reply;
pub mod short_id;
pub mod view;
pub mod words;

pub use action::Action;
pub use backend::Backend;
pub use dialog::Dialog;
pub use directory::Directory;
pub use flow::{Conversation, Incoming};
pub use intent::{Intent, Pace, Visibility};
pub use person::{Person, Place};
pub use reply::{Answer, Reply};
pub use view::View;
