//! The application: what every use case needs, built once and cheap to clone.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use server_api::enums::Platform;
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::http::wire::enums::platform_row;
use crate::secrets::Tokens;
use crate::store::Store;

/// Store, clock, chance and everything else that a use case may ask for.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// Tokens of the parts and of the operator.
    pub tokens: Tokens,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The present time, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new UUIDv7, to be wrapped in a typed id.
    pub fn uuid(&self) -> Uuid {
        self.chance.uuid(self.now())
    }

    /// The token of the part that serves a platform, for the internal listener.
    pub fn service_token(&self, platform: Platform) -> SecretString {
        self.tokens.service(platform_row(platform))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
