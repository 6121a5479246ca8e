//! Registers the commands: read first, and written only where they differ, since Discord
//! counts what is written.

use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{all, are_registered};
use crate::clock::Clock;
use crate::discord::client::DiscordApi;
use crate::discord::client::call::Call;
use crate::discord::client::refusal::ApiError;

/// The first pause before trying again; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest one.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Registers the commands, trying until it is done, refused for good or time to stop.
pub async fn register(api: &DiscordApi, clock: &dyn Clock, shutdown: &CancellationToken) {
    let mut pause = FIRST_PAUSE;
    loop {
        let wait = match shutdown.run_until_cancelled(try_register(api)).await {
            None | Some(Ok(())) => return,
            Some(Err(ApiError::Refused(refusal))) => {
                tracing::error!(%refusal, "Discord does not take our commands");
                return;
            }
            Some(Err(ApiError::RateLimited { after, .. })) => after.max(pause),
            Some(Err(error @ (ApiError::NotReached(_) | ApiError::Unknown(_)))) => {
                tracing::warn!(%error, "commands could not be registered yet");
                pause
            }
        };
        if shutdown
            .run_until_cancelled(clock.sleep(wait))
            .await
            .is_none()
        {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn try_register(api: &DiscordApi) -> Result<(), ApiError> {
    let wanted = all();
    // Without asking for them, Discord leaves the translations out.
    let parameters = [("with_localizations", "true".to_owned())];
    let registered = api.get(Call::Commands, &parameters).await?;
    if are_registered(&wanted, &registered) {
        tracing::debug!("the commands are registered already");
        return Ok(());
    }
    api.call(Call::ReplaceCommands, Some(&Value::from(wanted)))
        .await?;
    tracing::info!("the commands are registered");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::clock::mock::MockClock;
    use crate::discord::tests::stand_in::{APPLICATION, Answer, StandIn};

    async fn asked(answers: Vec<Answer>) -> Vec<String> {
        let discord = StandIn::start(answers).await;
        let clock = MockClock::default();
        register(&discord.api(), &clock, &CancellationToken::new()).await;
        discord.asked()
    }

    fn read() -> String {
        format!("GET /applications/{APPLICATION}/commands?&with_localizations=true")
    }

    fn written() -> String {
        format!("PUT /applications/{APPLICATION}/commands")
    }

    #[tokio::test]
    async fn commands_are_written_only_where_they_differ() {
        let none = Answer::new(200, json!([]));
        assert_eq!(asked(vec![none]).await, [read(), written()]);
        let same = Answer::new(200, json!(all()));
        assert_eq!(asked(vec![same]).await, [read()]);
    }

    #[tokio::test]
    async fn what_does_not_succeed_is_tried_again_and_a_refusal_is_not() {
        let answers = vec![
            Answer::new(502, json!({})),
            Answer::limited(0.1, false),
            Answer::new(200, json!([])),
            Answer::new(500, json!({})),
            Answer::new(200, json!(all())),
        ];
        let all = [read(), read(), read(), written(), read()];
        assert_eq!(asked(answers).await, all);
        assert_eq!(asked(vec![Answer::refusal(401, 0)]).await, [read()]);
    }

    #[tokio::test]
    async fn nothing_is_tried_when_it_is_time_to_stop() {
        let discord = StandIn::start(vec![Answer::new(502, json!({}))]).await;
        let stopped = CancellationToken::new();
        stopped.cancel();
        let clock = Arc::new(MockClock::default());
        register(&discord.api(), clock.as_ref(), &stopped).await;
        assert!(discord.calls().is_empty());
    }
}
