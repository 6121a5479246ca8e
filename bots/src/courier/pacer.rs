//! Who may send when: one message a second and channel, and a configured number a
//! minute and workspace; both stand still where the platform asked for it. Who cannot wait
//! is told when to come again, each at another moment.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use server_api::delivery::Place;
use server_api::ids::InstallationId;

/// Places remembered before those long free again are forgotten.
const REMEMBERED: usize = 1_000;
/// How much later than the next free moment anybody is told to come again.
const FAR: Duration = Duration::from_secs(20);

type Lane = (InstallationId, String);

/// When every channel and workspace is free again.
pub struct Pacer {
    per_place: Duration,
    per_workspace: Duration,
    taken: Lanes,
    told: Lanes,
}

/// From when on each channel and workspace is free.
#[derive(Default)]
struct Lanes {
    places: HashMap<Lane, Instant>,
    workspaces: HashMap<InstallationId, Instant>,
}

impl Pacer {
    /// Sends to one place are `per_place` apart, to one workspace `per_minute` a minute.
    pub fn new(per_place: Duration, per_minute: u32) -> Self {
        Self {
            per_place,
            per_workspace: Duration::from_mins(1) / per_minute.max(1),
            taken: Lanes::default(),
            told: Lanes::default(),
        }
    }

    /// Takes the next free moment within `patience`: how long to wait for it; or, taking
    /// nothing, when to come again: behind those who were told so before.
    pub fn reserve(
        &mut self,
        now: Instant,
        installation: InstallationId,
        place: &Place,
        patience: Duration,
    ) -> Result<Duration, Duration> {
        let lane = lane(installation, place);
        let (place, workspace) = self.taken.free(&lane, now);
        let at = place.max(workspace);
        let wait = at.saturating_duration_since(now);
        if wait > patience {
            return Err(self.tell(lane, at).saturating_duration_since(now));
        }
        self.taken.forget(now);
        self.taken.places.insert(lane, at + self.per_place);
        self.taken
            .workspaces
            .insert(installation, at + self.per_workspace);
        Ok(wait)
    }

    /// When to come again where nothing is free before `at`: were all told the same, all
    /// would come at once and most be turned away again.
    fn tell(&mut self, lane: Lane, at: Instant) -> Instant {
        let (place, workspace) = self.told.free(&lane, at);
        let turn = place.max(workspace);
        if turn > at + FAR {
            return at + FAR;
        }
        self.told.forget(at);
        self.told
            .workspaces
            .insert(lane.0, workspace + self.per_workspace);
        self.told.places.insert(lane, place + self.per_place);
        turn
    }

    /// Nothing goes to this workspace before `until`: the platform does not say which
    /// of its limits was hit.
    pub fn pause(&mut self, installation: InstallationId, until: Instant) {
        let free = self.taken.workspaces.entry(installation).or_insert(until);
        *free = (*free).max(until);
    }

    /// Nothing goes to this place before `until`.
    pub fn pause_place(&mut self, installation: InstallationId, place: &Place, until: Instant) {
        let lane = lane(installation, place);
        let free = self.taken.places.entry(lane).or_insert(until);
        *free = (*free).max(until);
    }
}

impl Lanes {
    /// When the place, and when its workspace, is free; not before `from`.
    fn free(&self, lane: &Lane, from: Instant) -> (Instant, Instant) {
        let place = self.places.get(lane).map_or(from, |free| from.max(*free));
        let workspace = self.workspaces.get(&lane.0);
        (place, workspace.map_or(from, |free| from.max(*free)))
    }

    fn forget(&mut self, now: Instant) {
        if self.places.len() > REMEMBERED {
            self.places.retain(|_, free| *free > now);
        }
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
        for name in ["C", "D"] {
            assert!(pacer.reserve(now, ONE, &channel(name), short).is_err());
        }
        let later = now + Duration::from_secs(30);
        assert_eq!(
            pacer.reserve(later, ONE, &channel("C"), short),
            Ok(Duration::ZERO)
        );
    }

    #[test]
    fn a_place_that_is_paused_holds_up_nobody_else() {
        let (mut pacer, now) = (pacer(), Instant::now());
        pacer.pause_place(ONE, &channel("C"), now + Duration::from_secs(30));
        let short = Duration::from_secs(5);
        assert!(pacer.reserve(now, ONE, &channel("C"), short).is_err());
        assert_eq!(
            pacer.reserve(now, ONE, &channel("D"), short),
            Ok(Duration::ZERO)
        );
    }

    #[test]
    fn who_cannot_wait_is_told_to_come_when_it_is_their_turn() {
        let (mut pacer, now) = (pacer(), Instant::now());
        let told: Vec<u128> = (0..200)
            .map(|n| pacer.reserve(now, ONE, &channel(&n.to_string()), Duration::ZERO))
            .filter_map(Result::err)
            .map(|wait| wait.as_millis())
            .collect();
        assert_eq!(told[..4], [200, 400, 600, 800]);
        assert_eq!(told.last(), Some(&(200 + FAR.as_millis())));
        // Others of the channel wait for its second, and hold up nobody else.
        let (mut pacer, short) = (self::pacer(), Duration::from_millis(900));
        let mut waits = |name| pacer.reserve(now, ONE, &channel(name), short);
        assert_eq!(waits("C"), Ok(Duration::ZERO));
        assert_eq!(waits("C"), Err(Duration::from_secs(1)));
        assert_eq!(waits("C"), Err(Duration::from_secs(2)));
        assert_eq!(waits("D"), Ok(Duration::from_millis(200)));
    }
}
