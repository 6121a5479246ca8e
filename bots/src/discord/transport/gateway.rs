//! Discord's gateway: one session at a time, which whoever holds the lease keeps; what comes
//! over it is answered by calls.

mod lease;
mod session;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use server_api::client::Client;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::lease::Lease;
use self::session::{End, Happening, Session};
use crate::clock::{Clock, within};
use crate::discord::client::call::Call;
use crate::discord::client::{Access, DiscordApi};
use crate::discord::dispatch::Dispatch;

/// The first pause before a session that broke begins anew; it doubles. serenity resumes
/// and reconnects by itself; this is for when it gave up, or could not begin.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest one: a bot may begin 1,000 sessions a day. Reference "Gateway", "Session
/// Start Limit".
const LONGEST_PAUSE: Duration = Duration::from_mins(2);
/// How long to leave the lease to others after Discord refused a session for good: each
/// attempt counts against those of the day, and somebody has to change something first.
const REFUSED_PAUSE: Duration = Duration::from_mins(5);
/// A session that lasted so long was a good one.
const GOOD: Duration = Duration::from_mins(5);
/// How long a session may take to end before the lease runs out.
const END_WITHIN: Duration = Duration::from_millis(1_500);

/// Listens at the gateway.
pub struct Gateway {
    /// How serenity reaches Discord.
    pub access: Access,
    /// Where we ask for the gateway's address.
    pub api: DiscordApi,
    /// The server, which lends the lease.
    pub backend: Client,
    /// Takes what comes in.
    pub dispatch: Arc<Dispatch>,
    /// Measures pauses.
    pub clock: Arc<dyn Clock>,
}

/// Discord will not have a session, and why.
struct Refused(&'static str);

impl Gateway {
    /// Listens until `shutdown`, whenever the lease is ours. Where Discord will not have a
    /// session nothing ends: what this process carries to people goes on.
    pub async fn run(self, shutdown: CancellationToken) {
        let holder = format!("discord-{}", Uuid::now_v7());
        let lease = Lease::new(self.backend.clone(), Arc::clone(&self.clock), holder);
        let counts = &self.dispatch.counts;
        counts.holds_gateway(false);
        while let Some(hold) = lease.wait(&shutdown).await {
            counts.holds_gateway(true);
            let stop = shutdown.child_token();
            let listening = self.listen(&stop);
            tokio::pin!(listening);
            let ended = tokio::select! {
                ended = &mut listening => Some(ended),
                () = lease.keep(hold) => None,
            };
            counts.holds_gateway(false);
            match ended {
                // Others may try with a better token.
                Some(Err(Refused(reason))) => {
                    tracing::error!(reason, "Discord refuses the session: {reason}");
                    lease.give_back().await;
                    let pause = self.clock.sleep(REFUSED_PAUSE);
                    if shutdown.run_until_cancelled(pause).await.is_none() {
                        return;
                    }
                }
                Some(Ok(())) => break,
                None => {
                    stop.cancel();
                    if within(self.clock.as_ref(), END_WITHIN, listening)
                        .await
                        .is_none()
                    {
                        counts.connected(0);
                        tracing::warn!("a session was cut");
                    }
                }
            }
        }
        lease.give_back().await;
    }

    /// Keeps a session until it is time to stop.
    async fn listen(&self, stop: &CancellationToken) -> Result<(), Refused> {
        let mut pause = FIRST_PAUSE;
        loop {
            let began = self.clock.now();
            match stop.run_until_cancelled(self.begin()).await {
                None => return Ok(()),
                Some(Some(session)) => match self.follow(session, stop).await {
                    None => return Ok(()),
                    Some(End::Refused(reason)) => return Err(Refused(reason)),
                    Some(End::Broken) => {}
                },
                Some(None) => {}
            }
            if self.clock.now().saturating_duration_since(began) > GOOD {
                pause = FIRST_PAUSE;
            }
            let slept = stop.run_until_cancelled(self.clock.sleep(pause)).await;
            if slept.is_none() {
                return Ok(());
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Begins a session at the gateway whose address Discord tells.
    async fn begin(&self) -> Option<Session> {
        let answer = match self.api.call(Call::Gateway, None).await {
            Ok(answer) => answer,
            Err(error) => {
                tracing::warn!(%error, "Discord did not say where its gateway is");
                return None;
            }
        };
        let Some(url) = answer.get("url").and_then(Value::as_str) else {
            tracing::warn!("Discord's gateway has no address");
            return None;
        };
        let http = match self.access.http() {
            Ok(http) => http,
            Err(error) => {
                tracing::error!(%error, "a session could not be prepared");
                return None;
            }
        };
        match Session::begin(http, url.to_owned()).await {
            Ok(session) => Some(session),
            Err(error) => {
                tracing::error!(%error, "a session could not begin");
                None
            }
        }
    }

    /// Hands on what happens in a session; none if it was ended because it is time to stop.
    async fn follow(&self, mut session: Session, stop: &CancellationToken) -> Option<End> {
        self.dispatch.counts.connected(1);
        let end = self.listen_to(&mut session, stop).await;
        self.dispatch.counts.connected(0);
        if end.is_none() {
            session.end(self.clock.as_ref()).await;
        }
        end
    }

    async fn listen_to(&self, session: &mut Session, stop: &CancellationToken) -> Option<End> {
        loop {
            let happening = stop.run_until_cancelled(session.next()).await;
            match happening {
                None => return None,
                Some(Ok(Happening::Interaction(payload))) => self.dispatch.answer(payload),
                Some(Ok(Happening::Removed { guild })) => self.dispatch.removed(guild),
                Some(Err(end)) => return Some(end),
            }
        }
    }
}

#[cfg(test)]
mod tests;
