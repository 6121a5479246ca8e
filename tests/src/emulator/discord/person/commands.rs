//! Commands as a person types them: `/chorus leaderboard period:week`. Discord's client knows what was
//! registered, completes it, and sends nothing that does not fit.
use serde_json::{Value, json};
use tokio::time::timeout;

use self::line::{completed, data, inner, kind, leaves, next_of, option, split_word, written};
use super::rendered::text;
use super::{Person, PersonError};
use crate::emulator::discord::ids::{ChannelId, InteractionId};
use crate::emulator::discord::model::Channel;
use crate::emulator::discord::state::State;
use crate::emulator::discord::state::interactions::Kind;

mod line;

/// The types of options (discord.com/developers, "Application Command Option Type").
const SUBCOMMAND_GROUP: u64 = 2;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const NUMBER: u64 = 10;

/// What the client offers below the line that somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The line as it stands once this was taken.
    pub line: String,
    /// What is shown.
    pub label: String,
    /// What it is for.
    pub about: String,
}

/// A line taken apart along a registered command.
struct Typed {
    command: Value,
    /// Names of the group and subcommand, outermost first.
    path: Vec<(u64, String)>,
    /// What can follow.
    options: Vec<Value>,
    /// What follows.
    rest: String,
}

impl Typed {
    /// The command's name with those of its group and subcommand, as answers to it are headed.
    fn name(&self) -> String {
        let command = text(&self.command, "name");
        let path = self.path.iter().map(|(_, name)| name.as_str());
        let names: Vec<&str> = std::iter::once(command).chain(path).collect();
        names.join(" ")
    }
}

impl Person {
    pub(super) fn commands(
        &self,
        line: &str,
        channel: &ChannelId,
    ) -> Result<InteractionId, PersonError> {
        let (name, data) = self.chat.read(|state| {
            let place = self.place(state, channel)?;
            let typed = self.takes_apart(state, &place, line)?;
            let entries = self.entries(state, &typed)?;
            self.check_required(&typed, &entries)?;
            Ok::<_, PersonError>((typed.name(), data(&typed, entries)))
        })?;
        self.sends(Kind::Command { name }, channel, &data)
    }

    /// Types a command up to its last option, which suggests, and gives what the app suggested.
    pub async fn is_suggested(
        &self,
        line: &str,
        channel: impl Into<ChannelId>,
    ) -> Result<Vec<String>, PersonError> {
        let channel = channel.into();
        let data = self.chat.read(|state| {
            let place = self.place(state, &channel)?;
            let typed = self.takes_apart(state, &place, line)?;
            let mut entries = written(&typed);
            let Some((name, value)) = entries.pop() else {
                return Err(self.refuses(line, "nothing is typed that could be completed"));
            };
            let mut entries = self.values(state, &typed, entries)?;
            let kind = option(&typed, &name).map(kind).unwrap_or_default();
            entries.push(json!({ "name": name, "type": kind, "value": value, "focused": true }));
            Ok(data(&typed, entries))
        })?;
        let id = self.sends(Kind::Autocomplete, &channel, &data)?;
        let over = self.chat.until(|state| {
            let found = state.interactions.get(&id)?;
            state
                .interactions
                .is_over(&id)
                .then(|| found.suggestions.clone())
        });
        let suggested = timeout(self.patience, over)
            .await
            .map_err(|_| self.in_vain("suggestions"))?;
        Ok(suggested
            .iter()
            .map(|choice| text(choice, "name").to_owned())
            .collect())
    }

    /// What the client shows below the line as it stands.
    pub async fn completions(&self, line: &str, channel: &ChannelId) -> Vec<Completion> {
        let local = self.chat.read(|state| {
            let place = self.place(state, channel).ok()?;
            let known = self.known(state, &place);
            let begun: Vec<Completion> = known
                .iter()
                .flat_map(leaves)
                .filter(|found| found.line.starts_with(line) && found.line != line)
                .collect();
            if !begun.is_empty() {
                return Some((begun, None));
            }
            let typed = self.takes_apart(state, &place, line).ok()?;
            Some(next_of(&typed, line))
        });
        match local {
            None => Vec::new(),
            Some((found, None)) => found,
            Some((_, Some(before))) => {
                let suggested = self
                    .is_suggested(line, channel.clone())
                    .await
                    .unwrap_or_default();
                suggested
                    .into_iter()
                    .map(|label| completed(&before, &label, ""))
                    .collect()
            }
        }
    }

    /// The commands that this person can use here.
    fn known(&self, state: &State, place: &Channel) -> Vec<Value> {
        let lists = |command: &Value, field: &str, number: u64| match command
            .get(field)
            .and_then(Value::as_array)
        {
            Some(numbers) => numbers.contains(&json!(number)),
            None => true,
        };
        let own = state.user(&self.user).is_some_and(|user| user.has_app);
        let (guild_has_app, context) = match place.guild().and_then(|guild| state.guild(guild)) {
            Some(guild) => (guild.has_app, 0),
            None => (state.meets_app(&self.user), 1),
        };
        let works = |command: &&Value| {
            let by_guild = guild_has_app && lists(command, "integration_types", 0);
            let by_person = own && lists(command, "integration_types", 1);
            (by_guild || by_person) && lists(command, "contexts", context) && kind(command) == 1
        };
        state.kept.commands.iter().filter(works).cloned().collect()
    }

    fn takes_apart(
        &self,
        state: &State,
        place: &Channel,
        line: &str,
    ) -> Result<Typed, PersonError> {
        let known = self.known(state, place);
        let names: Vec<String> = known
            .iter()
            .flat_map(leaves)
            .map(|found| found.line)
            .collect();
        let (name, mut rest) = split_word(line.trim_start_matches('/'));
        let command = known
            .into_iter()
            .find(|command| text(command, "name") == name);
        let command = command.ok_or_else(|| PersonError::NoCommand {
            line: line.to_owned(),
            known: names.join(", "),
        })?;
        let (mut path, mut options) = (Vec::new(), inner(&command));
        while options
            .iter()
            .any(|option| kind(option) <= SUBCOMMAND_GROUP)
        {
            let (word, behind) = split_word(rest);
            let next = options
                .iter()
                .find(|option| text(option, "name") == word)
                .cloned();
            let next = next.ok_or_else(|| PersonError::NoCommand {
                line: line.to_owned(),
                known: names.join(", "),
            })?;
            path.push((kind(&next), word.to_owned()));
            (options, rest) = (inner(&next), behind);
        }
        Ok(Typed {
            command,
            path,
            options,
            rest: rest.to_owned(),
        })
    }

    /// What was typed for each option, as the API carries it.
    fn entries(&self, state: &State, typed: &Typed) -> Result<Vec<Value>, PersonError> {
        self.values(state, typed, written(typed))
    }

    fn values(
        &self,
        state: &State,
        typed: &Typed,
        written: Vec<(String, String)>,
    ) -> Result<Vec<Value>, PersonError> {
        if typed.options.is_empty() && !typed.rest.trim().is_empty() {
            return Err(self.refuses(&typed.rest, "nothing can follow here"));
        }
        written
            .into_iter()
            .map(|(name, entered)| {
                let option = option(typed, &name)
                    .ok_or_else(|| self.refuses(&name, "there is no such option"))?;
                let value = self.value(state, option, entered.trim())?;
                Ok(json!({ "name": name, "type": kind(option), "value": value }))
            })
            .collect()
    }

    /// One option's value: a choice's where there are choices, what was suggested under this name, or what
    /// was typed.
    fn value(&self, state: &State, option: &Value, entered: &str) -> Result<Value, PersonError> {
        let choices = option
            .get("choices")
            .and_then(Value::as_array)
            .filter(|choices| !choices.is_empty());
        if let Some(choices) = choices {
            let fits = |choice: &&Value| {
                text(choice, "name") == entered || choice.get("value") == Some(&json!(entered))
            };
            let chosen = choices
                .iter()
                .find(fits)
                .and_then(|choice| choice.get("value"));
            return chosen
                .cloned()
                .ok_or_else(|| self.refuses(entered, "it is none of the choices"));
        }
        if option.get("autocomplete") == Some(&json!(true))
            && let Some(value) = state.interactions.suggested(&self.user, entered)
        {
            return Ok(value);
        }
        let value = match kind(option) {
            INTEGER => entered.parse::<i64>().ok().map(|number| json!(number)),
            NUMBER => entered.parse::<f64>().ok().map(|number| json!(number)),
            BOOLEAN => entered
                .to_lowercase()
                .parse::<bool>()
                .ok()
                .map(|flag| json!(flag)),
            _ => Some(json!(entered)).filter(|_| !entered.is_empty()),
        };
        value.ok_or_else(|| self.refuses(entered, "it is not of the option's type"))
    }

    fn check_required(&self, typed: &Typed, entries: &[Value]) -> Result<(), PersonError> {
        let given = |name: &str| entries.iter().any(|entry| text(entry, "name") == name);
        let missing = typed.options.iter().find(|option| {
            option.get("required") == Some(&json!(true)) && !given(text(option, "name"))
        });
        match missing {
            Some(option) => Err(self.refuses(text(option, "name"), "this option is required")),
            None => Ok(()),
        }
    }

    fn refuses(&self, what: &str, why: &str) -> PersonError {
        PersonError::Refused {
            what: format!("{what:?} of {}: {why}", self.user),
        }
    }
}
