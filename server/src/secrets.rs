//! Keys and tokens of the server itself.

pub mod key_file;
pub mod keys;
pub mod mac;
pub mod passwords;
pub mod tokens;

pub use keys::Keys;
pub use passwords::Passwords;
pub use tokens::Tokens;
