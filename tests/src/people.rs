//! People in front of a chat, whichever it is: what stories say that they do and see.
//!
//! A story that is told of [`Someone`] is told on every chat. Where somebody waits in
//! vain, the story ends with their conversation so far.

use std::pin::pin;
use std::time::Duration;

use chrono::TimeDelta;
use server::clock::ManualClock;

use crate::emulator::{discord, slack};
use crate::outside::{CHANNEL, DISCORD_CHANNEL};

/// How long somebody waits while the world's clock stands still.
const STILL: Duration = Duration::from_secs(5);
/// How often it goes on by a second after that.
const BEAT: Duration = Duration::from_millis(250);

/// A chat on which stories are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chat {
    /// Slack.
    Slack,
    /// Discord.
    Discord,
}

/// Somebody in front of one chat, in the channel of the programme; cheap to clone.
#[derive(Clone)]
pub struct Someone {
    seat: Seat,
    hands: Option<ManualClock>,
}

#[derive(Clone)]
enum Seat {
    Slack(slack::person::Person),
    Discord(discord::person::Person),
}

/// A message as it stood on a screen.
#[derive(Clone, Debug)]
pub struct Sight {
    /// All words in reading order, without the labels of controls.
    pub text: String,
    /// Whether only this person sees it.
    pub is_private: bool,
    /// What can be pressed, with the address behind it where it is a link.
    buttons: Vec<(String, Option<String>)>,
    seen: Seen,
}

#[derive(Clone, Debug)]
enum Seen {
    Slack(Box<slack::person::rendered::Seen>),
    Discord(Box<discord::person::rendered::Seen>),
}

impl Chat {
    /// Every chat.
    pub const ALL: [Self; 2] = [Self::Slack, Self::Discord];
}

impl Sight {
    /// Whether there is a button with this label.
    pub fn offers(&self, label: &str) -> bool {
        self.buttons.iter().any(|(words, _)| words == label)
    }

    /// The address behind the link button with this label.
    pub fn url(&self, label: &str) -> Option<&str> {
        let (_, url) = self.buttons.iter().find(|(words, _)| words == label)?;
        url.as_deref()
    }

    /// Whether both are the same message, as it stood at different times.
    fn is_of(&self, other: &Self) -> bool {
        match (&self.seen, &other.seen) {
            (Seen::Slack(one), Seen::Slack(other)) => one.ts == other.ts,
            (Seen::Discord(one), Seen::Discord(other)) => one.id == other.id,
            (Seen::Slack(_), Seen::Discord(_)) | (Seen::Discord(_), Seen::Slack(_)) => false,
        }
    }
}

impl From<slack::person::rendered::Seen> for Sight {
    fn from(seen: slack::person::rendered::Seen) -> Self {
        let button = |label: &str| (label.to_owned(), seen.url(label).map(str::to_owned));
        Self {
            text: seen.text.clone(),
            is_private: seen.is_ephemeral,
            buttons: seen.buttons().into_iter().map(button).collect(),
            seen: Seen::Slack(Box::new(seen)),
        }
    }
}

impl From<discord::person::rendered::Seen> for Sight {
    fn from(seen: discord::person::rendered::Seen) -> Self {
        let button = |label: &str| (label.to_owned(), seen.url(label).map(str::to_owned));
        Self {
            text: seen.text.clone(),
            is_private: seen.is_ephemeral,
            buttons: seen.buttons().into_iter().map(button).collect(),
            seen: Seen::Discord(Box::new(seen)),
        }
    }
}

impl From<slack::person::Person> for Someone {
    fn from(person: slack::person::Person) -> Self {
        Self {
            seat: Seat::Slack(person),
            hands: None,
        }
    }
}

impl From<discord::person::Person> for Someone {
    fn from(person: discord::person::Person) -> Self {
        Self {
            seat: Seat::Discord(person),
            hands: None,
        }
    }
}

impl Someone {
    /// The same person in a world whose clock stands still.
    pub fn timed_by(self, clock: ManualClock) -> Self {
        Self {
            hands: Some(clock),
            ..self
        }
    }

    /// Waits, and lets time go on after a while in vain: what was put off for the pace of a place, or
    /// because a call failed on a busy machine, would never come while the clock stands still.
    async fn in_time<T>(&self, waiting: impl Future<Output = T>) -> T {
        let mut waiting = pin!(waiting);
        let mut beats = tokio::time::interval_at(tokio::time::Instant::now() + STILL, BEAT);
        loop {
            tokio::select! {
                done = &mut waiting => return done,
                _ = beats.tick() => {
                    if let Some(hands) = &self.hands {
                        hands.advance(TimeDelta::seconds(1));
                    }
                }
            }
        }
    }

    /// The chat before them.
    pub fn chat(&self) -> Chat {
        match &self.seat {
            Seat::Slack(_) => Chat::Slack,
            Seat::Discord(_) => Chat::Discord,
        }
    }

    /// Types a line in the channel.
    pub fn types(&self, line: &str) {
        done(match &self.seat {
            Seat::Slack(person) => person.types(line, CHANNEL).map(drop).map_err(words),
            Seat::Discord(person) => person.types(line, DISCORD_CHANNEL).map(drop).map_err(words),
        });
    }

    /// Presses the button with this label on a message as they saw it.
    pub fn clicks(&self, sight: &Sight, label: &str) {
        done(match (&self.seat, &sight.seen) {
            (Seat::Slack(person), Seen::Slack(seen)) => {
                person.clicks_on(seen, label).map(drop).map_err(words)
            }
            (Seat::Discord(person), Seen::Discord(seen)) => {
                person.clicks_on(seen, label).map(drop).map_err(words)
            }
            (Seat::Slack(_), Seen::Discord(_)) | (Seat::Discord(_), Seen::Slack(_)) => elsewhere(),
        });
    }

    /// Proposes a message to the comms team, from its menu.
    pub fn proposes(&self, sight: &Sight) {
        done(match (&self.seat, &sight.seen) {
            (Seat::Slack(person), Seen::Slack(seen)) => person
                .takes_shortcut_on(seen, "propose_message")
                .map(drop)
                .map_err(words),
            (Seat::Discord(person), Seen::Discord(seen)) => person
                .uses_on(seen, "Propose to the comms team")
                .map(drop)
                .map_err(words),
            (Seat::Slack(_), Seen::Discord(_)) | (Seat::Discord(_), Seen::Slack(_)) => elsewhere(),
        });
    }

    /// Chooses the option with this label from a list of a message as they saw it.
    pub fn chooses(&self, sight: &Sight, option: &str) {
        done(match (&self.seat, &sight.seen) {
            (Seat::Slack(person), Seen::Slack(seen)) => {
                person.chooses_on(seen, option).map(drop).map_err(words)
            }
            (Seat::Discord(person), Seen::Discord(seen)) => {
                person.chooses_on(seen, option).map(drop).map_err(words)
            }
            (Seat::Slack(_), Seen::Discord(_)) | (Seat::Discord(_), Seen::Slack(_)) => elsewhere(),
        });
    }

    /// Waits for a message in the channel, private or not, for which `fits` holds.
    pub async fn sees(&self, fits: impl Fn(&Sight) -> bool) -> Sight {
        done(match &self.seat {
            Seat::Slack(person) => self
                .in_time(person.waits_for(CHANNEL, |seen| fits(&seen.clone().into())))
                .await
                .map(Sight::from)
                .map_err(words),
            Seat::Discord(person) => self
                .in_time(person.waits_for(DISCORD_CHANNEL, |seen| fits(&seen.clone().into())))
                .await
                .map(Sight::from)
                .map_err(words),
        })
    }

    /// Waits for an answer that only they see, with these words.
    pub async fn is_answered(&self, words: &str) -> Sight {
        self.sees(|sight| sight.is_private && sight.text.contains(words))
            .await
    }

    /// Waits for the card of the post with this title in the channel.
    pub async fn finds(&self, title: &str) -> Sight {
        self.sees(|sight| !sight.is_private && sight.text.contains(title))
            .await
    }

    /// Waits for a direct message for which `fits` holds.
    pub async fn is_told(&self, fits: impl Fn(&Sight) -> bool) -> Sight {
        done(match &self.seat {
            Seat::Slack(person) => self
                .in_time(person.waits_for_direct(|seen| fits(&seen.clone().into())))
                .await
                .map(Sight::from)
                .map_err(words),
            Seat::Discord(person) => self
                .in_time(person.waits_for_direct(|seen| fits(&seen.clone().into())))
                .await
                .map(Sight::from)
                .map_err(words),
        })
    }

    /// Everything on their screen of the channel.
    pub fn screen(&self) -> Vec<Sight> {
        match &self.seat {
            Seat::Slack(person) => sights(person.sees(CHANNEL)),
            Seat::Discord(person) => sights(person.sees(DISCORD_CHANNEL)),
        }
    }

    /// Everything in their direct messages; none while nobody has opened any.
    pub fn direct_messages(&self) -> Vec<Sight> {
        match &self.seat {
            Seat::Slack(person) => person
                .direct()
                .map(|direct| sights(person.sees(direct)))
                .unwrap_or_default(),
            Seat::Discord(person) => person
                .direct()
                .map(|direct| sights(person.sees(direct)))
                .unwrap_or_default(),
        }
    }

    /// The same message as it stands now; none if it is gone.
    pub fn again(&self, sight: &Sight) -> Option<Sight> {
        let all = self.screen().into_iter().chain(self.direct_messages());
        all.into_iter().find(|now| now.is_of(sight))
    }

    /// Waits until the dialog with this title is open.
    pub async fn waits_for_dialog(&self, title: &str) {
        done(match &self.seat {
            Seat::Slack(person) => person
                .waits_for_dialog(title)
                .await
                .map(drop)
                .map_err(words),
            Seat::Discord(person) => person
                .waits_for_dialog(title)
                .await
                .map(drop)
                .map_err(words),
        });
    }

    /// Types into the field of the dialog with this label.
    pub fn fills(&self, label: &str, with: &str) {
        done(match &self.seat {
            Seat::Slack(person) => person.fills(label, with).map_err(words),
            Seat::Discord(person) => person.fills(label, with).map_err(words),
        });
    }

    /// Sends the dialog.
    pub async fn submits(&self) {
        done(match &self.seat {
            Seat::Slack(person) => person.submits().await.map_err(words),
            Seat::Discord(person) => person.submits().await.map_err(words),
        });
    }
}

fn sights<S: Into<Sight>>(seen: Vec<S>) -> Vec<Sight> {
    seen.into_iter().map(Into::into).collect()
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn elsewhere() -> Result<(), String> {
    Err("that message stands in another chat".to_owned())
}

fn done<T>(outcome: Result<T, String>) -> T {
    match outcome {
        Ok(done) => done,
        Err(words) => panic!("{words}"),
    }
}
