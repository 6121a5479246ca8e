//! Slack's identifiers, one type each, so that a user is never taken for a channel.
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// As it travels on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A workspace, `T…`.
    TeamId,
    /// A person or a bot's user, `U…`.
    UserId,
    /// A bot, `B…`.
    BotId,
    /// A channel `C…`, private channel `G…` or direct message `D…`.
    ChannelId,
    /// A message's time stamp, which identifies it within its channel.
    Ts,
    /// A modal, `V…`.
    ViewId,
    /// One envelope of Socket Mode.
    EnvelopeId,
}
