//! Keys and tokens of the server itself.

pub mod mac;
pub mod tokens;

pub use tokens::Tokens;
