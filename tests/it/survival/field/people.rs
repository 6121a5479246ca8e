//! People who want each post in a message of their own, at any hour.

use std::collections::BTreeMap;

use entity::enums::{BoardVisibility, DeliveryPreference};
use entity::ids::{IdentityId, MemberId};
use entity::json::{Followers, Networks, Roles};
use entity::{identity, installation, member};
use sea_orm::{DatabaseConnection, EntityTrait, IntoActiveModel};
use server::chance::Chance;
use server_api::client::Client;
use server_api::enums::Network;
use server_api::ids::PostId;
use server_api::share::ConfirmShare;
use tests::clock::Clock;
use tests::emulator::discord::model::{ChannelKind as DiscordKind, User as DiscordUser};
use tests::emulator::slack::model::{ChannelKind as SlackKind, User as SlackUser};
use tests::outside::{GUILD, Outside, WORKSPACE};
use tests::people::Chat;

use super::Kit;

/// Rows of one statement: a member has thirty values, and SQLite binds 32,766.
const ROWS: usize = 500;

/// Brings them into the workspace or guild, and gives their accounts there.
pub(super) fn settle(outside: &Outside, kit: Kit) -> Vec<String> {
    let numbers = 0..kit.people;
    match kit.chat {
        Chat::Slack => numbers
            .map(|number| {
                let id = format!("U1{number:05}");
                let user = SlackUser::member(WORKSPACE, &id, &name(number), &email(number));
                outside.slack.add_user(user);
                id
            })
            .collect(),
        Chat::Discord => numbers
            .map(|number| {
                let id = format!("12700000000000{number:05}");
                outside
                    .discord
                    .add_user(DiscordUser::person(&id, &name(number)));
                outside.discord.join(GUILD, &id, &[]);
                id
            })
            .collect(),
    }
}

/// Makes them members of the programme who have asked for each post.
pub(super) async fn join(db: &DatabaseConnection, accounts: &[String]) {
    let home = installation::Entity::find().one(db).await.unwrap().unwrap();
    let members: Vec<member::Model> = (0..accounts.len())
        .map(|number| a_member(&home, number))
        .collect();
    let identities: Vec<identity::Model> = (members.iter().zip(accounts))
        .map(|(member, account)| an_account(&home, member, account))
        .collect();
    for part in members.chunks(ROWS) {
        member::Entity::insert_many(part.iter().cloned().map(IntoActiveModel::into_active_model))
            .exec_without_returning(db)
            .await
            .unwrap();
    }
    for part in identities.chunks(ROWS) {
        identity::Entity::insert_many(part.iter().cloned().map(IntoActiveModel::into_active_model))
            .exec_without_returning(db)
            .await
            .unwrap();
    }
}

/// The first of them shares a post.
pub(super) async fn share(operator: &Client, post: PostId) {
    let first = operator.on_behalf_of(&format!("email/{}", email(0)));
    let on_x = ConfirmShare {
        network: Network::X,
    };
    first.confirm_share(post, &on_x).await.unwrap();
}

/// How many posts one of them shared.
pub(super) async fn shares(operator: &Client, number: usize) -> i64 {
    let one = operator.on_behalf_of(&format!("email/{}", email(number)));
    one.me().await.unwrap().shares
}

/// Whose each conversation with the bot is.
pub(super) fn conversations(outside: &Outside, chat: Chat) -> BTreeMap<String, String> {
    match chat {
        Chat::Slack => outside.slack.state().read(|state| {
            let all = state.kept.channels.values();
            all.filter_map(|channel| match &channel.kind {
                SlackKind::Direct { with } => Some((channel.id.to_string(), with.to_string())),
                SlackKind::Public | SlackKind::Private => None,
            })
            .collect()
        }),
        Chat::Discord => outside.discord.state().read(|state| {
            let all = state.kept.channels.values();
            all.filter_map(|channel| match &channel.kind {
                DiscordKind::Direct { with } => Some((channel.id.to_string(), with.to_string())),
                DiscordKind::Text { .. } => None,
            })
            .collect()
        }),
    }
}

fn name(number: usize) -> String {
    format!("Person {number}")
}

fn email(number: usize) -> String {
    format!("person-{number}@lindenfeld.example")
}

fn a_member(home: &installation::Model, number: usize) -> member::Model {
    let (chance, now) = (Chance::from_system(), Clock::system().now());
    member::Model {
        id: MemberId(chance.uuid(now)),
        organization_id: home.organization_id,
        team_id: None,
        email: Some(email(number)),
        display_name: name(number),
        language: None,
        time_zone: None,
        roles: Roles::default(),
        board_visibility: BoardVisibility::Name,
        pseudonym: format!("Quiet Otter {number}"),
        attribution: true,
        networks: Networks::default(),
        followers: Followers::default(),
        mastodon_instance: None,
        delivery: DeliveryPreference::EachPost,
        delivery_platform: Some(home.platform),
        delivery_refused_on: None,
        // The same beginning and end: never quiet, whenever the test runs.
        quiet_from: 0,
        quiet_to: 0,
        quiet_weekends: false,
        quiet_own: true,
        joined_at: Some(now),
        greeted_at: Some(now),
        paused_until: None,
        left_at: None,
        erased_at: None,
        created_at: now,
        updated_at: now,
    }
}

fn an_account(home: &installation::Model, of: &member::Model, account: &str) -> identity::Model {
    let (chance, now) = (Chance::from_system(), Clock::system().now());
    identity::Model {
        id: IdentityId(chance.uuid(now)),
        organization_id: home.organization_id,
        member_id: of.id,
        platform: home.platform,
        workspace_ref: home.external_id.clone(),
        user_ref: account.to_owned(),
        account_name: None,
        issuer_id: None,
        created_at: now,
    }
}
