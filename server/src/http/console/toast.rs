//! Toasts: a word on what was just done, and a way to undo it. They travel in the address that
//! follows a change, signed for their member, so that nobody's link can put words on a page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::form_urlencoded;

use crate::app::App;
use crate::service::actor::Actor;

/// What toasts are signed under.
const PURPOSE: &str = "toasts";
/// Minutes for which a toast is shown: an address that is kept says nothing later.
const MINUTES: i64 = 5;
/// Between the parts of a toast; no part holds one.
const BETWEEN: char = '\n';

/// A word on what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    key: String,
    count: Option<i64>,
    undo: Option<String>,
}

impl Toast {
    /// The sentence of a key.
    pub fn of(key: &'static str) -> Self {
        Self {
            key: key.to_owned(),
            count: None,
            undo: None,
        }
    }

    /// The same with a number in its sentence.
    pub fn count(mut self, count: impl TryInto<i64>) -> Self {
        self.count = Some(count.try_into().unwrap_or(i64::MAX));
        self
    }

    /// The same with a path of the console that takes a `POST` and undoes what was done.
    pub fn undo(mut self, path: String) -> Self {
        self.undo = Some(path);
        self
    }

    /// The key of its sentence.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The number in its sentence.
    pub(super) fn number(&self) -> Option<i64> {
        self.count
    }

    /// Where it is undone.
    pub(super) fn undo_path(&self) -> Option<&str> {
        self.undo.as_deref()
    }

    /// For the address of the page on which it is shown to the actor.
    pub(super) fn sign(&self, app: &App, actor: &Actor) -> String {
        let count = self.count.map(|count| count.to_string());
        let text = [
            app.now().timestamp().div_euclid(60).to_string().as_str(),
            &self.key,
            count.as_deref().unwrap_or_default(),
            self.undo.as_deref().unwrap_or_default(),
        ]
        .join(&BETWEEN.to_string());
        let tag = app.keys.mac(PURPOSE, &parts(actor, text.as_bytes()));
        let (tag, _) = tag.split_at(16);
        format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(&text),
            URL_SAFE_NO_PAD.encode(tag)
        )
    }

    /// The toast of an address, if it was signed for the actor, just now.
    pub(super) fn read(app: &App, actor: &Actor, query: &str) -> Option<Self> {
        let (_, signed) =
            form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "toast")?;
        let (text, tag) = signed.split_once('.')?;
        let text = URL_SAFE_NO_PAD.decode(text).ok()?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        let expected = app.keys.macs(PURPOSE, &parts(actor, &text));
        let is_ours = tag.len() == 16
            && expected.iter().any(|mac| {
                mac.get(..16)
                    .is_some_and(|start| crate::secrets::mac::same(start, &tag))
            });
        if !is_ours {
            return None;
        }
        let text = String::from_utf8(text).ok()?;
        let mut parts = text.split(BETWEEN);
        let minute: i64 = parts.next()?.parse().ok()?;
        let now = app.now().timestamp().div_euclid(60);
        if !(minute..=minute + MINUTES).contains(&now) {
            return None;
        }
        Some(Self {
            key: parts.next()?.to_owned(),
            count: parts.next()?.parse().ok(),
            undo: parts
                .next()
                .filter(|path| !path.is_empty())
                .map(str::to_owned),
        })
    }
}

/// What is signed: for whom, and what.
fn parts<'a>(actor: &'a Actor, text: &'a [u8]) -> [&'a [u8]; 2] {
    [actor.member.id.0.as_bytes(), text]
}
