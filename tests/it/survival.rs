//! What survives: processes are killed, platforms and databases are in trouble, and yet
//! everything is said, and nothing twice. Each test runs the real binary.

mod broadcast;
mod database_trouble;
pub mod field;
mod people_act;
mod platform_trouble;
mod replicas;
mod told_to_wait;
