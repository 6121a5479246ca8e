//! What a user agent gives away, remembered: few browsers make most requests,
//! and looking through all known programs takes longer than everything else.

use entity::enums::DeviceClass;

use super::bounded::Bounded;
use super::crawlers::{self, Program};
use super::device;

/// User agents that are remembered. At most 1 KB each, mostly 200 bytes.
const CAPACITY: usize = 4_096;

/// What a user agent gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The program it belongs to; none for what may be a person's browser.
    pub program: Option<Program>,
    /// The kind of device.
    pub device: DeviceClass,
}

/// User agents that were looked at of late.
#[derive(Debug)]
pub struct Agents(Bounded<Agent>);

impl Default for Agents {
    fn default() -> Self {
        Self(Bounded::new(CAPACITY))
    }
}

impl Agents {
    /// What `user_agent` gives away.
    pub fn of(&self, user_agent: &str) -> Agent {
        if let Some(agent) = self.0.get(user_agent) {
            return agent;
        }
        let agent = Agent {
            program: crawlers::program(user_agent),
            device: device::device(user_agent),
        };
        self.0.insert(user_agent, agent);
        agent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_is_the_same_the_second_time() {
        let agents = Agents::default();
        for user_agent in ["Slackbot 1.0", "Mozilla/5.0 (X11) Firefox/140.0"] {
            let first = agents.of(user_agent);
            assert_eq!(first, agents.of(user_agent));
            assert_eq!(first.program, crawlers::program(user_agent));
        }
    }
}
