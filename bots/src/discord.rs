//! The part `discord`: what happens there comes in over the gateway or by signed HTTP,
//! what the server has to say goes out by the courier.

pub mod limits;
pub mod text;
