//! The demo: Chorus with all its parts on SQLite, the emulators around it, and
//! a little company with a programme that is under way.
//!
//! Everything on Chorus' side of the wire is the real thing. It keeps its
//! database, the chat and its ports from one start to the next.

mod console;
mod month;
mod options;
mod programme;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use chorus::serve::Service;
use chrono::TimeDelta;
use secrecy::ExposeSecret as _;
use server::clock::Clock;
use server::config::Config;
use server_api::client::Client;
use tokio::net::TcpListener;
use tokio::signal::unix::SignalKind;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::inspector;
use crate::outside::{ADA, CHANNEL, DISCORD_ADA, DISCORD_CHANNEL, Outside};
use crate::people::Chat;
use options::{Asked, Options};

/// Runs the demo until Ctrl-C.
pub fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let options = match Options::parse(arguments) {
        Ok(Asked::Run(options)) => options,
        Ok(Asked::Help) => {
            println!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    chorus::install_tls_provider();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("No threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(demo(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn demo(options: &Options) -> anyhow::Result<()> {
    let log = prepare_folder(options)?;
    let memory = Memory::in_folder(&options.data);
    let stop = CancellationToken::new();
    step(
        1,
        "Opening Slack, Discord, the networks and the newsroom, emulated",
    );
    let outside = open_outside(options, &memory, &stop).await?;
    let inspector = options.bind(options.chat_port()).await?;
    step(
        2,
        "Starting Chorus: web, worker, Slack and Discord, on SQLite",
    );
    let mut chorus = Chorus::start(options, &outside, &log).await?;

    let interrupted = tokio::select! {
        board = present(&chorus.client, &outside) => {
            let board = board?;
            step(7, "Opening the chat windows and the console");
            let way_in = console::router(chorus.client.clone());
            serve_inspector(inspector, (&outside, &board), way_in, &stop);
            println!("{}", invitation(options, &outside, &board));
            wait_for_the_end(&mut chorus.work).await
        }
        ended = wait_for_the_end(&mut chorus.work) => ended,
    };

    println!("\nClosing.");
    chorus.stop.cancel();
    if interrupted {
        chorus.work.await?;
    }
    outside.slack.shutdown();
    outside.discord.shutdown();
    stop.cancel();
    memory.keep(&outside)?;
    anyhow::ensure!(
        interrupted,
        "Chorus ended by itself; {} says why",
        log.display()
    );
    println!("Kept in {} for the next start.", options.data.display());
    Ok(())
}

/// Makes the demo's folder, empty if that was asked for; gives the log's file.
fn prepare_folder(options: &Options) -> anyhow::Result<PathBuf> {
    let folder = &options.data;
    if options.fresh && folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made", folder.display()))?;
    let log = folder.join("chorus.log");
    keep_log(&log)?;
    Ok(log)
}

async fn open_outside(
    options: &Options,
    memory: &Memory<'_>,
    stop: &CancellationToken,
) -> anyhow::Result<Outside> {
    let clock = crate::clock::Clock::system();
    let first_published = clock.now() - TimeDelta::days(2);
    let places = options.places().await?;
    let offered = 1 + memory.count_start()?;
    let outside = Outside::start(places, clock, (offered, first_published), stop.clone())?;
    memory.recall(&outside)?;
    Ok(outside)
}

/// Chorus with all its parts, running in this process.
struct Chorus {
    client: Client,
    stop: CancellationToken,
    work: JoinHandle<()>,
}

impl Chorus {
    async fn start(options: &Options, outside: &Outside, log: &Path) -> anyhow::Result<Self> {
        let service = Service::prepare_on(configuration(options, outside)?, &[], Clock::System)
            .await
            .map_err(|failure| anyhow::anyhow!("{failure}"))?;
        let client = operator(&service)?;
        let stop = CancellationToken::new();
        let work = tokio::spawn(service.run(stop.clone()));
        let connected = (outside.slack.connected(1).await).and(outside.discord.connected(1).await);
        connected
            .with_context(|| format!("a chat's part did not connect: see {}", log.display()))?;
        Ok(Self { client, stop, work })
    }
}

/// Brings the programme to where the newcomer comes in; gives the address of Ada's board.
async fn present(client: &Client, outside: &Outside) -> anyhow::Result<String> {
    step(
        3,
        "Setting up the programme of Lindenfeld, a maker of bicycles",
    );
    programme::set_up(client, outside).await?;
    step(4, "Bringing colleagues, who have shared before");
    let board = programme::colleagues(client, outside).await?;
    programme::pair_ada(client, outside).await?;
    step(5, "Reading the company's feed");
    programme::read_feed(client, outside).await?;
    step(6, "Planning a month of posts, of which one waits for you");
    month::fill(client, outside).await?;
    Ok(board)
}

/// Log lines go to a file: the terminal is the newcomer's.
fn keep_log(file: &Path) -> anyhow::Result<()> {
    let log = std::fs::File::create(file)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    tracing_subscriber::fmt()
        .with_env_filter("info")
        .with_ansi(false)
        .with_writer(log)
        .try_init()
        .map_err(|error| anyhow::anyhow!("{error}"))
}

/// Waits for Ctrl-C, or for Chorus to end by itself; says whether it was Ctrl-C.
async fn wait_for_the_end(chorus: &mut JoinHandle<()>) -> bool {
    let Ok(mut terminated) = tokio::signal::unix::signal(SignalKind::terminate()) else {
        return false;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => true,
        _ = terminated.recv() => true,
        _ = chorus => false,
    }
}

fn step(number: u8, what: &str) {
    println!("[{number}/7] {what} …");
}

fn configuration(options: &Options, outside: &Outside) -> anyhow::Result<Config> {
    let file = options.data.join("chorus.toml");
    let (public, internal) = (options.public_port(), options.internal_port());
    let text = format!(
        "# Written anew at each start of the demo.\n\
         data_dir = \"{}\"\n\n\
         [web]\nlisten = \"127.0.0.1:{public}\"\nbase_url = \"http://127.0.0.1:{public}\"\n\
         trusted_proxies = [\"127.0.0.1/32\"]\n\n\
         [internal]\nlisten = \"127.0.0.1:{internal}\"\n\n{}",
        options.data.display(),
        outside.configuration(&Chat::ALL),
    );
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    Config::load(Some(&file)).map_err(|faults| anyhow::anyhow!("{faults}"))
}

/// The programme's owner, on the internal listener.
fn operator(service: &Service) -> anyhow::Result<Client> {
    let internal = service
        .internal_address()
        .context("the web part does not run")?;
    let app = service.app().context("the server does not run")?;
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        .no_proxy()
        .build()?;
    let token = app.tokens.operator().expose_secret().to_owned();
    Ok(Client::new(http, &format!("http://{internal}"), &token))
}

fn serve_inspector(
    listener: TcpListener,
    (outside, board): (&Outside, &str),
    way_in: Router,
    stop: &CancellationToken,
) {
    let links = vec![
        inspector::Link {
            label: "Ada's leaderboard".into(),
            about: "The board as Ada sees it, with her place on it.".into(),
            url: board.to_owned(),
        },
        inspector::Link {
            label: "The console".into(),
            about: "Where the comms team works: a way in as Olga Lind, its owner.".into(),
            url: console::PATH.to_owned(),
        },
    ];
    let chats = (outside.slack.clone(), outside.discord.clone());
    let router = inspector::router(chats, outside.networks.clone(), links).merge(way_in);
    let stop = stop.clone();
    tokio::spawn(async move {
        let stopped = async move { stop.cancelled().await };
        if let Err(error) = axum::serve(listener, router)
            .with_graceful_shutdown(stopped)
            .await
        {
            tracing::error!("the chat window closed: {error}");
        }
    });
}

fn invitation(options: &Options, outside: &Outside, board: &str) -> String {
    format!(
        "\nChorus is ready. You are Ada Berger, in front of the company's two chats.\n\n  \
           Slack window     {}\n  \
           Discord window   {}\n  \
           Ada's board      {board}\n  \
           Console          {}\n  \
           Network pages    {}\n\n\
         1. The same suggested post has arrived in #{} of both: press Share in either.\n\
         2. Open a network, post there, and press Done, in the same chat or in the other.\n\
         3. On the network's page press \"Click as another reader\", and watch points and rank move\n   \
            in both: both accounts are Ada.\n\
         4. In the console you are Olga Lind: approve Mara's post, and watch it arrive in the chats.\n\n\
         Ctrl-C ends it. The next start goes on where this one ended, with one more piece of\n\
         news in the feed; --fresh begins anew.\n",
        options.slack_url(ADA, CHANNEL),
        options.discord_url(DISCORD_ADA, DISCORD_CHANNEL),
        options.chat_page(console::PATH),
        outside.networks.url(),
        crate::outside::CHANNEL_NAME,
    )
}

/// What the demo keeps from one start to the next, beside the database.
struct Memory<'a> {
    folder: &'a Path,
}

impl<'a> Memory<'a> {
    fn in_folder(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// How often the demo was started here before, counting this time from now on.
    fn count_start(&self) -> anyhow::Result<usize> {
        let file = self.folder.join("starts");
        let before = match std::fs::read_to_string(&file) {
            Ok(text) => text.trim().parse().unwrap_or(0),
            Err(_) => 0,
        };
        std::fs::write(&file, format!("{}\n", before + 1))?;
        Ok(before)
    }

    fn recall(&self, outside: &Outside) -> anyhow::Result<()> {
        let (slack, discord, networks) = (
            self.folder.join("slack.json"),
            self.folder.join("discord.json"),
            self.folder.join("networks.json"),
        );
        if slack.exists() {
            outside
                .slack
                .state()
                .load(&slack)
                .context("the chat of the last start")?;
        }
        if discord.exists() {
            outside
                .discord
                .state()
                .load(&discord)
                .context("the other chat of the last start")?;
        }
        if networks.exists() {
            outside
                .networks
                .load(&networks)
                .context("the posts of the last start")?;
        }
        Ok(())
    }

    fn keep(&self, outside: &Outside) -> anyhow::Result<()> {
        outside
            .slack
            .state()
            .save(&self.folder.join("slack.json"))?;
        outside
            .discord
            .state()
            .save(&self.folder.join("discord.json"))?;
        outside.networks.save(&self.folder.join("networks.json"))?;
        Ok(())
    }
}
