//! Calls of who looks after the chats.

use reqwest::Method;
use reqwest::header::IF_MATCH;

use super::{CallError, Client, answer};
use crate::connection::{
    AddChannel, ChannelTopics, Connection, Connections, SentTest, SetChannelTopics,
};
use crate::ids::{ChannelId, InstallationId};
use crate::organization::Channel;

impl Client {
    /// `GET /connections`: the workspaces and guilds, and how they are.
    pub async fn connections(&self) -> Result<Connections, CallError> {
        self.get("/connections").await
    }

    /// `POST /connections/{installation}/disconnect`: again changes nothing.
    pub async fn disconnect_chat(
        &self,
        installation: InstallationId,
    ) -> Result<Connection, CallError> {
        let path = format!("/connections/{installation}/disconnect");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /connections/{installation}/channels`: again changes nothing.
    pub async fn add_channel(
        &self,
        installation: InstallationId,
        form: &AddChannel,
    ) -> Result<Channel, CallError> {
        let path = format!("/connections/{installation}/channels");
        self.send(Method::POST, &path, form).await
    }

    /// `POST /channels/{channel}/pause`: again changes nothing.
    pub async fn pause_channel(&self, channel: ChannelId) -> Result<Channel, CallError> {
        let path = format!("/channels/{channel}/pause");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /channels/{channel}/resume`: again changes nothing.
    pub async fn resume_channel(&self, channel: ChannelId) -> Result<Channel, CallError> {
        let path = format!("/channels/{channel}/resume");
        self.send(Method::POST, &path, &()).await
    }

    /// `POST /channels/{channel}/test`: sends a test message.
    pub async fn test_channel(&self, channel: ChannelId) -> Result<SentTest, CallError> {
        let path = format!("/channels/{channel}/test");
        self.send(Method::POST, &path, &()).await
    }

    /// `GET /channels/{channel}/topics`.
    pub async fn channel_topics(&self, channel: ChannelId) -> Result<ChannelTopics, CallError> {
        self.get(&format!("/channels/{channel}/topics")).await
    }

    /// `PUT /channels/{channel}/topics`: over the version `over`, or over any.
    pub async fn set_channel_topics(
        &self,
        channel: ChannelId,
        over: Option<i64>,
        form: &SetChannelTopics,
    ) -> Result<ChannelTopics, CallError> {
        let path = format!("/channels/{channel}/topics");
        let tag = over.map_or_else(|| "*".to_owned(), |version| format!("\"{version}\""));
        let request = self.request(Method::PUT, &path);
        answer(request.header(IF_MATCH, tag).json(form)).await
    }
}
