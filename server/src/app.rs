//! The application: what every use case needs, built once and cheap to clone.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use entity::enums::Platform;
use secrecy::SecretString;
use server_api::enums::Platform as WirePlatform;
use thiserror::Error;
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::ingest::Ingest;
use crate::ingest::origin::Origins;
use crate::metrics::Metrics;
use crate::ports::card_preview::{Blank, CardPreview};
use crate::ports::fetch::{FetchError, Fetcher, SystemLookup};
use crate::ports::openid::OpenId;
use crate::running;
use crate::secrets::keys::Key;
use crate::secrets::{Keys, Passwords, Tokens, key_file};
use crate::service::addresses::Addresses;
use crate::service::media::Desk;
use crate::service::visitors::Salts;
use crate::store::exclusive::{Exclusive, ExclusiveError};
use crate::store::{Store, StoreError, connect};
use crate::wake::Bell;

/// Store, clock, chance and everything else that a use case may ask for.
#[derive(Clone, Debug)]
pub struct App(Arc<Whole>);

/// The parts, and what follows from them.
#[derive(Debug)]
struct Whole {
    parts: Parts,
    addresses: Addresses,
    origins: Origins,
    ingest: Ingest,
    salts: Salts,
    passwords: Passwords,
    openid: OpenId,
    metrics: Metrics,
    pictures: Desk,
    cards: OnceLock<Arc<dyn CardPreview>>,
}

/// What an [`App`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// Keys that encrypt and sign.
    pub keys: Keys,
    /// Tokens of the parts and of the operator.
    pub tokens: Tokens,
    /// Fetches feeds.
    pub fetcher: Fetcher,
    /// Rung when deliveries were planned or freed.
    pub couriers: Bell,
    /// The right to the SQLite file, where there is one.
    pub exclusive: Option<Exclusive>,
}

/// Why the application could not be built.
#[derive(Debug, Error)]
pub enum StartError {
    /// The data directory cannot be used.
    #[error("the data directory {} cannot be used: {cause}", path.display())]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Another server has the SQLite file.
    #[error("another server uses {}{}", file.display(), at(holder.as_deref()))]
    Held {
        /// The file.
        file: PathBuf,
        /// Base URL of the holder's internal listener, if it left one.
        holder: Option<String>,
    },
    /// The database cannot be opened or brought up to date.
    #[error("the database cannot be used: {}", reason(.0))]
    Store(#[from] StoreError),
    /// Feeds cannot be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

fn at(holder: Option<&str>) -> String {
    holder.map_or_else(
        || "; stop it first".to_owned(),
        |url| format!(": it answers at {url}; stop it first"),
    )
}

fn reason(error: &StoreError) -> String {
    use std::error::Error;
    error
        .source()
        .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

/// Opens everything that the configuration names: takes the right to the
/// SQLite file, brings the schema up to date, finds the keys.
pub async fn build(config: Config) -> Result<App, StartError> {
    build_on(config, Clock::System).await
}

/// The same on a clock of the caller's: worlds of tests move theirs.
pub async fn build_on(config: Config, clock: Clock) -> Result<App, StartError> {
    let data_dir = |cause| StartError::DataDir {
        path: config.data_dir.clone(),
        cause,
    };
    // Its owner's alone: it holds the key and, without Postgres, everything.
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data_dir)
        .map_err(data_dir)?;
    let chance = Chance::from_system();
    let url = config.database_url();
    let exclusive = take(&config)?;
    let keys = match &config.secrets.keys {
        Some(keys) => keys.clone(),
        None => key_file::keys(&config.data_dir, &chance).map_err(data_dir)?,
    };
    connect::migrate(&url).await?;
    let store = Store::open(&url, config.database.connections).await?;
    assemble(config, store, (chance, clock, keys), exclusive)
}

/// Opens what is there, to look at it: no file is made, no key is drawn, no schema is changed.
/// None where there is no database yet.
pub async fn look(config: Config) -> Result<Option<App>, StartError> {
    let data_dir = |cause| StartError::DataDir {
        path: config.data_dir.clone(),
        cause,
    };
    if config.sqlite_file().is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    let exclusive = take(&config)?;
    let chance = Chance::from_system();
    let present = match &config.secrets.keys {
        Some(keys) => Some(keys.clone()),
        None => key_file::present(&config.data_dir).map_err(data_dir)?,
    };
    let keys = present.unwrap_or_else(|| Keys::of(Key::new(chance.bytes())));
    let url = config.database_url();
    let store = Store::open_existing(&url, config.database.connections).await?;
    let means = (chance, Clock::System, keys);
    assemble(config, store, means, exclusive).map(Some)
}

/// Takes the right to the SQLite file, if it is one.
fn take(config: &Config) -> Result<Option<Exclusive>, StartError> {
    Exclusive::take(&config.database_url()).map_err(|error| match error {
        ExclusiveError::Io(_, cause) => StartError::DataDir {
            path: config.data_dir.clone(),
            cause,
        },
        ExclusiveError::Held(file) => StartError::Held {
            file,
            holder: running::read(&config.data_dir)
                .ok()
                .flatten()
                .map(|running| running.internal_url),
        },
    })
}

fn assemble(
    config: Config,
    store: Store,
    (chance, clock, keys): (Chance, Clock, Keys),
    exclusive: Option<Exclusive>,
) -> Result<App, StartError> {
    Ok(App::new(Parts {
        tokens: Tokens::new(config.internal.token.as_ref(), &chance),
        fetcher: Fetcher::new(config.fetch.clone(), Arc::new(SystemLookup))?,
        couriers: Bell::default(),
        config,
        store,
        clock,
        chance,
        keys,
        exclusive,
    }))
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let metrics = Metrics::default();
        Self(Arc::new(Whole {
            addresses: Addresses::of(&parts.config, &parts.keys),
            origins: Origins::of(&parts.config),
            ingest: Ingest::new(
                parts.store.clone(),
                &parts.config.data_dir,
                parts.config.ingest.journal_bytes,
                metrics.links.clone(),
            ),
            salts: Salts::default(),
            passwords: Passwords::default(),
            openid: OpenId::new(parts.fetcher.clone()),
            metrics,
            pictures: Desk::default(),
            cards: OnceLock::new(),
            parts,
        }))
    }

    /// Our own addresses and the networks'.
    pub fn addresses(&self) -> &Addresses {
        &self.0.addresses
    }

    /// How the origin of a request is told.
    pub fn origins(&self) -> &Origins {
        &self.0.origins
    }

    /// What the path of short links keeps in memory.
    pub fn ingest(&self) -> &Ingest {
        &self.0.ingest
    }

    /// Salts of visitors, as far as they are in memory.
    pub fn salts(&self) -> &Salts {
        &self.0.salts
    }

    /// How passwords are hashed and compared, few at a time.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Speaks to login providers.
    pub fn openid(&self) -> &OpenId {
        &self.0.openid
    }

    /// What is counted for who runs the server.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Where pictures are unfolded, a few at a time.
    pub fn pictures(&self) -> &Desk {
        &self.0.pictures
    }

    /// Who draws cards as the chats show them; nobody, where the composition named none.
    pub fn cards(&self) -> &dyn CardPreview {
        self.0.cards.get().map_or(&Blank, |cards| cards.as_ref())
    }

    /// Names who draws cards. The composition does so once, because it alone knows the bots.
    pub fn draw_cards_by(&self, cards: Arc<dyn CardPreview>) {
        // Whoever was named first stays.
        drop(self.0.cards.set(cards));
    }

    /// The present time, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new UUIDv7, to be wrapped in a typed id.
    pub fn uuid(&self) -> Uuid {
        self.chance.uuid(self.now())
    }

    /// The token of the part that serves a platform, for the internal listener.
    pub fn service_token(&self, platform: WirePlatform) -> SecretString {
        self.tokens.service(match platform {
            WirePlatform::Slack => Platform::Slack,
            WirePlatform::Discord => Platform::Discord,
        })
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn config(folder: &std::path::Path) -> Config {
        Config::parse(&format!("data_dir = {folder:?}"), []).unwrap()
    }

    #[tokio::test]
    async fn what_is_stored_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let app = build(config(&data)).await.unwrap();
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700);
        let files: Vec<_> = std::fs::read_dir(&data)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        assert!(files.len() >= 3, "{files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        drop(app);
    }

    #[tokio::test]
    async fn what_holds_secrets_does_not_show_them() {
        let folder = tempfile::tempdir().unwrap();
        let secret = "S3CRET-0123456789abcdef0123456789abcdef";
        let options = format!(
            "data_dir = {:?}\n[internal]\ntoken = \"{secret}\"\n\
             [oidc]\nissuer = \"https://login.example.com\"\nclient_id = \"chorus\"\n\
             client_secret = \"{secret}\"\n",
            folder.path()
        );
        let app = build(Config::parse(&options, []).unwrap()).await.unwrap();
        let parts = [WirePlatform::Slack, WirePlatform::Discord];
        let tokens = parts.map(|platform| app.service_token(platform));
        let tokens = tokens.iter().chain([app.tokens.operator()]);
        let tokens = tokens.map(|token| token.expose_secret().to_owned());
        // A key is shown, where it is, as a list of numbers.
        let keys = app.addresses().keys.iter();
        let keys = keys.map(|key| format!("{:?}", key.secret));
        let shown = format!("{app:?}");
        for needle in tokens.chain(keys).chain([secret.to_owned()]) {
            assert!(!shown.contains(&needle), "{needle}: {shown}");
        }
    }

    #[tokio::test]
    async fn a_second_server_on_the_same_file_is_refused_and_told_where_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let first = build(config(folder.path())).await.unwrap();
        running::write(
            folder.path(),
            &running::Running {
                internal_url: "http://127.0.0.1:8081".into(),
                public_url: "http://127.0.0.1:8080".into(),
                operator_token: "x".into(),
                pid: 1,
            },
        )
        .unwrap();
        let refused = build(config(folder.path())).await.unwrap_err();
        assert!(matches!(refused, StartError::Held { .. }));
        assert!(refused.to_string().contains("http://127.0.0.1:8081"));
        drop(first);
        build(config(folder.path())).await.unwrap();
    }
}
