//! Forms: what was typed, as it was typed, and what is wrong with it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use url::form_urlencoded;

use super::asker::Known;
use super::look::Look;
use super::page::{self, Kind};
use crate::app::App;
use crate::domain::fault::Fault;

/// The fields of a form in their order, lists as repeated names. NUL, which no database of ours
/// stores and nobody types, is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads what a browser sends.
    pub fn read(encoded: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(encoded)
                .map(|(name, value)| (name.into_owned(), value.replace('\0', "")))
                .collect(),
        )
    }

    /// Fields of these names and values: a form that is filled in before it is shown.
    pub fn of<const N: usize>(filled: [(&str, String); N]) -> Self {
        Self(filled.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// The text of a field as it was typed; empty where it did not come.
    pub fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// The text of a field, if it came.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Everything that came under a name, as of boxes that were ticked.
    pub fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked.
    pub fn is_on(&self, name: &str) -> bool {
        self.given(name).is_some_and(|value| !value.is_empty())
    }

    /// Whether a choice was made, for `checked` and `selected`.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|chosen| chosen == value)
    }

    /// The fields as a browser sends them.
    pub fn encoded(&self) -> String {
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(self.iter());
        encoded.finish()
    }

    /// Every field, for a form that is sent on.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Fields in their order.
impl From<Vec<(String, String)>> for Fields {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let look = request.extensions().get::<Known>().map_or_else(
            || Look::of_stranger(request.headers(), None, app.now()),
            |known| known.look.clone(),
        );
        let body = Bytes::from_request(request, app).await;
        body.map(|body| Self::read(&body))
            .map_err(|_| page::notice(&look, Kind::TooLarge, None))
    }
}

/// What is wrong with a form: fields, and a sentence for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// Nothing is wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same with a sentence at a field.
    pub fn and(mut self, field: &str, sentence: String) -> Self {
        self.0.push((field.to_owned(), sentence));
        self
    }

    /// What a rule refused, in the words of `say`, which knows field and reason.
    pub fn of(faults: &[Fault], say: impl Fn(&Fault) -> String) -> Self {
        Self(
            faults
                .iter()
                .map(|fault| (fault.field.clone(), say(fault)))
                .collect(),
        )
    }

    /// The same where `say` knows the field of the form, too.
    pub fn of_fields(faults: &[Fault], say: impl Fn(&Fault) -> (String, String)) -> Self {
        Self(faults.iter().map(say).collect())
    }

    /// The sentence at a field.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, sentence)| sentence.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Field and sentence of each, for the summary above a form.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_they_were_typed() {
        let fields = Fields::read(b"title=+A+%26+B%0D%0A&topic=a&topic=b&nul=x%00y&on=");
        assert_eq!(fields.text("title"), " A & B\r\n");
        assert_eq!(fields.all("topic").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.text("nul"), "xy");
        assert!(fields.is("topic", "b") && !fields.is("topic", "c"));
        assert!(!fields.is_on("on") && !fields.is_on("absent"));
        assert_eq!(fields.given("absent"), None);
    }
}
