//! Keeping, tried on both databases.
