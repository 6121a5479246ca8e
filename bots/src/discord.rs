//! The part `discord`: what happens there comes in over the gateway or by signed HTTP,
//! what the server has to say goes out by the courier.

pub mod commands;
pub mod inbound;
pub mod limits;
mod manifest;
pub mod render;
pub mod text;

pub use self::manifest::manifest;
