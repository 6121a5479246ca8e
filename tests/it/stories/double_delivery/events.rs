//! What Slack tells by itself, as often as it tells it: that somebody was removed from the
//! workspace, and by two events that the app was.

use entity::{audit_event, delivery};
use sea_orm::EntityTrait as _;
use server::store::Store;
use server::test_support::Kind;
use tests::outside::{ADA, WORKSPACE};
use tests::people::Chat;

use super::{ada_herself, delivering, is_the_same_however_often_delivered, joins, only};

#[tokio::test]
async fn what_slack_tells_by_itself_delivered_up_to_five_times_is_noted_once() {
    is_the_same_however_often_delivered(Chat::Slack, are_removed).await;
}

/// What is left where first Ada is removed from the workspace, and then the app.
async fn are_removed(kind: Kind, times: u32) -> Vec<String> {
    let mut world = delivering(kind, only(Chat::Slack), times).await;
    let ada = world.ada_on(Chat::Slack);
    joins(&world, &ada, "By my name").await;
    let member = ada_herself(&world).await.id;
    let operator = world.operator();
    world.outside.slack.deactivate(WORKSPACE, ADA);
    world
        .until("she has left", async || {
            let told = operator.member(member).await.unwrap();
            told.member.left_at.is_some()
        })
        .await;
    world.settles().await;
    world.outside.slack.uninstall(WORKSPACE);
    world
        .until("its end is noted", async || {
            let connections = operator.connections().await.unwrap().items;
            connections.iter().all(|one| one.ended_at.is_some())
        })
        .await;
    ada.screen();
    ada.direct_messages();
    // What came once more may still be worked on: it ends before Chorus does.
    world.halt().await;
    let store = world.database.open().await;
    let left = rows(&store).await;
    store.close().await.unwrap();
    // Slack tells of the app by two events, also where each comes once.
    for action in ["member.leave", "installation.revoked"] {
        let noted = left.iter().filter(|row| *row == action).count();
        assert_eq!(noted, 1, "{action}, told {times} times: {left:?}");
    }
    world.end().await;
    left
}

/// What the log says and which messages there are, in no order that the database chose.
async fn rows(store: &Store) -> Vec<String> {
    let log = audit_event::Entity::find().all(store.reader()).await;
    let messages = delivery::Entity::find().all(store.reader()).await;
    let log = log.unwrap().into_iter().map(|event| event.action);
    let messages = messages.unwrap().into_iter();
    let messages = messages.map(|one| format!("{:?}: {:?}", one.operation, one.state));
    let mut rows: Vec<String> = log.chain(messages).collect();
    rows.sort_unstable();
    rows
}
