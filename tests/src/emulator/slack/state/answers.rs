//! What follows from an acknowledgement, or from its absence.
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::State;
use super::envelopes::About;
use super::journal::Rule;
use super::messages::{Content, Envelope};
use crate::emulator::slack::check;
use crate::emulator::slack::ids::{ChannelId, TeamId, UserId};
use crate::recorder::{self, Kind};

impl State {
    /// Does what an acknowledgement's payload asks for.
    pub(super) fn answered(&mut self, about: &About, payload: Option<Value>, now: DateTime<Utc>) {
        let payload =
            payload.filter(|payload| !payload.as_object().is_some_and(serde_json::Map::is_empty));
        match (about, payload) {
            (About::Submission(view), answer) => {
                match (check::submission_answer(answer.as_ref()), &answer) {
                    (Ok(()), Some(answer)) => {
                        recorder::record("slack", Kind::Acknowledgement, "view_submission", answer);
                    }
                    (Ok(()), None) => {}
                    (Err(problem), _) => {
                        self.journal.blame(now, Rule::WrongAcknowledgement, problem);
                    }
                }
                self.answer_submission(view, answer.as_ref());
            }
            (
                About::Command {
                    team,
                    channel,
                    user,
                },
                Some(payload),
            ) => match check::answer(&payload) {
                Ok(answer) => {
                    recorder::record("slack", Kind::Acknowledgement, "slash_commands", &payload);
                    let only_for = (!answer.in_channel).then(|| user.clone());
                    self.post_as_app((team, channel), only_for, answer.content, now);
                }
                Err(problems) => {
                    self.journal
                        .blame(now, Rule::WrongAcknowledgement, problems.join("; "));
                }
            },
            (About::Action { .. } | About::Closing | About::Event, Some(payload)) => {
                let detail = format!("a payload where none is taken: {payload}");
                self.journal.blame(now, Rule::WrongAcknowledgement, detail);
            }
            (
                About::Command { .. } | About::Action { .. } | About::Closing | About::Event,
                None,
            ) => {}
        }
    }

    /// Posts as the app's user, where the app is installed.
    pub(crate) fn post_as_app(
        &mut self,
        (team, channel): (&TeamId, &ChannelId),
        only_for: Option<UserId>,
        content: Content,
        now: DateTime<Utc>,
    ) {
        let app = self
            .kept
            .workspaces
            .get(team)
            .and_then(|found| found.installation.clone());
        let Some(app) = app else { return };
        let to = Envelope {
            team: team.clone(),
            channel: channel.clone(),
            author: app.bot_user,
            bot: Some(app.bot_id),
            only_for,
        };
        self.post(to, content, now);
    }

    /// What Slack itself tells a person whose click or command reached nobody.
    pub(super) fn tell_of_failure(&mut self, about: &About, code: &str, now: DateTime<Utc>) {
        let (team, channel, user) = match about {
            About::Command {
                team,
                channel,
                user,
            }
            | About::Action {
                team,
                channel: Some(channel),
                user,
            } => (team, channel, user),
            About::Action { channel: None, .. }
            | About::Submission(_)
            | About::Closing
            | About::Event => return,
        };
        let text = format!("That failed with the error \"{code}\". The app is not responding.");
        self.whisper_as_slack((team, channel, user), text, now);
    }

    /// Slack's own words to one person.
    pub(crate) fn whisper_as_slack(
        &mut self,
        (team, channel, user): (&TeamId, &ChannelId, &UserId),
        text: String,
        now: DateTime<Utc>,
    ) {
        let to = Envelope {
            team: team.clone(),
            channel: channel.clone(),
            author: "USLACKBOT".into(),
            bot: None,
            only_for: Some(user.clone()),
        };
        self.post(
            to,
            Content {
                text,
                ..Content::default()
            },
            now,
        );
    }
}
