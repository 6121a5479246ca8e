//! Discord's identifiers, one type each, so that a user is never taken for a channel. All are snowflakes:
//! numbers that begin with the time at which they were given.
use std::fmt;

use chrono::{DateTime, Utc};
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
    /// A guild, which people call a server.
    GuildId,
    /// A person or a bot's user.
    UserId,
    /// A role of a guild.
    RoleId,
    /// A channel of a guild, or a direct conversation.
    ChannelId,
    /// A message.
    MessageId,
    /// One interaction of one person.
    InteractionId,
}

/// The first moment that a snowflake can tell, in milliseconds (discord.com/developers, "Snowflakes").
const EPOCH_MILLIS: i64 = 1_420_070_400_000;
/// How many bits stand behind the time.
const TIME_SHIFT: u32 = 22;

/// The smallest snowflake of a moment.
pub(super) fn first_of(moment: DateTime<Utc>) -> u64 {
    let millis = moment.timestamp_millis().saturating_sub(EPOCH_MILLIS);
    u64::try_from(millis).unwrap_or_default() << TIME_SHIFT
}

/// Whether this is a snowflake as it travels: a number of 64 bits in decimal digits.
pub(super) fn is_snowflake(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) && id.parse::<u64>().is_ok()
}

impl MessageId {
    /// As a number, by which messages are ordered.
    pub fn number(&self) -> u64 {
        self.0.parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snowflake_is_a_number_that_begins_with_the_time() {
        // The example of Discord's reference.
        let given = DateTime::from_timestamp_millis(1_462_015_105_796).unwrap();
        assert_eq!(
            first_of(given) >> TIME_SHIFT,
            175_928_847_299_117_063 >> TIME_SHIFT
        );
        assert!(is_snowflake("175928847299117063"));
        assert!(
            !is_snowflake("") && !is_snowflake("U0ADA") && !is_snowflake("99999999999999999999")
        );
    }
}
