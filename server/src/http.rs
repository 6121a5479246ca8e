//! The doors over HTTP: JSON under `api`, pages under `public`.
