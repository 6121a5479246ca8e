//! Who may send when: one message a second and channel, and a configured number a
//! minute and workspace; both stand still where the platform asked for it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use server_api::delivery::Place;
use server_api::ids::InstallationId;

/// Places remembered before those long free again are forgotten.
const REMEMBERED: usize = 1_000;

type Lane = (InstallationId, String);

/// When every channel and workspace is free again.
pub struct Pacer {
    per_place: Duration,
    per_workspace: Duration,
    places: HashMap<Lane, Instant>,
    workspaces: HashMap<InstallationId, Instant>,
}

impl Pacer {
    /// Sends to one place are `per_place` apart, to one workspace `per_minute` a minute.
    pub fn new(per_place: Duration, per_minute: u32) -> Self {
        Self {
            per_place,
            per_workspace: Duration::from_mins(1) / per_minute.max(1),
            places: HashMap::new(),
            workspaces: HashMap::new(),
        }
    }

    /// Takes the next free moment within `patience`: how long to wait for it; or, taking
    /// nothing, how long it would be.
    pub fn reserve(
        &mut self,
        now: Instant,
        installation: InstallationId,
        place: &Place,
        patience: Duration,
    ) -> Result<Duration, Duration> {
        let lane = lane(installation, place);
        let at = [
            self.places.get(&lane).copied(),
            self.workspaces.get(&installation).copied(),
        ]
        .into_iter()
        .flatten()
        .fold(now, Instant::max);
        let wait = at.saturating_duration_since(now);
        if wait > patience {
            return Err(wait);
        }
        if self.places.len() > REMEMBERED {
            self.places.retain(|_, free| *free > now);
        }
        self.places.insert(lane, at + self.per_place);
        self.workspaces
            .insert(installation, at + self.per_workspace);
        Ok(wait)
    }

    /// Nothing goes to this workspace before `until`: the platform does not say which
    /// of its limits was hit.
    pub fn pause(&mut self, installation: InstallationId, until: Instant) {
        let free = self.workspaces.entry(installation).or_insert(until);
        *free = (*free).max(until);
    }
}

fn lane(installation: InstallationId, place: &Place) -> Lane {
    match place {
        Place::Channel { channel } => (installation, channel.clone()),
        Place::Person { user } => (installation, user.clone()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ONE: InstallationId = InstallationId(Uuid::from_u128(1));
    const TWO: InstallationId = InstallationId(Uuid::from_u128(2));
    const LONG: Duration = Duration::from_hours(1);

    fn channel(name: &str) -> Place {
        Place::Channel {
            channel: name.into(),
        }
    }

    fn pacer() -> Pacer {
        Pacer::new(Duration::from_secs(1), 300)
    }

    #[test]
    fn one_message_a_second_goes_to_a_channel() {
        let (mut pacer, now) = (pacer(), Instant::now());
        let waits: Vec<u64> = (0..4)
            .filter_map(|_| pacer.reserve(now, ONE, &channel("C"), LONG).ok())
            .map(|wait| wait.as_secs())
            .collect();
        assert_eq!(waits, [0, 1, 2, 3]);
    }

    #[test]
    fn a_workspace_gets_its_configured_number_a_minute() {
        let (mut pacer, now) = (pacer(), Instant::now());
        let last = (0..=300)
            .filter_map(|n| pacer.reserve(now, ONE, &channel(&n.to_string()), LONG).ok())
            .last();
        assert_eq!(last, Some(Duration::from_mins(1)));
        assert_eq!(
            pacer.reserve(now, TWO, &channel("1"), LONG),
            Ok(Duration::ZERO)
        );
    }

    #[test]
    fn who_cannot_wait_takes_nothing() {
        let (mut pacer, now) = (pacer(), Instant::now());
        pacer.pause(ONE, now + Duration::from_secs(30));
        let short = Duration::from_secs(5);
        for _ in 0..2 {
            assert_eq!(
                pacer.reserve(now, ONE, &channel("C"), short),
                Err(Duration::from_secs(30))
            );
        }
    }
}
