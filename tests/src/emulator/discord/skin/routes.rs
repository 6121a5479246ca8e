//! The routes of the REST API that this emulator knows, by the templates of Discord's OpenAPI description.

/// What a route does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    Gateway,
    GatewayBot,
    Me,
    Application,
    OpenDirect,
    ListCommands,
    PutCommands,
    ShowGuild,
    ShowMember,
    ShowChannel,
    PostMessage,
    ListMessages,
    ShowMessage,
    ChangeMessage,
    DeleteMessage,
    Callback,
    FollowUp,
    ShowOriginal,
    ChangeOriginal,
    DeleteOriginal,
    ChangeFollowUp,
    DeleteFollowUp,
}

/// Who has to say who they are, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// `Authorization: Bot …`.
    Token,
    /// The token in the path.
    Path,
    /// Anybody.
    None,
}

impl Task {
    pub(super) fn authority(self) -> Authority {
        match self {
            Self::Gateway => Authority::None,
            Self::Callback
            | Self::FollowUp
            | Self::ShowOriginal
            | Self::ChangeOriginal
            | Self::DeleteOriginal
            | Self::ChangeFollowUp
            | Self::DeleteFollowUp => Authority::Path,
            Self::GatewayBot
            | Self::Me
            | Self::Application
            | Self::OpenDirect
            | Self::ListCommands
            | Self::PutCommands
            | Self::ShowGuild
            | Self::ShowMember
            | Self::ShowChannel
            | Self::PostMessage
            | Self::ListMessages
            | Self::ShowMessage
            | Self::ChangeMessage
            | Self::DeleteMessage => Authority::Token,
        }
    }
}

const ROUTES: [(&str, Task); 23] = [
    ("GET /gateway", Task::Gateway),
    ("GET /gateway/bot", Task::GatewayBot),
    ("GET /users/@me", Task::Me),
    ("GET /applications/@me", Task::Application),
    ("GET /oauth2/applications/@me", Task::Application),
    ("GET /guilds/{guild_id}", Task::ShowGuild),
    ("GET /guilds/{guild_id}/members/{user_id}", Task::ShowMember),
    ("POST /users/@me/channels", Task::OpenDirect),
    (
        "GET /applications/{application_id}/commands",
        Task::ListCommands,
    ),
    (
        "PUT /applications/{application_id}/commands",
        Task::PutCommands,
    ),
    ("GET /channels/{channel_id}", Task::ShowChannel),
    ("POST /channels/{channel_id}/messages", Task::PostMessage),
    ("GET /channels/{channel_id}/messages", Task::ListMessages),
    (
        "GET /channels/{channel_id}/messages/{message_id}",
        Task::ShowMessage,
    ),
    (
        "PATCH /channels/{channel_id}/messages/{message_id}",
        Task::ChangeMessage,
    ),
    (
        "DELETE /channels/{channel_id}/messages/{message_id}",
        Task::DeleteMessage,
    ),
    (
        "POST /interactions/{interaction_id}/{interaction_token}/callback",
        Task::Callback,
    ),
    (
        "POST /webhooks/{webhook_id}/{webhook_token}",
        Task::FollowUp,
    ),
    (
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Task::ShowOriginal,
    ),
    (
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Task::ChangeOriginal,
    ),
    (
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        Task::DeleteOriginal,
    ),
    (
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Task::ChangeFollowUp,
    ),
    (
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        Task::DeleteFollowUp,
    ),
];

/// A call's route and what stands in its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// Method and template.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) task: Task,
    /// What stands in the place of each `{…}`, in order.
    pub(super) given: Vec<(&'static str, String)>,
}

impl Route {
    pub(super) fn given(&self, name: &str) -> &str {
        self.given
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// Discord limits each channel and each webhook apart: the first thing in the path.
    pub(super) fn about(&self) -> &str {
        self.given.first().map_or("", |(_, value)| value)
    }

    /// The template alone.
    pub(super) fn template(&self) -> &'static str {
        self.name
            .split_once(' ')
            .map_or(self.name, |(_, template)| template)
    }
}

/// The route of a call, if there is one.
pub(super) fn find(method: &str, path: &str) -> Option<Route> {
    let path = path.trim_start_matches('/');
    ROUTES.iter().find_map(|(name, task)| {
        let (known, template) = name.split_once(' ')?;
        let given = fits(template.trim_start_matches('/'), path).filter(|_| known == method)?;
        Some(Route {
            name,
            task: *task,
            given,
        })
    })
}

fn fits(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut given = Vec::new();
    let mut parts = path.split('/');
    for known in template.split('/') {
        let part = parts.next()?;
        let name = known
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        match name {
            Some(name) if !part.is_empty() => given.push((name, part.to_owned())),
            None if known == part => {}
            Some(_) | None => return None,
        }
    }
    parts.next().is_none().then_some(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_template_and_what_stands_in_it() {
        let found = find("PATCH", "/webhooks/1/tok.en/messages/@original").unwrap();
        assert_eq!(found.task, Task::ChangeOriginal);
        let message = find("PATCH", "/channels/12/messages/34").unwrap();
        assert_eq!((message.about(), message.given("message_id")), ("12", "34"));
        assert_eq!(
            message.template(),
            "/channels/{channel_id}/messages/{message_id}"
        );
        assert_eq!(find("PUT", "/channels/12/messages/34"), None);
        assert_eq!(find("GET", "/channels//messages"), None);
    }
}
