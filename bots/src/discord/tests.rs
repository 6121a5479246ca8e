//! What the tests of this folder share.

pub(super) mod interactions;
pub(super) mod stand_in;
