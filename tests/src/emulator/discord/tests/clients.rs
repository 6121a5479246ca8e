//! A client library that others wrote, in front of the emulator: what it sends is taken, and what it is sent
//! it understands.
use serenity::all::{
    ActionRowComponent, Command, CommandOptionType, Context, CreateActionRow, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateMessage, CreateModal, EditInteractionResponse,
    EventHandler, GatewayIntents, GuildId, Http, HttpBuilder, InputTextStyle, Interaction,
};

use super::*;

fn http(stage: &Stage) -> Http {
    HttpBuilder::new("emulated.bot.token")
        .proxy(stage.discord.base_url())
        .ratelimiter_disabled(true)
        .application_id(stage.discord.state().app().id.as_str().parse().unwrap())
        .build()
}

/// An app that whispers to commands, opens a modal for presses, and confirms what was entered.
struct Bot;

#[serenity::async_trait]
impl EventHandler for Bot {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let private = || CreateInteractionResponseMessage::new().ephemeral(true);
        match interaction {
            Interaction::Command(command) => {
                let deferral = CreateInteractionResponse::Defer(private());
                command
                    .create_response(&context.http, deferral)
                    .await
                    .unwrap();
                let told = format!("{} of {}", command.data.options[0].name, command.user.name);
                let answer = EditInteractionResponse::new().content(told);
                command.edit_response(&context.http, answer).await.unwrap();
            }
            Interaction::Component(press) => {
                assert_eq!(press.guild_id.map(GuildId::get), Some(2001));
                let input = CreateInputText::new(InputTextStyle::Paragraph, "Your words", "words");
                let modal = CreateModal::new("dialog", "Edit")
                    .components(vec![CreateActionRow::InputText(input)]);
                press
                    .create_response(&context.http, CreateInteractionResponse::Modal(modal))
                    .await
                    .unwrap();
            }
            Interaction::Modal(modal) => {
                let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0]
                else {
                    panic!("no text: {modal:?}");
                };
                let told =
                    private().content(format!("You wrote {}", input.value.as_deref().unwrap()));
                modal
                    .create_response(&context.http, CreateInteractionResponse::Message(told))
                    .await
                    .unwrap();
            }
            other => panic!("unexpected: {other:?}"),
        }
    }
}

#[tokio::test]
async fn serenity_gets_along_with_the_emulator() {
    let stage = stage().await;
    let mut client =
        serenity::client::ClientBuilder::new_with_http(http(&stage), GatewayIntents::GUILDS)
            .event_handler(Bot)
            .await
            .unwrap();
    let shards = client.shard_manager.clone();
    let running = tokio::spawn(async move { client.start().await });
    stage.discord.connected(1).await.unwrap();

    let http = http(&stage);
    let help = CreateCommandOption::new(CommandOptionType::SubCommand, "help", "What you can do");
    let command = CreateCommand::new("chorus")
        .description("Share")
        .add_option(help);
    Command::set_global_commands(&http, vec![command])
        .await
        .unwrap();
    let ada = stage.ada();
    ada.types("/chorus help", ROOM).unwrap();
    ada.waits_for_text(ROOM, "help of ada.berger")
        .await
        .unwrap();

    let edit = serenity::all::CreateButton::new("edit").label("Edit");
    let card = CreateMessage::new()
        .embed(
            CreateEmbed::new()
                .title("A garden")
                .field("Points", "10", true),
        )
        .components(vec![CreateActionRow::Buttons(vec![edit])]);
    let channel = serenity::all::ChannelId::new(3001);
    let sent = channel.send_message(&http, card).await.unwrap();
    assert_eq!(sent.embeds[0].title.as_deref(), Some("A garden"));
    assert_eq!(sent.components.len(), 1);
    ada.clicks("Edit").await.unwrap();
    ada.waits_for_dialog("Edit").await.unwrap();
    ada.fills("Your words", "my own").unwrap();
    ada.submits().await.unwrap();
    ada.waits_for_text(ROOM, "You wrote my own").await.unwrap();
    assert!(
        stage.discord.violations().is_empty(),
        "{:#?}",
        stage.discord.violations()
    );
    shards.shutdown_all().await;
    running.await.unwrap().unwrap();
}
