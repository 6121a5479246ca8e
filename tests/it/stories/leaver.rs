//! Somebody leaves, and later wants to be known no more: their card says that it is over, their
//! link goes on leading where it led, and the post is as successful as before.

use serde_json::json;
use server_api::export::EraseMember;
use server_api::member::MemberQuery;
use server_api::page::PageQuery;
use tests::browser::{Browser, PHONE};
use tests::outside::{ADA, WORKSPACE};
use tests::people::Chat;
use tests::world::{World, on_both, on_each_chat};

use super::own_cards::asks_for_each_post;
use super::{ada_herself, publish};

#[tokio::test]
async fn who_is_erased_leaves_what_they_shared_behind_and_nothing_else() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        asks_for_each_post(&world, &ada).await;
        let post = publish(&world, "Still here").await;
        let find = || {
            let messages = ada.direct_messages().into_iter();
            messages
                .rev()
                .find(|sight| sight.text.contains("Still here"))
        };
        world
            .until("the post comes to her", async || find().is_some())
            .await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let card = find().unwrap();
        let answer = phone.opens(card.url("Share on X").unwrap()).await.unwrap();
        let target: url::Url = answer.location().unwrap_or_default().parse().unwrap();
        let link = target.query_pairs().find(|(name, _)| name == "url");
        let link = link.unwrap().1.into_owned();
        ada.chooses(&card, "Done on X");
        world
            .until("it counts", async || ada_herself(&world).await.shares == 1)
            .await;

        let operator = world.operator();
        let query = MemberQuery {
            q: Some("ada".to_owned()),
            ..MemberQuery::default()
        };
        let found = operator.find_members(&query, &PageQuery::default()).await;
        let member = found.unwrap().items.into_iter().next().unwrap();
        let before = operator.post_figures(post.id).await.unwrap();
        operator.mark_member_left(member.id).await.unwrap();
        let form = EraseMember {
            name: member.display_name.clone(),
        };
        operator.erase_member(member.id, &form).await.unwrap();
        operator.erase_member(member.id, &form).await.unwrap();

        world
            .until("her card is taken back", async || {
                let now = ada.again(&card);
                now.is_some_and(|card| card.url("Share on X").is_none())
            })
            .await;
        assert_eq!(operator.post_figures(post.id).await.unwrap(), before);
        let reader = world.reader(3);
        let led = reader.opens(&link).await.unwrap();
        assert!(led.location().unwrap_or_default().contains("why-we-repair"));
        let found = operator.find_members(&query, &PageQuery::default()).await;
        assert!(found.unwrap().items.is_empty());
        world
            .until("the channel has it", async || {
                ada.screen()
                    .iter()
                    .any(|sight| sight.text.contains("Still here"))
            })
            .await;
        ada.direct_messages();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_removed_from_the_workspace_is_a_leaver_and_gets_nothing_more() {
    on_both(async |world: World| {
        let ada = world.ada_on(Chat::Slack);
        asks_for_each_post(&world, &ada).await;
        publish(&world, "While she was here").await;
        let has = |title: &str| {
            let messages = ada.direct_messages();
            messages.iter().any(|sight| sight.text.contains(title))
        };
        world
            .until("the post comes to her", async || has("While she was here"))
            .await;
        let operator = world.operator();
        let query = MemberQuery {
            q: Some("ada".to_owned()),
            ..MemberQuery::default()
        };
        let left_at = async || {
            let found = operator.find_members(&query, &PageQuery::default()).await;
            let member = found.unwrap().items.into_iter().next().unwrap();
            member.left_at
        };
        // What Slack does not say again when it is asked was long ago.
        let looked_up = || {
            let calls = world.outside.slack.calls().into_iter();
            let about_her = calls.filter(|call| {
                let user = call.arguments.get("user");
                call.method == "users.info" && user.is_some_and(|user| user == ADA)
            });
            about_her.count()
        };
        let before = looked_up();
        let old = json!({ "type": "user_change", "user": { "id": ADA, "deleted": true } });
        world.outside.slack.emit(WORKSPACE, &old);
        world
            .until("Slack is asked", async || looked_up() > before)
            .await;
        publish(&world, "While she is here").await;
        world
            .until("the next comes to her", async || has("While she is here"))
            .await;
        assert!(left_at().await.is_none());
        world.outside.slack.deactivate(WORKSPACE, ADA);
        world
            .until("she has left", async || left_at().await.is_some())
            .await;
        let since = left_at().await;
        // Slack tells every later change of her, too.
        world.outside.slack.deactivate(WORKSPACE, ADA);
        publish(&world, "After she was gone").await;
        world
            .until("the channel has it", async || {
                ada.screen()
                    .iter()
                    .any(|sight| sight.text.contains("After she was gone"))
            })
            .await;
        assert!(!has("After she was gone"));
        assert_eq!(left_at().await, since);
        world.end().await;
    })
    .await;
}
