//! Erasing, tried on both databases.
