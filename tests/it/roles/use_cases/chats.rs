//! Connections to chats and their channels.

use entity::ids::{ChannelId, InstallationId};
use server::app::App;
use server::service::actor::Actor;
use server::service::channels::{self, NewChannel};
use server::service::connections;
use server_api::problem::Code;

use super::{NOTHING, code, page};

/// How the use case of an operation refuses; none where it does what was asked.
pub async fn refusal(app: &App, actor: &Actor, operation: &str) -> Option<Code> {
    let (installation, channel) = (InstallationId(NOTHING), ChannelId(NOTHING));
    match operation {
        "list_channels" => code(channels::list(app, actor, page()).await),
        "add_channel" => {
            let wanted = NewChannel {
                installation,
                place: "C0NOWHERE".to_owned(),
                name: "nowhere".to_owned(),
            };
            code(channels::add_channel(app, actor, wanted).await)
        }
        "pause_channel" => code(channels::pause_channel(app, actor, channel).await),
        "resume_channel" => code(channels::resume_channel(app, actor, channel).await),
        "test_channel" => code(channels::test_channel(app, actor, channel).await),
        "show_channel_topics" => code(channels::show_topics(app, actor, channel).await),
        "set_channel_topics" => code(channels::set_topics(app, actor, (channel, None), None).await),
        "list_connections" => code(connections::list_connections(app, actor).await),
        _ => code(connections::disconnect(app, actor, installation).await),
    }
}
