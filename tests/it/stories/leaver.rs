//! Somebody leaves, and later wants to be known no more: their card says that it is over, their
//! link goes on leading where it led, and the post is as successful as before.

use server_api::export::EraseMember;
use server_api::member::MemberQuery;
use server_api::page::PageQuery;
use tests::browser::{Browser, PHONE};
use tests::people::Chat;
use tests::world::{World, on_each_chat};

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
