//! The composition of Chorus: its command line, and the parts of the running system in one process.
//!
//! Commands hold no rule: each is a call of the API by its typed client, to
//! the running server if there is one, else to one opened in this process for
//! as long as the command takes. To add a command: its arguments in `cli`,
//! its calls and words in `commands`.

mod cards;
mod cli;
mod commands;
mod failure;
mod output;
mod secret;
pub mod serve;
mod session;
mod telemetry;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;
use server::clock::Clock;
use server::config::{Config, ConfigFaults};

pub use cli::PartName;
pub use failure::Failure;

use cli::{
    Command, CommandLine, Global, ImportCommand, ManifestCommand, MemberCommand, SetupArguments,
    SlackMode,
};
use commands::{Desk, backup, doctor, feeds, health, members, posts, setup, tokens};
use output::{Format, say, warn};
use session::Session;

/// Here, so that whatever runs Chorus runs on it: also the tests that kill it, and those that
/// measure it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The configuration file that is read if none is named.
const DEFAULT_FILE: &str = "chorus.toml";

/// Does what the command line says, with its own runtime.
///
/// Exit codes: 0 done, 1 refused or failed, 2 the configuration or the command is wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line = match CommandLine::try_parse_from(arguments) {
        Ok(line) => line,
        // Also how help and version are shown; only mistakes go to the standard error, with code 2.
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            // Where nothing can be printed, the code still tells.
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    install_tls_provider();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            warn(&format!("No threads can be started: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            warn(&failure.to_string());
            failure.exit_code()
        }
    }
}

/// Names ring as the TLS provider of this process. Several libraries bring
/// rustls; asked to choose a provider by itself, it would panic.
pub fn install_tls_provider() {
    // Fails only where one is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
}

async fn dispatch(line: CommandLine) -> Result<(), Failure> {
    let global = &line.global;
    match line.command {
        Command::Serve { parts } => Box::pin(serve::run(load(global)?, &parts)).await,
        Command::Backup { file } => backup::back_up(global, &load(global)?, &file).await,
        Command::Restore { file, replace } => {
            backup::restore(global, &load(global)?, (&file, replace)).await
        }
        Command::Health => health::run(&load(global)?).await,
        Command::Doctor => doctor::run(global).await,
        Command::Openapi => say_json(&server::http::openapi::document()),
        Command::Manifest(ManifestCommand::Slack { base_url, mode }) => {
            say_json(&slack_manifest(global, base_url, mode)?)
        }
        Command::Manifest(ManifestCommand::Discord {
            base_url,
            application_id,
        }) => say_json(&discord_manifest(global, base_url, application_id)?),
        Command::Migrate => session::migrate(load(global)?).await,
        Command::Setup(arguments) => set_up(global, &arguments).await,
        Command::Import(ImportCommand::Members { file }) => {
            at_desk(global, async |desk| members::import(desk, &file).await).await
        }
        Command::Member(MemberCommand::Pair { email }) => {
            at_desk(global, async |desk| members::pair(desk, &email).await).await
        }
        Command::Post(command) => {
            at_desk(global, async |desk| posts::run(desk, command).await).await
        }
        Command::Feed(command) => {
            at_desk(global, async |desk| feeds::run(desk, command).await).await
        }
        Command::Token(command) => {
            at_desk(global, async |desk| tokens::run(desk, command).await).await
        }
    }
}

/// What is not said on the command line comes from the configuration, which is read only then.
fn slack_manifest(
    global: &Global,
    base_url: Option<String>,
    mode: Option<SlackMode>,
) -> Result<serde_json::Value, Failure> {
    let (base_url, mode) = match (base_url, mode) {
        (Some(base_url), Some(mode)) => (base_url, mode),
        (Some(base_url), None) => (base_url, SlackMode::Socket),
        (None, mode) => {
            let config = load(global)?;
            let configured = match config.slack.mode {
                server::config::SlackMode::Socket => SlackMode::Socket,
                server::config::SlackMode::Http => SlackMode::Http,
            };
            (config.web.base_url.clone(), mode.unwrap_or(configured))
        }
    };
    Ok(match mode {
        SlackMode::Socket => bots::slack::manifest(&base_url),
        SlackMode::Http => bots::slack::http_manifest(&base_url),
    })
}

/// The same of Discord: without an id, the links have a gap in its place.
fn discord_manifest(
    global: &Global,
    base_url: Option<String>,
    application_id: Option<String>,
) -> Result<serde_json::Value, Failure> {
    let (base_url, application_id) = if let Some(base_url) = base_url {
        (base_url, application_id)
    } else {
        let config = load(global)?;
        let configured = config.discord.application_id.clone();
        (config.web.base_url.clone(), application_id.or(configured))
    };
    Ok(bots::discord::manifest(
        &base_url,
        application_id.as_deref(),
    ))
}

fn say_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    Format::Json.show(value, String::new)
}

fn load(global: &Global) -> Result<Config, Failure> {
    read(global).map_err(|faults| Failure::usage(faults.to_string()))
}

/// The configuration, or every fault in it.
fn read(global: &Global) -> Result<Config, ConfigFaults> {
    Config::load(file(global).as_deref())
}

/// The configuration's file, if there is one.
fn file(global: &Global) -> Option<PathBuf> {
    global.config.clone().or_else(|| {
        let usual = Path::new(DEFAULT_FILE);
        usual.exists().then(|| usual.to_path_buf())
    })
}

async fn set_up(global: &Global, arguments: &SetupArguments) -> Result<(), Failure> {
    if arguments.example {
        return say(setup::EXAMPLE.trim_end());
    }
    let wanted = setup::read(arguments)?;
    let session = Session::open(load(global)?).await?;
    let operator = desk(session.operator(), global);
    let owner = format!("owner/{}", wanted.organization.slug);
    let owner = desk(session.operator().on_behalf_of(&owner), global);
    let outcome = setup::run(&operator, &owner, &wanted).await;
    session.close().await;
    outcome
}

/// Does `work` for the person whom the command line names.
async fn at_desk(
    global: &Global,
    work: impl AsyncFnOnce(&Desk) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let session = Session::open(load(global)?).await?;
    let person = match (&global.acting, &global.organization) {
        (Some(email), _) => format!("email/{email}"),
        (None, Some(slug)) => format!("owner/{slug}"),
        (None, None) => "owner".to_owned(),
    };
    let desk = desk(session.operator().on_behalf_of(&person), global);
    let outcome = work(&desk).await;
    session.close().await;
    outcome
}

fn desk(client: server_api::client::Client, global: &Global) -> Desk {
    Desk {
        client,
        format: Format::of(global.json),
        now: Clock::System.now(),
    }
}
